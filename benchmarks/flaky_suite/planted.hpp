#pragma once

#include <cordon/cordon.hpp>

#include <chrono>
#include <random>
#include <string>
#include <thread>

// A third corpus of planted tests, for ../flakes.py. It was written before the rules that it measures were changed, and
// no rule is made with it: look at it to see how good they are, not to make them better.
//
// "rate:elsewhere" fails only in a changed world, "rate:shared" only after others in one process.

#define STABLE tag("stable")
#define FLAKY(cause, rate) tag("flaky"), tag("cause:" cause), tag("rate:" rate)
#define FLAKY2(cause, other, rate) tag("flaky"), tag("cause:" cause), tag("cause:" other), tag("rate:" rate)

namespace planted {

using namespace std::chrono_literals;

/// A number from 0 to `below` - 1, anew in each process.
inline unsigned draw(unsigned below) {
    std::random_device device;
    return device() % below;
}

inline bool one_in(unsigned many) { return draw(many) == 0; }

inline void work(std::chrono::microseconds time) {
    const auto end = std::chrono::steady_clock::now() + time;
    while (std::chrono::steady_clock::now() < end) {
    }
}

inline void nap(int least, int most) {
    std::this_thread::sleep_for(
        std::chrono::microseconds(least + static_cast<int>(draw(static_cast<unsigned>(most - least + 1)))));
}

}  // namespace planted
