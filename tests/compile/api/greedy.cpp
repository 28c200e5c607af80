// Operators of the user that take any stream, or that stream and any value. Assertions and messages do not use them.
namespace theirs {

struct of_any_stream {
    int x;
};
template <class Stream>
Stream& operator<<(Stream& to, const of_any_stream&) {
    return to;
}

struct beside_any {
    int x;
};
template <class Stream, class T>
Stream& operator<<(Stream& to, const T&) {
    return to;
}

struct of_const_stream {
    int x;
};
template <class Stream>
const Stream& operator<<(const Stream& to, const of_const_stream&) {
    return to;
}

enum class color { red };

inline bool operator==(const of_any_stream& a, const of_any_stream& b) { return a.x == b.x; }
inline bool operator==(const beside_any& a, const beside_any& b) { return a.x == b.x; }
inline bool operator==(const of_const_stream& a, const of_const_stream& b) { return a.x == b.x; }

}  // namespace theirs

template <class Stream, class T>
Stream& operator<<(Stream& to, const T&);

#include <cordon/cordon.hpp>

namespace {

template <class T>
void every_form(T value, const T constant) {
    CHECK(value == constant);
    CHECK(constant == value);
    CHECK(T{1} == value);
    CHECK_FALSE(constant == T{2});
    CHECK_EQ(value, constant);
    CHECK_EQ(T{1}, value);
    CHECK_MESSAGE(constant == value, "is " << value << ", not " << constant);
    INFO("is " << constant << 1 << value);
    CAPTURE(constant, value);
    cordon::log("is ", value);
}

}  // namespace

TEST_CASE("operands") {
    every_form(theirs::of_any_stream{1}, theirs::of_any_stream{1});
    every_form(theirs::beside_any{1}, theirs::beside_any{1});
    every_form(theirs::of_const_stream{1}, theirs::of_const_stream{1});
    CHECK(theirs::color::red == theirs::color::red);
    CHECK_EQ(theirs::color::red, theirs::color::red);
    const int two = 2;
    CHECK(two == 2);
    CHECK(two << 1 == 4);
    CHECK("a"[0] == 'a');
    CHECK(nullptr == nullptr);
}

TEST_CASE_PARAMS("values", theirs::beside_any value, theirs::beside_any{1}, theirs::beside_any{2}) {
    CHECK(value == value);
}
