#pragma once

#include <chrono>
#include <random>
#include <thread>

// What differs from run to run in these tests: how long a colleague takes.

namespace more {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

inline int any_of(int low, int high) {
    std::random_device device;
    return std::uniform_int_distribution<int>(low, high)(device);
}

inline void nap(int microseconds_low, int microseconds_high) {
    std::this_thread::sleep_for(microseconds(any_of(microseconds_low, microseconds_high)));
}

inline void spin(int steps) {
    volatile int left = steps;
    while (left > 0)
        left = left - 1;
}

}  // namespace more
