// Tests whose memory is limited: which of them end for that, and which for something else.

#define CORDON_MAIN
#include <cordon/cordon.hpp>

#include <cstdlib>
#include <cstring>
#include <new>
#include <string>
#include <thread>
#include <vector>

namespace {

void fill_memory() {
    std::vector<std::string> all;
    while (true)
        all.emplace_back(10'000'000, 'x');
}

void fill_memory_to_the_end() noexcept { fill_memory(); }

bool runs_out() {
    try {
        fill_memory();
    } catch (const std::bad_alloc&) {
        return true;
    }
    return false;
}

}  // namespace

// ---- over the limit ----

TEST_CASE("runs out", memory_limit(200e6)) { fill_memory(); }
TEST_CASE("runs out in an assertion", memory_limit(200e6)) { CHECK_NOTHROW(fill_memory()); }
TEST_CASE("runs out where nothing may be thrown", memory_limit(200e6)) { fill_memory_to_the_end(); }
TEST_CASE("runs out in another thread", memory_limit(200e6)) { std::thread(fill_memory).join(); }
TEST_CASE("survives it once", memory_limit(200e6)) {
    CHECK(runs_out());
    fill_memory();
}
TEST_CASE("runs out at first", memory_limit(200e6)) {
    if (std::strcmp(std::getenv("CORDON_ATTEMPT"), "1") == 0) fill_memory();
}

// ---- not ----

TEST_CASE("throws what it did not get", memory_limit(200e6)) { throw std::bad_alloc(); }
TEST_CASE("wants a length that is none", memory_limit(200e6)) {
    volatile int length = -1;
    CHECK(new int[static_cast<std::size_t>(length)] != nullptr);
}
TEST_CASE("survives it", memory_limit(200e6)) { CHECK(runs_out()); }
TEST_CASE("survives it, then fails", memory_limit(200e6)) { CHECK_FALSE(runs_out()); }
TEST_CASE("survives it, then aborts", memory_limit(200e6)) {
    if (runs_out()) std::abort();
}
TEST_CASE("is refused by malloc", memory_limit(200e6)) {
    void* volatile got = std::malloc(400'000'000);
    CHECK(got != nullptr);
}
TEST_CASE("throws it without a limit") { throw std::bad_alloc(); }
