// A test file that is compiled with other options than the engine, and linked several times: PART tells them apart.
#include <cordon/cordon.hpp>

#include <memory>
#include <string>
#include <vector>

#define MIXED_TEXT_(x) #x
#define MIXED_TEXT(x) MIXED_TEXT_(x)
#define MIXED_NAME(name) name " in part " MIXED_TEXT(PART)

namespace {

enum class color { red, green };
enum plain { one = 1, two = 2 };

template <class T>
void print(const T& value) {
    CAPTURE(value);
    CHECK(value == value);
}

}  // namespace

// Failures on purpose, so that every value goes through the engine as text.
TEST_CASE(MIXED_NAME("prints"), tag("fails"), should_fail()) {
    const char letter = 'a';
    const char* text = "text";
    const std::string words = "words";
    const std::vector<int> numbers{1, 2};
    const std::unique_ptr<int> nothing;
    CAPTURE(letter, text, words, numbers);
    CHECK(letter == 'b');
    CHECK('\xe4' == 'a');
    CHECK(L'a' == L'b');
    CHECK(u'a' == u'b');
    CHECK(U'a' == U'b');
    CHECK(words == "other");
    CHECK(numbers.empty());
    CHECK(nothing != nullptr);
    CHECK(color::red == color::green);
    CHECK(one == two);
    CHECK(1.5f == 2.5);
    CHECK(1.5L == 2.5L);
#if defined(__SIZEOF_INT128__)
    __extension__ const __int128 large = static_cast<__int128>(1) << 100;
    CHECK(large == 0);
#endif
#if defined(__cpp_char8_t)
    CHECK(u8'a' == u8'b');
    const char8_t* eight = u8"eight";
    CHECK(eight == nullptr);
    CHECK(std::u8string(u8"a") == std::u8string(u8"b"));
    print(u8'a');
#endif
#if defined(__cpp_impl_three_way_comparison) && __cplusplus >= 202002L
    CHECK((1 <=> 2) == 0);
#endif
}

TEST_CASE(MIXED_NAME("leaves"), should_fail()) {
    SUBCASE("first") { REQUIRE(1 == 2); }
    SUBCASE("second") { FAIL("at once"); }
}

TEST_CASE(MIXED_NAME("skips")) { SKIP("as it says"); }

TEST_CASE(MIXED_NAME("passes")) {
    print('a');
    print(1);
    CHECK(cordon::temp_dir()[0] == '/');
#if defined(__cpp_exceptions)
    CHECK_THROWS_AS(throw 7, int);
    CHECK_NOTHROW(print(2));
#endif
}
