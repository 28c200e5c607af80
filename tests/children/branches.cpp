// Blocks that must end their process in a stated way, and those that do not.

#include <cordon/cordon.hpp>

#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

int* volatile nowhere = nullptr;

void print(const char* text) { std::printf("%s\n", text); }

}  // namespace

TEST_CASE("ends as stated") {
    int local = 3;
    std::string text = "a, b";
    CHECK_EXITS(cordon::with_code(3), { std::exit(local); });
    CHECK_EXITS(cordon::with_code(0), { _exit(0); });
    CHECK_EXITS(cordon::by_abort(), { std::abort(); });
    CHECK_EXITS(cordon::by_signal(SIGSEGV), { *nowhere = 1; });
    CHECK_EXITS(cordon::by_signal(SIGKILL), { raise(SIGKILL); });
    CHECK_EXITS(cordon::normally(), {
        text += "c";
        CHECK(text == "a, bc");
    });
    CHECK(text == "a, b");
    REQUIRE_EXITS(cordon::with_code(1), std::quick_exit(1));
    WARN_EXITS(cordon::with_code(1), std::exit(2));
    CHECK_EXITS(cordon::by_abort().printing("good"), {
        print("good");
        std::abort();
    });
    CHECK_EXITS(cordon::with_code(1).printing(text + "!"), {
        std::fprintf(stderr, "%s!\n", text.c_str());
        std::exit(1);
    });
}

TEST_CASE("does not end as stated") {
    CHECK_EXITS(cordon::with_code(3), {
        print("before the end");
        std::exit(4);
    });
    CHECK_EXITS(cordon::with_code(0), {});
    CHECK_EXITS(cordon::normally(), { *nowhere = 1; });
    CHECK_EXITS(cordon::by_abort(), { throw std::runtime_error("thrown"); });
    CHECK_EXITS(cordon::by_abort().printing("needle"), { std::abort(); });
    print("goes on");
}

TEST_CASE("hangs in a block", timeout(0.5)) {
    INFO("around");
    CHECK_EXITS(cordon::normally(), {
        CHECK(1 == 2);
        for (;;)
            pause();
    });
}

TEST_CASE("assertions of a block count") {
    INFO("outside");
    SUBCASE("in a leaf") {
        CHECK_EXITS(cordon::normally(), {
            INFO("inside");
            CHECK(1 == 1);
            CHECK(1 == 2);
            CHECK_EXITS(cordon::with_code(7), {
                CHECK(2 == 2);
                CHECK(2 == 3);
                _exit(7);
            });
        });
    }
    SUBCASE("a second leaf") {
        for (int i = 0; i < 3; ++i)
            CHECK_EXITS(cordon::with_code(i), { _exit(i); });
    }
}

TEST_CASE("is left by a REQUIRE in a block") {
    CHECK_EXITS(cordon::normally(), { REQUIRE(1 == 2); });
    print("not reached");
}

TEST_CASE("is skipped in a block") {
    CHECK_EXITS(cordon::normally(), { SKIP("no such thing here"); });
    print("not reached");
}

TEST_CASE("is left by REQUIRE_EXITS") {
    REQUIRE_EXITS(cordon::normally(), { _exit(0); });
    print("not reached");
}

TEST_CASE("blocks in threads") {
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([i] {
            for (int round = 0; round < 20; ++round)
                CHECK_EXITS(cordon::with_code(i).printing("thread " + std::to_string(i)), {
                    std::printf("thread %d\n", i);
                    CHECK(true);
                    std::thread([] { CHECK(true); }).join();
                    std::fflush(stdout);
                    _exit(i);
                });
        });
    }
    for (std::thread& each : threads)
        each.join();
}

TEST_CASE("nothing is left of a block") {
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    CHECK_EXITS(cordon::by_abort(), {
        if (fork() == 0) {  // it outlives its parent, in a session of its own
            setsid();
            if (fork() == 0)
                for (;;)
                    pause();
            _exit(0);
        }
        while (waitpid(-1, nullptr, 0) > 0) {
        }
        std::abort();
    });
    close(ends[1]);
    char byte;
    CHECK(read(ends[0], &byte, 1) == 0);  // nobody else has it
    close(ends[0]);
}

TEST_CASE("children of the test stay") {
    const pid_t child = fork();
    if (child == 0)
        for (;;)
            pause();
    CHECK_EXITS(cordon::with_code(1), { _exit(1); });
    CHECK(kill(child, 0) == 0);
    CHECK(waitpid(child, nullptr, WNOHANG) == 0);
    kill(child, SIGKILL);
    CHECK(waitpid(child, nullptr, 0) == child);
}

TEST_CASE("handlers of the test do not take the end") {
    SUBCASE("ignored") { signal(SIGCHLD, SIG_IGN); }
    SUBCASE("waited for") {
        signal(SIGCHLD, [](int) {
            while (waitpid(-1, nullptr, WNOHANG) > 0) {
            }
        });
    }
    CHECK_EXITS(cordon::with_code(5), { _exit(5); });
    CHECK_EXITS(cordon::by_signal(SIGTERM), { raise(SIGTERM); });
}

TEST_CASE("std::terminate in a block") {
    CHECK_EXITS(cordon::by_abort(), { std::thread([] { throw std::runtime_error("thrown in a thread"); }).join(); });
    CHECK_EXITS(cordon::with_code(2), { std::thread([] { throw std::runtime_error("thrown in a thread"); }).join(); });
}

TEST_CASE("much output") {
    CHECK_EXITS(cordon::with_code(1).printing("the last line"), {
        for (int i = 0; i < 100'000; ++i)
            std::printf("line %d\n", i);
        std::printf("the last line\n");
        std::exit(1);
    });
}

TEST_CASE("endless output") {
    CHECK_EXITS(cordon::normally(), {
        for (;;)
            if (std::printf("%1000d\n", 1) < 0) break;
    });
}

struct long_text {
    bool matches(const std::string& text) const { return text.size() > 10; }
};
void to_text(cordon::text_sink& out, const long_text&) { out << "more than ten bytes"; }

TEST_CASE("matchers of output") {
    CHECK_EXITS(cordon::normally().printing(long_text()), { print("0123456789"); });
    CHECK_EXITS(cordon::normally().printing(long_text()), { print("short"); });
}

TEST_CASE("the temporary folder is one for all") {
    CHECK_EXITS(cordon::normally(), {
        std::FILE* file = std::fopen((std::string(cordon::temp_dir()) + "/file").c_str(), "w");
        REQUIRE(file != nullptr);
        std::fclose(file);
    });
    CHECK(access((std::string(cordon::temp_dir()) + "/file").c_str(), F_OK) == 0);
}

TEST_CASE("subcases in a block") {
    CHECK_EXITS(cordon::normally(), {
        SUBCASE("first") { print("first");
}
SUBCASE("second") { print("second"); }
});
}

TEST_CASE("a thousand of them") {
    for (int i = 0; i < 1000; ++i)
        CHECK_EXITS(cordon::with_code(i & 0x7F), { _exit(i & 0x7F); });
}

// ---- --subcases=fork ----

namespace {

int changes = 0;

}  // namespace

TEST_CASE("forks at each subcase") {
    print("prefix");
    ++changes;
    CHECK(changes == 1);
    SUBCASE("one") {
        print("one");
        ++changes;
        CHECK(changes == 2);
    }
    print("between");
    SUBCASE("two") {
        print("two");
        SUBCASE("inner") {
            print("inner");
            ++changes;
        }
        SUBCASE("inner too") {
            print("inner too");
            CHECK(changes == 1);
        }
        print("end of two");
    }
    print("end");
}

TEST_CASE("every way to end") {
    for (int i = 0; i < 2; ++i) {
        SUBCASE("fails") { REQUIRE(i == 1); }
        SUBCASE("is skipped") { SKIP("not today"); }
        SUBCASE("throws") { throw std::runtime_error("out"); }
    }
    SUBCASE("crashes") { *nowhere = 1; }
    SUBCASE("exits") {
        SUBCASE("in the middle") { std::exit(3); }
        SUBCASE("or not") { CHECK(true); }
    }
    SUBCASE("with a block") {
        CHECK_EXITS(cordon::by_abort(), { std::abort(); });
    }
    SUBCASE("terminates") {
        std::thread([] { throw std::runtime_error("in a thread"); }).join();
    }
}

TEST_CASE("a leaf hangs", timeout(0.5)) {
    SUBCASE("before") { CHECK(true); }
    SUBCASE("hangs") {
        for (;;)
            pause();
    }
    SUBCASE("behind") { CHECK(true); }
}

TEST_CASE("notes without assertions") {
    SUBCASE("a note") { INFO("this is no assertion"); }
    SUBCASE("a note for the next assertion") { UNSCOPED_INFO("there is none"); }
}

TEST_CASE("a hundred leaves in a loop") {
    for (int i = 0; i < 100; ++i)
        SUBCASE("leaf " + std::to_string(i)) CHECK(i >= 0);
}
