#include "run_child.hpp"

#include <doctest/doctest.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

using namespace process_test;
namespace fs = std::filesystem;

// Workers, and in exec mode tests, are this program executed again.

namespace {

const std::vector<std::string> few{"t00", "-j2"};

std::vector<std::string> with_mode(std::vector<std::string> arguments, const std::string& mode) {
    arguments.insert(arguments.end(), {"--isolate", mode});
    return arguments;
}

void check_all_ten_pass(const command& what) {
    const outcome got = run(what);
    INFO(got);
    CHECK(got.exit_code == 0);
    CHECK(got.report.count("passed") == 10);
}

command static_crash(const std::string& how, const std::string& in, const std::string& mode) {
    command what;
    what.program = "static_crash";
    what.arguments = {"--isolate", mode, "-j2"};
    what.environment = {{"STATIC", how}, {"IN", in}};
    return what;
}

}  // namespace

TEST_CASE("the program runs from wherever and however it is started") {
    for (const std::string mode : {"fork", "exec", "shard"}) {
        CAPTURE(mode);
        temp_folder folder;
        const std::string moved = folder / "another name";
        fs::copy_file(child_path("many"), moved);
        const std::string link = folder / "link";
        fs::create_symlink(moved, link);
        fs::create_directory(folder / "below");

        command what;
        what.arguments = with_mode(few, mode);
        what.program = moved;
        check_all_ten_pass(what);
        what.program = link;
        check_all_ten_pass(what);

        // By a path that is relative to where it is started.
        what.program = moved;
        what.folder = folder / "below";
        what.name = "../another name";
        check_all_ten_pass(what);
        what.folder = folder.path();
        what.name = "./link";
        check_all_ten_pass(what);

        // As a shell starts what it has found in PATH.
        what.folder = "/";
        what.name = "another name";
        what.environment = {{"PATH", "/nowhere:" + folder.path() + ":/usr/bin"}};
        check_all_ten_pass(what);
    }
}

TEST_CASE("what runs goes on running when its file is moved or replaced") {
    if (is_portable()) return;  // there it is found by its path
    for (const bool replaced : {false, true}) {
        CAPTURE(replaced);
        temp_folder folder;
        const std::string program = folder / "tests";
        fs::copy_file(child_path("many"), program);
        fs::copy_file(child_path("endings"), folder / "other");
        command what;
        what.program = program;
        what.arguments = {"--isolate", "exec", "-j2", "t000", "t001", "t002", "t003", "t004", "t005"};
        what.environment = {{"DO", "sleep"}, {"LOG", folder / "log"}};
        running child(what);
        REQUIRE(eventually([&] { return !lines_of(read_file(folder / "log")).empty(); }));
        if (replaced) {
            fs::rename(folder / "other", program);
        } else {
            fs::rename(program, folder / "elsewhere");
        }
        const outcome got = child.wait();
        INFO(got);
        CHECK(got.exit_code == 0);
        CHECK(got.report.count("passed") == 6);
    }
}

TEST_CASE("a crash in a program that was moved or replaced is told with its own calls") {
    for (const std::string mode : {"fork", "exec", "shard"}) {
        for (const bool replaced : {false, true}) {
            CAPTURE(mode);
            CAPTURE(replaced);
            temp_folder folder;
            const std::string program = folder / "tests";
            fs::copy_file(child_path("replaced"), program);
            fs::copy_file(child_path("endings"), folder / "other");
            command what;
            what.program = program;
            what.arguments = {"--isolate", mode, "-j1"};
            what.environment = {{"LOG", folder / "log"}};
            running child(what);
            REQUIRE(eventually([&] { return fs::exists(folder / "log.here"); }));
            fs::rename(replaced ? folder / "other" : program, replaced ? program : folder / "elsewhere");
            std::ofstream(folder / "log.go") << "go";
            const outcome got = child.wait();
            INFO(got);
            CHECK(got.exit_code == 1);
            const attempt_entry& last = got.report["crashes when it is told"].last();
            CHECK(last.ending == "crashed");
            CHECK(last.signal_name == "SIGSEGV");
            if (is_portable()) continue;  // it keeps no stacks
            REQUIRE(last.stack.size() >= 2);
            CHECK(last.stack[0].function.find("write_through") != std::string::npos);
            CHECK(last.stack[1].file.find("replaced.cpp") != std::string::npos);
        }
    }
}

TEST_CASE("a marker that was not meant for it makes the program refuse") {
    const std::string own = std::to_string(::getpid());
    const std::string markers[] = {
        "",
        "nonsense",
        "2:w:1:3:4:5:-1:-1:abc",            // another parent
        "2:w:" + own + ":3:4:5:-1:-1:abc",  // the right parent, but nothing is open there
        "2:t:" + own + ":700:701:702:-1:-1:abc",
        "2:x:" + own + ":3:4:5:-1:-1:abc",
        "1:w:" + own + ":3:4:5:-1:-1:abc",
        "2:w:" + own + ":0:1:2:-1:-1:abc",  // not pipes of ours
        "2:w:" + own + ":-1:99999999:2147483647:-1:-1:abc",
        "2:w:" + own + ":3:4:5:-1:-1:" + std::string(5000, 'f'),
    };
    for (const std::string& marker : markers) {
        CAPTURE(marker.substr(0, 60));
        temp_folder folder;
        command what;
        what.program = "many";
        what.arguments = few;
        what.environment = {{"CORDON_PRIVATE_WORKER", marker}, {"LOG", folder / "log"}};
        const outcome got = run(what);
        INFO(got);
        CHECK(got.exit_code == 4);
        CHECK(got.err.find("worker") != std::string::npos);
        CHECK(lines_of(got.err).size() == 1);
        CHECK(!got.has_report);
        CHECK(read_file(folder / "log").empty());
    }
}

TEST_CASE("a program that starts itself again from a static initializer starts no workers of its own") {
    for (const std::string mode : {"fork", "exec", "shard"}) {
        CAPTURE(mode);
        temp_folder folder;
        command what;
        what.program = "static_start";
        what.arguments = {"--isolate", mode, "-j1", "one", "two", "runs this program"};
        what.environment = {{"LOG", folder / "log"}, {"PROGRAM", child_path("static_start")}};
        const outcome got = run(what);
        INFO(got);
        CHECK(got.exit_code == 0);
        CHECK(got.report.count("passed") == 3);
        // What the user's program starts is a run like any other; what a worker starts with the worker's marker
        // refuses.
        const std::vector<std::string> lines = lines_of(read_file(folder / "log"));
        CHECK(std::count(lines.begin(), lines.end(), "program 0") >= 1);
        CHECK(std::count(lines.begin(), lines.end(), "worker 4") >= 1);
        for (const std::string& line : lines) {
            CHECK((line == "program 0" || line == "worker 4"));
        }
        CHECK(lines.size() < 20);
    }
}

TEST_CASE("a worker that cannot start is cordon's trouble, told once and not tried forever") {
    for (const std::string mode : {"fork", "exec", "shard"}) {
        for (const std::string how : {"crash", "exit", "print and crash"}) {
            CAPTURE(mode);
            CAPTURE(how);
            const outcome got = run(static_crash(how, "w", mode));
            INFO(got);
            CHECK(got.exit_code == 4);
            CHECK(got.seconds < 20);
            CHECK(got.report.count("lost") == 3);
            CHECK(got.report.summary.at("workers_started") == 0);
            CHECK(got.out.find("static initializer") != std::string::npos);
            CHECK(count_of(got.out, "static initializer") <= 4);
            if (how != "exit") CHECK(got.out.find("SIGABRT") != std::string::npos);
            if (how == "print and crash") CHECK(got.out.find("the disk is upside down") != std::string::npos);
        }
    }
}

TEST_CASE("a destructor of the program's own that leaves with 0 makes no failed run a passed one") {
    for (const std::string mode : {"fork", "exec", "shard", "none"}) {
        CAPTURE(mode);
        command what;
        what.program = "static_exit";
        what.arguments = {"--isolate", mode};
        const outcome all = run(what);
        INFO(all);
        CHECK(all.exit_code == 1);
        CHECK(all.report["fails"].verdict == "failed");
        what.arguments.insert(what.arguments.end(), {"--filter", "name(fails)"});
        CHECK(run(what).exit_code == 1);
        if (mode == "none") continue;  // nobody is there to see how the process leaves
        what.arguments.back() = "name(passes)";
        const outcome passing = run(what);
        CHECK(passing.report["passes"].ending() == "exit_failure");
        CHECK(passing.exit_code == 1);
    }
}

TEST_CASE("a program that cannot start itself starts no other, and ends as the system has it") {
    for (const std::string mode : {"fork", "exec", "shard", "none"}) {
        CAPTURE(mode);
        const outcome crashed = run(static_crash("print and crash", "s", mode));
        INFO(crashed);
        CHECK(crashed.signal == SIGABRT);
        CHECK(crashed.err == "the disk is upside down\n");
        CHECK(crashed.out.empty());
        CHECK(!crashed.has_report);
        const outcome left = run(static_crash("exit", "s", mode));
        CHECK(left.exit_code == 0);
        CHECK(!left.has_report);
    }
    // Without workers there are none whose start could fail.
    CHECK(run(static_crash("crash", "w", "none")).report.count("passed") == 3);
}

TEST_CASE("an executed test whose process does not come to it has not passed") {
    const outcome crashed = run(static_crash("print and crash", "t", "exec"));
    INFO(crashed);
    CHECK(crashed.exit_code == 1);
    for (const std::string name : {"one", "two", "three"}) {
        CHECK(crashed.report[name].ending() == "crashed");
        CHECK(crashed.report[name].last().signal_name == "SIGABRT");
        CHECK(crashed.report[name].last().err == "the disk is upside down\n");
    }
    const outcome exited = run(static_crash("exit", "t", "exec"));
    INFO(exited);
    CHECK(exited.exit_code == 1);
    for (const std::string name : {"one", "two", "three"}) {
        CHECK(exited.report[name].ending() == "exited");
    }
}

TEST_CASE("a thread from a static initializer makes tests be executed instead of forked") {
    for (const std::string mode : {"fork", "shard", "auto"}) {
        if (is_portable()) break;  // there threads cannot be counted
        CAPTURE(mode);
        const outcome got = run("static_thread", {"--isolate", mode, "-j2"});
        INFO(got);
        CHECK(got.exit_code == 1);
        CHECK(got.report["has a process that was initialised for it"].verdict == "passed");
        CHECK(got.report["and so has the next"].verdict == "passed");
        CHECK(got.report["fails"].ending() == "failed");
        CHECK(got.report["crashes"].ending() == "crashed");
        CHECK(count_of(got.out, "has started a thread") == 1);
    }
    const outcome got = run("static_thread", {"--isolate", "exec"});
    INFO(got);
    CHECK(got.report.count("passed") == 2);
    CHECK(count_of(got.out, "has started a thread") == 0);
}

TEST_CASE("a signal that another thread gets wakes the one that waits") {
    // Its handler runs in either thread: where that went wrong, a run in thirty hung for seconds.
    double longest = 0;
    for (int round = 0; round < 40; ++round) {
        longest = std::max(longest, run("static_thread", {"--isolate", "exec", "-j2"}).seconds);
    }
    CHECK(longest < 8);
}
