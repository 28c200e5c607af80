#pragma once

#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/model/condition.hpp>
#include <cordon/engine/model/test_list.hpp>

#include <chrono>
#include <cstdint>

namespace cordon::engine::run {

class repeater;

/// What a run works on and by.
struct run_settings {
    isolate isolation = isolate::fork;  ///< never by_default
    std::uint32_t jobs = 1;
    std::uint64_t seed = 0;
    instant started{};
    bool live = false;  ///< somebody watches: send ticks, and starts as they happen
    duration tick_every = std::chrono::milliseconds(100);
    const condition* under = nullptr;  ///< null: as the options say
    repeater* repeats = nullptr;       ///< decides what runs; null: every test once, and again by --retries
};

}  // namespace cordon::engine::run
