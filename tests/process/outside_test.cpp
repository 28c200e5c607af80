#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "outside.hpp"

using namespace process_test;

namespace {

/// The supervisor's children; needs /proc.
std::vector<long> children_of(long process) {
    const std::string id = std::to_string(process);
    std::ifstream list("/proc/" + id + "/task/" + id + "/children");
    std::vector<long> found;
    for (long child = 0; list >> child;) {
        found.push_back(child);
    }
    return found;
}

/// It has got to its test, which sleeps; needs /proc.
bool is_in_its_test(long process) {
    const std::string stat = read_file("/proc/" + std::to_string(process) + "/stat");
    const std::size_t after_name = stat.rfind(')');
    return after_name != std::string::npos && stat.compare(after_name, 3, ") S") == 0;
}

/// It has ended, and nobody has waited for it; needs /proc.
bool is_dead(long process) {
    const std::string stat = read_file("/proc/" + std::to_string(process) + "/stat");
    const std::size_t after_name = stat.rfind(')');
    return after_name != std::string::npos && stat.compare(after_name, 3, ") Z") == 0;
}

bool runs_a_test(long worker) {
    const std::vector<long> tests = children_of(worker);
    return std::any_of(tests.begin(), tests.end(), is_in_its_test);
}

}  // namespace

TEST_CASE("who asks is told what runs") {
    const temp_folder folder;
    running child(outside({"-q", "-j2", "--filter", "name(waits*)"}, folder));
    REQUIRE(eventually([&] { return !workers_in(folder).empty(); }));
    REQUIRE(eventually([&] {
        child.send(SIGUSR1);
        sleep_ms(50);
        return holds(child.out(), "2 tests run now, 0 of 2 done");
    }));
    give_sign(folder);
    const outcome got = child.wait();
    INFO(got);
    CHECK(got.exit_code == 0);
    CHECK(holds(got.out, "ms  waits until it is told (slot "));
    CHECK(holds(got.out, "waits as well (slot "));
}

TEST_CASE("a worker that was stopped is found and replaced") {
    for (const std::string mode : isolating_modes) {
        CAPTURE(mode);
        const temp_folder folder;
        running child(outside({"--isolate", mode, "-j1", "waits until it is told", "many/t00"}, folder));
        REQUIRE(eventually([&] { return workers_in(folder).size() == 1; }));
        ::kill(static_cast<pid_t>(workers_in(folder)[0]), SIGSTOP);
        REQUIRE(eventually([&] { return workers_in(folder).size() == 2; }, std::chrono::seconds(60)));
        give_sign(folder);
        const outcome got = child.wait();
        INFO(got);
        CHECK(got.exit_code == 0);
        const test_entry& test = got.report["waits until it is told"];
        REQUIRE(test.attempts.size() == 2);
        CHECK(test.attempts[0].ending == "lost");
        CHECK(holds(test.attempts[0].reason, "did not answer"));
        CHECK(test.attempts[1].ending == "passed");
        CHECK(got.report.count("passed") == 101);
        CHECK(got.report.summary.at("workers_replaced") == 1);
    }
}

TEST_CASE("workers that are killed as they start lose no test") {
    for (const std::string mode : isolating_modes) {
        CAPTURE(mode);
        const temp_folder folder;
        running child(outside({"--isolate", mode, "-j2", "many/t00"}, folder));
        constexpr std::size_t wanted = 12;
        std::set<long> seen;
        std::size_t killed = 0;
        while (killed < wanted && !child.has_ended()) {
            for (const long each : children_of(child.pid())) {
                if (killed == wanted || !seen.insert(each).second || !children_of(each).empty()) continue;
                ::kill(static_cast<pid_t>(each), SIGKILL);
                ++killed;
            }
            ::usleep(200);
        }
        const outcome got = child.wait();
        INFO(got);
        CHECK(killed != 0);  // on a busy machine this process sees few workers in time
        CHECK(got.exit_code == 0);
        CHECK(got.report.count("passed") == 100);
        CHECK(holds(got.out, "a worker was ended by SIGKILL before it was ready"));
    }
}

TEST_CASE("workers that are killed take nothing with them but what they ran") {
    for (const std::string mode : isolating_modes) {
        CAPTURE(mode);
        const temp_folder folder;
        std::mt19937 choice(7);
        command what = outside({"--isolate", mode, "-j4", "many/"}, folder);
        what.environment.emplace_back("UNTIL_TOLD", "1");
        running child(what);
        constexpr int wanted = 100;
        int killed = 0;
        while (killed < wanted && !child.has_ended()) {
            // One that runs a test: workers that die before they have done anything are another matter, and on a busy
            // machine all of them might.
            const std::vector<long> workers = children_of(child.pid());
            const long chosen = workers.empty() ? 0 : workers[choice() % workers.size()];
            if (chosen == 0 || !runs_a_test(chosen)) {
                sleep_ms(1);
                continue;
            }
            ::kill(static_cast<pid_t>(chosen), SIGKILL);
            ++killed;
            sleep_ms(static_cast<int>(choice() % 20));
        }
        // The tests of those workers have come to the supervisor: each counts as a process until it is waited for.
        const bool reaped = eventually([&] {
            const std::vector<long> all = children_of(child.pid());
            return std::none_of(all.begin(), all.end(), is_dead);
        });
        CHECK((reaped || is_portable()));
        give_sign(folder);
        const outcome got = child.wait();
        INFO(got);
        CHECK(killed == wanted);
        CHECK(got.report.tests.size() == 2000);
        CHECK(got.report.count("passed") + got.report.count("lost") == 2000);
        CHECK(got.exit_code == (got.report.count("lost") == 0 ? 0 : 4));
        std::size_t repeated = 0;
        for (const test_entry& test : got.report.tests) {
            if (test.attempts.size() == 1) continue;
            CAPTURE(test.name);
            ++repeated;
            REQUIRE(test.attempts.size() == 2);
            CHECK(test.attempts[0].ending == "lost");
            CHECK(test.attempts[1].ending == test.verdict);
        }
        CHECK(repeated <= static_cast<std::size_t>(killed));
    }
}
