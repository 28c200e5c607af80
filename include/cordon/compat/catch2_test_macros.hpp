#pragma once

// Tests that were written for Catch2 run as tests of cordon: docs/from-catch2.md.

#include <cordon/compat/parts/catch2/config.hpp>

#include <cordon/cordon.hpp>

#include <cordon/api/one_letter_macros_begin.hpp>
CORDON_SILENCE_BEGIN
#include <cordon/compat/parts/catch2/expansion.hpp>
#include <cordon/compat/parts/catch2/test_info.hpp>
#include <cordon/compat/parts/catch2/to_string.hpp>
#include <cordon/compat/parts/catch2/translator.hpp>
#if defined(CATCH_CONFIG_DISABLE)
#include <cordon/compat/parts/catch2/disabled/expansion.hpp>
#if defined(CATCH_CONFIG_PREFIX_ALL)
#include <cordon/compat/parts/catch2/disabled/macros.hpp>
#else
#include <cordon/compat/parts/catch2/disabled/short_macros.hpp>
#endif
#else
#if defined(CATCH_CONFIG_PREFIX_ALL)
#include <cordon/compat/parts/catch2/macros.hpp>
#else
#include <cordon/compat/parts/catch2/short_macros.hpp>
#endif
#if defined(CATCH_CONFIG_PREFIX_ALL) || defined(CATCH_CONFIG_PREFIX_MESSAGES)
#include <cordon/compat/parts/catch2/messages/macros.hpp>
#else
#include <cordon/compat/parts/catch2/messages/short_macros.hpp>
#endif
#endif
CORDON_SILENCE_END
#include <cordon/api/one_letter_macros_end.hpp>
