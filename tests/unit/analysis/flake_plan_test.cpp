#include <cordon/engine/analysis/flake_evidence.hpp>
#include <cordon/engine/analysis/flake_plan.hpp>
#include <cordon/engine/analysis/repeated_verdict.hpp>

#include <doctest/doctest.h>

using namespace cordon::engine;
using namespace cordon::engine::analysis;

namespace {

constexpr duration ms(std::int64_t count) { return std::chrono::milliseconds(count); }

flake_progress after(std::uint64_t runs, std::uint64_t failures, duration spent) {
    flake_progress made;
    made.counts = {runs, failures};
    made.spent = spent;
    return made;
}

attempt_result run_that(ending how, std::uint32_t line = 7) {
    attempt_result run;
    run.how = how;
    run.took = ms(1);
    if (how == ending::crashed) run.signal_name = "SIGSEGV";
    if (how == ending::failed) {
        failure wrong;
        wrong.macro = "CHECK";
        wrong.expression = "a == b";
        wrong.file = "x.cpp";
        wrong.line = line;
        run.failures.push_back(wrong);
    }
    return run;
}

}  // namespace

TEST_CASE("how many runs a test gets") {
    struct row {
        const char* what;
        flake_progress so_far;
        bool more;
    };
    const flake_goal goal{0, ms(700), false};
    const row rows[] = {
        {"nothing yet", after(0, 0, ms(0)), true},
        {"fast, passes, has share left", after(5000, 0, ms(600)), true},
        {"fast, passes, share used", after(5000, 0, ms(1049)), true},
        {"fast, passes, half a share more used", after(5000, 0, ms(1051)), false},
        {"slow, passes, the sequential test is open", after(59, 0, ms(59'000)), true},
        {"slow, passes, 60 runs and no time left", after(60, 0, ms(60'000)), false},
        {"slower, passes, to be careful", after(100, 0, ms(3000)), true},
        {"slower, passes, has been careful", after(300, 0, ms(3000)), false},
        {"always fails, few runs", after(9, 9, ms(90)), true},
        {"always fails, cheap", after(10, 10, ms(5)), true},
        {"always fails, cheap, certain", after(61, 61, ms(50)), false},
        {"always fails, each is dear, few runs", after(3, 3, ms(3000)), true},
        {"always fails, each is dear", after(4, 4, ms(4000)), false},
        {"flaky, rate is open", after(20, 2, ms(50)), true},
        {"flaky, rate is known", after(40, 10, ms(50)), false},
        {"flaky, share used", after(20, 2, ms(900)), false},
        {"one failure, share used, undecided", after(20, 1, ms(900)), true},
        {"one failure, far too slow", after(20, 1, ms(14'001)), false},
    };
    for (const row& each : rows) {
        CAPTURE(each.what);
        CHECK(wants_more_runs(each.so_far, goal) == each.more);
    }
    CHECK_FALSE(wants_more_runs(after(0, 0, ms(0)), {0, ms(700), true}));
}

TEST_CASE("a fast test gets the runs that show a failure in a thousand, on a busy machine as well") {
    CHECK(rare_runs == runs_needed(0.001, 0.99));
    const flake_goal goal{0, ms(700), false, ms(4000)};
    CHECK(wants_more_runs(after(2000, 0, ms(1500)), goal));
    CHECK(wants_more_runs(after(4602, 0, ms(3900)), goal));
    CHECK_FALSE(wants_more_runs(after(4603, 0, ms(3900)), goal));
    CHECK_FALSE(wants_more_runs(after(2000, 0, ms(2000)), goal));  // it would take 4.6 s
    CHECK_FALSE(wants_more_runs(after(2000, 1, ms(1500)), goal));
    CHECK(patience_of(ms(60'000), 1, 2) == ms(4000));
    CHECK(patience_of(ms(60'000), 900, 2) == ms(100));
}

TEST_CASE("a number of runs that was asked for is what a test gets") {
    const flake_goal goal{10, ms(1), false};
    CHECK(wants_more_runs(after(9, 9, ms(900)), goal));
    CHECK(wants_more_runs(after(9, 3, ms(900)), goal));
    CHECK_FALSE(wants_more_runs(after(10, 0, ms(0)), goal));
}

TEST_CASE("tests that skip themselves or get lost are given up") {
    flake_progress skips;
    skips.skipped = 3;
    CHECK_FALSE(wants_more_runs(skips, {0, ms(700), false}));
    flake_progress lost;
    lost.lost = 3;
    CHECK_FALSE(wants_more_runs(lost, {0, ms(700), false}));
}

TEST_CASE("turns are short, but of two runs where that is cheap") {
    CHECK(turn_size(after(0, 0, ms(0))) == 1);
    CHECK(turn_size(after(10, 0, ms(1))) == 40);
    CHECK(turn_size(after(1000, 0, ms(1))) == 64);
    CHECK(turn_size(after(10, 0, ms(100))) == 2);
    CHECK(turn_size(after(10, 0, ms(1000))) == 1);
}

TEST_CASE("a share is at most 0.7 s, and half of the session for all together") {
    CHECK(share_of(ms(60'000), 1, 2) == ms(700));
    CHECK(share_of(ms(60'000), 600, 2) == ms(100));
    CHECK(share_of(ms(60'000), 0, 2) == ms(700));
}

TEST_CASE("workers live some forty times as long as they take to start, the first ones shorter, late ones longer") {
    CHECK(is_worn_out(ms(13), ms(2), 0));
    CHECK_FALSE(is_worn_out(ms(11), ms(2), 0));
    CHECK_FALSE(is_worn_out(ms(99), ms(2), 16));
    CHECK(is_worn_out(ms(121), ms(2), 16));
    CHECK_FALSE(is_worn_out(ms(230), ms(2), 64));
    CHECK(is_worn_out(ms(501), ms(500), 50));
    CHECK_FALSE(is_worn_out(ms(4), duration(1), 50));
}

TEST_CASE("a crash is known by its innermost calls that have a name") {
    attempt_result run = run_that(ending::crashed);
    CHECK(text::signature_of(run) == "crashed: SIGSEGV");
    thread_stack stack;
    const auto call = [&stack](const char* function, const char* file, std::uint32_t line) {
        stack.frames.emplace_back();
        stack.frames.back().function = function;
        stack.frames.back().file = file;
        stack.frames.back().line = line;
    };
    call("parse(char const*)", "src/parse.cpp", 41);
    call("", "", 0);
    call("load()", "", 0);
    call("the test", "../tests/load_test.cpp", 9);
    call("beyond", "", 0);
    run.stacks.push_back(stack);
    CHECK(text::signature_of(run) ==
          "crashed: SIGSEGV in parse(char const*) (parse.cpp:41) < load() < the test (load_test.cpp:9)");
    run.how = ending::timed_out;  // where a test hangs differs from run to run
    CHECK(text::signature_of(run) == "timed_out");
}

TEST_CASE("evidence keeps a few failures of each kind and counts the rest") {
    flake_evidence seen;
    CHECK(seen.add(run_that(ending::passed), false, 1));
    CHECK_FALSE(seen.add(run_that(ending::passed), false, 1));
    int kept = 0;
    for (int i = 0; i < 100; ++i)
        kept += seen.add(run_that(ending::failed), true, 1) ? 1 : 0;
    kept += seen.add(run_that(ending::crashed), true, 1) ? 1 : 0;
    CHECK(kept == 3);
    REQUIRE(seen.signatures().size() == 2);
    CHECK(seen.signatures()[0].text == "CHECK(a == b) at x.cpp:7");
    CHECK(seen.signatures()[0].count == 100);
    CHECK(seen.signatures()[1].text == "crashed: SIGSEGV");
}

TEST_CASE("kinds beyond as many as are kept are counted together") {
    flake_evidence seen;
    for (std::uint32_t line = 1; line <= 50; ++line)
        seen.add(run_that(ending::failed, line), true, 1);
    CHECK(seen.signatures().size() == 8);
    std::uint64_t all = 0;
    for (const flake_signature& each : seen.signatures())
        all += each.count;
    CHECK(all == 50);
    CHECK(seen.signatures()[0].text == "others");
}

TEST_CASE("lost and skipped runs say nothing of the rate") {
    flake_evidence seen;
    seen.add(run_that(ending::lost), false, 1);
    seen.add(run_that(ending::skipped), false, 1);
    CHECK(seen.counts().runs == 0);
    CHECK(summary_of_runs(0, seen).category == flake_category::not_run);
}

TEST_CASE("what runs alone say of a test") {
    const auto category_of = [](auto fill) {
        flake_evidence seen;
        fill(seen);
        return std::string(name_of(summary_of_runs(0, seen).category));
    };
    const auto mixed = [](ending how) {
        return [how](flake_evidence& seen) {
            for (int i = 0; i < 20; ++i)
                seen.add(run_that(i % 2 == 0 ? how : ending::passed), i % 2 == 0, 1);
        };
    };
    CHECK(category_of([](flake_evidence& seen) { seen.add(run_that(ending::passed), false, 1); }) == "stable");
    CHECK(category_of([](flake_evidence& seen) { seen.add(run_that(ending::failed), true, 1); }) == "failing");
    CHECK(category_of(mixed(ending::failed)) == "flaky");
    CHECK(category_of(mixed(ending::crashed)) == "crash");
    CHECK(category_of(mixed(ending::timed_out)) == "timeout");
    const auto by_worker = [](flake_evidence& seen) {
        for (std::uint64_t worker = 1; worker <= 6; ++worker) {
            for (int i = 0; i < 4; ++i)
                seen.add(run_that(worker % 2 == 0 ? ending::crashed : ending::passed), worker % 2 == 0, worker);
        }
    };
    CHECK(category_of(by_worker) == "start_up");
}

TEST_CASE("messages are one kind whatever numbers stand in them") {
    attempt_result run;
    run.how = ending::failed;
    failure wrong;
    wrong.kind = failure_kind::exception;
    wrong.message = "no such key: 0x7ffe12 of 33\nmore";
    run.failures.push_back(wrong);
    CHECK(text::signature_of(run) == "no such key: #x#ffe# of #");
}

TEST_CASE("what counts as a failed run of a test that is declared to fail") {
    test_info plain, should, may;
    should.should_fail = true;
    may.may_fail = true;
    CHECK(run_failed(plain, run_that(ending::crashed)));
    CHECK_FALSE(run_failed(plain, run_that(ending::passed)));
    CHECK(run_failed(should, run_that(ending::passed)));
    CHECK_FALSE(run_failed(should, run_that(ending::failed)));
    CHECK(run_failed(may, run_that(ending::failed)));  // which it may do; that it does is a rate all the same
    CHECK_FALSE(run_failed(may, run_that(ending::passed)));
}

TEST_CASE("counts in words") {
    const auto counts_in_words = [](const run_counts& seen) {
        const interval where = known_rate(seen);
        return text::rate_in_words(seen, where.low, where.high);
    };
    CHECK(counts_in_words({60, 0}) == "0 of 60: under 4.9 %");
    CHECK(counts_in_words({3000, 0}) == "0 of 3000: under 0.10 %");
    CHECK(counts_in_words({10, 10}) == "10 of 10");
    CHECK(counts_in_words({50, 1}) == "1 of 50: 2.0 %, 95 % sure from 0.35 % to 10.5 %");
}
