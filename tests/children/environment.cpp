// Tests that say what they were given.

#include <cordon/cordon.hpp>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

extern char** environ;

namespace {

void write_file(const std::string& path, const char* text) {
    std::FILE* file = std::fopen(path.c_str(), "w");
    REQUIRE(file != nullptr);
    std::fputs(text, file);
    std::fclose(file);
}

// Makes a folder that is hard to remove.
std::string fill_temp_dir() {
    const std::string folder = cordon::temp_dir();
    std::printf("folder=%s\n", folder.c_str());
    std::fflush(stdout);
    write_file(folder + "/file", "text");
    REQUIRE(mkdir((folder + "/deep").c_str(), 0700) == 0);
    REQUIRE(mkdir((folder + "/deep/er").c_str(), 0700) == 0);
    write_file(folder + "/deep/er/file", "text");
    REQUIRE(symlink("/", (folder + "/deep/link to all").c_str()) == 0);
    REQUIRE(chmod((folder + "/deep").c_str(), 0500) == 0);
    return folder;
}

[[noreturn]] void sleep_for_ever() {
    while (true) {
        pause();
    }
}

}  // namespace

TEST_SUITE("given") {
    TEST_CASE("standard input") {
        char buffer[16];
        CHECK(read(STDIN_FILENO, buffer, sizeof buffer) == 0);
        CHECK(std::getchar() == EOF);
        CHECK(isatty(STDIN_FILENO) == 0);
    }

    TEST_CASE("a process group") {
        std::printf("pid=%d group=%d parent=%d session=%d\n", static_cast<int>(getpid()), static_cast<int>(getpgrp()),
                    static_cast<int>(getppid()), static_cast<int>(getsid(0)));
    }

    TEST_CASE("variables") {
        for (char** each = environ; *each != nullptr; ++each) {
            std::printf("%s\n", *each);
        }
    }

    TEST_CASE("variables on a retry", retries(2)) {
        std::printf("%s of %s\n", std::getenv("CORDON_ATTEMPT"), std::getenv("CORDON_TOTAL_ATTEMPTS"));
        CHECK(std::strcmp(std::getenv("CORDON_ATTEMPT"), "3") == 0);
    }

    TEST_CASE("descriptors") {
        for (int i = 0; i < 1024; ++i) {
            const int flags = fcntl(i, F_GETFD);
            if (flags >= 0) std::printf("%d%s\n", i, (flags & FD_CLOEXEC) != 0 ? " private" : "");
        }
    }

    TEST_CASE("signals") {
        sigset_t blocked;
        REQUIRE(sigprocmask(SIG_BLOCK, nullptr, &blocked) == 0);
        for (int signal = 1; signal < 32; ++signal) {
            struct sigaction now {};
            if (signal == SIGKILL || signal == SIGSTOP || sigaction(signal, nullptr, &now) != 0) continue;
            if (sigismember(&blocked, signal) == 1) std::printf("%d is blocked\n", signal);
            if (now.sa_handler == SIG_IGN) std::printf("%d is ignored\n", signal);
        }
    }

    TEST_CASE("a working folder") {
        std::vector<char> folder(4096);
        REQUIRE(getcwd(folder.data(), folder.size()) != nullptr);
        std::printf("%s\n", folder.data());
    }
}

TEST_SUITE("temporary folder") {
    TEST_CASE("not asked for") { CHECK(std::getenv("TEST_TMPDIR") == nullptr); }

    TEST_CASE("of a test that passes") {
        const std::string folder = fill_temp_dir();
        CHECK(std::string(std::getenv("TEST_TMPDIR")) == folder);
        CHECK(std::string(cordon::temp_dir()) == folder);
        struct stat about {};
        REQUIRE(stat(folder.c_str(), &about) == 0);
        CHECK((about.st_mode & 0777) == 0700);
    }

    TEST_CASE("of a test that fails") {
        fill_temp_dir();
        FAIL("on purpose");
    }

    TEST_CASE("of a test that throws") {
        fill_temp_dir();
        throw 1;
    }

    TEST_CASE("of a test that crashes") {
        fill_temp_dir();
        std::abort();
    }

    TEST_CASE("of a test that exits") {
        fill_temp_dir();
        _exit(0);
    }

    TEST_CASE("of a test that hangs", timeout(0.3)) {
        fill_temp_dir();
        sleep_for_ever();
    }

    TEST_CASE("of a test that goes away and hangs", timeout(0.3)) {
        const std::string folder = fill_temp_dir();
        REQUIRE(chdir(folder.c_str()) == 0);
        std::signal(SIGTERM, SIG_IGN);
        sleep_for_ever();
    }

    TEST_CASE("of a test that removes it itself") {
        const std::string folder = cordon::temp_dir();
        std::printf("folder=%s\n", folder.c_str());
        CHECK(rmdir(folder.c_str()) == 0);
    }

    TEST_CASE("of a test with threads") {
        std::vector<std::string> seen(8);
        std::vector<std::thread> threads;
        for (std::string& each : seen) {
            threads.emplace_back([&each] { each = cordon::temp_dir(); });
        }
        for (std::thread& each : threads) {
            each.join();
        }
        for (const std::string& each : seen) {
            CHECK(each == seen[0]);
        }
        std::printf("folder=%s\n", seen[0].c_str());
    }
}

TEST_SUITE("slots") {
#define SLOT_TEST(name)                                       \
    TEST_CASE(name) {                                         \
        std::printf("slot=%s\n", std::getenv("CORDON_SLOT")); \
        usleep(50'000);                                       \
    }
    SLOT_TEST("1")
    SLOT_TEST("2")
    SLOT_TEST("3")
    SLOT_TEST("4")
    SLOT_TEST("5")
    SLOT_TEST("6")
}
