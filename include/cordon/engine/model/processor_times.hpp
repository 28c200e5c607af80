#pragma once

#include <cordon/engine/base/clock.hpp>

namespace cordon::engine {

/// How the time of all processors of the machine was spent, since some moment.
struct processor_times {
    duration busy{};
    duration idle{};
    duration own{};  ///< of `busy`: this process and its ended children

    duration total() const { return busy + idle; }
    /// Never below 0: the system counts the machine's time in coarser steps than a process's.
    duration others() const { return busy > own ? busy - own : duration{0}; }

    processor_times since(const processor_times& before) const {
        return {busy - before.busy, idle - before.idle, own - before.own};
    }
};

}  // namespace cordon::engine
