// Tests whose result shows what a command of --wrap changes.

#include <cordon/cordon.hpp>

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

__attribute__((noinline)) void write_to(volatile int* place) { *place = 1; }

}  // namespace

TEST_CASE("passes") { std::puts("printed by a test"); }

TEST_CASE("fails") { CHECK(1 + 1 == 3); }

TEST_CASE("crashes") { write_to(nullptr); }

TEST_CASE("hangs", timeout(0.3)) {
    while (true)
        ::usleep(1000);
}

TEST_CASE("exits") { std::exit(3); }

TEST_CASE("opens a low descriptor") {
    const int opened = ::open("/dev/null", O_RDONLY);
    CHECK(opened < 16);  // this test may have inherited some
    ::close(opened);
}

TEST_CASE("leaves a process") {
    if (::fork() == 0) {
        ::setsid();
        while (true)
            ::pause();
    }
}

TEST_CASE("uses one processor") {
    cpu_set_t set;
    CPU_ZERO(&set);
    REQUIRE(::sched_getaffinity(0, sizeof set, &set) == 0);
    CHECK(CPU_COUNT(&set) == 1);
}

TEST_CASE("uses much memory", memory_limit(64 * 1024 * 1024)) {
    volatile char* block = static_cast<char*>(std::malloc(512 * 1024 * 1024));
    REQUIRE(block != nullptr);
    block[0] = 1;
}

TEST_CASE("reads freed memory") {
    int* number = new int(7);
    int* volatile kept = number;
    delete number;
    std::printf("%d\n", *kept > 5 ? 1 : 0);
}

TEST_CASE("its worker is killed") {
    ::kill(::getppid(), SIGKILL);
    ::pause();
}
