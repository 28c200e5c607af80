// Tests that a search for flaky tests sees pass, and what follows the search sees fail.

#include <cordon/cordon.hpp>

#include <cstdio>
#include <cstdlib>

namespace {

int attempt() { return std::atoi(std::getenv("CORDON_ATTEMPT")); }

/// How many runs there were before this one, of all processes: each leaves a byte in a file.
long runs_so_far(const char* file) {
    std::FILE* log = std::fopen(file, "a");
    std::fputc('x', log);
    std::fclose(log);
    log = std::fopen(file, "r");
    std::fseek(log, 0, SEEK_END);
    const long size = std::ftell(log);
    std::fclose(log);
    return size;
}

}  // namespace

TEST_CASE("flaky at first") { CHECK((attempt() > 20 || attempt() % 2 == 0)); }
TEST_CASE("fails among the others") { CHECK((attempt() <= 20 || attempt() % 2 == 0)); }
TEST_CASE("fails later") {
    const long runs = runs_so_far(std::getenv("LOG"));
    CHECK((runs <= 20 || static_cast<unsigned>(runs) * 2654435761u >> 31 == 0));
}
TEST_CASE("in quarantine", quarantine("#8")) { CHECK((attempt() <= 20 || attempt() % 2 == 0)); }
TEST_CASE("bystander") { CHECK(true); }
