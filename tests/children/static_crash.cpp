#include <cordon/cordon.hpp>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// A static initializer that fails: STATIC says how, IN says whether in the program as it was started ("s"), or where
// the engine executes it again, in workers ("w") or in executed tests ("t").

namespace {

bool wanted_here() {
    const char* marker = getenv("CORDON_PRIVATE_WORKER");
    const char* in = getenv("IN");
    if (in == nullptr) return false;
    if (marker == nullptr) return in[0] == 's';
    return strlen(marker) > 2 && marker[2] == in[0];
}

const bool initialised = [] {
    const char* how = getenv("STATIC");
    if (how == nullptr || !wanted_here()) return true;
    if (strcmp(how, "crash") == 0) abort();
    if (strcmp(how, "exit") == 0) exit(0);
    if (strcmp(how, "print and crash") == 0) {
        if (write(STDERR_FILENO, "the disk is upside down\n", 24) == 24) abort();
    }
    return true;
}();

}  // namespace

TEST_CASE("one") { CHECK(initialised); }
TEST_CASE("two") { CHECK(initialised); }
TEST_CASE("three") { CHECK(initialised); }
