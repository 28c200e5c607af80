#include <cordon/cordon.hpp>

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <exception>
#include <future>
#include <new>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

// One test for each way in which a test can end. The expectations are in process/acts.hpp.

TEST_CASE("passes") { CHECK(1 == 1); }
TEST_CASE("asserts nothing") {}
TEST_CASE("warns") { WARN(1 == 2); }
TEST_CASE("skips") { SKIP("not here"); }
TEST_CASE("allocates") { CHECK(std::vector<char>(8'000'000, 'x')[77] == 'x'); }

// ---- failed ----

TEST_CASE("fails a check") {
    CHECK(1 == 2);
    CHECK(2 == 2);
}
TEST_CASE("fails a requirement") {
    REQUIRE(1 == 2);
    abort();
}
TEST_CASE("throws") { throw std::runtime_error("out of cheese"); }
TEST_CASE("throws a number") { throw 42; }
TEST_CASE("fails, then skips") {
    CHECK(1 == 2);
    SKIP("too late");
}
TEST_CASE("fails, then its process ends badly") {
    atexit([] { _exit(9); });
    CHECK(1 == 2);
}

TEST_CASE("fails a requirement in a thread") {
    std::thread([] { REQUIRE(1 == 2); }).join();
}
TEST_CASE("fails a requirement in a task") {
    std::async(std::launch::async, [] { REQUIRE(1 == 2); }).get();
}
TEST_CASE("fails a requirement in a destructor") {
    struct careless {
        ~careless() { REQUIRE(1 == 2); }
    };
    careless one;
    static_cast<void>(one);
}
TEST_CASE("skips in a thread") {
    std::thread([] { SKIP("there is no such thing here"); }).join();
}
TEST_CASE("fails a check in a static destructor") {
    struct late {
        ~late() { CHECK(1 == 2); }
    };
    static const late only;
    static_cast<void>(only);
}

// ---- crashed ----

TEST_CASE("reads nowhere") {
    volatile int* nowhere = nullptr;
    CHECK(*nowhere == 1);
}
TEST_CASE("aborts") { abort(); }
TEST_CASE("kills itself") { kill(getpid(), SIGKILL); }
TEST_CASE("asks itself to end") { raise(SIGTERM); }
TEST_CASE("traps") { raise(SIGTRAP); }
TEST_CASE("terminates") { std::terminate(); }
TEST_CASE("throws in a thread") {
    std::thread([] { throw std::runtime_error("nobody catches it"); }).join();
}
TEST_CASE("throws out of noexcept") {
    struct careless {
        static void go() { throw std::runtime_error("promised not to"); }
        static void promise() noexcept { go(); }
    };
    careless::promise();
}
TEST_CASE("fails a check, then crashes") {
    CHECK(1 == 2);
    abort();
}
TEST_CASE("overflows the stack") {
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
TEST_CASE("crashes in a thread") {
    std::thread([] {
        volatile int* nowhere = nullptr;
        *nowhere = 1;
    }).join();
}

// ---- exited: never a pass ----

TEST_CASE("exits with 0") {
    CHECK(1 == 1);
    exit(0);
}
TEST_CASE("exits with 3") { exit(3); }
TEST_CASE("leaves with _exit(0)") { _exit(0); }
TEST_CASE("leaves with quick_exit(0)") { quick_exit(0); }
TEST_CASE("exits in a thread") {
    std::thread([] { exit(0); }).join();
}
TEST_CASE("leaves the main thread") { pthread_exit(nullptr); }
TEST_CASE("fails a check, then exits with 0") {
    CHECK(1 == 2);
    exit(0);
}
TEST_CASE("executes another program") {
    execl("/bin/true", "true", static_cast<char*>(nullptr));
    FAIL("no /bin/true");
}
TEST_CASE("exits in a subcase") {
    SUBCASE("one") { CHECK(1 == 1); }
    SUBCASE("two") { exit(0); }
}

// ---- exit_failure: passed, but then ----

TEST_CASE("its static destructor crashes") {
    struct bomb {
        ~bomb() { abort(); }
    };
    static const bomb only;
    static_cast<void>(only);
}
TEST_CASE("its atexit handler crashes") {
    atexit([] { raise(SIGSEGV); });
}
TEST_CASE("its atexit handler leaves with 5") {
    atexit([] { _exit(5); });
}
// Whatever ends the process before all exit handlers have run hides what the others would have shown.
TEST_CASE("its atexit handler leaves with 0") {
    atexit([] { _exit(0); });
}
TEST_CASE("skips, then its atexit handler crashes") {
    atexit([] { raise(SIGSEGV); });
    SKIP("not here");
}
TEST_CASE("its atexit handler exits with 0") {
    atexit([] { exit(0); });
}
TEST_CASE("its static destructor leaves with 0") {
    struct leaver {
        ~leaver() { _exit(0); }
    };
    static const leaver only;
    static_cast<void>(only);
}
TEST_CASE("its atexit handler executes another program") {
    atexit([] { execl("/bin/true", "true", nullptr); });
}
TEST_CASE("a thread that it left exits with 0 meanwhile") {
    static std::atomic<bool> leaving{false};
    std::thread([] {
        while (!leaving)
            usleep(1000);
        _exit(0);
    }).detach();
    atexit([] {
        leaving = true;
        sleep(20);
    });
}
TEST_CASE("its static destructor throws") {
    struct thrower {
        ~thrower() noexcept(false) { throw 1; }
    };
    static const thrower only;
    static_cast<void>(only);
}
TEST_CASE("a thread that it left crashes later") {
    // Static destructors run while the thread still works, which is what makes this crash in real programs.
    static std::atomic<bool> leaving{false};
    std::thread([] {
        while (!leaving)
            usleep(1000);
        abort();
    }).detach();
    atexit([] {
        leaving = true;
        sleep(20);
    });
}

// ---- leaked ----

TEST_CASE("leaves a process") {
    if (fork() == 0) {
        for (;;)
            pause();
    }
}
TEST_CASE("leaves a daemon") {
    const pid_t child = fork();
    if (child == 0) {
        setsid();
        if (fork() == 0) {
            for (;;)
                pause();
        }
        _exit(0);
    }
    int state = 0;
    CHECK(waitpid(child, &state, 0) == child);
}
TEST_CASE("waits for its process") {
    const pid_t child = fork();
    if (child == 0) _exit(0);
    int state = 0;
    CHECK(waitpid(child, &state, 0) == child);
}

// ---- over_limit ----

TEST_CASE("takes too much memory", memory_limit(200e6)) {
    std::vector<std::string> all;
    for (int i = 0; i < 1000; ++i)
        all.emplace_back(10'000'000, 'x');
}
TEST_CASE("takes too much memory in an assertion", memory_limit(200e6)) {
    CHECK(std::vector<char>(400'000'000).size() == 400'000'000);
}
TEST_CASE("takes little of its memory", memory_limit(200e6)) { CHECK(std::vector<char>(1'000'000, 'x')[5] == 'x'); }

// ---- lost ----

TEST_CASE("kills its worker") {
    kill(getppid(), SIGKILL);
    for (;;)
        pause();
}
TEST_CASE("kills its worker at first") {
    if (strcmp(getenv("CORDON_ATTEMPT"), "1") == 0) {
        kill(getppid(), SIGKILL);
        for (;;)
            pause();
    }
}

// ---- its own processes ----

TEST_CASE("a copy returns from the body") {
    const pid_t child = fork();
    if (child == 0) return;
    int state = -1;
    CHECK(waitpid(child, &state, 0) == child);
    CHECK(state == 0);
}
TEST_CASE("a copy fails a check") {
    const pid_t child = fork();
    if (child == 0) {
        CHECK(1 == 2);
        return;
    }
    int state = 0;
    CHECK(waitpid(child, &state, 0) == child);
    CHECK(WIFEXITED(state));
    CHECK(WEXITSTATUS(state) == 1);
}
TEST_CASE("a copy fails a requirement") {
    const pid_t child = fork();
    if (child == 0) {
        REQUIRE(1 == 2);
        abort();
    }
    int state = 0;
    CHECK(waitpid(child, &state, 0) == child);
    CHECK(WIFEXITED(state));
    CHECK(WEXITSTATUS(state) == 1);
}
TEST_CASE("a copy crashes") {
    const pid_t child = fork();
    if (child == 0) abort();
    int state = 0;
    CHECK(waitpid(child, &state, 0) == child);
    CHECK(WIFSIGNALED(state));
}
TEST_CASE("a copy exits") {
    fflush(stdout);
    const pid_t child = fork();
    if (child == 0) exit(0);
    int state = -1;
    CHECK(waitpid(child, &state, 0) == child);
    CHECK(state == 0);
}
TEST_CASE("waits for any child") {
    const pid_t child = fork();
    if (child == 0) _exit(7);
    int state = 0;
    CHECK(wait(&state) == child);
    CHECK(wait(&state) == -1);
}

// ---- what a test does to the process that it has for itself ----

TEST_CASE("closes every descriptor") {
    for (int each = 0; each < 2000; ++each)
        close(each);
    CHECK(1 == 1);
}
TEST_CASE("closes every descriptor, then fails") {
    for (int each = 0; each < 2000; ++each)
        close(each);
    CHECK(1 == 2);
}
TEST_CASE("ignores signals") {
    for (int each = 1; each < 32; ++each)
        signal(each, SIG_IGN);
    CHECK(1 == 1);
}
TEST_CASE("becomes a session leader") {
    setsid();
    CHECK(1 == 1);
}
TEST_CASE("empties its environment") {
    clearenv();
    CHECK(1 == 1);
}
TEST_CASE("goes to another folder") { REQUIRE(chdir("/") == 0); }
