#include <cordon/cordon.hpp>

#include <unistd.h>

#include <chrono>
#include <thread>

// A static initializer that starts a thread: a fork would be a copy without it.

namespace {

const pid_t initialised_in = [] {
    std::thread([] { std::this_thread::sleep_for(std::chrono::hours(1)); }).detach();
    return getpid();
}();

}  // namespace

TEST_CASE("has a process that was initialised for it") { CHECK(initialised_in == getpid()); }
TEST_CASE("and so has the next") { CHECK(initialised_in == getpid()); }
TEST_CASE("fails") { CHECK(1 == 2); }
TEST_CASE("crashes") { __builtin_trap(); }
