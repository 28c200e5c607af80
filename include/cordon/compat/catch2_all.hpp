#pragma once

// All of Catch2 that cordon has.

#include <cordon/compat/catch2_approx.hpp>
#include <cordon/compat/catch2_benchmark.hpp>
#include <cordon/compat/catch2_generators.hpp>
#include <cordon/compat/catch2_listeners.hpp>
#include <cordon/compat/catch2_matchers.hpp>
#include <cordon/compat/catch2_session.hpp>
#include <cordon/compat/catch2_templates.hpp>
#include <cordon/compat/catch2_test_macros.hpp>
#include <cordon/compat/catch2_timer.hpp>
#include <cordon/compat/catch2_version.hpp>
