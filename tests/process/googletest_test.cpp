#include "adapted.hpp"

using namespace process_test;

// The adapter for GoogleTest: what GoogleTest says of its tests is what cordon reports.

namespace {

bool is_here() { return program_is_here("googletest", "libgtest-dev, libgmock-dev"); }

command with(std::vector<std::string> arguments, const std::string& mood = {}) {
    command what;
    what.program = "googletest";
    what.arguments = std::move(arguments);
    if (!mood.empty()) what.environment = {{"GOOGLETEST", mood}};
    return what;
}

outcome run_with(std::vector<std::string> arguments, const std::string& mood = {}) {
    return run(with(std::move(arguments), mood));
}

outcome plainly(std::vector<std::string> arguments, std::vector<std::pair<std::string, std::string>> environment = {}) {
    return run_plainly("googletest", std::move(arguments), std::move(environment));
}

std::string selected_by(const std::string& filter) {
    return sorted(lines_of(plainly({"--list", "--gtest_filter=" + filter}).out));
}

/// What GoogleTest itself selects, in the names of cordon.
std::string selected_by_googletest(const std::string& filter) {
    std::vector<std::string> all;
    std::string suite;
    for (const std::string& line : lines_of(plainly({"--gtest_list_tests", "--gtest_filter=" + filter}).out)) {
        std::string name = line.substr(0, line.find("  #"));
        if (name.substr(0, 2) != "  ") {
            suite = name.substr(0, name.size() - 1);
        } else {
            all.push_back(suite + "/" + name.substr(2));
        }
    }
    return sorted(all);
}

}  // namespace

TEST_CASE("assertions come through with place and text") {
    if (!is_here()) return;
    const outcome got = run_with({"Assertions/"});
    INFO(got);
    CHECK(got.exit_code == 1);
    CHECK(verdicts(got) ==
          "Assertions/pass passed|Assertions/fail failed|Assertions/add_failure failed|Assertions/in_a_thread failed|"
          "Assertions/throw failed|Assertions/skip skipped|Assertions/skip_after_failure failed|"
          "Assertions/succeed passed|Assertions/with_properties failed|Assertions/DISABLED_fails skipped");
    const attempt_entry& failed = at(got.report, "Assertions/fail").last();
    REQUIRE(failed.failures.size() == 2);
    CHECK(failed.failures[0].macro == "EXPECT");
    CHECK(holds(failed.failures[0].file, "googletest.cpp"));
    CHECK(failed.failures[0].line == 33);
    CHECK(failed.failures[0].message ==
          "Expected equality of these values:\n  1 + 1\n    Which is: 2\n  3\nwith words");
    CHECK(failed.failures[1].macro == "ASSERT");
    REQUIRE(failed.failures[1].info.size() == 1);
    CHECK(holds(failed.failures[1].info[0], "in a scope"));
    CHECK_FALSE(holds(failed.failures[1].message, "trace"));
    CHECK(failed.failed_assertions == 2);
    const failure_entry& placed = at(got.report, "Assertions/add_failure").last().failures.at(0);
    CHECK(placed.file == "elsewhere.cpp");
    CHECK(placed.line == 42);
    CHECK(holds(all_messages(at(got.report, "Assertions/in_a_thread")), "from a thread"));
    CHECK(holds(all_messages(at(got.report, "Assertions/throw")), "thrown out"));
    CHECK(at(got.report, "Assertions/skip").reason == "not today");
    CHECK(holds(at(got.report, "Assertions/DISABLED_fails").reason, "--gtest_also_run_disabled_tests"));
    CHECK(holds(at(got.report, "Assertions/with_properties").last().out, "size: 17"));
    // GoogleTest's own report is not in the output.
    CHECK_FALSE(holds(got.report_text, "[ RUN"));
}

TEST_CASE("each test has a process of its own") {
    if (!is_here()) return;
    for (const char* mode : {"fork", "exec"}) {
        const outcome got = run_with({"Isolation/", "--isolate", mode});
        INFO(got);
        CHECK(at(got.report, "Isolation/writes").verdict == "passed");
        CHECK(at(got.report, "Isolation/writes_too").verdict == "passed");
        CHECK(at(got.report, "Isolation/crashes").ending() == "crashed");
        CHECK(at(got.report, "Isolation/exits").ending() == "exited");
        CHECK(at(got.report, "Isolation/forks").verdict == "passed");
        CHECK(holds(at(got.report, "Isolation/forks").last().out, "in the forked process"));
        CHECK(at(got.report, "Isolation/sees_itself").verdict == "passed");
    }
    const outcome hung = run_with({"Isolation/hangs", "--timeout=200ms"}, "hang");
    CHECK(at(hung.report, "Isolation/hangs").ending() == "timed_out");
}

TEST_CASE("many tests can share a process") {
    if (!is_here()) return;
    const outcome got = run_with({"Assertions/", "Fixture/", "Some/", "Made/", "Mocks/", "--isolate=shard", "-j1"});
    INFO(got);
    CHECK(got.report.count("passed") == 8);
    CHECK(got.report.count("skipped") == 2);
    CHECK(got.report.count("failed") == 10);
}

TEST_CASE("fixtures and environments run, and their failures fail the test") {
    if (!is_here()) return;
    const auto outcome_in = [](const char* mood) {
        return run_with({"Fixture/is_up", "-x", "again", "Environment/"}, mood);
    };
    CHECK(outcome_in("").report.count("passed") == 2);
    const std::pair<const char*, const char*> moods[] = {
        {"bad suite", "no suite"},
        {"bad suite end", "no end of the suite"},
        {"bad set up", "no set up"},
        {"bad tear down", "no tear down"},
        {"bad environment", "no environment"},
        {"bad environment end", "no end of the environment"},
        {"failure before", "before all tests"},
    };
    for (const auto& [mood, words] : moods) {
        const outcome got = outcome_in(mood);
        INFO(got);
        CHECK(got.exit_code == 1);
        CHECK(at(got.report, "Fixture/is_up").verdict == "failed");
        CHECK(holds(all_messages(at(got.report, "Fixture/is_up")), words));
    }
    for (const char* mood : {"skip in set up", "skip in environment"}) {
        const outcome got = outcome_in(mood);
        INFO(got);
        CHECK(at(got.report, "Fixture/is_up").verdict == "skipped");
        CHECK(holds(at(got.report, "Fixture/is_up").reason, "skipped by"));
    }
}

TEST_CASE("a setup of cordon runs once for a suite of GoogleTest") {
    if (!is_here()) return;
    const outcome got = run_with({"Prepared/", "-j1", "--isolate=fork"});
    INFO(got);
    CHECK(verdicts(got) == "Prepared/finds_it passed|Prepared/finds_it_too passed");
}

TEST_CASE("parameters, types and tests made at run time") {
    if (!is_here()) return;
    const outcome got = run_with({"Some/", "Types/", "Made/"});
    INFO(got);
    CHECK(verdicts(got) ==
          "Types/a:b/are_one_byte failed|Types/a-b/are_one_byte passed|Made/twice passed|Made/twice #2 failed|"
          "Some/Values/are_small/0 passed|Some/Values/are_small/1 passed|Some/Values/are_small/2 failed");
    CHECK(at(got.report, "Some/Values/are_small/2").last().failures.at(0).info.at(0) == "GetParam() = 3");
    CHECK(at(got.report, "Types/a:b/are_one_byte").last().failures.at(0).info.at(0) == "TypeParam = int");
    CHECK(at(got.report, "Some/Values/are_small/2").suite == "Some/Values");
}

TEST_CASE("death tests of both styles") {
    if (!is_here()) return;
    const outcome got = run_with({"DeathTest"});
    INFO(got);
    REQUIRE(got.report.tests.size() == 12);
    for (const test_entry& each : got.report.tests) {
        INFO(full_name(each));
        const bool dies = !holds(each.name, "lives_on") && !holds(each.name, "another");
        CHECK(each.verdict == (dies ? "passed" : "failed"));
        CHECK(each.ending() == (dies ? "passed" : "failed"));
    }
}

TEST_CASE("expectations of mocks are verified") {
    if (!is_here()) return;
    const outcome got = run_with({"Mocks/"});
    INFO(got);
    CHECK(verdicts(got) == "Mocks/are_called passed|Mocks/are_not_called failed|Mocks/match failed");
    CHECK(holds(all_messages(at(got.report, "Mocks/are_not_called")), "Actual: never called"));
}

TEST_CASE("listeners of the user are told") {
    if (!is_here()) return;
    const outcome got = run_with({"Listener/"});
    CHECK(at(got.report, "Listener/is_told").last().out == "listener: is_told\n");
}

TEST_CASE("nobody counts GoogleTest's passed assertions") {
    if (!is_here()) return;
    CHECK(verdicts(run_with({"=Isolation/writes", "--require-assertions"})) == "Isolation/writes passed");
}

TEST_CASE("GoogleTest's filters select what they select there") {
    if (!is_here()) return;
    for (const char* filter : {"*", "Some/*", "*.is_up", "Assertions.*-*fail*", "-*", "-*.*i*", "Fixture.is_up:Made.*",
                               "", "Assertions.p??s", "*are_small/?", "Assertions.pass-Assertions.pass", "*a*s*"}) {
        INFO(filter);
        const std::string wanted = selected_by_googletest(filter);
        std::string got = selected_by(filter);
        const std::size_t second = got.find("twice #2");  // cordon tells apart what GoogleTest does not
        if (second != std::string::npos) got.erase(second + 5, 3);
        CHECK(got == wanted);
    }
    CHECK(selected_by("Fixture.*") == "Fixture/is_up|Fixture/is_up_again");
    CHECK(joined(lines_of(plainly({"--list"}, {{"GTEST_FILTER", "Fixture.*"}}).out)) ==
          "Fixture/is_up|Fixture/is_up_again");
    // Both select.
    CHECK(joined(lines_of(plainly({"--list", "--gtest_filter=Fixture.*", "again"}).out)) == "Fixture/is_up_again");
}

TEST_CASE("who asks in GoogleTest's words is answered in them") {
    if (!is_here()) return;
    const outcome got = plainly({"--gtest_color=no", "--gtest_also_run_disabled_tests",
                                 "--gtest_filter=Assertions.pass:Assertions.fail:Assertions.skip:Isolation.crashes:"
                                 "Some/Values.are_small/2:Assertions.DISABLED_fails"});
    INFO(got);
    CHECK(got.exit_code == 1);
    for (const char* part :
         {"[==========] Running 6 tests from 3 test suites.\n",
          "[ RUN      ] Assertions.pass\n[       OK ] Assertions.pass (", "[ RUN      ] Assertions.fail\n",
          "googletest.cpp:33: Failure\nExpected equality of these values:\n  1 + 1\n", "[  FAILED  ] Assertions.fail (",
          "[  SKIPPED ] Assertions.skip (", "[ RUN      ] Isolation.crashes\n", "[  FAILED  ] Isolation.crashes (",
          "crashed: SIG", "[  FAILED  ] Some/Values.are_small/2, where GetParam() = 3 (", "[  PASSED  ] 1 test.\n",
          "[  FAILED  ] 4 tests, listed below:\n", "\n 4 FAILED TESTS\n"})
        CHECK_MESSAGE(holds(got.out, part), part);
    CHECK_FALSE(holds(plainly({"Some/"}).out, "[ RUN"));
    CHECK_FALSE(holds(plainly({"--gtest_filter=Some/*", "--report", "tap"}).out, "[ RUN"));
    CHECK(plainly({"--gtest_filter=Nothing.*"}).exit_code == 0);
}

TEST_CASE("gtest-parallel's command lines") {
    // It lists once, takes a line that begins with a blank for a test of the last other line, and calls the program for
    // each test. Only the exit code counts.
    std::string suite;
    std::vector<std::string> names;
    for (const std::string& line :
         lines_of(plainly({"--gtest_list_tests", "--gtest_filter=Isolation.*-*.hangs"}).out)) {
        if (line.empty()) continue;
        if (line.front() != ' ') {
            suite = line.substr(0, line.find('#'));
        } else {
            const std::string test = line.substr(2, line.find('#') - 2);
            names.push_back(suite + test.substr(0, test.find_last_not_of(' ') + 1));
        }
    }
    REQUIRE(names.size() > 3);
    for (const std::string& name : names) {
        const outcome one = plainly({"--gtest_color=yes", "--gtest_filter=" + name});
        const bool is_good = holds(one.out, "[       OK ] " + name + " (");
        CHECK_MESSAGE((one.exit_code == 0) == is_good, name << '\n' << one.out);
        CHECK_MESSAGE(is_good == !holds(one.out, "FAILED"), name << '\n' << one.out);
        const bool is_bad_name = name == "Isolation.crashes" || name == "Isolation.exits";
        CHECK_MESSAGE((!is_bad_name || !is_good), name);
    }
}

TEST_CASE("the files of --gtest_output") {
    if (!is_here()) return;
    temp_folder folder;
    const std::string filter =
        "--gtest_filter=Some/Values.*:Isolation.crashes:Assertions.skip:Assertions.DISABLED_fails";
    plainly({filter, "--gtest_output=xml:" + (folder / "tests.xml")});
    const std::string xml = read_file(folder / "tests.xml");
    INFO(xml);
    CHECK(holds(xml, "<testsuites tests=\"6\" failures=\"2\" disabled=\"1\" errors=\"0\" "));
    CHECK(holds(xml, "<testsuite name=\"Some/Values\" tests=\"3\" failures=\"1\" disabled=\"0\" skipped=\"0\" "));
    CHECK(holds(xml, "<testcase name=\"are_small/2\" value_param=\"3\" file="));
    CHECK(holds(xml, "status=\"notrun\" result=\"suppressed\""));
    CHECK(holds(xml, "<skipped message=\"not today\"/>"));
    CHECK(holds(xml, "crashed: SIG"));
    plainly({filter, "--gtest_output=json:" + (folder / "tests.json")});
    const std::string json = read_file(folder / "tests.json");
    INFO(json);
    CHECK(holds(json, "{\"tests\": 6, \"failures\": 2, \"disabled\": 1, \"errors\": 0, "));
    CHECK(holds(json, "\"name\": \"are_small/2\", \"value_param\": \"3\", "));
    CHECK(holds(json, "\"result\": \"SKIPPED\""));
    plainly({"--gtest_list_tests", "--gtest_output=xml:" + (folder / "list.xml")});
    CHECK(holds(read_file(folder / "list.xml"), "<testcase name=\"are_small/0\""));
}

TEST_CASE("GoogleTest's flags work") {
    if (!is_here()) return;
    CHECK(holds(plainly({"--gtest_list_tests"}).out, "Some/Values.\n  are_small/0  # GetParam() = 1\n"));
    const outcome all = run_with({"DISABLED", "--gtest_also_run_disabled_tests"});
    CHECK(verdicts(all) == "Assertions/DISABLED_fails failed");
    CHECK(holds(all.out, "DISABLED_fails --gtest_also_run_disabled_tests\n"));  // the command that runs it again
    const outcome shuffled = run_with({"Some/", "--gtest_shuffle", "--gtest_random_seed=7"});
    CHECK(shuffled.report.seed == 7);
    const outcome first = run_with({"Assertions/", "-j1", "--gtest_fail_fast"});
    CHECK(holds(first.report.stopped_because, "--fail-fast"));
    CHECK(run_with({"Some/Values/are_small/0", "--gtest_repeat=5"}).report.tests.size() == 1);
    const outcome broken = run_with({"Assertions/add_failure", "--gtest_break_on_failure"});
    CHECK(at(broken.report, "Assertions/add_failure").ending() == "crashed");
    temp_folder folder;
    plainly({"Some/", "--gtest_output=xml:" + (folder / "tests.xml")});
    CHECK(holds(read_file(folder / "tests.xml"), "are_small/2"));
    plainly({"Some/", "--gtest_output=xml:" + folder.path() + "/"});
    CHECK(holds(read_file(folder / "googletest.xml"), "are_small/2"));
    const outcome refused = plainly({"Some/", "--gtest_output=yaml:x"});
    CHECK(refused.exit_code == 2);
    CHECK(holds(refused.err, "--gtest_output=yaml:x: use"));
    CHECK(plainly({"--gtest_repeat=0"}).exit_code == 2);
    CHECK(plainly({"--gtest_nonsense"}).exit_code == 2);
    std::size_t parts = 0;
    for (const char* part : {"0", "1"})
        parts += lines_of(plainly({"--list", "Some/"}, {{"GTEST_TOTAL_SHARDS", "2"}, {"GTEST_SHARD_INDEX", part}}).out)
                     .size();
    CHECK(parts == 3);
}
