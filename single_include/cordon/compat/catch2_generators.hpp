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

// ---- cordon/compat/catch2_generators.hpp ----

// GENERATE and the generators of Catch2.

#include "catch2_test_macros.hpp"
#include "../generators.hpp"

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

// ---- cordon/compat/parts/catch2/generators/adapters.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_GENERATORS_ADAPTERS_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_GENERATORS_ADAPTERS_HPP_

// ---- cordon/compat/parts/catch2/generators/generator.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_GENERATORS_GENERATOR_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_GENERATORS_GENERATOR_HPP_

#include <exception>
#include <initializer_list>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

// Generators as Catch2 has them: they start at their first value. A generator of the user derives from IGenerator.

namespace Catch {

class GeneratorException : public std::exception {
  public:
    explicit GeneratorException(const char* words) : words_(words) {}
    const char* what() const noexcept override { return words_; }

  private:
    const char* words_;
};

namespace Detail {

/// The only owner of an object, as std::unique_ptr, whose header takes long to compile.
template <typename T>
class unique_ptr {
  public:
    explicit unique_ptr(T* object = nullptr) noexcept : object_(object) {}
    template <typename U, typename = std::enable_if_t<std::is_convertible<U*, T*>::value>>
    unique_ptr(unique_ptr<U>&& from) noexcept : object_(from.release()) {}
    unique_ptr(unique_ptr&& from) noexcept : object_(from.release()) {}
    unique_ptr& operator=(unique_ptr&& from) noexcept {
        T* const taken = from.release();
        delete object_;
        object_ = taken;
        return *this;
    }
    ~unique_ptr() { delete object_; }

    T* release() noexcept {
        T* const given = object_;
        object_ = nullptr;
        return given;
    }
    T* get() const noexcept { return object_; }
    T& operator*() const noexcept { return *object_; }
    T* operator->() const noexcept { return object_; }
    explicit operator bool() const noexcept { return object_ != nullptr; }

  private:
    T* object_;
};

template <typename T, typename... A>
unique_ptr<T> make_unique(A&&... arguments) {
    return unique_ptr<T>(new T(std::forward<A>(arguments)...));
}

}  // namespace Detail

namespace Generators {

[[noreturn]] inline void refuse(const char* words) {
#if defined(CORDON_CONFIG_NO_EXCEPTIONS)
    ::cordon::detail::fail_generator(words);
#else
    throw GeneratorException(words);
#endif
}

class GeneratorUntypedBase {
  public:
    GeneratorUntypedBase() = default;
    virtual ~GeneratorUntypedBase() = default;
    /// Moves to the next value. Returns false after the last one.
    virtual bool next() = 0;
    /// v3 counts for the user; so may a generator of the user.
    bool countedNext() { return next(); }
    std::string currentElementAsString() const { return {}; }
};
using GeneratorBasePtr = Detail::unique_ptr<GeneratorUntypedBase>;

template <typename T>
class IGenerator : public GeneratorUntypedBase {
  public:
    using type = T;
    virtual const T& get() const = 0;
};

template <typename T>
using GeneratorPtr = Detail::unique_ptr<IGenerator<T>>;

template <typename T>
class GeneratorWrapper final {
  public:
    explicit GeneratorWrapper(IGenerator<T>* generator) : generator_(generator) {}
    /// From an owner: std::unique_ptr or Catch::Detail::unique_ptr.
    template <typename P, typename = std::enable_if_t<
                              std::is_convertible<decltype(std::declval<P&>().release()), IGenerator<T>*>::value>>
    GeneratorWrapper(P&& generator) : generator_(generator.release()) {}

    const T& get() const { return generator_->get(); }
    bool next() { return generator_->next(); }

  private:
    Detail::unique_ptr<IGenerator<T>> generator_;
};

namespace pf {
using Detail::make_unique;
}

}  // namespace Generators
}  // namespace Catch

namespace Catch::cordon_compat {

/// A generator of Catch2 as one of cordon, which starts before its first value.
template <class T>
class started_generator {
  public:
    explicit started_generator(Generators::GeneratorWrapper<T> from) : from_(std::move(from)) {}
    bool next() { return is_started_ ? from_.next() : (is_started_ = true); }
    const T& get() const { return from_.get(); }

  private:
    Generators::GeneratorWrapper<T> from_;
    bool is_started_ = false;
};

template <class G, class... A>
Generators::GeneratorWrapper<typename G::type> wrapped(A&&... arguments) {
    return Generators::GeneratorWrapper<typename G::type>(new G(std::forward<A>(arguments)...));
}

}  // namespace Catch::cordon_compat
#endif

#include <cstddef>
#include <string>

// The generators that Catch2 has.

namespace Catch::Generators {

template <typename T>
class FixedValuesGenerator final : public IGenerator<T> {
    struct cell {  // std::vector<bool> has no elements
        T value;
    };

  public:
    FixedValuesGenerator(std::initializer_list<T> values) : FixedValuesGenerator(values.begin(), values.end()) {}
    template <typename I, typename S>
    FixedValuesGenerator(I first, S last) {
        for (; first != last; ++first)
            cells_.push_back({static_cast<T>(*first)});
        if (cells_.empty()) refuse("a generator has no values");
    }
    const T& get() const override { return cells_[at_].value; }
    bool next() override { return ++at_ < cells_.size(); }

  private:
    std::vector<cell> cells_;
    std::size_t at_ = 0;
};

template <typename T>
class SingleValueGenerator final : public IGenerator<T> {
  public:
    template <typename U>
    explicit SingleValueGenerator(U&& value) : value_(std::forward<U>(value)) {}
    const T& get() const override { return value_; }
    bool next() override { return false; }

  private:
    T value_;
};

template <typename T>
GeneratorWrapper<std::decay_t<T>> value(T&& only) {
    return cordon_compat::wrapped<SingleValueGenerator<std::decay_t<T>>>(std::forward<T>(only));
}
template <typename T>
GeneratorWrapper<T> values(std::initializer_list<T> all) {
    return cordon_compat::wrapped<FixedValuesGenerator<T>>(all);
}
template <typename... T>
GeneratorWrapper<std::tuple<T...>> table(std::initializer_list<std::tuple<std::decay_t<T>...>> rows) {
    return values<std::tuple<T...>>(rows);
}
template <typename I, typename S, typename T = typename std::iterator_traits<I>::value_type>
GeneratorWrapper<T> from_range(I first, S last) {
    return cordon_compat::wrapped<FixedValuesGenerator<T>>(first, last);
}
template <typename C>
auto from_range(const C& container) {
    using std::begin;
    using std::end;
    using type = std::decay_t<decltype(*begin(container))>;
    return cordon_compat::wrapped<FixedValuesGenerator<type>>(begin(container), end(container));
}

template <typename T>
class RangeGenerator final : public IGenerator<T> {
  public:
    RangeGenerator(T first, T end, T step) : at_(first), end_(end), step_(step), up_(step > T()) {
        if (!(step < T()) && !up_) refuse("range: the step is 0");
        if (up_ ? first > end : first < end) refuse("range: the step leads away from the end");
    }
    const T& get() const override { return at_; }
    bool next() override {
        at_ = static_cast<T>(at_ + step_);
        return up_ ? at_ < end_ : at_ > end_;
    }

  private:
    T at_;
    T end_;
    T step_;
    bool up_;
};
/// From `first` up to `end`, which does not belong to it.
template <typename T>
GeneratorWrapper<T> range(const T& first, const T& end, const T& step) {
    return cordon_compat::wrapped<RangeGenerator<T>>(first, end, step);
}
template <typename T>
GeneratorWrapper<T> range(const T& first, const T& end) {
    return range<T>(first, end, first < end ? T(1) : static_cast<T>(-1));
}

/// cordon's random numbers: the same in each pass of a run with one seed.
template <typename T>
class RandomGenerator final : public IGenerator<T> {
  public:
    RandomGenerator(T low, T high) : from_(low, high) { next(); }
    const T& get() const override { return value_; }
    bool next() override {
        from_.next();
        value_ = from_.get();
        return true;
    }

  private:
    ::cordon::generators::random_of<T> from_;
    T value_ = T();
};
template <typename T>
GeneratorWrapper<T> random(T low, T high) {
    return cordon_compat::wrapped<RandomGenerator<T>>(low, high);
}

template <typename T>
class TakeGenerator final : public IGenerator<T> {
  public:
    TakeGenerator(std::size_t count, GeneratorWrapper<T>&& from) : from_(std::move(from)), left_(count) {
        if (count == 0) refuse("take: the count is 0");
    }
    const T& get() const override { return from_.get(); }
    bool next() override {
        if (left_ == 0 || --left_ == 0) return false;
        if (!from_.next()) left_ = 0;
        return left_ != 0;
    }

  private:
    GeneratorWrapper<T> from_;
    std::size_t left_;
};
template <typename T>
GeneratorWrapper<T> take(std::size_t count, GeneratorWrapper<T>&& from) {
    return cordon_compat::wrapped<TakeGenerator<T>>(count, std::move(from));
}

template <typename T, typename F>
class FilterGenerator final : public IGenerator<T> {
  public:
    FilterGenerator(F condition, GeneratorWrapper<T>&& from)
        : condition_(std::move(condition)), from_(std::move(from)) {
        if (!condition_(from_.get()) && !next()) refuse("filter: no value meets the condition");
    }
    const T& get() const override { return from_.get(); }
    bool next() override {
        while (from_.next()) {
            if (condition_(from_.get())) return true;
        }
        return false;
    }

  private:
    F condition_;
    GeneratorWrapper<T> from_;
};
template <typename T, typename F>
GeneratorWrapper<T> filter(F&& condition, GeneratorWrapper<T>&& from) {
    return cordon_compat::wrapped<FilterGenerator<T, std::decay_t<F>>>(std::forward<F>(condition), std::move(from));
}

template <typename T>
class RepeatGenerator final : public IGenerator<T> {
    struct cell {
        T value;
    };

  public:
    RepeatGenerator(std::size_t count, GeneratorWrapper<T>&& from) : from_(std::move(from)), left_(count) {
        if (count == 0) refuse("repeat: the count is 0");
        cells_.push_back({from_.get()});
    }
    const T& get() const override { return cells_[at_].value; }
    bool next() override {
        if (is_first_ && from_.next()) {
            cells_.push_back({from_.get()});
            ++at_;
            return true;
        }
        is_first_ = false;
        if (++at_ < cells_.size()) return true;
        at_ = 0;
        return left_ != 0 && --left_ != 0;
    }

  private:
    GeneratorWrapper<T> from_;
    std::size_t left_;
    std::vector<cell> cells_;
    std::size_t at_ = 0;
    bool is_first_ = true;  ///< the values are still being collected
};
template <typename T>
GeneratorWrapper<T> repeat(std::size_t count, GeneratorWrapper<T>&& from) {
    return cordon_compat::wrapped<RepeatGenerator<T>>(count, std::move(from));
}

template <typename T, typename U, typename F>
class MapGenerator final : public IGenerator<T> {
  public:
    MapGenerator(F function, GeneratorWrapper<U>&& from)
        : function_(std::move(function)), from_(std::move(from)), value_(function_(from_.get())) {}
    const T& get() const override { return value_; }
    bool next() override {
        if (!from_.next()) return false;
        value_ = function_(from_.get());
        return true;
    }

  private:
    F function_;
    GeneratorWrapper<U> from_;
    T value_;
};
template <typename F, typename U, typename T = std::decay_t<std::invoke_result_t<F&, const U&>>>
GeneratorWrapper<T> map(F&& function, GeneratorWrapper<U>&& from) {
    return cordon_compat::wrapped<MapGenerator<T, U, std::decay_t<F>>>(std::forward<F>(function), std::move(from));
}
template <typename T, typename U, typename F>
GeneratorWrapper<T> map(F&& function, GeneratorWrapper<U>&& from) {
    return cordon_compat::wrapped<MapGenerator<T, U, std::decay_t<F>>>(std::forward<F>(function), std::move(from));
}

template <typename T>
class ChunkGenerator final : public IGenerator<std::vector<T>> {
  public:
    ChunkGenerator(std::size_t size, GeneratorWrapper<T>&& from) : size_(size), from_(std::move(from)) {
        if (size_ == 0) return;
        chunk_.push_back(from_.get());
        if (!fill()) refuse("chunk: not enough values for the first chunk");
    }
    const std::vector<T>& get() const override { return chunk_; }
    bool next() override {
        chunk_.clear();
        return fill();
    }

  private:
    bool fill() {
        while (chunk_.size() < size_) {
            if (!from_.next()) return false;
            chunk_.push_back(from_.get());
        }
        return true;
    }

    std::size_t size_;
    GeneratorWrapper<T> from_;
    std::vector<T> chunk_;
};
template <typename T>
GeneratorWrapper<std::vector<T>> chunk(std::size_t size, GeneratorWrapper<T>&& from) {
    return cordon_compat::wrapped<ChunkGenerator<T>>(size, std::move(from));
}

/// The first argument of GENERATE that names the type of all values.
template <typename T>
struct as {};

/// The values of several generators, one after another.
template <typename T>
class Generators final : public IGenerator<T> {
  public:
    template <typename... G>
    explicit Generators(G&&... parts) {
        parts_.reserve(sizeof...(G));
        (add(std::forward<G>(parts)), ...);
    }
    const T& get() const override { return parts_[at_].get(); }
    bool next() override {
        if (at_ < parts_.size() && !parts_[at_].next()) ++at_;
        return at_ < parts_.size();
    }

  private:
    void add(GeneratorWrapper<T>&& part) { parts_.push_back(std::move(part)); }
    template <typename U>
    void add(U&& part) {
        parts_.push_back(value(T(std::forward<U>(part))));
    }

    std::vector<GeneratorWrapper<T>> parts_;
    std::size_t at_ = 0;
};

template <typename T>
GeneratorWrapper<T> cat(GeneratorWrapper<T>&& first, GeneratorWrapper<T>&& second) {
    return cordon_compat::wrapped<Generators<T>>(std::move(first), std::move(second));
}

template <typename T, typename... G>
GeneratorWrapper<T> makeGenerators(GeneratorWrapper<T>&& first, G&&... more) {
    return cordon_compat::wrapped<Generators<T>>(std::move(first), std::forward<G>(more)...);
}
template <typename T, typename... G>
GeneratorWrapper<T> makeGenerators(as<T>, G&&... all) {
    return cordon_compat::wrapped<Generators<T>>(std::forward<G>(all)...);
}
template <typename T, typename... G>
GeneratorWrapper<std::decay_t<T>> makeGenerators(T&& first, G&&... more) {
    return makeGenerators(value(std::forward<T>(first)), std::forward<G>(more)...);
}

}  // namespace Catch::Generators
#endif

// ---- cordon/compat/parts/catch2/generators/expansion.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_GENERATORS_EXPANSION_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_GENERATORS_EXPANSION_HPP_

namespace Catch::cordon_compat {

template <class T>
T generate(::cordon::detail::generator_place& place, Generators::GeneratorWrapper<T> from) {
    return ::cordon::detail::generate(place, started_generator<T>(std::move(from)));
}

}  // namespace Catch::cordon_compat

// The lambda makes the names of generators visible, and nothing else.
#define CORDON_CATCH2_GENERATE_(capture, number, ...)                                       \
    ([capture] {                                                                            \
        using namespace ::Catch::Generators;                                                \
        ::cordon::detail::generator_place cordon_place(__FILE__, __LINE__, number);         \
        return ::Catch::cordon_compat::generate(cordon_place, makeGenerators(__VA_ARGS__)); \
    }())
#if defined(CATCH_CONFIG_DISABLE)
#define GENERATE(...)                             \
    ([] {                                         \
        using namespace ::Catch::Generators;      \
        return makeGenerators(__VA_ARGS__).get(); \
    }())
#define GENERATE_COPY(...)                        \
    ([=] {                                        \
        using namespace ::Catch::Generators;      \
        return makeGenerators(__VA_ARGS__).get(); \
    }())
#define GENERATE_REF(...)                         \
    ([&] {                                        \
        using namespace ::Catch::Generators;      \
        return makeGenerators(__VA_ARGS__).get(); \
    }())
#else
#define GENERATE(...) CORDON_CATCH2_GENERATE_(, __COUNTER__, __VA_ARGS__)
#define GENERATE_COPY(...) CORDON_CATCH2_GENERATE_(=, __COUNTER__, __VA_ARGS__)
#define GENERATE_REF(...) CORDON_CATCH2_GENERATE_(&, __COUNTER__, __VA_ARGS__)
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
