// Tests whose memory is limited: which of them end for that, and which for something else.

#include <cordon/cordon.hpp>

#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <exception>
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

std::size_t how_much() {
    volatile std::size_t bytes = 400'000'000;
    return bytes;
}

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

// ---- over the limit, told by nobody but the error number ----

TEST_CASE("malloc gets none, then abort", memory_limit(200e6)) {
    if (std::malloc(how_much()) == nullptr) std::abort();
}
TEST_CASE("malloc gets none, then a null pointer", memory_limit(200e6)) {
    *static_cast<volatile char*>(std::malloc(how_much())) = 1;
}
TEST_CASE("calloc gets none", memory_limit(200e6)) { *static_cast<volatile char*>(std::calloc(how_much(), 1)) = 1; }
TEST_CASE("realloc gets none", memory_limit(200e6)) {
    char* grown = static_cast<char*>(std::realloc(std::malloc(10), how_much()));
    *static_cast<volatile char*>(grown) = 1;
}
TEST_CASE("new gets none and does not throw", memory_limit(200e6)) {
    if (new (std::nothrow) char[how_much()] == nullptr) std::abort();
}
TEST_CASE("mmap gets none", memory_limit(200e6)) {
    if (mmap(nullptr, how_much(), PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED) std::abort();
}
TEST_CASE("strdup gets none", memory_limit(200e6)) {
    const std::string text(90'000'000, 'x');
    char* const first = strdup(text.c_str());
    char* const second = strdup(text.c_str());
    if (first == nullptr || second == nullptr) std::abort();
}
TEST_CASE("small pieces, until malloc gets none", memory_limit(200e6)) {
    while (std::malloc(1000) != nullptr) {
    }
    errno = 0;
    std::abort();
}
TEST_CASE("terminates when malloc gets none", memory_limit(200e6)) {
    if (std::malloc(how_much()) == nullptr) std::terminate();
}
TEST_CASE("a thread gets none", memory_limit(200e6)) {
    // Its stack, for which there is no room beside this.
    void* const most = mmap(nullptr, 150'000'000, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    REQUIRE(most != MAP_FAILED);
    std::vector<std::thread> all;
    for (int i = 0; i < 100; ++i)
        all.emplace_back([] { pause(); });
}

// ---- not ----

TEST_CASE("aborts under a limit", memory_limit(200e6)) { std::abort(); }
TEST_CASE("is refused memory by a limit of its own") {
    struct rlimit most = {150'000'000, 150'000'000};
    setrlimit(RLIMIT_AS, &most);
    if (std::malloc(how_much()) == nullptr) std::abort();
}

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
