// From C++20 on a constexpr function may assert: while compiling, what fails is an error.
// error FAILS: (constant|constexpr)
#include <cordon/cordon.hpp>

#if CORDON_CPLUSPLUS >= 202002L
namespace {

constexpr int half(int n) {
    CHECK(n % 2 == 0);
    REQUIRE(n >= 0);
    CHECK_FALSE(n < 0);
    CHECK_EQ(n / 2 * 2, n);
    WARN(n != 1);
    return n / 2;
}

static_assert(half(4) == 2);
#if defined(FAILS)
static_assert(half(3) == 1);
#endif

}  // namespace

TEST_CASE("at run time") {
    int four = 4;
    CHECK(half(four) == 2);
}
#elif defined(FAILS)
static_assert(false, "not a constant before C++20");
#endif
