#pragma once

#include <cordon/api/matchers/regex.hpp>
#include <cordon/compat/parts/catch2/matchers/matcher.hpp>
#include <cordon/compat/parts/catch2/test_info.hpp>

#include <exception>
#include <string>
#include <utility>

// Matchers of texts, and of exceptions' texts.

namespace Catch::cordon_compat {

inline std::string lower(std::string text) {
    for (char& c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return text;
}

}  // namespace Catch::cordon_compat

namespace Catch::Matchers {
namespace StdString {

struct CasedString {
    CasedString(const std::string& text, CaseSensitive::Choice choice)
        : m_caseSensitivity(choice), m_str(adjustString(text)) {}
    std::string adjustString(const std::string& text) const {
        return m_caseSensitivity == CaseSensitive::No ? cordon_compat::lower(text) : text;
    }
    std::string caseSensitivitySuffix() const {
        return m_caseSensitivity == CaseSensitive::No ? " (case insensitive)" : "";
    }

    CaseSensitive::Choice m_caseSensitivity;
    std::string m_str;
};

struct StringMatcherBase : MatcherBase<std::string> {
    StringMatcherBase(std::string operation, const CasedString& comparator)
        : m_comparator(comparator), m_operation(std::move(operation)) {}
    std::string describe() const override {
        return m_operation + ": \"" + m_comparator.m_str + '"' + m_comparator.caseSensitivitySuffix();
    }

    CasedString m_comparator;
    std::string m_operation;
};

struct EqualsMatcher final : StringMatcherBase {
    explicit EqualsMatcher(const CasedString& comparator) : StringMatcherBase("equals", comparator) {}
    bool match(const std::string& text) const override { return m_comparator.adjustString(text) == m_comparator.m_str; }
};
struct ContainsMatcher final : StringMatcherBase {
    explicit ContainsMatcher(const CasedString& comparator) : StringMatcherBase("contains", comparator) {}
    bool match(const std::string& text) const override {
        return m_comparator.adjustString(text).find(m_comparator.m_str) != std::string::npos;
    }
};
struct StartsWithMatcher final : StringMatcherBase {
    explicit StartsWithMatcher(const CasedString& comparator) : StringMatcherBase("starts with", comparator) {}
    bool match(const std::string& text) const override {
        return m_comparator.adjustString(text).rfind(m_comparator.m_str, 0) == 0;
    }
};
struct EndsWithMatcher final : StringMatcherBase {
    explicit EndsWithMatcher(const CasedString& comparator) : StringMatcherBase("ends with", comparator) {}
    bool match(const std::string& text) const override {
        const std::string whole = m_comparator.adjustString(text);
        const std::string& end = m_comparator.m_str;
        return whole.size() >= end.size() && whole.compare(whole.size() - end.size(), end.size(), end) == 0;
    }
};

/// The engine has the regular expressions, so that a test file need not compile them.
struct RegexMatcher final : MatcherBase<std::string> {
    RegexMatcher(std::string regex, CaseSensitive::Choice choice)
        : m_regex(std::move(regex)), m_caseSensitivity(choice) {}
    bool match(const std::string& text) const override {
        using namespace ::cordon::detail::matching;
        const auto letters = m_caseSensitivity == CaseSensitive::No ? ::cordon::matchers::text_case::ignored
                                                                    : ::cordon::matchers::text_case::kept;
        return has_pattern(plain_text(text), {plain_text(m_regex), true, letters});
    }
    std::string describe() const override {
        return "matches " + ::Catch::Detail::stringify(m_regex) +
               (m_caseSensitivity == CaseSensitive::No ? " case insensitively" : " case sensitively");
    }

  private:
    std::string m_regex;
    CaseSensitive::Choice m_caseSensitivity;
};

}  // namespace StdString

inline StdString::EqualsMatcher Equals(const std::string& text, CaseSensitive::Choice choice = CaseSensitive::Yes) {
    return StdString::EqualsMatcher(StdString::CasedString(text, choice));
}
inline StdString::ContainsMatcher ContainsSubstring(const std::string& text,
                                                    CaseSensitive::Choice choice = CaseSensitive::Yes) {
    return StdString::ContainsMatcher(StdString::CasedString(text, choice));
}
inline StdString::ContainsMatcher Contains(const std::string& text, CaseSensitive::Choice choice) {
    return ContainsSubstring(text, choice);
}
inline StdString::StartsWithMatcher StartsWith(const std::string& text,
                                               CaseSensitive::Choice choice = CaseSensitive::Yes) {
    return StdString::StartsWithMatcher(StdString::CasedString(text, choice));
}
inline StdString::EndsWithMatcher EndsWith(const std::string& text, CaseSensitive::Choice choice = CaseSensitive::Yes) {
    return StdString::EndsWithMatcher(StdString::CasedString(text, choice));
}
inline StdString::RegexMatcher Matches(const std::string& regex, CaseSensitive::Choice choice = CaseSensitive::Yes) {
    return StdString::RegexMatcher(regex, choice);
}

class ExceptionMessageMatcher final : public MatcherBase<std::exception> {
  public:
    explicit ExceptionMessageMatcher(std::string message) : message_(std::move(message)) {}
    bool match(const std::exception& value) const override { return value.what() == message_; }
    std::string describe() const override { return "exception message matches \"" + message_ + '"'; }

  private:
    std::string message_;
};
namespace Exception {
using Matchers::ExceptionMessageMatcher;
}

inline ExceptionMessageMatcher Message(const std::string& message) { return ExceptionMessageMatcher(message); }

template <class M>
class ExceptionMessageMatchesMatcher final : public MatcherBase<std::exception> {
  public:
    explicit ExceptionMessageMatchesMatcher(M matcher) : matcher_(std::move(matcher)) {}
    bool match(const std::exception& value) const override { return matcher_.match(value.what()); }
    std::string describe() const override { return " matches \"" + matcher_.toString() + '"'; }

  private:
    M matcher_;
};
template <class M, cordon_compat::if_matchers<M, M> = 0>
ExceptionMessageMatchesMatcher<M> MessageMatches(const M& matcher) {
    return ExceptionMessageMatchesMatcher<M>(matcher);
}

}  // namespace Catch::Matchers
