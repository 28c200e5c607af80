#pragma once

#include <cordon/api/compat/support.hpp>
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

template <bool B>
struct bool_is {
    static constexpr bool value = B;
};

/// A string is text for a text_sink, too.
template <class T>
auto is_string(int) -> decltype(void(T::npos), bool_is<true>());
template <class T>
bool_is<false> is_string(long);

/// True if a std::ostream prints a T, as it does a std::setw(8). False before <ostream> is included.
template <class T>
auto is_streamed(int) -> decltype(void(::cordon::detail::declare<::cordon::detail::stream_of<T>>()
                                       << ::cordon::detail::declare<const T&>()),
                                  bool_is<true>());
template <class T>
bool_is<false> is_streamed(long);

/// The rest of a message, by a std::ostream, so that a manipulator holds for what comes after it.
class streamed_message {
  public:
    template <class T>
    streamed_message(::cordon::text_sink& out, const T& value) : out_(out), stream_(out) {
        *this << value;
    }

    template <class T>
    streamed_message&& operator<<(const T& value) {
        if constexpr (decltype(is_streamed<T>(0))::value) {
            ::cordon::detail::stream_of<T> to = stream_.get();
            to << value;
        } else {
            out_.operator<<(value);
        }
        return static_cast<streamed_message&&>(*this);
    }
    streamed_message&& operator<<(const char* text) { return *this << StringRef(text == nullptr ? "" : text); }
    streamed_message&& operator<<(std::ostream& (*manipulator)(std::ostream&)) {
        manipulator(stream_.get());
        return static_cast<streamed_message&&>(*this);
    }

  private:
    ::cordon::text_sink& out_;
    ::cordon::detail::lasting_stream stream_;
};

/// Writes text as it is. From the first manipulator or object with an operator<< on, a std::ostream writes the rest.
struct message {
    ::cordon::text_sink& out;

    message operator<<(const char* text) const {
        if (text != nullptr) out << text;
        return *this;
    }
    message operator<<(StringRef text) const {
        out.write(text.data(), text.size());
        return *this;
    }
    streamed_message operator<<(std::ios_base& (*manipulator)(std::ios_base&)) const { return {out, manipulator}; }
    streamed_message operator<<(std::ostream& (*manipulator)(std::ostream&)) const { return {out, manipulator}; }
    template <class T>
    auto operator<<(const T& value) const {
        if constexpr (::cordon::detail::is_object<T> && !decltype(is_string<T>(0))::value &&
                      decltype(is_streamed<T>(0))::value) {
            return streamed_message(out, value);
        } else {
            out.operator<<(value);
            return *this;
        }
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
