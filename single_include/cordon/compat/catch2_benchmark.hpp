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

// ---- cordon/compat/catch2_benchmark.hpp ----

// BENCHMARK: compiled always, run if CORDON_BENCHMARKS is set.

#include "catch2_test_macros.hpp"

// ---- cordon/api/one_letter_macros_begin.hpp ----

// A user's macros of one letter (-DC, complex.h's I) must not replace cordon's template parameters. Included before the
// code of each light header; one_letter_macros_end.hpp brings the macros back.

#pragma push_macro("A")
#undef A
#pragma push_macro("B")
#undef B
#pragma push_macro("C")
#undef C
#pragma push_macro("D")
#undef D
#pragma push_macro("E")
#undef E
#pragma push_macro("F")
#undef F
#pragma push_macro("G")
#undef G
#pragma push_macro("H")
#undef H
#pragma push_macro("I")
#undef I
#pragma push_macro("J")
#undef J
#pragma push_macro("K")
#undef K
#pragma push_macro("L")
#undef L
#pragma push_macro("M")
#undef M
#pragma push_macro("N")
#undef N
#pragma push_macro("O")
#undef O
#pragma push_macro("P")
#undef P
#pragma push_macro("Q")
#undef Q
#pragma push_macro("R")
#undef R
#pragma push_macro("S")
#undef S
#pragma push_macro("T")
#undef T
#pragma push_macro("U")
#undef U
#pragma push_macro("V")
#undef V
#pragma push_macro("W")
#undef W
#pragma push_macro("X")
#undef X
#pragma push_macro("Y")
#undef Y
#pragma push_macro("Z")
#undef Z
CORDON_SILENCE_BEGIN

// ---- cordon/compat/parts/catch2/benchmark/expansion.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_BENCHMARK_EXPANSION_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_BENCHMARK_EXPANSION_HPP_

#include <chrono>
#include <cstdlib>
#include <new>
#include <string>
#include <type_traits>
#include <utility>

// A benchmark is measured only if the environment variable CORDON_BENCHMARKS is set. Then the log of its test has the
// mean time of a call.

namespace Catch::Benchmark {

template <class F>
void call(F& function, int number) {
    if constexpr (std::is_invocable<F&, int>::value) {
        static_cast<void>(function(number));
    } else {
        static_cast<void>(function());
    }
}

/// Given to the function of BENCHMARK_ADVANCED, which calls measure() once.
class Chronometer {
  public:
    explicit Chronometer(int runs) : runs_(runs) {}
    int runs() const { return runs_; }
    template <class F>
    void measure(F&& function) {
        const auto start = std::chrono::steady_clock::now();
        for (int i = 0; i < runs_; ++i)
            call(function, i);
        taken_ = std::chrono::steady_clock::now() - start;
    }
    std::chrono::nanoseconds taken() const { return taken_; }

  private:
    int runs_;
    std::chrono::nanoseconds taken_{0};
};

class Benchmark {
  public:
    explicit Benchmark(std::string name) : name_(std::move(name)) {}
    explicit operator bool() const { return std::getenv("CORDON_BENCHMARKS") != nullptr; }

    template <class F>
    void measure_with(F function) {
        constexpr std::chrono::milliseconds enough(50);
        for (int runs = 1;; runs *= 2) {
            Chronometer meter(runs);
            function(meter);
            if (meter.taken() < enough && runs < (1 << 30)) continue;
            tell(static_cast<double>(meter.taken().count()) / runs);
            return;
        }
    }
    template <class F>
    void operator=(F function) {
        if constexpr (std::is_invocable<F&, Chronometer&>::value) {
            measure_with(function);
        } else {
            measure_with([&](Chronometer& meter) { meter.measure(function); });
        }
    }

  private:
    void tell(double nanoseconds) const {
        ::cordon::log("benchmark ", name_, ": ", std::to_string(nanoseconds), " ns a call");
    }

    std::string name_;
};

/// Memory for one T, so that a benchmark can measure its constructor alone. If `Destroys`, its destructor as well:
/// destruct() calls it. Otherwise the T is destroyed with its memory.
template <class T, bool Destroys>
class object_memory {
  public:
    object_memory() = default;
    object_memory(object_memory&&) noexcept {}  // an empty one: std::vector asks for it
    ~object_memory() {
        if (!Destroys && made_ != nullptr) made_->~T();
    }

    template <class... Arguments>
    void construct(Arguments&&... arguments) {
        made_ = new (static_cast<void*>(bytes_)) T(std::forward<Arguments>(arguments)...);
    }
    template <bool Can = Destroys, class = typename std::enable_if<Can>::type>
    void destruct() {
        made_->~T();
        made_ = nullptr;
    }
    T& stored_object() { return *made_; }

  private:
    alignas(T) unsigned char bytes_[sizeof(T)];
    T* made_ = nullptr;
};
template <class T>
using storage_for = object_memory<T, false>;
template <class T>
using destructable_object = object_memory<T, true>;

template <class T>
void deoptimize_value(T&& value) {
    __asm__ __volatile__("" : : "r,m"(value) : "memory");
}
inline void keep_memory() { __asm__ __volatile__("" : : : "memory"); }
template <class T>
void keep_memory(T* at) {
    __asm__ __volatile__("" : : "g"(at) : "memory");
}

}  // namespace Catch::Benchmark

// BENCHMARK("words") { ... }; or BENCHMARK("words", i) { ... }; where i numbers the calls.
#define CORDON_CATCH2_BENCHMARK_IN_(name, words, index, ...) \
    if (::Catch::Benchmark::Benchmark name{words}) name = [&]([[maybe_unused]] int index)
// BENCHMARK_ADVANCED("words")(Catch::Benchmark::Chronometer meter) { ... };
#define CORDON_CATCH2_BENCHMARK_ADVANCED_(name, words) \
    if (::Catch::Benchmark::Benchmark name{words}) name = [&]
#endif
#if defined(CATCH_CONFIG_PREFIX_ALL)

// ---- cordon/compat/parts/catch2/benchmark/macros.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_BENCHMARK_MACROS_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_BENCHMARK_MACROS_HPP_

#define CATCH_BENCHMARK(...) CORDON_CATCH2_BENCHMARK_IN_(CORDON_UNIQUE(cordon_benchmark_), __VA_ARGS__, i, )
#define CATCH_BENCHMARK_ADVANCED(words) CORDON_CATCH2_BENCHMARK_ADVANCED_(CORDON_UNIQUE(cordon_benchmark_), words)
#endif
#else

// ---- cordon/compat/parts/catch2/benchmark/short_macros.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_BENCHMARK_SHORT_MACROS_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_BENCHMARK_SHORT_MACROS_HPP_
// Generated from macros.hpp by tools/short_macros.py. Change the long macros there, not these.

// The public macros with their short names. CATCH_CONFIG_PREFIX_ALL replaces them by the long ones.

// clang-format off
#define BENCHMARK(...) CORDON_CATCH2_BENCHMARK_IN_(CORDON_UNIQUE(cordon_benchmark_), __VA_ARGS__, i, )
#define BENCHMARK_ADVANCED(words) CORDON_CATCH2_BENCHMARK_ADVANCED_(CORDON_UNIQUE(cordon_benchmark_), words)
#endif
#endif
CORDON_SILENCE_END

// ---- cordon/api/one_letter_macros_end.hpp ----

// After the code of each light header: the user's macros are as they were before one_letter_macros_begin.hpp.

#pragma pop_macro("A")
#pragma pop_macro("B")
#pragma pop_macro("C")
#pragma pop_macro("D")
#pragma pop_macro("E")
#pragma pop_macro("F")
#pragma pop_macro("G")
#pragma pop_macro("H")
#pragma pop_macro("I")
#pragma pop_macro("J")
#pragma pop_macro("K")
#pragma pop_macro("L")
#pragma pop_macro("M")
#pragma pop_macro("N")
#pragma pop_macro("O")
#pragma pop_macro("P")
#pragma pop_macro("Q")
#pragma pop_macro("R")
#pragma pop_macro("S")
#pragma pop_macro("T")
#pragma pop_macro("U")
#pragma pop_macro("V")
#pragma pop_macro("W")
#pragma pop_macro("X")
#pragma pop_macro("Y")
#pragma pop_macro("Z")
