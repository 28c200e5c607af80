// Names that headers of systems and of old libraries define as macros, met before cordon's.
#include <ctype.h>
#include <stddef.h>
#include <stdint.h>

// The standard headers that cordon's light part may need are the user's to include first, as such headers have it.
#include <string>
#include <vector>

// complex.h
#define I _Complex_I
#define complex _Complex
#define imaginary _Imaginary
// windows.h and its kin
#define near
#define far
#define small char
#define hyper int64_t
#define min(a, b) ((a) < (b) ? (a) : (b))
#define max(a, b) ((a) > (b) ? (a) : (b))
#define interface struct
#define pascal
#define cdecl
#define IN
#define OUT
#define OPTIONAL
#define ERROR 0
#define NO_ERROR 0
#define DELETE (0x00010000L)
#define GetMessage GetMessageA
#define CreateFile CreateFileA
#define SendMessage SendMessageA
#define TRUE 1
#define FALSE 0
#define CONST const
#define VOID void
#define STRICT 1
#define Yield()
#define THIS void
#define DIFFERENCE 11
#define environ (*_environ())
// Xlib.h, X.h
#define None 0L
#define Bool int
#define Status int
#define True 1
#define False 0
#define Always 2
#define Never 3
#define Success 0
#define Unsorted 0
#define Above 0
#define Below 1
#define Complex 0
#define Convex 2
#define CursorShape 0
#define FocusIn 9
#define KeyPress 2
#define Expose 12
// sys/sysmacros.h, old compilers
#define major(dev) gnu_dev_major(dev)
#define minor(dev) gnu_dev_minor(dev)
#define makedev(a, b) gnu_dev_makedev(a, b)
#define unix 1
#define linux 1
// macOS's AssertMacros.h and others
#define check(assertion)
#define verify(assertion)
#define require(assertion, label)
#define debug(...)
// ctype tables
#define _U 01
#define _L 02
#define _N 04
#define _S 010
#define _P 020
#define _C 040
#define _X 0100
#define _B 0200
// Arduino.h, curses.h
#define abs(x) ((x) > 0 ? (x) : -(x))
#define round(x) ((x) >= 0 ? (long)((x) + 0.5) : (long)((x)-0.5))
#define bit(b) (1UL << (b))
#define word(...) makeWord(__VA_ARGS__)
#define HIGH 1
#define LOW 0
#define INPUT 0
#define OUTPUT 1
#define PI 3.14
#define F(text) (text)
#define B1 1
#define DEC 10
#define HEX 16
#define erase() werase(stdscr)
#define clear() wclear(stdscr)
#define move(y, x) wmove(stdscr, y, x)
#define refresh() wrefresh(stdscr)
#define timeout(delay) wtimeout(stdscr, delay)
#define OK 0
#define ERR (-1)

// the command line: -DA ... -DZ, without those above
#define A one letter a
#define B one letter b
#define C one letter c
#define D one letter d
#define E one letter e
#define G one letter g
#define H one letter h
#define J one letter j
#define K one letter k
#define L one letter l
#define M one letter m
#define N one letter n
#define O one letter o
#define P one letter p
#define Q one letter q
#define R one letter r
#define S one letter s
#define T one letter t
#define U one letter u
#define V one letter v
#define W one letter w
#define X one letter x
#define Y one letter y
#define Z one letter z

#if !defined(SYSTEM_MACROS_ONLY)
#undef clear
#undef move
#undef erase
#undef refresh
#include <cordon/cordon.hpp>
#include <cordon/fields.hpp>
#include <cordon/generators.hpp>
#include <cordon/listener.hpp>
#include <cordon/matchers.hpp>
#include <cordon/property.hpp>
#include <cordon/snapshot.hpp>

#define TEXT_OF(...) #__VA_ARGS__
#define EXPANDED(...) TEXT_OF(__VA_ARGS__)
static_assert(sizeof(EXPANDED(A T Z)) == sizeof("one letter a one letter t one letter z"), "the user's again");

struct point {
    int x, y;
    bool operator==(const point& other) const { return x == other.x && y == other.y; }
};

TEST_CASE_PARAMS("rows among macros", int value, 1, 2) { CHECK(value > 0); }
TEST_CASE_TEMPLATE("types among macros", type, int, long) { STATIC_REQUIRE(sizeof(type) > 1); }
PROPERTY("property among macros", int x) { CHECK(x == x); }
TEST_CASE("optional headers among macros") {
    CHECK_THAT(GENERATE(1, 2), cordon::matchers::less_than(3));
    CHECK_SNAPSHOT(1);
    CHECK(point{1, 2} == point{1, 2});
    CHECK_EXITS(cordon::normally(), {});
}

TEST_CASE("among macros", tag("x")) {
    int a = 1;
    CHECK(a == 1);
    CHECK_EQ(a, 1);
    CHECK_FALSE(a != 1);
    CHECK_MESSAGE(a == 1, "a is ", a);
    CAPTURE(a);
    CHECK_THROWS_AS(throw 1, int);
    SUBCASE("inner") { REQUIRE(std::string("a") == "a"); }
    CHECK(std::vector<int>{1} == std::vector<int>{1});
}
#endif
