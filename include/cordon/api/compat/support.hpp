#pragma once

#include <cordon/api/check.hpp>

// What compat/ needs of the engine.

namespace cordon::detail {

/// True while a test runs in this process.
bool is_in_test() noexcept;
/// True before cordon::run in a process that cordon started again from the program. There cordon::run does not return
/// to report a run: the program must end with its result.
bool is_started_by_cordon() noexcept;

/// Writes the type that name_of_type<T> names.
void write_type_name(text_sink& out, const char* name);

/// Passes or fails by the text of the current exception, as check_exception_text does. `words` says what was expected.
outcome check_exception_text_by(const assertion_site& site, bool (*accepts)(const void* expected, text_view text),
                                const void* expected, operand_text words);

}  // namespace cordon::detail
