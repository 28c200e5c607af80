#include <signal.h>

#include <algorithm>
#include <string>
#include <vector>

#include "queries.hpp"

using namespace process_test;

namespace {

command timing(const std::vector<std::string>& arguments, const temp_folder& folder) {
    command what;
    what.program = "timing";
    what.arguments = arguments;
    what.environment = {{"LOG", folder / "log"}};
    return what;
}

bool has_line(const temp_folder& folder, const std::string& wanted) {
    const std::vector<std::string> lines = lines_of(read_file(folder / "log"));
    return std::find(lines.begin(), lines.end(), wanted) != lines.end();
}

std::vector<long> started_by_tests(const temp_folder& folder) {
    std::vector<long> all;
    for (const std::string& line : lines_of(read_file(folder / "log"))) {
        if (line.rfind("started ", 0) == 0) all.push_back(std::stol(line.substr(8)));
    }
    return all;
}

}  // namespace

TEST_CASE("a signal ends the run in order: what had ended is reported") {
    for (const std::vector<std::string>& way : ways_apart("4")) {
        for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
            CAPTURE(way.front() + way[1]);
            CAPTURE(signal);
            temp_folder folder;
            command what;
            what.program = "many";
            what.arguments = way;
            what.environment = {{"DO", "sleep"}, {"LOG", folder / "log"}};
            running child(what);
            REQUIRE(eventually([&] { return lines_of(read_file(folder / "log")).size() >= 12; }));
            child.send(signal);
            const outcome got = child.wait();
            INFO(got);
            CHECK(got.exit_code == 128 + signal);
            CHECK(got.seconds < 20);
            REQUIRE(got.has_report);
            CHECK(got.report.cancelled);
            CHECK(got.report.stopped_because.find("cancelled") != std::string::npos);
            // Twelve had begun, so at least four of them had ended; no test has a verdict that is not its own.
            const std::size_t passed = got.report.count("passed");
            CHECK(passed >= 4);
            CHECK(passed <= lines_of(read_file(folder / "log")).size());
            CHECK(passed + got.report.count("not_run") == 1000);
            CHECK(got.out.find("cancelled") != std::string::npos);
        }
    }
}

TEST_CASE("with one worker no test runs after the failure that ends the run") {
    std::vector<std::vector<std::string>> ways = ways_apart("1");
    ways.push_back({"--isolate", "rewind", "-j1"});
    for (const std::vector<std::string>& way : ways) {
        CAPTURE(way.front() + way[1]);
        command what;
        what.program = "many";
        what.arguments = with_options(way, {"--fail-fast=2", "t0"});
        what.environment = {{"DO", "fail"}};
        const outcome got = run(what);
        INFO(got);
        CHECK(got.exit_code == 1);
        CHECK(got.report.count("failed") == 2);
        CHECK(got.report.count("not_run") == 98);
    }
}

TEST_CASE("a test that will not end is killed after the grace") {
    for (const std::vector<std::string>& way : ways_apart()) {
        CAPTURE(way.front() + way[1]);
        temp_folder folder;
        running child(timing(with_options(way, {"--grace", "300ms", "obstinate"}), folder));
        REQUIRE(eventually([&] { return has_line(folder, "ready"); }));
        child.send(SIGINT);
        const outcome got = child.wait();
        INFO(got);
        CHECK(got.exit_code == 128 + SIGINT);
        CHECK(got.seconds >= 0.3);
        CHECK(got.report["will not be asked"].verdict == "not_run");
        for (const long each : started_by_tests(folder)) {
            CHECK(ends_soon(each));
        }
    }
}

TEST_CASE("the second signal ends the run at once") {
    for (const std::vector<std::string>& way : ways_apart()) {
        CAPTURE(way.front() + way[1]);
        temp_folder folder;
        running child(timing(with_options(way, {"--grace", "100s", "obstinate", "within the limit/one"}), folder));
        REQUIRE(eventually([&] { return has_line(folder, "ready"); }));
        child.send(SIGINT);
        sleep_ms(300);
        CHECK(!child.has_ended());
        child.send(SIGINT);
        const outcome got = child.wait();
        INFO(got);
        CHECK(got.exit_code == 128 + SIGINT);
        CHECK(got.seconds < 30);
        CHECK(got.report["will not be asked"].verdict == "not_run");
        for (const long each : started_by_tests(folder)) {
            CHECK(ends_soon(each));
        }
    }
}

TEST_CASE("two different signals: the first one counts") {
    temp_folder folder;
    running child(timing({"--grace", "100s", "obstinate"}, folder));
    REQUIRE(eventually([&] { return has_line(folder, "ready"); }));
    child.send(SIGTERM);
    sleep_ms(300);
    child.send(SIGINT);
    const outcome got = child.wait();
    INFO(got);
    CHECK(got.exit_code == 128 + SIGTERM);
}

TEST_CASE("nothing outlives a run that is killed") {
    for (const std::string mode : {"fork", "exec", "shard"}) {
        CAPTURE(mode);
        temp_folder folder;
        command what =
            timing({"--isolate", mode, "-j3", "over the limit/hangs", "obstinate", "has started a process"}, folder);
        what.may_leave_processes = true;
        running child(what);
        REQUIRE(eventually([&] { return has_line(folder, "ready") && started_by_tests(folder).size() == 2; }));
        // The supervisor, three workers, three tests and what two of them have started.
        REQUIRE(eventually([&] { return child.survivors().size() >= 1 + 3 + 3 + 2; }));
        child.send(SIGKILL);
        const outcome got = child.wait();
        CHECK(got.signal == SIGKILL);
        CHECK(eventually([&] { return child.survivors().empty(); }));
        for (const long each : started_by_tests(folder)) {
            CHECK(ends_soon(each));
        }
    }
}

TEST_CASE("daemons do not outlive a run that is killed, where they can be found") {
    if (is_portable()) return;
    for (const std::string mode : {"fork", "exec", "shard"}) {
        CAPTURE(mode);
        temp_folder folder;
        command what = timing({"--isolate", mode, "has started a daemon"}, folder);
        what.may_leave_processes = true;
        running child(what);
        REQUIRE(eventually([&] { return started_by_tests(folder).size() == 1; }));
        child.send(SIGKILL);
        child.wait();
        CHECK(eventually([&] { return child.survivors().empty(); }));
    }
}

TEST_CASE("a run that is stopped and goes on loses nothing") {
    command what;
    what.program = "many";
    what.arguments = {"-j4", "t0"};
    what.environment = {{"DO", "sleep"}, {"EVERY", "10"}};
    running child(what);
    for (int i = 0; i < 3; ++i) {
        sleep_ms(50);
        child.send(SIGSTOP);
        sleep_ms(100);
        child.send(SIGCONT);
    }
    const outcome got = child.wait();
    INFO(got);
    CHECK(got.exit_code == 0);
    CHECK(got.report.count("passed") == 100);
}
