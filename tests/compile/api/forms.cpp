// Operands that plain C++ takes: not const, volatile, null in each spelling, tested in each way.
// C++20 reverses an operator== that is not const, and says so of the plain expression, too.
// flags: -Wno-ambiguous-reversed-operator
#include <cordon/cordon.hpp>

#include <stddef.h>

#include <memory>
#include <string>

namespace {

struct changes {
    int value;
    bool operator==(const changes& other) { return value == other.value; }
    bool operator!=(const changes& other) { return value != other.value; }
};
struct wants_both {
    int value;
};
bool operator==(wants_both& a, wants_both& b) { return a.value == b.value; }
struct on_temporaries {
    explicit operator bool() && { return true; }
};
struct on_lvalues {
    explicit operator bool() & { return true; }
};
struct not_const {
    operator bool() { return true; }
};
/// What a comparison may give instead of a bool.
struct answer {
    explicit operator bool() && { return true; }
};
struct asked {};
answer operator==(const asked&, const asked&) { return {}; }

struct owner {
    int* get() const { return nullptr; }
    int member = 0;
    void method() {}
};

}  // namespace

TEST_CASE("not const") {
    changes a{1};
    changes b{1};
    const changes fixed{1};
    CHECK(a == b);
    CHECK(a == fixed);
    CHECK(changes{1} == changes{1});
    CHECK_EQ(a, b);
    CHECK_NE(changes{1}, changes{2});
    wants_both c{1};
    wants_both d{1};
    CHECK(c == d);
    CHECK_EQ(c, d);
    on_lvalues lvalue;
    not_const other;
    CHECK(lvalue);
    CHECK(other);
    CHECK(not_const());
    CHECK(on_temporaries());
    CHECK(asked() == asked());
    CHECK_EQ(asked(), asked());
}

TEST_CASE("volatile") {
    volatile int number = 3;
    volatile bool flag = true;
    int* volatile pointer = nullptr;
    CAPTURE(number, flag, pointer);
    INFO("number " << number, flag);
    CHECK(number == 3);
    CHECK(flag);
    CHECK_EQ(number, 3);
    CHECK(pointer == nullptr);
    WARN_MESSAGE(number == 3, "it is " << number);
    CHECK_MESSAGE(number == 3, "it is ", number);
    REQUIRE_FALSE_MESSAGE(number == 4, number);
    SUCCEED("it is " << number);
    if (number == 4) FAIL("it is " << number);
    if (number == 4) FAIL_CHECK("it is ", number);
    if (number == 4) SKIP("it is " << number);
}

TEST_CASE("null") {
    int here = 0;
    int* p = &here;
    const char* text = "text";
    CHECK(NULL != p);
    CHECK(0 != p);
    CHECK(p != NULL);
    CHECK(p != 0L);
    CHECK_NE(NULL, p);
    CHECK_NE(p, NULL);
    CHECK_NE(p, 0);
    CHECK_NE(0, text);
    CHECK(NULL != text);
    CHECK(text != 0);
    std::unique_ptr<int> unique;
    const std::shared_ptr<int> shared;
    CHECK(unique == NULL);
    CHECK(0 == unique);
    CHECK(NULL == shared);
    CHECK(shared == 0);
    CHECK(std::unique_ptr<int>() == NULL);
    CHECK(NULL == std::unique_ptr<int>());
    CHECK_EQ(unique, NULL);
    CHECK_EQ(0, shared);
    int owner::*member = &owner::member;
    void (owner::*method)() = &owner::method;
    void (*function)() = nullptr;
    CHECK(member != NULL);
    CHECK(0 != method);
    CHECK(function == 0);
    CHECK(NULL == function);
}
