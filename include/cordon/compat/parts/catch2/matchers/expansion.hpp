#pragma once

#include <cordon/compat/parts/catch2/expansion.hpp>
#include <cordon/compat/parts/catch2/matchers/matcher.hpp>

// What the macros of matchers/macros.hpp call.

namespace Catch::cordon_compat {

template <class V, class M>
CORDON_COLD ::cordon::detail::outcome tell_mismatch(const ::cordon::detail::assertion_site& site, const V& value,
                                                    const M& matcher) noexcept {
    const auto words = [&](::cordon::text_sink& out) { out << matcher.toString(); };
    const auto nothing = [](::cordon::text_sink&) {};
    ::cordon::detail::matching::fail_match(
        site, {::cordon::detail::text_of(value), ::cordon::detail::text_by(words), ::cordon::detail::text_by(nothing)});
    return {::cordon::detail::outcome::failed};
}

template <class V, class M>
::cordon::detail::outcome check_that(const ::cordon::detail::assertion_site& site, V&& value, const M& matcher) {
    static_assert(is_matcher<M>, "cordon: a matcher of Catch2 derives from Catch::Matchers::MatcherBase");
    if (CORDON_LIKELY(matcher.match(value))) return ::cordon::detail::pass(site);
    return tell_mismatch(site, value, matcher);
}

inline ::cordon::detail::outcome check_message(const ::cordon::detail::assertion_site& site, StringRef expected) {
    return ::cordon::detail::check_exception_text(site, expected);
}
template <class M, std::enable_if_t<is_matcher<M>, int> = 0>
::cordon::detail::outcome check_message(const ::cordon::detail::assertion_site& site, const M& matcher) {
    using message = ::cordon::detail::matching::message_text;
    const auto words = [&](::cordon::text_sink& out) { out << matcher.toString(); };
    return ::cordon::detail::matching::check_message(
        site, {&matcher,
               [](const void* at, const message& text) {
                   return static_cast<bool>(static_cast<const M*>(at)->match(std::string(text.data(), text.size())));
               },
               ::cordon::detail::text_by(words), [](::cordon::text_sink&, const void*, const message&) {}});
}

inline ::cordon::detail::outcome when_matcher_threw(const ::cordon::detail::assertion_site& site) {
    return ::cordon::detail::matching::when_thrown_by_matcher(site);
}

}  // namespace Catch::cordon_compat

#define CORDON_CATCH2_THAT_(run, level, macro, text, site, ...)                       \
    do {                                                                              \
        CORDON_PLACE_(site, level, false, macro, text);                               \
        run(site, ::Catch::cordon_compat::check_that(CORDON_AT_(site), __VA_ARGS__)); \
    } while (false)

#if !defined(CORDON_CONFIG_NO_EXCEPTIONS)
#define CORDON_CATCH2_CALL_(site, call)                               \
    catch (...) {                                                     \
        CORDON_CONCAT(site, _outcome) = ::Catch::cordon_compat::call; \
    }
#define CORDON_CATCH2_MATCH_(site, type, ...)                                                        \
    catch (::cordon::detail::catch_of<type> CORDON_CONCAT(site, _caught)) {                          \
        try {                                                                                        \
            CORDON_CONCAT(site, _outcome) =                                                          \
                ::Catch::cordon_compat::check_that(site, CORDON_CONCAT(site, _caught), __VA_ARGS__); \
        }                                                                                            \
        CORDON_CATCH2_CALL_(site, when_matcher_threw(site))                                          \
    }                                                                                                \
    CORDON_CATCH_ANY_(site, fail_wrong_exception(site, #type))
#define CORDON_CATCH2_THROWS_WITH_(level, macro, text, site, expression, ...) \
    CORDON_THROWING_(level, macro, text, site, "no exception was thrown",     \
                     CORDON_CATCH2_CALL_(site, check_message(site, __VA_ARGS__)), expression)
#define CORDON_CATCH2_THROWS_MATCHES_(level, macro, text, site, expression, type, ...)     \
    CORDON_THROWING_(level, macro, text, site, "no exception was thrown, expected " #type, \
                     CORDON_CATCH2_MATCH_(site, type, __VA_ARGS__), expression)
#else
#define CORDON_CATCH2_THROWS_WITH_(level, macro, ...) CORDON_WITHOUT_EXCEPTIONS_(macro)
#define CORDON_CATCH2_THROWS_MATCHES_(level, macro, ...) CORDON_WITHOUT_EXCEPTIONS_(macro)
#endif
