#include <cordon/cordon.hpp>

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <string>

// Tests that take their time or do not end. LOG names a file to which they add lines: who they are, and whom they have
// started.

namespace {

void log_line(const std::string& text) {
    const char* path = getenv("LOG");
    if (path == nullptr) return;
    const int file = open(path, O_WRONLY | O_APPEND | O_CREAT, 0666);
    const std::string line = text + "\n";
    if (write(file, line.data(), line.size()) < 0) abort();
    close(file);
}

[[noreturn]] void hang() {
    for (;;)
        pause();
}

void sleep_ms(int milliseconds) {
    // Whole, also where a signal handler comes in between.
    struct timespec left = {milliseconds / 1000, milliseconds % 1000 * 1'000'000L};
    while (nanosleep(&left, &left) != 0) {
    }
}

int ready_pipe[2];

/// A child that hangs. With `daemon` it leaves the test's process group and session as well, and its parent.
void start_hanging_process(bool daemon) {
    if (pipe(ready_pipe) != 0) abort();
    const pid_t child = fork();
    if (child == 0) {
        signal(SIGTERM, SIG_IGN);
        if (daemon) {
            setsid();
            if (fork() != 0) _exit(0);
        }
        log_line("started " + std::to_string(getpid()));
        if (write(ready_pipe[1], "x", 1) != 1) abort();
        hang();
    }
    char ready = 0;
    if (read(ready_pipe[0], &ready, 1) != 1) abort();
    if (daemon) waitpid(child, nullptr, 0);
}

// SLOW_START: a static initialiser that takes longer than the limit of a test.
const bool slow_start = [] {
    if (getenv("SLOW_START") != nullptr) sleep_ms(700);
    return true;
}();

}  // namespace

TEST_SUITE("over the limit") {
    TEST_CASE("stays in its exit handlers") { atexit(hang); }
    TEST_CASE("hangs") { hang(); }
    TEST_CASE("spins") {
        for (volatile bool on = true; on;) {
        }
    }
    TEST_CASE("has a limit of its own", timeout(0.2)) { hang(); }
    TEST_CASE("ignores TERM") {
        signal(SIGTERM, SIG_IGN);
        hang();
    }
    TEST_CASE("leaves in order when asked to") {
        signal(SIGTERM, [](int) {
            if (write(STDOUT_FILENO, "cleaned up\n", 11) == 11) _exit(0);
        });
        hang();
    }
    TEST_CASE("passes when asked to end") {
        signal(SIGTERM, [](int) {});
        pause();
        CHECK(1 == 1);
    }
    TEST_CASE("stops itself") {
        raise(SIGSTOP);
        hang();
    }
    TEST_CASE("fails a check and hangs") {
        CHECK(1 == 2);
        hang();
    }
    TEST_CASE("prints and hangs") {
        puts("the last words");
        fflush(stdout);
        hang();
    }
    TEST_CASE("has started a process") {
        start_hanging_process(false);
        hang();
    }
    TEST_CASE("has started a daemon") {
        start_hanging_process(true);
        hang();
    }
}

TEST_SUITE("within the limit") {
    TEST_CASE("has no limit", timeout(0)) { sleep_ms(800); }
    TEST_CASE("has a longer limit", timeout(30)) { sleep_ms(800); }
    TEST_CASE("one") { sleep_ms(200); }
    TEST_CASE("two") { sleep_ms(200); }
    TEST_CASE("three") { sleep_ms(200); }
    TEST_CASE("four") { sleep_ms(200); }
}

TEST_SUITE("leaves behind") {
    TEST_CASE("a process that holds its output") { start_hanging_process(false); }
    TEST_CASE("a daemon that holds its output") { start_hanging_process(true); }
}

TEST_SUITE("slow") {
    TEST_CASE("naps") { sleep_ms(300); }
}

TEST_SUITE("near") {
    TEST_CASE("uses most of its time", timeout(6)) { sleep_ms(5000); }
    TEST_CASE("uses some of its time", timeout(60)) { sleep_ms(50); }
}

TEST_SUITE("obstinate") {
    TEST_CASE("will not be asked") {
        signal(SIGTERM, SIG_IGN);
        signal(SIGINT, SIG_IGN);
        start_hanging_process(false);
        log_line("ready");
        hang();
    }
}
