// Each way in which a test can end, for all compilers, flags and targets of matrix.py. A tag says how: "ends:ENDING",
// with "signal:NAME" or "code:N"; "says:TEXT" is part of a failure. A test without such a tag passes. Tests with the
// tag "stack:FUNCTION" is in the stack. Tests with the tag "alone" spoil their process, or end it badly after their own
// end: they do not run with --isolate=shard.

#include <cordon/cordon.hpp>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <exception>
#include <new>
#include <string>
#include <thread>
#include <vector>
#if defined(__cpp_exceptions)
#include <stdexcept>
#endif

namespace {

/// A null pointer that no compiler knows to be one.
volatile int* nowhere() {
    volatile int* volatile pointer = nullptr;
    return pointer;
}

}  // namespace

TEST_CASE("passes") { CHECK(1 == 1); }
TEST_CASE("skips", tag("ends:skipped")) { SKIP("not here"); }
TEST_CASE("fails a check", tag("ends:failed"), tag("says:1 == 2")) {
    CHECK(1 == 2);
    CHECK(2 == 2);
}
TEST_CASE("fails a requirement", tag("ends:failed"), tag("says:1 == 2")) {
    REQUIRE(1 == 2);
    abort();
}
TEST_CASE("fails as declared", should_fail(), tag("ends:failed"), tag("verdict:known_failure")) { CHECK(1 == 2); }
TEST_CASE("passes, but should not", should_fail(), tag("verdict:unexpected_pass")) { CHECK(1 == 1); }
TEST_CASE("fails a check in a thread", tag("ends:failed"), tag("says:1 == 2")) {
    std::thread([] { CHECK(1 == 2); }).join();
}
TEST_CASE("fails a requirement in a thread", tag("ends:failed"), tag("says:1 == 2"), tag("ends-process")) {
    std::thread([] { REQUIRE(1 == 2); }).join();
}

// ---- crashes ----

TEST_CASE("writes nowhere", tag("ends:crashed"), tag("signal:SIGSEGV"), tag("stack:the test")) { *nowhere() = 1; }
TEST_CASE("writes nowhere in a thread", tag("ends:crashed"), tag("signal:SIGSEGV")) {
    std::thread([] { *nowhere() = 1; }).join();
}
TEST_CASE("aborts", tag("ends:crashed"), tag("signal:SIGABRT"), tag("stack:the test")) { abort(); }
TEST_CASE("fails, then aborts", tag("ends:crashed"), tag("signal:SIGABRT"), tag("says:1 == 2")) {
    CHECK(1 == 2);
    abort();
}
TEST_CASE("terminates", tag("ends:crashed"), tag("signal:SIGABRT")) { std::terminate(); }
TEST_CASE("kills itself", tag("ends:crashed"), tag("signal:SIGKILL")) { kill(getpid(), SIGKILL); }
TEST_CASE("asks itself to end", tag("ends:crashed"), tag("signal:SIGTERM")) { raise(SIGTERM); }
TEST_CASE("traps", tag("ends:crashed"), tag("signal:SIGTRAP")) { raise(SIGTRAP); }
TEST_CASE("overflows its stack", tag("ends:crashed"), tag("signal:SIGSEGV"), tag("deep")) {
    struct deep {
        static int down(volatile char* above) {
            volatile char here[4096];
            here[0] = *above;
            return *above == 0 ? 0 : down(here) + here[0];
        }
    };
    volatile char top = 1;
    CHECK(deep::down(&top) == 0);
}

// ---- leaves before its end ----

TEST_CASE("exits with 0", tag("ends:exited"), tag("code:0")) { exit(0); }
TEST_CASE("exits with 3", tag("ends:exited"), tag("code:3")) { exit(3); }
TEST_CASE("leaves with _exit(0)", tag("ends:exited"), tag("code:0")) { _exit(0); }
TEST_CASE("leaves with quick_exit(0)", tag("ends:exited"), tag("code:0")) { quick_exit(0); }
TEST_CASE("executes another program", tag("ends:exited")) {
    execl("/bin/true", "true", static_cast<char*>(nullptr));
    FAIL("no /bin/true");
}

// ---- passed, and then ----

TEST_CASE("its atexit handler leaves with 5", tag("ends:exit_failure"), tag("code:5"), tag("alone")) {
    atexit([] { _exit(5); });
}
TEST_CASE("its static destructor aborts", tag("ends:exit_failure"), tag("signal:SIGABRT"), tag("alone")) {
    struct bomb {
        ~bomb() { abort(); }
    };
    static const bomb only;
    static_cast<void>(only);
}

// ---- limits ----

TEST_CASE("hangs", timeout(0.5), tag("ends:timed_out")) {
    for (;;)
        pause();
}
TEST_CASE("spins with SIGTERM ignored", timeout(0.5), tag("ends:timed_out")) {
    signal(SIGTERM, SIG_IGN);
    volatile bool waiting = true;
    while (waiting) {
    }
}
TEST_CASE("takes too much memory", memory_limit(300e6), tag("ends:over_limit"), tag("limits"), tag("alone")) {
    std::vector<std::string> all;
    for (int i = 0; i < 1000; ++i)
        all.emplace_back(10'000'000, 'x');
}
TEST_CASE("takes little of its memory", memory_limit(300e6), tag("limits"), tag("alone")) {
    CHECK(std::vector<char>(1'000'000, 'x')[5] == 'x');
}

// ---- its surroundings ----

TEST_CASE("leaves a process", tag("leaves:process")) {
    if (fork() == 0) {
        for (;;)
            pause();
    }
}
TEST_CASE("prints, then aborts", tag("ends:crashed"), tag("signal:SIGABRT"), tag("prints:before the crash")) {
    fputs("before the crash", stderr);
    abort();
}
TEST_CASE("closes every descriptor, then fails", tag("ends:failed"), tag("says:1 == 2"), tag("alone"), tag("closes")) {
    for (int each = 0; each < 300; ++each)
        close(each);
    CHECK(1 == 2);
}
TEST_CASE("is alone in its process", tag("alone")) {
    static int runs = 0;
    CHECK(++runs == 1);
}
TEST_CASE("has its own folder") {
    FILE* const file = fopen((std::string(cordon::temp_dir()) + "/file").c_str(), "w");
    REQUIRE(file != nullptr);
    CHECK(fclose(file) == 0);
    CHECK(std::string(getenv("CORDON_TEST_NAME")) == "has its own folder");
}
TEST_CASE("expects exits") {
    CHECK_EXITS(cordon::with_code(3), { _exit(3); });
    CHECK_EXITS(cordon::by_signal(SIGTERM), { raise(SIGTERM); });
    CHECK_EXITS(cordon::by_abort().printing("goodbye"), {
        fputs("goodbye", stderr);
        abort();
    });
}
TEST_CASE("expects another exit", tag("ends:failed"), tag("says:3")) {
    CHECK_EXITS(cordon::with_code(4), { _exit(3); });
}
TEST_CASE("one leaf of three crashes", tag("ends:crashed"), tag("signal:SIGABRT"),
          tag("leaves:passed,crashed,passed")) {
    SUBCASE("first") { CHECK(1 == 1); }
    SUBCASE("second") { abort(); }
    SUBCASE("third") { CHECK(1 == 1); }
}

#if defined(__cpp_exceptions)
TEST_CASE("throws", tag("ends:failed"), tag("says:out of cheese")) { throw std::runtime_error("out of cheese"); }
TEST_CASE("throws a number", tag("ends:failed")) { throw 42; }
TEST_CASE("throws in a thread", tag("ends:crashed"), tag("signal:SIGABRT"), tag("says:nobody catches it"),
          tag("throws")) {
    std::thread([] { throw std::runtime_error("nobody catches it"); }).join();
}
TEST_CASE("throws out of noexcept", tag("ends:crashed"), tag("signal:SIGABRT"), tag("says:promised not to"),
          tag("throws")) {
    struct careless {
        static void go() { throw std::runtime_error("promised not to"); }
        static void promise() noexcept { go(); }
    };
    careless::promise();
}
TEST_CASE("expects exceptions") {
    CHECK_THROWS_AS(throw std::runtime_error("gone"), std::runtime_error);
    CHECK_THROWS_WITH(throw std::runtime_error("gone"), "gone");
    CHECK_NOTHROW(std::string("kept").at(0));
}
#endif
