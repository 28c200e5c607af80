#pragma once

#include <cordon/api/matchers/equality.hpp>

// Matchers for texts: std::string and std::string_view, char*, arrays of char.

namespace cordon::detail::matching {

/// `T` is how the expected text is held.
template <class T, extent Where>
struct text_matcher : matchers::matcher {
    text_matcher(const T& expected_, matchers::text_case letters_) : expected(expected_), letters(letters_) {}

    template <class V>
    bool matches(V& value) const {
        if constexpr (is_text<V>) {
            return has_text(plain_text(value), whole());
        } else {
            static_assert(never<V>, "cordon: this matcher takes a text: std::string, std::string_view, char*");
            return false;
        }
    }
    void describe(text_sink& out) const { describe_text(out, whole()); }
    template <class V>
    void explain(text_sink& out, V& value) const {
        if constexpr (is_text<V>) explain_text(out, plain_text(value), whole());
    }

  private:
    expected_text whole() const { return {plain_text(expected), Where, letters}; }

    T expected;
    matchers::text_case letters;
};

template <class T, extent Where>
auto text_matcher_of(const T& expected, matchers::text_case how) {
    static_assert(is_text<T>, "cordon: the expected text must be a std::string, std::string_view or char*");
    return text_matcher<held<T>, Where>(expected, how);
}

}  // namespace cordon::detail::matching

namespace cordon::matchers {

/// Matches a text with the same characters.
template <class T>
auto equals(const T& expected, text_case how) {
    return detail::matching::text_matcher_of<T, detail::matching::extent::whole>(expected, how);
}
/// Matches a text that has this one in it. Without the second argument see range.hpp.
template <class T>
auto contains(const T& expected, text_case how) {
    return detail::matching::text_matcher_of<T, detail::matching::extent::inside>(expected, how);
}
template <class T>
auto starts_with(const T& expected, text_case how = text_case::kept) {
    return detail::matching::text_matcher_of<T, detail::matching::extent::start>(expected, how);
}
template <class T>
auto ends_with(const T& expected, text_case how = text_case::kept) {
    return detail::matching::text_matcher_of<T, detail::matching::extent::end>(expected, how);
}

}  // namespace cordon::matchers
