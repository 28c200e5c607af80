#include "adapted.hpp"

using namespace process_test;

// The adapter for doctest: what doctest says of its tests is what cordon reports.

namespace {

outcome run_with(std::vector<std::string> arguments) { return run("doctest_adapter", std::move(arguments)); }

outcome plainly(std::vector<std::string> arguments) { return run_plainly("doctest_adapter", std::move(arguments)); }

std::string listed(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "--list");
    return sorted(lines_of(plainly(std::move(arguments)).out));
}

/// The tests that doctest itself lists. Tests of cordon have their suites before their names.
std::size_t count_by_doctest(std::vector<std::string> arguments) {
    arguments.push_back("--count");
    return std::stoul(value_after(plainly(std::move(arguments)).out, "current filters: "));
}

}  // namespace

TEST_CASE("assertions come through with place and text") {
    const outcome got = run_with({"assertions/"});
    INFO(got);
    CHECK(got.exit_code == 1);
    CHECK(verdicts(got) ==
          "assertions/pass passed|assertions/fail failed|assertions/exceptions failed|assertions/messages failed|"
          "assertions/throw failed|assertions/translated failed|assertions/in a thread failed");
    CHECK(at(got.report, "assertions/pass").last().assertions == 2);
    const attempt_entry& failed = at(got.report, "assertions/fail").last();
    REQUIRE(failed.failures.size() == 2);
    CHECK(failed.failures[0].macro == "CHECK");
    CHECK(failed.failures[0].expression == "1 + 1 == 3");
    CHECK(failed.failures[0].expanded == "2 == 3");
    CHECK(holds(failed.failures[0].file, "doctest_adapter.cpp"));
    CHECK(failed.failures[0].line == 34);
    CHECK(joined(failed.failures[0].info) == "outer 1|number := 7");
    CHECK(failed.failures[1].macro == "REQUIRE");
    CHECK(joined(failed.failures[1].info) == "outer 1|number := 7|with words");
    const attempt_entry& thrown = at(got.report, "assertions/exceptions").last();
    REQUIRE(thrown.failures.size() == 4);
    CHECK(thrown.assertions == 5);
    CHECK(thrown.failures[0].expression == "throw_runtime_error(), std::logic_error");
    CHECK(holds(thrown.failures[0].message, "thrown out"));
    CHECK(thrown.failures[2].message == "threw nothing");
    const attempt_entry& said = at(got.report, "assertions/messages").last();
    CHECK(holds(all_messages(at(got.report, "assertions/messages")), "only said"));
    CHECK(holds(all_messages(at(got.report, "assertions/messages")), "the second"));
    CHECK(said.failed_assertions == 2);
    const failure_entry& escaped = at(got.report, "assertions/throw").last().failures.at(0);
    CHECK(escaped.kind == "exception");
    CHECK(holds(escaped.message, "thrown out"));
    CHECK(joined(escaped.info) == "before it");
    CHECK(holds(all_messages(at(got.report, "assertions/translated")), "an odd error"));
    CHECK(at(got.report, "assertions/in a thread").last().failures.at(0).expanded == "0 == 1");
    // doctest's own report is not in the output.
    CHECK_FALSE(holds(got.report_text, "[doctest]"));
}

TEST_CASE("each test has a process of its own") {
    for (const char* mode : {"fork", "exec"}) {
        const outcome got = run_with({"isolation/", "--isolate", mode});
        INFO(got);
        CHECK(at(got.report, "isolation/writes").verdict == "passed");
        CHECK(at(got.report, "isolation/writes too").verdict == "passed");
        CHECK(at(got.report, "isolation/crashes").ending() == "crashed");
        CHECK(joined(at(got.report, "isolation/crashes").last().stopped_at.subcase) == "here");
        CHECK(at(got.report, "isolation/exits").ending() == "exited");
        CHECK(at(got.report, "isolation/forks").verdict == "passed");
        CHECK(holds(at(got.report, "isolation/forks").last().out, "CHECK(changed == 1)"));
    }
    const outcome shared = run_with({"assertions/", "decorators/", "twice", "--isolate=shard", "-j1"});
    INFO(shared);
    CHECK(shared.report.count("passed") == 2);
    CHECK(shared.report.count("known_failure") == 3);
}

TEST_CASE("subcases run as in doctest, and each has its ending") {
    const outcome got = run_with({"subcases/"});
    INFO(got);
    const attempt_entry& nested = at(got.report, "subcases/nested").last();
    REQUIRE(nested.failures.size() == 2);
    CHECK(joined(nested.failures[0].subcase) == "a|two");
    CHECK(nested.failures[0].expanded == "2 == 1");
    CHECK(joined(nested.failures[1].subcase) == "c");
    CHECK(leaves(nested) == "a/one passed|a/two failed|b passed|c failed");
    const attempt_entry& told = at(got.report, "subcases/Scenario: told").last();
    CHECK(joined(told.failures.at(0).subcase) == "Given: a number|When: it is compared|Then: it differs");
    const outcome one = run_with({"=subcases/nested", "-sc=b"});
    CHECK(holds(one.out, " -sc=b\n"));  // the command that runs it again
    CHECK(leaves(at(one.report, "subcases/nested").last()) == "b failed");
    // A report names the failed subcase in cordon's words.
    const outcome again = run_with({"=subcases/nested", "--subcase", "a", "--subcase", "one"});
    CHECK(leaves(at(again.report, "subcases/nested").last()) == "a/one passed");
}

TEST_CASE("decorators") {
    const outcome got = run_with({"decorators/"});
    INFO(got);
    const auto verdict = [&](const char* name) { return at(got.report, std::string("decorators/") + name).verdict; };
    CHECK(verdict("left out") == "skipped");
    CHECK(holds(at(got.report, "decorators/left out").reason, "--no-skip"));
    CHECK(verdict("should fail") == "known_failure");
    CHECK(verdict("should fail and passes") == "unexpected_pass");
    CHECK(verdict("may fail") == "known_failure");
    CHECK(verdict("fails twice") == "known_failure");
    CHECK(verdict("fails once, not twice") == "failed");
    CHECK(at(got.report, "decorators/hangs").ending() == "timed_out");
    CHECK(holds(plainly({"--list=json", "decorators/"}).out, "of the suite"));
    CHECK(verdicts(run_with({"left out", "--no-skip"})) == "decorators/left out failed");
}

TEST_CASE("fixtures, templates and tests of one name") {
    const outcome got = run_with({"fixture", "of a type", "twice", "Anonymous", "-x", "decorators/"});
    INFO(got);
    CHECK(verdicts(got) ==
          "with a fixture passed|of a type<char> passed|of a type<int> failed|twice passed|twice #2 failed|"
          "Anonymous test case 1 passed");
    // Listeners of the user see a program with one test.
    CHECK(at(got.report, "twice #2").last().out == "listener: twice\ntests: 1\n");
}

TEST_CASE("doctest's filters select what they select there") {
    const std::vector<std::vector<std::string>> filters = {
        {},
        {"-tc=*fail*"},
        {"--test-case-exclude=*fail*,TWICE"},
        {"-dt-tc=TWICE", "-cs"},
        {"-ts=assertions,isolation", "-tse=iso*"},
        {"-sf=*doctest_adapter.cpp"},
        {"-sfe=*"},
    };
    for (const std::vector<std::string>& each : filters) {
        INFO(joined(each));
        std::vector<std::string> words = each;
        words.insert(words.end(), {"--no-skip"});
        const std::string got = listed(words);
        CHECK((got.empty() ? 0 : count_of(got, "|") + 1) == count_by_doctest(words));
    }
    CHECK(listed({"-ts=isolation", "-tc=write*"}) == "isolation/writes|isolation/writes too");
    CHECK(listed({"-ts=assertions", "-f=3", "-l=4"}) == "assertions/exceptions|assertions/messages");
    CHECK(listed({"-ts=assertions", "-ob=name", "-f=1", "-l=1"}) == "assertions/exceptions");
    // Both select.
    CHECK(listed({"-ts=isolation", "too"}) == "isolation/writes too");
}

TEST_CASE("doctest's options work") {
    CHECK(holds(plainly({"-lts"}).out, "isolation\n"));
    CHECK(holds(plainly({"-ltc", "-tc=twice", "--reporters=xml"}).out, "<TestCase"));
    CHECK(holds(plainly({"-lr"}).out, "junit"));
    const outcome help = plainly({"--help"});
    CHECK(holds(help.out, "--test-suite-exclude"));
    CHECK(holds(help.out, "--isolate"));
    CHECK(run_with({"twice", "-ob=rand", "-rs=7"}).report.seed == 7);
    const outcome stopped = run_with({"assertions/", "-j1", "--abort-after=1", "-s", "-nv"});
    CHECK(holds(stopped.report.stopped_because, "--fail-fast"));
    CHECK(at(stopped.report, "assertions/fail").last().failures.size() == 1);
    CHECK(lines_of(plainly({"--list", "-ob=name", "-ts=isolation"}).out).front() == "isolation/crashes");
    CHECK(plainly({"--nonsense"}).exit_code == 2);
}
