#pragma once

#include <cordon/cordon.hpp>
#include <cordon/generators.hpp>

#include <chrono>
#include <random>
#include <string>
#include <thread>

// A further corpus of planted tests, for ../flakes.py: tests as the authors of an application write them. Its causes
// are others than those of ../flaky_suite. No rule is made with it, and no figure is tuned to it.
//
// "rate:elsewhere" fails only in a changed world, "rate:shared" only after others in one process.

#define STABLE tag("stable")
#define FLAKY(cause, rate) tag("flaky"), tag("cause:" cause), tag("rate:" rate)
#define FLAKY2(cause, other, rate) tag("flaky"), tag("cause:" cause), tag("cause:" other), tag("rate:" rate)

namespace app {

using namespace std::chrono_literals;
using steady = std::chrono::steady_clock;

/// A number from `least` to `most`, anew in each process.
inline int any(int least, int most) {
    std::random_device device;
    return least + static_cast<int>(device() % static_cast<unsigned>(most - least + 1));
}

inline void compute(std::chrono::microseconds time) {
    for (const auto end = steady::now() + time; steady::now() < end;) {
    }
}

inline void pause(int least, int most) { std::this_thread::sleep_for(std::chrono::microseconds(any(least, most))); }

inline long long milliseconds_now() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

}  // namespace app
