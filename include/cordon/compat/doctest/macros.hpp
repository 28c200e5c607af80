#pragma once

#include <cordon/compat/doctest/expansion.hpp>
#include <cordon/compat/doctest/generate.hpp>
#include <cordon/compat/doctest/reporter.hpp>

// doctest's macros with their long names. short_macros.hpp has the same without the prefix.

// ---- registration ----

#define DOCTEST_TEST_CASE(...) CORDON_DOCTEST_TEST_CASE_(CORDON_UNIQUE(cordon_test_), __VA_ARGS__)
#define DOCTEST_TEST_CASE_CLASS(...) CORDON_DOCTEST_TEST_CASE_CLASS_(CORDON_UNIQUE(cordon_test_), __VA_ARGS__)
#define DOCTEST_TEST_CASE_FIXTURE(fixture, ...) \
    CORDON_DOCTEST_TEST_CASE_FIXTURE_(CORDON_UNIQUE(cordon_test_), fixture, __VA_ARGS__)
#define DOCTEST_TEST_CASE_TEMPLATE(decorators, T, ...) \
    CORDON_DOCTEST_TEST_CASE_TEMPLATE_(CORDON_UNIQUE(cordon_test_), T, decorators, __VA_ARGS__)
#define DOCTEST_TEST_CASE_TEMPLATE_DEFINE(decorators, T, id) \
    CORDON_DOCTEST_TEMPLATE_(CORDON_UNIQUE(cordon_test_), CORDON_CONCAT(id, _cordon_tests), T, decorators)
#define DOCTEST_TEST_CASE_TEMPLATE_INVOKE(id, ...)                                        \
    CORDON_DOCTEST_TYPES_(CORDON_UNIQUE(cordon_types_), CORDON_CONCAT(id, _cordon_tests), \
                          ::cordon::detail::type_list<__VA_ARGS__>)                       \
    static_assert(true, "TEST_CASE_TEMPLATE_INVOKE")
#define DOCTEST_TEST_CASE_TEMPLATE_INSTANTIATE(id, ...)                                   \
    CORDON_DOCTEST_TYPES_(CORDON_UNIQUE(cordon_types_), CORDON_CONCAT(id, _cordon_tests), \
                          ::cordon::detail::type_list<__VA_ARGS__>)                       \
    static_assert(true, "TEST_CASE_TEMPLATE_INSTANTIATE")
#define DOCTEST_TEST_CASE_TEMPLATE_APPLY(id, ...)                                                      \
    CORDON_DOCTEST_TYPES_(CORDON_UNIQUE(cordon_types_), CORDON_CONCAT(id, _cordon_tests), __VA_ARGS__) \
    static_assert(true, "TEST_CASE_TEMPLATE_APPLY")
#define DOCTEST_TYPE_TO_STRING(...) CORDON_TYPE_TO_STRING_AS_(#__VA_ARGS__, __VA_ARGS__)
#define DOCTEST_TYPE_TO_STRING_AS(text, ...) CORDON_TYPE_TO_STRING_AS_(text, __VA_ARGS__)
#define DOCTEST_TEST_SUITE(...) CORDON_DOCTEST_TEST_SUITE_(CORDON_UNIQUE(cordon_suite_), __VA_ARGS__)
#define DOCTEST_TEST_SUITE_BEGIN(...) CORDON_DOCTEST_TEST_SUITE_BEGIN_(CORDON_UNIQUE(cordon_suite_), __VA_ARGS__)
#define DOCTEST_SUBCASE(...) CORDON_SUBCASE_(CORDON_UNIQUE(cordon_subcase_), __VA_ARGS__)
#define DOCTEST_SCENARIO(name) CORDON_DOCTEST_TEST_CASE_(CORDON_UNIQUE(cordon_test_), "  Scenario: " name)
#define DOCTEST_SCENARIO_CLASS(name) CORDON_DOCTEST_TEST_CASE_CLASS_(CORDON_UNIQUE(cordon_test_), "  Scenario: " name)
#define DOCTEST_SCENARIO_METHOD(fixture, name) \
    CORDON_DOCTEST_TEST_CASE_FIXTURE_(CORDON_UNIQUE(cordon_test_), fixture, "  Scenario: " name)
#define DOCTEST_SCENARIO_TEMPLATE(name, T, ...) \
    CORDON_DOCTEST_TEST_CASE_TEMPLATE_(CORDON_UNIQUE(cordon_test_), T, "  Scenario: " name, __VA_ARGS__)
#define DOCTEST_SCENARIO_TEMPLATE_DEFINE(name, T, id) \
    CORDON_DOCTEST_TEMPLATE_(CORDON_UNIQUE(cordon_test_), CORDON_CONCAT(id, _cordon_tests), T, "  Scenario: " name)
#define DOCTEST_GIVEN(name) CORDON_SUBCASE_(CORDON_UNIQUE(cordon_subcase_), "   Given: " name)
#define DOCTEST_AND_GIVEN(name) CORDON_SUBCASE_(CORDON_UNIQUE(cordon_subcase_), "     And: " name)
#define DOCTEST_WHEN(name) CORDON_SUBCASE_(CORDON_UNIQUE(cordon_subcase_), "    When: " name)
#define DOCTEST_AND_WHEN(name) CORDON_SUBCASE_(CORDON_UNIQUE(cordon_subcase_), "And when: " name)
#define DOCTEST_THEN(name) CORDON_SUBCASE_(CORDON_UNIQUE(cordon_subcase_), "    Then: " name)
#define DOCTEST_AND_THEN(name) CORDON_SUBCASE_(CORDON_UNIQUE(cordon_subcase_), "     And: " name)
#define DOCTEST_REGISTER_EXCEPTION_TRANSLATOR(...) \
    CORDON_EXCEPTION_TRANSLATOR_(CORDON_UNIQUE(cordon_translator_), __VA_ARGS__)

#define DOCTEST_REGISTER_LISTENER(name, priority, listener) \
    CORDON_REGISTER_LISTENER_(CORDON_UNIQUE(cordon_listener_), ::doctest::detail::told_listener<listener>, priority, )
#define DOCTEST_REGISTER_REPORTER(name, priority, reporter)  \
    static_assert(::doctest::detail::is_supported<reporter>, \
                  "cordon: reporters of doctest are not supported; REGISTER_LISTENER and CORDON_REPORTER are")
#define DOCTEST_GENERATE(...) ::doctest::detail::generate(__FILE__, __LINE__, __COUNTER__, __VA_ARGS__)

// ---- messages ----

#define DOCTEST_INFO(...) CORDON_INFO_(CORDON_UNIQUE(cordon_info_), __VA_ARGS__)
#define DOCTEST_CAPTURE(...) CORDON_CAPTURE_(CORDON_UNIQUE(cordon_info_), #__VA_ARGS__, __VA_ARGS__)
#define DOCTEST_MESSAGE(...) CORDON_DOCTEST_LOG_(CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define DOCTEST_ADD_MESSAGE_AT(file, line, ...) \
    CORDON_DOCTEST_LOG_(CORDON_UNIQUE(cordon_site_), file << ":" << line << ": " << __VA_ARGS__)
#define DOCTEST_FAIL(...)                                                                     \
    CORDON_DOCTEST_FAIL_AT_(require, "FAIL", __FILE__, __LINE__, CORDON_UNIQUE(cordon_site_), \
                            ::cordon::detail::leave_test(), __VA_ARGS__)
#define DOCTEST_FAIL_CHECK(...) \
    CORDON_DOCTEST_FAIL_AT_(check, "FAIL_CHECK", __FILE__, __LINE__, CORDON_UNIQUE(cordon_site_), , __VA_ARGS__)
#define DOCTEST_ADD_FAIL_AT(file, line, ...)                                                 \
    CORDON_DOCTEST_FAIL_AT_(require, "ADD_FAIL_AT", file, line, CORDON_UNIQUE(cordon_site_), \
                            ::cordon::detail::leave_test(), __VA_ARGS__)
#define DOCTEST_ADD_FAIL_CHECK_AT(file, line, ...) \
    CORDON_DOCTEST_FAIL_AT_(check, "ADD_FAIL_CHECK_AT", file, line, CORDON_UNIQUE(cordon_site_), , __VA_ARGS__)
#define DOCTEST_TO_LVALUE(...) __VA_ARGS__

// ---- assertions ----

#define DOCTEST_WARN(...) \
    CORDON_DOCTEST_ASSERT_(warn, false, "WARN", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define DOCTEST_WARN_FALSE(...) \
    CORDON_DOCTEST_ASSERT_(warn, true, "WARN_FALSE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define DOCTEST_WARN_UNARY(...) \
    CORDON_DOCTEST_ASSERT_(warn, false, "WARN_UNARY", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), (__VA_ARGS__))
#define DOCTEST_FAST_WARN_UNARY(...) \
    CORDON_DOCTEST_ASSERT_(warn, false, "FAST_WARN_UNARY", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), (__VA_ARGS__))
#define DOCTEST_WARN_UNARY_FALSE(...) \
    CORDON_DOCTEST_ASSERT_(warn, true, "WARN_UNARY_FALSE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), (__VA_ARGS__))
#define DOCTEST_FAST_WARN_UNARY_FALSE(...)                                                                 \
    CORDON_DOCTEST_ASSERT_(warn, true, "FAST_WARN_UNARY_FALSE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                           (__VA_ARGS__))
#define DOCTEST_WARN_MESSAGE(expression, ...)                                                                    \
    CORDON_DOCTEST_MESSAGE_(warn, false, "WARN_MESSAGE", #expression, CORDON_UNIQUE(cordon_site_), (expression), \
                            __VA_ARGS__)
#define DOCTEST_WARN_FALSE_MESSAGE(expression, ...)                                                                   \
    CORDON_DOCTEST_MESSAGE_(warn, true, "WARN_FALSE_MESSAGE", #expression, CORDON_UNIQUE(cordon_site_), (expression), \
                            __VA_ARGS__)
#define DOCTEST_WARN_EQ(...) \
    CORDON_DOCTEST_BY_(warn, "WARN_EQ", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), eq, __VA_ARGS__)
#define DOCTEST_FAST_WARN_EQ(...) \
    CORDON_DOCTEST_BY_(warn, "FAST_WARN_EQ", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), eq, __VA_ARGS__)
#define DOCTEST_WARN_NE(...) \
    CORDON_DOCTEST_BY_(warn, "WARN_NE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), ne, __VA_ARGS__)
#define DOCTEST_FAST_WARN_NE(...) \
    CORDON_DOCTEST_BY_(warn, "FAST_WARN_NE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), ne, __VA_ARGS__)
#define DOCTEST_WARN_LT(...) \
    CORDON_DOCTEST_BY_(warn, "WARN_LT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), lt, __VA_ARGS__)
#define DOCTEST_FAST_WARN_LT(...) \
    CORDON_DOCTEST_BY_(warn, "FAST_WARN_LT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), lt, __VA_ARGS__)
#define DOCTEST_WARN_LE(...) \
    CORDON_DOCTEST_BY_(warn, "WARN_LE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), le, __VA_ARGS__)
#define DOCTEST_FAST_WARN_LE(...) \
    CORDON_DOCTEST_BY_(warn, "FAST_WARN_LE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), le, __VA_ARGS__)
#define DOCTEST_WARN_GT(...) \
    CORDON_DOCTEST_BY_(warn, "WARN_GT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), gt, __VA_ARGS__)
#define DOCTEST_FAST_WARN_GT(...) \
    CORDON_DOCTEST_BY_(warn, "FAST_WARN_GT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), gt, __VA_ARGS__)
#define DOCTEST_WARN_GE(...) \
    CORDON_DOCTEST_BY_(warn, "WARN_GE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), ge, __VA_ARGS__)
#define DOCTEST_FAST_WARN_GE(...) \
    CORDON_DOCTEST_BY_(warn, "FAST_WARN_GE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), ge, __VA_ARGS__)
#define DOCTEST_WARN_THROWS(...) \
    CORDON_DOCTEST_THROWS_(warn, "WARN_THROWS", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), , __VA_ARGS__)
#define DOCTEST_WARN_THROWS_AS(expression, ...)                                                                     \
    CORDON_DOCTEST_THROWS_AS_(warn, "WARN_THROWS_AS", #expression ", " #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), , \
                              (expression), __VA_ARGS__)
#define DOCTEST_WARN_THROWS_WITH(expression, ...)                                                                     \
    CORDON_DOCTEST_THROWS_WITH_(warn, "WARN_THROWS_WITH", #expression ", " #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                                , (expression), __VA_ARGS__)
#define DOCTEST_WARN_THROWS_WITH_AS(expression, words, ...)                                                \
    CORDON_DOCTEST_THROWS_WITH_AS_(warn, "WARN_THROWS_WITH_AS", #expression ", " #words ", " #__VA_ARGS__, \
                                   CORDON_UNIQUE(cordon_site_), , (expression), words, __VA_ARGS__)
#define DOCTEST_WARN_NOTHROW(...) \
    CORDON_DOCTEST_NOTHROW_(warn, "WARN_NOTHROW", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), , __VA_ARGS__)
#define DOCTEST_WARN_THROWS_MESSAGE(expression, ...)                                                         \
    CORDON_DOCTEST_WITH_NOTE_(THROWS, warn, "WARN_THROWS_MESSAGE", #expression, CORDON_UNIQUE(cordon_site_), \
                              (__VA_ARGS__), expression)
#define DOCTEST_WARN_THROWS_AS_MESSAGE(expression, type, ...)                                    \
    CORDON_DOCTEST_WITH_NOTE_(THROWS_AS, warn, "WARN_THROWS_AS_MESSAGE", #expression ", " #type, \
                              CORDON_UNIQUE(cordon_site_), (__VA_ARGS__), (expression), type)
#define DOCTEST_WARN_THROWS_WITH_MESSAGE(expression, words, ...)                                      \
    CORDON_DOCTEST_WITH_NOTE_(THROWS_WITH, warn, "WARN_THROWS_WITH_MESSAGE", #expression ", " #words, \
                              CORDON_UNIQUE(cordon_site_), (__VA_ARGS__), (expression), words)
#define DOCTEST_WARN_THROWS_WITH_AS_MESSAGE(expression, words, type, ...)                                              \
    CORDON_DOCTEST_WITH_NOTE_(THROWS_WITH_AS, warn, "WARN_THROWS_WITH_AS_MESSAGE", #expression ", " #words ", " #type, \
                              CORDON_UNIQUE(cordon_site_), (__VA_ARGS__), (expression), words, type)
#define DOCTEST_WARN_NOTHROW_MESSAGE(expression, ...)                                                          \
    CORDON_DOCTEST_WITH_NOTE_(NOTHROW, warn, "WARN_NOTHROW_MESSAGE", #expression, CORDON_UNIQUE(cordon_site_), \
                              (__VA_ARGS__), expression)
#define DOCTEST_CHECK(...) \
    CORDON_DOCTEST_ASSERT_(check, false, "CHECK", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define DOCTEST_CHECK_FALSE(...) \
    CORDON_DOCTEST_ASSERT_(check, true, "CHECK_FALSE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define DOCTEST_CHECK_UNARY(...) \
    CORDON_DOCTEST_ASSERT_(check, false, "CHECK_UNARY", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), (__VA_ARGS__))
#define DOCTEST_FAST_CHECK_UNARY(...) \
    CORDON_DOCTEST_ASSERT_(check, false, "FAST_CHECK_UNARY", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), (__VA_ARGS__))
#define DOCTEST_CHECK_UNARY_FALSE(...) \
    CORDON_DOCTEST_ASSERT_(check, true, "CHECK_UNARY_FALSE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), (__VA_ARGS__))
#define DOCTEST_FAST_CHECK_UNARY_FALSE(...)                                                                  \
    CORDON_DOCTEST_ASSERT_(check, true, "FAST_CHECK_UNARY_FALSE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                           (__VA_ARGS__))
#define DOCTEST_CHECK_MESSAGE(expression, ...)                                                                     \
    CORDON_DOCTEST_MESSAGE_(check, false, "CHECK_MESSAGE", #expression, CORDON_UNIQUE(cordon_site_), (expression), \
                            __VA_ARGS__)
#define DOCTEST_CHECK_FALSE_MESSAGE(expression, ...)                                                      \
    CORDON_DOCTEST_MESSAGE_(check, true, "CHECK_FALSE_MESSAGE", #expression, CORDON_UNIQUE(cordon_site_), \
                            (expression), __VA_ARGS__)
#define DOCTEST_CHECK_EQ(...) \
    CORDON_DOCTEST_BY_(check, "CHECK_EQ", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), eq, __VA_ARGS__)
#define DOCTEST_FAST_CHECK_EQ(...) \
    CORDON_DOCTEST_BY_(check, "FAST_CHECK_EQ", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), eq, __VA_ARGS__)
#define DOCTEST_CHECK_NE(...) \
    CORDON_DOCTEST_BY_(check, "CHECK_NE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), ne, __VA_ARGS__)
#define DOCTEST_FAST_CHECK_NE(...) \
    CORDON_DOCTEST_BY_(check, "FAST_CHECK_NE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), ne, __VA_ARGS__)
#define DOCTEST_CHECK_LT(...) \
    CORDON_DOCTEST_BY_(check, "CHECK_LT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), lt, __VA_ARGS__)
#define DOCTEST_FAST_CHECK_LT(...) \
    CORDON_DOCTEST_BY_(check, "FAST_CHECK_LT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), lt, __VA_ARGS__)
#define DOCTEST_CHECK_LE(...) \
    CORDON_DOCTEST_BY_(check, "CHECK_LE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), le, __VA_ARGS__)
#define DOCTEST_FAST_CHECK_LE(...) \
    CORDON_DOCTEST_BY_(check, "FAST_CHECK_LE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), le, __VA_ARGS__)
#define DOCTEST_CHECK_GT(...) \
    CORDON_DOCTEST_BY_(check, "CHECK_GT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), gt, __VA_ARGS__)
#define DOCTEST_FAST_CHECK_GT(...) \
    CORDON_DOCTEST_BY_(check, "FAST_CHECK_GT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), gt, __VA_ARGS__)
#define DOCTEST_CHECK_GE(...) \
    CORDON_DOCTEST_BY_(check, "CHECK_GE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), ge, __VA_ARGS__)
#define DOCTEST_FAST_CHECK_GE(...) \
    CORDON_DOCTEST_BY_(check, "FAST_CHECK_GE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), ge, __VA_ARGS__)
#define DOCTEST_CHECK_THROWS(...) \
    CORDON_DOCTEST_THROWS_(check, "CHECK_THROWS", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), , __VA_ARGS__)
#define DOCTEST_CHECK_THROWS_AS(expression, ...)                                                                      \
    CORDON_DOCTEST_THROWS_AS_(check, "CHECK_THROWS_AS", #expression ", " #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), , \
                              (expression), __VA_ARGS__)
#define DOCTEST_CHECK_THROWS_WITH(expression, ...)                                         \
    CORDON_DOCTEST_THROWS_WITH_(check, "CHECK_THROWS_WITH", #expression ", " #__VA_ARGS__, \
                                CORDON_UNIQUE(cordon_site_), , (expression), __VA_ARGS__)
#define DOCTEST_CHECK_THROWS_WITH_AS(expression, words, ...)                                                 \
    CORDON_DOCTEST_THROWS_WITH_AS_(check, "CHECK_THROWS_WITH_AS", #expression ", " #words ", " #__VA_ARGS__, \
                                   CORDON_UNIQUE(cordon_site_), , (expression), words, __VA_ARGS__)
#define DOCTEST_CHECK_NOTHROW(...) \
    CORDON_DOCTEST_NOTHROW_(check, "CHECK_NOTHROW", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), , __VA_ARGS__)
#define DOCTEST_CHECK_THROWS_MESSAGE(expression, ...)                                                          \
    CORDON_DOCTEST_WITH_NOTE_(THROWS, check, "CHECK_THROWS_MESSAGE", #expression, CORDON_UNIQUE(cordon_site_), \
                              (__VA_ARGS__), expression)
#define DOCTEST_CHECK_THROWS_AS_MESSAGE(expression, type, ...)                                     \
    CORDON_DOCTEST_WITH_NOTE_(THROWS_AS, check, "CHECK_THROWS_AS_MESSAGE", #expression ", " #type, \
                              CORDON_UNIQUE(cordon_site_), (__VA_ARGS__), (expression), type)
#define DOCTEST_CHECK_THROWS_WITH_MESSAGE(expression, words, ...)                                       \
    CORDON_DOCTEST_WITH_NOTE_(THROWS_WITH, check, "CHECK_THROWS_WITH_MESSAGE", #expression ", " #words, \
                              CORDON_UNIQUE(cordon_site_), (__VA_ARGS__), (expression), words)
#define DOCTEST_CHECK_THROWS_WITH_AS_MESSAGE(expression, words, type, ...)                                    \
    CORDON_DOCTEST_WITH_NOTE_(THROWS_WITH_AS, check, "CHECK_THROWS_WITH_AS_MESSAGE",                          \
                              #expression ", " #words ", " #type, CORDON_UNIQUE(cordon_site_), (__VA_ARGS__), \
                              (expression), words, type)
#define DOCTEST_CHECK_NOTHROW_MESSAGE(expression, ...)                                                           \
    CORDON_DOCTEST_WITH_NOTE_(NOTHROW, check, "CHECK_NOTHROW_MESSAGE", #expression, CORDON_UNIQUE(cordon_site_), \
                              (__VA_ARGS__), expression)
#define DOCTEST_REQUIRE(...) \
    CORDON_DOCTEST_ASSERT_(require, false, "REQUIRE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define DOCTEST_REQUIRE_FALSE(...) \
    CORDON_DOCTEST_ASSERT_(require, true, "REQUIRE_FALSE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define DOCTEST_REQUIRE_UNARY(...) \
    CORDON_DOCTEST_ASSERT_(require, false, "REQUIRE_UNARY", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), (__VA_ARGS__))
#define DOCTEST_FAST_REQUIRE_UNARY(...)                                                                     \
    CORDON_DOCTEST_ASSERT_(require, false, "FAST_REQUIRE_UNARY", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                           (__VA_ARGS__))
#define DOCTEST_REQUIRE_UNARY_FALSE(...)                                                                    \
    CORDON_DOCTEST_ASSERT_(require, true, "REQUIRE_UNARY_FALSE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                           (__VA_ARGS__))
#define DOCTEST_FAST_REQUIRE_UNARY_FALSE(...)                                                                    \
    CORDON_DOCTEST_ASSERT_(require, true, "FAST_REQUIRE_UNARY_FALSE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                           (__VA_ARGS__))
#define DOCTEST_REQUIRE_MESSAGE(expression, ...)                                                                       \
    CORDON_DOCTEST_MESSAGE_(require, false, "REQUIRE_MESSAGE", #expression, CORDON_UNIQUE(cordon_site_), (expression), \
                            __VA_ARGS__)
#define DOCTEST_REQUIRE_FALSE_MESSAGE(expression, ...)                                                        \
    CORDON_DOCTEST_MESSAGE_(require, true, "REQUIRE_FALSE_MESSAGE", #expression, CORDON_UNIQUE(cordon_site_), \
                            (expression), __VA_ARGS__)
#define DOCTEST_REQUIRE_EQ(...) \
    CORDON_DOCTEST_BY_(require, "REQUIRE_EQ", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), eq, __VA_ARGS__)
#define DOCTEST_FAST_REQUIRE_EQ(...) \
    CORDON_DOCTEST_BY_(require, "FAST_REQUIRE_EQ", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), eq, __VA_ARGS__)
#define DOCTEST_REQUIRE_NE(...) \
    CORDON_DOCTEST_BY_(require, "REQUIRE_NE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), ne, __VA_ARGS__)
#define DOCTEST_FAST_REQUIRE_NE(...) \
    CORDON_DOCTEST_BY_(require, "FAST_REQUIRE_NE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), ne, __VA_ARGS__)
#define DOCTEST_REQUIRE_LT(...) \
    CORDON_DOCTEST_BY_(require, "REQUIRE_LT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), lt, __VA_ARGS__)
#define DOCTEST_FAST_REQUIRE_LT(...) \
    CORDON_DOCTEST_BY_(require, "FAST_REQUIRE_LT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), lt, __VA_ARGS__)
#define DOCTEST_REQUIRE_LE(...) \
    CORDON_DOCTEST_BY_(require, "REQUIRE_LE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), le, __VA_ARGS__)
#define DOCTEST_FAST_REQUIRE_LE(...) \
    CORDON_DOCTEST_BY_(require, "FAST_REQUIRE_LE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), le, __VA_ARGS__)
#define DOCTEST_REQUIRE_GT(...) \
    CORDON_DOCTEST_BY_(require, "REQUIRE_GT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), gt, __VA_ARGS__)
#define DOCTEST_FAST_REQUIRE_GT(...) \
    CORDON_DOCTEST_BY_(require, "FAST_REQUIRE_GT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), gt, __VA_ARGS__)
#define DOCTEST_REQUIRE_GE(...) \
    CORDON_DOCTEST_BY_(require, "REQUIRE_GE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), ge, __VA_ARGS__)
#define DOCTEST_FAST_REQUIRE_GE(...) \
    CORDON_DOCTEST_BY_(require, "FAST_REQUIRE_GE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), ge, __VA_ARGS__)
#define DOCTEST_REQUIRE_THROWS(...) \
    CORDON_DOCTEST_THROWS_(require, "REQUIRE_THROWS", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), , __VA_ARGS__)
#define DOCTEST_REQUIRE_THROWS_AS(expression, ...)                                         \
    CORDON_DOCTEST_THROWS_AS_(require, "REQUIRE_THROWS_AS", #expression ", " #__VA_ARGS__, \
                              CORDON_UNIQUE(cordon_site_), , (expression), __VA_ARGS__)
#define DOCTEST_REQUIRE_THROWS_WITH(expression, ...)                                           \
    CORDON_DOCTEST_THROWS_WITH_(require, "REQUIRE_THROWS_WITH", #expression ", " #__VA_ARGS__, \
                                CORDON_UNIQUE(cordon_site_), , (expression), __VA_ARGS__)
#define DOCTEST_REQUIRE_THROWS_WITH_AS(expression, words, ...)                                                   \
    CORDON_DOCTEST_THROWS_WITH_AS_(require, "REQUIRE_THROWS_WITH_AS", #expression ", " #words ", " #__VA_ARGS__, \
                                   CORDON_UNIQUE(cordon_site_), , (expression), words, __VA_ARGS__)
#define DOCTEST_REQUIRE_NOTHROW(...) \
    CORDON_DOCTEST_NOTHROW_(require, "REQUIRE_NOTHROW", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), , __VA_ARGS__)
#define DOCTEST_REQUIRE_THROWS_MESSAGE(expression, ...)                                                            \
    CORDON_DOCTEST_WITH_NOTE_(THROWS, require, "REQUIRE_THROWS_MESSAGE", #expression, CORDON_UNIQUE(cordon_site_), \
                              (__VA_ARGS__), expression)
#define DOCTEST_REQUIRE_THROWS_AS_MESSAGE(expression, type, ...)                                       \
    CORDON_DOCTEST_WITH_NOTE_(THROWS_AS, require, "REQUIRE_THROWS_AS_MESSAGE", #expression ", " #type, \
                              CORDON_UNIQUE(cordon_site_), (__VA_ARGS__), (expression), type)
#define DOCTEST_REQUIRE_THROWS_WITH_MESSAGE(expression, words, ...)                                         \
    CORDON_DOCTEST_WITH_NOTE_(THROWS_WITH, require, "REQUIRE_THROWS_WITH_MESSAGE", #expression ", " #words, \
                              CORDON_UNIQUE(cordon_site_), (__VA_ARGS__), (expression), words)
#define DOCTEST_REQUIRE_THROWS_WITH_AS_MESSAGE(expression, words, type, ...)                                  \
    CORDON_DOCTEST_WITH_NOTE_(THROWS_WITH_AS, require, "REQUIRE_THROWS_WITH_AS_MESSAGE",                      \
                              #expression ", " #words ", " #type, CORDON_UNIQUE(cordon_site_), (__VA_ARGS__), \
                              (expression), words, type)
#define DOCTEST_REQUIRE_NOTHROW_MESSAGE(expression, ...)                                                             \
    CORDON_DOCTEST_WITH_NOTE_(NOTHROW, require, "REQUIRE_NOTHROW_MESSAGE", #expression, CORDON_UNIQUE(cordon_site_), \
                              (__VA_ARGS__), expression)
