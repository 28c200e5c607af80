#pragma once

#include <cordon/compat/parts/catch2/text.hpp>

// INFO, WARN, FAIL and so on take values after <<. Their text is written when something fails, by cordon: a test file
// need not include <ostream>.

namespace Catch {

/// Ends a message, so that it may be empty: stream << + StreamEndStop().
struct StreamEndStop {
    std::string operator+() const { return {}; }
    template <typename T>
    friend const T& operator+(const T& value, StreamEndStop) {
        return value;
    }
};

namespace cordon_compat {

/// Writes text as it is, and what has an operator<< by it. Manipulators have no effect.
struct message {
    ::cordon::text_sink& out;

    const message& operator<<(const char* text) const {
        if (text != nullptr) out << text;
        return *this;
    }
    const message& operator<<(StringRef text) const {
        out.write(text.data(), text.size());
        return *this;
    }
    const message& operator<<(std::ios_base& (*)(std::ios_base&)) const { return *this; }
    const message& operator<<(std::ostream& (*)(std::ostream&)) const { return *this; }
    template <class T>
    const message& operator<<(const T& value) const {
        out << value;
        return *this;
    }
};

template <class F>
std::string written(const F& writer) {
    return text_from(::cordon::detail::text_by(writer));
}

}  // namespace cordon_compat
}  // namespace Catch

// A lambda that writes the message. The second form's message may be empty.
#define CORDON_CATCH2_WRITER_(unique, ...)                                           \
    [&](::cordon::text_sink& CORDON_CONCAT(unique, _out)) {                          \
        ::Catch::cordon_compat::message{CORDON_CONCAT(unique, _out)} << __VA_ARGS__; \
    }
#define CORDON_CATCH2_MAY_BE_EMPTY_(unique, ...) CORDON_CATCH2_WRITER_(unique, __VA_ARGS__ + ::Catch::StreamEndStop())
#define CORDON_CATCH2_TEXT_(unique, ...) ::cordon::detail::text_by(CORDON_CATCH2_MAY_BE_EMPTY_(unique, __VA_ARGS__))
