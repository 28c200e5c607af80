// Generated from macros.hpp by tools/short_macros.py. Change the long macros there, not these.
#pragma once

#include <cordon/api/expansion.hpp>

// The public macros with their short names. CORDON_CONFIG_PREFIX_ONLY leaves them out.

// clang-format off
#define TEST_CASE(...) CORDON_TEST_CASE_(CORDON_UNIQUE(cordon_test_), __VA_ARGS__)
#define TEST_CASE_FIXTURE(fixture, ...) CORDON_TEST_CASE_FIXTURE_(CORDON_UNIQUE(cordon_test_), fixture, __VA_ARGS__)
#define TEST_CASE_PARAMS(name, param, ...) CORDON_TEST_CASE_PARAMS_(CORDON_UNIQUE(cordon_test_), name, param, \
    __VA_ARGS__)
#define TEST_CASE_TEMPLATE(name, T, ...) CORDON_TEST_CASE_TEMPLATE_(CORDON_UNIQUE(cordon_test_), name, T, __VA_ARGS__)
#define TEST_CASE_TEMPLATE_DEFINE(name, T, id) CORDON_TEST_CASE_TEMPLATE_DEFINE_(CORDON_UNIQUE(cordon_test_), name, T, \
    id)
#define TEST_CASE_TEMPLATE_INVOKE(id, ...) CORDON_TYPES_(CORDON_UNIQUE(cordon_types_), id, \
    ::cordon::detail::type_list<__VA_ARGS__>) static_assert(true, "TEST_CASE_TEMPLATE_INVOKE")
#define TEST_CASE_TEMPLATE_APPLY(id, ...) CORDON_TYPES_(CORDON_UNIQUE(cordon_types_), id, __VA_ARGS__) \
    static_assert(true, "TEST_CASE_TEMPLATE_APPLY")
#define TYPE_TO_STRING(...) CORDON_TYPE_TO_STRING_AS_(#__VA_ARGS__, __VA_ARGS__)
#define TYPE_TO_STRING_AS(text, ...) CORDON_TYPE_TO_STRING_AS_(text, __VA_ARGS__)
#define METHOD_AS_TEST_CASE(method, ...) CORDON_REGISTER_AS_(CORDON_UNIQUE(cordon_test_), \
    ::cordon::detail::run_method(&method), __VA_ARGS__)
#define REGISTER_TEST_CASE(function, ...) CORDON_REGISTER_AS_(CORDON_UNIQUE(cordon_test_), function(), __VA_ARGS__)
#define TEST_SUITE(...) CORDON_TEST_SUITE_(CORDON_UNIQUE(CORDON_CONCAT(CORDON_CONCAT(cordon_suite_, __LINE__), _)), \
    __VA_ARGS__)
#define TEST_SUITE_BEGIN(...) CORDON_TEST_SUITE_BEGIN_(CORDON_UNIQUE(cordon_suite_), __VA_ARGS__)
#define TEST_SUITE_END() CORDON_TEST_SUITE_END_(CORDON_UNIQUE(cordon_suite_))
#define GLOBAL_SETUP() CORDON_SETUP_(CORDON_UNIQUE(cordon_setup_), nullptr)
#define SUITE_SETUP() CORDON_SETUP_(CORDON_UNIQUE(cordon_setup_), \
    ::cordon::detail::enclosing_suite(cordon_current_suite))
#define SUBCASE(...) CORDON_SUBCASE_(CORDON_UNIQUE(cordon_subcase_), __VA_ARGS__)
#define SECTION(...) CORDON_SUBCASE_(CORDON_UNIQUE(cordon_subcase_), __VA_ARGS__)
#define SCENARIO(...) CORDON_TEST_CASE_(CORDON_UNIQUE(cordon_test_), "Scenario: " __VA_ARGS__)
#define SCENARIO_FIXTURE(fixture, ...) CORDON_TEST_CASE_FIXTURE_(CORDON_UNIQUE(cordon_test_), fixture, "Scenario: " \
    __VA_ARGS__)
#define SCENARIO_TEMPLATE(name, T, ...) CORDON_TEST_CASE_TEMPLATE_(CORDON_UNIQUE(cordon_test_), ("Scenario: " \
    CORDON_BARE_(name)), T, __VA_ARGS__)
#define SCENARIO_TEMPLATE_DEFINE(name, T, id) CORDON_TEST_CASE_TEMPLATE_DEFINE_(CORDON_UNIQUE(cordon_test_), \
    ("Scenario: " CORDON_BARE_(name)), T, id)
#define GIVEN(name) CORDON_SUBCASE_(CORDON_UNIQUE(cordon_subcase_), "Given: " name)
#define AND_GIVEN(name) CORDON_SUBCASE_(CORDON_UNIQUE(cordon_subcase_), "And given: " name)
#define WHEN(name) CORDON_SUBCASE_(CORDON_UNIQUE(cordon_subcase_), "When: " name)
#define AND_WHEN(name) CORDON_SUBCASE_(CORDON_UNIQUE(cordon_subcase_), "And when: " name)
#define THEN(name) CORDON_SUBCASE_(CORDON_UNIQUE(cordon_subcase_), "Then: " name)
#define AND_THEN(name) CORDON_SUBCASE_(CORDON_UNIQUE(cordon_subcase_), "And: " name)
#define EXCEPTION_TRANSLATOR(...) CORDON_EXCEPTION_TRANSLATOR_(CORDON_UNIQUE(cordon_translator_), __VA_ARGS__)
#define WARN(...) CORDON_ASSERT_(CORDON_RUN_, warn, false, "WARN", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
    __VA_ARGS__)
#define WARN_FALSE(...) CORDON_ASSERT_(CORDON_RUN_, warn, true, "WARN_FALSE", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define WARN_UNARY(...) CORDON_ASSERT_(CORDON_RUN_, warn, false, "WARN_UNARY", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), (__VA_ARGS__))
#define WARN_UNARY_FALSE(...) CORDON_ASSERT_(CORDON_RUN_, warn, true, "WARN_UNARY_FALSE", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), (__VA_ARGS__))
#define WARN_MESSAGE(expression, ...) CORDON_ASSERT_MESSAGE_(CORDON_RUN_, warn, false, "WARN_MESSAGE", #expression, \
    CORDON_UNIQUE(cordon_site_), (expression), __VA_ARGS__)
#define WARN_FALSE_MESSAGE(expression, ...) CORDON_ASSERT_MESSAGE_(CORDON_RUN_, warn, true, "WARN_FALSE_MESSAGE", \
    #expression, CORDON_UNIQUE(cordon_site_), (expression), __VA_ARGS__)
#define WARN_EQ(...) CORDON_ASSERT_BY_(CORDON_RUN_, warn, "WARN_EQ", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
    compare<::cordon::detail::eq>, __VA_ARGS__)
#define WARN_NE(...) CORDON_ASSERT_BY_(CORDON_RUN_, warn, "WARN_NE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
    compare<::cordon::detail::ne>, __VA_ARGS__)
#define WARN_LT(...) CORDON_ASSERT_BY_(CORDON_RUN_, warn, "WARN_LT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
    compare<::cordon::detail::lt>, __VA_ARGS__)
#define WARN_LE(...) CORDON_ASSERT_BY_(CORDON_RUN_, warn, "WARN_LE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
    compare<::cordon::detail::le>, __VA_ARGS__)
#define WARN_GT(...) CORDON_ASSERT_BY_(CORDON_RUN_, warn, "WARN_GT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
    compare<::cordon::detail::gt>, __VA_ARGS__)
#define WARN_GE(...) CORDON_ASSERT_BY_(CORDON_RUN_, warn, "WARN_GE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
    compare<::cordon::detail::ge>, __VA_ARGS__)
#define WARN_THROWS(...) CORDON_THROWS_(warn, "WARN_THROWS", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define WARN_THROWS_AS(expression, ...) CORDON_THROWS_AS_(warn, "WARN_THROWS_AS", #expression ", " #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), (expression), __VA_ARGS__)
#define WARN_THROWS_WITH(expression, ...) CORDON_THROWS_WITH_(warn, "WARN_THROWS_WITH", #expression ", " #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), (expression), __VA_ARGS__)
#define WARN_THROWS_WITH_AS(expression, words, ...) CORDON_THROWS_WITH_AS_(warn, "WARN_THROWS_WITH_AS", #expression \
    ", " #words ", " #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), (expression), (words), __VA_ARGS__)
#define WARN_EXITS(how, ...) CORDON_EXITS_(warn, "WARN_EXITS", #how ", " #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
    how, __VA_ARGS__)
#define WARN_NOTHROW(...) CORDON_NOTHROW_(CORDON_RUN_, warn, "WARN_NOTHROW", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define CHECK(...) CORDON_ASSERT_(CORDON_RUN_, check, false, "CHECK", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
    __VA_ARGS__)
#define CHECK_FALSE(...) CORDON_ASSERT_(CORDON_RUN_, check, true, "CHECK_FALSE", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define CHECK_UNARY(...) CORDON_ASSERT_(CORDON_RUN_, check, false, "CHECK_UNARY", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), (__VA_ARGS__))
#define CHECK_UNARY_FALSE(...) CORDON_ASSERT_(CORDON_RUN_, check, true, "CHECK_UNARY_FALSE", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), (__VA_ARGS__))
#define CHECK_MESSAGE(expression, ...) CORDON_ASSERT_MESSAGE_(CORDON_RUN_, check, false, "CHECK_MESSAGE", #expression, \
    CORDON_UNIQUE(cordon_site_), (expression), __VA_ARGS__)
#define CHECK_FALSE_MESSAGE(expression, ...) CORDON_ASSERT_MESSAGE_(CORDON_RUN_, check, true, "CHECK_FALSE_MESSAGE", \
    #expression, CORDON_UNIQUE(cordon_site_), (expression), __VA_ARGS__)
#define CHECK_EQ(...) CORDON_ASSERT_BY_(CORDON_RUN_, check, "CHECK_EQ", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
    compare<::cordon::detail::eq>, __VA_ARGS__)
#define CHECK_NE(...) CORDON_ASSERT_BY_(CORDON_RUN_, check, "CHECK_NE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
    compare<::cordon::detail::ne>, __VA_ARGS__)
#define CHECK_LT(...) CORDON_ASSERT_BY_(CORDON_RUN_, check, "CHECK_LT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
    compare<::cordon::detail::lt>, __VA_ARGS__)
#define CHECK_LE(...) CORDON_ASSERT_BY_(CORDON_RUN_, check, "CHECK_LE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
    compare<::cordon::detail::le>, __VA_ARGS__)
#define CHECK_GT(...) CORDON_ASSERT_BY_(CORDON_RUN_, check, "CHECK_GT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
    compare<::cordon::detail::gt>, __VA_ARGS__)
#define CHECK_GE(...) CORDON_ASSERT_BY_(CORDON_RUN_, check, "CHECK_GE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
    compare<::cordon::detail::ge>, __VA_ARGS__)
#define CHECK_THROWS(...) CORDON_THROWS_(check, "CHECK_THROWS", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
    __VA_ARGS__)
#define CHECK_THROWS_AS(expression, ...) CORDON_THROWS_AS_(check, "CHECK_THROWS_AS", #expression ", " #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), (expression), __VA_ARGS__)
#define CHECK_THROWS_WITH(expression, ...) CORDON_THROWS_WITH_(check, "CHECK_THROWS_WITH", #expression ", " \
    #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), (expression), __VA_ARGS__)
#define CHECK_THROWS_WITH_AS(expression, words, ...) CORDON_THROWS_WITH_AS_(check, "CHECK_THROWS_WITH_AS", #expression \
    ", " #words ", " #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), (expression), (words), __VA_ARGS__)
#define CHECK_EXITS(how, ...) CORDON_EXITS_(check, "CHECK_EXITS", #how ", " #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
    how, __VA_ARGS__)
#define CHECK_NOTHROW(...) CORDON_NOTHROW_(CORDON_RUN_, check, "CHECK_NOTHROW", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define REQUIRE(...) CORDON_ASSERT_(CORDON_RUN_OR_LEAVE_, require, false, "REQUIRE", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define REQUIRE_FALSE(...) CORDON_ASSERT_(CORDON_RUN_OR_LEAVE_, require, true, "REQUIRE_FALSE", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define REQUIRE_UNARY(...) CORDON_ASSERT_(CORDON_RUN_OR_LEAVE_, require, false, "REQUIRE_UNARY", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), (__VA_ARGS__))
#define REQUIRE_UNARY_FALSE(...) CORDON_ASSERT_(CORDON_RUN_OR_LEAVE_, require, true, "REQUIRE_UNARY_FALSE", \
    #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), (__VA_ARGS__))
#define REQUIRE_MESSAGE(expression, ...) CORDON_ASSERT_MESSAGE_(CORDON_RUN_OR_LEAVE_, require, false, \
    "REQUIRE_MESSAGE", #expression, CORDON_UNIQUE(cordon_site_), (expression), __VA_ARGS__)
#define REQUIRE_FALSE_MESSAGE(expression, ...) CORDON_ASSERT_MESSAGE_(CORDON_RUN_OR_LEAVE_, require, true, \
    "REQUIRE_FALSE_MESSAGE", #expression, CORDON_UNIQUE(cordon_site_), (expression), __VA_ARGS__)
#define REQUIRE_EQ(...) CORDON_ASSERT_BY_(CORDON_RUN_OR_LEAVE_, require, "REQUIRE_EQ", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), compare<::cordon::detail::eq>, __VA_ARGS__)
#define REQUIRE_NE(...) CORDON_ASSERT_BY_(CORDON_RUN_OR_LEAVE_, require, "REQUIRE_NE", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), compare<::cordon::detail::ne>, __VA_ARGS__)
#define REQUIRE_LT(...) CORDON_ASSERT_BY_(CORDON_RUN_OR_LEAVE_, require, "REQUIRE_LT", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), compare<::cordon::detail::lt>, __VA_ARGS__)
#define REQUIRE_LE(...) CORDON_ASSERT_BY_(CORDON_RUN_OR_LEAVE_, require, "REQUIRE_LE", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), compare<::cordon::detail::le>, __VA_ARGS__)
#define REQUIRE_GT(...) CORDON_ASSERT_BY_(CORDON_RUN_OR_LEAVE_, require, "REQUIRE_GT", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), compare<::cordon::detail::gt>, __VA_ARGS__)
#define REQUIRE_GE(...) CORDON_ASSERT_BY_(CORDON_RUN_OR_LEAVE_, require, "REQUIRE_GE", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), compare<::cordon::detail::ge>, __VA_ARGS__)
#define REQUIRE_THROWS(...) CORDON_THROWS_(require, "REQUIRE_THROWS", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
    __VA_ARGS__)
#define REQUIRE_THROWS_AS(expression, ...) CORDON_THROWS_AS_(require, "REQUIRE_THROWS_AS", #expression ", " \
    #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), (expression), __VA_ARGS__)
#define REQUIRE_THROWS_WITH(expression, ...) CORDON_THROWS_WITH_(require, "REQUIRE_THROWS_WITH", #expression ", " \
    #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), (expression), __VA_ARGS__)
#define REQUIRE_THROWS_WITH_AS(expression, words, ...) CORDON_THROWS_WITH_AS_(require, "REQUIRE_THROWS_WITH_AS", \
    #expression ", " #words ", " #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), (expression), (words), __VA_ARGS__)
#define REQUIRE_EXITS(how, ...) CORDON_EXITS_(require, "REQUIRE_EXITS", #how ", " #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), how, __VA_ARGS__)
#define REQUIRE_NOTHROW(...) CORDON_NOTHROW_(CORDON_RUN_OR_LEAVE_, require, "REQUIRE_NOTHROW", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define FAIL(...) CORDON_FAIL_(require, "FAIL", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define FAIL_CHECK(...) CORDON_FAIL_CHECK_(check, "FAIL_CHECK", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
    __VA_ARGS__)
#define STATIC_REQUIRE(...) CORDON_STATIC_("STATIC_REQUIRE", CORDON_UNIQUE(cordon_site_), #__VA_ARGS__, __VA_ARGS__)
#define STATIC_REQUIRE_FALSE(...) CORDON_STATIC_("STATIC_REQUIRE_FALSE", CORDON_UNIQUE(cordon_site_), "!(" \
    #__VA_ARGS__ ")", !(__VA_ARGS__))
#define STATIC_CHECK(...) CORDON_STATIC_("STATIC_CHECK", CORDON_UNIQUE(cordon_site_), #__VA_ARGS__, __VA_ARGS__)
#define STATIC_CHECK_FALSE(...) CORDON_STATIC_("STATIC_CHECK_FALSE", CORDON_UNIQUE(cordon_site_), "!(" #__VA_ARGS__ \
    ")", !(__VA_ARGS__))
#define SUCCEED(...) CORDON_SUCCEED_(CORDON_UNIQUE(cordon_site_))
#define SKIP(...) CORDON_SKIP_(#__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define INFO(...) CORDON_INFO_(CORDON_UNIQUE(cordon_info_), __VA_ARGS__)
#define UNSCOPED_INFO(...) CORDON_UNSCOPED_INFO_(CORDON_UNIQUE(cordon_info_), __VA_ARGS__)
#define CAPTURE(...) CORDON_CAPTURE_(CORDON_UNIQUE(cordon_info_), #__VA_ARGS__, __VA_ARGS__)
