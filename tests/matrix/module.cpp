// Tests in the interface of a module, whose global fragment includes the header. The tags are those of endings.cpp.

module;

#include <cordon/cordon.hpp>

#include <stdlib.h>

#include <string>

export module tested;

export int twice(int value) { return 2 * value; }

TEST_CASE("in a module") { CHECK(twice(2) == 4); }
TEST_CASE("fails in a module", tag("ends:failed"), tag("says:4 == 5")) { CHECK(twice(2) == 5); }
TEST_CASE("aborts in a module", tag("ends:crashed"), tag("signal:SIGABRT")) { abort(); }
TEST_CASE("subcases in a module", tag("leaves:passed,passed")) {
    SUBCASE("one") { CHECK(1 == 1); }
    SUBCASE("two") { CHECK(std::string("a") != "b"); }
}
