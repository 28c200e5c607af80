#pragma once

#include <cordon/api/test_case.hpp>
#include <cordon/engine/exec/context.hpp>
#include <cordon/engine/exec/in_test.hpp>
#include <cordon/engine/exec/leaf_forks.hpp>
#include <cordon/engine/exec/listeners.hpp>
#include <cordon/engine/exec/outlet.hpp>
#include <cordon/engine/exec/stack_fill.hpp>
#include <cordon/engine/exec/unwind.hpp>
#include <cordon/engine/os/signal.hpp>
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
    mind_missed_subcase();
}

CORDON_HOT void run_passes(test_context& current, const detail::test_case& test) {
    do {
        current.begin_pass();
        if (first_listener != nullptr) listeners_here().begin_pass();
        run_guarded(test.body, test.context);
        current.end_pass();
        if (first_listener != nullptr) listeners_here().end_pass();
        if (current.is_leaf()) leave_leaf(true);
        if (changes_here.any()) changes_here.undo();
    } while (current.subcases().wants_another_pass() && !current.skipped());
    if (current.subcases().any()) end_passes(current, test);
}

/// --subcases=both: runs the test in a branch that forks at subcases, and passes on how these end.
CORDON_COLD void run_other_way(test_context& current, const detail::test_case& test, duration limit) {
    branch_options wanted;
    wanted.kind = branch_kind::whole;
    wanted.keeps_output = true;  // the other run prints the same
    wanted.limit = limit / 2;
    branch made(wanted);
    if (made.fork()) {
        current.choose_way(subcase_way::fork);
        forks_of_leaves().begin_test();
        run_passes(current, test);
        made.note().state.store(branch_note::returned);
        os::leave_with_coverage(0);
    }
    const branch_end end = made.wait();
    if (made.child() == 0) return;
    if (end.returned && made.note().dropped == 0) {
        return made.note().read([&](std::uint8_t type, std::string_view payload) {
            current.tell(wire::of_other_way{current.ticket(), type, std::string(payload)});
        });
    }
    failure what;
    what.kind = failure_kind::process;
    what.message = std::string("--subcases=both: ") +
                   (end.returned                   ? "the test has too many subcases to compare"
                    : end.how == ending::timed_out ? "forked, the test did not end in half of its time limit"
                    : end.by_signal                ? "forked, the test was ended by " + os::signal_name(end.code)
                                    : "forked, the test ended with exit code " + std::to_string(end.code));
    what.file = test.where.file;
    what.line = test.where.line;
    current.record(std::move(what));
}

CORDON_COLD void begin_forking(test_context& current, const detail::test_case& test, duration limit) {
    forks_of_leaves().begin_test();
    if (current.way() == subcase_way::both && !current.leaves().is_continued()) run_other_way(current, test, limit);
}

/// Runs one attempt in this process and returns its result. Failures have gone to the outlet at once. `leaves` tells a
/// process that continues the test which subcases are done; null if none will.
CORDON_HOT wire::finished& run_attempt(const detail::test_case& test, const wire::work_item& item, outlet& to,
                                       wire::leaf_log* leaves = nullptr) {
    test_context& current = context();
    current.begin(to, item.ticket, leaves);
    const bool runs_body = first_listener == nullptr || listeners_here().begin_test(test, item);
    if (changes_here.any()) changes_here.keep();  // those of a setup
    if (stack_fill != 0) {
        void (*volatile in_a_frame_of_its_own)() = fill_stack;
        in_a_frame_of_its_own();
    }
    if (runs_body) {
        if (current.way() != subcase_way::rerun) begin_forking(current, test, item.timeout);
        run_passes(current, test);
        if (current.subcases().missed_choice() && !current.skipped()) current.skip(std::string(no_such_subcase));
    }
    if (first_listener != nullptr && current.in_own_process()) listeners_here().end_test();
    return current.end();
}

}  // namespace cordon::engine::exec
