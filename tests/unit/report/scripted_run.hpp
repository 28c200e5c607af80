#pragma once

#include <cordon/engine/base/text_output.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/model/run_judge.hpp>
#include <cordon/engine/model/sink.hpp>

#include <memory>
#include <string>
#include <utility>

// A run written down by hand, to feed reporters with.

namespace scripted {

using namespace cordon::engine;

template <class Count>
duration us(Count count) {
    return std::chrono::microseconds(static_cast<std::int64_t>(count));
}
template <class Count>
duration ms(Count count) {
    return std::chrono::milliseconds(static_cast<std::int64_t>(count));
}
inline duration seconds_of(int count) { return std::chrono::seconds(count); }

/// Keeps what a report writes, and how often it wrote.
class string_output final : public text_output {
  public:
    void write(std::string_view more) override {
        text += more;
        ++writes;
    }
    std::size_t columns() override { return width; }

    std::string text;
    std::size_t writes = 0;
    std::size_t width = 0;
};

class run {
  public:
    run() {
        info.started_at = "2024-05-06T07:08:09Z";
        info.seed = 42;
        info.jobs = 2;
        info.command_line = {"./tests", "-j2"};
        info.build_id = "b01dface";
        info.os = "linux";
        info.arch = "x86_64";
        info.cpus = 2;
        info.slow_after = std::chrono::seconds(5);
        info.timeout = std::chrono::seconds(7);
        info.program = "./tests";
    }

    std::size_t add(std::string_view suite, std::string_view name, unsigned line = 10,
                    vector<std::string_view> tags = {}) {
        test_info test;
        test.suite = suite;
        test.name = name;
        test.file = "tests/sample.cpp";
        test.line = line;
        test.tags = std::move(tags);
        list->tests.push_back(test);
        list->hash = list->hash * 31 + name.size();
        return list->tests.size() - 1;
    }

    /// An attempt with figures that a real one could have.
    static attempt_result attempt(std::size_t test, ending how, duration took) {
        attempt_result result;
        result.test = test;
        result.how = how;
        result.exit_code = 0;
        result.pid = 4000 + static_cast<int>(test);
        result.slot = static_cast<std::uint32_t>(test % 2);
        result.seed = 7;
        result.started = ms(10 * test);
        result.took = took;
        result.spawn = us(90);
        result.cleanup = us(30);
        result.usage = {us(200), us(50), 3'500'000, 60, 1, 2, 3};
        result.left.inside_seen = how == ending::passed || how == ending::failed;
        result.left.threads_seen = result.left.inside_seen;
        result.assertions = 3;
        return result;
    }

    static failure comparison(std::string expression, std::string left, std::string right, std::string op = "==") {
        failure wrong;
        wrong.macro = "CHECK";
        wrong.expression = std::move(expression);
        wrong.left = std::move(left);
        wrong.op = std::move(op);
        wrong.right = std::move(right);
        wrong.file = "tests/sample.cpp";
        wrong.line = 21;
        return wrong;
    }

    static output_piece piece(stream from, std::string text, std::uint64_t dropped = 0) {
        return {from, std::move(text), dropped};
    }

    void start() {
        selected.clear();
        for (std::size_t i = 0; i < list->tests.size(); ++i) {
            selected.push_back(i);
        }
        events.push_back(run_started{info, list, selected, {}});
        events.push_back(worker_started{0, 3998, ms(1), us(1400), false});
        events.push_back(worker_started{1, 3999, ms(1), us(1300), false});
    }
    /// As if its tests had been run in a random order.
    void shuffle() {
        info.shuffled = true;
        events[0].get_if<run_started>()->info.shuffled = true;
    }
    void begin(std::size_t test, duration at, std::uint32_t number = 1) {
        events.push_back(attempt_started{test, number, 0, 4000, at});
    }
    void end(attempt_result result) { events.push_back(attempt_ended{std::move(result)}); }
    void verdict_is(std::size_t test, verdict what, std::string reason = {}) {
        events.push_back(test_finished{test, what, std::move(reason)});
    }
    void pass(std::size_t test, duration took) {
        begin(test, ms(10 * test));
        end(attempt(test, ending::passed, took));
        verdict_is(test, verdict::passed);
    }
    void fail(attempt_result result) {
        const std::size_t test = result.test;
        begin(test, result.started);
        end(std::move(result));
        verdict_is(test, verdict::failed);
    }
    void finish(duration took, int cancelled_by = 0, std::string stopped = {}) {
        events.push_back(run_finished{took, cancelled_by, std::move(stopped), 5'000'000, false});
    }

    void feed(sink& sink) const {
        run_judge judge;
        for (const event& happened : events) {
            const optional<event> judged = judge.judged(happened);
            sink.on(judged ? *judged : happened);
        }
        const status done = sink.finish();
        if (!done) throw std::string("a report that writes to memory failed");
    }

    run_info info;
    std::shared_ptr<test_list> list = std::make_shared<test_list>();
    vector<std::size_t> selected;
    vector<event> events;
};

/// A run with an example of everything that a user meets.
inline run of_everything() {
    run script;
    const auto sum = script.add("math", "sum adds", 12, {"math", "fast"});
    const auto compare = script.add("math", "compares numbers", 20, {"math"});
    const auto words = script.add("text", "joins words", 30);
    const auto poem = script.add("text", "keeps a poem as it is", 40);
    const auto list = script.add("containers", "sorts", 50);
    const auto crash = script.add("memory", "reads a freed block", 60);
    const auto hang = script.add("net", "waits for the server", 70, {"slow"});
    const auto leaves = script.add("process", "exits in the middle", 80);
    const auto flaky = script.add("net", "connects", 90);
    const auto skipped = script.add("net", "needs a network", 100);
    const auto todo = script.add("", "will be written", 110);
    const auto known = script.add("math", "divides by zero", 120);
    const auto surprise = script.add("math", "was broken once", 130);
    const auto lost = script.add("process", "never came back", 140);
    const auto slow = script.add("io", "reads a big file", 150);
    const auto later = script.add("io", "comes last", 160);
    script.start();

    script.pass(sum, us(120));

    attempt_result numbers = run::attempt(compare, ending::failed, us(340));
    numbers.failed_assertions = 2;
    numbers.failures.push_back(run::comparison("sum(2, 2) == 5", "4", "5"));
    numbers.failures.back().subcase = {"two terms", "positive"};
    numbers.failures.back().info = {"a := 2", "b := 2"};
    numbers.failures.push_back(run::comparison("ratio < 1", "1.5", "1", "<"));
    numbers.failures.back().line = 27;
    numbers.failures.back().message = "ratios are below one";
    script.fail(numbers);

    attempt_result joined = run::attempt(words, ending::failed, ms(2));
    joined.failed_assertions = 1;
    joined.failures.push_back(
        run::comparison("join(words) == \"alpha, beta, gamma\"", "\"alpha, beta; gamma\"", "\"alpha, beta, gamma\""));
    joined.output.pieces.push_back(run::piece(stream::out, "joining 3 wo"));
    joined.output.pieces.push_back(run::piece(stream::err, "warning: odd separator\n"));
    joined.output.pieces.push_back(run::piece(stream::out, "rds\n\x1b[32mdone\x1b[0m\n"));
    script.fail(joined);

    attempt_result verses = run::attempt(poem, ending::failed, ms(3));
    verses.failed_assertions = 1;
    verses.failures.push_back(
        run::comparison("copy == poem", "\"one\\ntwo\\nthree\\nfour\\nfive\\nsix\\nseven\\nacht\\nnine\\nten \\n\"",
                        "\"one\\ntwo\\nthree\\nfour\\nfive\\nsix\\nseven\\neight\\nnine\\nten\\n\""));
    script.fail(verses);

    attempt_result sorted = run::attempt(list, ending::failed, ms(4));
    sorted.failed_assertions = 1;
    sorted.failures.push_back(run::comparison(
        "sorted(values) == expected", "[100, 200, 300, 400, 500, 600, 700, 801, 900, 1000, 1100, 1200, 1300, 1400]",
        "[100, 200, 300, 400, 500, 600, 700, 800, 900, 1000, 1100, 1200, 1300, 1400]"));
    script.fail(sorted);

    attempt_result freed = run::attempt(crash, ending::crashed, ms(1));
    freed.signal = 11;
    freed.signal_name = "SIGSEGV";
    freed.signal_meaning = "invalid memory reference";
    freed.exit_code = no_exit_code;
    freed.output.pieces.push_back(run::piece(stream::err, "about to read\n"));
    script.fail(freed);

    attempt_result waits = run::attempt(hang, ending::timed_out, ms(2003));
    waits.signal = 9;
    waits.signal_name = "SIGKILL";
    waits.exit_code = no_exit_code;
    script.fail(waits);

    attempt_result exits = run::attempt(leaves, ending::exited, ms(1));
    script.fail(exits);

    attempt_result first = run::attempt(flaky, ending::failed, ms(20));
    first.of = 3;
    first.failed_assertions = 1;
    first.failures.push_back(run::comparison("connect()", "false", "", ""));
    script.begin(flaky, ms(90));
    script.end(first);
    attempt_result second = run::attempt(flaky, ending::passed, ms(22));
    second.of = 3;
    second.number = 2;
    script.begin(flaky, ms(120), 2);
    script.end(second);
    script.verdict_is(flaky, verdict::flaky);

    attempt_result skips = run::attempt(skipped, ending::skipped, us(80));
    skips.reason = "no route to the host";
    script.end(skips);
    script.verdict_is(skipped, verdict::skipped, "no route to the host");
    script.verdict_is(todo, verdict::todo, "after the release");

    attempt_result divides = run::attempt(known, ending::crashed, ms(1));
    divides.signal = 8;
    divides.signal_name = "SIGFPE";
    divides.signal_meaning = "arithmetic error";
    script.end(divides);
    script.verdict_is(known, verdict::known_failure, "should_fail");

    script.end(run::attempt(surprise, ending::passed, ms(1)));
    script.verdict_is(surprise, verdict::unexpected_pass, "should_fail");

    attempt_result gone = run::attempt(lost, ending::lost, duration{});
    gone.reason = "the worker could not be started: too many open files";
    script.end(gone);
    script.verdict_is(lost, verdict::lost);

    attempt_result leaky = run::attempt(slow, ending::passed, ms(6120));
    leaky.left.processes = 1;
    leaky.left.items = {{leftover_kind::descriptor, "3 (/data/big\x1b[2J)"},
                        {leftover_kind::file, "copy"},
                        {leftover_kind::umask, "0077 (was 0022)"},
                        {leftover_kind::process, "reader --all (4711)"}};
    script.begin(slow, ms(140));
    script.end(leaky);
    script.verdict_is(slow, verdict::passed);
    script.verdict_is(later, verdict::not_run, "cancelled");
    script.finish(ms(4210));
    return script;
}

/// A run in which names, values and output try to break the report.
inline run of_hostile_bytes() {
    run script;
    const auto escapes =
        script.add("bad\x1b]0;title\x07suite", "clears \x1b[2J the screen\rand more", 1, {"a\x1b[31mb"});
    const auto invalid = script.add("", "broken \xff\xc0\x80 bytes and \xe6\x97 half", 2);
    const auto turned = script.add("bidi",
                                   "ab\xe2\x80\xae"
                                   "dc\xe2\x80\xac \xe2\x80\x8b\xef\xbb\xbf",
                                   3);
    const auto wide = script.add("\xe6\x97\xa5\xe6\x9c\xac", "\xe8\xaa\x9e e\xcc\x81 \xf0\x9f\x98\x80", 4);
    static const std::string long_name = "long " + std::string(600, 'x') + " end";
    const auto longest = script.add("", long_name, 5);
    const auto quoted = script.add("", "it's \"quoted\" \\ $HOME `ls` * ?", 6);
    const auto lines = script.add("", "two\nlines", 7);
    script.start();

    attempt_result first = run::attempt(escapes, ending::failed, ms(1));
    first.failed_assertions = 2;
    first.failures.push_back(run::comparison("a == b", "\"\\x1b[2J\"", "\"\x1b[2J\""));
    first.failures.push_back(run::comparison("c", "va\x1b[5Alue\nnext \x1b[1m line", "", ""));
    first.failures.back().message = "says\x07 this\nand\x9b that \xfe";
    first.failures.back().subcase = {"sub\x1b[Hcase"};
    first.failures.back().info = {"note\rover"};
    first.failures.back().file = "dir\x1b[2J/file.cpp";
    first.output.pieces = {
        run::piece(stream::out, "plain\tand tabs\n"),
        run::piece(stream::out, "\x1b[31mred\x1b[0m \x1b[2Jcleared \x1b]8;;http://x\x07link\x1b\\ \x1b[6n\n"),
        run::piece(stream::err, "10%\r20%\r100%\r\n"),
        run::piece(stream::out, std::string("\xff\xfe\x00 broken \xf0\x9f\n", 14)),
        run::piece(stream::out, "\x1b[1mbold without an end\n"),
        run::piece(stream::err, "after the gap, " + std::string(2100, 'y') + "\n", 123456),
        run::piece(stream::err, "no line end"),
    };
    first.output.dropped = 123456;
    script.fail(first);

    script.pass(invalid, us(5));
    script.pass(turned, us(5));
    script.pass(wide, seconds_of(75));
    attempt_result much = run::attempt(longest, ending::crashed, seconds_of(4000));
    much.signal = 6;
    much.exit_code = no_exit_code;
    for (int i = 0; i < 120; ++i) {
        much.output.pieces.push_back(run::piece(stream::out, "line " + std::to_string(i) + "\n"));
    }
    for (int i = 0; i < 30; ++i) {
        much.failures.push_back(run::comparison("i < " + std::to_string(i), std::to_string(i), "30", "<"));
    }
    much.failed_assertions = 100;
    much.assertions = 100;
    much.failures_dropped = 70;
    script.fail(much);
    script.fail(run::attempt(quoted, ending::over_limit, ms(1)));
    script.end(run::attempt(lines, ending::skipped, ms(1)));
    script.verdict_is(lines, verdict::skipped, "be\x1b[2Jcause\nof that");
    script.events.push_back(worker_lost{1, 3999, ms(1), "killed\x1b[2J"});
    script.events.push_back(notice{notice::level::warning, "odd\x1b[2J notice"});
    script.finish(ms(1000), 2, "cancelled by SIGINT");
    return script;
}

}  // namespace scripted
