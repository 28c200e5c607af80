#include <doctest/doctest.h>
#include <cordon/engine/model/ending_of.hpp>

#include <string>

using namespace cordon::engine;

namespace {

using end = seen::process_end;
using change = void (*)(seen&);

constexpr bool by_signal = true;
constexpr bool by_exit = false;

end process(bool was_signalled, int code, stopped_by why = stopped_by::itself) {
    return {was_signalled, code, false, why};
}
end cut_short(stopped_by why = stopped_by::itself) { return {by_exit, 0, true, why}; }

struct row {
    const char* what;
    change set;
    ending how;
    const char* reason = "";
    bool says_nothing = false;
};

void check(const row& each) {
    CAPTURE(std::string(each.what));
    seen all;
    all.run_stopped_because = "the run stopped";
    each.set(all);
    const ended_as got = ending_of(all);
    CHECK(name_of(got.how) == name_of(each.how));
    CHECK(got.reason == each.reason);
    CHECK(got.says_nothing == each.says_nothing);
}

const std::string cut_short_reason = "an exit handler or a destructor ended it before the others had run";

}  // namespace

// The rows of the table in docs/run-loop.md, in its order, and what decides between two of them.

TEST_CASE("nothing more can come of it") {
    const row table[] = {
        {"its worker is gone", [](seen& s) { s.lost_because = "its worker ended"; }, ending::lost, "its worker ended"},
        {"whatever it said",
         [](seen& s) {
             s.said = finish::failed;
             s.lost_because = "its worker ended";
         },
         ending::lost, "its worker ended"},
        {"while the run stops",
         [](seen& s) {
             s.lost_because = "its worker ended";
             s.run_stops = true;
         },
         ending::lost, "the run stopped", true},
        {"when the time of the run is up",
         [](seen& s) {
             s.lost_because = "its worker ended";
             s.run_stops = s.time_is_up = true;
         },
         ending::timed_out, "the run stopped"},
    };
    for (const row& each : table)
        check(each);
}

TEST_CASE("the run was cancelled before it said anything") {
    const row table[] = {
        {"cancelled", [](seen& s) { s.process = process(by_signal, 15, stopped_by::cancelled); }, ending::lost,
         "the run stopped", true},
        {"at the end of the run's time",
         [](seen& s) {
             s.process = process(by_signal, 15, stopped_by::cancelled);
             s.time_is_up = true;
         },
         ending::timed_out, "the run stopped"},
    };
    for (const row& each : table)
        check(each);
}

TEST_CASE("its worker stopped it at a limit") {
    const row table[] = {
        {"before its end", [](seen& s) { s.process = process(by_signal, 15, stopped_by::timeout); }, ending::timed_out},
        {"it then exited", [](seen& s) { s.process = process(by_exit, 0, stopped_by::timeout); }, ending::timed_out},
        {"after it had passed",
         [](seen& s) {
             s.said = finish::passed;
             s.process = process(by_signal, 9, stopped_by::timeout);
         },
         ending::timed_out},
        {"after it had failed",
         [](seen& s) {
             s.said = finish::failed;
             s.process = process(by_signal, 9, stopped_by::timeout);
         },
         ending::timed_out},
        {"it never began", [](seen& s) { s.process = process(by_signal, 9, stopped_by::start_limit); },
         ending::timed_out, "its process did not begin the test"},
    };
    for (const row& each : table)
        check(each);
}

TEST_CASE("it came to its end, but too late") {
    const row table[] = {
        {"in a process with others", [](seen& s) { s.said = finish::late; }, ending::timed_out},
        {"its process left in order",
         [](seen& s) {
             s.said = finish::late;
             s.process = process(by_exit, 0, stopped_by::itself);
         },
         ending::timed_out},
        {"an assertion failed before",
         [](seen& s) {
             s.said = finish::late;
             s.failure_known = true;
             s.process = process(by_exit, 1, stopped_by::itself);
         },
         ending::timed_out},
    };
    for (const row& each : table)
        check(each);
}

TEST_CASE("it did not come to its end") {
    const row table[] = {
        {"nobody saw its process end", [](seen&) {}, ending::lost, "its worker died"},
        {"by a signal", [](seen& s) { s.process = process(by_signal, 11); }, ending::crashed},
        {"by exit code 0", [](seen& s) { s.process = process(by_exit, 0); }, ending::exited},
        {"by another exit code", [](seen& s) { s.process = process(by_exit, 3); }, ending::exited},
        {"although an assertion had failed",
         [](seen& s) {
             s.process = process(by_signal, 11);
             s.failure_known = true;
         },
         ending::crashed},
        {"memory was refused under a limit",
         [](seen& s) {
             s.process = process(by_signal, 6);
             s.memory_refused = s.memory_limited = true;
         },
         ending::over_limit, "memory limit"},
        {"memory was refused without a limit",
         [](seen& s) {
             s.process = process(by_signal, 6);
             s.memory_refused = true;
         },
         ending::crashed},
        {"there was a limit, and no memory was refused",
         [](seen& s) {
             s.process = process(by_signal, 6);
             s.memory_limited = true;
         },
         ending::crashed},
        {"a sanitizer ended it",
         [](seen& s) {
             s.process = process(by_exit, 1);
             s.finding = "AddressSanitizer: heap-use-after-free";
         },
         ending::exited, "AddressSanitizer: heap-use-after-free"},
        {"a sanitizer caught its crash, and exited",
         [](seen& s) {
             s.process = process(by_exit, 66);
             s.finding = "ThreadSanitizer: SEGV";
             s.signal_caught = true;
         },
         ending::crashed, "ThreadSanitizer: SEGV"},
        {"a sanitizer aborted it",
         [](seen& s) {
             s.process = process(by_signal, 6);
             s.finding = "AddressSanitizer: heap-use-after-free";
         },
         ending::crashed, "AddressSanitizer: heap-use-after-free"},
        {"what it left behind does not matter",
         [](seen& s) {
             s.process = process(by_signal, 11);
             s.left_something = true;
         },
         ending::crashed},
    };
    for (const row& each : table)
        check(each);
}

TEST_CASE("it said that it had failed") {
    const row table[] = {
        {"its process left in order",
         [](seen& s) {
             s.said = finish::failed;
             s.process = process(by_exit, 0);
         },
         ending::failed},
        {"other tests run in its process", [](seen& s) { s.said = finish::failed; }, ending::failed},
        {"its process ended badly",
         [](seen& s) {
             s.said = finish::failed;
             s.process = process(by_signal, 11);
         },
         ending::failed},
        {"exit handlers were cut short",
         [](seen& s) {
             s.said = finish::failed;
             s.process = cut_short();
         },
         ending::failed},
        {"the run was cancelled",
         [](seen& s) {
             s.said = finish::failed;
             s.process = process(by_signal, 15, stopped_by::cancelled);
         },
         ending::failed},
        {"because memory was refused under a limit",
         [](seen& s) {
             s.said = finish::failed;
             s.process = process(by_exit, 0);
             s.memory_refused = s.memory_limited = true;
         },
         ending::over_limit, "memory limit"},
        {"memory was refused without a limit",
         [](seen& s) {
             s.said = finish::failed;
             s.memory_refused = true;
         },
         ending::failed},
        {"there was a limit, and no memory was refused",
         [](seen& s) {
             s.said = finish::failed;
             s.memory_limited = true;
         },
         ending::failed},
        {"and left something behind",
         [](seen& s) {
             s.said = finish::failed;
             s.left_something = true;
         },
         ending::failed},
    };
    for (const row& each : table)
        check(each);
}

TEST_CASE("it said that it had passed, and its process ended badly") {
    const row table[] = {
        {"by a signal",
         [](seen& s) {
             s.said = finish::passed;
             s.process = process(by_signal, 11);
         },
         ending::exit_failure},
        {"by an exit code",
         [](seen& s) {
             s.said = finish::passed;
             s.process = process(by_exit, 1);
         },
         ending::exit_failure},
        {"by a sanitizer",
         [](seen& s) {
             s.said = finish::passed;
             s.process = process(by_exit, 23);
             s.finding = "LeakSanitizer: detected memory leaks";
         },
         ending::exit_failure, "LeakSanitizer: detected memory leaks"},
        {"before all exit handlers had run",
         [](seen& s) {
             s.said = finish::passed;
             s.process = cut_short();
         },
         ending::exit_failure, cut_short_reason.c_str()},
        {"memory was refused under a limit",
         [](seen& s) {
             s.said = finish::passed;
             s.process = process(by_signal, 6);
             s.memory_limited = true;
         },
         ending::exit_failure},
        {"an assertion had failed elsewhere",
         [](seen& s) {
             s.said = finish::passed;
             s.process = process(by_exit, 1);
             s.failure_known = true;
         },
         ending::exit_failure},
        {"and left something behind",
         [](seen& s) {
             s.said = finish::passed;
             s.process = process(by_exit, 3);
             s.left_something = true;
         },
         ending::exit_failure},
        {"with the run, as it was cancelled",
         [](seen& s) {
             s.said = finish::passed;
             s.process = process(by_signal, 15, stopped_by::cancelled);
         },
         ending::passed},
        {"with the run, and cut short",
         [](seen& s) {
             s.said = finish::passed;
             s.process = cut_short(stopped_by::cancelled);
         },
         ending::passed},
    };
    for (const row& each : table)
        check(each);
}

TEST_CASE("it said that it had passed") {
    const row table[] = {
        {"its process left in order",
         [](seen& s) {
             s.said = finish::passed;
             s.process = process(by_exit, 0);
         },
         ending::passed},
        {"other tests run in its process", [](seen& s) { s.said = finish::passed; }, ending::passed},
        {"an assertion failed in a process that it forked, or after its end",
         [](seen& s) {
             s.said = finish::passed;
             s.failure_known = true;
         },
         ending::failed},
        {"undefined behavior was reported",
         [](seen& s) {
             s.said = finish::passed;
             s.process = process(by_exit, 0);
             s.undefined = "UndefinedBehaviorSanitizer: signed integer overflow";
         },
         ending::failed, "UndefinedBehaviorSanitizer: signed integer overflow"},
        {"and left something behind",
         [](seen& s) {
             s.said = finish::passed;
             s.process = process(by_exit, 0);
             s.left_something = true;
         },
         ending::leaked},
        {"left something behind where others run in its process",
         [](seen& s) {
             s.said = finish::passed;
             s.left_something = true;
         },
         ending::leaked},
        {"failed elsewhere, and left something behind",
         [](seen& s) {
             s.said = finish::passed;
             s.failure_known = s.left_something = true;
         },
         ending::failed},
    };
    for (const row& each : table)
        check(each);
}

TEST_CASE("it said that it was skipped") {
    const row table[] = {
        {"its process left in order",
         [](seen& s) {
             s.said = finish::skipped;
             s.skipped_because = "no network";
             s.process = process(by_exit, 0);
         },
         ending::skipped, "no network"},
        {"its process ended badly",
         [](seen& s) {
             s.said = finish::skipped;
             s.skipped_because = "no network";
             s.process = process(by_signal, 6);
         },
         ending::exit_failure, "after SKIP"},
        {"exit handlers were cut short",
         [](seen& s) {
             s.said = finish::skipped;
             s.process = cut_short();
         },
         ending::exit_failure, cut_short_reason.c_str()},
        {"the run was cancelled",
         [](seen& s) {
             s.said = finish::skipped;
             s.process = process(by_signal, 15, stopped_by::cancelled);
         },
         ending::skipped},
        {"an assertion failed elsewhere",
         [](seen& s) {
             s.said = finish::skipped;
             s.failure_known = true;
         },
         ending::failed},
        {"and left something behind",
         [](seen& s) {
             s.said = finish::skipped;
             s.left_something = true;
         },
         ending::skipped},
    };
    for (const row& each : table)
        check(each);
}

TEST_CASE("no assertion ran in a test that needs one") {
    const auto passed = [](seen& s) {
        s.said = finish::passed;
        s.process = seen::process_end{};
        s.asserted_nothing = true;
    };
    seen all;
    passed(all);
    CHECK(ending_of(all).how == ending::failed);
    CHECK(ending_of(all).reason == "no assertion ran in it");
    all.said = finish::skipped;
    CHECK(ending_of(all).how == ending::skipped);
    passed(all);
    all.process->code = 3;
    CHECK(ending_of(all).how == ending::exit_failure);
}
