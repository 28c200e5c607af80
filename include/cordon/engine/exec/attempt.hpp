#pragma once

#include <cordon/api/test_case.hpp>
#include <cordon/engine/exec/context.hpp>
#include <cordon/engine/exec/in_test.hpp>
#include <cordon/engine/exec/outlet.hpp>
#include <cordon/engine/exec/stack_fill.hpp>
#include <cordon/engine/exec/unwind.hpp>
#include <cordon/engine/wire/message.hpp>

#include <string>
#include <utility>

namespace cordon::engine::exec {

/// A test must not pass if a subcase that it reached did not run. A subcase that depends on another one, or on chance,
/// may not be reached again.
CORDON_COLD void end_passes(test_context& current, const detail::test_case& test) {
    current.end_passes();
    if (current.failed() || current.skipped()) return;
    failure what;
    what.kind = failure_kind::process;
    what.subcase = current.subcases().unfinished();
    what.message = "a subcase did not run: no later pass through the test reached it again";
    what.file = test.where.file;
    what.line = test.where.line;
    if (!what.subcase.empty()) current.record(std::move(what));
}

/// Runs one attempt in this process and returns its result. Failures have gone to the outlet at once. `leaves` tells a
/// process that continues the test which subcases are done; null if none will.
CORDON_HOT wire::finished& run_attempt(const detail::test_case& test, const wire::work_item& item, outlet& to,
                                       wire::leaf_log* leaves = nullptr) {
    test_context& current = context();
    current.begin(to, item.ticket, leaves);
    if (changes_here.any()) changes_here.keep();  // those of a setup
    if (stack_fill != 0) {
        void (*volatile in_a_frame_of_its_own)() = fill_stack;
        in_a_frame_of_its_own();
    }
    do {
        current.begin_pass();
        run_guarded(test.body, test.context);
        current.end_pass();
        if (changes_here.any()) changes_here.undo();
    } while (current.subcases().wants_another_pass() && !current.skipped());
    if (current.subcases().any()) end_passes(current, test);
    if (current.subcases().missed_choice() && !current.skipped()) current.skip(std::string(no_such_subcase));
    return current.end();
}

}  // namespace cordon::engine::exec
