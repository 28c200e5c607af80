#pragma once

#include <cordon/api/matchers/text.hpp>

// Matchers by regular expressions. The dialect is the engine's: engine/base/regex.hpp, docs/matchers.md.

namespace cordon::detail::matching {

struct regex_pattern {
    text_bytes text;
    bool whole;
    matchers::text_case letters;
};

/// Fails the current assertion, or the test outside of one, if the pattern is not a regular expression.
void check_pattern(const regex_pattern& pattern);
bool has_pattern(text_bytes value, const regex_pattern& pattern);
void describe_pattern(text_sink& out, const regex_pattern& pattern);

template <class T>
struct regex_matcher : matchers::matcher {
    regex_matcher(const T& pattern_, bool whole_, matchers::text_case letters_)
        : pattern(pattern_), whole(whole_), letters(letters_) {
        check_pattern(parts());
    }

    template <class V>
    bool matches(V& value) const {
        if constexpr (is_text<V>) {
            return has_pattern(plain_text(value), parts());
        } else {
            static_assert(never<V>, "cordon: this matcher takes a text: std::string, std::string_view, char*");
            return false;
        }
    }
    void describe(text_sink& out) const { describe_pattern(out, parts()); }

  private:
    regex_pattern parts() const { return {plain_text(pattern), whole, letters}; }

    T pattern;
    bool whole;
    matchers::text_case letters;
};

template <class T>
regex_matcher<held<T>> regex_matcher_of(const T& pattern, bool whole, matchers::text_case how) {
    static_assert(is_text<T>, "cordon: the regular expression must be a std::string, std::string_view or char*");
    return {pattern, whole, how};
}

}  // namespace cordon::detail::matching

namespace cordon::matchers {

/// Matches a text that is as a whole what the regular expression says.
template <class T>
auto matches_regex(const T& pattern, text_case how = text_case::kept) {
    return detail::matching::regex_matcher_of(pattern, true, how);
}
/// Matches a text that has such a part.
template <class T>
auto contains_regex(const T& pattern, text_case how = text_case::kept) {
    return detail::matching::regex_matcher_of(pattern, false, how);
}

}  // namespace cordon::matchers
