// flags: -g -O0
#include <cordon/cordon.hpp>

#include <signal.h>
#if defined(__linux__)
#include <sys/ptrace.h>
#endif

#include <chrono>
#include <mutex>
#include <shared_mutex>
#include <thread>

// Tests that do not end in time, some of which look like what they are not.

namespace {

using steady = std::chrono::steady_clock;

void sleep_long() { std::this_thread::sleep_for(std::chrono::minutes(5)); }

// Each call is another depth, so two looks at it never see the same one.
[[gnu::noinline]] void go_on(int depth) {
    const auto until = steady::now() + std::chrono::milliseconds(100);
    while (steady::now() < until) {
    }
    if (depth < 600) go_on(depth + 1);
    static volatile int end = 0;
    end = end + 1;
}

}  // namespace

TEST_CASE("for a thread that sleeps", timeout(1)) {
    std::thread other(sleep_long);
    other.join();
}

TEST_CASE("for a thread that sleeps and holds a shared lock", timeout(1)) {
    std::shared_mutex rwlock;
    std::thread other([&] {
        std::shared_lock<std::shared_mutex> held(rwlock);
        sleep_long();
    });
    [[maybe_unused]] const auto join_under_rwlock = [&] { other.join(); };
    join_under_rwlock();
}

TEST_CASE("for a lock that a sleeping thread holds", timeout(1)) {
    std::mutex lock;
    std::thread other([&] {
        std::lock_guard<std::mutex> held(lock);
        sleep_long();
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    lock.lock();
    other.join();
}

TEST_CASE("works on", timeout(1)) { go_on(0); }

TEST_CASE("stops itself", timeout(1)) { raise(SIGSTOP); }

#if defined(__linux__)
TEST_CASE("crashes and is traced", timeout(1)) {
    ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
    raise(SIGSEGV);
}
#endif
