// Tests that say what they were given to print to, and tests that take their time, for who watches a terminal.

#include <cordon/cordon.hpp>

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <string>

namespace {

void say(const char* what, const char* value) { printf("%s=%s\n", what, value == nullptr ? "(unset)" : value); }

void pass_time() {
    const char* milliseconds = getenv("PACE");
    usleep(static_cast<useconds_t>(milliseconds == nullptr ? 0 : atoi(milliseconds)) * 1000);
}

}  // namespace

TEST_CASE("says what it prints to") {
    struct winsize size {};
    ioctl(1, TIOCGWINSZ, &size);
    printf("stdout %d, stderr %d, %d by %d\n", isatty(1), isatty(2), size.ws_col, size.ws_row);
    say("FORCE_COLOR", getenv("FORCE_COLOR"));
    say("NO_COLOR", getenv("NO_COLOR"));
    fprintf(stderr, "to standard error\n");
    CHECK(false);
}

TEST_CASE("prints much") {
    for (int i = 0; i < 20000; ++i) {
        printf("line %d of much\n", i);
    }
    CHECK(false);
}

TEST_CASE("prints in silence") { printf("not shown\n"); }

TEST_SUITE("watched") {
    TEST_CASE("a short one") { pass_time(); }
    TEST_CASE("one with a name that is far longer than any line of a terminal which is only forty columns wide") {
        pass_time();
    }
    TEST_CASE("\u65e5\u672c\u8a9e \u306e \u30c6\u30b9\u30c8 \U0001f600 \u65e5\u672c\u8a9e \u306e \u30c6\u30b9\u30c8") {
        pass_time();
    }
    TEST_CASE("moves the cursor") {
        printf("\x1b[2J\x1b[H\x1b[5A\rover everything\x1b[?25l\n");
        pass_time();
        CHECK(1 == 2);
    }
    TEST_CASE("another") { pass_time(); }
    TEST_CASE("and another") { pass_time(); }
}

TEST_CASE("changes the terminal") {
    const int terminal = open("/dev/tty", O_RDWR | O_NOCTTY);
    REQUIRE(terminal >= 0);
    signal(SIGTTOU, SIG_IGN);
    struct termios modes {};
    REQUIRE(tcgetattr(terminal, &modes) == 0);
    modes.c_lflag &= ~static_cast<tcflag_t>(ECHO | ICANON);
    CHECK(tcsetattr(terminal, TCSANOW, &modes) == 0);
    close(terminal);
}

TEST_CASE("finds the terminal") {}

TEST_SUITE("stopped") {
    TEST_CASE("reads what somebody types") {
        const int terminal = open("/dev/tty", O_RDWR | O_NOCTTY);
        REQUIRE(terminal >= 0);
        char byte = 0;
        CHECK(read(terminal, &byte, 1) == 1);
    }
    TEST_CASE("sets the terminal's modes") {
        const int terminal = open("/dev/tty", O_RDWR | O_NOCTTY);
        REQUIRE(terminal >= 0);
        struct termios modes {};
        REQUIRE(tcgetattr(terminal, &modes) == 0);
        CHECK(tcsetattr(terminal, TCSANOW, &modes) == 0);
    }
}
