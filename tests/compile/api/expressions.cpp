// Every form of expression that an assertion takes, under warnings that look at comparisons.
#include <cordon/cordon.hpp>

#include <stddef.h>

#include <memory>
#include <string>
#include <vector>

namespace {

struct flags {
    unsigned low : 3;
    bool on : 1;
};

struct immovable {
    int value = 1;
    immovable() = default;
    immovable(const immovable&) = delete;
    immovable& operator=(const immovable&) = delete;
    bool operator==(const immovable& other) const { return value == other.value; }
};

struct tests_true {
    explicit operator bool() const { return true; }
};

// Declared only: looking at it by value needs no definition.
struct constants {
    static const int answer = 42;
};

enum plain { plain_one = 1 };
enum class scoped { one = 1 };
enum other_plain { other_one = 1 };

union number {
    int whole;
    float part;
    bool operator==(const number& other) const { return whole == other.whole; }
};

int twice(int x) { return 2 * x; }
[[nodiscard]] int must_use() { return 1; }
int* null_of_int() { return nullptr; }

template <class T>
struct dependent {
    static void check(const T& a, const T& b) {
        CHECK(a == b);
        CHECK(a + b == b + a);
        CHECK_FALSE(a != b);
        CHECK_EQ(a, b);
        CHECK_THROWS_AS(throw a, T);
        REQUIRE(static_cast<bool>(sizeof(T)));
        INFO("a is ", a);
    }
};

template <class... T>
int count(T...) {
    return sizeof...(T);
}

}  // namespace

TEST_CASE("operands") {
    flags bits{5, true};
    CHECK(bits.low == 5);
    CHECK(bits.on);
    CHECK(5u == bits.low);

    immovable a;
    immovable b;
    CHECK(a == b);
    CHECK(std::make_unique<int>(1) != nullptr);
    CHECK(std::make_unique<int>(1));
    CHECK(tests_true());
    CHECK_FALSE(!tests_true());

    CHECK(constants::answer == 42);
    CHECK(42 == constants::answer);

    volatile int changing = 1;
    CHECK(changing == 1);
    CHECK(changing);

    number x;
    x.whole = 1;
    CHECK(x == x);
    CHECK_EQ(x, x);
}

TEST_CASE("pointers") {
    int here = 0;
    int* p = &here;
    const int* q = p;
    CHECK(p == q);
    CHECK(p != nullptr);
    CHECK(nullptr != p);
    CHECK(null_of_int() == NULL);
    CHECK(null_of_int() == 0);
    CHECK(p != 0);
    CHECK(p);
    CHECK(!null_of_int());
    CHECK(q < p + 1);
    int array[3] = {1, 2, 3};
    CHECK(array == &array[0]);
    CHECK(array[1] == 2);
    int (*function)(int) = twice;
    CHECK(function == twice);
    CHECK(function == &twice);
    CHECK(function != nullptr);
}

TEST_CASE("text") {
    const std::string text = "cordon";
    const char* pointer = "cordon";
    char buffer[] = "cordon";
    CHECK(text == "cordon");
    CHECK("cordon" == text);
    CHECK(text == pointer);
    CHECK(text == buffer);
    CHECK(text[0] == 'c');
    CHECK(text.size() == 6);
    CHECK(text + "!" == "cordon!");
    CHECK(pointer != nullptr);
    CHECK(L'x' == L'x');
}

TEST_CASE("numbers") {
    const int i = 1;
    const unsigned u = 1;
    const long long ll = 1;
    const size_t size = 1;
    const double d = 1;
    const float f = 1;
    const unsigned char byte = 1;
    CHECK(i == u);
    CHECK(u == i);
    CHECK(i == ll);
    CHECK(ll <= size);
    CHECK(i == d);
    CHECK(d == f);
    CHECK(f >= i);
    CHECK(byte == 1);
    CHECK(byte < 'x');
    CHECK(true == i);
    CHECK(plain_one == 1);
    CHECK(plain_one == plain_one);
    CHECK(scoped::one == scoped::one);
    CHECK(static_cast<int>(other_one) == plain_one);
    CHECK(std::vector<int>(3).size() == 3);
    CHECK_EQ(i, u);
    CHECK_LT(i, 2u);
    CHECK_GE(d, f);
    CHECK(d == cordon::Approx(1));
    CHECK(cordon::Approx(1.0).epsilon(0.1).margin(0.5).scale(2) == ll);
}

TEST_CASE("operators") {
    const unsigned set = 6;
    const unsigned mask = 4;
    bool a = true;
    bool b = false;
    CHECK(1 << 3 == 8);
    CHECK(8 >> 3 == 1);
    CHECK(1 << 3 >> 3 == 1);
    CHECK(set & mask);
    CHECK(set | mask);
    CHECK(set ^ mask);
    CHECK((set & mask) == mask);
    CHECK(set + 1 > mask * 1);
    CHECK(~set);
    CHECK(-1 < 0);
    CHECK((a || b));
    CHECK((a && !b));
    CHECK((a ? 1 : 0) == 1);
    CHECK_UNARY(a || b);
    CHECK_UNARY_FALSE(a && b);
    CHECK((a = true));
    CHECK(count(1, 2, 3) == 3);
    CHECK(std::vector<int>{1, 2} == std::vector<int>{1, 2});
    CHECK(must_use() == 1);
    CHECK_NOTHROW(must_use());
    CHECK(sizeof(int) >= 2);
}

TEST_CASE("nesting") {
    const int i = 1;
    CHECK([&] {
        CHECK(i == 1);
        REQUIRE([&] {
            REQUIRE(i == 1);
            return true;
        }());
        INFO("inner ", i);
        CHECK_MESSAGE(i == 1, "i is ", i);
        return true;
    }());
    REQUIRE_MESSAGE(
        [&] {
            REQUIRE_MESSAGE(i == 1, "i is " << i);
            return true;
        }(),
        "outer ", i);
    if (i == 1)
        CHECK(i == 1);
    else
        CHECK(i != 1);
    for (int n = 0; n < 1; ++n)
        CHECK_THROWS(throw n);
    dependent<int>::check(1, 1);
    dependent<std::string>::check("a", "a");
}

TEST_CASE("throwing") {
    const std::string words = "no";
    CHECK_THROWS(throw 1);
    CHECK_THROWS_AS(throw 1, int);
    CHECK_THROWS_AS(throw 1, const int&);
    CHECK_THROWS_AS(throw std::string("no"), std::string);
    CHECK_THROWS_WITH(throw "no", "no");
    CHECK_THROWS_WITH(throw words, words);
    CHECK_THROWS_WITH_AS(throw words, "no", std::string);
    REQUIRE_THROWS(throw 1);
    REQUIRE_THROWS_AS(throw 1, int);
    REQUIRE_THROWS_WITH(throw "no", "no");
    REQUIRE_THROWS_WITH_AS(throw words, words.c_str(), std::string);
    REQUIRE_NOTHROW(twice(1));
    WARN_THROWS(twice(1));
    WARN_NOTHROW(throw 1);
}

TEST_CASE("words") {
    int i = 1;
    INFO("i is " << i << " and " << 2);
    INFO(i);
    INFO(std::string("a") + "b");
    CAPTURE(i, i + 1, std::vector<int>{1, 2});
    SUCCEED();
    SUCCEED("fine");
    if (i == 2) FAIL("i is ", i);
    if (i == 2) FAIL_CHECK("i is " << i);
    if (i == 2) SKIP("i is ", i);
    SUBCASE("literal") {
        SECTION(std::string("made")) { CHECK(true); }
    }
}

// Operators that take anything beside their own type.
namespace greedy {

struct left {};
struct right {};
template <class T>
bool operator==(const T&, left) {
    return true;
}
template <class T>
bool operator==(const T&, const right&) {
    return true;
}
template <class T>
bool operator==(const right&, const T&) {
    return true;
}

}  // namespace greedy

TEST_CASE("operators that take anything") {
    greedy::left left;
    const greedy::right right;
    CHECK(42 == left);
    CHECK(42 == right);
    CHECK(right == 42);
    CHECK_EQ(42, left);
}
