#include <cordon/cordon.hpp>

#include <string>

namespace {
// The same name as in the other file: whatever the macros make must be local to a file.
std::string greeting() { return "hello"; }
}  // namespace

TEST_CASE("first file") { CHECK(greeting() == "hello"); }

// Where both files have the same counter and the same line, a suite has the same names for different things.
#if !defined(__clang__)
#line 100
#endif
TEST_SUITE("of two files") {
    int sides() { return 3; }
    struct shape {
        int corners() const;
    };
    int shape::corners() const { return 3; }

    TEST_CASE("a triangle") { CHECK(sides() + shape().corners() == 6); }
}
