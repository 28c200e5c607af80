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
