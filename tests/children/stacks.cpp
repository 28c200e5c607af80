// flags: -g -O0
#include <cordon/cordon.hpp>

#include <signal.h>
#include <unistd.h>

#include <condition_variable>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <ostream>
#include <stdexcept>
#include <string>
#include <thread>

// Tests that crash or hang in a known place.

#if defined(__clang__)
#pragma clang diagnostic ignored "-Winfinite-recursion"
#elif defined(__GNUC__) && __GNUC__ >= 12
#pragma GCC diagnostic ignored "-Winfinite-recursion"
#endif

namespace {

[[gnu::noinline]] void write_to(volatile int* where) { *where = 7; }
[[gnu::noinline]] void outer_call(volatile int* where) { write_to(where); }
[[gnu::always_inline]] inline void inlined_call(volatile int* where) { *where = 8; }

[[gnu::noinline]] int without_end(int depth) {
    volatile char room[512];
    room[0] = static_cast<char>(depth);
    return without_end(depth + 1) + room[0];
}

[[gnu::noinline]] void throws_from_here() { throw std::runtime_error("from here"); }

[[gnu::noinline]] void spin() {
    for (volatile unsigned i = 0;; i = i + 1) {
    }
}

[[gnu::noinline]] void spin_on_a_broken_stack() {
    *static_cast<std::uintptr_t volatile*>(__builtin_frame_address(0)) = 16;  // where the caller's frame is looked for
    spin();
}

struct dies_at_the_end {
    bool armed = false;
    ~dies_at_the_end() {
        if (armed) write_to(nullptr);
    }
};
dies_at_the_end at_the_end;

// What this prints is asked for while the program is dying.
struct bad_text {};
std::ostream& operator<<(std::ostream& to, const bad_text&) {
    write_to(nullptr);
    return to;
}

}  // namespace

TEST_CASE("null write") {
    volatile int x = 1;
    CHECK(x == 1);
    SUBCASE("first") {
        SUBCASE("second") {
            INFO("x is " << static_cast<int>(x));
            outer_call(nullptr);
        }
    }
}

TEST_CASE("through a null pointer") { write_to(reinterpret_cast<int*>(24)); }
TEST_CASE("inlined") { inlined_call(nullptr); }
TEST_CASE("stack overflow") { CHECK(without_end(0) == 1); }
TEST_CASE("abort") { std::abort(); }
TEST_CASE("call of nothing") {
    void (*volatile nothing)() = nullptr;
    nothing();
}
TEST_CASE("terminate") { std::thread(throws_from_here).join(); }
TEST_CASE("raise") { ::raise(SIGSEGV); }
TEST_CASE("in another thread") {
    std::thread([] { outer_call(nullptr); }).join();
}
TEST_CASE("at the end") { at_the_end.armed = true; }
TEST_CASE("info that crashes as well") {
    bad_text bad;
    INFO("it is " << bad);
    write_to(nullptr);
}
TEST_CASE("own handler stays") {
    ::signal(SIGSEGV, [](int) { ::_exit(42); });
    write_to(nullptr);
}
TEST_CASE("in a forked copy") {
    if (::fork() == 0) write_to(nullptr);
    ::sleep(1);
    CHECK(true);
}
TEST_CASE("a signal that means nothing") {
    CHECK(::raise(SIGURG) == 0);  // its default is to be ignored
}

TEST_SUITE("throws") {
    TEST_CASE("from a function") {
        CHECK(true);
        throws_from_here();
    }
    TEST_CASE("from the library") { CHECK(std::string("abc").at(7) == 'x'); }
    TEST_CASE("from the library, out of the test") { static_cast<void>(std::string("abc").at(7)); }
    TEST_CASE("again") {
        try {
            throws_from_here();
        } catch (const std::runtime_error&) {
            throw;
        }
    }
    TEST_CASE("in each subcase") {
        SUBCASE("one") { throws_from_here(); }
        SUBCASE("two") { throw 2; }
    }
    TEST_CASE("what is caught") {
        CHECK_THROWS(throws_from_here());
        REQUIRE(1 == 2);
    }
}

TEST_SUITE("hangs") {
    // Long enough to have come to where it hangs on a busy machine, too: what still moves is told as slow.
    TEST_CASE("deadlock of two", timeout(1)) {
        CHECK(true);
        std::mutex a, b;
        std::thread other([&] {
            a.lock();
            ::usleep(100'000);
            b.lock();
        });
        b.lock();
        ::usleep(100'000);
        a.lock();
        other.join();
    }
    TEST_CASE("deadlock with itself", timeout(1)) {
        pthread_mutex_t once = PTHREAD_MUTEX_INITIALIZER;
        ::pthread_mutex_lock(&once);
        ::pthread_mutex_lock(&once);
    }
    TEST_CASE("endless loop", timeout(1)) { spin(); }
    TEST_CASE("broken stack", timeout(1)) { spin_on_a_broken_stack(); }
    TEST_CASE("waits for a word", timeout(1)) {
        std::mutex lock;
        std::condition_variable word;
        std::unique_lock<std::mutex> held(lock);
        for (;;)
            word.wait(held);
    }
    TEST_CASE("reads what nobody writes", timeout(1)) {
        int ends[2];
        REQUIRE(::pipe(ends) == 0);
        char byte = 0;
        while (::read(ends[0], &byte, 1) != 1) {
        }
    }
    TEST_CASE("blocks all signals", timeout(1)) {
        sigset_t all;
        ::sigfillset(&all);
        ::sigprocmask(SIG_BLOCK, &all, nullptr);
        spin();
    }
}
