#include <doctest/doctest.h>
#include <cordon/engine/os/system.hpp>
#include <cordon/engine/run/attempt.hpp>

#include <string>

using namespace cordon::engine;
using namespace cordon::engine::run;
using wire::finish;
using wire::stopped_by;

namespace {

cordon::engine::optional<wire::finished> said(finish how) {
    wire::finished made;
    made.how = how;
    return made;
}

cordon::engine::optional<wire::ended> process(bool by_signal, int code, stopped_by why = stopped_by::itself,
                                              std::uint32_t orphans = 0) {
    wire::ended made;
    made.by_signal = by_signal;
    made.code = code;
    made.why = why;
    made.orphans = orphans;
    return made;
}

constexpr bool by_signal = true;
constexpr bool by_exit = false;

}  // namespace

TEST_CASE("what a test leaves behind is gathered from it and from its worker") {
    attempt one;
    wire::left_behind inside;
    inside.items = {{leftover_kind::descriptor, "3 (/dev/null)"}, {leftover_kind::file, "notes"}};
    one.on(inside);
    CHECK(one.result.left.any_fault());
    wire::ended end = *process(by_exit, 0, stopped_by::itself, 2);
    end.orphan_commands = {"sleep 100 (4)"};
    one.on(end);
    CHECK(one.complete());
    CHECK(one.result.left.count(leftover_kind::descriptor) == 1);
    CHECK(one.result.left.count(leftover_kind::file) == 1);
    CHECK(one.result.left.count(leftover_kind::thread) == 0);
    CHECK(one.result.left.count(leftover_kind::process) == 2);
    REQUIRE(one.result.left.items.size() == 3);
    CHECK(one.result.left.items[2].what == "sleep 100 (4)");
}

TEST_CASE("files in its temporary folder are no fault of a test") {
    attempt one;
    wire::left_behind inside;
    inside.items = {{leftover_kind::file, "notes"}};
    one.on(inside);
    CHECK_FALSE(one.result.left.any_fault());
}

TEST_CASE("what was seen of it is what it said and what its worker saw") {
    attempt one;
    CHECK_FALSE(one.what_was_seen().said);
    CHECK_FALSE(one.what_was_seen().process);
    one.process = process(by_signal, 6, stopped_by::cancelled);
    one.process->out_of_memory = true;
    const seen outside = one.what_was_seen();
    CHECK(outside.process->by_signal);
    CHECK(outside.process->code == 6);
    CHECK(outside.process->why == stopped_by::cancelled);
    CHECK_FALSE(outside.process->cut_short);
    CHECK(outside.memory_refused);
    one.process->cut_short = true;
    CHECK(one.what_was_seen().process->cut_short);
    one.said = said(finish::skipped);
    one.said->reason = "no network";
    const seen inside = one.what_was_seen();
    CHECK(*inside.said == finish::skipped);
    CHECK(inside.skipped_because == "no network");
    // What it says of its memory counts for more than how its process ended.
    CHECK_FALSE(inside.memory_refused);
    one.said->out_of_memory = true;
    CHECK(one.what_was_seen().memory_refused);
}

TEST_CASE("when nothing more will come") {
    attempt one;
    CHECK_FALSE(one.complete());
    one.said = said(finish::passed);
    CHECK_FALSE(one.complete());  // its process may yet end badly
    one.moved_on = true;
    CHECK(one.complete());
    one.said->has_output = true;
    CHECK_FALSE(one.complete());
    one.output_complete = true;
    CHECK(one.complete());
    attempt other;
    other.process = process(by_exit, 0);
    CHECK(other.complete());
    attempt third;
    third.moved_on = third.output_complete = true;
    CHECK_FALSE(third.complete());
}

TEST_CASE("times and figures of an attempt with a process of its own") {
    attempt one;
    one.said = said(finish::passed);
    one.said->started = duration(1000 + 70);
    one.said->ended = duration(1000 + 90);
    one.said->assertions = 5;
    one.said->failed_assertions = 1;
    one.said->failures_dropped = 2;
    wire::ended end = *process(by_signal, 11, stopped_by::itself, 6);
    end.pid = 77;
    end.forked = duration(1000 + 50);
    end.gone = duration(1000 + 125);
    end.usage.user = duration(3);
    end.usage.system = duration(4);
    end.usage.max_rss_bytes = 5;
    end.usage.minor_faults = 6;
    end.usage.major_faults = 7;
    end.usage.voluntary_switches = 8;
    end.usage.involuntary_switches = 9;
    one.on(end);
    one.fill(duration(1000));
    CHECK(one.result.started == duration(70));
    CHECK(one.result.took == duration(20));
    CHECK(one.result.spawn == duration(20));
    CHECK(one.result.cleanup == duration(35));
    CHECK(one.result.assertions == 5);
    CHECK(one.result.failed_assertions == 1);
    CHECK(one.result.failures_dropped == 2);
    CHECK(one.result.pid == 77);
    CHECK(one.result.signal == 11);
    CHECK(one.result.exit_code == no_exit_code);
    CHECK(one.result.usage.user == duration(3));
    CHECK(one.result.usage.system == duration(4));
    CHECK(one.result.usage.max_rss_bytes == 5);
    CHECK(one.result.usage.minor_faults == 6);
    CHECK(one.result.usage.major_faults == 7);
    CHECK(one.result.usage.voluntary_switches == 8);
    CHECK(one.result.usage.involuntary_switches == 9);
    CHECK(one.result.left.processes == 6);
}

TEST_CASE("times of a test that never said a word count to the end of its process") {
    attempt one;
    one.process = process(by_exit, 3);
    one.process->forked = duration(50);
    one.process->started = duration(60);
    one.process->gone = duration(100);
    wire::failed_assertion failed;
    failed.what.macro = "CHECK";
    one.on(failed);
    failed.what.macro = "WARN";
    failed.what.kind = failure_kind::warning;
    one.on(failed);
    failed.what.macro.clear();
    failed.what.kind = failure_kind::exception;
    one.on(failed);
    one.fill(duration(0));
    CHECK(one.result.started == duration(60));
    CHECK(one.result.took == duration(40));
    CHECK(one.result.spawn == duration(10));
    CHECK(one.result.cleanup == duration(0));
    CHECK(one.result.exit_code == 3);
    CHECK(one.result.signal == 0);
    CHECK(one.result.failures.size() == 3);
    CHECK(one.result.failed_assertions == 1);
    CHECK(one.result.assertions == 1);

    attempt never_began;
    never_began.process = process(by_signal, 9);
    never_began.process->forked = duration(50);
    never_began.process->gone = duration(80);
    never_began.fill(duration(0));
    CHECK(never_began.result.started == duration(50));
    CHECK(never_began.result.spawn == duration(0));
    CHECK(never_began.result.took == duration(30));
}

TEST_CASE("a failed assertion that the test does not know of fails it all the same") {
    struct row {
        finish said;
        failure_kind kind;
        ending how;
    };
    const row table[] = {
        {finish::passed, failure_kind::assertion, ending::failed},
        {finish::passed, failure_kind::exception, ending::failed},
        {finish::passed, failure_kind::warning, ending::passed},
        {finish::skipped, failure_kind::assertion, ending::failed},
        {finish::skipped, failure_kind::warning, ending::skipped},
    };
    for (const row& each : table) {
        attempt one;
        one.said = said(each.said);
        one.said->assertions = 3;
        one.process = process(by_exit, 0);
        wire::failed_assertion failed;
        failed.what.kind = each.kind;
        failed.what.macro = "CHECK";
        one.on(failed);
        CHECK(ending_of(one.what_was_seen()).how == each.how);
        one.fill(duration(0));
        const std::uint64_t counted = each.kind == failure_kind::warning ? 0 : 1;
        CHECK(one.result.failed_assertions == counted);
        CHECK(one.result.assertions == 3 + counted);
    }
}

TEST_CASE("an attempt in a process that goes on has no process figures") {
    attempt one;
    one.said = said(finish::passed);
    one.said->started = duration(10);
    one.said->ended = duration(15);
    one.fill(duration(4));
    CHECK(one.result.started == duration(6));
    CHECK(one.result.took == duration(5));
    CHECK(one.result.pid == 0);
    CHECK(one.result.exit_code == no_exit_code);
}

TEST_CASE("output is collected piece by piece") {
    attempt one;
    wire::output first{1, stream::out, 0, false, "head"};
    wire::output second{1, stream::err, 100, false, "tail"};
    one.on(first);
    one.on(second);
    CHECK(one.result.output.pieces.size() == 2);
    CHECK(one.result.output.dropped == 100);
    CHECK(one.result.output.text(stream::out) == "head\n[... 100 bytes left out ...]\n");
    CHECK(one.result.output.truncated());
}

TEST_CASE("the worst of two endings") {
    const ending order[] = {ending::passed, ending::skipped,    ending::lost,   ending::leaked,    ending::exit_failure,
                            ending::failed, ending::over_limit, ending::exited, ending::timed_out, ending::crashed};
    for (std::size_t better = 0; better < 10; ++better) {
        for (std::size_t worse = better; worse < 10; ++worse) {
            CHECK(worst_of(order[better], order[worse]) == order[worse]);
            CHECK(worst_of(order[worse], order[better]) == order[worse]);
        }
    }
}

namespace {

void enter(attempt& of, std::uint32_t depth, const char* name) {
    wire::entered message;
    message.depth = depth;
    message.name = name;
    of.on(message);
}

void pass(attempt& of, finish how, bool leaf = true, int took = 1) {
    wire::pass_over message;
    message.how = how;
    message.leaf = leaf;
    message.took = duration(took);
    message.passed_assertions = 5;
    of.on(message);
}

void end_piece(attempt& of, int signal, int took) {
    wire::ended message;
    message.by_signal = true;
    message.code = signal;
    message.started = duration(100);
    message.gone = duration(100 + took);
    message.orphans = 1;
    message.goes_on = true;
    of.on(message);
    of.go_on(duration{0}, 0);
}

std::string leaves_of(attempt& of) {
    of.fill_leaves();
    std::string all;
    for (const leaf_result& each : of.result.leaves) {
        for (const std::string& name : each.path)
            all += "/" + name;
        all += " " + std::string(name_of(each.how)) + " " + std::to_string(each.took.count()) + "; ";
    }
    return all;
}

}  // namespace

TEST_CASE("passes through subcases become leaves") {
    attempt made;
    made.said = said(finish::failed);
    enter(made, 0, "a");
    enter(made, 1, "b");
    pass(made, finish::passed);
    enter(made, 0, "a");
    enter(made, 1, "c");
    pass(made, finish::failed);
    enter(made, 0, "a");
    pass(made, finish::passed, false);
    CHECK(leaves_of(made) == "/a/b passed 1; /a/c failed 1; ");
    CHECK_FALSE(made.result.leaves_cut);
}

TEST_CASE("a test without subcases has no leaves, however it ends") {
    attempt made;
    made.result.how = ending::crashed;
    CHECK(leaves_of(made).empty());
    CHECK_FALSE(made.result.leaves_cut);
}

TEST_CASE("an attempt of several processes") {
    attempt made;
    enter(made, 0, "a");
    pass(made, finish::passed, true, 10);
    enter(made, 0, "b");
    end_piece(made, 11, 30);
    CHECK_FALSE(made.complete());
    enter(made, 0, "c");
    end_piece(made, 6, 7);
    CHECK_FALSE(made.complete());
    REQUIRE(made.pieces.size() == 2);
    CHECK(made.pieces[0].how == ending::crashed);
    CHECK(made.pieces[0].passed_assertions == 5);
    CHECK(made.pieces[1].passed_assertions == 0);
    enter(made, 0, "d");
    made.result.how = ending::exited;
    made.result.took = duration(3);
    CHECK(leaves_of(made) == "/a passed 10; /b crashed 20; /c crashed 7; /d exited 3; ");
    CHECK(made.result.leaves_cut);
    CHECK(made.result.left.processes == 2);
}

TEST_CASE("words about subcases that make no sense do no harm") {
    attempt made;
    enter(made, 4'000'000'000u, "deep");
    enter(made, 7, "deeper");
    pass(made, finish::passed);
    pass(made, finish::passed);
    made.said = said(finish::passed);
    CHECK(leaves_of(made) == "/deep/deeper passed 1;  passed 1; ");
}

TEST_CASE("of very many subcases those that did not pass are kept") {
    attempt made;
    made.said = said(finish::failed);
    for (std::size_t i = 0; i < leaf_track::most_kept + 10; ++i) {
        enter(made, 0, "a");
        pass(made, finish::passed);
    }
    enter(made, 0, "bad");
    pass(made, finish::failed);
    made.fill_leaves();
    CHECK(made.result.leaves.size() == leaf_track::most_kept + 1);
    CHECK(made.result.leaves.back().how == ending::failed);
}
