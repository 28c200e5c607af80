// Tests in a shared library whose symbols are hidden: they use the engine of the program. The tags are those of
// endings.cpp.

#include <cordon/cordon.hpp>

#include <stdlib.h>

#include <string>

int warmed_by_the_library = 0;

GLOBAL_SETUP() { warmed_by_the_library = 3; }

TEST_CASE("in a library") { CHECK(warmed_by_the_library == 3); }
TEST_CASE("fails in a library", tag("ends:failed"), tag("says:\"a\" == \"b\"")) {
    const std::string text = "a";
    CHECK(text == "b");
}
TEST_CASE("aborts in a library", tag("ends:crashed"), tag("signal:SIGABRT")) { abort(); }
TEST_CASE("leaves in a library", tag("ends:exited"), tag("code:0"), tag("leaves:passed,exited")) {
    SUBCASE("one") { CHECK(1 == 1); }
    SUBCASE("two") { exit(0); }
}
