#pragma once

// Matchers: CHECK_THAT(value, matcher) says in words what was expected, and why the value does not match.
//
//     using namespace cordon::matchers;
//     CHECK_THAT(name, starts_with("a") && !contains(" "));

#include <cordon/cordon.hpp>

#include <cordon/api/one_letter_macros_begin.hpp>
CORDON_SILENCE_BEGIN
#include <cordon/api/matchers/elements.hpp>
#include <cordon/api/matchers/exception.hpp>
#include <cordon/api/matchers/macros.hpp>
#include <cordon/api/matchers/number.hpp>
#include <cordon/api/matchers/regex.hpp>
#include <cordon/api/matchers/value.hpp>
#if !defined(CORDON_CONFIG_PREFIX_ONLY)
#include <cordon/api/matchers/short_macros.hpp>
#endif
CORDON_SILENCE_END
#include <cordon/api/one_letter_macros_end.hpp>
