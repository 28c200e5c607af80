// Values that are hard to show: of equal text, no text at all, or with a writer that does not come to its end.
// flags: -Wno-infinite-recursion

#if defined(__clang__)
#pragma clang diagnostic ignored "-Winfinite-recursion"  // what one of the printers does
#pragma clang diagnostic ignored "-Wliteral-range"       // what the comparisons are about
#endif

#include <cordon/cordon.hpp>

#include <sys/mman.h>
#include <unistd.h>

#include <chrono>
#include <cstring>
#include <locale>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <system_error>
#include <variant>

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
struct with_pointer {
    int first;
    const void* somewhere;
    friend bool operator==(const with_pointer&, const with_pointer&) { return false; }
};
struct grouping : std::numpunct<char> {
    char do_thousands_sep() const override { return '.'; }
    std::string do_grouping() const override { return "\3"; }
};

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

TEST_SUITE("writers") {
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
