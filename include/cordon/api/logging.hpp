#pragma once

#include <cordon/api/check.hpp>

// The text of INFO, CAPTURE and the message forms. None of this code runs before something fails.

namespace cordon::detail {

/// Takes  "a " << 1  and  "a ", 1 : the macros write  message{out} << arguments . An operator<< of the user that takes
/// any stream is not considered: these are for temporaries only, and call text_sink's by its name.
struct message {
    text_sink& out;

    template <class T>
    message operator<<(const T& part) && {
        out.operator<<(part);
        return *this;
    }
    /// A manipulator of a stream, such as std::hex, has no effect.
    template <class R, class... A>
    message operator<<(R (&)(A...)) && {
        return *this;
    }
    /// The pointer may not point to text.
    message operator<<(const char* text) &&;
    message operator,(const char* text) && { return static_cast<message&&>(*this) << text; }
    template <class T>
    message operator,(const T& part) && {
        out.operator<<(part);
        return *this;
    }
};

/// An info_scope and the function that writes its text.
template <class F>
class written_info {
  public:
    written_info(const F& writer, const assertion_site* owner) : writer_(writer), scope_(text_by(writer_), owner) {}
    written_info(const written_info&) = delete;
    written_info& operator=(const written_info&) = delete;

  private:
    F writer_;
    info_scope scope_;
};

template <class F>
written_info<F> info_by(const F& writer, const assertion_site* owner = nullptr) {
    return {writer, owner};
}

/// Writes "a, b(1, 2)" and two values as "a := 1, b(1, 2) := 3".
void write_captures(text_sink& out, const char* names, const operand_text* values, size_t count);

template <class... T>
void capture(text_sink& out, const char* names, const T&... values) {
    const operand_text texts[] = {text_of(values)...};
    write_captures(out, names, texts, sizeof...(T));
}

/// Keeps a text for the next assertion of this thread. It is written at once.
void add_unscoped_info(operand_text text) noexcept;
void log_text(operand_text text) noexcept;
/// Calls `take` once with the text of a value; the bytes live until it returns.
void text_into(operand_text text, void* to, void (*take)(void* to, const char* data, size_t size));

}  // namespace cordon::detail

namespace cordon {

/// Adds a text to the report of the running test, whether it fails or not. Values appear as in INFO.
template <class... T>
void log(const T&... parts) {
    detail::log_text(detail::text_by([&](text_sink& out) { (void(out.operator<<(parts)), ...); }));
}

}  // namespace cordon
