#pragma once

#include <cordon/compat/parts/catch2/text.hpp>

// INFO, WARN, FAIL and so on take what std::ostream takes. The text is written when something fails.

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

template <class F>
void write_stream(::cordon::text_sink& out, const F& write) {
    ::cordon::detail::write_streamed(
        out, [](std::ostream& stream, const void* at) { (*static_cast<const F*>(at))(stream); }, &write);
}

template <class F>
std::string streamed(const F& write) {
    const auto writer = [&](::cordon::text_sink& out) { write_stream(out, write); };
    return text_from(::cordon::detail::text_by(writer));
}

}  // namespace cordon_compat
}  // namespace Catch

// A lambda that writes to a std::ostream. The second form's message may be empty.
#define CORDON_CATCH2_STREAM_(unique, ...) \
    [&](::std::ostream& CORDON_CONCAT(unique, _stream)) { CORDON_CONCAT(unique, _stream) << __VA_ARGS__; }
#define CORDON_CATCH2_MAY_BE_EMPTY_(unique, ...) CORDON_CATCH2_STREAM_(unique, __VA_ARGS__ + ::Catch::StreamEndStop())
#define CORDON_CATCH2_WRITER_(unique, ...)                                              \
    [&](::cordon::text_sink& CORDON_CONCAT(unique, _out)) {                             \
        ::Catch::cordon_compat::write_stream(CORDON_CONCAT(unique, _out), __VA_ARGS__); \
    }
#define CORDON_CATCH2_TEXT_(unique, ...) \
    ::cordon::detail::text_by(CORDON_CATCH2_WRITER_(unique, CORDON_CATCH2_MAY_BE_EMPTY_(unique, __VA_ARGS__)))
