#include <signal.h>

#include <string>
#include <utility>

#include "outside.hpp"

using namespace process_test;

namespace {

/// The steps made when no more are made. Told through their worker, tests stop a moment later than the run.
std::size_t steps_once_still(const temp_folder& folder) {
    std::size_t made = 0;
    REQUIRE(eventually([&] {
        made = steps(folder);
        sleep_ms(300);
        return steps(folder) == made;
    }));
    return made;
}

}  // namespace

TEST_CASE("while the user has suspended the run nothing goes on, and no clock") {
    for (const std::string mode : isolating_modes) {
        CAPTURE(mode);
        const temp_folder folder;
        running child(outside({"--isolate", mode, "works for a second"}, folder));
        REQUIRE(eventually([&] { return steps(folder) >= 10; }));
        child.send(SIGTSTP);
        const std::size_t before = steps_once_still(folder);
        sleep_ms(6000);  // longer than the test may take
        CHECK(steps(folder) == before);
        CHECK(!child.has_ended());
        child.send(SIGCONT);
        const outcome got = child.wait();
        INFO(got);
        CHECK(got.exit_code == 0);
        CHECK(got.report["works for a second"].attempts.size() == 1);
        CHECK(got.report["works for a second"].last().duration_ms >= 900);
        CHECK(got.report["works for a second"].last().duration_ms < got.seconds * 1000 - 5000);
        CHECK(got.report.duration_ms < got.seconds * 1000 - 5000);
    }
}

TEST_CASE("a setup is suspended with the run") {
    for (const std::string mode : isolating_modes) {
        CAPTURE(mode);
        const temp_folder folder;
        command what = outside({"--isolate", mode, "--timeout", "4s"}, folder);
        what.program = "slow_setup";
        running child(what);
        REQUIRE(eventually([&] { return steps(folder) >= 10; }));
        child.send(SIGTSTP);
        const std::size_t before = steps_once_still(folder);
        sleep_ms(5000);  // longer than the setup may take
        CHECK(steps(folder) == before);
        CHECK(!child.has_ended());
        child.send(SIGCONT);
        REQUIRE(eventually([&] { return steps(folder) > before; }));
        give_sign(folder);
        const outcome got = child.wait();
        INFO(got);
        CHECK(got.exit_code == 0);
        CHECK(got.report["after the setup"].attempts.size() == 1);
    }
}

TEST_CASE("a run that is suspended can be ended") {
    const temp_folder folder;
    running child(outside({"waits until it is told"}, folder));
    REQUIRE(eventually([&] { return !workers_in(folder).empty(); }));
    child.send(SIGTSTP);
    sleep_ms(300);
    child.send(SIGTERM);
    child.send(SIGCONT);
    const outcome got = child.wait();
    INFO(got);
    CHECK(got.exit_code == 128 + SIGTERM);
}
