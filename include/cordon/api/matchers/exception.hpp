#pragma once

#include <cordon/api/matchers/equality.hpp>

// Matchers for exceptions, and what CHECK_THROWS_WITH does with a matcher.

namespace cordon::detail::matching {

/// The message of an exception: its what(), or a thrown text. It converts to a string.
struct message_text {
    static constexpr size_t npos = static_cast<size_t>(-1);

    const char* data() const { return bytes.data; }
    size_t size() const { return bytes.size; }
    template <class S, class = typename S::traits_type>
    operator S() const {
        return S(bytes.data, bytes.size);
    }
    friend void to_text(text_sink& out, const message_text& message) {
        write_string(out, message.bytes.data, message.bytes.size, 1);
    }

    text_bytes bytes;
};

template <class M>
struct message_matcher : matchers::matcher {
    explicit message_matcher(const M& inner_) : inner(inner_) {}

    template <class V>
    auto matches(V& value) const -> decltype(take_text(value.what()), true) {
        const message_text message{plain_text(static_cast<const char*>(value.what()))};
        return accepts(inner, message);
    }
    void describe(text_sink& out) const { describe_part(out, "has the message ", "has a message that ", inner); }
    template <class V>
    auto explain(text_sink& out, V& value) const -> decltype(take_text(value.what())) {
        const message_text message{plain_text(static_cast<const char*>(value.what()))};
        matching::explain(out, inner, message);
    }

    M inner;
};

/// Writes the name of a type T from the signature of a template function of it.
void write_type(text_sink& out, const char* signature);

template <class D>
struct type_matcher : matchers::matcher {
    template <class V>
    bool matches(V& value) const {
#if defined(__cpp_rtti)
        return dynamic_cast<const D*>(__builtin_addressof(value)) != nullptr;
#else
        static_assert(never<V>, "cordon: is_a() needs run-time type information, and this file is compiled without");
        return value != nullptr;
#endif
    }
    void describe(text_sink& out) const {
        out << "is a ";
        write_type(out, signature_of<D>());
    }
};

/// What CHECK_THROWS_WITH asks of a matcher: functions that take its address and the message.
struct message_test {
    const void* matcher;
    bool (*accepts)(const void* matcher, const message_text& message);
    operand_text words;
    void (*explain)(text_sink& out, const void* matcher, const message_text& message);
};

/// Passes or fails by the text of the current exception.
outcome check_message(const assertion_site& site, const message_test& expected);

/// The matcher threw the current exception.
inline outcome when_thrown_by_matcher(const assertion_site& site) {
    fail_by_exception(site);
    return outcome{outcome::failed};
}

}  // namespace cordon::detail::matching

namespace cordon::detail {

template <class M, only_if<matching::is_matcher<M>, int> = 0>
outcome check_exception_text(const assertion_site& site, const M& matcher) {
    const auto words = [&](text_sink& out) { matching::describe(out, matcher); };
    return matching::check_message(site,
                                   {&matcher,
                                    [](const void* address, const matching::message_text& message) {
                                        return matching::accepts(*static_cast<const M*>(address), message);
                                    },
                                    text_by(words),
                                    [](text_sink& out, const void* address, const matching::message_text& message) {
                                        matching::explain(out, *static_cast<const M*>(address), message);
                                    }});
}

}  // namespace cordon::detail

namespace cordon::matchers {

/// Matches an exception whose what() matches.
template <class M>
auto has_message(const M& matcher) {
    return detail::matching::message_matcher<detail::matching::matcher_of<M>>(detail::matching::to_matcher(matcher));
}

/// Matches an object of a polymorphic type that is a T, or of a type derived from it.
template <class T>
detail::matching::type_matcher<T> is_a() {
    return {};
}

}  // namespace cordon::matchers
