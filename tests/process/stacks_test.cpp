#include "queries.hpp"
#include "run_child.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

using namespace process_test;

// What is said of a crash and of a hang. Where the system does not let a process look at itself (the portable build), a
// crash has its signal and a hang its time: then there must be no stack at all, not a wrong one.

namespace {

std::vector<std::string> functions_of(const attempt_entry& attempt) {
    std::vector<std::string> names;
    for (const frame_entry& frame : attempt.stack)
        names.push_back(frame.function);
    return names;
}

std::ptrdiff_t place_of(const attempt_entry& attempt, const std::string& function) {
    const std::vector<std::string> names = functions_of(attempt);
    const auto at =
        std::find_if(names.begin(), names.end(), [&](const std::string& name) { return holds(name, function); });
    return at == names.end() ? -1 : at - names.begin();
}

bool has_no_framework(const attempt_entry& attempt) {
    const std::vector<std::string> names = functions_of(attempt);
    return std::none_of(names.begin(), names.end(), [](const std::string& name) {
        return holds(name, "cordon::engine") || holds(name, "cordon_note_crash") || holds(name, "_start");
    });
}

}  // namespace

TEST_CASE("a crash says where it was") {
    for (const std::string mode : isolating_modes) {
        CAPTURE(mode);
        const outcome got = run("stacks", {"--isolate", mode, "-x", "hangs*", "-x", "throws*", "--grace", "4s"});
        INFO(got);
        CHECK(got.exit_code == 1);
        const attempt_entry& simple = at(got.report, "null write").last();
        CHECK(simple.ending == "crashed");
        CHECK(simple.signal_name == "SIGSEGV");
        CHECK(at(got.report, "raise").last().signal_name == "SIGSEGV");
        CHECK(at(got.report, "abort").last().signal_name == "SIGABRT");
        CHECK(at(got.report, "stack overflow").last().signal_name == "SIGSEGV");
        // Where tests share a process, its end is charged to the last of them, which need not be this one.
        if (mode != "shard") CHECK(at(got.report, "at the end").ending() == "exit_failure");
        CHECK(at(got.report, "own handler stays").last().ending == "exited");
        CHECK(at(got.report, "own handler stays").last().exit_code == 42);
        CHECK(at(got.report, "in a forked copy").verdict == "passed");
        CHECK(at(got.report, "a signal that means nothing").verdict == "passed");
        if (is_portable()) {
            CHECK(simple.stack.empty());
            continue;
        }
        CHECK(simple.reason == "at address 0x0, a null pointer");
        REQUIRE(simple.stack.size() >= 3);
        CHECK(holds(simple.stack[0].function, "write_to"));
        CHECK(holds(simple.stack[1].function, "outer_call"));
        CHECK(simple.stack[2].function == "the test");
        CHECK(holds(simple.stack[2].file, "stacks.cpp"));
        CHECK(simple.stack[2].line > simple.stack[1].line);
        CHECK(has_no_framework(simple));
        CHECK(simple.stopped_at.expression == "x == 1");
        CHECK(holds(simple.stopped_at.file, "stacks.cpp"));
        CHECK(simple.stopped_at.subcase == std::vector<std::string>{"first", "second"});
        CHECK(simple.stopped_at.info == std::vector<std::string>{"x is 1"});
        CHECK(at(got.report, "through a null pointer").last().reason == "at address 0x18, through a null pointer");
        const attempt_entry& inlined = at(got.report, "inlined").last();
        REQUIRE(inlined.stack.size() == 2);
        CHECK(inlined.stack[0].line < inlined.stack[1].line);  // the call's own place first, then the test's
        CHECK(inlined.stack[1].function == "the test");
        const attempt_entry& overflow = at(got.report, "stack overflow").last();
        CHECK(holds(overflow.reason, "a stack overflow"));
        CHECK(place_of(overflow, "without_end") == 0);
        CHECK(overflow.stack.size() > 30);
        CHECK(place_of(at(got.report, "call of nothing").last(), "the test") == 1);
        CHECK(place_of(at(got.report, "terminate").last(), "throws_from_here") > 0);
        CHECK(at(got.report, "raise").last().reason.empty());
        CHECK(place_of(at(got.report, "raise").last(), "the test") >= 0);
        CHECK(place_of(at(got.report, "in another thread").last(), "outer_call") == 1);
        if (mode != "shard") CHECK(place_of(at(got.report, "at the end").last(), "dies_at_the_end") == 1);
        CHECK(place_of(at(got.report, "info that crashes as well").last(), "write_to") == 0);
        CHECK(at(got.report, "in a forked copy").last().stack.empty());
        CHECK(holds(got.out, "subcase   first"));
        CHECK(holds(got.out, "info      x is 1"));
    }
}

TEST_CASE("an exception that leaves a test says where it was thrown") {
    for (const std::string mode : {"fork", "exec", "shard", "none"}) {
        CAPTURE(mode);
        const outcome got = run("stacks", {"--isolate", mode, "throws"});
        INFO(got);
        for (const test_entry& test : got.report.tests)
            CHECK(test.ending() == "failed");
        const attempt_entry& simple = at(got.report, "throws/from a function").last();
        if (is_portable()) {
            CHECK(simple.stack.empty());
            continue;
        }
        CHECK(simple.failures.front().message ==
              "the test was left by an exception: std::runtime_error: from here (after the last assertion that passed "
              "here)");
        REQUIRE(simple.stack.size() == 2);
        CHECK(holds(simple.stack[0].function, "throws_from_here"));
        CHECK(holds(simple.stack[0].file, "stacks.cpp"));
        CHECK(simple.stack[0].doing == "threw std::runtime_error");
        CHECK(simple.stack[1].function == "the test");
        // Caught by the assertion that it failed.
        CHECK(at(got.report, "throws/from the library").last().stack.empty());
        const attempt_entry& library = at(got.report, "throws/from the library, out of the test").last();
        CHECK(place_of(library, "::at(") >= 0);
        CHECK(place_of(library, "the test") > place_of(library, "::at("));
        CHECK(library.stack.front().doing == "threw std::out_of_range");
        CHECK(place_of(at(got.report, "throws/again").last(), "the test") == 0);
        const attempt_entry& each = at(got.report, "throws/in each subcase").last();
        CHECK(each.failures.size() == 2);
        REQUIRE(each.stack.size() == 3);
        CHECK(each.stack[0].doing == "threw std::runtime_error");
        CHECK(each.stack[2].doing == "threw int");
        CHECK(at(got.report, "throws/what is caught").last().stack.empty());
        CHECK(holds(got.out, "threw std::runtime_error"));
    }
}

TEST_CASE("a test that does not end says why") {
    for (const std::string mode : isolating_modes) {
        CAPTURE(mode);
        const outcome got = run("stacks", {"--isolate", mode, "hangs*", "-j7", "--grace", "2s"});
        INFO(got);
        for (const test_entry& test : got.report.tests)
            CHECK(test.ending() == "timed_out");
        if (is_portable()) {
            CHECK(at(got.report, "hangs/endless loop").last().reason.empty());
            continue;
        }
        const attempt_entry& both = at(got.report, "hangs/deadlock of two").last();
        CHECK(holds(both.reason, "deadlock: threads "));
        CHECK(holds(both.reason, " each wait for a lock that another one of them holds"));
        CHECK(place_of(both, "the test") > 0);
        CHECK(both.stopped_at.expression == "true");
        CHECK(holds(at(got.report, "hangs/deadlock with itself").last().reason, "that it holds itself"));
        const attempt_entry& waits = at(got.report, "hangs/waits for a word").last();
        CHECK(holds(waits.reason, "blocked: it waits for a condition variable"));
        CHECK(holds(at(got.report, "hangs/reads what nobody writes").last().reason, "waits in read"));
        // Where it could be asked for its calls once only, they cannot be compared.
        const attempt_entry& loop = at(got.report, "hangs/endless loop").last();
        CHECK(
            (holds(loop.reason, "spin: an endless loop in spin") || holds(loop.reason, "busy: it runs all the time")));
        CHECK(place_of(loop, "spin") == 0);
        // As far as can be said: to look further would crash.
        const attempt_entry& broken = at(got.report, "hangs/broken stack").last();
        CHECK(place_of(broken, "spin") == 0);
        CHECK(place_of(broken, "spin_on_a_broken_stack") >= 0);
        const attempt_entry& deaf = at(got.report, "hangs/blocks all signals").last();
        CHECK(deaf.stack.empty());
        CHECK(holds(deaf.reason, "busy: it runs all the time"));
    }
}
