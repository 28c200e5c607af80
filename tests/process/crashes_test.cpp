#include "queries.hpp"
#include "run_child.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

using namespace process_test;

// Crashes that leave little to be seen. What is there is told, and the process dies of the signal that it got first.

namespace {

bool is_called(const attempt_entry& attempt, const std::string& function) {
    return std::any_of(attempt.stack.begin(), attempt.stack.end(),
                       [&](const frame_entry& each) { return holds(each.function, function); });
}

}  // namespace

TEST_CASE("a crash after which the stack cannot be walked is told all the same") {
    for (const std::string mode : isolating_modes) {
        CAPTURE(mode);
        const outcome got = run("crashes", {"--isolate", mode});
        INFO(got);
        CHECK(got.exit_code == 1);
        const attempt_entry& wild = at(got.report, "calls a wild pointer").last();
        const attempt_entry& table = at(got.report, "calls through a broken table of functions").last();
        const attempt_entry& back = at(got.report, "returns to nowhere").last();
        const attempt_entry& smashed = at(got.report, "smashes its stack").last();
        const attempt_entry& impossible = at(got.report, "writes where no address can be").last();
        CHECK(smashed.signal_name == "SIGABRT");
        for (const attempt_entry* each : {&wild, &table, &back, &impossible})
            CHECK(each->signal_name == "SIGSEGV");
        if (is_portable()) continue;

        CHECK(wild.reason == "at address 0x1234500000");
        CHECK(wild.stopped_at.expression == "x == 1");
        CHECK(wild.stopped_at.subcase == std::vector<std::string>{"of many"});
        CHECK(wild.stopped_at.info == std::vector<std::string>{"x is 1"});
        REQUIRE(wild.stack.size() >= 3);
        CHECK(wild.stack[0].function.empty());
        CHECK(holds(wild.stack[1].function, "call("));
        CHECK(is_called(wild, "the test"));

        CHECK(table.reason == "at address 0x1234500000");
        CHECK(table.stopped_at.info == std::vector<std::string>{"a square"});
        CHECK(is_called(table, "ask("));
        CHECK(is_called(table, "the test"));

        CHECK(back.reason == "at address 0x1234500000");
        CHECK(back.stopped_at.info == std::vector<std::string>{"on the way back"});
        CHECK_FALSE(back.stack.empty());

        CHECK(smashed.stopped_at.expression == "true");
        CHECK(smashed.stopped_at.info == std::vector<std::string>{"too much"});
        CHECK(is_called(smashed, "write_past_the_end("));

        CHECK(is_called(impossible, "write_to("));
#if defined(__x86_64__)
        CHECK(impossible.reason == "at an unknown address: non-canonical, or misaligned for its instruction");
#endif
        CHECK_FALSE(holds(got.out, "null pointer"));
    }
}

TEST_CASE("of more than there is room for the innermost is told, and what is left out is marked") {
    if (is_portable()) return;
    const outcome got = run("crashes", {"has much to tell"});
    INFO(got);
    const place_entry& place = at(got.report, "has much to tell").last().stopped_at;
    REQUIRE(place.subcase.size() == 9);
    CHECK(place.subcase.front() == "[... 2 more further out ...]");
    CHECK(place.subcase[1] == "level 2");
    CHECK(place.subcase.back() == "level 9");
    REQUIRE(place.info.size() == 9);
    CHECK(place.info.front() == "[... 4 more further out ...]");
    CHECK(place.info[1] == "depth 4");
    const std::string& longest = place.info.back();
    CHECK(longest.size() == 255);
    CHECK(holds(longest, "long xxxxx"));
    CHECK(longest.substr(longest.size() - 7) == "x [...]");
}

TEST_CASE("stacks are whole where a test has used all descriptors that it may have") {
    if (is_portable()) return;
    for (const std::string mode : {"fork", "exec"}) {
        CAPTURE(mode);
        const outcome got = run("crashes", {"--isolate", mode, "-f", "suite(no descriptor is left)"});
        INFO(got);
        REQUIRE(got.report.tests.size() == 5);
        // But for the wild pointer itself.
        CHECK(got.out.find("in an unknown file") == got.out.rfind("in an unknown file"));
        for (const test_entry& test : got.report.tests) {
            CAPTURE(test.name);
            const attempt_entry& last = test.last();
            CHECK(is_called(last, "the test"));
            REQUIRE_FALSE(last.stack.empty());
            CHECK(last.stack.back().line != 0);
        }
        CHECK(is_called(at(got.report, "no descriptor is left/crashes").last(), "write_to("));
        CHECK(is_called(at(got.report, "no descriptor is left/may open none").last(), "write_to("));
        CHECK(is_called(at(got.report, "no descriptor is left/throws").last(), "throw_something"));
    }
}
