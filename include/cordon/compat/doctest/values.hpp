#pragma once

#include <cordon/compat/doctest/string.hpp>

// What assertions compare with: Approx, Contains, IsNaN; and what a test asks about itself.

namespace doctest {

/// True in a test, false in main() and in static initializers.
struct running_in_test {
    operator bool() const noexcept { return cordon::detail::is_in_test(); }
};
inline constexpr running_in_test is_running_in_test{};

/// cordon::Approx, but a number may become one without being told to.
class Approx : public cordon::Approx {
  public:
    Approx(double value) : cordon::Approx(value) {}
    explicit Approx(number value) : cordon::Approx(value) {}

    Approx operator()(number value) const {
        Approx other = *this;
        static_cast<cordon::Approx&>(other) = cordon::Approx::operator()(value);
        return other;
    }
    Approx& epsilon(number relative) {
        cordon::Approx::epsilon(relative.value);
        return *this;
    }
    Approx& scale(number size) {
        cordon::Approx::scale(size.value);
        return *this;
    }
};

/// A text that holds another one.
class Contains {
  public:
    explicit Contains(const String& part) : string(part) {}
    bool checkWith(const String& whole) const;

    String string;
};

inline bool operator==(const String& left, const Contains& right) { return right.checkWith(left); }
inline bool operator==(const Contains& left, const String& right) { return left.checkWith(right); }
inline bool operator!=(const String& left, const Contains& right) { return !right.checkWith(left); }
inline bool operator!=(const Contains& left, const String& right) { return !left.checkWith(right); }
inline void to_text(cordon::text_sink& out, const Contains& part) {
    out << "Contains( ";
    to_text(out, part.string);
    out << " )";
}

namespace with_own_text {

template <class F>
struct IsNaN {
    IsNaN(F number, bool flip = false) : value(number), flipped(flip) {}
    IsNaN operator!() const { return {value, !flipped}; }
    operator bool() const { return __builtin_isnan(value) != flipped; }

    F value;
    bool flipped;
};
template <class F>
IsNaN(F) -> IsNaN<F>;
template <class F>
void to_text(cordon::text_sink& out, const IsNaN<F>& number) {
    out << (number.flipped ? "! IsNaN( " : "IsNaN( ") << number.value << " )";
}
/// For calls without the name of the namespace.
template <class F>
String toString(const IsNaN<F>& number) {
    return detail::plain_string(number);
}

}  // namespace with_own_text
using with_own_text::IsNaN;

#if !defined(CORDON_CONFIG_NO_EXCEPTIONS)
namespace detail {

template <class T>
bool translates(cordon::text_sink& out, cordon::detail::any_function translate) {
    try {
        throw;
    } catch (T caught) {
        const String text = reinterpret_cast<String (*)(T)>(translate)(caught);
        out.write(text.c_str(), text.size());
        return true;
    } catch (...) {
        return false;
    }
}

}  // namespace detail

/// REGISTER_EXCEPTION_TRANSLATOR, but from the call on, and in this process. Never removed.
template <class T>
void registerExceptionTranslator(String (*translate)(T)) {
    new cordon::detail::exception_translator(reinterpret_cast<cordon::detail::any_function>(translate),
                                             &detail::translates<T>);
}
#endif

/// `left` is a text of the exception.
bool holds_part(const void* part, cordon::detail::text_view whole);

namespace Color {
/// For reporters; here they have no effect.
enum Enum {
    None = 0,
    White,
    Red,
    Green,
    Blue,
    Cyan,
    Yellow,
    Grey,
    Bright = 0x10,
    BrightRed = Bright | Red,
    BrightGreen = Bright | Green,
    LightGrey = Bright | Grey,
    BrightWhite = Bright | White
};
inline std::ostream& operator<<(std::ostream& out, Enum) { return out; }
}  // namespace Color

/// The last part of a path.
const char* skipPathFromFilename(const char* file);

}  // namespace doctest

namespace cordon::detail {

/// THROWS_WITH(expression, Contains("part"))
inline outcome check_exception_text(const assertion_site& site, const ::doctest::Contains& part) {
    return check_exception_text_by(site, &::doctest::holds_part, &part.string, text_of(part));
}

}  // namespace cordon::detail
