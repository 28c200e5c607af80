// Tests that depend on others which no command line can have run before them.
#include <cordon/cordon.hpp>

namespace {

bool prepared = false;
bool misused = false;
bool untidy = false;
int steps = 0;

void step(int number) {
    if (steps == number - 1) steps = number;
}

}  // namespace

// Tests with the same setup are kept together: what is in the suite never runs before and after what is not.
TEST_SUITE("with a setup") {
    SUITE_SETUP() { prepared = false; }
    TEST_CASE("prepares") { prepared = true; }
    TEST_CASE("minds the misuse") { CHECK_FALSE(misused); }
    TEST_CASE("makes a mess") { untidy = true; }
    TEST_CASE("minds the mess") { CHECK_FALSE(untidy); }
}
TEST_CASE("misuses what is prepared") { misused = prepared; }
TEST_CASE("clears the mess away") { untidy = false; }

// A test of a serial group runs in a process of its own in any mode.
bool kept = false;
TEST_CASE("keeps to itself", serial("kept")) { kept = true; }
TEST_CASE("minds the keeper") { CHECK_FALSE(kept); }

// Each step does nothing without the one before, and their victim is declared first.
TEST_SUITE("steps") {
    TEST_CASE("minds the last step") { CHECK(steps < 8); }
    TEST_CASE("h 1") { step(1); }
    TEST_CASE("g 2") { step(2); }
    TEST_CASE("f 3") { step(3); }
    TEST_CASE("e 4") { step(4); }
    TEST_CASE("d 5") { step(5); }
    TEST_CASE("c 6") { step(6); }
    TEST_CASE("b 7") { step(7); }
    TEST_CASE("a 8") { step(8); }
}
