// User code that has the names cordon uses, before and after its header.
#define skip(x) ((x) + 1)
#define only(...) not_called(__VA_ARGS__)
#include <string>
#include <vector>

static int tag = 1;
static int name = 2;
static int text = 3;
static int value = 4;
static int timeout(double) { return 5; }
struct site {};
struct pass {};
namespace detail {
struct suite {};
inline int fail_value(int x) { return x; }
}  // namespace detail
namespace cordon_user {
namespace detail {}
namespace cordon {
struct text_sink {};
}  // namespace cordon
}  // namespace cordon_user

#include <cordon/cordon.hpp>

using namespace std;

#undef skip
#undef only

TEST_CASE("names", tag("a"), timeout(1.5), skip("never", false), description("hides nothing")) {
    CHECK(::tag + ::name + ::text == 6);
    CHECK(timeout(1) == 5);
    CHECK(detail::fail_value(value) == 4);
}

namespace cordon_user {
TEST_SUITE("names", tag("b")) {
    TEST_CASE("inside of a namespace that has a cordon", serial("x")) {
        const cordon::text_sink* none = nullptr;
        CHECK(none == nullptr);
    }
}
}  // namespace cordon_user

namespace {
TEST_CASE("unnamed namespace") { CHECK(string("a") == "a"); }
TEST_SUITE("suite in an unnamed namespace") {
    TEST_CASE("case") { CHECK(vector<int>{}.empty()); }
}
}  // namespace

#define BOTH(text)                                        \
    TEST_CASE(text " of a macro, one") { CHECK(1 == 1); } \
    TEST_CASE(text " of a macro, two") { CHECK(2 == 2); }
BOTH("case")
