#include <doctest/doctest.h>
#include <signal.h>

#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "outside.hpp"

using namespace process_test;

namespace {

// Of children/runaways.cpp. Those out of reach have left the test's process group.
const std::vector<std::string> within_reach = {"a helper that ignores signals"};
const std::vector<std::string> out_of_reach = {"a fork chain", "a daemon that ignores signals",
                                               "a command in the background", "a command without an environment"};

std::vector<std::string> all_runaways() {
    std::vector<std::string> all = within_reach;
    // Where the system does not tell whose processes they are, these go on.
    if (!is_portable()) all.insert(all.end(), out_of_reach.begin(), out_of_reach.end());
    return all;
}

command runaways(const std::string& mode, const std::vector<std::string>& tests, const std::string& what,
                 const temp_folder& folder) {
    command made;
    made.program = "runaways";
    made.arguments = {"--isolate", mode, "-j1", "--color", "never"};
    made.arguments.insert(made.arguments.end(), tests.begin(), tests.end());
    made.environment = {{"BEATS", folder / "beats"}, {"DO", what}};
    return made;
}

std::size_t beats(const temp_folder& folder) { return read_file(folder / "beats").size(); }

/// Long before it would end by itself.
bool falls_quiet(const temp_folder& folder) {
    return eventually(
        [&] {
            const std::size_t before = beats(folder);
            sleep_ms(100);
            return beats(folder) == before;
        },
        std::chrono::seconds(12));
}

/// The worker, if there is but one, is the first.
std::vector<pid_t> children_of(long process) {
    const std::string id = std::to_string(process);
    std::ifstream list("/proc/" + id + "/task/" + id + "/children");
    std::vector<pid_t> found;
    for (pid_t child = 0; list >> child;)
        found.push_back(child);
    return found;
}

void check_all_is_over(running& child, const temp_folder& folder) {
    CHECK(child.wait().signal == SIGKILL);
    CHECK(falls_quiet(folder));
    CHECK(eventually([&] { return child.survivors().empty(); }));
}

}  // namespace

TEST_CASE("what runs away from a test is ended with the test") {
    for (const std::string mode : isolating_modes) {
        for (const std::string& test : all_runaways()) {
            CAPTURE(mode);
            CAPTURE(test);
            const temp_folder folder;
            // Where tests share a process, and the system does not tell what each has left: with the last of them.
            const bool with_the_last = is_portable() && mode == "shard";
            std::vector<std::string> tests = {test};
            if (!with_the_last) tests.emplace_back("then it is quiet");
            const outcome got = run(runaways(mode, tests, "end", folder));
            INFO(got);
            CHECK(got.exit_code == 0);
            CHECK(got.report.count("passed") == tests.size());
            CHECK(falls_quiet(folder));
        }
    }
}

TEST_CASE("a chain of processes is ended with its test also on a busy machine") {
    if (is_portable()) return;
    for (int round = 0; round < 5; ++round) {
        // Each chain keeps the others waiting, so that processes end while the list of them is read.
        const std::vector<temp_folder> folders(10);
        std::vector<std::unique_ptr<running>> at_once;
        for (const temp_folder& each : folders)
            at_once.push_back(
                std::make_unique<running>(runaways("shard", {"a fork chain", "then it is quiet"}, "end", each)));
        for (const std::unique_ptr<running>& each : at_once) {
            const outcome got = each->wait();
            INFO(got);
            CHECK(got.report.count("passed") == 2);
        }
    }
}

TEST_CASE("what ran away from a test whose worker was killed is ended before the test is tried again") {
    for (const std::string mode : isolating_modes) {
        for (const std::string& test : all_runaways()) {
            CAPTURE(mode);
            CAPTURE(test);
            const temp_folder folder;
            const outcome got = run(runaways(mode, {test}, "lose the worker", folder));
            INFO(got);
            CHECK(got.exit_code == 0);
            REQUIRE(got.report[test].attempts.size() == 2);
            CHECK(got.report[test].attempts[0].ending == "lost");
            CHECK(got.report[test].attempts[1].ending == "passed");
        }
    }
}

TEST_CASE("a port that a lost attempt has held is free for the next one") {
    for (const std::string mode : isolating_modes) {
        for (const bool apart : {false, true}) {
            if (apart && is_portable()) continue;
            CAPTURE(mode);
            CAPTURE(apart);
            const temp_folder folder;
            command what = runaways(mode, {"a server"}, "", folder);
            if (apart) what.environment.emplace_back("APART", "1");
            const outcome got = run(what);
            INFO(got);
            CHECK(got.exit_code == 0);
            REQUIRE(got.report["a server"].attempts.size() == 2);
            CHECK(got.report["a server"].attempts[1].ending == "passed");
        }
    }
}

TEST_CASE("nothing survives where worker and supervisor are killed with one command") {
    if (is_portable()) return;
    for (const std::string mode : isolating_modes) {
        for (const std::string& test : all_runaways()) {
            CAPTURE(mode);
            CAPTURE(test);
            const temp_folder folder;
            command what = runaways(mode, {test}, "lose both", folder);
            what.may_leave_processes = what.may_leave_files = true;
            running child(what);
            check_all_is_over(child, folder);
        }
    }
}

TEST_CASE("nothing survives in whatever order they are killed") {
    if (is_portable()) return;
    for (const std::string mode : isolating_modes) {
        for (const std::string order : {"worker first", "supervisor first", "supervisor and all of its children"}) {
            CAPTURE(mode);
            CAPTURE(order);
            const temp_folder folder;
            command what = runaways(mode, {"a fork chain"}, "wait", folder);
            what.may_leave_processes = what.may_leave_files = true;
            running child(what);
            REQUIRE(eventually([&] { return beats(folder) >= 3; }));
            const std::vector<pid_t> children = children_of(child.pid());
            REQUIRE(!children.empty());
            if (order == "worker first") ::kill(children[0], SIGKILL);
            if (order == "supervisor and all of its children") {
                // Whoever is killed before the last one has no time to do anything.
                child.send(SIGSTOP);
                for (const pid_t each : children)
                    ::kill(each, SIGKILL);
            }
            child.send(SIGKILL);
            if (order == "supervisor first") ::kill(children[0], SIGKILL);
            check_all_is_over(child, folder);
        }
    }
}
