#pragma once

#include <cordon/compat/parts/catch2/text.hpp>

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
