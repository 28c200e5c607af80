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

// ---- cordon/generators.hpp ----

// GENERATE: the body of the test runs again for each value.
//
//     const int size = GENERATE(0, 1, take(3, random(2, 100)));

#if !defined(CORDON_CONTAINS_CORDON_API_ALL_HPP_) || defined(CORDON_MAIN) || defined(CORDON_IMPLEMENT)
#include "cordon.hpp"
#endif

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

// ---- cordon/api/generators/macros.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_API_GENERATORS_MACROS_HPP_)
#define CORDON_CONTAINS_CORDON_API_GENERATORS_MACROS_HPP_

// ---- cordon/api/generators/expansion.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_API_GENERATORS_EXPANSION_HPP_)
#define CORDON_CONTAINS_CORDON_API_GENERATORS_EXPANSION_HPP_

// ---- cordon/api/generators/combinators.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_API_GENERATORS_COMBINATORS_HPP_)
#define CORDON_CONTAINS_CORDON_API_GENERATORS_COMBINATORS_HPP_

// ---- cordon/api/generators/place.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_API_GENERATORS_PLACE_HPP_)
#define CORDON_CONTAINS_CORDON_API_GENERATORS_PLACE_HPP_

namespace cordon::detail {

/// Where values are made; `made` counts the random generators, which all get different numbers.
struct generator_origin {
    const char* file;
    unsigned line;
    unsigned number;
    unsigned made;
};

/// A GENERATE that a pass has reached. Its values are offered in order; each is a block of the test, as a SUBCASE is.
class generator_place {
  public:
    /// `number` tells it from others in the line.
    generator_place(const char* file, unsigned line, unsigned number);
    ~generator_place();
    generator_place(const generator_place&) = delete;
    generator_place& operator=(const generator_place&) = delete;

    /// To the next value. True if this pass may use it. Fails the test, and ends it, if there are too many.
    bool step();
    /// True if the user has chosen among the values by name; then allows() is asked first.
    bool chooses() const;
    bool allows(operand_text value) const;
    void refuse();
    /// False: a copy of this process uses the value.
    bool enter();
    void name(operand_text value);

    // After the value of the pass is found, the ones behind it are looked at.

    static constexpr unsigned most = 10'000;
    /// False: this pass has been here before.
    bool is_new() const { return wanted_ == 0; }
    bool is_first() const { return at_ == 1; }
    [[noreturn]] void fail_endless() const;
    /// For chooses(): there is another value. True if it is chosen.
    bool may_follow(operand_text value);
    /// A later pass uses the next value. Until then it is expected, for the case that this one throws.
    void announce();
    /// No later pass uses another value.
    void close();
    /// Not new: there must be as many values as before.
    void compare(bool has_next) const;

    /// No value is left. Ends the pass; fails if there was none at all.
    [[noreturn]] void end() const;

  private:
    unsigned long long place() const;

    const char* file_;
    unsigned line_;
    unsigned number_;
    unsigned at_ = 0;
    bool had_next_ = false;
    unsigned wanted_;      ///< sets had_next_; this pass has used this one here before, from 1; 0: it has not been here
    unsigned done_ = 0;    ///< so many of the first values
    bool reuses_ = false;  ///< all values are done, but the pass needs one
    size_t level_;
    generator_origin outer_;
};

/// Fails the test, and ends it: a generator cannot go on.
[[noreturn]] void fail_generator(const char* words);
/// A number that follows from the test's seed and the place: the same in each pass.
unsigned long long generator_seed();

}  // namespace cordon::detail
#endif

#include <tuple>
#include <type_traits>
#include <vector>

// A generator is a class with
//
//     bool next();          // moves to the next value, at first to the first one; false at the end
//     const T& get() const; // or T
//
// It must give the same values each time that the test runs.

namespace cordon::detail {

template <class G>
auto is_generator(int)
    -> decltype(static_cast<bool>(declare<G&>().next()), declare<const G&>().get(), std::true_type());
template <class G>
std::false_type is_generator(long);

template <class G>
using generated = std::decay_t<decltype(declare<const G&>().get())>;

}  // namespace cordon::detail

namespace cordon::generators {

/// The elements of a list.
template <class T>
class list_of {
  public:
    explicit list_of(std::vector<T> items) : items_(std::move(items)) {}
    bool next() { return ++at_ <= items_.size(); }
    T get() const { return items_[at_ - 1]; }

  private:
    std::vector<T> items_;
    std::size_t at_ = 0;
};

template <class T>
list_of<T> values(std::initializer_list<T> items) {
    return list_of<T>(items);
}

/// Rows of several columns: `const auto [a, b] = GENERATE(table<int, std::string>({{1, "x"}, {2, "y"}}))`.
template <class... T>
list_of<std::tuple<T...>> table(std::initializer_list<std::tuple<T...>> rows) {
    return list_of<std::tuple<T...>>(rows);
}

/// The elements of a container, copied.
template <class Range>
auto from_range(const Range& range) {
    using element = std::decay_t<decltype(*range.begin())>;
    return list_of<element>(std::vector<element>(range.begin(), range.end()));
}
template <class Iterator>
auto from_range(Iterator first, Iterator last) {
    using element = std::decay_t<decltype(*first)>;
    return list_of<element>(std::vector<element>(first, last));
}

template <class T>
class range_of {
    // The difference of any two integers of the type fits.
    using distance = std::conditional_t<std::is_integral<T>::value, unsigned long long, T>;

  public:
    range_of(T first, T last, distance step, bool down)
        : first_(first), last_(last), at_(first), step_(step), down_(down) {}
    bool next() {
        if (count_++ == 0) return is_before_last();
        return go(std::is_integral<T>());
    }
    T get() const { return at_; }

  private:
    bool is_before_last() const { return down_ ? last_ < at_ : at_ < last_; }
    bool go(std::true_type) {
        const auto at = static_cast<distance>(at_);
        const auto last = static_cast<distance>(last_);
        if ((down_ ? at - last : last - at) <= step_) return false;
        at_ = static_cast<T>(down_ ? at - step_ : at + step_);
        return true;
    }
    bool go(std::false_type) {
        const T way = step_ * static_cast<T>(count_ - 1);  // the sum of many steps would be inexact
        at_ = down_ ? first_ - way : first_ + way;
        return is_before_last();
    }

    T first_;
    T last_;
    T at_;
    distance step_;
    bool down_;
    unsigned long long count_ = 0;
};

/// From `first` up to `last`, which does not belong to it, in steps. A negative step counts down.
template <class T>
range_of<T> range(T first, T last, T step) {
    using distance = std::conditional_t<std::is_integral<T>::value, unsigned long long, T>;
    if (!(step < T() || step > T())) detail::fail_generator("range: the step is 0");
    const bool down = step < T();
    const auto size = static_cast<distance>(step);
    return range_of<T>(first, last, down ? distance() - size : size, down);
}
template <class T>
range_of<T> range(T first, T last) {
    return range_of<T>(first, last, 1, last < first);
}

/// Numbers from `low` to `high`, both possible; floating-point numbers below `high`. Endless: bound it with take().
template <class T>
class random_of {
  public:
    random_of(T low, T high) : engine_(detail::generator_seed()), low_(low), high_(high) {
        if (high < low) detail::fail_generator("random: the upper bound is below the lower one");
    }
    bool next() {
        value_ = draw(std::is_floating_point<T>());
        return true;
    }
    T get() const { return value_; }

  private:
    T draw(std::true_type) {
        const double part = static_cast<double>(engine_() >> 11) / 9007199254740992.0;  // 2^53
        const T drawn = low_ + (high_ - low_) * static_cast<T>(part);
        return drawn < high_ ? drawn : low_;  // it may have been rounded up
    }
    T draw(std::false_type) {
        using wide = unsigned long long;
        const wide span = static_cast<wide>(high_) - static_cast<wide>(low_);
        if (span == ~wide{0}) return static_cast<T>(engine_());
        const wide count = span + 1;
        const wide fair = ~wide{0} - ~wide{0} % count;  // numbers from here on would prefer the first ones
        wide drawn = engine_();
        while (drawn >= fair)
            drawn = engine_();
        return static_cast<T>(static_cast<wide>(low_) + drawn % count);
    }

    random_engine engine_;
    T low_;
    T high_;
    T value_ = T();
};

template <class T>
random_of<T> random(T low, T high) {
    return random_of<T>(low, high);
}

template <class G>
class taken {
  public:
    taken(std::size_t count, G from) : left_(count), from_(std::move(from)) {}
    bool next() { return left_ != 0 && (--left_, from_.next()); }
    decltype(auto) get() const { return from_.get(); }

  private:
    std::size_t left_;
    G from_;
};

/// At most `count` values.
template <class G>
taken<G> take(std::size_t count, G from) {
    return taken<G>(count, std::move(from));
}

template <class F, class G>
class filtered {
  public:
    filtered(F condition, G from) : condition_(std::move(condition)), from_(std::move(from)) {}
    bool next() {
        constexpr unsigned long most = 1'000'000;
        for (unsigned long refused = 0; from_.next(); ++refused) {
            if (condition_(from_.get())) return true;
            if (refused == most) detail::fail_generator("filter: 1,000,000 values in a row do not meet the condition");
        }
        return false;
    }
    decltype(auto) get() const { return from_.get(); }

  private:
    F condition_;
    G from_;
};

/// The values that meet the condition.
template <class F, class G>
filtered<F, G> filter(F condition, G from) {
    return filtered<F, G>(std::move(condition), std::move(from));
}

template <class F, class G>
class mapped {
  public:
    mapped(F function, G from) : function_(std::move(function)), from_(std::move(from)) {}
    bool next() { return from_.next(); }
    auto get() const { return function_(from_.get()); }

  private:
    F function_;
    G from_;
};

/// The function's results.
template <class F, class G>
mapped<F, G> map(F function, G from) {
    return mapped<F, G>(std::move(function), std::move(from));
}

template <class G>
class chunked {
  public:
    chunked(std::size_t size, G from) : size_(size), from_(std::move(from)) {
        if (size == 0) detail::fail_generator("chunk: the size is 0");
    }
    bool next() {
        chunk_.clear();
        while (chunk_.size() < size_ && from_.next())
            chunk_.push_back(from_.get());
        return chunk_.size() == size_;
    }
    const std::vector<detail::generated<G>>& get() const { return chunk_; }

  private:
    std::size_t size_;
    G from_;
    std::vector<detail::generated<G>> chunk_;
};

/// std::vector of `size` values each. An incomplete last one is left out.
template <class G>
chunked<G> chunk(std::size_t size, G from) {
    return chunked<G>(size, std::move(from));
}

}  // namespace cordon::generators

namespace cordon::detail {

/// The values of several generators, one after another.
template <class T, class... G>
class joined_generators {
  public:
    explicit joined_generators(G... parts) : parts_(std::move(parts)...) {}
    bool next() { return next_from<0>(); }
    T get() const { return get_from<0>(); }

  private:
    template <std::size_t I>
    bool next_from() {
        if constexpr (I == sizeof...(G)) {
            return false;
        } else {
            if (at_ == I && std::get<I>(parts_).next()) return true;
            if (at_ == I) ++at_;
            return next_from<I + 1>();
        }
    }
    template <std::size_t I>
    T get_from() const {
        if constexpr (I + 1 < sizeof...(G)) {
            if (at_ != I) return get_from<I + 1>();
        }
        return static_cast<T>(std::get<I>(parts_).get());
    }

    std::tuple<G...> parts_;
    std::size_t at_ = 0;
};

template <class V>
auto as_generator(V&& value) {
    using bare = std::decay_t<V>;
    if constexpr (decltype(is_generator<bare>(0))::value) {
        return bare(static_cast<V&&>(value));
    } else {
        return generators::list_of<bare>(std::vector<bare>{static_cast<V&&>(value)});
    }
}

template <class... G>
auto join(G... parts) {
    return joined_generators<std::common_type_t<generated<G>...>, G...>(std::move(parts)...);
}

template <class... V>
auto generator_of(V&&... values) {
    return join(as_generator(static_cast<V&&>(values))...);
}

/// Tells the test whether there are more values. At the first one they are counted: an endless generator fails at once.
template <class G>
void look_ahead(generator_place& place, G& from) {
    bool more = from.next();
    if (!place.is_new()) return place.compare(more);
    if (place.chooses()) {
        while (more && !place.may_follow(text_of(from.get())))
            more = from.next();
    } else if (more && place.is_first()) {
        for (unsigned count = 2; from.next();) {
            if (++count <= place.most) continue;
            place.close();
            place.fail_endless();
        }
    }
    more ? place.announce() : place.close();
}

/// The value of this pass.
template <class G>
auto generate(generator_place& place, G from) -> generated<G> {
    while (from.next()) {
        if (!place.step()) continue;
        if (place.chooses() && !place.allows(text_of(from.get()))) {
            place.refuse();
        } else if (place.enter()) {
            generated<G> value = from.get();
            place.name(text_of(value));
            look_ahead(place, from);
            return value;
        }
    }
    place.end();
}

}  // namespace cordon::detail
#endif

// The lambda makes the names of combinators visible, and nothing else.
#define CORDON_GENERATE_(number, ...)                                                                 \
    ([&] {                                                                                            \
        using namespace ::cordon::generators;                                                         \
        ::cordon::detail::generator_place cordon_place(__FILE__, __LINE__, number);                   \
        return ::cordon::detail::generate(cordon_place, ::cordon::detail::generator_of(__VA_ARGS__)); \
    }())
#endif

#define CORDON_GENERATE(...) CORDON_GENERATE_(__COUNTER__, __VA_ARGS__)
#endif
#if !defined(CORDON_CONFIG_PREFIX_ONLY)

// ---- cordon/api/generators/short_macros.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_API_GENERATORS_SHORT_MACROS_HPP_)
#define CORDON_CONTAINS_CORDON_API_GENERATORS_SHORT_MACROS_HPP_
// Generated from macros.hpp by tools/short_macros.py. Change the long macros there, not these.

// The public macros with their short names. CORDON_CONFIG_PREFIX_ONLY leaves them out.

// clang-format off
#define GENERATE(...) CORDON_GENERATE_(__COUNTER__, __VA_ARGS__)
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
