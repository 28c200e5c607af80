#pragma once

#include <cordon/compat/parts/catch2/matchers/matcher.hpp>

#include <cstdint>
#include <type_traits>

// Matchers of floating-point numbers.

namespace Catch::cordon_compat {

/// The place of a number among all numbers of its type, so that neighbors differ by 1.
template <class Bits, class T>
Bits place_of(T value) {
    Bits bits;
    __builtin_memcpy(&bits, &value, sizeof(bits));
    constexpr Bits sign = Bits{1} << (sizeof(Bits) * 8 - 1);
    return (bits & sign) != 0 ? sign - (bits & ~sign) : sign + bits;
}

template <class T>
std::uint64_t steps_between(T a, T b) {
    using bits = std::conditional_t<sizeof(T) == sizeof(std::uint32_t), std::uint32_t, std::uint64_t>;
    const bits first = place_of<bits>(a), second = place_of<bits>(b);
    return first < second ? second - first : first - second;
}

}  // namespace Catch::cordon_compat

namespace Catch::Matchers {
namespace Floating {

struct WithinAbsMatcher final : MatcherBase<double> {
    WithinAbsMatcher(double target, double margin) : target_(target), margin_(margin) {}
    bool match(const double& value) const override { return value + margin_ >= target_ && target_ + margin_ >= value; }
    std::string describe() const override {
        return "is within " + ::Catch::Detail::stringify(margin_) + " of " + ::Catch::Detail::stringify(target_);
    }

  private:
    double target_;
    double margin_;
};

struct WithinRelMatcher final : MatcherBase<double> {
    WithinRelMatcher(double target, double epsilon) : target_(target), epsilon_(epsilon) {}
    bool match(const double& value) const override {
        const double tolerance = epsilon_ * __builtin_fmax(__builtin_fabs(value), __builtin_fabs(target_));
        const double allowed = __builtin_isinf(tolerance) ? 0 : tolerance;
        return value + allowed >= target_ && target_ + allowed >= value;
    }
    std::string describe() const override {
        return "and " + ::Catch::Detail::stringify(target_) + " are within " +
               ::Catch::Detail::stringify(epsilon_ * 100.0) + "% of each other";
    }

  private:
    double target_;
    double epsilon_;
};

struct WithinUlpsMatcher final : MatcherBase<double> {
    WithinUlpsMatcher(double target, std::uint64_t steps, bool single)
        : target_(target), steps_(steps), single_(single) {}
    bool match(const double& value) const override {
        if (__builtin_isnan(value) || __builtin_isnan(target_)) return false;
        if (single_)
            return cordon_compat::steps_between(static_cast<float>(value), static_cast<float>(target_)) <= steps_;
        return cordon_compat::steps_between(value, target_) <= steps_;
    }
    std::string describe() const override {
        return "is within " + ::Catch::Detail::stringify(steps_) + " ULPs of " + ::Catch::Detail::stringify(target_);
    }

  private:
    double target_;
    std::uint64_t steps_;
    bool single_;
};

}  // namespace Floating
using Floating::WithinAbsMatcher;
using Floating::WithinRelMatcher;
using Floating::WithinUlpsMatcher;

inline WithinAbsMatcher WithinAbs(double target, double margin) { return {target, margin}; }
inline WithinRelMatcher WithinRel(double target, double epsilon) { return {target, epsilon}; }
inline WithinRelMatcher WithinRel(double target) { return {target, __DBL_EPSILON__ * 100}; }
inline WithinRelMatcher WithinRel(float target, float epsilon) {
    return {static_cast<double>(target), static_cast<double>(epsilon)};
}
inline WithinRelMatcher WithinRel(float target) {
    return {static_cast<double>(target), static_cast<double>(__FLT_EPSILON__ * 100)};
}
inline WithinUlpsMatcher WithinULP(double target, std::uint64_t steps) { return {target, steps, false}; }
inline WithinUlpsMatcher WithinULP(float target, std::uint64_t steps) {
    return {static_cast<double>(target), steps, true};
}

class IsNaNMatcher final : public MatcherBase<double> {
  public:
    bool match(const double& value) const override { return __builtin_isnan(value); }
    std::string describe() const override { return "is NaN"; }
};
inline IsNaNMatcher IsNaN() { return {}; }

}  // namespace Catch::Matchers
