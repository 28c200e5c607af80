#pragma once

#include <cordon/api/stringify.hpp>

namespace cordon {

/// Compares equal to values that are near: |a - b| < epsilon * (scale + max(|a|, |b|)), or at most `margin` apart.
/// `<` and `>` are false for values that are near, `<=` and `>=` are true.
class Approx {
  public:
    template <class T>
    explicit constexpr Approx(const T& value) : value_(static_cast<double>(value)) {}

    /// The same tolerances around another value.
    template <class T>
    constexpr Approx operator()(const T& value) const {
        Approx other(value);
        other.epsilon_ = epsilon_;
        other.margin_ = margin_;
        other.scale_ = scale_;
        return other;
    }

    /// Relative tolerance; 100 times the relative precision of float unless told otherwise.
    template <class T>
    constexpr Approx& epsilon(const T& relative) {
        epsilon_ = static_cast<double>(relative);
        return *this;
    }
    /// Absolute tolerance; 0 unless told otherwise.
    template <class T>
    constexpr Approx& margin(const T& absolute) {
        margin_ = static_cast<double>(absolute);
        return *this;
    }
    /// Size that values are taken to have when they are smaller; 1 unless told otherwise.
    template <class T>
    constexpr Approx& scale(const T& size) {
        scale_ = static_cast<double>(size);
        return *this;
    }

    constexpr double value() const { return value_; }

    constexpr bool near(double other) const {
        if (!(other < value_) && !(value_ < other)) return other <= value_;
        const double distance = magnitude(other - value_);
        if (distance <= margin_) return true;
        const double a = magnitude(other);
        const double b = magnitude(value_);
        const double size = epsilon_ * (scale_ + (a < b ? b : a));
        return distance < size && size < __builtin_huge_val();
    }

#define CORDON_APPROX_(op, condition, reversed)                                            \
    template <class T, class = decltype(static_cast<double>(detail::declare<const T&>()))> \
    friend constexpr bool operator op(const T& other, const Approx& approx) {              \
        const double x = static_cast<double>(other);                                       \
        return condition;                                                                  \
    }                                                                                      \
    template <class T, class = decltype(static_cast<double>(detail::declare<const T&>()))> \
    friend constexpr bool operator op(const Approx& approx, const T& other) {              \
        const double x = static_cast<double>(other);                                       \
        return reversed;                                                                   \
    }
    CORDON_APPROX_(==, approx.near(x), approx.near(x))
    CORDON_APPROX_(!=, !approx.near(x), !approx.near(x))
    CORDON_APPROX_(<, x < approx.value_ && !approx.near(x), approx.value_ < x && !approx.near(x))
    CORDON_APPROX_(>, x > approx.value_ && !approx.near(x), approx.value_ > x && !approx.near(x))
    CORDON_APPROX_(<=, x < approx.value_ || approx.near(x), approx.value_ < x || approx.near(x))
    CORDON_APPROX_(>=, x > approx.value_ || approx.near(x), approx.value_ > x || approx.near(x))
#undef CORDON_APPROX_

    friend void to_text(text_sink& out, const Approx& approx) { out << "Approx( " << approx.value_ << " )"; }

  private:
    static constexpr double magnitude(double x) { return x < 0 ? -x : x; }

    double value_;
    double epsilon_ = 1.1920928955078125e-7 * 100;
    double margin_ = 0;
    double scale_ = 1;
};

}  // namespace cordon
