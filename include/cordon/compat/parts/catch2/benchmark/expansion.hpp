#pragma once

#include <cordon/compat/parts/catch2/expansion.hpp>

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
