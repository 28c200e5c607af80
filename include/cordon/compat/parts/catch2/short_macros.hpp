// Generated from macros.hpp by tools/short_macros.py. Change the long macros there, not these.
#pragma once

#include <cordon/compat/parts/catch2/expansion.hpp>

// The public macros with their short names. CATCH_CONFIG_PREFIX_ALL replaces them by the long ones.

// clang-format off
#define TEST_CASE(...) CORDON_CATCH2_TEST_CASE_(CORDON_UNIQUE(cordon_test_), __VA_ARGS__)
#define ANON_TEST_CASE() CORDON_CATCH2_TEST_CASE_(CORDON_UNIQUE(cordon_test_), "")
#define TEST_CASE_METHOD(fixture, ...) CORDON_CATCH2_METHOD_(CORDON_UNIQUE(cordon_test_), , fixture, __VA_ARGS__)
#define TEST_CASE_PERSISTENT_FIXTURE(fixture, ...) CORDON_CATCH2_METHOD_(CORDON_UNIQUE(cordon_test_), static, fixture, \
    __VA_ARGS__)
#define METHOD_AS_TEST_CASE(method, ...) CORDON_CATCH2_REGISTER_CALL_(CORDON_UNIQUE(cordon_test_), \
    ::cordon::detail::run_method(&method), __VA_ARGS__)
#define REGISTER_TEST_CASE(function, ...) CORDON_CATCH2_REGISTER_CALL_(CORDON_UNIQUE(cordon_test_), function(), \
    __VA_ARGS__)
#define SECTION(...) CORDON_CATCH2_SECTION_(CORDON_UNIQUE(cordon_subcase_), __VA_ARGS__)
#define DYNAMIC_SECTION(...) CORDON_CATCH2_DYNAMIC_SECTION_(CORDON_UNIQUE(cordon_subcase_), __VA_ARGS__)
#define SCENARIO(...) CORDON_CATCH2_TEST_CASE_(CORDON_UNIQUE(cordon_test_), "Scenario: " __VA_ARGS__)
#define SCENARIO_METHOD(fixture, ...) CORDON_CATCH2_METHOD_(CORDON_UNIQUE(cordon_test_), , fixture, "Scenario: " \
    __VA_ARGS__)
#define GIVEN(...) CORDON_CATCH2_DYNAMIC_SECTION_(CORDON_UNIQUE(cordon_subcase_), "Given: " << __VA_ARGS__)
#define AND_GIVEN(...) CORDON_CATCH2_DYNAMIC_SECTION_(CORDON_UNIQUE(cordon_subcase_), "And given: " << __VA_ARGS__)
#define WHEN(...) CORDON_CATCH2_DYNAMIC_SECTION_(CORDON_UNIQUE(cordon_subcase_), "When: " << __VA_ARGS__)
#define AND_WHEN(...) CORDON_CATCH2_DYNAMIC_SECTION_(CORDON_UNIQUE(cordon_subcase_), "And when: " << __VA_ARGS__)
#define THEN(...) CORDON_CATCH2_DYNAMIC_SECTION_(CORDON_UNIQUE(cordon_subcase_), "Then: " << __VA_ARGS__)
#define AND_THEN(...) CORDON_CATCH2_DYNAMIC_SECTION_(CORDON_UNIQUE(cordon_subcase_), "And: " << __VA_ARGS__)
#define CHECK(...) CORDON_ASSERT_(CORDON_RUN_, check, false, "CHECK", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
    __VA_ARGS__)
#define CHECK_FALSE(...) CORDON_ASSERT_(CORDON_RUN_, check, true, "CHECK_FALSE", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define CHECK_NOFAIL(...) CORDON_ASSERT_(CORDON_RUN_, warn, false, "CHECK_NOFAIL", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define CHECKED_IF(...) CORDON_ASSERT_(CORDON_CATCH2_KEEP_, warn, false, "CHECKED_IF", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), __VA_ARGS__); if (::Catch::cordon_compat::last_held)
#define CHECKED_ELSE(...) CORDON_ASSERT_(CORDON_CATCH2_KEEP_, warn, false, "CHECKED_ELSE", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), __VA_ARGS__); if (!::Catch::cordon_compat::last_held)
#define CHECK_NOTHROW(...) CORDON_NOTHROW_(CORDON_RUN_, check, "CHECK_NOTHROW", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define CHECK_THROWS(...) CORDON_THROWS_(check, "CHECK_THROWS", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
    __VA_ARGS__)
#define CHECK_THROWS_AS(expression, ...) CORDON_THROWS_AS_(check, "CHECK_THROWS_AS", #expression ", " #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), (expression), __VA_ARGS__)
#define REQUIRE(...) CORDON_ASSERT_(CORDON_RUN_OR_LEAVE_, require, false, "REQUIRE", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define REQUIRE_FALSE(...) CORDON_ASSERT_(CORDON_RUN_OR_LEAVE_, require, true, "REQUIRE_FALSE", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define REQUIRE_NOTHROW(...) CORDON_NOTHROW_(CORDON_RUN_OR_LEAVE_, require, "REQUIRE_NOTHROW", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define REQUIRE_THROWS(...) CORDON_THROWS_(require, "REQUIRE_THROWS", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
    __VA_ARGS__)
#define REQUIRE_THROWS_AS(expression, ...) CORDON_THROWS_AS_(require, "REQUIRE_THROWS_AS", #expression ", " \
    #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), (expression), __VA_ARGS__)
#define STATIC_REQUIRE(...) CORDON_CATCH2_STATIC_("STATIC_REQUIRE", CORDON_UNIQUE(cordon_site_), #__VA_ARGS__, \
    CORDON_RUN_OR_LEAVE_, require, false, __VA_ARGS__)
#define STATIC_REQUIRE_FALSE(...) CORDON_CATCH2_STATIC_("STATIC_REQUIRE_FALSE", CORDON_UNIQUE(cordon_site_), \
    #__VA_ARGS__, CORDON_RUN_OR_LEAVE_, require, true, __VA_ARGS__)
#define STATIC_CHECK(...) CORDON_CATCH2_STATIC_("STATIC_CHECK", CORDON_UNIQUE(cordon_site_), #__VA_ARGS__, \
    CORDON_RUN_, check, false, __VA_ARGS__)
#define STATIC_CHECK_FALSE(...) CORDON_CATCH2_STATIC_("STATIC_CHECK_FALSE", CORDON_UNIQUE(cordon_site_), #__VA_ARGS__, \
    CORDON_RUN_, check, true, __VA_ARGS__)
#define FAIL(...) CORDON_CATCH2_FAIL_(CORDON_UNIQUE(cordon_site_), require, "FAIL", #__VA_ARGS__, \
    ::cordon::detail::leave_test(), __VA_ARGS__)
#define FAIL_CHECK(...) CORDON_CATCH2_FAIL_(CORDON_UNIQUE(cordon_site_), check, "FAIL_CHECK", #__VA_ARGS__, , \
    __VA_ARGS__)
#define SUCCEED(...) CORDON_CATCH2_SUCCEED_(CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define SKIP(...) CORDON_CATCH2_SKIP_(CORDON_UNIQUE(cordon_site_), #__VA_ARGS__, __VA_ARGS__)
