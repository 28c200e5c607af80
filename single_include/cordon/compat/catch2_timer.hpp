// cordon 0.1.0: a C++ test framework that runs every test in its own process.
// Generated from include/cordon/ by tools/amalgamate.py. Change the parts, not this file.
//
// MIT License
//
// Copyright (c) 2026 The cordon authors
//
// Permission is hereby granted, free of charge, to any person obtaining a copy
// of this software and associated documentation files (the "Software"), to deal
// in the Software without restriction, including without limitation the rights
// to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
// copies of the Software, and to permit persons to whom the Software is
// furnished to do so, subject to the following conditions:
//
// The above copyright notice and this permission notice shall be included in all
// copies or substantial portions of the Software.
//
// THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
// IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
// FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
// AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
// LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
// OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
// SOFTWARE.
#pragma once

// ---- cordon/compat/catch2_timer.hpp ----

// Catch::Timer.

#include "catch2_test_macros.hpp"

CORDON_SILENCE_BEGIN

// ---- cordon/compat/parts/catch2/timer.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_TIMER_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_TIMER_HPP_

#include <chrono>
#include <cstdint>

namespace Catch {

/// A stopwatch.
class Timer {
  public:
    void start() { began_ = std::chrono::steady_clock::now(); }
    auto getElapsedNanoseconds() const -> std::uint64_t {
        return static_cast<std::uint64_t>(std::chrono::nanoseconds(std::chrono::steady_clock::now() - began_).count());
    }
    auto getElapsedMicroseconds() const -> std::uint64_t { return getElapsedNanoseconds() / 1000; }
    auto getElapsedMilliseconds() const -> unsigned { return static_cast<unsigned>(getElapsedNanoseconds() / 1000000); }
    auto getElapsedSeconds() const -> double { return static_cast<double>(getElapsedNanoseconds()) / 1e9; }

  private:
    std::chrono::steady_clock::time_point began_;
};

}  // namespace Catch
#endif
CORDON_SILENCE_END
