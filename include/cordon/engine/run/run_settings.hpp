#pragma once

#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/model/condition.hpp>
#include <cordon/engine/model/test_list.hpp>

#include <chrono>
#include <cstdint>

namespace cordon::engine::run {

class repeater;

/// The inputs and helpers of a run.
struct run_settings {
    isolate isolation = isolate::fork;  ///< never by_default
    std::uint32_t jobs = 1;
    std::uint64_t seed = 0;
    instant started{};
    bool live = false;  ///< a user watches: send ticks, and starts as they happen
    duration tick_every = std::chrono::milliseconds(100);
    const condition* under = nullptr;  ///< null: as in the options
    repeater* repeats = nullptr;       ///< decides what runs; null: every test once, and again by --retries
};

}  // namespace cordon::engine::run
