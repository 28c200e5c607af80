#pragma once

// Snapshots: CHECK_SNAPSHOT(value) compares the text of a value with a file beside the test, CHECK_INLINE_SNAPSHOT with
// a literal in the source. cordon writes both: `--update-snapshots`. docs/snapshots.md explains them.

#include <cordon/cordon.hpp>

#include <cordon/api/one_letter_macros_begin.hpp>
CORDON_SILENCE_BEGIN
#include <cordon/api/snapshot/check.hpp>
#include <cordon/api/snapshot/macros.hpp>
#if !defined(CORDON_CONFIG_PREFIX_ONLY)
#include <cordon/api/snapshot/short_macros.hpp>
#endif
CORDON_SILENCE_END
#include <cordon/api/one_letter_macros_end.hpp>
