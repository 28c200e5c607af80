#include <doctest/doctest.h>
#include <cordon/engine/os/system.hpp>

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <string>
#include <thread>

using namespace cordon::engine;

namespace {

os::pipe_ends a_pipe() {
    result<os::pipe_ends> made = os::make_pipe();
    REQUIRE(static_cast<bool>(made));
    return std::move(made.value());
}

std::string read_all(const os::descriptor& from) {
    std::string all;
    char buffer[1000];
    while (true) {
        os::wait_readable(from);
        const os::read_outcome got = os::read_available(from, buffer, sizeof buffer);
        all.append(buffer, got.bytes);
        if (got.at_end) return all;
    }
}

bool is_open(int number) { return ::fcntl(number, F_GETFD) >= 0; }
bool is_closed_on_exec(const os::descriptor& of) { return (::fcntl(of.native(), F_GETFD) & FD_CLOEXEC) != 0; }

}  // namespace

TEST_CASE("a descriptor closes what it holds, once, and moves") {
    int number = -1;
    {
        os::descriptor none;
        CHECK_FALSE(static_cast<bool>(none));
        os::pipe_ends ends = a_pipe();
        number = ends.read.native();
        CHECK(is_open(number));
        os::descriptor moved = std::move(ends.read);
        CHECK_FALSE(static_cast<bool>(ends.read));
        CHECK(moved.native() == number);
        ends.write = std::move(moved);  // closes what it held
        CHECK(is_open(number));
    }
    CHECK_FALSE(is_open(number));
    os::pipe_ends ends = a_pipe();
    number = ends.read.release();
    ends.read.close();
    CHECK(is_open(number));
    ::close(number);
}

TEST_CASE("a pipe is private: high, closed in executed programs, and its reading end does not block") {
    const os::pipe_ends ends = a_pipe();
    for (const os::descriptor* end : {&ends.read, &ends.write}) {
        CHECK(end->native() >= 20);
        CHECK(is_closed_on_exec(*end));
        os::set_inherited(*end, true);
        CHECK_FALSE(is_closed_on_exec(*end));
        os::set_inherited(*end, false);
        CHECK(is_closed_on_exec(*end));
    }
    char byte;
    const os::read_outcome got = os::read_available(ends.read, &byte, 1);
    CHECK(got.bytes == 0);
    CHECK_FALSE(got.at_end);
}

TEST_CASE("pipes are made also where few descriptors are allowed") {
    struct rlimit before {};
    REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
    struct rlimit few = before;
    few.rlim_cur = 40;
    REQUIRE(::setrlimit(RLIMIT_NOFILE, &few) == 0);
    vector<os::pipe_ends> made;
    std::string complaint;
    for (int i = 0; i < 40 && complaint.empty(); ++i) {
        result<os::pipe_ends> next = os::make_pipe();
        if (next) {
            made.push_back(std::move(next.value()));
        } else {
            complaint = os::describe(next.failure());
        }
    }
    REQUIRE(::setrlimit(RLIMIT_NOFILE, &before) == 0);
    CHECK(made.size() >= 10);
    CHECK(complaint == "make a pipe: Too many open files");
}

TEST_CASE("what is written comes out, then the end") {
    os::pipe_ends ends = a_pipe();
    CHECK(static_cast<bool>(os::write_all(ends.write, "some ")));
    CHECK(os::anything_to_read(ends.read, ends.read));
    CHECK(static_cast<bool>(os::write_all(ends.write, "text")));
    char buffer[100];
    const os::read_outcome got = os::read_available(ends.read, buffer, sizeof buffer);
    CHECK(std::string(buffer, got.bytes) == "some text");
    CHECK_FALSE(got.at_end);
    CHECK_FALSE(os::anything_to_read(ends.read, ends.read));
    ends.write.close();
    os::wait_readable(ends.read);
    CHECK(os::read_available(ends.read, buffer, sizeof buffer).at_end);
}

TEST_CASE("one of two pipes with bytes is enough to have something to read") {
    const os::pipe_ends one = a_pipe();
    const os::pipe_ends other = a_pipe();
    CHECK_FALSE(os::anything_to_read(one.read, other.read));
    CHECK(static_cast<bool>(os::write_all(other.write, "x")));
    CHECK(os::anything_to_read(one.read, other.read));
    CHECK(os::anything_to_read(other.read, one.read));
}

TEST_CASE("much is written whole, waiting for a slow reader, on blocking and on non-blocking ends") {
    for (const bool blocking : {true, false}) {
        os::pipe_ends ends = a_pipe();
        os::set_blocking(ends.write, blocking);
        const std::string text(1'000'000, 'x');
        std::string got;
        std::thread reader([&] { got = read_all(ends.read); });
        CHECK(static_cast<bool>(os::write_all(ends.write, text)));
        ends.write.close();
        reader.join();
        CHECK(got == text);
    }
}

TEST_CASE("a broken pipe is an error, not a signal") {
    os::ignore_broken_pipes();
    os::pipe_ends ends = a_pipe();
    ends.read.close();
    const status written = os::write_all(ends.write, "x");
    REQUIRE_FALSE(static_cast<bool>(written));
    CHECK(os::is_broken_pipe(written.failure()));
    CHECK(os::describe(written.failure()) == "write: Broken pipe");
}

TEST_CASE("only what was handed over is adopted") {
    os::pipe_ends ends = a_pipe();
    CHECK_FALSE(static_cast<bool>(os::adopt_descriptor(-1, os::descriptor_kind::pipe)));
    CHECK_FALSE(static_cast<bool>(os::adopt_descriptor(0, os::descriptor_kind::pipe)));
    CHECK_FALSE(static_cast<bool>(os::adopt_descriptor(1'000'000, os::descriptor_kind::pipe)));
    CHECK_FALSE(static_cast<bool>(os::adopt_descriptor(ends.read.native(), os::descriptor_kind::memory)));
    os::set_inherited(ends.read, true);
    const os::descriptor adopted = os::adopt_descriptor(ends.read.release(), os::descriptor_kind::pipe);
    REQUIRE(static_cast<bool>(adopted));
    CHECK(is_closed_on_exec(adopted));

    result<os::descriptor> memory = os::make_memory_object(100);
    REQUIRE(static_cast<bool>(memory));
    CHECK_FALSE(static_cast<bool>(os::adopt_descriptor(memory.value().native(), os::descriptor_kind::pipe)));
    const os::descriptor object = os::adopt_descriptor(memory.value().release(), os::descriptor_kind::memory);
    CHECK(static_cast<bool>(object));
}

TEST_CASE("errors are described in one line") {
    CHECK(os::describe({"open", ENOENT, "a file"}) == "open a file: No such file or directory");
    CHECK(os::describe({"start", 0, "something"}) == "start something");
    CHECK(os::describe({"write", EPIPE, ""}) == "write: Broken pipe");
}
