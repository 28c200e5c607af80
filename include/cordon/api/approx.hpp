#pragma once

#include <cordon/api/stringify.hpp>

namespace cordon {

/// Equal to near values: |a - b| < epsilon * (scale + max(|a|, |b|)), or at most `margin` apart. For near values `<`
/// and `>` are false, and `<=` and `>=` are true. No value is near a NaN. Only an infinity is near itself.
class Approx {
  public:
    /// A number, or an object that static_cast makes a double of.
    struct number {
        template <class T, class = decltype(static_cast<double>(detail::declare<const T&>()))>
        constexpr number(const T& from) : value(static_cast<double>(from)) {}

        double value;
    };

    explicit constexpr Approx(number value) : value_(value.value) {}

    /// The same tolerances around another value.
    constexpr Approx operator()(number value) const {
        Approx other = *this;
        other.value_ = value.value;
        return other;
    }

    /// Relative tolerance. The default is 100 times the relative precision of float.
    constexpr Approx& epsilon(double relative) {
        epsilon_ = relative;
        return *this;
    }
    /// Absolute tolerance. The default is 0.
    constexpr Approx& margin(double absolute) {
        margin_ = absolute;
        return *this;
    }
    /// Minimum size of the values in the formula. The default is 1.
    constexpr Approx& scale(double size) {
        scale_ = size;
        return *this;
    }

    constexpr double value() const { return value_; }
    bool is_near(double other) const;

    friend bool operator==(number other, const Approx& approx);
    friend bool operator!=(number other, const Approx& approx);
    friend bool operator<(number other, const Approx& approx);
    friend bool operator>(number other, const Approx& approx);
    friend bool operator<=(number other, const Approx& approx);
    friend bool operator>=(number other, const Approx& approx);
    friend bool operator==(const Approx& approx, number other);
    friend bool operator!=(const Approx& approx, number other);
    friend bool operator<(const Approx& approx, number other);
    friend bool operator>(const Approx& approx, number other);
    friend bool operator<=(const Approx& approx, number other);
    friend bool operator>=(const Approx& approx, number other);

    friend void to_text(text_sink& out, const Approx& approx);

  private:
    double value_;
    double epsilon_ = 1.1920928955078125e-7 * 100;
    double margin_ = 0;
    double scale_ = 1;
};

}  // namespace cordon
