#include <cordon/cordon.hpp>

#include <string>

namespace {
std::string greeting() { return "good morning"; }
}  // namespace

TEST_CASE("second file") { CHECK(greeting() == "good morning"); }

// Where both files have the same counter and the same line, a suite has the same names for different things.
#if !defined(__clang__)
#line 100
#endif
TEST_SUITE("of two files") {
    int sides() { return 4; }
    struct shape {
        int corners() const;
    };
    int shape::corners() const { return 4; }

    TEST_CASE("a square") { CHECK(sides() + shape().corners() == 8); }
}
