#include "acts.hpp"

using namespace process_test;

// Runs what acts.hpp lists. That nothing is left behind, no process and no temporary file, is checked after every run
// (run_child.cpp).

namespace {

std::vector<std::string> with_filters(std::vector<std::string> arguments, const std::vector<act>& wanted) {
    std::string filter;
    for (const act& each : wanted) {
        filter += (filter.empty() ? "" : " | ") + exactly(each.test);
    }
    arguments.insert(arguments.end(), {"--filter", filter});
    return arguments;
}

std::vector<act> those(const std::vector<act>& all, in_shard how) {
    std::vector<act> found;
    std::copy_if(all.begin(), all.end(), std::back_inserter(found), [&](const act& each) { return each.how == how; });
    return found;
}

// Counted, and without growing the run.
void check_amounts(const outcome& got) {
    const attempt_entry& failures = got.report["ten million failing assertions"].last();
    CHECK(failures.failed_assertions == 10'000'000);
    CHECK(failures.failures.size() == 200);
    CHECK(failures.failures_dropped == 10'000'000 - 200);
    CHECK(failures.max_rss_bytes < 30 * 1024 * 1024);
    CHECK(got.report["a hundred thousand subcases"].last().assertions == 100'000);
    CHECK(got.report_text.size() < 10'000'000);
    CHECK(got.peak_kib < 40 * 1024);
}

void check_all(const outcome& got, const std::vector<act>& wanted, bool shared_process) {
    INFO(got.exit_code << " " << got.err << got.out.substr(0, 100'000));
    REQUIRE(got.report.tests.size() == wanted.size());
    for (const act& each : wanted) {
        check_act(got.report[each.test], each, shared_process);
        if (each.test == "ten million failing assertions") check_amounts(got);
    }
}

void check_child(const std::string& program) {
    const std::vector<act> all = acts_of(program);
    for (const std::string mode : {"fork", "exec"}) {
        CAPTURE(mode);
        check_all(run_acts(program, with_filters({"--isolate", mode, "-j4"}, all)), all, false);
    }
    const std::vector<act> together = those(all, in_shard::together);
    check_all(run_acts(program, with_filters({"--isolate", "shard", "-j4"}, together)), together, true);
    for (const act& each : those(all, in_shard::alone)) {
        check_all(run_acts(program, with_filters({"--isolate", "shard"}, {each})), {each}, false);
    }
}

}  // namespace

TEST_CASE("every act ends as it is told: endings") { check_child("endings"); }

TEST_CASE("every act ends as it is told: acts") { check_child("acts"); }

TEST_CASE("every act ends as it is told: output, names, surroundings") {
    for (const std::string program : {"floods", "hostile", "leftovers"}) {
        CAPTURE(program);
        for (const std::string mode : {"fork", "exec", "shard"}) {
            CAPTURE(mode);
            const std::vector<act> all = acts_of(program);
            std::vector<std::string> arguments = with_filters({"--isolate", mode, "-j2"}, all);
            if (program == "floods") arguments.insert(arguments.end(), {"--timeout", "100s"});
            check_all(run_acts(program, arguments), all, mode == "shard");
        }
    }
}

// Among them those that the table runs alone in shard mode, because the process is not fit for another test after them.
// Whatever they do to the pipe that all of them report through, no result but their own is harmed.
TEST_CASE("what a test writes between its worker's words changes no other test's result") {
    std::vector<act> wanted;
    for (const char* name :
         {"frees twice", "raises SIGHUP", "writes garbage into every descriptor", "forges frames",
          "forges frames of another version", "forges a frame that is too long", "replays its worker's frames",
          "writes garbage and passes", "raises SIGCHLD", "jumps out of the test", "asks its worker to end",
          "puts its output over every private descriptor", "many subcases", "an innocent one", "another innocent one"})
        wanted.push_back(act_of("acts", name));
    for (const std::string mode : {"shard", "fork", "exec"}) {
        for (const std::string jobs : {"-j1", "-j3"}) {
            for (const std::string order : {"file", "1", "2"}) {
                CAPTURE(mode);
                CAPTURE(jobs);
                CAPTURE(order);
                std::vector<std::string> arguments = with_filters({"--isolate", mode, jobs}, wanted);
                if (order != "file") arguments.insert(arguments.end(), {"--order", "random", "--seed", order});
                check_all(run_acts("acts", arguments), wanted, mode == "shard");
            }
        }
    }
}

TEST_CASE("every test of the two children has an expectation") {
    for (const std::string program : {"endings", "acts"}) {
        const outcome got = run(program, {"--list"});
        CHECK(acts_of(program).size() > 20);
        for (const act& each : acts_of(program)) {
            CHECK(holds(got.out, each.test));
        }
        CHECK(lines_of(got.out).size() >= acts_of(program).size());
        CHECK(lines_of(got.out).size() <= acts_of(program).size() + 2);
    }
}

TEST_CASE("200 processes that a test leaves are ended and counted") {
    if (is_portable()) return;
    const outcome got = run_acts("acts", {"two hundred processes", "--leaks", "fail"});
    INFO(got);
    CHECK(got.report["two hundred processes"].ending() == "leaked");
    CHECK(got.report["two hundred processes"].last().processes_left == 200);
}
