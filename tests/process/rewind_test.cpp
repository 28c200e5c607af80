#include "queries.hpp"

#include <algorithm>

using namespace process_test;

namespace {

// Where the system, or a policy, forbids it, cordon says so and forks.
bool could_rewind(const outcome& got) {
    return got.out.find("--isolate=rewind runs tests as with fork: ") == std::string::npos;
}

long shared_a_process(const outcome& got) {
    long count = 0;
    for (const test_entry& test : got.report.tests)
        count += std::count_if(test.attempts.begin(), test.attempts.end(),
                               [](const attempt_entry& each) { return each.pid == 0; });
    return count;
}

}  // namespace

TEST_CASE("no test reaches the next one through what is rewound") {
    for (const char* seed : {"1", "2", "3", "4"}) {
        const outcome got = run("rewind", {"--isolate", "rewind", "-j", "1", "--order", "random", "--seed", seed});
        INFO(got);
        CHECK(got.exit_code == 0);
        CHECK(got.report.tests.size() > 250);
        if (!could_rewind(got)) return;
        CHECK(shared_a_process(got) > 10);  // far more on a machine that has time
    }
}

TEST_CASE("tests that a rewind cannot follow have processes of their own") {
    const outcome got = run("rewind", {"--isolate", "rewind", "-j", "1", "kernel"});
    INFO(got);
    CHECK(got.exit_code == 0);
    CHECK(shared_a_process(got) <= 5);
}

TEST_CASE("a test that exits with the code of complete ones has not ended well") {
    command what;
    what.program = "rewind";
    what.arguments = {"--isolate", "rewind", "-j", "1", "leaves"};
    what.environment = {{"LEAVE", "1"}};
    running started(what);
    const outcome got = started.wait();
    INFO(got);
    CHECK(got.report.tests.size() == 8);
    for (const test_entry& test : got.report.tests)
        CHECK(test.ending() == "exited");
}
