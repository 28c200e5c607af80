#pragma once

#include <cordon/engine/base/clock.hpp>

#include <cstdint>
#include <string>

namespace cordon::engine::run {

/// One of the workers that --jobs allows, and its state.
struct worker_slot {
    enum class phase : std::uint8_t {
        absent,     ///< no worker
        starting,   ///< started; it may be sent work, but has not spoken yet
        ready,      ///< said hello
        switching,  ///< entering or leaving a setup, or being killed: no message may be sent to it
        leaving,    ///< was told to finish
    };

    phase now_in = phase::absent;
    bool spared = false;  ///< has no worker while others have one, because resources are scarce
    std::int64_t pid = 0;
    instant started_at{};
    std::uint32_t starts = 0;
    bool greeted = false;   ///< its worker has said hello
    bool fruitful = false;  ///< an attempt has ended since the worker, or its innermost setup, started

    duration start_took{};  ///< start time of its worker, until its first message
    deadline retired_at;    ///< a worker that has done enough was told to leave, and a fresh one takes its place
    bool renewed = false;   ///< the worker before this one was retired

    bool heard = false;            ///< it has said something since the last look
    std::uint32_t unanswered = 0;  ///< number of looks in a row without an answer
    instant switching_since{};

    std::string condemned;  ///< why its worker was killed; empty: it was not killed

    bool is_awaited() const { return has_worker() && !greeted && now_in != phase::leaving; }
    bool has_worker() const { return now_in != phase::absent; }
    bool can_be_sent_to() const { return now_in == phase::starting || now_in == phase::ready; }
    bool is_switching() const { return now_in == phase::switching; }
};

}  // namespace cordon::engine::run
