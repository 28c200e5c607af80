// Tests that share a file, and fail only while the other one uses it.

#include <cordon/cordon.hpp>

#include <cstdlib>
#include <random>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace {

bool has_it_alone() {
    usleep(std::random_device()() % 2000);  // or one of them could always come first
    const int file = ::open(std::getenv("SHARED"), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    REQUIRE(file >= 0);
    const bool locked = ::flock(file, LOCK_EX | LOCK_NB) == 0;
    usleep(3000);
    ::close(file);
    return locked;
}

}  // namespace

TEST_CASE("left writer") { CHECK(has_it_alone()); }
TEST_CASE("right writer") { CHECK(has_it_alone()); }
TEST_CASE("minds its own") {
    usleep(2000);
    CHECK(1 + 1 == 2);
}
// The runs in which a command is tried have other numbers than those of the search.
TEST_CASE("only in the search") { CHECK(std::atoi(std::getenv("CORDON_ATTEMPT")) != 3); }
// By itself it fails in every other run.
TEST_CASE("every second run") { CHECK(std::atoi(std::getenv("CORDON_ATTEMPT")) % 2 == 0); }
