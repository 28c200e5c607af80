#pragma once

#include <cordon/compat/doctest/values.hpp>

// DOCTEST_CONFIG_DISABLE: tests are compiled as templates that nobody uses, and assertions are nothing.

#define CORDON_DOCTEST_UNUSED_(name)    \
    template <class cordon_never_given> \
    [[maybe_unused]] static inline void name()
#define CORDON_DOCTEST_UNUSED_FIXTURE_(name, fixture) \
    namespace {                                       \
    template <class cordon_never_given>               \
    struct name : public fixture {                    \
        void run();                                   \
    };                                                \
    }                                                 \
    template <class cordon_never_given>               \
    inline void name<cordon_never_given>::run()
#define CORDON_DOCTEST_UNUSED_TEMPLATE_(name, T) \
    template <class T>                           \
    [[maybe_unused]] static inline void name()

#if defined(DOCTEST_CONFIG_ASSERTS_RETURN_VALUES)
#define CORDON_DOCTEST_NOTHING_ [] { return false; }()
#else
#define CORDON_DOCTEST_NOTHING_ static_cast<void>(0)
#endif
#if defined(DOCTEST_CONFIG_EVALUATE_ASSERTS_EVEN_WHEN_DISABLED)
#define CORDON_DOCTEST_HOLDS_(negated, ...) [&] { return static_cast<bool>(__VA_ARGS__) != negated; }()
#define CORDON_DOCTEST_BOTH_(op, ...) \
    [&](const auto& left, const auto& right) { return static_cast<bool>(left op right); }(__VA_ARGS__)
#if defined(CORDON_CONFIG_NO_EXCEPTIONS)
#define CORDON_DOCTEST_THROWN_(on_throw, ...) CORDON_DOCTEST_NOTHING_
#else
#define CORDON_DOCTEST_THROWN_(on_throw, ...) \
    [&] {                                     \
        try {                                 \
            __VA_ARGS__;                      \
            return !on_throw;                 \
        } catch (...) {                       \
            return on_throw;                  \
        }                                     \
    }()
#endif
#else
#define CORDON_DOCTEST_HOLDS_(...) CORDON_DOCTEST_NOTHING_
#define CORDON_DOCTEST_BOTH_(...) CORDON_DOCTEST_NOTHING_
#define CORDON_DOCTEST_THROWN_(...) CORDON_DOCTEST_NOTHING_
#endif

#define DOCTEST_TEST_CASE(...) CORDON_DOCTEST_UNUSED_(CORDON_UNIQUE(cordon_test_))
#define DOCTEST_TEST_CASE_CLASS(...) CORDON_DOCTEST_UNUSED_(CORDON_UNIQUE(cordon_test_))
#define DOCTEST_TEST_CASE_FIXTURE(fixture, ...) CORDON_DOCTEST_UNUSED_FIXTURE_(CORDON_UNIQUE(cordon_test_), fixture)
#define DOCTEST_TEST_CASE_TEMPLATE(decorators, T, ...) CORDON_DOCTEST_UNUSED_TEMPLATE_(CORDON_UNIQUE(cordon_test_), T)
#define DOCTEST_TEST_CASE_TEMPLATE_DEFINE(decorators, T, id) \
    CORDON_DOCTEST_UNUSED_TEMPLATE_(CORDON_UNIQUE(cordon_test_), T)
#define DOCTEST_TEST_CASE_TEMPLATE_INVOKE(id, ...) static_assert(true, "TEST_CASE_TEMPLATE_INVOKE")
#define DOCTEST_TEST_CASE_TEMPLATE_INSTANTIATE(id, ...) static_assert(true, "TEST_CASE_TEMPLATE_INSTANTIATE")
#define DOCTEST_TEST_CASE_TEMPLATE_APPLY(id, ...) static_assert(true, "TEST_CASE_TEMPLATE_APPLY")
#define DOCTEST_TYPE_TO_STRING(...) static_assert(true, "TYPE_TO_STRING")
#define DOCTEST_TYPE_TO_STRING_AS(text, ...) static_assert(true, "TYPE_TO_STRING")
#define DOCTEST_TEST_SUITE(...) namespace CORDON_UNIQUE(cordon_suite_)
#define DOCTEST_TEST_SUITE_BEGIN(...) static_assert(true, "TEST_SUITE_BEGIN")
#define DOCTEST_SUBCASE(...) if (false)
#define DOCTEST_SCENARIO(name) CORDON_DOCTEST_UNUSED_(CORDON_UNIQUE(cordon_test_))
#define DOCTEST_SCENARIO_CLASS(name) CORDON_DOCTEST_UNUSED_(CORDON_UNIQUE(cordon_test_))
#define DOCTEST_SCENARIO_METHOD(fixture, name) CORDON_DOCTEST_UNUSED_FIXTURE_(CORDON_UNIQUE(cordon_test_), fixture)
#define DOCTEST_SCENARIO_TEMPLATE(name, T, ...) CORDON_DOCTEST_UNUSED_TEMPLATE_(CORDON_UNIQUE(cordon_test_), T)
#define DOCTEST_SCENARIO_TEMPLATE_DEFINE(name, T, id) CORDON_DOCTEST_UNUSED_TEMPLATE_(CORDON_UNIQUE(cordon_test_), T)
#define DOCTEST_GIVEN(name) if (false)
#define DOCTEST_AND_GIVEN(name) if (false)
#define DOCTEST_WHEN(name) if (false)
#define DOCTEST_AND_WHEN(name) if (false)
#define DOCTEST_THEN(name) if (false)
#define DOCTEST_AND_THEN(name) if (false)
#define DOCTEST_REGISTER_EXCEPTION_TRANSLATOR(...) \
    template <class cordon_never_given>            \
    [[maybe_unused]] static inline ::doctest::String CORDON_UNIQUE(cordon_translator_)(__VA_ARGS__)
#define DOCTEST_REGISTER_REPORTER(name, priority, reporter) static_assert(true, "REGISTER_REPORTER")
#define DOCTEST_REGISTER_LISTENER(name, priority, reporter) static_assert(true, "REGISTER_LISTENER")
#define CORDON_DOCTEST_FIRST_(first, ...) first
#define DOCTEST_GENERATE(...) (CORDON_DOCTEST_FIRST_(__VA_ARGS__, 0))
#define DOCTEST_INFO(...) static_cast<void>(0)
#define DOCTEST_CAPTURE(...) static_cast<void>(0)
#define DOCTEST_MESSAGE(...) static_cast<void>(0)
#define DOCTEST_ADD_MESSAGE_AT(file, line, ...) static_cast<void>(0)
#define DOCTEST_FAIL(...) static_cast<void>(0)
#define DOCTEST_FAIL_CHECK(...) static_cast<void>(0)
#define DOCTEST_ADD_FAIL_AT(file, line, ...) static_cast<void>(0)
#define DOCTEST_ADD_FAIL_CHECK_AT(file, line, ...) static_cast<void>(0)
#define DOCTEST_TO_LVALUE(...) __VA_ARGS__

#define DOCTEST_WARN(...) CORDON_DOCTEST_HOLDS_(false, __VA_ARGS__)
#define DOCTEST_WARN_MESSAGE(expression, ...) CORDON_DOCTEST_HOLDS_(false, expression)
#define DOCTEST_WARN_FALSE(...) CORDON_DOCTEST_HOLDS_(true, __VA_ARGS__)
#define DOCTEST_WARN_FALSE_MESSAGE(expression, ...) CORDON_DOCTEST_HOLDS_(true, expression)
#define DOCTEST_WARN_UNARY(...) CORDON_DOCTEST_HOLDS_(false, __VA_ARGS__)
#define DOCTEST_WARN_UNARY_FALSE(...) CORDON_DOCTEST_HOLDS_(true, __VA_ARGS__)
#define DOCTEST_WARN_EQ(...) CORDON_DOCTEST_BOTH_(==, __VA_ARGS__)
#define DOCTEST_WARN_NE(...) CORDON_DOCTEST_BOTH_(!=, __VA_ARGS__)
#define DOCTEST_WARN_LT(...) CORDON_DOCTEST_BOTH_(<, __VA_ARGS__)
#define DOCTEST_WARN_LE(...) CORDON_DOCTEST_BOTH_(<=, __VA_ARGS__)
#define DOCTEST_WARN_GT(...) CORDON_DOCTEST_BOTH_(>, __VA_ARGS__)
#define DOCTEST_WARN_GE(...) CORDON_DOCTEST_BOTH_(>=, __VA_ARGS__)
#define DOCTEST_FAST_WARN_UNARY(...) CORDON_DOCTEST_HOLDS_(false, __VA_ARGS__)
#define DOCTEST_FAST_WARN_UNARY_FALSE(...) CORDON_DOCTEST_HOLDS_(true, __VA_ARGS__)
#define DOCTEST_FAST_WARN_EQ(...) CORDON_DOCTEST_BOTH_(==, __VA_ARGS__)
#define DOCTEST_FAST_WARN_NE(...) CORDON_DOCTEST_BOTH_(!=, __VA_ARGS__)
#define DOCTEST_FAST_WARN_LT(...) CORDON_DOCTEST_BOTH_(<, __VA_ARGS__)
#define DOCTEST_FAST_WARN_LE(...) CORDON_DOCTEST_BOTH_(<=, __VA_ARGS__)
#define DOCTEST_FAST_WARN_GT(...) CORDON_DOCTEST_BOTH_(>, __VA_ARGS__)
#define DOCTEST_FAST_WARN_GE(...) CORDON_DOCTEST_BOTH_(>=, __VA_ARGS__)
#define DOCTEST_WARN_THROWS(...) CORDON_DOCTEST_THROWN_(true, __VA_ARGS__)
#define DOCTEST_WARN_NOTHROW(...) CORDON_DOCTEST_THROWN_(false, __VA_ARGS__)
#define DOCTEST_WARN_NOTHROW_MESSAGE(expression, ...) CORDON_DOCTEST_THROWN_(false, expression)
#define DOCTEST_WARN_THROWS_AS(expression, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define DOCTEST_WARN_THROWS_WITH(expression, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define DOCTEST_WARN_THROWS_WITH_AS(expression, words, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define DOCTEST_WARN_THROWS_MESSAGE(expression, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define DOCTEST_WARN_THROWS_AS_MESSAGE(expression, type, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define DOCTEST_WARN_THROWS_WITH_MESSAGE(expression, words, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define DOCTEST_WARN_THROWS_WITH_AS_MESSAGE(expression, words, type, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define DOCTEST_CHECK(...) CORDON_DOCTEST_HOLDS_(false, __VA_ARGS__)
#define DOCTEST_CHECK_MESSAGE(expression, ...) CORDON_DOCTEST_HOLDS_(false, expression)
#define DOCTEST_CHECK_FALSE(...) CORDON_DOCTEST_HOLDS_(true, __VA_ARGS__)
#define DOCTEST_CHECK_FALSE_MESSAGE(expression, ...) CORDON_DOCTEST_HOLDS_(true, expression)
#define DOCTEST_CHECK_UNARY(...) CORDON_DOCTEST_HOLDS_(false, __VA_ARGS__)
#define DOCTEST_CHECK_UNARY_FALSE(...) CORDON_DOCTEST_HOLDS_(true, __VA_ARGS__)
#define DOCTEST_CHECK_EQ(...) CORDON_DOCTEST_BOTH_(==, __VA_ARGS__)
#define DOCTEST_CHECK_NE(...) CORDON_DOCTEST_BOTH_(!=, __VA_ARGS__)
#define DOCTEST_CHECK_LT(...) CORDON_DOCTEST_BOTH_(<, __VA_ARGS__)
#define DOCTEST_CHECK_LE(...) CORDON_DOCTEST_BOTH_(<=, __VA_ARGS__)
#define DOCTEST_CHECK_GT(...) CORDON_DOCTEST_BOTH_(>, __VA_ARGS__)
#define DOCTEST_CHECK_GE(...) CORDON_DOCTEST_BOTH_(>=, __VA_ARGS__)
#define DOCTEST_FAST_CHECK_UNARY(...) CORDON_DOCTEST_HOLDS_(false, __VA_ARGS__)
#define DOCTEST_FAST_CHECK_UNARY_FALSE(...) CORDON_DOCTEST_HOLDS_(true, __VA_ARGS__)
#define DOCTEST_FAST_CHECK_EQ(...) CORDON_DOCTEST_BOTH_(==, __VA_ARGS__)
#define DOCTEST_FAST_CHECK_NE(...) CORDON_DOCTEST_BOTH_(!=, __VA_ARGS__)
#define DOCTEST_FAST_CHECK_LT(...) CORDON_DOCTEST_BOTH_(<, __VA_ARGS__)
#define DOCTEST_FAST_CHECK_LE(...) CORDON_DOCTEST_BOTH_(<=, __VA_ARGS__)
#define DOCTEST_FAST_CHECK_GT(...) CORDON_DOCTEST_BOTH_(>, __VA_ARGS__)
#define DOCTEST_FAST_CHECK_GE(...) CORDON_DOCTEST_BOTH_(>=, __VA_ARGS__)
#define DOCTEST_CHECK_THROWS(...) CORDON_DOCTEST_THROWN_(true, __VA_ARGS__)
#define DOCTEST_CHECK_NOTHROW(...) CORDON_DOCTEST_THROWN_(false, __VA_ARGS__)
#define DOCTEST_CHECK_NOTHROW_MESSAGE(expression, ...) CORDON_DOCTEST_THROWN_(false, expression)
#define DOCTEST_CHECK_THROWS_AS(expression, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define DOCTEST_CHECK_THROWS_WITH(expression, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define DOCTEST_CHECK_THROWS_WITH_AS(expression, words, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define DOCTEST_CHECK_THROWS_MESSAGE(expression, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define DOCTEST_CHECK_THROWS_AS_MESSAGE(expression, type, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define DOCTEST_CHECK_THROWS_WITH_MESSAGE(expression, words, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define DOCTEST_CHECK_THROWS_WITH_AS_MESSAGE(expression, words, type, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define DOCTEST_REQUIRE(...) CORDON_DOCTEST_HOLDS_(false, __VA_ARGS__)
#define DOCTEST_REQUIRE_MESSAGE(expression, ...) CORDON_DOCTEST_HOLDS_(false, expression)
#define DOCTEST_REQUIRE_FALSE(...) CORDON_DOCTEST_HOLDS_(true, __VA_ARGS__)
#define DOCTEST_REQUIRE_FALSE_MESSAGE(expression, ...) CORDON_DOCTEST_HOLDS_(true, expression)
#define DOCTEST_REQUIRE_UNARY(...) CORDON_DOCTEST_HOLDS_(false, __VA_ARGS__)
#define DOCTEST_REQUIRE_UNARY_FALSE(...) CORDON_DOCTEST_HOLDS_(true, __VA_ARGS__)
#define DOCTEST_REQUIRE_EQ(...) CORDON_DOCTEST_BOTH_(==, __VA_ARGS__)
#define DOCTEST_REQUIRE_NE(...) CORDON_DOCTEST_BOTH_(!=, __VA_ARGS__)
#define DOCTEST_REQUIRE_LT(...) CORDON_DOCTEST_BOTH_(<, __VA_ARGS__)
#define DOCTEST_REQUIRE_LE(...) CORDON_DOCTEST_BOTH_(<=, __VA_ARGS__)
#define DOCTEST_REQUIRE_GT(...) CORDON_DOCTEST_BOTH_(>, __VA_ARGS__)
#define DOCTEST_REQUIRE_GE(...) CORDON_DOCTEST_BOTH_(>=, __VA_ARGS__)
#define DOCTEST_FAST_REQUIRE_UNARY(...) CORDON_DOCTEST_HOLDS_(false, __VA_ARGS__)
#define DOCTEST_FAST_REQUIRE_UNARY_FALSE(...) CORDON_DOCTEST_HOLDS_(true, __VA_ARGS__)
#define DOCTEST_FAST_REQUIRE_EQ(...) CORDON_DOCTEST_BOTH_(==, __VA_ARGS__)
#define DOCTEST_FAST_REQUIRE_NE(...) CORDON_DOCTEST_BOTH_(!=, __VA_ARGS__)
#define DOCTEST_FAST_REQUIRE_LT(...) CORDON_DOCTEST_BOTH_(<, __VA_ARGS__)
#define DOCTEST_FAST_REQUIRE_LE(...) CORDON_DOCTEST_BOTH_(<=, __VA_ARGS__)
#define DOCTEST_FAST_REQUIRE_GT(...) CORDON_DOCTEST_BOTH_(>, __VA_ARGS__)
#define DOCTEST_FAST_REQUIRE_GE(...) CORDON_DOCTEST_BOTH_(>=, __VA_ARGS__)
#define DOCTEST_REQUIRE_THROWS(...) CORDON_DOCTEST_THROWN_(true, __VA_ARGS__)
#define DOCTEST_REQUIRE_NOTHROW(...) CORDON_DOCTEST_THROWN_(false, __VA_ARGS__)
#define DOCTEST_REQUIRE_NOTHROW_MESSAGE(expression, ...) CORDON_DOCTEST_THROWN_(false, expression)
#define DOCTEST_REQUIRE_THROWS_AS(expression, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define DOCTEST_REQUIRE_THROWS_WITH(expression, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define DOCTEST_REQUIRE_THROWS_WITH_AS(expression, words, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define DOCTEST_REQUIRE_THROWS_MESSAGE(expression, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define DOCTEST_REQUIRE_THROWS_AS_MESSAGE(expression, type, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define DOCTEST_REQUIRE_THROWS_WITH_MESSAGE(expression, words, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define DOCTEST_REQUIRE_THROWS_WITH_AS_MESSAGE(expression, words, type, ...) CORDON_DOCTEST_THROWN_(true, expression)
