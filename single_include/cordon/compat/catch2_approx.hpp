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

// ---- cordon/compat/catch2_approx.hpp ----

// Catch::Approx.

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

// ---- cordon/compat/parts/catch2/approx.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_APPROX_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_APPROX_HPP_

#include <stdexcept>
#include <type_traits>

namespace Catch {

/// Equal to what is at most `margin` away, or at most `epsilon` times the scale and the expected value.
class Approx {
    template <class T>
    using if_number = std::enable_if_t<std::is_constructible<double, T>::value>;

  public:
    explicit Approx(double value) : value_(value) {}
    template <typename T, typename = if_number<T>>
    explicit Approx(const T& value) : Approx(static_cast<double>(value)) {}
    static Approx custom() { return Approx(0.0); }

    Approx operator-() const {
        Approx other = *this;
        other.value_ = -value_;
        return other;
    }
    /// The same tolerances around another value.
    template <typename T, typename = if_number<T>>
    Approx operator()(const T& value) const {
        Approx other = *this;
        other.value_ = static_cast<double>(value);
        return other;
    }
    template <typename T, typename = if_number<T>>
    Approx& epsilon(const T& relative) {
        epsilon_ = static_cast<double>(relative);
        if (!(epsilon_ >= 0 && epsilon_ <= 1)) refuse("epsilon must be from 0 to 1");
        return *this;
    }
    template <typename T, typename = if_number<T>>
    Approx& margin(const T& absolute) {
        margin_ = static_cast<double>(absolute);
        if (!(margin_ >= 0)) refuse("margin must be 0 or more");
        return *this;
    }
    template <typename T, typename = if_number<T>>
    Approx& scale(const T& size) {
        scale_ = static_cast<double>(size);
        return *this;
    }

    std::string toString() const { return "Approx( " + Detail::stringify(value_) + " )"; }

#define CORDON_CATCH2_APPROX_(op, expression)                         \
    template <typename T, typename = if_number<T>>                    \
    friend bool operator op(const T& number, const Approx& approx) {  \
        return approx.expression(static_cast<double>(number), true);  \
    }                                                                 \
    template <typename T, typename = if_number<T>>                    \
    friend bool operator op(const Approx& approx, const T& number) {  \
        return approx.expression(static_cast<double>(number), false); \
    }
    CORDON_CATCH2_APPROX_(==, is_equal)
    CORDON_CATCH2_APPROX_(!=, is_other)
    CORDON_CATCH2_APPROX_(<=, is_at_most)
    CORDON_CATCH2_APPROX_(>=, is_at_least)
#undef CORDON_CATCH2_APPROX_

  private:
    [[noreturn]] static void refuse(const char* words) {
#if defined(CORDON_CONFIG_NO_EXCEPTIONS)
        static_cast<void>(words);
        std::abort();
#else
        throw std::domain_error(std::string("Catch::Approx: ") + words);
#endif
    }
    static bool is_within(double a, double b, double tolerance) { return a + tolerance >= b && b + tolerance >= a; }
    bool is_near(double other) const {
        const double size = __builtin_isinf(value_) ? 0 : __builtin_fabs(value_);
        return is_within(value_, other, margin_) || is_within(value_, other, epsilon_ * (scale_ + size));
    }
    // `left`: the number is on the left side.
    bool is_equal(double number, bool) const { return is_near(number); }
    bool is_other(double number, bool) const { return !is_near(number); }
    bool is_at_most(double number, bool left) const {
        return (left ? number < value_ : value_ < number) || is_near(number);
    }
    bool is_at_least(double number, bool left) const {
        return (left ? number > value_ : value_ > number) || is_near(number);
    }

    double value_;
    double epsilon_ = static_cast<double>(__FLT_EPSILON__) * 100;
    double margin_ = 0;
    double scale_ = 0;
};

namespace Detail {
using ::Catch::Approx;
}

template <>
struct StringMaker<Approx> {
    static std::string convert(const Approx& value) { return value.toString(); }
};

inline namespace literals {
inline Approx operator""_a(long double value) { return Approx(static_cast<double>(value)); }
inline Approx operator""_a(unsigned long long value) { return Approx(static_cast<double>(value)); }
}  // namespace literals

}  // namespace Catch
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
