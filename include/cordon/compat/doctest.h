// The names of doctest, a C++ test framework by Viktor Kirilov and others, for test files that are compiled against
// cordon instead. docs/from-doctest.md says what becomes of what. It may be included again with
// DOCTEST_CONFIG_IMPLEMENT, so it has no #pragma once.

#if !defined(DOCTEST_LIBRARY_INCLUDED)
#define DOCTEST_LIBRARY_INCLUDED
#define CORDON_DOCTEST_FIRST_TIME_
#else
#undef CORDON_DOCTEST_FIRST_TIME_
#endif
#include <cordon/compat/doctest/config.hpp>

#if defined(DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN) && !defined(DOCTEST_CONFIG_IMPLEMENT)
#define DOCTEST_CONFIG_IMPLEMENT
#endif
#if defined(DOCTEST_CONFIG_IMPLEMENT) && !defined(DOCTEST_LIBRARY_IMPLEMENTATION)
#if !defined(CORDON_CONFIG_LINKED_ENGINE) && !defined(DOCTEST_CONFIG_DISABLE)
#if !defined(CORDON_DOCTEST_FIRST_TIME_)
#error "cordon: define DOCTEST_CONFIG_IMPLEMENT before the file includes doctest.h for the first time, or link the engine"
#endif
#if defined(DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN) && !defined(CORDON_MAIN)
#define CORDON_MAIN
#elif !defined(CORDON_MAIN) && !defined(CORDON_IMPLEMENT)
#define CORDON_IMPLEMENT
#endif
#endif
#endif
#include <cordon/cordon.hpp>

#include <cordon/api/one_letter_macros_begin.hpp>
CORDON_SILENCE_BEGIN
#include <cordon/compat/doctest/context.hpp>
#include <cordon/compat/doctest/reporter.hpp>
#include <cordon/compat/doctest/test_case.hpp>
#if defined(DOCTEST_CONFIG_DISABLE)
#include <cordon/compat/doctest/disabled_macros.hpp>
#if !defined(DOCTEST_CONFIG_NO_SHORT_MACRO_NAMES)
#include <cordon/compat/doctest/short_disabled_macros.hpp>
#endif
#else
#include <cordon/compat/doctest/macros.hpp>
#if !defined(DOCTEST_CONFIG_NO_SHORT_MACRO_NAMES)
#include <cordon/compat/doctest/short_macros.hpp>
#endif
#endif
CORDON_SILENCE_END
#include <cordon/api/one_letter_macros_end.hpp>

#if defined(CORDON_DOCTEST_FIRST_TIME_)
// Used with and without parentheses.
#if defined(DOCTEST_CONFIG_DISABLE)
#define DOCTEST_TEST_SUITE_END using CORDON_UNIQUE(cordon_suite_end_) = int
#else
#define DOCTEST_TEST_SUITE_END                                                                \
    CORDON_GLOBAL_BEGIN_                                                                      \
    static const ::cordon::detail::suite_switch CORDON_UNIQUE(cordon_suite_switch_){nullptr}; \
    CORDON_GLOBAL_END_                                                                        \
    using CORDON_UNIQUE(cordon_suite_end_) [[maybe_unused]] = int
#endif
#if !defined(DOCTEST_CONFIG_NO_SHORT_MACRO_NAMES)
#define TEST_SUITE_END DOCTEST_TEST_SUITE_END
#endif
// A suite that a file begins and does not end does not hold the tests of the next file.
DOCTEST_TEST_SUITE_END();
#endif

#if defined(DOCTEST_CONFIG_IMPLEMENT) && !defined(DOCTEST_LIBRARY_IMPLEMENTATION)
#define DOCTEST_LIBRARY_IMPLEMENTATION
#include <cordon/compat/doctest/implement.hpp>
#endif
