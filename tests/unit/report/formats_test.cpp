#include <doctest/doctest.h>

#include <cordon/engine/report/formats.hpp>

#include "golden.hpp"
#include "scripted_run.hpp"

#include <memory>

using namespace scripted;

namespace {

std::string step_summary;

/// A step's summary that goes to `step_summary`.
class summary_output final : public text_output {
  public:
    void write(std::string_view more) override { step_summary += more; }
};

cordon::engine::owned<text_output> open_summary() { return cordon::engine::owned<text_output>(new summary_output); }

std::string reported(const char* name, const run& script, show_output shown = show_output::all) {
    string_output output;
    step_summary.clear();
    report::report_setup setup{name, {}, open_summary};
    setup.style.output = shown;
    const report::format* format = report::find_format(name);
    REQUIRE(format != nullptr);
    script.feed(*format->make(setup, output));
    return output.text;
}

run with_nonce(run script) {
    script.info.nonce = 7;
    script.events[0].get_if<run_started>()->info.nonce = 7;
    return script;
}

constexpr const char* names[] = {"brief",      "events",         "junit",          "tap",         "github",
                                 "teamcity",   "ctrf",           "trace",          "doctest-xml", "catch2-xml",
                                 "googletest", "googletest-xml", "googletest-json"};

std::size_t count_of(const std::string& text, std::string_view part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size()))
        ++count;
    return count;
}

}  // namespace

TEST_CASE("a run with everything in it, in every format") {
    const run script = with_nonce(of_everything());
    for (const char* name : names)
        check_golden(std::string("formats/everything.") + name, reported(name, script));
    reported("github", script);
    check_golden("formats/everything.md", step_summary);
}

TEST_CASE("hostile bytes, in every format") {
    const run script = with_nonce(of_hostile_bytes());
    for (const char* name : names)
        check_golden(std::string("formats/hostile.") + name, reported(name, script));
    reported("github", script);
    check_golden("formats/hostile.md", step_summary);
}

TEST_CASE("an empty run, in every format") {
    run script;
    script.start();
    script.finish(ms(1));
    for (const char* name : names)
        check_golden(std::string("formats/empty.") + name, reported(name, script));
}

TEST_CASE("a report that heard nothing says nothing") {
    for (const char* name : names) {
        CAPTURE(name);
        CHECK(reported(name, run()) == "");
    }
}

TEST_CASE("output is shown as --show-output says") {
    const run script = of_everything();
    for (const char* name : {"junit", "tap", "github", "teamcity", "ctrf", "trace"}) {
        CAPTURE(name);
        CHECK(reported(name, script, show_output::failed).find("about to read") != std::string::npos);
        CHECK(reported(name, script, show_output::never).find("about to read") == std::string::npos);
    }
}

TEST_CASE("the attempt of a flaky test that passed is shown with what it printed") {
    run script;
    const auto test = script.add("", "now and then");
    script.start();
    script.begin(test, ms(1));
    script.end(run::attempt(test, ending::failed, ms(1)));
    attempt_result second = run::attempt(test, ending::passed, ms(1));
    second.number = 2;
    second.output.pieces.push_back(run::piece(stream::out, "all is well\n"));
    script.begin(test, ms(2), 2);
    script.end(second);
    script.verdict_is(test, verdict::flaky);
    script.finish(ms(3));
    CHECK(reported("teamcity", script, show_output::failed).find("all is well") != std::string::npos);
    CHECK(reported("teamcity", script, show_output::never).find("all is well") == std::string::npos);
}

TEST_CASE("a trace holds the end of what was printed") {
    run script;
    const auto test = script.add("", "talks");
    script.start();
    attempt_result failed = run::attempt(test, ending::failed, ms(1));
    failed.output.pieces.push_back(run::piece(stream::err, std::string(20'000, 'x') + "the end\n"));
    script.fail(failed);
    script.finish(ms(1));
    const std::string text = reported("trace", script, show_output::failed);
    CHECK(text.find("the end") != std::string::npos);
    CHECK(text.size() < 6000);
}

TEST_CASE("formats with a place for it say that a test may leave quarantine") {
    run script;
    const auto test = script.add("", "settled");
    const auto young = script.add("", "not yet");
    script.start();
    script.pass(test, ms(1));
    script.pass(young, ms(1));
    for (event& each : script.events) {
        auto* finished = each.get_if<test_finished>();
        if (finished == nullptr) continue;
        finished->earlier.emplace();
        finished->earlier->runs = 40;
        finished->earlier->passed_in_a_row = finished->test == test ? 40 : 3;
    }
    script.finish(ms(3));
    for (const char* name : {"junit", "tap", "github", "teamcity", "ctrf"}) {
        CAPTURE(name);
        const std::string text = reported(name, script, show_output::failed) + step_summary;
        CHECK(count_of(text, "may leave quarantine") == 1);
        CHECK(text.find("41 passes in a row") != std::string::npos);
    }
}

TEST_CASE("a line of 10 MB is cut, its beginning and its end stay") {
    run script;
    const auto test = script.add("", "long");
    script.start();
    attempt_result failed = run::attempt(test, ending::failed, ms(1));
    failed.output.pieces.push_back(run::piece(stream::out, "begin" + std::string(10 * 1024 * 1024, 'x') + "end"));
    script.fail(failed);
    script.finish(ms(1));
    for (const char* name : {"junit", "tap", "github", "teamcity", "ctrf"}) {
        CAPTURE(name);
        const std::string text = reported(name, script);
        CHECK(text.size() < 100 * 1024);
        CHECK(text.find("begin") != std::string::npos);
        CHECK(text.find("xend") != std::string::npos);
        CHECK(text.find("bytes left out") != std::string::npos);
    }
    CHECK(reported("events", script).size() > 10 * 1024 * 1024);
}

TEST_CASE("a step summary stays below the size that GitHub shows, and says what it leaves out") {
    run script;
    for (int i = 0; i < 20'000; ++i)
        script.add("suite", "test");
    script.start();
    for (std::size_t test = 0; test < 20'000; ++test) {
        attempt_result failed = run::attempt(test, ending::failed, ms(1));
        failed.failures.push_back(run::comparison("a == b", std::string(300, '`'), "2"));
        script.fail(failed);
    }
    script.finish(ms(1));
    reported("github", script);
    CHECK(step_summary.size() < 1024 * 1024);
    CHECK(step_summary.size() > 100 * 1024);
    CHECK(count_of(step_summary, "more tests\n") == 1);
    CHECK(count_of(step_summary, "more tests are in the log.\n") == 1);
}

TEST_CASE("formats are found by their names") {
    CHECK(report::find_format("junit")->how == report::delivery::whole);
    CHECK(report::find_format("events")->how == report::delivery::growing);
    CHECK(report::find_format("") == nullptr);
    CHECK(report::find_format("junit ") == nullptr);
    const report::registered_format mine{{"junit", "mine", report::delivery::nowhere, nullptr},
                                         report::first_registered_format};
    report::first_registered_format = &mine;
    CHECK(report::find_format("junit") == &mine.what);
    const vector<std::string_view> all = report::format_names();
    CHECK(std::count(all.begin(), all.end(), "junit") == 1);
    report::first_registered_format = mine.next;
}
