// Tests that do as the environment says: FAIL holds the letters of those that fail, SLEEP is a letter and milliseconds.

#include <cordon/cordon.hpp>

#include <cstdlib>
#include <cstring>

#include <unistd.h>

namespace {

void act(char letter) {
    const char* fail = std::getenv("FAIL");
    const char* sleep = std::getenv("SLEEP");
    if (sleep != nullptr && *sleep == letter) usleep(static_cast<useconds_t>(std::atoi(sleep + 1)) * 1000);
    CHECK((fail == nullptr || std::strchr(fail, letter) == nullptr));
}

}  // namespace

TEST_CASE("test a") { act('a'); }
TEST_CASE("test b") { act('b'); }
TEST_CASE("test c") { act('c'); }
TEST_CASE("test d", timeout(1.0)) { act('d'); }
TEST_CASE("in quarantine", quarantine("#12")) { act('q'); }
