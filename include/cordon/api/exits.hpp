#pragma once

#include <cordon/api/check.hpp>

// CHECK_EXITS: the block runs in a copy of the test's process.

namespace cordon {

/// How the block of a CHECK_EXITS must end: with_code(n), by_signal(n), by_abort(), normally().
struct wanted_exit {
    enum kind : unsigned char { code, signal, abort, normal };

    /// The same, and either stream must contain the text; or the matcher must match all of the output, both streams in
    /// order.
    template <class Text>
    constexpr auto printing(const Text& text) const;
    constexpr auto printing(const char* text) const;

    kind how;
    int number;
};

constexpr wanted_exit with_code(int code) { return {wanted_exit::code, code}; }
/// The block must crash, or be ended by that signal.
constexpr wanted_exit by_signal(int number) { return {wanted_exit::signal, number}; }
constexpr wanted_exit by_abort() { return {wanted_exit::abort, 0}; }
/// The block must reach its end.
constexpr wanted_exit normally() { return {wanted_exit::normal, 0}; }

namespace detail {

/// `Text`: a text, or a matcher with the member matches().
template <class Text>
struct printed_exit {
    wanted_exit end;
    Text text;
};

/// What is to be found in the output.
struct wanted_output {
    const void* text;
    bool (*is_in)(const void* text, text_view output);
    operand_text words;
};

template <class Text>
auto is_found(const Text& matcher, text_view output, int) -> decltype(static_cast<bool>(matcher.matches(output.data))) {
    return static_cast<bool>(matcher.matches(output.data));
}
template <class Text>
bool is_found(const Text& text, text_view output, long) {
    return contains_text(output, text);
}

bool contains_text(text_view in, text_view part) noexcept;
/// Runs block(context) in a copy of this process, and compares its end. Leaves the test if the block did so by a
/// REQUIRE or SKIP.
bool check_exit(const assertion_site& site, const wanted_exit& wanted, const wanted_output* output,
                void (*block)(void*), void* context);

template <class Block>
bool check_exit(const assertion_site& site, const wanted_exit& wanted, const Block& block) {
    return check_exit(
        site, wanted, nullptr, [](void* of) { (*static_cast<const Block*>(of))(); }, const_cast<Block*>(&block));
}

template <class Text, class Block>
bool check_exit(const assertion_site& site, const printed_exit<Text>& wanted, const Block& block) {
    const wanted_output output = {
        &wanted.text,
        [](const void* text, text_view printed) { return is_found(*static_cast<const Text*>(text), printed, 0); },
        text_of(wanted.text)};
    return check_exit(
        site, wanted.end, &output, [](void* of) { (*static_cast<const Block*>(of))(); }, const_cast<Block*>(&block));
}

}  // namespace detail

template <class Text>
constexpr auto wanted_exit::printing(const Text& text) const {
    return detail::printed_exit<Text>{*this, text};
}
constexpr auto wanted_exit::printing(const char* text) const { return detail::printed_exit<const char*>{*this, text}; }

}  // namespace cordon
