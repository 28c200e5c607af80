#include <cordon/cordon.hpp>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>

// Tests that print much, or in ways that are easily mixed up.

namespace {

void put(int where, const std::string& text) {
    std::size_t done = 0;
    while (done < text.size()) {
        const ssize_t wrote = write(where, text.data() + done, text.size() - done);
        if (wrote <= 0) abort();
        done += static_cast<std::size_t>(wrote);
    }
}

}  // namespace

TEST_CASE("prints before") { put(STDOUT_FILENO, "before\n"); }

TEST_CASE("prints 2 GB") {
    const std::string block(1024 * 1024, 'x');
    put(STDOUT_FILENO, "the beginning\n");
    for (int i = 0; i < 1024; ++i) {
        put(STDOUT_FILENO, block);
        put(STDERR_FILENO, block);
    }
    put(STDERR_FILENO, "\nthe end\n");
}

TEST_CASE("prints a gigabyte of lines") {
    std::string block;
    while (block.size() < 1024 * 1024)
        block += "a line among many\n";
    for (int i = 0; i < 1024; ++i)
        put(STDOUT_FILENO, block);
}

TEST_CASE("prints after") { put(STDOUT_FILENO, "after\n"); }

TEST_CASE("prints numbered lines") {
    std::string all;
    for (int i = 0; i < 100'000; ++i)
        all += "line " + std::to_string(i) + "\n";
    put(STDOUT_FILENO, all);
}

TEST_CASE("prints 60 kB without an end of line") { put(STDOUT_FILENO, std::string(60'000, 'y')); }

TEST_CASE("prints in turns") {
    for (int i = 0; i < 5; ++i) {
        printf("turn %d out\n", i);
        fflush(stdout);
        usleep(30'000);
        fprintf(stderr, "turn %d err\n", i);
        usleep(30'000);
    }
    FAIL("so that it is shown");
}

TEST_CASE("prints every byte") {
    std::string all;
    for (int i = 0; i < 256; ++i)
        all += static_cast<char>(i);
    put(STDOUT_FILENO, all);
    CHECK(1 == 2);
}

TEST_CASE("prints, then crashes") {
    put(STDOUT_FILENO, "about to\n");
    abort();
}

TEST_CASE("prints through a program") { CHECK(system("echo from a shell; echo to its errors >&2") == 0); }

TEST_CASE("prints as it leaves") {
    atexit([] { put(STDOUT_FILENO, "at exit\n"); });
    printf("buffered ");
}

TEST_CASE("prints single bytes in turns") {
    for (int i = 0; i < 5'000; ++i) {
        put(STDOUT_FILENO, "o");
        put(STDERR_FILENO, "e");
    }
}

TEST_CASE("prints nothing") {}
