#include <doctest/doctest.h>
#include <cordon/engine/os/system.hpp>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <string>

using namespace cordon::engine;

namespace {

os::pipe_ends a_terminal(os::terminal_size size = {}) {
    result<os::pipe_ends> made = os::make_terminal(size);
    REQUIRE(static_cast<bool>(made));
    return std::move(made.value());
}

std::string what_is_there(const os::descriptor& from) {
    std::string all;
    char buffer[65536];
    while (os::anything_to_read(from, from)) {
        const os::read_outcome got = os::read_available(from, buffer, sizeof buffer);
        if (got.bytes == 0) break;
        all.append(buffer, got.bytes);
    }
    return all;
}

}  // namespace

TEST_CASE("what is written to a terminal comes out as it was") {
    const os::pipe_ends ends = a_terminal();
    CHECK(::isatty(ends.write.native()) == 1);
    const std::string text("line\nreturn\r\ttab \x03\x04\x1b[31m \0 \xff\n", 29);
    REQUIRE(static_cast<bool>(os::write_all(ends.write, text)));
    CHECK(what_is_there(ends.read) == text);
    CHECK(what_is_there(ends.read).empty());
}

TEST_CASE("reading an empty terminal does not block") {
    const os::pipe_ends ends = a_terminal();
    char byte;
    const os::read_outcome got = os::read_available(ends.read, &byte, 1);
    CHECK(got.bytes == 0);
    CHECK_FALSE(got.at_end);
}

TEST_CASE("a terminal has the size that it was given, and is inherited by no program") {
    const os::pipe_ends ends = a_terminal({91, 33});
    struct winsize size {};
    REQUIRE(::ioctl(ends.write.native(), TIOCGWINSZ, &size) == 0);
    CHECK(size.ws_col == 91);
    CHECK(size.ws_row == 33);
    for (const os::descriptor* each : {&ends.read, &ends.write}) {
        CHECK((::fcntl(each->native(), F_GETFD) & FD_CLOEXEC) != 0);
    }
}

TEST_CASE("more than a terminal holds is read piece by piece") {
    const os::pipe_ends ends = a_terminal();
    std::string all;
    for (int i = 0; i < 100; ++i) {
        REQUIRE(static_cast<bool>(os::write_all(ends.write, std::string(1000, static_cast<char>('a' + i % 26)))));
        all += what_is_there(ends.read);
    }
    CHECK(all.size() == 100'000);
}

TEST_CASE("without a terminal the size is the usual one") {
    const int before = ::dup(1);
    const int null = ::open("/dev/null", O_WRONLY);
    ::dup2(null, 1);
    const os::terminal_size size = os::own_terminal_size();
    ::dup2(before, 1);
    ::close(before);
    ::close(null);
    CHECK(size.columns == 80);
    CHECK(size.rows == 24);
}
