// flags: -Wno-unknown-warning-option -Wno-uninitialized -Wno-maybe-uninitialized
// Tests with causes that --flake-diagnose can name without luck.
#include <cordon/cordon.hpp>

#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <random>

namespace {

int shared = 0;
const bool odd_start = std::random_device()() % 2 != 0;

unsigned long variable(const char* name) { return std::strtoul(std::getenv(name), nullptr, 10); }

}  // namespace

TEST_CASE("stable") { CHECK(1 + 1 == 2); }
TEST_CASE("heap that was not set") {
    auto* block = static_cast<volatile char*>(std::malloc(300'000));
    CHECK(block[150'000] == 0);
    std::free(const_cast<char*>(block));
}
TEST_CASE("time zone") {
    const std::time_t then = 1'000'000'000;  // 01:46 UTC on the ninth
    CHECK(std::localtime(&then)->tm_mday == 9);
}
TEST_CASE("address of a local") {
    int local = 0;
    CHECK(reinterpret_cast<std::uintptr_t>(&local) / 4096 % 2 == 0);
}
TEST_CASE("drawn at the start") { CHECK_FALSE(odd_start); }
TEST_CASE("seed") { CHECK(variable("CORDON_SEED") % 3 != 0); }
TEST_CASE("polluter") { shared = 1; }
TEST_CASE("victim") { CHECK(shared == 0); }
TEST_CASE("weakened") { CHECK((shared == 0 && std::random_device()() % 8 != 0)); }
TEST_CASE("one in two") { CHECK(std::random_device()() % 2 != 0); }
TEST_CASE("always fails") { CHECK(1 == 2); }
