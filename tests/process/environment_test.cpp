#include "queries.hpp"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <filesystem>
#include <set>

using namespace process_test;
namespace fs = std::filesystem;

namespace {

command child(const char* mode, std::vector<std::string> arguments) {
    command what;
    what.program = "environment";
    what.arguments = std::move(arguments);
    what.arguments.insert(what.arguments.end(), {"--isolate", mode, "--color", "never", "--grace", "100ms"});
    return what;
}

std::string value_in(const attempt_entry& attempt, const std::string& variable) {
    return value_after("\n" + attempt.out, "\n" + variable + "=");
}

bool has_variable(const attempt_entry& attempt, const std::string& variable) {
    return holds("\n" + attempt.out, "\n" + variable + "=");
}

long number_after(const std::string& text, const std::string& start) { return std::stol(value_after(text, start)); }

std::size_t entries_of(const std::string& folder) {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

}  // namespace

TEST_CASE("standard input is empty") {
    for (const char* mode : isolating_modes) {
        const outcome got = run(child(mode, {"standard input"}));
        INFO(mode << ": " << got);
        CHECK(got.exit_code == 0);
    }
}

TEST_CASE("a test leads its own process group, which is not the program's") {
    for (const char* mode : isolating_modes) {
        const outcome got = run(child(mode, {"a process group"}));
        INFO(mode << ": " << got);
        const attempt_entry& last = got.report["a process group"].last();
        CHECK(number_after(last.out, "pid=") == number_after(last.out, "group="));
        CHECK(number_after(last.out, "pid=") == last.pid);
    }
}

TEST_CASE("a test finds in its environment who it is") {
    for (const char* mode : isolating_modes) {
        const outcome got = run(child(mode, {"given/variables", "--seed", "99"}));
        INFO(mode << ": " << got);
        const attempt_entry& last = got.report["variables"].last();
        CHECK(value_in(last, "CORDON_TEST_NAME") == "variables");
        CHECK(value_in(last, "CORDON_ATTEMPT") == "1");
        CHECK(value_in(last, "CORDON_TOTAL_ATTEMPTS") == "1");
        CHECK(value_in(last, "CORDON_SLOT") == std::to_string(last.slot));
        CHECK(value_in(last, "CORDON_SEED") == std::to_string(last.seed));
        const attempt_entry& retried = got.report["variables on a retry"].last();
        CHECK(retried.number == 3);
        CHECK(retried.out == "3 of 3\n");
    }
}

TEST_CASE("the seed of a test follows from the run's seed and its name alone") {
    std::set<std::uint64_t> seeds;
    for (const char* mode : isolating_modes) {
        const outcome all = run(child(mode, {"given/", "--seed", "99", "-j2"}));
        seeds.insert(all.report["variables"].last().seed);
        const auto& attempts = all.report["variables on a retry"].attempts;
        CHECK(std::set<std::uint64_t>{attempts[0].seed, attempts[1].seed, attempts[2].seed}.size() == 3);
        const outcome one = run(child(mode, {"name of no other test", "given/variables", "--seed", "99"}));
        seeds.insert(one.report["variables"].last().seed);
    }
    CHECK(seeds.size() == 1);
}

TEST_CASE("--env reaches the tests, cordon's own options do not") {
    for (const char* mode : isolating_modes) {
        command what = child(
            mode, {"--env", "GREETING=hello world", "--env", "EMPTY=", "--env", "EQUAL=a=b", "-f", "name(variables)"});
        what.environment = {{"CORDON_TIMEOUT", "20s"},        {"CORDON_JOBS", "2"},
                            {"CORDON_FILTER", "all()"},       {"CORDON_REPORT", ""},
                            {"TEST_SHARD_INDEX", "0"},        {"GTEST_TOTAL_SHARDS", "2"},
                            {"SOMETHING_OF_THE_USER", "kept"}};
        const outcome got = run(what);
        INFO(mode << ": " << got);
        const attempt_entry& last = got.report["variables"].last();
        CHECK(value_in(last, "GREETING") == "hello world");
        CHECK(has_variable(last, "EMPTY"));
        CHECK(value_in(last, "EQUAL") == "a=b");
        CHECK(value_in(last, "SOMETHING_OF_THE_USER") == "kept");
        for (const char* name : {"CORDON_TIMEOUT", "CORDON_JOBS", "CORDON_FILTER", "CORDON_REPORT", "TEST_SHARD_INDEX",
                                 "GTEST_TOTAL_SHARDS", "LD_BIND_NOW"}) {
            CAPTURE(name);
            CHECK_FALSE(has_variable(last, name));
        }
        std::set<std::string> own;
        for (const std::string& line : lines_of(last.out)) {
            if (line.rfind("CORDON_", 0) == 0) own.insert(line.substr(0, line.find('=')));
        }
        CHECK(own == std::set<std::string>{"CORDON_ATTEMPT", "CORDON_SEED", "CORDON_SLOT", "CORDON_TEST_NAME",
                                           "CORDON_TOTAL_ATTEMPTS"});
    }
}

TEST_CASE("low descriptors are the test's, and nothing private reaches a program that it starts") {
    // What this process hands down is no fault of the program's.
    std::set<int> handed_down{0, 1, 2};
    for (int i = 3; i < 1024; ++i) {
        const int flags = fcntl(i, F_GETFD);
        if (flags >= 0 && (flags & FD_CLOEXEC) == 0) handed_down.insert(i);
    }
    for (const char* mode : isolating_modes) {
        const outcome got = run(child(mode, {"descriptors"}));
        INFO(mode << ": " << got);
        std::set<int> inheritable, low;
        for (const std::string& line : lines_of(got.report["descriptors"].last().out)) {
            const int number = std::stoi(line);
            if (!holds(line, "private")) inheritable.insert(number);
            if (holds(line, "private") && number < 100) low.insert(number);
        }
        CHECK(inheritable == handed_down);
        CHECK(low.empty());
    }
}

TEST_CASE("signals are as the user's program had them") {
    for (const char* mode : isolating_modes) {
        const outcome got = run(child(mode, {"signals"}));
        INFO(mode << ": " << got);
        CHECK(got.report["signals"].last().out.empty());
    }
}

TEST_CASE("tests run in the folder that the program was started in") {
    for (const char* mode : isolating_modes) {
        const temp_folder folder;
        command what = child(mode, {"a working folder"});
        what.folder = folder.path();
        const outcome got = run(what);
        INFO(mode << ": " << got);
        CHECK(got.report["a working folder"].last().out == fs::canonical(folder.path()).string() + "\n");
    }
}

TEST_CASE("a temporary folder is removed however its test ended") {
    for (const char* mode : isolating_modes) {
        const temp_folder folder;
        command what = child(mode, {"temporary folder/"});
        what.environment = {{"TMPDIR", folder.path()}};
        const outcome got = run(what);
        INFO(mode << ": " << got);
        std::set<std::string> seen;
        for (const test_entry& test : got.report.tests) {
            CAPTURE(test.name);
            const std::string made = value_after(test.last().out, "folder=");
            CHECK(made.empty() == (test.name == "not asked for"));
            if (made.empty()) continue;
            CHECK(made.rfind(folder.path() + "/", 0) == 0);
            seen.insert(made);
            CHECK_FALSE(fs::exists(made));
        }
        CHECK(seen.size() == got.report.tests.size() - 1);
        CHECK(entries_of(folder.path()) == 0);
        const auto ending = [&got](const char* name) { return at(got.report, name).ending(); };
        CHECK(ending("temporary folder/not asked for") == "passed");
        CHECK(ending("temporary folder/of a test that passes") == "passed");
        CHECK(ending("temporary folder/of a test that removes it itself") == "passed");
        CHECK(ending("temporary folder/of a test with threads") == "passed");
        CHECK(ending("temporary folder/of a test that crashes") == "crashed");
        CHECK(ending("temporary folder/of a test that exits") == "exited");
        CHECK(ending("temporary folder/of a test that hangs") == "timed_out");
        CHECK(ending("temporary folder/of a test that goes away and hangs") == "timed_out");
        CHECK(got.err.empty());
    }
}

TEST_CASE("a temporary folder is removed where its test kills its worker, or leaves a process that writes there") {
    for (const char* mode : isolating_modes) {
        for (const char* leaks : {"warn", "ignore"}) {
            const temp_folder folder;
            command what = child(mode, {"kills/", "leaves a writer/", "--leaks", leaks});
            what.program = "temp_folders";
            what.environment = {{"TMPDIR", folder.path()}};
            what.may_leave_processes = is_portable();
            const outcome got = run(what);
            INFO(mode << ": " << got);
            CHECK(got.report.count("lost") == 2);
            CHECK(got.report.count("passed") == 2);
            // Elsewhere a daemon cannot be ended, and goes on writing.
            if (!is_portable()) CHECK(entries_of(folder.path()) == 0);
        }
    }
}

TEST_CASE("a temporary folder is removed where the supervisor is killed") {
    for (const char* mode : isolating_modes) {
        const temp_folder folder;
        command what = child(mode, {"waits/"});
        what.program = "temp_folders";
        what.environment = {{"TMPDIR", folder.path()}};
        what.may_leave_processes = true;  // for the moment that they take to notice
        running killed(what);
        // With what the test writes there: it is on its way then, and the folder known.
        const auto wait_for = [&folder](std::size_t entries) {
            const auto count = [&folder] {
                std::error_code gone_meanwhile;
                fs::recursive_directory_iterator each(folder.path(), gone_meanwhile);
                std::size_t found = 0;
                for (; each != fs::recursive_directory_iterator(); each.increment(gone_meanwhile))
                    ++found;
                return found;
            };
            for (int round = 0; round < 20'000 && count() != entries; ++round)
                sleep_ms(1);
            return count() == entries;
        };
        CAPTURE(mode);
        CHECK(wait_for(2));
        killed.send(SIGKILL);
        killed.wait();
        CHECK(wait_for(0));
    }
}

TEST_CASE("--keep-temp keeps the folders of what failed") {
    for (const char* mode : isolating_modes) {
        const temp_folder folder;
        command what = child(mode, {"temporary folder/", "--keep-temp"});
        what.environment = {{"TMPDIR", folder.path()}};
        const outcome got = run(what);
        INFO(mode << ": " << got);
        std::size_t kept = 0;
        for (const test_entry& test : got.report.tests) {
            CAPTURE(test.name);
            const std::string made = value_after(test.last().out, "folder=");
            if (made.empty()) continue;
            CHECK(fs::exists(made) == (test.verdict == "failed"));
            if (fs::exists(made)) CHECK(read_file(made + "/file") == "text");
            kept += fs::exists(made) ? 1 : 0;
        }
        CHECK(entries_of(folder.path()) == kept);
        CHECK(kept == 6);
    }
}

TEST_CASE("no two tests that run at the same time have the same slot") {
    for (const char* mode : isolating_modes) {
        const outcome got = run(child(mode, {"slots/", "-j3"}));
        INFO(mode << ": " << got);
        CHECK(got.exit_code == 0);
        for (const test_entry& a : got.report.tests) {
            CHECK(a.last().slot < 3);
            CHECK(value_after(a.last().out, "slot=") == std::to_string(a.last().slot));
            for (const test_entry& b : got.report.tests) {
                if (&a == &b || a.last().slot != b.last().slot) continue;
                const bool apart = a.last().started_ms + a.last().duration_ms <= b.last().started_ms ||
                                   b.last().started_ms + b.last().duration_ms <= a.last().started_ms;
                CHECK(apart);
            }
        }
    }
}

namespace {

std::vector<std::string> ports_in(const outcome& got) {
    std::vector<std::string> ports;
    for (const test_entry& test : got.report.tests) {
        const std::string& out = test.last().out;
        ports.push_back(out.substr(1, out.find('|', 1) - 1));
    }
    return ports;
}

}  // namespace

TEST_CASE("a test may change its process, and the next pass or test finds nothing of it") {
    for (const char* mode : {"fork", "exec", "shard", "none"}) {
        const outcome got = run(child(mode, {"in a test/everything", "in a test/nothing", "-j1", "--leaks", "fail"}));
        INFO(mode << ": " << got);
        CHECK(got.exit_code == 0);
        CHECK(got.report.tests.size() == 2);
        CHECK(at(got.report, "in a test/everything changes").last().assertions >= 18);
    }
}

TEST_CASE("a test knows its slot and attempt, and its random numbers follow from the seed") {
    for (const char* mode : {"fork", "exec", "shard", "none"}) {
        const auto numbers = [mode](const char* seed) {
            const outcome got = run(child(mode, {"in a test/slot", "in a test/random", "--seed", seed}));
            INFO(mode << ": " << got);
            CHECK(got.exit_code == 0);
            const std::string out = std::string(mode) == "none"
                                        ? got.out
                                        : at(got.report, "in a test/random numbers").last().out +
                                              at(got.report, "in a test/random numbers again").last().out;
            const std::string first = value_after(out, "first=");
            CHECK(count_of(out, "first=" + first + "\n") == 2);  // the same in both passes
            const std::string other = value_after(out, "other=");
            CHECK(first != other);
            return first + other;
        };
        const std::string one = numbers("1");
        CHECK(one.size() > 20);
        CHECK(numbers("1") == one);
        CHECK(numbers("2") != one);
    }
}

TEST_CASE("limits that a test sets are met") {
    for (const char* mode : {"fork", "exec", "shard"}) {
        const outcome got = run(child(mode, {"in a test/a limit of", "--leaks", "ignore"}));
        INFO(mode << ": " << got);
        CHECK(at(got.report, "in a test/a limit of files is met").ending() == "passed");
        CHECK(at(got.report, "in a test/a limit of memory is met").ending() == "passed");
        const attempt_entry& hog = at(got.report, "in a test/a limit of processor time is met").last();
        CHECK(hog.ending == "crashed");
        CHECK(hog.signal_name == "SIGXCPU");
    }
}

TEST_CASE("a change that is impossible ends the test with the reason") {
    const outcome got = run(child("fork", {"that is not there", "that is too high", "without a name"}));
    INFO(got);
    const auto wrong = [&got](const char* name) {
        const test_entry& test = at(got.report, std::string("in a test/") + name);
        REQUIRE(test.last().failures.size() == 1);
        const failure_entry& first = test.last().failures.front();
        CHECK(holds(first.file, "environment.cpp"));
        CHECK(first.line > 200);
        return first.message;
    };
    CHECK(wrong("a folder that is not there") == "cannot change to the folder /no/such: No such file or directory");
    CHECK(holds(wrong("a limit that is too high"), "cannot set a limit to 1000000000000 (the system allows"));
    CHECK(wrong("a variable without a name") == "cannot set the variable \"a=b\": it is not a name");
    CHECK(at(got.report, "in a test/a locale that is not there").verdict == "passed");
    CHECK(at(got.report, "in a test/a folder that is not there").last().out.empty());
}

TEST_CASE("free ports are different in one test, in two running tests and in two runs") {
    for (const char* mode : isolating_modes) {
        const outcome got = run(child(mode, {"ports differ in one test", "--leaks", "fail"}));
        INFO(mode << ": " << got);
        CHECK(got.exit_code == 0);
        running first(child(mode, {"-f", "tag(ports)", "-j4"}));
        running second(child(mode, {"-f", "tag(ports)", "-j4"}));
        const std::vector<std::string> one = ports_in(first.wait());
        const std::vector<std::string> other = ports_in(second.wait());
        std::set<std::string> all(one.begin(), one.end());
        all.insert(other.begin(), other.end());
        CHECK(all.size() == 8);
    }
}
