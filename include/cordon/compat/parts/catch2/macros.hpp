#pragma once

#include <cordon/compat/parts/catch2/expansion.hpp>

// Catch2's macros with the prefix that CATCH_CONFIG_PREFIX_ALL asks for. short_macros.hpp has them without it.

// ---- registration ----

#define CATCH_TEST_CASE(...) CORDON_CATCH2_TEST_CASE_(CORDON_UNIQUE(cordon_test_), __VA_ARGS__)
#define CATCH_ANON_TEST_CASE() CORDON_CATCH2_TEST_CASE_(CORDON_UNIQUE(cordon_test_), "")
#define CATCH_TEST_CASE_METHOD(fixture, ...) CORDON_CATCH2_METHOD_(CORDON_UNIQUE(cordon_test_), , fixture, __VA_ARGS__)
#define CATCH_TEST_CASE_PERSISTENT_FIXTURE(fixture, ...) \
    CORDON_CATCH2_METHOD_(CORDON_UNIQUE(cordon_test_), static, fixture, __VA_ARGS__)
#define CATCH_METHOD_AS_TEST_CASE(method, ...) \
    CORDON_CATCH2_REGISTER_CALL_(CORDON_UNIQUE(cordon_test_), ::cordon::detail::run_method(&method), __VA_ARGS__)
#define CATCH_REGISTER_TEST_CASE(function, ...) \
    CORDON_CATCH2_REGISTER_CALL_(CORDON_UNIQUE(cordon_test_), function(), __VA_ARGS__)
#define CATCH_SECTION(...) CORDON_CATCH2_SECTION_(CORDON_UNIQUE(cordon_subcase_), __VA_ARGS__)
#define CATCH_DYNAMIC_SECTION(...) CORDON_CATCH2_DYNAMIC_SECTION_(CORDON_UNIQUE(cordon_subcase_), __VA_ARGS__)
#define CATCH_SCENARIO(...) CORDON_CATCH2_TEST_CASE_(CORDON_UNIQUE(cordon_test_), "Scenario: " __VA_ARGS__)
#define CATCH_SCENARIO_METHOD(fixture, ...) \
    CORDON_CATCH2_METHOD_(CORDON_UNIQUE(cordon_test_), , fixture, "Scenario: " __VA_ARGS__)
#define CATCH_GIVEN(...) CORDON_CATCH2_DYNAMIC_SECTION_(CORDON_UNIQUE(cordon_subcase_), "Given: " << __VA_ARGS__)
#define CATCH_AND_GIVEN(...) \
    CORDON_CATCH2_DYNAMIC_SECTION_(CORDON_UNIQUE(cordon_subcase_), "And given: " << __VA_ARGS__)
#define CATCH_WHEN(...) CORDON_CATCH2_DYNAMIC_SECTION_(CORDON_UNIQUE(cordon_subcase_), "When: " << __VA_ARGS__)
#define CATCH_AND_WHEN(...) CORDON_CATCH2_DYNAMIC_SECTION_(CORDON_UNIQUE(cordon_subcase_), "And when: " << __VA_ARGS__)
#define CATCH_THEN(...) CORDON_CATCH2_DYNAMIC_SECTION_(CORDON_UNIQUE(cordon_subcase_), "Then: " << __VA_ARGS__)
#define CATCH_AND_THEN(...) CORDON_CATCH2_DYNAMIC_SECTION_(CORDON_UNIQUE(cordon_subcase_), "And: " << __VA_ARGS__)

// ---- assertions ----

#define CATCH_CHECK(...) \
    CORDON_ASSERT_(CORDON_RUN_, check, false, "CHECK", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define CATCH_CHECK_FALSE(...) \
    CORDON_ASSERT_(CORDON_RUN_, check, true, "CHECK_FALSE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define CATCH_CHECK_NOFAIL(...) \
    CORDON_ASSERT_(CORDON_RUN_, warn, false, "CHECK_NOFAIL", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define CATCH_CHECKED_IF(...)                                                                                 \
    CORDON_ASSERT_(CORDON_CATCH2_KEEP_, warn, false, "CHECKED_IF", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                   __VA_ARGS__);                                                                              \
    if (::Catch::cordon_compat::last_held)
#define CATCH_CHECKED_ELSE(...)                                                                                 \
    CORDON_ASSERT_(CORDON_CATCH2_KEEP_, warn, false, "CHECKED_ELSE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                   __VA_ARGS__);                                                                                \
    if (!::Catch::cordon_compat::last_held)
#define CATCH_CHECK_NOTHROW(...) \
    CORDON_NOTHROW_(CORDON_RUN_, check, "CHECK_NOTHROW", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define CATCH_CHECK_THROWS(...) \
    CORDON_THROWS_(check, "CHECK_THROWS", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define CATCH_CHECK_THROWS_AS(expression, ...)                                                              \
    CORDON_THROWS_AS_(check, "CHECK_THROWS_AS", #expression ", " #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                      (expression), __VA_ARGS__)
#define CATCH_REQUIRE(...)                                                                                     \
    CORDON_ASSERT_(CORDON_RUN_OR_LEAVE_, require, false, "REQUIRE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                   __VA_ARGS__)
#define CATCH_REQUIRE_FALSE(...)                                                                                    \
    CORDON_ASSERT_(CORDON_RUN_OR_LEAVE_, require, true, "REQUIRE_FALSE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                   __VA_ARGS__)
#define CATCH_REQUIRE_NOTHROW(...)                                                                               \
    CORDON_NOTHROW_(CORDON_RUN_OR_LEAVE_, require, "REQUIRE_NOTHROW", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                    __VA_ARGS__)
#define CATCH_REQUIRE_THROWS(...) \
    CORDON_THROWS_(require, "REQUIRE_THROWS", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define CATCH_REQUIRE_THROWS_AS(expression, ...)                                                                \
    CORDON_THROWS_AS_(require, "REQUIRE_THROWS_AS", #expression ", " #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                      (expression), __VA_ARGS__)
#define CATCH_STATIC_REQUIRE(...)                                                                                     \
    CORDON_CATCH2_STATIC_("STATIC_REQUIRE", CORDON_UNIQUE(cordon_site_), #__VA_ARGS__, CORDON_RUN_OR_LEAVE_, require, \
                          false, __VA_ARGS__)
#define CATCH_STATIC_REQUIRE_FALSE(...)                                                                            \
    CORDON_CATCH2_STATIC_("STATIC_REQUIRE_FALSE", CORDON_UNIQUE(cordon_site_), #__VA_ARGS__, CORDON_RUN_OR_LEAVE_, \
                          require, true, __VA_ARGS__)
#define CATCH_STATIC_CHECK(...)                                                                                 \
    CORDON_CATCH2_STATIC_("STATIC_CHECK", CORDON_UNIQUE(cordon_site_), #__VA_ARGS__, CORDON_RUN_, check, false, \
                          __VA_ARGS__)
#define CATCH_STATIC_CHECK_FALSE(...)                                                                                \
    CORDON_CATCH2_STATIC_("STATIC_CHECK_FALSE", CORDON_UNIQUE(cordon_site_), #__VA_ARGS__, CORDON_RUN_, check, true, \
                          __VA_ARGS__)
#define CATCH_FAIL(...)                                                                                             \
    CORDON_CATCH2_FAIL_(CORDON_UNIQUE(cordon_site_), require, "FAIL", #__VA_ARGS__, ::cordon::detail::leave_test(), \
                        __VA_ARGS__)
#define CATCH_FAIL_CHECK(...) \
    CORDON_CATCH2_FAIL_(CORDON_UNIQUE(cordon_site_), check, "FAIL_CHECK", #__VA_ARGS__, , __VA_ARGS__)
#define CATCH_SUCCEED(...) CORDON_CATCH2_SUCCEED_(CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define CATCH_SKIP(...) CORDON_CATCH2_SKIP_(CORDON_UNIQUE(cordon_site_), #__VA_ARGS__, __VA_ARGS__)
