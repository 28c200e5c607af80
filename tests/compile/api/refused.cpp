// What an assertion refuses, and the words that say how to write it.
// error AND: put parentheses around it
// error AND_AFTER_COMPARISON: put parentheses around it
// error OR: put parentheses around it
// error CHAIN: put parentheses around it
// error COMMA: put parentheses around it
// error COMMA_AFTER_COMPARISON: put parentheses around it
// error CONDITIONAL: put parentheses around it
// error CONDITIONAL_AFTER_COMPARISON: put parentheses around it
// error ASSIGNMENT: .
#include <cordon/cordon.hpp>

TEST_CASE("refused") {
    int a = 1;
    int b = 2;
    int c = 3;
    CHECK(a + b == c);
#if defined(AND)
    CHECK(a && b);
#endif
#if defined(AND_AFTER_COMPARISON)
    CHECK(a == 1 && b == 2);
#endif
#if defined(OR)
    CHECK(a || b);
#endif
#if defined(CHAIN)
    CHECK(a < b < c);
#endif
#if defined(COMMA)
    CHECK(a, b);
#endif
#if defined(COMMA_AFTER_COMPARISON)
    CHECK(a == 1, b);
#endif
#if defined(CONDITIONAL)
    CHECK(a ? b : c);
#endif
#if defined(CONDITIONAL_AFTER_COMPARISON)
    CHECK(a == b ? b : c);
#endif
#if defined(ASSIGNMENT)
    CHECK(a = b);
#endif
}
