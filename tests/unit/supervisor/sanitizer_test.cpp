#include <doctest/doctest.h>
#include <cordon/engine/supervisor/sanitizer.hpp>

#include <string>

using namespace cordon::engine::supervisor;

TEST_CASE("what sanitizers write is named") {
    CHECK(sanitizer_finding("==12==ERROR: AddressSanitizer: heap-use-after-free on address 0x602 at pc 0x55\n#0 x") ==
          "AddressSanitizer: heap-use-after-free");
    CHECK(sanitizer_finding("=====\n==12==ERROR: AddressSanitizer: SEGV on unknown address 0x0 (pc 1)\n") ==
          "AddressSanitizer: SEGV");
    CHECK(sanitizer_finding("\n==7==ERROR: LeakSanitizer: detected memory leaks\n\nDirect leak") ==
          "LeakSanitizer: detected memory leaks");
    CHECK(sanitizer_finding("WARNING: ThreadSanitizer: data race (pid=99)\n  Write of size 4") ==
          "ThreadSanitizer: data race");
    CHECK(sanitizer_finding("==1==WARNING: MemorySanitizer: use-of-uninitialized-value\n") ==
          "MemorySanitizer: use-of-uninitialized-value");
    CHECK(sanitizer_finding("the test says AddressSanitizer: nothing").empty());
    CHECK(sanitizer_finding("").empty());
    CHECK(sanitizer_finding("ERROR: AddressSanitizer: " + std::string(1000, 'x')).size() == 200);
}

TEST_CASE("undefined behaviour is named") {
    CHECK(undefined_behaviour("a.cpp:3:5: runtime error: shift exponent 40 is too large for 32-bit type 'int'\nmore") ==
          "UndefinedBehaviorSanitizer: shift exponent 40 is too large for 32-bit type 'int'");
    CHECK(undefined_behaviour("nothing of the kind").empty());
}
