// What an assertion refuses, and the words that say how to write it. Each case is compiled by itself.
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
#elif defined(AND_AFTER_COMPARISON)
    CHECK(a == 1 && b == 2);
#elif defined(OR)
    CHECK(a || b);
#elif defined(CHAIN)
    CHECK(a < b < c);
#elif defined(COMMA)
    CHECK(a, b);
#elif defined(COMMA_AFTER_COMPARISON)
    CHECK(a == 1, b);
#elif defined(CONDITIONAL)
    CHECK(a ? b : c);
#elif defined(CONDITIONAL_AFTER_COMPARISON)
    CHECK(a == b ? b : c);
#elif defined(ASSIGNMENT)
    CHECK(a = b);
#endif
}
