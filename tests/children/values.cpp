// Values that are hard to show: of equal text, no text at all, or with a writer that does not come to its end.
// flags: -Wno-infinite-recursion

#if defined(__clang__)
#pragma clang diagnostic ignored "-Winfinite-recursion"  // what one of the printers does
#pragma clang diagnostic ignored "-Wliteral-range"       // what the comparisons are about
#endif

#include <cordon/cordon.hpp>
#include <cordon/fields.hpp>

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <exception>
#include <functional>
#include <locale>
#include <map>
#include <memory>
#include <optional>
#include <ostream>
#include <stdexcept>
#include <string>
#include <system_error>
#include <typeinfo>
#include <unordered_set>
#include <variant>
#include <vector>

namespace {

// One that nothing is equal to, with a text that is made by Writer.
template <class Writer>
struct unequal {
    friend bool operator==(const unequal&, const unequal&) { return false; }
    friend std::ostream& operator<<(std::ostream& out, const unequal&) { return Writer::write(out), out; }
};

struct crashing {
    static void write(std::ostream&) {
        volatile int* nowhere = nullptr;
        *nowhere = 1;
    }
};
struct hanging {
    static void write(std::ostream&) {
        for (volatile int i = 0;; i = i + 1) {
        }
    }
};
struct leaving {
    static void write(std::ostream&) { _exit(0); }
};
struct throwing {
    static void write(std::ostream& out) {
        out << "half ";
        throw 42;
    }
};
struct asserting {
    static void write(std::ostream& out) {
        CHECK(1 == 2);
        out << "asserted";
    }
};
struct recursive {
    static void write(std::ostream& out) {
        volatile char room[512];
        room[0] = 'x';
        write(out);
        out << room[0];
    }
};
struct constant {
    static void write(std::ostream& out) { out << "same"; }
};

struct numbered {
    int value;
    friend bool operator==(const numbered& a, const numbered& b) { return a.value == b.value; }
    friend std::ostream& operator<<(std::ostream& out, const numbered&) { return out << "numbered"; }
};
struct figure {
    int value;
    friend bool operator==(const figure& a, const figure& b) { return a.value == b.value; }
    friend std::ostream& operator<<(std::ostream& out, const figure& it) { return out << it.value; }
};
class with_pointer {
    int first_;
    const void* somewhere_;

  public:
    with_pointer(int first, const void* somewhere) : first_(first), somewhere_(somewhere) {}
    const void* place() const { return first_ != 0 ? somewhere_ : nullptr; }
    friend bool operator==(const with_pointer&, const with_pointer&) { return false; }
};
struct grouping : std::numpunct<char> {
    char do_thousands_sep() const override { return '.'; }
    std::string do_grouping() const override { return "\3"; }
};

enum class color { red, blue = 5 };
enum class rights : unsigned { read = 1, write = 2, run = 4 };
rights operator|(rights a, rights b) {
    return static_cast<rights>(static_cast<unsigned>(a) | static_cast<unsigned>(b));
}
enum plain { plain_one, plain_two };
struct address {
    std::string street;
    int number;
    friend bool operator==(const address& a, const address& b) { return a.street == b.street && a.number == b.number; }
};
struct person {
    std::string name;
    address home;
    std::vector<int> scores;
    person* next;
    friend bool operator==(const person& a, const person& b) { return a.home == b.home && a.scores == b.scores; }
};
template <class Writer>
struct with_field {
    int first;
    unequal<Writer> second_field;
    friend bool operator==(const with_field&, const with_field&) { return false; }
};
/// A container of equal elements that is equal to nothing.
struct never_equal : std::vector<int> {
    using std::vector<int>::vector;
    friend bool operator==(const never_equal&, const never_equal&) { return false; }
};

std::vector<int> numbers(int count, int other_at = -1) {
    std::vector<int> all;
    for (int i = 0; i < count; ++i)
        all.push_back(i == other_at ? -1 : i);
    return all;
}

/// The end of readable memory; the bytes before it are "abc".
const char* end_of_memory() {
    const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
    void* const got = mmap(nullptr, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    REQUIRE(got != MAP_FAILED);
    char* const end = static_cast<char*>(got) + page;
    REQUIRE(mprotect(end, page, PROT_NONE) == 0);
    std::memcpy(end - 3, "abc", 3);
    return end;
}

}  // namespace

TEST_SUITE("equal texts") {
    TEST_CASE("numbers") {
        const float narrow = 0.1f;
        int minus = -1;
        unsigned three = 3;
        long long large = 9007199254740993;
        WARN(narrow == 0.1);
        WARN(0.1L == 0.1);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-compare"
#pragma GCC diagnostic ignored "-Wconversion"
        WARN(minus < three);
        WARN(three >= minus);
        WARN(large != 9007199254740992.0);
#pragma GCC diagnostic pop
        const double nan = __builtin_nan("");
        WARN(nan == nan);
        WARN(narrow == 2.5);
        CHECK_EQ(minus, three);
    }

    TEST_CASE("objects") {
        WARN(numbered{1} == numbered{2});
        const unequal<constant> one;
        WARN(one == one);
        WARN(std::optional<unequal<constant>>(one) == one);
    }
}

TEST_SUITE("pointers") {
    TEST_CASE("to texts") {
        char first[] = "abc";
        char second[] = "abc";
        const char* a = first;
        const char* b = second;
        WARN(a == b);
        WARN_EQ(a, b);
        WARN(a == nullptr);
        WARN(NULL == a);
        WARN(static_cast<void*>(second) == a);
        WARN(a == std::string("x"));
    }

    TEST_CASE("to no text") {
        const char* const end = end_of_memory();
        const char* const cut = end - 3;
        const char unterminated[3] = {'x', 'y', 'z'};
        const char* const text = "text";
        const char binary[] = "\x01\x02\xff";
        const char* const bytes = binary;
        WARN(end == text);
        WARN(cut == text);
        WARN(end == nullptr);
        WARN(bytes == text);
        WARN(std::string("q") == unterminated);
        WARN_EQ(unterminated, std::string("q"));
        WARN(reinterpret_cast<const char16_t*>(end) == nullptr);
        INFO("cut ", cut, " end");
        CHECK(1 == 2);
    }
}

TEST_SUITE("forms") {
    TEST_CASE("of types") {
        using std::chrono::milliseconds;
        using time = std::chrono::system_clock::time_point;
        WARN(std::optional<int>(1) == std::nullopt);
        WARN(std::variant<int, std::monostate>(1) == std::variant<int, std::monostate>(std::monostate()));
        WARN(time(milliseconds(1700000000123)) == time(milliseconds(-1)));
        const unsigned flags = 0x1234;
        WARN((flags & 0xFF00) == 0x1300);
        WARN(flags == 4661);
        WARN((flags & 0x10) == 1);
        const with_pointer value{1, &flags};
        WARN(value == value);
        std::locale::global(std::locale(std::locale(), new grouping));
        WARN(figure{1234567} == figure{1});
        volatile int changing = 3;
        CAPTURE(changing);
        INFO("is " << changing);
        WARN_MESSAGE(changing == 4, "not " << changing);
        FAIL_CHECK("v is " << changing);
    }

    TEST_CASE("characters and numbers") {
        const char letter = 'a';
        const int number = 98;
        const unsigned char byte = 200;
        WARN(letter == number);
        WARN(byte == '\xE9');
        WARN(letter == 'b');
        CHECK(U'a' == byte);
    }

    TEST_CASE("truth of objects") {
        const std::function<int()> none;
        const std::function<int()> some = [] { return 1; };
        WARN(none);
        WARN_FALSE(some);
        CHECK(typeid(int) == typeid(std::function<int()>));
    }

    TEST_CASE("nested exceptions") {
        const auto fails = [] {
            try {
                throw std::out_of_range("no such key");
            } catch (...) {
                std::throw_with_nested(std::runtime_error("cannot load"));
            }
        };
        CHECK_NOTHROW(fails());
        CHECK_THROWS_AS(fails(), std::logic_error);
        CHECK_THROWS_AS(fails(), std::runtime_error);
        fails();
    }

    TEST_CASE("errno") {
        errno = ENOENT;
        WARN(errno == EACCES);
        errno = ENOENT;
        WARN(errno == 0);
        const int two = 2;
        CHECK(two == 0);
    }

    TEST_CASE("of sides") {
        CHECK_FALSE(std::string("abc") == "abc");
        CHECK_THROWS_WITH(throw std::string("said"), "wanted");
        CHECK(std::string(300, 'a') == std::string(301, 'a'));
    }

    TEST_CASE("thrown number") { throw 42; }
    TEST_CASE("thrown double") { throw 2.5; }
    TEST_CASE("thrown character") { throw 'x'; }
    TEST_CASE("thrown code") { throw std::make_error_code(std::errc::no_such_file_or_directory); }
    TEST_CASE("thrown in a check") {
        CHECK([]() -> bool { throw 7u; }());
    }
}

TEST_SUITE("shown") {
    TEST_CASE("enums") {
        WARN(color::red == color::blue);
        WARN(static_cast<color>(2) == color::red);
        WARN((rights::read | rights::run) == rights::write);
        const plain one = plain_one;
        CHECK(one == plain_two);
    }
    TEST_CASE("bytes") {
        WARN(std::vector<unsigned char>{0xde, 0xad} == std::vector<unsigned char>{0xde, 0xae});
        const std::uint8_t letter = 65;
        CHECK(letter == 66);
    }
    TEST_CASE("structs") {
        person left{"Ann", {"Main Street", 5}, {1, 2, 3}, nullptr};
        person right{"Ann", {"Main Street", 6}, {1, 2, 4}, nullptr};
        // A cycle: a pointer is an address.
        left.next = right.next = &left;
        WARN(left == right);
        CHECK(std::vector<address>{{"a", 5}, {"b", 7}} == std::vector<address>{{"a", 5}, {"b", 8}});
    }
}

TEST_SUITE("containers") {
    TEST_CASE("thousand") {
        const auto thousand = numbers(1000);
        const auto other = numbers(1000, 567);
        CHECK(thousand == other);
    }
    TEST_CASE("million") {
        const auto million = numbers(1000000);
        const auto other = numbers(1000000, 765432);
        CHECK(million == other);
    }
    TEST_CASE("keys") {
        const std::map<std::string, int> left{{"apple", 3}, {"banana", 5}, {"cherry", 7}};
        const std::map<std::string, int> right{{"apple", 3}, {"banana", 6}, {"date", 9}};
        WARN(left == right);
        const std::unordered_set<int> hashed{1, 2, 3, 50, 60};
        std::unordered_set<int> other{60, 50, 3, 2, 7};
        WARN(hashed == other);
        const std::map<std::string, std::vector<std::pair<int, int>>> nested{{"k", {{1, 1}, {2, 2}}}};
        auto changed = nested;
        changed["k"][1].first = 5;
        const auto& other_map = changed;
        CHECK(nested == other_map);
    }
    TEST_CASE("text") {
        const std::string text(1000000, 'x');
        std::string other = text;
        other[500000] = 'y';
        CHECK(text == other);
    }
    TEST_CASE("line") {
        const std::string line(100000, 'x');
        std::string other = line;
        other[10] = 'y';
        WARN(line == other);
        CHECK(line == line + "z");
    }
    TEST_CASE("alike") {
        const never_equal alike{1, 2};
        const never_equal same{1, 2};
        CHECK(alike == same);
    }
}

TEST_SUITE("writers") {
    TEST_CASE("crashes in a field") { CHECK(with_field<crashing>() == with_field<crashing>()); }
    TEST_CASE("throws in a field") { CHECK(with_field<throwing>() == with_field<throwing>()); }
    TEST_CASE("crashes") { CHECK(unequal<crashing>() == unequal<crashing>()); }
    TEST_CASE("hangs", timeout(0.3)) { CHECK(unequal<hanging>() == unequal<hanging>()); }
    TEST_CASE("leaves") { CHECK_EQ(unequal<leaving>(), unequal<leaving>()); }
    TEST_CASE("recurses") { CHECK(unequal<recursive>() == unequal<recursive>()); }
    TEST_CASE("crashes in INFO") {
        INFO(unequal<crashing>());
        REQUIRE(1 == 2);
    }
    TEST_CASE("crashes in a message") { FAIL("why: ", unequal<crashing>()); }
    TEST_CASE("throws") { CHECK(unequal<throwing>() == unequal<throwing>()); }
    TEST_CASE("asserts") { CHECK(unequal<asserting>() == unequal<asserting>()); }
}
