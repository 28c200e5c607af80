#pragma once

// The same test macros for each framework. WITH_CORDON, WITH_CATCH2, WITH_DOCTEST or WITH_LIBASSERT chooses one.

#if defined(WITH_CORDON)
#include <cordon/cordon.hpp>
#include <cordon/matchers.hpp>
#define APPROX(x) cordon::Approx(x)
#define STARTS_WITH(x) cordon::matchers::starts_with(x)
#define CONTAINS_ELEMENT(x) cordon::matchers::contains(x)
#define WITHIN_ABS(x, y) cordon::matchers::within_abs(x, y)
#define ALL_BELOW(x) cordon::matchers::all_match(cordon::matchers::less_than(x))
#elif defined(WITH_CATCH2)
#define CATCH_CONFIG_ENABLE_ALL_STRINGMAKERS
#include <catch2/catch_all.hpp>
#define APPROX(x) Catch::Approx(x)
#define STARTS_WITH(x) Catch::Matchers::StartsWith(x)
#define CONTAINS_ELEMENT(x) Catch::Matchers::VectorContains(x)
#define WITHIN_ABS(x, y) Catch::Matchers::WithinAbs(x, y)
#define ALL_BELOW(x) \
    Catch::Matchers::AllMatch(Catch::Matchers::Predicate<int>([](int i) { return i < x; }, "less than " #x))
#elif defined(WITH_DOCTEST)
#include <doctest/doctest.h>
#define APPROX(x) doctest::Approx(x)
#define WITHOUT_MATCHERS
#elif defined(WITH_LIBASSERT)
#include <libassert/assert.hpp>
#include "with_libassert.hpp"
#define WITHOUT_MATCHERS
#define WITHOUT_APPROX
#define WITHOUT_EXCEPTIONS
#else
#error "define WITH_CORDON, WITH_CATCH2, WITH_DOCTEST or WITH_LIBASSERT"
#endif
