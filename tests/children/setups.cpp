// Setups that build something for the tests. Each run of one adds a line to the file that SETUP_LOG names.

#include <cordon/cordon.hpp>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

namespace {

std::vector<std::string> world;

void log(const char* what) {
    const char* path = std::getenv("SETUP_LOG");
    if (path == nullptr) return;
    const std::string line = std::string(what) + " " + std::to_string(getpid()) + "\n";
    const int file = open(path, O_WRONLY | O_APPEND | O_CREAT, 0666);
    if (write(file, line.data(), line.size()) < 0) std::abort();
    close(file);
}

std::string seen() {
    std::string all;
    for (const std::string& each : world) {
        all += all.empty() ? each : "+" + each;
    }
    return all;
}

}  // namespace

GLOBAL_SETUP() {
    log("global");
    world.push_back("global");
    std::puts("printed by a setup that succeeds");
}

GLOBAL_SETUP() { world.push_back("second"); }

TEST_CASE("outside of all suites") { CHECK(seen() == "global+second"); }

TEST_CASE("ruins what it was given") {
    world.assign(100, "ruined");
    CHECK(world.size() == 100);
}

TEST_CASE("crashes on what it was given") {
    world.clear();
    std::abort();
}

TEST_CASE("after the two") { CHECK(seen() == "global+second"); }

TEST_SUITE("outer") {
    SUITE_SETUP() {
        log("outer");
        CHECK(seen() == "global+second");
        world.push_back("outer");
    }

    TEST_CASE("one") { CHECK(seen() == "global+second+outer"); }

    TEST_CASE("ruins") {
        world.clear();
        SUCCEED();
    }

    TEST_CASE("two") { CHECK(seen() == "global+second+outer"); }

    TEST_SUITE("inner") {
        SUITE_SETUP() {
            log("inner");
            world.push_back("inner");
        }

        TEST_CASE("one") { CHECK(seen() == "global+second+outer+inner"); }
        TEST_CASE("two") { CHECK(seen() == "global+second+outer+inner"); }
    }

    TEST_SUITE("without its own") {
        TEST_CASE("one") { CHECK(seen() == "global+second+outer"); }
    }

    TEST_CASE("three") { CHECK(seen() == "global+second+outer"); }
}

TEST_SUITE("other") {
    SUITE_SETUP() {
        log("other");
        world.push_back("other");
    }

    TEST_CASE("one") { CHECK(seen() == "global+second+other"); }
    TEST_CASE("two") { CHECK(seen() == "global+second+other"); }
}

// The same suite, opened again.
TEST_SUITE("outer") {
    TEST_CASE("four") { CHECK(seen() == "global+second+outer"); }
}
