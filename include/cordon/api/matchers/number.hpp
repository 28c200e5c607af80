#pragma once

#include <cordon/api/matchers/equality.hpp>

// Matchers for floating-point numbers.

namespace cordon::detail::matching {

enum class distance : unsigned char { absolute, relative, ulps };

/// How near a number must be. For `ulps` of float, both numbers are floats.
struct nearness {
    double target;
    double limit;
    distance measure;
    bool of_float;
};

/// Fails the current assertion, or the test outside of one, if the limit is negative or NaN.
void check_limit(const nearness& wanted);
bool is_near(double value, const nearness& wanted) noexcept;
void describe_near(text_sink& out, const nearness& wanted);
void explain_near(text_sink& out, double value, const nearness& wanted);

struct near_matcher : matchers::matcher {
    near_matcher(double target, double limit, distance measure, bool of_float)
        : wanted{target, limit, measure, of_float} {
        check_limit(wanted);
    }

    template <class V>
    bool matches(V& value) const {
        if constexpr (!is_number<bare<V>>) {
            static_assert(never<V>, "cordon: this matcher takes a number");
            return false;
        } else {
            return is_near(static_cast<double>(value), wanted);
        }
    }
    void describe(text_sink& out) const { describe_near(out, wanted); }
    template <class V>
    void explain(text_sink& out, V& value) const {
        if constexpr (is_number<bare<V>>) explain_near(out, static_cast<double>(value), wanted);
    }

    nearness wanted;
};

enum class float_kind : unsigned char { nan, infinite, finite };

bool is_of_kind(double value, float_kind kind) noexcept;
const char* words_of(float_kind kind) noexcept;

template <float_kind Kind>
struct kind_matcher : matchers::matcher {
    template <class V>
    bool matches(V& value) const {
        static_assert(is_floating<bare<V>>, "cordon: this matcher takes a floating-point number");
        return is_of_kind(static_cast<double>(value), Kind);
    }
    void describe(text_sink& out) const { out << words_of(Kind); }
};

}  // namespace cordon::detail::matching

namespace cordon::matchers {

/// Matches a number at most `margin` away.
inline auto within_abs(double target, double margin) {
    return detail::matching::near_matcher(target, margin, detail::matching::distance::absolute, false);
}

/// Matches a number whose distance is at most `tolerance` times the larger of both absolute values. 0.01 is one
/// percent.
inline auto within_rel(double target, double tolerance) {
    return detail::matching::near_matcher(target, tolerance, detail::matching::distance::relative, false);
}

/// Matches a number with at most `count` - 1 other values of its type between. The type is that of `target`: float or
/// double.
template <class F>
auto within_ulps(F target, unsigned long long count) {
    static_assert(detail::is_one_of<F, float, double>, "cordon: within_ulps() takes a float or a double");
    return detail::matching::near_matcher(static_cast<double>(target), static_cast<double>(count),
                                          detail::matching::distance::ulps, detail::is_same<F, float>);
}

inline detail::matching::kind_matcher<detail::matching::float_kind::nan> is_nan() { return {}; }
inline detail::matching::kind_matcher<detail::matching::float_kind::infinite> is_infinite() { return {}; }
/// Matches what is neither NaN nor infinite.
inline detail::matching::kind_matcher<detail::matching::float_kind::finite> is_finite() { return {}; }

}  // namespace cordon::matchers
