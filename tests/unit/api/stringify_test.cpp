#include <cordon/api/config.hpp>

CORDON_SILENCE_BEGIN
#include <cordon/api/approx.hpp>
#include <cordon/api/fields/fields.hpp>
CORDON_SILENCE_END

#include <cordon/engine/exec/stringify.hpp>
#include <cordon/engine/os/system.hpp>

#include <doctest/doctest.h>

#include <array>
#include <bitset>
#include <chrono>
#include <complex>
#include <cstddef>
#include <filesystem>
#include <forward_list>
#include <limits>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <variant>
#include <vector>

namespace shapes {

struct point {
    int x;
    int y;
};
void to_text(cordon::text_sink& out, const point& p) { out << "point(" << p.x << ", " << p.y << ")"; }

struct streamed {
    int value;
};
std::ostream& operator<<(std::ostream& out, const streamed& s) { return out << "streamed " << s.value << '!'; }

struct both {};
std::ostream& operator<<(std::ostream& out, const both&) { return out << "by stream"; }
void to_text(cordon::text_sink& out, const both&) { out << "by to_text"; }

template <class T>
struct box {
    enum class kind { first, second };
    T value;
};
template <class T>
void to_text(cordon::text_sink& out, const box<T>& b) {
    out << "box of " << b.value;
}

struct of_cordon {
    bool flag;
};

struct opaque {
    std::uint16_t a = 0x0102;
    std::uint16_t b = 0x0304;
};
class closed {
    std::uint16_t a = 0x0102;
    std::uint16_t b = 0x0304;

  public:
    int sum() const { return a + b; }
};
struct large {
    unsigned char bytes[20] = {1, 2, 3};
};

enum plain { plain_a, plain_b = 7 };
enum class scoped : unsigned char { a, b = 200 };
enum class negative { minus = -3 };
enum class huge : unsigned long long { all = ~0ULL };
enum class streamed_enum { a };
std::ostream& operator<<(std::ostream& out, streamed_enum) { return out << "streamed enum"; }
enum plain_streamed { ps };
std::ostream& operator<<(std::ostream& out, plain_streamed) { return out << "plain streamed"; }
enum class written_enum { a };
void to_text(cordon::text_sink& out, written_enum) { out << "written enum"; }

enum class hidden { minus = -1, low = 0, high = 1 << 20 };
enum class access : unsigned { none, read = 1, write = 2, run = 4, all = 7, special = 0x80000000 };
constexpr access operator|(access a, access b) {
    return static_cast<access>(static_cast<unsigned>(a) | static_cast<unsigned>(b));
}

struct address {
    std::string street;
    int number;
};
struct person {
    std::string name;
    address home;
    std::vector<int> scores;
};
struct with_arrays {
    char text[8];
    int numbers[2];
};
struct members {
    std::optional<int> maybe;
    std::unique_ptr<int> owned;
    std::map<int, int> map;
    void (*function)(int) = nullptr;
};
struct with_bits {
    unsigned low : 3;
    unsigned high : 5;
    int rest;
};
struct wide {
    short a = 1, b = 2, c = 3, d = 4, e = 5, f = 6, g = 7, h = 8;
};
struct too_wide {  // more fields than can be shown
    char a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q;
};
struct geo_like {
    int x;
};
template <class T>
struct pair_of {
    T one;
    T other;
};
struct with_base : geo_like {
    int y;
};
struct with_union {
    int kind;
    union {
        int number;
        float fraction;
    };
};
struct without_default {
    explicit without_default(int n) : value(n) {}
    int value;
};
struct with_late {
    int first;
    without_default late = without_default(2);
};
struct with_reference {
    int count;
    int& target;
};

struct tree {
    std::vector<tree> children;
    auto begin() const { return children.begin(); }
    auto end() const { return children.end(); }
};
struct own_text {
    std::string text;
    auto begin() const { return text.begin(); }
    auto end() const { return text.end(); }
};
std::ostream& operator<<(std::ostream& out, const own_text& value) { return out << '<' << value.text << '>'; }

// One that is its own element, as a path or a JSON value is.
struct endless {
    const endless* begin() const { return this; }
    const endless* end() const { return this; }
    int operator[](int) const { return 0; }
};

struct throwing {};
void to_text(cordon::text_sink& out, const throwing&) {
    out << "half a ";
    throw std::runtime_error("broken");
}

struct base {
    virtual ~base() = default;
    virtual int area() const = 0;
};
struct derived : base {
    int area() const override { return 1; }
};

struct derived_vector : std::vector<int> {
    using std::vector<int>::vector;
};

void function(int) {}

}  // namespace shapes

namespace cordon {
void to_text(text_sink& out, const shapes::of_cordon& value) { out << "flag " << value.flag; }
}  // namespace cordon

namespace {

template <class T>
std::string text(const T& value) {
    return cordon::engine::exec::written(cordon::detail::text_of(value));
}

template <class Char>
std::string pointed(const Char* value) {
    return text(value);
}

}  // namespace

TEST_CASE("numbers") {
    CHECK(text(0) == "0");
    CHECK(text(-5) == "-5");
    CHECK(text(std::numeric_limits<long long>::min()) == "-9223372036854775808");
    CHECK(text(std::numeric_limits<unsigned long long>::max()) == "18446744073709551615");
    CHECK(text(static_cast<short>(-1)) == "-1");
    CHECK(text(static_cast<signed char>(-1)) == "-1");
    CHECK(text(static_cast<unsigned char>(200)) == "200");
    CHECK(text(true) == "true");
    CHECK(text(false) == "false");
#if defined(__SIZEOF_INT128__)
    CHECK(text(static_cast<cordon::detail::int128>(std::numeric_limits<long long>::min()) * 2) ==
          "-18446744073709551616");
#endif
}

TEST_CASE("floating point is the shortest text that reads back as the same") {
    CHECK(text(0.1) == "0.1");
    CHECK(text(0.1 + 0.2) == "0.30000000000000004");
    CHECK(text(0.1F) == "0.1");
    CHECK(text(1.0) == "1.0");
    CHECK(text(-0.0) == "-0.0");
    CHECK(text(100000.0) == "100000.0");
    CHECK(text(123456789012345.0) == "123456789012345.0");
    CHECK(text(1e16) == "1e+16");
    CHECK(text(1e300) == "1e+300");
    CHECK(text(0.0001) == "0.0001");
    CHECK(text(0.00001) == "1e-05");
    CHECK(text(5e-324) == "5e-324");
    CHECK(text(std::numeric_limits<float>::max()) == "3.4028235e+38");
    CHECK(text(std::numeric_limits<double>::infinity()) == "inf");
    CHECK(text(-std::numeric_limits<double>::infinity()) == "-inf");
    CHECK(text(std::numeric_limits<double>::quiet_NaN()) == "nan");
    CHECK(text(0.5L) == "0.5");
}

TEST_CASE("characters and strings are quoted and escaped") {
    CHECK(text('a') == "'a'");
    CHECK(text('\'') == "'\\''");
    CHECK(text('\n') == "'\\n'");
    CHECK(text('\0') == "'\\0'");
    CHECK(text('\x1b') == "'\\x1B'");
    CHECK(text('\xff') == "'\\xFF'");
    CHECK(text(L'\u20ac') == "'\u20ac'");
    CHECK(text(u'\u20ac') == "'\u20ac'");
    CHECK(text(U'\U0001F600') == "'\U0001F600'");
    CHECK(text(std::string("a \"b\"\t\\ 'c'")) == "\"a \\\"b\\\"\\t\\\\ 'c'\"");
    CHECK(text(std::string()) == "\"\"");
    CHECK(text(std::string("a\0b", 3)) == "\"a\\0b\"");
    CHECK(text(std::string_view("view")) == "\"view\"");
    CHECK(text("literal") == "\"literal\"");
    CHECK(text("caf\xc3\xa9") == "\"caf\xc3\xa9\"");
    CHECK(pointed("pointer") == "\"pointer\"");
    CHECK(pointed(static_cast<const char*>(nullptr)) == "nullptr");
}

TEST_CASE("text that is no text does no harm") {
    CHECK(text(std::string("\xff\xfe ok")) == "\"\\xFF\\xFE ok\"");
    CHECK(text(std::string("cut \xe2\x82")) == "\"cut \\xE2\\x82\"");
    CHECK(text(std::u16string(1, char16_t(0xD800))) == "\"\\uD800\"");
    CHECK(text(std::u32string(1, char32_t(0x110000))) == "\"\\U00110000\"");
    const char unterminated[3] = {'a', 'b', 'c'};
    CHECK(text(unterminated) == "\"abc\"");
    const char early[6] = "a\0b";
    CHECK(text(early) == "\"a\"");
}

TEST_CASE("wide strings become UTF-8") {
    CHECK(text(std::wstring(L"w\u20ac\U0001F600")) == "\"w\u20ac\U0001F600\"");
    CHECK(text(std::u16string(u"w\u20ac\U0001F600")) == "\"w\u20ac\U0001F600\"");
    CHECK(text(std::u32string(U"w\u20ac\U0001F600")) == "\"w\u20ac\U0001F600\"");
    CHECK(text(L"wide") == "\"wide\"");
    CHECK(pointed(u"sixteen") == "\"sixteen\"");
    CHECK(pointed(static_cast<const wchar_t*>(nullptr)) == "nullptr");
}

TEST_CASE("pointers") {
    int here = 0;
    CHECK(text(nullptr) == "nullptr");
    CHECK(text(static_cast<int*>(nullptr)) == "nullptr");
    CHECK(text(&here).substr(0, 2) == "0x");
    CHECK(text(static_cast<const void*>(&here)) == text(&here));
    CHECK(text(reinterpret_cast<const unsigned char*>(&here)) == text(&here));
    CHECK(text(reinterpret_cast<const volatile int*>(0x10)) == "0x10");
    CHECK(text(&shapes::function).substr(0, 2) == "0x");
    CHECK(text(static_cast<void (*)(int)>(nullptr)) == "nullptr");
    CHECK(text(static_cast<int shapes::point::*>(nullptr)) == "nullptr");
    CHECK(text(&shapes::point::y).find("8-byte object") != std::string::npos);
    CHECK(text(std::unique_ptr<int>()) == "nullptr");
    CHECK(text(std::shared_ptr<int>()) == "nullptr");
    const auto owner = std::make_shared<int>(1);
    CHECK(text(owner) == text(owner.get()));
}

TEST_CASE("enums without a name show their type and number, or what the user says") {
    CHECK(text(static_cast<shapes::plain>(3)) == "shapes::plain(3)");
    CHECK(text(shapes::scoped::b) == "shapes::scoped(200)");
    CHECK(text(static_cast<shapes::negative>(-40)) == "shapes::negative(-40)");
    CHECK(text(shapes::negative::minus) == "negative::minus");
    CHECK(text(shapes::huge::all) == "huge::all");
    CHECK(text(static_cast<shapes::scoped>(99)) == "shapes::scoped(99)");
    CHECK(text(shapes::streamed_enum::a) == "streamed enum");
    CHECK(text(shapes::ps) == "plain streamed");
    CHECK(text(shapes::written_enum::a) == "written enum");
    CHECK(text(std::byte(0x1f)) == "0x1f");
}

TEST_CASE("enumerators are named") {
    CHECK(text(shapes::plain_a) == "plain_a");
    CHECK(text(shapes::plain_b) == "plain_b");
    CHECK(text(shapes::scoped::a) == "scoped::a");
    CHECK(text(shapes::hidden::low) == "hidden::low");
    CHECK(text(shapes::hidden::high) == "hidden::high");
    CHECK(text(shapes::hidden::minus) == "hidden::minus");
    CHECK(text(shapes::box<int>::kind::second) == "kind::second");
    CHECK(text(std::errc::no_such_file_or_directory) == "errc::no_such_file_or_directory");
    CHECK(text(static_cast<shapes::hidden>(63)) != "");
    CHECK(text(static_cast<shapes::hidden>(1 << 21)).find("hidden(2097152)") != std::string::npos);
}

TEST_CASE("flags are enums with an operator |") {
    using shapes::access;
    CHECK(text(access::read) == "access::read");
    CHECK(text(access::none) == "access::none");
    CHECK(text(access::read | access::special) == "access::read | access::special");
    CHECK(text(static_cast<access>(7)) == "access::all");
    CHECK(text(static_cast<access>(8)) == "shapes::access(8)");
    CHECK(text(static_cast<access>(9)) == "shapes::access(9)");
    CHECK(text(static_cast<shapes::scoped>(3)) == "shapes::scoped(3)");
}

TEST_CASE("aggregates show their fields") {
    using namespace shapes;
#if CORDON_CPLUSPLUS >= 202002L
    CHECK(text(person{"Ann", {"Main", 5}, {1, 2}}) ==
          "person{.name = \"Ann\", .home = address{.street = \"Main\", .number = 5}, .scores = [1, 2]}");
    CHECK(text(with_arrays{"ab", {1, 2}}) == "with_arrays{.text = \"ab\", .numbers = [1, 2]}");
#else
    CHECK(text(person{"Ann", {"Main", 5}, {1, 2}}) == "person{\"Ann\", address{\"Main\", 5}, [1, 2]}");
    CHECK(text(with_arrays{"ab", {1, 2}}) == "with_arrays{\"ab\", [1, 2]}");
    CHECK(text(members{}) == "members{nullopt, nullptr, {}, nullptr}");
    CHECK(text(wide{}) == "wide{1, 2, 3, 4, 5, 6, 7, 8}");
    CHECK(text(opaque()) == "opaque{258, 772}");
    CHECK(text(tree{{tree{}, tree{}}}) == "tree{[tree{[]}, tree{[]}]}");
    CHECK(text(large()).find("large{[0x01, 0x02, 0x03, 0x00,") == 0);
    CHECK(text(pair_of<geo_like>{{1}, {2}}) == "pair_of<shapes::geo_like>{geo_like{1}, geo_like{2}}");
#endif
    CHECK(text(with_bits{1, 2, 3}) == "with_bits{1, 2, 3}");
}

// Structured bindings do not compile for these, and their fields are not known.
TEST_CASE("aggregates whose fields cannot be had show their bytes") {
    using namespace shapes;
    CHECK(text(with_base{{1}, 2}).find("with_base{8-byte object") != std::string::npos);
    CHECK(text(with_union{1, {2}}).find("with_union{8-byte object") != std::string::npos);
    CHECK(text(too_wide{}).find("too_wide{17-byte object") != std::string::npos);
    CHECK(text(with_late{1}).find("with_late{8-byte object") != std::string::npos);
    int here = 0;
    CHECK(text(with_reference{1, here}).find("with_reference{16-byte object") != std::string::npos);
}

TEST_CASE("the user's own text wins") {
    CHECK(text(shapes::point{1, 2}) == "point(1, 2)");
    CHECK(text(shapes::streamed{3}) == "streamed 3!");
    CHECK(text(shapes::both()) == "by to_text");
    CHECK(text(shapes::box<std::string>{"raw"}) == "box of raw");
    CHECK(text(shapes::box<shapes::point>{{1, 2}}) == "box of point(1, 2)");
    CHECK(text(shapes::of_cordon{true}) == "flag true");
    CHECK(text(std::vector<shapes::point>{{1, 2}, {3, 4}}) == "[point(1, 2), point(3, 4)]");
    CHECK(text(shapes::own_text{"abc"}) == "<abc>");
    CHECK(text(std::filesystem::path("/tmp/a b")) == "\"/tmp/a b\"");
    CHECK(text(std::bitset<4>(5)) == "0101");
    CHECK(text(std::complex<double>(1, 2)) == "(1,2)");
}

TEST_CASE("containers") {
    CHECK(text(std::vector<int>{}) == "[]");
    CHECK(text(std::vector<int>{1, 2, 3}) == "[1, 2, 3]");
    CHECK(text(std::vector<std::string>{"a", "b"}) == "[\"a\", \"b\"]");
    CHECK(text(std::vector<std::vector<int>>{{1}, {}, {2, 3}}) == "[[1], [], [2, 3]]");
    CHECK(text(std::vector<bool>{true, false}) == "[true, false]");
    CHECK(text(std::array<int, 2>{{1, 2}}) == "[1, 2]");
    CHECK(text(std::list<char>{'a'}) == "['a']");
    CHECK(text(std::set<int>{2, 1}) == "{1, 2}");
    CHECK(text(std::vector<unsigned char>{0, 10, 255}) == "[0x00, 0x0a, 0xff]");
    CHECK(text(std::array<std::byte, 2>{{std::byte(1), std::byte(0xfe)}}) == "[0x01, 0xfe]");
    CHECK(text(std::unordered_set<int>{100, 2, 10, 1, -5}) == "{-5, 1, 2, 10, 100}");
    CHECK(text(std::unordered_map<std::string, int>{{"b", 1}, {"a, b", 2}}) == "{\"a, b\": 2, \"b\": 1}");
    CHECK(text(std::map<std::string, int>{{"a", 1}, {"b", 2}}) == "{\"a\": 1, \"b\": 2}");
    CHECK(text(std::map<int, std::vector<int>>{}) == "{}");
    CHECK(text(shapes::derived_vector{1}) == "[1]");
    const int array[2][2] = {{1, 2}, {3, 4}};
    CHECK(text(array) == "[[1, 2], [3, 4]]");
    std::vector<bool> flags{true};
    CHECK(text(flags[0]) == "true");
    CHECK(text(shapes::endless()).find("shapes::endless{}") == 0);
}

TEST_CASE("long containers are cut") {
    const std::string many = text(std::vector<int>(1000, 7));
    CHECK(many.substr(many.size() - 16) == "7, ... 900 more]");
    CHECK(std::count(many.begin(), many.end(), '7') == 100);
    const std::string list = text(std::forward_list<int>(101, 1));
    CHECK(list.substr(list.size() - 13) == ", ... 1 more]");
    CHECK(text(std::vector<int>(100, 7)).find("more") == std::string::npos);
    const std::string map = text(std::map<int, int>{{1, 2}});
    CHECK(map == "{1: 2}");
    // Far more than fits: writing stops early.
    const std::vector<std::vector<std::string>> wide(100, std::vector<std::string>(100, std::string(1000, 'x')));
    CHECK(text(wide).size() < 70 * 1024);
}

TEST_CASE("long text keeps its beginning and its end") {
    const std::string shown = text("begin" + std::string(100000, '.') + "end");
    CHECK(shown.size() < 66 * 1024);
    CHECK(shown.substr(0, 8) == "\"begin..");
    CHECK(shown.substr(shown.size() - 6) == "..end\"");
    CHECK(shown.find("[... 34474 bytes left out ...]") != std::string::npos);
    CHECK(text(std::string(64 * 1024 - 2, 'x')).size() == 64 * 1024);
    const std::string just_over = text(std::string(64 * 1024 - 1, 'x'));
    CHECK(just_over.find("[... 1 bytes left out ...]") != std::string::npos);
}

TEST_CASE("text is not cut inside of a character") {
    std::string euros;
    for (int i = 0; i < 50000; ++i) {
        euros += "\u20ac";
    }
    for (int shift = 0; shift < 3; ++shift) {
        const std::string shown = text(std::string(static_cast<std::size_t>(shift), '.') + euros);
        const std::size_t gap = shown.find("[...");
        REQUIRE(gap != std::string::npos);
        CHECK(shown.substr(gap - 3, 3) == "\u20ac");
        const std::size_t after = shown.find("...]") + 4;
        CHECK(shown.substr(after, 3) == "\u20ac");
    }
}

TEST_CASE("pairs, tuples, optionals, variants") {
    CHECK(text(std::pair<int, std::string>(1, "x")) == "(1, \"x\")");
    CHECK(text(std::tuple<int, double, char>(1, 2.5, 'c')) == "(1, 2.5, 'c')");
    CHECK(text(std::tuple<int>(1)) == "(1)");
    CHECK(text(std::tuple<>()) == "std::tuple<>{}");
    CHECK(text(std::optional<int>()) == "nullopt");
    CHECK(text(std::optional<int>(3)) == "3");
    CHECK(text(std::optional<std::string>("a")) == "\"a\"");
    CHECK(text(std::variant<int, std::string>("v")) == "\"v\"");
    CHECK(text(std::variant<int, std::string>(1)) == "1");
    CHECK(text(std::variant<int, int>(std::in_place_index<1>, 2)) == "2");
    CHECK(text(std::vector<std::optional<int>>{1, std::nullopt}) == "[1, nullopt]");
}

TEST_CASE("a variant without a value") {
    struct fails {
        fails() = default;
        fails(const fails&) { throw 1; }
        fails& operator=(const fails&) = default;
    };
    std::variant<int, fails> broken;
    try {
        const fails source;
        broken.emplace<fails>(source);
    } catch (int) {
    }
    REQUIRE(broken.valueless_by_exception());
    CHECK(text(broken) == "valueless");
}

TEST_CASE("times") {
    using namespace std::chrono;
    CHECK(text(milliseconds(250)) == "250ms");
    CHECK(text(seconds(-1)) == "-1s");
    CHECK(text(duration<double>(1.5)) == "1.5s");
    CHECK(text(hours(2)) == "2h");
    CHECK(text(duration<int, std::ratio<86400>>(2)) == "2d");
    CHECK(text(duration<int, std::ratio<1, 30>>(2)) == "2 * 1/30s");
    CHECK(text(time_point<steady_clock, nanoseconds>(nanoseconds(1700000000123456789))) == "1700000000.123456789s");
    CHECK(text(time_point<steady_clock, milliseconds>(milliseconds(-1250))) == "-1.25s");
    CHECK(text(time_point<steady_clock, microseconds>(microseconds::min())) == "-9223372036854.775808s");
    CHECK(text(time_point<steady_clock, seconds>(seconds(5))) == "5s");
    CHECK(text(time_point<steady_clock, minutes>(minutes(5))) == "5min");
    CHECK(text(time_point<steady_clock, duration<double>>(duration<double>(0.5))) == "0.5s");
}

TEST_CASE("error codes say what they mean") {
    CHECK(text(std::make_error_code(std::errc::no_such_file_or_directory)) ==
          "generic:2 ENOENT \"No such file or directory\"");
    CHECK(text(std::error_code(1, std::iostream_category())).find("iostream:1 \"") == 0);
    CHECK(text(std::error_condition()).find("generic:0 \"") == 0);
}

TEST_CASE("exceptions say what they are") { CHECK(text(std::runtime_error("boom")) == "std::runtime_error(\"boom\")"); }

TEST_CASE("anything else shows its type and bytes") {
    CHECK(text(typeid(shapes::closed)) == "shapes::closed");
    CHECK(text(typeid(std::vector<int>)).find("std::vector<int") == 0);
    CHECK(text(shapes::closed()) == "shapes::closed{4-byte object 02 01 04 03}");
    const shapes::derived shape;
    CHECK(text(static_cast<const shapes::base&>(shape)).find("shapes::base{8-byte object") == 0);
}

TEST_CASE("what throws while it is written is part of the text") {
    CHECK(text(shapes::throwing()) == "half a {writing it threw: broken}");
}
