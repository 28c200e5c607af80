#pragma once

#include <cordon/compat/doctest/string.hpp>

// DOCTEST_CONFIG_TREAT_CHAR_STAR_AS_STRING: pointers to text are compared as text, not by address.

#if defined(DOCTEST_CONFIG_TREAT_CHAR_STAR_AS_STRING)
namespace doctest {
namespace detail {

struct text_pointer {
    const char* text;

    static int order(const char* a, const char* b) {
        return a == nullptr || b == nullptr ? (a != nullptr) - (b != nullptr) : __builtin_strcmp(a, b);
    }
#define CORDON_DOCTEST_TEXTS_(op)                                                                  \
    friend bool operator op(text_pointer a, text_pointer b) { return order(a.text, b.text) op 0; } \
    friend bool operator op(text_pointer a, const char* b) { return order(a.text, b) op 0; }       \
    template <class T, class = typename T::traits_type>                                            \
    friend bool operator op(text_pointer a, const T& b) {                                          \
        return a.text op b;                                                                        \
    }                                                                                              \
    template <class T, class = typename T::traits_type>                                            \
    friend bool operator op(const T& a, text_pointer b) {                                          \
        return a op b.text;                                                                        \
    }
    CORDON_DOCTEST_TEXTS_(==)
    CORDON_DOCTEST_TEXTS_(!=)
    CORDON_DOCTEST_TEXTS_(<)
    CORDON_DOCTEST_TEXTS_(>)
    CORDON_DOCTEST_TEXTS_(<=)
    CORDON_DOCTEST_TEXTS_(>=)
#undef CORDON_DOCTEST_TEXTS_
    friend void to_text(cordon::text_sink& out, text_pointer pointer) {
        cordon::detail::write_any<const char*>(out, &pointer.text);
    }
};

template <class T>
inline constexpr bool is_text = cordon::detail::is_one_of<cordon::detail::bare<T>, char*, const char*>;
template <class T, size_t N>
inline constexpr bool is_text<T (&)[N]> = cordon::detail::is_same<cordon::detail::bare<T>, char>;

template <class T>
decltype(auto) as_text(T&& value) {
    if constexpr (is_text<T>) {
        return text_pointer{value};
    } else {
        return static_cast<T&&>(value);
    }
}

/// Wraps a left operand that is text.
struct site_of_texts {
    const cordon::detail::assertion_site& site;

    template <class T>
    auto operator<<(T&& value) const {
        return static_cast<cordon::detail::passed_site>(site) << as_text(static_cast<T&&>(value));
    }
};

template <cordon::detail::relation Is, class L, class R>
cordon::detail::outcome compare(const cordon::detail::assertion_site& site, L&& left, R&& right) {
    return cordon::detail::compare<Is>(site, as_text(static_cast<L&&>(left)), as_text(static_cast<R&&>(right)));
}

}  // namespace detail
}  // namespace doctest
#endif
