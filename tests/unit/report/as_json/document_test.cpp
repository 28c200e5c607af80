#include <doctest/doctest.h>

#include <cordon/engine/report/as_json/document.hpp>

#include "unit/report/golden.hpp"
#include "unit/report/scripted_run.hpp"

using namespace scripted;

namespace {

std::string reported(const run& script) {
    string_output output;
    report::json_document json(output);
    script.feed(json);
    return output.text;
}

}  // namespace

TEST_CASE("the document of a run with everything in it") {
    check_golden("json/everything.json", reported(of_everything()));
}

TEST_CASE("the document of a run with hostile bytes") {
    check_golden("json/hostile.json", reported(of_hostile_bytes()));
}

TEST_CASE("an empty run, a shard, a cancelled run") {
    run script;
    script.info.shard = shard_choice{2, 3, false};
    script.info.started_at.clear();
    script.start();
    script.finish(ms(1), 0, "fail-fast: 1 test failed");
    check_golden("json/empty.json", reported(script));
}

TEST_CASE("tests come in the order of the list, attempts in the order of time") {
    run script;
    script.add("", "first");
    script.add("", "second");
    script.add("", "never selected");
    script.start();
    script.events[0].get_if<run_started>()->selected = {1, 0};
    script.pass(1, ms(1));
    attempt_result bad = run::attempt(0, ending::failed, ms(1));
    script.end(bad);
    script.pass(0, ms(1));
    script.finish(ms(2));
    const std::string text = reported(script);
    const std::size_t first = text.find("\"first\"");
    const std::size_t second = text.find("\"second\"");
    REQUIRE(first != std::string::npos);
    CHECK(first < second);
    CHECK(text.find("\"failed\"", first) < text.find("\"passed\"", text.find("\"attempts\"", first)));
    CHECK(text.find("never selected") == std::string::npos);
}

TEST_CASE("a hundred thousand passing tests are written in pieces") {
    run script;
    for (int i = 0; i < 20000; ++i) {
        script.add("suite", "name");
    }
    script.start();
    for (std::size_t i = 0; i < 20000; ++i) {
        script.pass(i, us(3));
    }
    script.finish(ms(9));
    string_output output;
    report::json_document json(output);
    script.feed(json);
    CHECK(output.writes > 100);
    CHECK(output.text.back() == '\n');
}

TEST_CASE("a failed comparison has the names of its sides, and what was expected if it should be false") {
    run script;
    attempt_result bad = run::attempt(script.add("", "a"), ending::failed, ms(1));
    bad.failures = {run::comparison("x == y", "1", "1"), run::comparison("f()", "\"b\"", "\"a\""),
                    run::comparison("x < y", "2", "1", "<")};
    bad.failures[0].macro = "CHECK_FALSE";
    bad.failures[1].macro = "CHECK_THROWS_WITH";
    script.start();
    script.fail(bad);
    script.finish(ms(2));
    const std::string text = reported(script);
    CHECK(text.find(R"("left_name": "left", "right_name": "right", "expected": "that left == right is false")") !=
          std::string::npos);
    CHECK(text.find(R"("left_name": "actual", "right_name": "expected", "expected": null)") != std::string::npos);
    CHECK(text.find(R"("left_name": "left", "right_name": "right", "expected": null)") != std::string::npos);
}

TEST_CASE("notices are in the document, in their order") {
    run script;
    script.start();
    script.events.push_back(notice{notice::level::warning, "one \"quoted\""});
    script.events.push_back(notice{notice::level::error, "two"});
    script.finish(ms(2));
    CHECK(reported(script).find(
              R"("notices": [{"level": "warning", "text": "one \"quoted\""}, {"level": "error", "text": "two"}])") !=
          std::string::npos);
}

TEST_CASE("a test that went wrong has its command, another one only where the rule would not do") {
    run script;
    script.info.command_line = {"/my path/tests", "-j2"};
    script.info.again = " --seed=7";
    script.pass(script.add("suite", "passes"), ms(1));
    script.pass(script.add("suite", "it's"), ms(1));
    attempt_result bad = run::attempt(script.add("suite", "fails"), ending::failed, ms(1));
    bad.leaves = {{{"outer", "in *"}, ending::failed, ms(1)}};
    script.events.clear();
    script.start();
    script.pass(0, ms(1));
    script.pass(1, ms(1));
    script.fail(bad);
    script.finish(ms(2));
    const std::string text = reported(script);
    CHECK(text.find(R"("rerun_prefix": "'/my path/tests' --seed=7")") != std::string::npos);
    CHECK(text.find(R"("command": "'/my path/tests' -j2")") != std::string::npos);
    CHECK(text.find(R"("rerun": null)") != std::string::npos);
    CHECK(text.find(R"("rerun": "'/my path/tests' --seed=7 'it'\\''s'")") != std::string::npos);
    CHECK(text.find(R"("rerun": "'/my path/tests' --seed=7 fails --subcase outer --subcase 'in \\*'")") !=
          std::string::npos);
}
