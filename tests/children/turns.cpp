#include <cordon/cordon.hpp>

#include <fcntl.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include <string>

// Tests that must not all run at the same time. Each adds a line to LOG when it begins and when it ends: "+" or "-",
// nanoseconds on the clock that all processes share, its name.

namespace {

void log_line(char what, const char* name) {
    const char* path = getenv("LOG");
    if (path == nullptr) return;
    struct timespec now = {};
    clock_gettime(CLOCK_MONOTONIC, &now);
    const std::string line =
        what + (" " + std::to_string(now.tv_sec * 1'000'000'000LL + now.tv_nsec) + " ") + name + "\n";
    const int file = open(path, O_WRONLY | O_APPEND | O_CREAT, 0666);
    if (write(file, line.data(), line.size()) < 0) abort();
    close(file);
}

void take_a_turn(const char* name) {
    log_line('+', name);
    usleep(40'000);
    log_line('-', name);
}

}  // namespace

#define TURN(name, ...) \
    TEST_CASE(name, __VA_ARGS__) { take_a_turn(name); }

TURN("free 1", tag("free"))
TURN("serial db 1", serial("db"))
TURN("serial db 2", serial("db"))
TURN("serial net 1", serial("net"))
TURN("free 2", tag("free"))
TURN("alone 1", exclusive())
TURN("gpu 1", resource("gpu", 2))
TURN("gpu 2", resource("gpu", 2))
TURN("wide 1", threads(3))
TURN("free 3", tag("free"))
TURN("gpu 3", resource("gpu", 2))
TURN("gpu 4", resource("gpu", 2))
TURN("gpu 5", resource("gpu", 2))
TURN("serial db 3", serial("db"))
TURN("serial net 2", serial("net"))
TURN("free 4", tag("free"))
TURN("too wide 1", threads(100))
TURN("free 5", tag("free"))
TURN("free 6", tag("free"))
TURN("both 1", serial("db"), resource("gpu", 2))
TURN("both 2", serial("db"), resource("gpu", 2))
TURN("wide 2", threads(3))
TURN("alone 2", exclusive())
TURN("free 7", tag("free"))
TURN("free 8", tag("free"))
