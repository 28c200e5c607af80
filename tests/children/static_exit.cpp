#include <cordon/cordon.hpp>

#include <unistd.h>

// A global object whose destructor ends the process, as programs do to be spared what destructors of other objects do.
// The supervisor has it as well, and must not pass a failed run for a passed one.

static const struct quick_leaver {
    ~quick_leaver() { _exit(0); }
} leaver;

TEST_CASE("passes") { CHECK(1 == 1); }
TEST_CASE("fails") { CHECK(1 == 2); }
TEST_CASE("skips") { SKIP("today"); }
