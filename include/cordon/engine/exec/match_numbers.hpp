#pragma once

#include <cordon/api/config.hpp>
CORDON_SILENCE_BEGIN
#include <cordon/api/matchers/number.hpp>
CORDON_SILENCE_END

#include <cordon/engine/exec/refuse_matcher.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>

// Floating-point numbers of matchers.

CORDON_CHEAP_BEGIN

namespace cordon::detail::matching {

/// Maps the numbers to integers in the same order. Neighbors have neighboring integers, and both zeros have 0.
template <class Integer, class Float>
static std::int64_t ordinal(Float value) {
    Integer bits;
    static_assert(sizeof bits == sizeof value, "");
    std::memcpy(&bits, &value, sizeof bits);
    return bits < 0 ? -static_cast<std::int64_t>(bits & std::numeric_limits<Integer>::max()) : bits;
}

/// The number of steps between two numbers that are not NaN.
std::uint64_t ulps_between(double a, double b, bool of_float) {
    const std::int64_t left = of_float ? ordinal<std::int32_t>(static_cast<float>(a)) : ordinal<std::int64_t>(a);
    const std::int64_t right = of_float ? ordinal<std::int32_t>(static_cast<float>(b)) : ordinal<std::int64_t>(b);
    return left < right ? static_cast<std::uint64_t>(right) - static_cast<std::uint64_t>(left)
                        : static_cast<std::uint64_t>(left) - static_cast<std::uint64_t>(right);
}

void check_limit(const nearness& wanted) {
    if (!(wanted.limit >= 0)) refuse("a matcher of numbers needs a limit that is not negative and not NaN");
}

/// In the measure of `wanted`, for different numbers. NaN if one is NaN, infinity if one is infinite.
double distance_of(double value, const nearness& wanted) {
    const double apart = std::fabs(value - wanted.target);
    const bool measured = std::isfinite(value) && std::isfinite(wanted.target);
    if (!measured || wanted.measure == distance::absolute) return apart;
    if (wanted.measure == distance::ulps)
        return static_cast<double>(ulps_between(value, wanted.target, wanted.of_float));
    return apart / std::max(std::fabs(value), std::fabs(wanted.target));
}

bool is_near(double value, const nearness& wanted) noexcept {
    if (value <= wanted.target && value >= wanted.target) return true;  // also for infinities
    const double apart = distance_of(value, wanted);
    return apart <= wanted.limit && std::isfinite(apart);
}

/// As a number of its type.
void put_number(text_sink& out, double value, bool of_float) {
    if (of_float) {
        out << static_cast<float>(value);
    } else {
        out << value;
    }
}

void describe_near(text_sink& out, const nearness& wanted) {
    constexpr const char* words[] = {"is within ", "is within the relative error ", "is within "};
    out << words[static_cast<std::size_t>(wanted.measure)];
    if (wanted.measure == distance::ulps) {
        out << static_cast<unsigned long long>(wanted.limit) << " ULPs";
    } else {
        out << wanted.limit;
    }
    out << " of ";
    put_number(out, wanted.target, wanted.of_float);
}

void explain_near(text_sink& out, double value, const nearness& wanted) {
    const double apart = distance_of(value, wanted);
    if (std::isnan(apart)) {
        out << "NaN is near nothing";
    } else if (wanted.measure == distance::relative) {
        out << "the relative error is " << apart;
    } else if (wanted.measure == distance::ulps && std::isfinite(apart)) {
        out << "it is " << static_cast<unsigned long long>(apart) << " ULPs away";
    } else {
        out << "it is " << apart << " away";
    }
}

bool is_of_kind(double value, float_kind kind) noexcept {
    if (kind == float_kind::nan) return std::isnan(value);
    return kind == float_kind::infinite ? std::isinf(value) : std::isfinite(value);
}

const char* words_of(float_kind kind) noexcept {
    constexpr const char* words[] = {"is NaN", "is infinite", "is finite"};
    return words[static_cast<std::size_t>(kind)];
}

}  // namespace cordon::detail::matching

CORDON_CHEAP_END
