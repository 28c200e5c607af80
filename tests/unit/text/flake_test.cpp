#include <doctest/doctest.h>
#include <cordon/engine/text/flake.hpp>

#include "unit/report/golden.hpp"

#include <string>

using namespace cordon::engine;

namespace {

std::string written(const flake_summary& found, std::size_t width = 80, bool color = false) {
    text::console_style style;
    style.color = color;
    std::string text;
    text::write_flake(text, found, text::theme_of(style), width, {}, true);
    return text;
}

/// Of a search that has found out all it can.
flake_summary of_everything() {
    flake_summary found;
    found.runs = 37;
    found.failures = 7;
    found.low = 0.0948;
    found.high = 0.342;
    found.workers = 9;
    found.set_cause(flake_cause::delays);
    found.signatures = {{"CHECK(written.load()) at cache_test.cpp:49", 6}, {"crashed: SIGABRT\x1b[2J in abort", 1}};
    found.trials = {{"pulses=10ms", 18, 9, 0.00004, true, {50, 7}},
                    {"umask=077", 18, 3, 1, false, {50, 7}},
                    {"tz=<+1345>-13:45", 18, 18, 0, true, {50, 7}}};
    found.not_tried = {"hogs=4", "seed=1"};
    found.repro = "./tests 'writes back' --flake-detect=13";
    found.repro_runs = 13;
    found.repro_failures = 5;
    return found;
}

/// Of a test that others make fail.
flake_summary of_a_victim() {
    flake_summary found;
    found.runs = 10;
    found.high = 0.28;
    found.set_cause(flake_cause::spoiled_by_others);
    for (int i = 1; i <= 10; ++i)
        found.polluters.push_back("order/polluter " + std::to_string(i));
    found.cleaners = {"order/cleaner", "mends\nall"};
    found.repro = "./tests victim polluter --isolate=shard -j1";
    found.repro_runs = 10;
    found.repro_failures = 10;
    found.contrasts = {{"./tests victim cleaner polluter --isolate=shard -j1 --seed 4", 10, 0}};
    return found;
}

}  // namespace

TEST_CASE("all that was found out of a flaky test") {
    const flake_summary found = of_everything();
    SUBCASE("plain") { check_golden("console/flake.txt", written(found)); }
    SUBCASE("colour") { check_golden("console/flake_color.txt", written(found, 80, true)); }
    SUBCASE("narrow") { check_golden("console/flake_40.txt", written(found, 40)); }
}

TEST_CASE("what others do to a test, and a command in which they do not") {
    check_golden("console/flake_victim.txt", written(of_a_victim()));
    flake_summary brittle;
    brittle.runs = brittle.failures = 10;
    brittle.set_cause(flake_cause::needs_others);
    brittle.state_setters = {"order/setter"};
    brittle.repro = "./tests brittle --isolate=shard -j1";
    brittle.repro_runs = brittle.repro_failures = 10;
    brittle.contrasts = {{"./tests setter brittle --isolate=shard -j1", 9, 1}};
    check_golden("console/flake_brittle.txt", written(brittle));
}

TEST_CASE("what was tried to show a failure again") {
    struct row {
        const char* repro;
        std::uint64_t runs, failures, alone;
        const char* expected;
        std::uint64_t alone_failures = 0;
    };
    const row table[] = {
        {"", 0, 0, 150, "no command shows it each time: alone it failed 2 of 150 runs\n", 2},
        {"", 0, 0, 0, ""},
        {"", 0, 0, 1, "not reproduced alone: 0 of 1 run\n"},
        {"", 0, 0, 150, "not reproduced alone: 0 of 150 runs\n"},
        {"", 880, 0, 150, "not reproduced alone: 0 of 150 runs, nor among the others: 0 of 880\n"},
        {"./tests", 16, 4, 0, "reproduced 4 of 16\n"},
        {"./tests -j2", 880, 341, 12, "reproduced 341 of 880 among the others; alone 0 of 12\n"},
    };
    const std::string indent(30, ' ');
    for (const row& each : table) {
        flake_summary found;
        found.runs = 60;
        found.repro = each.repro;
        found.repro_runs = each.runs;
        found.repro_failures = each.failures;
        found.alone_runs = each.alone;
        found.alone_failures = each.alone_failures;
        std::string expected = std::string(20, ' ') + "runs      0 of 60 failed\n";
        if (*each.repro != '\0') expected += std::string(20, ' ') + "again     " + each.repro + "\n";
        if (*each.expected != '\0') expected += indent + each.expected;
        CHECK(written(found) == expected);
    }
}

TEST_CASE("a rate is told where a test both passed and failed, workers where they were counted") {
    const auto rates = [](std::uint64_t failures, std::uint64_t runs, std::uint64_t workers) {
        flake_summary found;
        found.runs = runs;
        found.failures = failures;
        found.low = 0.01;
        found.high = 0.5;
        found.workers = workers;
        const std::string text = written(found);
        return text.substr(30, text.size() - 31);
    };
    CHECK(rates(0, 60, 0) == "0 of 60 failed");
    CHECK(rates(60, 60, 1) == "60 of 60 failed, over 1 worker");
    CHECK(rates(3, 4603, 12) == "3 of 4,603 failed: 0.07 %, 95 % sure from 1.0 % to 50.0 %, over 12 workers");
}

TEST_CASE("in short: the cause, the place and the command") {
    const auto in_short = [](const flake_summary& found) {
        std::string text;
        text::write_flake_shortly(text, found, text::theme_of({}));
        return text;
    };
    CHECK(in_short(of_everything()) ==
          "  timing (pulses=10ms), cache_test.cpp:49: ./tests 'writes back' --flake-detect=13");
    CHECK(in_short(of_a_victim()) == "  victim (after order/polluter 1): ./tests victim polluter --isolate=shard -j1");
    flake_summary unknown;
    CHECK(in_short(unknown).empty());
    unknown.signatures = {{"CHECK(a) at a.cpp:1", 2}};
    CHECK(in_short(unknown) == "  a.cpp:1");
}
