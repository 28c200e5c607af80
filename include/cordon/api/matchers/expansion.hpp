#pragma once

#include <cordon/api/expansion.hpp>

// How the macros of <cordon/matchers.hpp> expand.

#if !defined(CORDON_CONFIG_NO_EXCEPTIONS)
#define CORDON_CATCH_MATCH_(site, type, ...)                                                   \
    catch (::cordon::detail::catch_of<type> CORDON_CONCAT(site, _caught)) {                    \
        try {                                                                                  \
            CORDON_CONCAT(site, _outcome) =                                                    \
                ::cordon::detail::check_that(site, CORDON_CONCAT(site, _caught), __VA_ARGS__); \
        }                                                                                      \
        CORDON_CATCH_ANY_(site, matching::when_thrown_by_matcher(site))                        \
    }                                                                                          \
    CORDON_CATCH_ANY_(site, fail_wrong_exception(site, #type))

#define CORDON_THROWS_MATCHES_(level, macro, text, site, expression, type, ...)            \
    CORDON_THROWING_(level, macro, text, site, "no exception was thrown, expected " #type, \
                     CORDON_CATCH_MATCH_(site, type, __VA_ARGS__), expression)
#else
#define CORDON_THROWS_MATCHES_(level, macro, ...) CORDON_WITHOUT_EXCEPTIONS_(macro)
#endif
