// A victim, its polluter and its cleaner among two thousand tests that do nothing.
#include <cordon/cordon.hpp>

namespace {

int state = 0;

}  // namespace

TEST_CASE("spoils") { state = 1; }
TEST_CASE("mends") { state = 0; }
TEST_CASE("minds the spoiler") { CHECK(state == 0); }

#define ONE(number) \
    TEST_CASE("idle " #number) {}
#define TEN(prefix) \
    ONE(prefix##0)  \
    ONE(prefix##1)  \
    ONE(prefix##2)  \
    ONE(prefix##3) ONE(prefix##4) ONE(prefix##5) ONE(prefix##6) ONE(prefix##7) ONE(prefix##8) ONE(prefix##9)
#define HUNDRED(prefix) \
    TEN(prefix##0)      \
    TEN(prefix##1)      \
    TEN(prefix##2)      \
    TEN(prefix##3) TEN(prefix##4) TEN(prefix##5) TEN(prefix##6) TEN(prefix##7) TEN(prefix##8) TEN(prefix##9)
#define THOUSAND(prefix) \
    HUNDRED(prefix##0)   \
    HUNDRED(prefix##1)   \
    HUNDRED(prefix##2)   \
    HUNDRED(prefix##3)   \
    HUNDRED(prefix##4)   \
    HUNDRED(prefix##5) HUNDRED(prefix##6) HUNDRED(prefix##7) HUNDRED(prefix##8) HUNDRED(prefix##9)

THOUSAND(a)
THOUSAND(b)
