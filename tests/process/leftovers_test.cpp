#include <doctest/doctest.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <string>
#include <vector>

#include "queries.hpp"

using namespace process_test;

namespace {

/// What a test of children/leftovers.cpp leaves behind.
struct expectation {
    std::string test;
    std::string kind;       ///< "" for nothing
    std::string says;       ///< part of what is said of it
    bool thorough = false;  ///< seen with --leaks=fail only
    bool linux_only = false;
};

const expectation table[] = {
    {"clean", "", ""},
    {"a program", "process", "sleep 1000 (", false, true},
    {"a copy of itself", "process", "a copy of the test's process (", false, true},
    {"a daemon", "process", "a copy of the test's process (", false, true},
    {"a thread", "thread", "leftovers (", false, true},
    {"a descriptor", "descriptor", ""},
    {"a high descriptor", "descriptor", "60"},
    {"a very high descriptor", "descriptor", "200", true},
    {"a working folder", "working_folder", "/ (was /"},
    {"a removed working folder", "working_folder", "a folder that was removed"},
    {"a umask", "umask", "0077 (was 0022)"},
    {"a locale", "locale", "C.UTF-8 (was C)"},
    {"a new variable", "environment", "LEFT_BY_TEST was set"},
    {"a changed variable", "environment", "TO_BE_CHANGED was changed"},
    {"a missing variable", "environment", "TO_BE_CHANGED was taken out"},
    {"a handled signal", "signal", "SIGUSR1 is handled"},
    {"an ignored signal", "signal", "SIGTERM is ignored"},
    {"a rare signal", "signal", "SIGXFSZ is ignored", true},
    {"a real-time signal", "signal", "SIGRTMIN+2 is ignored", true},
    {"a blocked signal", "signal", "SIGUSR2 is blocked"},
    {"clean, and last", "", ""},
};

outcome run_leftovers(std::vector<std::string> arguments) {
    command what;
    what.program = "leftovers";
    what.arguments = std::move(arguments);
    what.arguments.insert(what.arguments.end(), {"--color", "never"});
    what.environment = {{"TO_BE_CHANGED", "1"}};
    what.may_leave_processes = is_portable();  // a daemon is out of reach there
    ::umask(022);
    return run(what);
}

bool is_seen(const expectation& wanted, bool thorough) {
    return !wanted.kind.empty() && (thorough || !wanted.thorough) && !(wanted.linux_only && is_portable());
}

void check(const attempt_entry& attempt, const expectation& wanted, bool seen) {
    CAPTURE(wanted.test);
    if (!seen) {
        CHECK(attempt.leftovers.empty());
        return;
    }
    REQUIRE(attempt.leftovers.size() == 1);
    CHECK(attempt.leftovers[0].kind == wanted.kind);
    CHECK(attempt.leftovers[0].what.find(wanted.says) != std::string::npos);
    CHECK(attempt.processes_left == (wanted.kind == "process" ? 1 : 0));
    CHECK(attempt.threads_left == (is_portable() ? -1 : wanted.kind == "thread" ? 1 : 0));
    CHECK(attempt.descriptors_left == (wanted.kind == "descriptor" ? 1 : 0));
}

/// Keeps the processors busy.
class load {
  public:
    load() {
        for (pid_t& each : loops_) {
            each = ::fork();
            if (each == 0) {
                ::setpgid(0, 0);
                for (volatile unsigned spin = 0;;)
                    spin = spin + 1;
            }
        }
    }
    ~load() {
        for (const pid_t each : loops_) {
            ::kill(each, SIGKILL);
            ::waitpid(each, nullptr, 0);
        }
    }

  private:
    pid_t loops_[2];
};

}  // namespace

TEST_CASE("what a test leaves behind is told") {
    for (const std::string mode : {"fork", "exec"}) {
        CAPTURE(mode);
        const outcome got = run_leftovers({"--isolate", mode, "-j2"});
        INFO(got);
        for (const expectation& wanted : table) {
            const attempt_entry& attempt = got.report[wanted.test].last();
            CHECK(attempt.ending == "passed");
            check(attempt, wanted, is_seen(wanted, false));
        }
        CHECK(holds(got.out, "Left behind"));
        CHECK(holds(got.out, "umask 0077 (was 0022)"));
        CHECK_FALSE(holds(got.out, "leak  clean"));
    }
}

TEST_CASE("where it fails a test, everything is looked at") {
    for (const std::string mode : {"fork", "exec"}) {
        CAPTURE(mode);
        const outcome got = run_leftovers({"--isolate", mode, "-j2", "--leaks", "fail"});
        INFO(got);
        CHECK(got.exit_code == 1);
        for (const expectation& wanted : table) {
            const bool seen = is_seen(wanted, true);
            const attempt_entry& attempt = got.report[wanted.test].last();
            CHECK(attempt.ending == (seen ? "leaked" : "passed"));
            check(attempt, wanted, seen);
        }
        CHECK(holds(got.out, "left behind a descriptor"));
        CHECK(got.report["a file"].ending() == "passed");
        // What went wrong before stays what went wrong.
        CHECK(got.report["a descriptor and a failure"].ending() == "failed");
        CHECK(got.report["a descriptor and a failure"].last().descriptors_left == 1);
        CHECK(got.report["a descriptor and a crash"].ending() == "crashed");
        CHECK(got.report["a descriptor and a crash"].last().descriptors_left == -1);
    }
}

TEST_CASE("of tests that share a process each is charged with its own") {
    // A daemon is no child of the process: it is found when the process ends, with whichever test was its last.
    const outcome got =
        run_leftovers({"--isolate", "shard", "-j1", "--leaks", "fail", "-x", "a descriptor and", "-x", "a daemon"});
    INFO(got);
    for (const expectation& wanted : table) {
        if (wanted.test != "a daemon") check(got.report[wanted.test].last(), wanted, is_seen(wanted, true));
    }
    const outcome daemon = run_leftovers({"--isolate", "shard", "--leaks", "fail", "a daemon"});
    INFO(daemon);
    CHECK(daemon.report["a daemon"].ending() == (is_portable() ? "passed" : "leaked"));
}

TEST_CASE("a descriptor is told with what it leads to") {
    if (is_portable()) return;
    const outcome got = run_leftovers({"a pipe", "a descriptor"});
    INFO(got);
    const attempt_entry& pipe = got.report["a pipe"].last();
    REQUIRE(pipe.leftovers.size() == 2);
    CHECK(pipe.descriptors_left == 2);
    CHECK(pipe.leftovers[0].what.find(" (pipe:[") != std::string::npos);
    CHECK(pipe.leftovers[1].what.find(" (pipe:[") != std::string::npos);
    CHECK(got.report["a descriptor"].last().leftovers[0].what.find(" (/dev/null)") != std::string::npos);
}

TEST_CASE("files in the temporary folder are told, and are no fault") {
    const outcome got = run_leftovers({"a file", "--leaks", "fail"});
    INFO(got);
    CHECK(got.exit_code == 0);
    const attempt_entry& attempt = got.report["a file"].last();
    CHECK(attempt.files_left == 1);
    REQUIRE(attempt.leftovers.size() == 1);
    CHECK(attempt.leftovers[0].kind == "file");
    CHECK(attempt.leftovers[0].what == "notes");
    CHECK_FALSE(holds(got.out, "Left behind"));
}

TEST_CASE("who does not want to know is not told") {
    const outcome got = run_leftovers({"--leaks", "ignore", "-x", "a descriptor and"});
    INFO(got);
    CHECK(got.exit_code == 0);
    CHECK_FALSE(holds(got.out, "Left behind"));
    CHECK(got.report["a descriptor"].last().leftovers.empty());
    CHECK(got.report["a descriptor"].last().descriptors_left == -1);
}

TEST_CASE("tests that clean up after themselves are not accused, on a busy machine either") {
    const load busy;
    for (const std::string mode : {"fork", "shard"}) {
        CAPTURE(mode);
        command what;
        what.program = "many";
        what.arguments = {"--isolate", mode, "-j3", "--leaks", "fail", "--color", "never"};
        what.environment = {{"DO", "tidy"}};
        const outcome got = run(what);
        CHECK(got.exit_code == 0);
        CHECK(got.report.count("passed") == 1000);
        for (const test_entry& test : got.report.tests) {
            for (const leftover_entry& each : test.last().leftovers) {
                CHECK_MESSAGE(false, test.name << " is said to have left " << each.kind << " " << each.what);
            }
        }
    }
}
