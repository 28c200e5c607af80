#pragma once

#include <cordon/compat/parts/catch2/config.hpp>

#include <cordon/cordon.hpp>

#include <cordon/api/compat/support.hpp>

#include <cordon/compat/parts/catch2/message.hpp>
#include <cordon/compat/parts/catch2/registration.hpp>

// How the macros of macros.hpp expand. What Catch2 and cordon have in common is cordon's.

namespace Catch::cordon_compat {

/// The program takes Catch2's options.
[[maybe_unused]] inline const bool understands_options =
    ::cordon::detail::understand(::cordon::detail::command_words::catch2);

/// What the last CHECKED_IF of this thread came to.
inline CORDON_THREAD_LOCAL bool last_held = false;

inline void keep(const ::cordon::detail::outcome& result) {
    last_held = result.is == ::cordon::detail::outcome::passed;
}

}  // namespace Catch::cordon_compat

#define CATCH_REGISTER_TAG_ALIAS(tag, ...) CORDON_CATCH2_TAG_ALIAS_(CORDON_UNIQUE(cordon_alias_), tag, __VA_ARGS__)
#define CORDON_CATCH2_TAG_ALIAS_(name, tag, ...)                                 \
    CORDON_GLOBAL_BEGIN_                                                         \
    static_assert(tag[0] == '[' && tag[1] == '@' && tag[sizeof(tag) - 2] == ']', \
                  "cordon: a tag alias of Catch2 has the form [@name]");         \
    static const ::cordon::detail::spec_alias name{tag, __VA_ARGS__};            \
    CORDON_GLOBAL_END_

// Test files use these, too.
#define CATCH_INTERNAL_START_WARNINGS_SUPPRESSION CORDON_GLOBAL_BEGIN_
#define CATCH_INTERNAL_STOP_WARNINGS_SUPPRESSION CORDON_GLOBAL_END_
#define CATCH_INTERNAL_SUPPRESS_GLOBALS_WARNINGS
#define CATCH_INTERNAL_SUPPRESS_UNUSED_VARIABLE_WARNINGS

#define CORDON_CATCH2_KEEP_(site, ...)         \
    ::Catch::cordon_compat::last_held = false; \
    CORDON_RUN_(site, __VA_ARGS__; ::Catch::cordon_compat::keep(CORDON_CONCAT(site, _outcome)))

#define CORDON_CATCH2_FAIL_(site, level, macro, text, then, ...)                      \
    do {                                                                              \
        CORDON_SITE_(site, level, false, macro, text);                                \
        ::cordon::detail::fail_message(site, CORDON_CATCH2_TEXT_(site, __VA_ARGS__)); \
        then;                                                                         \
    } while (false)

#define CORDON_CATCH2_SUCCEED_(site, ...)                                  \
    do {                                                                   \
        static_cast<void>(CORDON_CATCH2_MAY_BE_EMPTY_(site, __VA_ARGS__)); \
        CORDON_SITE_(site, check, false, "SUCCEED", "");                   \
        ::cordon::detail::pass(site);                                      \
    } while (false)

#define CORDON_CATCH2_SKIP_(site, text, ...)                                       \
    do {                                                                           \
        CORDON_SITE_(site, require, false, "SKIP", text);                          \
        ::cordon::detail::skip_test(site, CORDON_CATCH2_TEXT_(site, __VA_ARGS__)); \
    } while (false)

#define CORDON_CATCH2_SECTION_(unique, ...) \
    if (const ::cordon::detail::subcase unique{CORDON_FIRST_(__VA_ARGS__), __FILE__, __LINE__})
#define CORDON_CATCH2_DYNAMIC_SECTION_(unique, ...) \
    if (const ::cordon::detail::subcase unique{     \
            ::Catch::cordon_compat::written(CORDON_CATCH2_WRITER_(unique, __VA_ARGS__)), __FILE__, __LINE__})

#if defined(CATCH_CONFIG_RUNTIME_STATIC_REQUIRE)
#define CORDON_CATCH2_STATIC_(macro, site, text, run, level, negated, ...) \
    CORDON_ASSERT_(run, level, negated, macro, text, site, __VA_ARGS__)
#else
#define CORDON_CATCH2_STATIC_(macro, site, text, run, level, negated, ...) \
    CORDON_STATIC_(macro, site, text, (__VA_ARGS__) != negated)
#endif
