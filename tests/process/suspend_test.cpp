#include <signal.h>

#include <memory>
#include <string>
#include <vector>

#include "outside.hpp"

using namespace process_test;

namespace {

struct suspended {
    suspended(const std::string& program, const std::vector<std::string>& options)
        : child(made_of(program, options, folder)) {}

    static command made_of(const std::string& program, const std::vector<std::string>& options,
                           const temp_folder& folder) {
        command what = outside(options, folder);
        what.program = program;
        return what;
    }

    temp_folder folder;
    running child;
    std::size_t before = 0;
};

/// Starts runs beside each other, each with other options, suspends them in the middle of a test or setup, waits
/// `pause` and lets them go on.
std::vector<std::unique_ptr<suspended>> suspend(const std::string& program, const std::vector<std::string>& options,
                                                int pause) {
    std::vector<std::unique_ptr<suspended>> all;
    for (const std::vector<std::string>& way : ways_apart("1"))
        all.push_back(std::make_unique<suspended>(program, with_options(way, options)));
    for (const auto& each : all) {
        REQUIRE(eventually([&] { return steps(each->folder) >= 10; }));
        each->child.send(SIGTSTP);
    }
    // The steps made when no more are made. Told through their worker, tests stop a moment later than the run.
    for (const auto& each : all) {
        REQUIRE(eventually([&] {
            each->before = steps(each->folder);
            sleep_ms(300);
            return steps(each->folder) == each->before;
        }));
    }
    sleep_ms(pause);
    for (std::size_t way = 0; way < all.size(); ++way) {
        CAPTURE(way);
        CHECK(steps(all[way]->folder) == all[way]->before);
        CHECK(!all[way]->child.has_ended());
        all[way]->child.send(SIGCONT);
    }
    return all;
}

}  // namespace

TEST_CASE("while the user has suspended the run nothing goes on, and no clock") {
    constexpr int pause = 6000;  // longer than the test may take
    for (const auto& each : suspend("outside", {"works for a second"}, pause)) {
        const outcome got = each->child.wait();
        INFO(got);
        CHECK(got.exit_code == 0);
        CHECK(got.report["works for a second"].attempts.size() == 1);
        CHECK(got.report["works for a second"].last().duration_ms >= 900);
        CHECK(got.report["works for a second"].last().duration_ms < got.seconds * 1000 - 5000);
        CHECK(got.report.duration_ms < got.seconds * 1000 - 5000);
    }
}

TEST_CASE("a setup is suspended with the run") {
    constexpr int pause = 5000;  // longer than the setup may take
    for (const auto& each : suspend("slow_setup", {"--timeout", "4s"}, pause)) {
        REQUIRE(eventually([&] { return steps(each->folder) > each->before; }));
        give_sign(each->folder);
        const outcome got = each->child.wait();
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
