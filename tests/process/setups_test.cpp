#include "queries.hpp"

#include <algorithm>
#include <set>

using namespace process_test;

namespace {

// How often each setup ran, and in how many processes, from the lines that they log.
struct setup_log {
    explicit setup_log(const std::string& path) : lines(lines_of(read_file(path))) {}

    std::size_t count(const std::string& what) const {
        std::size_t count = 0;
        for (const std::string& line : lines) {
            if (line.rfind(what + " ", 0) == 0) ++count;
        }
        return count;
    }
    std::size_t processes() const { return std::set<std::string>(lines.begin(), lines.end()).size(); }

    std::vector<std::string> lines;
};

outcome run_setups(const temp_folder& folder, std::vector<std::string> arguments) {
    command what;
    what.program = "setups";
    what.arguments = std::move(arguments);
    what.environment = {{"SETUP_LOG", folder / "log"}};
    return run(what);
}

outcome run_troubles(const char* mode, const std::vector<std::string>& arguments,
                     const char* global_trouble = nullptr) {
    command what;
    what.program = "setup_troubles";
    what.arguments = {"--isolate", mode, "--color", "never", "--grace", "100ms"};
    what.arguments.insert(what.arguments.end(), arguments.begin(), arguments.end());
    if (global_trouble != nullptr) what.environment = {{"GLOBAL_TROUBLE", global_trouble}};
    return run(what);
}

// The one failure that says why the test was not run.
std::string reason(const test_entry& test) {
    for (const failure_entry& each : test.last().failures) {
        if (each.kind == "setup") return each.message;
    }
    return {};
}

}  // namespace

TEST_CASE("a setup is done once in a worker, and every test starts from what it built") {
    const temp_folder folder;
    const outcome got = run_setups(folder, {"--isolate", "fork", "-j1"});
    INFO(got);
    CHECK(joined(names_of(got.report, "failed")) == "crashes on what it was given");
    CHECK(got.report.tests.size() == 14);
    const setup_log log(folder / "log");
    CHECK(log.count("global") == 1);
    CHECK(log.count("outer") == 1);
    CHECK(log.count("inner") == 1);
    CHECK(log.count("other") == 1);
    CHECK(got.err.empty());
    CHECK_FALSE(holds(got.out, "warning"));
}

TEST_CASE("each worker does the setups that its tests want") {
    const temp_folder folder;
    const outcome got = run_setups(folder, {"--isolate", "fork", "-j4"});
    INFO(got);
    CHECK(joined(names_of(got.report, "failed")) == "crashes on what it was given");
    const setup_log log(folder / "log");
    CHECK(log.count("global") >= 1);
    CHECK(log.count("global") <= 4);
    CHECK(log.processes() == log.lines.size());
}

TEST_CASE("setups that no test wants are not done") {
    const temp_folder folder;
    const outcome got = run_setups(folder, {"-j1", "outside of"});
    INFO(got);
    CHECK(got.exit_code == 0);
    const setup_log log(folder / "log");
    CHECK(log.lines.size() == 1);
    CHECK(log.count("global") == 1);
}

TEST_CASE("executed tests do their setups themselves") {
    const temp_folder folder;
    const outcome got = run_setups(folder, {"--isolate", "exec"});
    INFO(got);
    CHECK(joined(names_of(got.report, "failed")) == "crashes on what it was given");
    const setup_log log(folder / "log");
    CHECK(log.count("global") == 14);
    CHECK(log.count("outer") == 8);
    CHECK(log.count("inner") == 2);
    CHECK(log.count("other") == 2);
}

TEST_CASE("in shard mode tests share what a setup built") {
    const temp_folder folder;
    const outcome got = run_setups(folder, {"--isolate", "shard", "-j1", "-x", "ruins", "-x", "crashes"});
    INFO(got);
    CHECK(got.exit_code == 0);
    CHECK(setup_log(folder / "log").lines.size() == 4);
}

TEST_CASE("listing does no setup") {
    const temp_folder folder;
    command what;
    what.program = "setups";
    what.arguments = {"--list"};
    what.environment = {{"SETUP_LOG", folder / "log"}};
    what.report = false;
    const outcome got = run(what);
    INFO(got);
    CHECK(got.exit_code == 0);
    CHECK(read_file(folder / "log").empty());
}

TEST_CASE("a setup that goes wrong is charged to its tests alone") {
    for (const char* mode : isolating_modes) {
        const outcome got = run_troubles(mode, {"-x", "thread/", "-x", "hang/"});
        INFO(mode << ": " << got);
        const report_entry& report = got.report;
        CHECK(got.exit_code == 1);
        for (const char* suite : {"none", "good"}) {
            const std::string name = suite;
            CHECK(at(report, name == "none" ? "none/one" : "good/own").verdict == "passed");
        }
        CHECK(at(report, "outside").verdict == "passed");
        CHECK(at(report, "good/own too").verdict == "passed");
        for (const char* test : {"/one", "/two", "/three"}) {
            const auto ending = [&](const char* suite) { return at(report, std::string(suite) + test).ending(); };
            const auto why = [&](const char* suite) { return reason(at(report, std::string(suite) + test)); };
            CHECK(ending("crash") == "crashed");
            CHECK(why("crash") == "not run: SUITE_SETUP of crash crashed: SIGABRT");
            CHECK(ending("segv") == "crashed");
            CHECK(why("segv") == "not run: SUITE_SETUP of segv crashed: SIGSEGV");
            CHECK(ending("exit") == "exited");
            CHECK(why("exit") == "not run: SUITE_SETUP of exit ended the process with exit code 0");
            CHECK(ending("quick_exit") == "exited");
            CHECK(why("quick_exit") == "not run: SUITE_SETUP of quick_exit ended the process with exit code 7");
            CHECK(ending("throw") == "failed");
            CHECK(why("throw") == "not run: SUITE_SETUP of throw failed");
            CHECK(ending("fail") == "failed");
            CHECK(why("fail") == "not run: SUITE_SETUP of fail failed");
            CHECK(ending("skip") == "failed");
        }
        for (const char* test : {"good/bad inside/one", "good/bad inside/two"}) {
            CHECK(at(report, test).ending() == "crashed");
            CHECK(reason(at(report, test)) == "not run: SUITE_SETUP of good/bad inside crashed: SIGABRT");
        }
        CHECK(report.count("lost") == 0);
    }
}

TEST_CASE("what a failed setup said is shown with its first test") {
    for (const char* mode : {"fork", "shard"}) {
        const outcome got = run_troubles(mode, {"-j1", "-f", "suite(crash) | suite(fail)"});
        INFO(mode << ": " << got);
        CHECK(at(got.report, "crash/one").last().out == "setup of crash\n");
        CHECK(at(got.report, "crash/one").last().err == "errors of crash\n");
        CHECK(at(got.report, "crash/two").last().out.empty());
        const auto& failures = at(got.report, "fail/one").last().failures;
        REQUIRE(failures.size() >= 2);
        CHECK(failures[0].expression == "std::string(\"state\") == \"ready\"");
        CHECK(failures[0].expanded == "\"state\" == \"ready\"");
        CHECK(failures.back().kind == "setup");
        CHECK(count_of(got.out, "setup of crash") == 1);
        CHECK(holds(got.out, "not run: SUITE_SETUP of crash crashed: SIGABRT"));
    }
    const outcome executed = run_troubles("exec", {"-j1", "-f", "suite(crash)"});
    INFO(executed);
    CHECK(at(executed.report, "crash/one").last().out == "setup of crash\n");
    CHECK(at(executed.report, "crash/two").last().out == "setup of crash\n");
}

TEST_CASE("where a setup crashed, hung or threw is shown with its first test") {
    if (is_portable()) return;
    for (const char* mode : {"fork", "shard"}) {
        const outcome got = run_troubles(
            mode, {"-j1", "--timeout", "2s", "--grace", "2s", "-f", "suite(crash) | suite(throw) | suite(hang)"});
        INFO(mode << ": " << got);
        const auto last = [&](const char* test) { return at(got.report, test).last(); };
        const auto calls = [&](const char* test, const std::string& function) {
            const attempt_entry attempt = last(test);
            return std::any_of(attempt.stack.begin(), attempt.stack.end(),
                               [&](const frame_entry& each) { return holds(each.function, function); });
        };
        CHECK(calls("crash/one", "misbehave"));
        CHECK(calls("crash/one", "the setup"));
        CHECK(last("crash/two").stack.empty());
        CHECK(calls("throw/one", "misbehave"));
        CHECK(last("throw/one").stack.front().doing == "threw std::runtime_error");
        CHECK(last("throw/two").stack.empty());
        CHECK(calls("hang/one", "hang()"));
        CHECK(holds(last("hang/one").reason, "blocked"));
    }
}

TEST_CASE("a setup that hangs is ended, and its tests are reported") {
    for (const char* mode : isolating_modes) {
        const outcome got = run_troubles(mode, {"--timeout", "300ms", "-f", "suite(hang) | suite(none)"});
        INFO(mode << ": " << got);
        CHECK(got.exit_code == 1);
        CHECK(got.seconds < 30);
        for (const char* test : {"hang/one", "hang/two", "hang/three"}) {
            CHECK(at(got.report, test).ending() == "timed_out");
            CHECK(reason(at(got.report, test)) == "not run: SUITE_SETUP of hang did not end in time");
        }
        CHECK(at(got.report, "none/one").verdict == "passed");
    }
}

TEST_CASE("a setup with a thread costs speed, not truth") {
    for (const char* mode : isolating_modes) {
        const outcome got = run_troubles(mode, {"-f", "suite(thread) | suite(none)"});
        INFO(mode << ": " << got);
        CHECK(got.exit_code == 0);
        CHECK(got.report.count("passed") == 6);
    }
}

TEST_CASE("a setup with a thread is named where threads can be counted") {
    if (is_portable()) return;
    const outcome got = run_troubles("fork", {"-f", "suite(thread)"});
    INFO(got);
    CHECK(holds(got.out, "a setup block has started a thread"));
}

TEST_CASE("a GLOBAL_SETUP that goes wrong fails every test, once, and nothing hangs") {
    const std::pair<std::string, std::string> cases[] = {
        {"crash", "crashed"}, {"exit", "exited"},    {"quick_exit", "exited"}, {"throw", "failed"},
        {"fail", "failed"},   {"hang", "timed_out"}, {"skip", "failed"},
    };
    for (const auto& each : cases) {
        const std::string& trouble = each.first;
        for (const char* mode : {"fork", "shard", "exec"}) {
            const outcome got = run_troubles(mode, {"--timeout", "300ms", "outside", "good/own"}, trouble.c_str());
            INFO(mode << ", " << trouble << ": " << got);
            CHECK(got.exit_code == 1);
            CHECK(got.report.count("failed") == 3);
            for (const test_entry& test : got.report.tests) {
                CHECK(test.ending() == each.second);
                CHECK(reason(test).rfind("not run: GLOBAL_SETUP ", 0) == 0);
            }
            CHECK(
                holds(got.report.tests[0].last().out + got.report.tests[1].last().out + got.report.tests[2].last().out,
                      "global setup says " + trouble));
        }
    }
}

TEST_CASE("tests of a setup may run for longer than a setup may take") {
    for (const char* mode : {"fork", "shard"}) {
        const outcome got = run("slow_suite", {"--isolate", mode, "-j1", "--timeout", "600ms"});
        INFO(mode << ": " << got);
        CHECK(got.exit_code == 0);
        CHECK(got.report.duration_ms > 600);
        CHECK(got.err.empty());
    }
}

TEST_CASE("without isolation setups are done in the program itself") {
    const temp_folder folder;
    const outcome got = run_setups(folder, {"--isolate", "none", "-f", "suite(outer)", "-x", "ruins"});
    INFO(got);
    CHECK(got.exit_code == 0);
    CHECK(setup_log(folder / "log").lines.size() == 3);
}
