#pragma once

#include <cordon/api/matchers/matcher.hpp>

// Texts of any type as bytes, and what the engine does with them.

namespace cordon::matchers {

enum class text_case : unsigned char { kept, ignored };
/// Argument of the matchers for texts: ASCII letters match in upper and lower case.
inline constexpr text_case ignoring_case = text_case::ignored;

}  // namespace cordon::matchers

namespace cordon::detail::matching {

/// The bytes of a text. `data` is null for a null pointer.
struct text_bytes {
    const char* data;
    size_t size;
};

template <class T>
auto text_kind(rank<1>, const T& text)
    -> decltype(void(T::npos), take_text(text.data()), void(text.size()), enable<true, T>());
template <class T>
enable<false, T> text_kind(rank<0>, const T&);

/// std::string and string_view with char, classes like them, char* and arrays of char.
template <class T>
inline constexpr bool is_text = is_same<decltype(text_kind(rank<1>(), declare<const T&>())), enable<true, bare<T>>>;
template <>
inline constexpr bool is_text<char*> = true;
template <>
inline constexpr bool is_text<const char*> = true;
template <>
inline constexpr bool is_text<char* const> = true;
template <>
inline constexpr bool is_text<const char* const> = true;
template <size_t N>
inline constexpr bool is_text<char[N]> = true;
template <size_t N>
inline constexpr bool is_text<const char[N]> = true;

template <class T>
text_bytes plain_text(const T& text) {
    return {text.data(), static_cast<size_t>(text.size())};
}
inline text_bytes plain_text(const char* text) { return {text, text == nullptr ? 0 : __builtin_strlen(text)}; }
/// An array is read up to its first zero, or to its end.
template <size_t N>
text_bytes plain_text(const char (&text)[N]) {
    size_t size = 0;
    while (size < N && text[size] != '\0')
        ++size;
    return {text, size};
}

/// What of a text is compared.
enum class extent : unsigned char { whole, inside, start, end };

/// A text that a matcher expects.
struct expected_text {
    text_bytes text;
    extent where;
    matchers::text_case letters;
};

/// A null pointer matches only null, and only as a whole.
bool has_text(text_bytes value, const expected_text& expected) noexcept;
void describe_text(text_sink& out, const expected_text& expected);
/// Writes where the texts differ, if that is more than a look at them says.
void explain_text(text_sink& out, text_bytes value, const expected_text& expected);

}  // namespace cordon::detail::matching
