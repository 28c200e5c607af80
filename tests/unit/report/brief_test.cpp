#include <doctest/doctest.h>

#include <cordon/engine/report/brief/brief.hpp>

#include "scripted_run.hpp"

using namespace scripted;

namespace {

std::string brief_of(const run& script) {
    string_output output;
    report::brief_report report(output);
    script.feed(report);
    CHECK(output.text.size() <= 2048);
    return output.text;
}

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

attempt_result failed_check(std::size_t test, std::string expression, std::string left, unsigned line) {
    attempt_result failed = run::attempt(test, ending::failed, ms(3));
    failed.failed_assertions = 1;
    failed.failures.push_back(run::comparison(std::move(expression), std::move(left), "200"));
    failed.failures.back().line = line;
    return failed;
}

std::string_view name_of_test(std::size_t number) {
    static const vector<std::string> names = [] {
        vector<std::string> all;
        for (std::size_t i = 0; i < 500; ++i)
            all.push_back("case " + std::to_string(i));
        return all;
    }();
    return names[number];
}

/// 500 failures of 80 lines each, of 100 kinds; verdicts come in the order that `at` gives.
template <class Order>
run of_many_failures(Order at) {
    run script;
    for (std::size_t i = 0; i < 500; ++i)
        script.add("suite", name_of_test(i));
    script.start();
    for (std::size_t i = 0; i < 500; ++i) {
        const std::size_t test = at(i);
        attempt_result failed = failed_check(test, "status == 200", std::to_string(test % 100), 10);
        failed.failures.back().line = static_cast<std::uint32_t>(test % 100);
        failed.failures.back().message = std::string(4000, 'm');
        std::string lines;
        for (int line = 0; line < 80; ++line)
            lines += "line " + std::to_string(line) + " of the output\n";
        failed.output.pieces.push_back(run::piece(stream::out, lines));
        script.fail(failed);
    }
    script.finish(ms(100));
    return script;
}

}  // namespace

TEST_CASE("a run that passed takes a line") {
    run script;
    script.add("", "first");
    script.add("", "second");
    script.start();
    script.pass(0, ms(1));
    script.pass(1, ms(1));
    script.finish(ms(2));
    CHECK(brief_of(script) == "2 tests: 2 passed\n");
}

TEST_CASE("a failure says what, where, why and the command") {
    run script;
    script.add("http", "gets a page");
    script.add("http", "passes");
    script.start();
    script.fail(failed_check(0, "status == 200", "500", 41));
    script.pass(1, ms(1));
    script.finish(ms(2));
    CHECK(brief_of(script) ==
          "2 tests: 1 passed, 1 failed\n"
          "\n"
          "CHECK(status == 200): 500 == 200\n"
          "  http/gets a page\n"
          "  tests/sample.cpp:41  CHECK(status == 200)\n"
          "    values    500 == 200\n"
          "\n"
          "run again: ./tests 'gets a page'\n"
          "all details: add --report console, or -v for whole values and output\n");
}

TEST_CASE("one place with several values is one cause, and so is one check with the same values in several places") {
    run script;
    for (const char* name : {"a", "b", "c", "d", "e"})
        script.add("http", name);
    script.start();
    script.fail(failed_check(0, "status == 200", "500", 41));
    script.fail(failed_check(1, "status == 200", "404", 41));
    script.fail(failed_check(2, "status == 200", "500", 77));
    script.fail(failed_check(3, "status == 200", "301", 99));
    script.fail(failed_check(4, "size == 200", "500", 41));
    script.finish(ms(2));
    const std::string text = brief_of(script);
    CHECK(holds(text, "3 tests: CHECK(status == 200): 500 == 200\n  http/a, http/b, http/c\n"));
    CHECK(holds(text, "\nCHECK(status == 200): 301 == 200\n  http/d\n"));
    CHECK(holds(text, "\nCHECK(size == 200): 500 == 200\n  http/e\n"));
}

TEST_CASE("a crash is grouped by its place, and times and process ids are left out") {
    run script;
    script.add("", "first");
    script.add("", "second");
    script.add("", "hangs");
    script.start();
    for (const std::size_t test : {std::size_t{0}, std::size_t{1}}) {
        attempt_result crashed = run::attempt(test, ending::crashed, ms(7));
        crashed.signal = 11;
        crashed.signal_name = "SIGSEGV";
        crashed.signal_meaning = "invalid memory reference";
        crashed.stacks.emplace_back();
        crashed.stacks.back().frames.emplace_back();
        crashed.stacks.back().frames.back().function = "parse(char const*)";
        crashed.stacks.back().frames.back().file = "src/parse.cpp";
        crashed.stacks.back().frames.back().line = 41;
        script.fail(crashed);
    }
    attempt_result hung = run::attempt(2, ending::timed_out, ms(7123));
    hung.left.items.push_back({leftover_kind::process, "sleep 100 (4711)"});
    script.fail(hung);
    script.finish(ms(2));
    const std::string text = brief_of(script);
    CHECK(holds(text, "2 tests: crashed: SIGSEGV (invalid memory reference) in parse(char const*) (parse.cpp:41)\n"));
    CHECK(holds(text, "\ntimed out (limit 7.00 s)\n  hangs\n"));
    CHECK(!holds(text, "7.12"));
    CHECK(!holds(text, "4711"));
}

TEST_CASE("500 failures of 80 lines fit, and the order in which tests finish does not matter") {
    const std::string forward = brief_of(of_many_failures([](std::size_t i) { return i; }));
    const std::string backward = brief_of(of_many_failures([](std::size_t i) { return 499 - i; }));
    CHECK(forward == backward);
    CHECK(holds(forward, "500 tests: 500 failed\n"));
    CHECK(holds(forward, "\n5 tests: CHECK(status == 200): 0 == 200\n"));
    CHECK(holds(forward, " more causes in 4"));
    CHECK(holds(forward, "\nrun the first "));
}

TEST_CASE("long names, paths and messages do not break the limit") {
    for (const char* letter : {"x", "\xE2\x82\xAC", "\xCC\x81", "\x01", "\xFF"}) {
        CAPTURE(letter);
        std::string longest;
        for (int i = 0; i < 5000; ++i)
            longest += letter;
        run script;
        script.info.program = "/" + longest;
        for (int i = 0; i < 50; ++i)
            script.add(longest, longest);
        script.start();
        for (std::size_t i = 0; i < 50; ++i) {
            attempt_result failed = failed_check(i, longest + std::to_string(i), longest, 1);
            failed.failures.back().message = longest;
            failed.failures.back().file = longest;
            failed.output.pieces.push_back(run::piece(stream::err, longest));
            script.events.push_back(notice{notice::level::warning, longest});
            script.fail(failed);
        }
        script.finish(ms(2), 0, longest);
        const std::string text = brief_of(script);
        CHECK(holds(text, "50 tests: 50 failed\n"));
        CHECK(holds(text, "and 48 more messages\n"));
        CHECK(holds(text, "run the first "));
    }
}

TEST_CASE("flaky tests come after failures, with the command that was found") {
    run script;
    script.info.repeats = true;
    script.info.flaky = flaky_policy::pass;
    script.add("", "flaky");
    script.add("", "fails");
    script.start();
    script.end(failed_check(0, "status == 200", "500", 1));
    flake_summary found;
    found.test = 0;
    found.runs = 60;
    found.failures = 3;
    found.repro = "./tests flaky -j4 --flake-detect=60";
    script.events.push_back(flake_found{found});
    script.verdict_is(0, verdict::flaky, "failed 3 of 60 runs");
    script.fail(failed_check(1, "size == 200", "500", 41));
    script.finish(ms(2));
    const std::string text = brief_of(script);
    CHECK(text.find("CHECK(size == 200)") < text.find("flaky: CHECK(status == 200)"));
    CHECK(holds(text, "run again: ./tests flaky fails\n"));
}

TEST_CASE("--failed is the command if the history knows the failures") {
    run script;
    script.info.remembers = true;
    script.add("", "first");
    script.add("", "second");
    script.start();
    script.fail(failed_check(0, "status == 200", "500", 1));
    script.fail(failed_check(1, "size == 200", "500", 41));
    script.finish(ms(2));
    CHECK(holds(brief_of(script), "run again: ./tests --failed\n"));
}

TEST_CASE("tests that did not run are counted, and the report says why") {
    run script;
    script.add("", "first");
    script.add("", "second");
    script.start();
    script.fail(failed_check(0, "status == 200", "500", 1));
    script.finish(ms(2), 0, "stopped after the first failed test");
    const std::string text = brief_of(script);
    CAPTURE(text);
    CHECK(holds(text,
                "2 tests: 1 failed, 1 not run\nstopped after the first failed test; 1 test was not run to its end\n"));
}
