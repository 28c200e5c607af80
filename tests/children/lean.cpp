// flags: -O1 -Wno-unknown-warning-option -Wno-maybe-uninitialized
// only: native
#define CORDON_MAIN
#include <cordon/cordon.hpp>

// Tests that do nothing, to be counted by what they cost: "0 ..." runs half of them. An engine of its own, because how
// many pages a process touches depends on how the engine is compiled.

namespace {

void nothing() {
    const int a = 1;
    const int b = 1;
    CHECK(a == b);
}

}  // namespace

#define TEN(n)                      \
    TEST_CASE(n "0") { nothing(); } \
    TEST_CASE(n "1") { nothing(); } \
    TEST_CASE(n "2") { nothing(); } \
    TEST_CASE(n "3") { nothing(); } \
    TEST_CASE(n "4") { nothing(); } \
    TEST_CASE(n "5") { nothing(); } \
    TEST_CASE(n "6") { nothing(); } \
    TEST_CASE(n "7") { nothing(); } \
    TEST_CASE(n "8") { nothing(); } \
    TEST_CASE(n "9") { nothing(); }
#define HUNDRED(n) \
    TEN(n "0")     \
    TEN(n "1")     \
    TEN(n "2")     \
    TEN(n "3")     \
    TEN(n "4")     \
    TEN(n "5")     \
    TEN(n "6")     \
    TEN(n "7")     \
    TEN(n "8")     \
    TEN(n "9")

HUNDRED("some 0 ")
HUNDRED("some 1 ")
HUNDRED("some 2 ")
HUNDRED("more 0 ")
HUNDRED("more 1 ")
HUNDRED("more 2 ")
