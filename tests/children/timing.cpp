#include <cordon/cordon.hpp>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#if defined(__linux__)
#include <sys/ptrace.h>
#endif
#include <time.h>
#include <unistd.h>

#include <cstdint>
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

[[noreturn]] void spin() {
    for (volatile bool on = true; on;) {
    }
    abort();
}

std::int64_t milliseconds_now() {
    struct timespec now = {};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return std::int64_t{now.tv_sec} * 1000 + now.tv_nsec / 1'000'000;
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

// SLOW_START: a static initializer that takes longer than the limit of a test.
const bool slow_start = [] {
    if (getenv("SLOW_START") != nullptr) sleep_ms(700);
    return true;
}();

}  // namespace

TEST_SUITE("over the limit") {
    TEST_CASE("stays in its exit handlers") { atexit(hang); }
    TEST_CASE("hangs") { hang(); }
    TEST_CASE("spins") { spin(); }
    TEST_CASE("has a limit of its own", timeout(0.2)) { hang(); }
    TEST_CASE("ignores TERM") {
        signal(SIGTERM, SIG_IGN);
        hang();
    }
    TEST_CASE("handles TERM and goes on") {
        signal(SIGTERM, [](int) {});
        hang();
    }
    TEST_CASE("waits for TERM") {
        sigset_t only;
        sigemptyset(&only);
        sigaddset(&only, SIGTERM);
        pthread_sigmask(SIG_BLOCK, &only, nullptr);
        int got = 0;
        while (sigwait(&only, &got) != 0) {
        }
        if (write(STDOUT_FILENO, "heard it\n", 9) == 9) _exit(0);
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

TEST_SUITE("no use for the grace") {
    TEST_CASE("spins") { spin(); }
    TEST_CASE("waits") { hang(); }
    TEST_CASE("spins and ignores TERM") {
        signal(SIGTERM, SIG_IGN);
        spin();
    }
    TEST_CASE("spins and holds TERM back") {
        sigset_t all;
        sigfillset(&all);
        pthread_sigmask(SIG_BLOCK, &all, nullptr);
        spin();
    }
    TEST_CASE("is stopped") {
        raise(SIGSTOP);
        hang();
    }
#if defined(__linux__)
    TEST_CASE("is stopped and traced") {
        ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
        raise(SIGUSR1);
        hang();
    }
#endif
}

// Close to the limit they are looked at: no call may be interrupted by that.
TEST_SUITE("unnoticed") {
    TEST_CASE("sleeps", timeout(2.0)) {
        const std::int64_t end = milliseconds_now() + 1900;
        while (milliseconds_now() < end) {
            const struct timespec nap = {0, 1'000'000};
            REQUIRE(nanosleep(&nap, nullptr) == 0);
        }
    }
    TEST_CASE("polls", timeout(2.0)) {
        const std::int64_t end = milliseconds_now() + 1900;
        int calls = 0;
        while (milliseconds_now() < end) {
            REQUIRE(poll(nullptr, 0, 475) == 0);
            ++calls;
        }
        CHECK(calls <= 4);
    }
    TEST_CASE("computes and sleeps", timeout(2.0)) {
        const std::int64_t end = milliseconds_now() + 1900;
        while (milliseconds_now() < end) {
            for (volatile int i = 0; i < 200'000; i = i + 1) {
            }
            const struct timespec nap = {0, 50'000};
            REQUIRE(nanosleep(&nap, nullptr) == 0);
        }
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

// They end themselves, at once, and yet too late.
TEST_SUITE("short") {
    TEST_CASE("passes", timeout(0.000001)) {
        sleep_ms(2);
        CHECK(ready_pipe[0] == 0);
    }
    TEST_CASE("computes", timeout(0.000001)) {
        const std::int64_t until = milliseconds_now() + 3;  // counts whole milliseconds
        while (milliseconds_now() < until) {
        }
    }
    TEST_CASE("fails", timeout(0.000001)) {
        sleep_ms(2);
        CHECK(ready_pipe[0] == 1);
    }
    TEST_CASE("is skipped", timeout(0.000001)) {
        sleep_ms(2);
        SKIP("late");
    }
    TEST_CASE("has subcases", timeout(0.000001)) {
        SUBCASE("one") { sleep_ms(1); }
        SUBCASE("two") { sleep_ms(1); }
    }
    TEST_CASE("is declared to fail", timeout(0.000001), should_fail()) { sleep_ms(2); }
    TEST_CASE("has time", timeout(30)) { sleep_ms(2); }
}

// Its worker sleeps until the test is long over.
TEST_SUITE("unseen") {
    TEST_CASE("passes", timeout(0.02)) {
        const pid_t worker = getppid();
        if (fork() == 0) {
            setsid();
            sleep_ms(150);
            kill(worker, SIGCONT);
            _exit(0);
        }
        kill(worker, SIGSTOP);
        sleep_ms(30);
    }
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
