#pragma once

// Property tests: a body that must hold for all values of its parameters. See docs/property-tests.md.
//
//     PROPERTY("reversing twice changes nothing", std::vector<int> v) { CHECK(reversed(reversed(v)) == v); }

#include <cordon/cordon.hpp>

#include <cordon/api/one_letter_macros_begin.hpp>
CORDON_SILENCE_BEGIN
#include <cordon/api/property/macros.hpp>
#if !defined(CORDON_CONFIG_PREFIX_ONLY)
#include <cordon/api/property/short_macros.hpp>
#endif
CORDON_SILENCE_END
#include <cordon/api/one_letter_macros_end.hpp>
