// flags: -Wno-unknown-warning-option -Wno-uninitialized -Wno-maybe-uninitialized
// Tests that read what was never set, and tests that depend on where things lie.
#include <cordon/cordon.hpp>

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <random>
#include <unordered_set>

#include <sys/mman.h>

#include "lots.hpp"

using flaky::draw;

namespace {

const unsigned drawn_at_start = std::random_device()();
const auto started_at = std::chrono::steady_clock::now().time_since_epoch().count();

volatile char* volatile kept = nullptr;  // so that the compiler does not see what becomes of it

__attribute__((noinline)) void leave_on_stack(char value) {
    volatile char used[30'000];
    for (volatile char& each : used)
        each = value;
}
__attribute__((noinline)) int read_from_stack() {
    volatile char unset[30'000];
    return unset[100];
}

std::uintptr_t page_of(const void* place) { return reinterpret_cast<std::uintptr_t>(place) / 4096; }

void* map_a_page() { return mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0); }

}  // namespace

TEST_SUITE("memory") {
    TEST_CASE("heap block that was not set", tag("flaky"), tag("cause:uninitialised"), tag("rate:8%")) {
        auto* before = static_cast<char*>(std::malloc(900));
        std::memset(before, draw(12) == 0 ? 1 : 0, 900);
        REQUIRE(before[450] <= 1);
        std::free(before);
        auto* block = static_cast<volatile char*>(std::malloc(900));
        CHECK(block[450] == 0);
        std::free(const_cast<char*>(block));
    }

    TEST_CASE("local variable that was not set", tag("flaky"), tag("cause:uninitialised"), tag("rate:10%")) {
        if (draw(10) == 0) leave_on_stack(1);
        const int value = read_from_stack();
        CHECK(value == 0);
    }

    TEST_CASE("block that was freed", tag("flaky"), tag("cause:uninitialised"), tag("rate:10%")) {
        kept = static_cast<volatile char*>(std::malloc(3000));
        kept[1500] = 7;
        std::free(const_cast<char*>(kept));
        if (draw(10) == 0) static_cast<volatile char*>(std::malloc(3000))[1500] = 9;
        CHECK(kept[1500] == 7);
    }

    TEST_CASE("bucket of a pointer", tag("flaky"), tag("cause:address"), tag("cause:start_up"), tag("rate:12%")) {
        int local = 0;
        CHECK(page_of(&local) % 8 != 3);
    }

    TEST_CASE("pointer as a seed", tag("flaky"), tag("cause:address"), tag("cause:start_up"), tag("rate:20%")) {
        static int here = 0;
        std::minstd_rand random(static_cast<unsigned>(page_of(&here)));
        random.discard(3);
        CHECK(random() % 5 != 0);
    }

    TEST_CASE("order of a set of pointers", tag("flaky"), tag("cause:address"), tag("cause:start_up"),
              tag("rate:40%")) {
        std::unordered_set<void*> all;
        all.insert(map_a_page());
        for (unsigned i = 0; i < 3; ++i)
            all.insert(std::malloc(100 + 1000 * i));
        static int here = 0;
        all.insert(&here);
        CHECK(*all.begin() != &here);
    }

    TEST_CASE("hash seed drawn at the start", tag("flaky"), tag("cause:start_up"), tag("rate:12%")) {
        CHECK(drawn_at_start % 8 != 0);
    }

    TEST_CASE("time of the start", tag("flaky"), tag("cause:start_up"), tag("rate:10%")) {
        CHECK(started_at / 128 % 10 != 0);
    }
}
