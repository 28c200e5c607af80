// Typical failing checks, one a test, for looking at their reports. See ../failures.py.

#include "framework.hpp"

#include <cerrno>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <deque>
#include <filesystem>
#include <functional>
#include <limits>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <tuple>
#include <unordered_map>
#include <variant>
#include <vector>

namespace {

enum class color { red, green, blue };
enum class access : unsigned { read = 1, write = 2, execute = 4 };
access operator|(access a, access b) {
    return static_cast<access>(static_cast<unsigned>(a) | static_cast<unsigned>(b));
}
enum old_style { off, on };

struct streamed {
    int x, y;
    bool operator==(const streamed& other) const { return x == other.x && y == other.y; }
    friend std::ostream& operator<<(std::ostream& out, const streamed& p) {
        return out << '<' << p.x << ';' << p.y << '>';
    }
};
class opaque {
  public:
    explicit opaque(int value) : held(value) {}
    bool operator==(const opaque& other) const { return held == other.held; }

  private:
    int held;
};
struct address {
    std::string street;
    int number;
    bool operator==(const address& other) const { return street == other.street && number == other.number; }
};
struct person {
    std::string name;
    int age;
    std::vector<address> homes;
    bool operator==(const person& other) const {
        return name == other.name && age == other.age && homes == other.homes;
    }
};

std::string lines(int count, const char* changed) {
    std::string text;
    for (int i = 1; i <= count; ++i)
        text += i == 17 ? changed : "line " + std::to_string(i) + " of the text\n";
    return text;
}

const std::vector<int> primes{2, 3, 5, 7, 11, 13};

TEST_CASE("01 signed integers") {
    int answer = 41;
    CHECK(answer == 42);
}
TEST_CASE("02 signed against unsigned") {
    long count = -1;
    std::size_t size = 5;
    CHECK(count == static_cast<long>(size));
    CHECK(static_cast<unsigned>(count) < size);
}
TEST_CASE("03 floating point that prints alike") {
    double sum = 0.1 + 0.2;
    CHECK(sum == 0.3);
    float third = 1.0F / 3;
    CHECK(third == 1.0 / 3);
}
TEST_CASE("04 not a number, infinity, minus zero") {
    double nan = std::nan("");
    CHECK(nan == nan);
    double infinity = std::numeric_limits<double>::infinity();
    CHECK(-infinity > 0.0);
    CHECK(std::signbit(0.0) == std::signbit(-0.0));
}
TEST_CASE("05 short strings") {
    std::string name = "Alice";
    CHECK(name == "Alicia");
}
TEST_CASE("06 strings that differ in whitespace") {
    std::string line = "total:  5 \t";
    CHECK(line == "total:  5\t");
    std::string windows = "one\r\ntwo\r\n";
    CHECK(windows == "one\ntwo\n");
}
TEST_CASE("07 long strings") {
    std::string text(500, 'a'), other(500, 'a');
    other[321] = 'b';
    CHECK(text == other);
}
TEST_CASE("08 strings of many lines") { CHECK(lines(30, "line 17 of the text\n") == lines(30, "line 17 of a text\n")); }
TEST_CASE("09 string_view and char*") {
    std::string_view view = "prefix";
    const char* text = "suffix";
    CHECK(view == text);
    CHECK(view.substr(0, 3) == std::string("pro"));
}
TEST_CASE("10 text beyond ASCII and invalid UTF-8") {
    std::string composed = "caf\u00e9", decomposed = "cafe\u0301", broken = "caf\xe9";
    CHECK(composed == decomposed);
    CHECK(composed == broken);
    std::string greek = "\u0391\u03b1", latin = "A\u03b1";
    CHECK(greek == latin);
}
TEST_CASE("11 null pointers") {
    int* found = nullptr;
    CHECK(found != nullptr);
    CHECK(found);
    int value = 5;
    int* pointer = &value;
    CHECK(pointer == nullptr);
}
TEST_CASE("12 null text") {
    const char* none = nullptr;
    CHECK(none != nullptr);
    CHECK(std::string("x") == (none ? none : "nothing"));
}
TEST_CASE("13 enumerators") {
    color mine = color::red;
    CHECK(mine == color::blue);
    CHECK(mine == static_cast<color>(7));
    old_style lamp = off;
    CHECK(lamp == on);
}
TEST_CASE("14 flags and bitmasks") {
    access rights = access::read | access::execute;
    CHECK(rights == (access::read | access::write));
    unsigned mask = 0xff00;
    CHECK((mask & 0x00ffU) != 0U);
    CHECK(mask == 0xff80U);
}
TEST_CASE("15 boolean expressions") {
    bool ready = false;
    CHECK(ready);
    CHECK(!primes.empty() == ready);
    CHECK((primes.size() > 10 || primes.empty()));
}
TEST_CASE("16 a predicate call") {
    auto is_even = [](int i) { return i % 2 == 0; };
    int value = 7;
    CHECK(is_even(value));
    CHECK(std::all_of(primes.begin(), primes.end(), is_even));
}
TEST_CASE("17 chain of comparisons") {
    int low = 1, value = 12, high = 10;
    CHECK((low <= value && value <= high));
}
TEST_CASE("18 vectors") {
    std::vector<int> computed = primes;
    computed[3] = 8;
    CHECK(computed == primes);
    computed = primes;
    computed.push_back(17);
    CHECK(computed == primes);
}
TEST_CASE("19 a long vector") {
    std::vector<int> a(1000), b(1000);
    b[700] = 1;
    CHECK(a == b);
}
TEST_CASE("20 nested containers") {
    std::vector<std::vector<std::string>> a{{"a", "b"}, {"c"}, {}}, b{{"a", "b"}, {"d"}, {}};
    CHECK(a == b);
}
TEST_CASE("21 maps") {
    std::map<std::string, int> a{{"one", 1}, {"two", 2}, {"four", 4}}, b{{"one", 1}, {"two", 3}, {"three", 3}};
    CHECK(a == b);
    std::unordered_map<std::string, int> c{{"one", 1}, {"two", 2}}, d{{"two", 2}, {"one", 10}};
    CHECK(c == d);
}
TEST_CASE("22 sets") {
    std::set<std::string> a{"ape", "bear", "cat"}, b{"ape", "bee", "cat"};
    CHECK(a == b);
}
TEST_CASE("23 optional") {
    std::optional<int> none, five = 5;
    CHECK(none == five);
    CHECK(five == 6);
    CHECK(none.has_value());
    CHECK(five == std::nullopt);
}
TEST_CASE("24 variant") {
    std::variant<int, std::string> number = 5, text = std::string("5");
    CHECK(number == text);
}
TEST_CASE("25 pair and tuple") {
    CHECK(std::make_pair(1, std::string("a")) == std::make_pair(1, std::string("b")));
    CHECK(std::make_tuple(1, 2.5, 'c') == std::make_tuple(1, 2.5, 'd'));
}
TEST_CASE("26 durations") {
    using namespace std::chrono;
    CHECK(milliseconds(1500) == seconds(2));
    CHECK(hours(25) < minutes(90));
}
TEST_CASE("27 time points") {
    std::chrono::system_clock::time_point start{std::chrono::seconds(1700000000)};
    CHECK(start == start + std::chrono::milliseconds(250));
    std::chrono::steady_clock::time_point deadline{std::chrono::milliseconds(1234)};
    CHECK(deadline > deadline + std::chrono::seconds(1));
}
TEST_CASE("28 a type with operator<<") {
    streamed here{1, 2}, there{1, 3};
    CHECK(here == there);
}
TEST_CASE("29 a class without operator<<") { CHECK(opaque(1) == opaque(2)); }
TEST_CASE("30 aggregates") {
    address here{"High Street", 12}, there{"High Street", 21};
    CHECK(here == there);
    person ann{"Ann", 30, {{"A", 1}, {"B", 2}}}, anne{"Ann", 30, {{"A", 1}, {"B", 3}}};
    CHECK(ann == anne);
}
TEST_CASE("31 errno and error codes") {
    errno = ENOENT;
    CHECK(errno == 0);
    std::error_code code = std::make_error_code(std::errc::permission_denied);
    CHECK(!code);
    CHECK(code == std::errc::file_exists);
}
TEST_CASE("32 buffers of bytes") {
    std::vector<unsigned char> a{0xde, 0xad, 0xbe, 0xef}, b{0xde, 0xad, 0xbf, 0xef};
    CHECK(a == b);
    unsigned char raw[4] = {1, 2, 3, 4};
    CHECK(std::memcmp(raw, a.data(), 4) == 0);
    std::vector<std::byte> one(1, std::byte{1}), all(1, std::byte{255});
    CHECK(one == all);
}
TEST_CASE("33 smart pointers") {
    std::unique_ptr<int> nothing;
    CHECK(nothing != nullptr);
    CHECK(nothing);
    auto a = std::make_shared<int>(5), b = std::make_shared<int>(5);
    CHECK(a == b);
}
TEST_CASE("34 paths") {
    std::filesystem::path path = "/usr/lib/../include";
    CHECK(path == "/usr/include");
    CHECK(path.extension() == ".hpp");
}
TEST_CASE("35 very long values") {
    std::string a(100000, 'x'), b = a + "y";
    CHECK(a == b);
}
TEST_CASE("36 characters") {
    char letter = 'a';
    CHECK(letter == '\n');
    unsigned char byte = 200;
    CHECK(byte == 'a');
    char32_t wide = U'\u00e9';
    CHECK(wide == U'e');
}
TEST_CASE("37 wide and UTF-16 strings") {
    std::wstring wide = L"gr\u00fcn";
    CHECK(wide == L"gr\u00fcen");
    std::u16string sixteen = u"one";
    CHECK(sixteen == u"two");
}
TEST_CASE("38 functions and members") {
    std::function<int()> none;
    CHECK(none);
    CHECK(&person::name == nullptr);
}
#if !defined(WITHOUT_EXCEPTIONS)
TEST_CASE("39 an exception of the wrong type") {
    CHECK_THROWS_AS(throw std::runtime_error("disk full"), std::logic_error);
    CHECK_THROWS_AS(static_cast<void>(primes.size()), std::logic_error);
}
TEST_CASE("40 an exception with the wrong text") {
    CHECK_THROWS_WITH(throw std::runtime_error("disk full"), "disk empty");
}
TEST_CASE("41 an unexpected exception") {
    CHECK_NOTHROW(throw std::out_of_range("index 5"));
    CHECK(primes.at(50) == 1);
}
TEST_CASE("42 an exception that leaves the test") { throw std::runtime_error("from far away"); }
TEST_CASE("43 information") {
    for (int i = 0; i < 3; ++i) {
        INFO("i is " << i);
        CAPTURE(i * i);
        CHECK(i != 2);
    }
}
#endif
#if !defined(WITHOUT_APPROX)
TEST_CASE("44 approximately") {
    double measured = 1.02;
    CHECK(measured == APPROX(1.0));
    CHECK(measured == APPROX(1.0).epsilon(0.001));
}
#endif
#if !defined(WITHOUT_MATCHERS)
TEST_CASE("45 matchers") {
    CHECK_THAT(std::string("hello world"), STARTS_WITH("help") && !STARTS_WITH("x"));
    CHECK_THAT(primes, CONTAINS_ELEMENT(4));
    CHECK_THAT(1.5, WITHIN_ABS(1.0, 0.1));
    CHECK_THAT(primes, ALL_BELOW(10));
}
#endif

}  // namespace

#if defined(WITH_LIBASSERT)
int main(int argc, char** argv) { return run_all(argc, argv); }
#endif
