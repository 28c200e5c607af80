#pragma once

// The single header of Catch2 v2.

#define CATCH_VERSION_MAJOR 2
#define CATCH_VERSION_MINOR 13
#define CATCH_VERSION_PATCH 10

#include <cordon/compat/catch2_approx.hpp>
#include <cordon/compat/catch2_generators.hpp>
#include <cordon/compat/catch2_matchers.hpp>
#include <cordon/compat/catch2_templates.hpp>
#include <cordon/compat/catch2_test_macros.hpp>
#if defined(CATCH_CONFIG_RUNNER) || defined(CATCH_CONFIG_MAIN)
#include <cordon/compat/parts/catch2/session.hpp>
#endif
#if defined(CATCH_CONFIG_EXTERNAL_INTERFACES) || defined(CATCH_CONFIG_RUNNER)
#include <cordon/api/listener/registration.hpp>
#include <cordon/compat/parts/catch2/listeners/expansion.hpp>
#endif
#if defined(CATCH_CONFIG_ENABLE_BENCHMARKING)
#include <cordon/compat/parts/catch2/benchmark/expansion.hpp>
#if defined(CATCH_CONFIG_PREFIX_ALL)
#include <cordon/compat/parts/catch2/benchmark/macros.hpp>
#else
#include <cordon/compat/parts/catch2/benchmark/short_macros.hpp>
#endif
#endif

// Catch2 includes many standard headers, cordon's replacement few. A test file that relies on them may ask for them.
#if defined(CORDON_CATCH2_INCLUDES)
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstring>
#include <functional>
#include <memory>
#include <ostream>
#include <random>
#endif

#if __has_include(<bits/unique_ptr.h>)
#include <bits/unique_ptr.h>  // many generators of users need it; <memory> would cost a third of this header
#else
#include <memory>
#endif

// v2 puts it here.
using Catch::Approx;
