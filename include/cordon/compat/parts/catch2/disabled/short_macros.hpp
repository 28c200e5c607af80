// Generated from macros.hpp by tools/short_macros.py. Change the long macros there, not these.
#pragma once

#include <cordon/compat/parts/catch2/disabled/expansion.hpp>

// The public macros with their short names. CATCH_CONFIG_PREFIX_ALL replaces them by the long ones.

// clang-format off
#define METHOD_AS_TEST_CASE(...) static_assert(true, "disabled")
#define REGISTER_TEST_CASE(...) static_assert(true, "disabled")
#define TEST_CASE(...) CORDON_CATCH2_UNUSED_(CORDON_UNIQUE(cordon_test_))
#define ANON_TEST_CASE(...) CORDON_CATCH2_UNUSED_(CORDON_UNIQUE(cordon_test_))
#define SCENARIO(...) CORDON_CATCH2_UNUSED_(CORDON_UNIQUE(cordon_test_))
#define TEST_CASE_METHOD(fixture, ...) CORDON_CATCH2_UNUSED_METHOD_(CORDON_UNIQUE(cordon_test_), fixture)
#define TEST_CASE_PERSISTENT_FIXTURE(fixture, ...) CORDON_CATCH2_UNUSED_METHOD_(CORDON_UNIQUE(cordon_test_), fixture)
#define SCENARIO_METHOD(fixture, ...) CORDON_CATCH2_UNUSED_METHOD_(CORDON_UNIQUE(cordon_test_), fixture)
#define SECTION(...) if (false)
#define DYNAMIC_SECTION(...) if (false)
#define GIVEN(...) if (false)
#define AND_GIVEN(...) if (false)
#define WHEN(...) if (false)
#define AND_WHEN(...) if (false)
#define THEN(...) if (false)
#define AND_THEN(...) if (false)
#define CHECKED_IF(...) if (__VA_ARGS__)
#define CHECKED_ELSE(...) if (!(__VA_ARGS__))
#define CHECK(...) CORDON_CATCH2_NOTHING_
#define CHECK_FALSE(...) CORDON_CATCH2_NOTHING_
#define CHECK_NOFAIL(...) CORDON_CATCH2_NOTHING_
#define CHECK_NOTHROW(...) CORDON_CATCH2_NOTHING_
#define CHECK_THROWS(...) CORDON_CATCH2_NOTHING_
#define CHECK_THROWS_AS(...) CORDON_CATCH2_NOTHING_
#define CHECK_THROWS_WITH(...) CORDON_CATCH2_NOTHING_
#define CHECK_THROWS_MATCHES(...) CORDON_CATCH2_NOTHING_
#define CHECK_THAT(...) CORDON_CATCH2_NOTHING_
#define REQUIRE(...) CORDON_CATCH2_NOTHING_
#define REQUIRE_FALSE(...) CORDON_CATCH2_NOTHING_
#define REQUIRE_NOTHROW(...) CORDON_CATCH2_NOTHING_
#define REQUIRE_THROWS(...) CORDON_CATCH2_NOTHING_
#define REQUIRE_THROWS_AS(...) CORDON_CATCH2_NOTHING_
#define REQUIRE_THROWS_WITH(...) CORDON_CATCH2_NOTHING_
#define REQUIRE_THROWS_MATCHES(...) CORDON_CATCH2_NOTHING_
#define REQUIRE_THAT(...) CORDON_CATCH2_NOTHING_
#define STATIC_REQUIRE(...) CORDON_CATCH2_NOTHING_
#define STATIC_REQUIRE_FALSE(...) CORDON_CATCH2_NOTHING_
#define STATIC_CHECK(...) CORDON_CATCH2_NOTHING_
#define STATIC_CHECK_FALSE(...) CORDON_CATCH2_NOTHING_
#define FAIL(...) CORDON_CATCH2_NOTHING_
#define FAIL_CHECK(...) CORDON_CATCH2_NOTHING_
#define SUCCEED(...) CORDON_CATCH2_NOTHING_
#define SKIP(...) CORDON_CATCH2_NOTHING_
#define INFO(...) CORDON_CATCH2_NOTHING_
#define UNSCOPED_INFO(...) CORDON_CATCH2_NOTHING_
#define WARN(...) CORDON_CATCH2_NOTHING_
#define CAPTURE(...) CORDON_CATCH2_NOTHING_
