// Tests that say what they were given.

#include <cordon/cordon.hpp>

#include <clocale>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
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

TEST_SUITE("slots"){
#define SLOT_TEST(name)                                       \
    TEST_CASE(name) {                                         \
        std::printf("slot=%s\n", std::getenv("CORDON_SLOT")); \
        usleep(50'000);                                       \
    }
    SLOT_TEST("1") SLOT_TEST("2") SLOT_TEST("3") SLOT_TEST("4") SLOT_TEST("5") SLOT_TEST("6")}

TEST_SUITE("in a test") {
    std::string folder_now() {
        std::vector<char> folder(4096);
        REQUIRE(getcwd(folder.data(), folder.size()) != nullptr);
        return folder.data();
    }

    rlim_t soft_limit(int of) {
        struct rlimit now {};
        REQUIRE(getrlimit(static_cast<__rlimit_resource>(of), &now) == 0);
        return now.rlim_cur;
    }

    void listen_at(int port, int type) {
        const int socket = ::socket(AF_INET, type, 0);
        sockaddr_in any{};
        any.sin_family = AF_INET;
        any.sin_port = htons(static_cast<std::uint16_t>(port));
        REQUIRE(bind(socket, reinterpret_cast<const sockaddr*>(&any), sizeof any) == 0);
        if (type == SOCK_STREAM) REQUIRE(listen(socket, 1) == 0);
        close(socket);
    }

    TEST_CASE("slot and attempt", retries(2)) {
        CHECK(std::to_string(cordon::slot()) == std::getenv("CORDON_SLOT"));
        CHECK(std::to_string(cordon::attempt()) == std::getenv("CORDON_ATTEMPT"));
        CHECK(cordon::attempt() == 3);
    }

    TEST_CASE("random numbers") {
        const auto first = cordon::random()();
        CHECK(cordon::random()() != first);
        std::uniform_int_distribution<int> die(1, 6);
        for (int i = 0; i < 100; ++i) {
            const int thrown = die(cordon::random());
            CHECK((thrown >= 1 && thrown <= 6));
        }
        // splitmix64 of the seed.
        std::uint64_t z = std::strtoull(std::getenv("CORDON_SEED"), nullptr, 10) + 0x9e3779b97f4a7c15u;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        CHECK(first == (z ^ (z >> 31)));
        for (const char* name : {"one", "two"}) {
            SUBCASE(name) { std::printf("first=%llu\n", first); }
        }
    }

    TEST_CASE("random numbers again") { std::printf("other=%llu\n", cordon::random()()); }

    TEST_CASE("everything changes") {
        CHECK(std::getenv("WANTED") == nullptr);
        CHECK(std::string(std::getenv("HOME")) != "/nowhere");
        CHECK(folder_now() != "/");
        CHECK(std::string(std::setlocale(LC_ALL, nullptr)) == "C");
        CHECK(soft_limit(RLIMIT_NOFILE) != 77);
        CHECK(soft_limit(RLIMIT_AS) == RLIM_INFINITY);
        for (const char* name : {"one", "two"}) {
            SUBCASE(name) {
                cordon::set_env("WANTED", "1");
                cordon::set_env("WANTED", "2");
                cordon::set_env("HOME", "/nowhere");
                cordon::set_env("PATH", nullptr);
                cordon::set_env("CORDON_SEED", "mine");
                cordon::set_cwd("/tmp");
                cordon::set_cwd("/");
                if (cordon::set_locale("C.UTF-8")) CHECK(std::string(std::setlocale(LC_ALL, nullptr)) == "C.UTF-8");
                cordon::set_limit(cordon::limit::files, 77);
                cordon::set_limit(cordon::limit::memory, 8'000'000'000);
                cordon::set_limit(cordon::limit::core, 0);
                CHECK(std::string(std::getenv("WANTED")) == "2");
                CHECK(std::getenv("PATH") == nullptr);
                CHECK(std::string(std::getenv("CORDON_SEED")) == "mine");
                CHECK(folder_now() == "/");
                CHECK(soft_limit(RLIMIT_NOFILE) == 77);
                CHECK(soft_limit(RLIMIT_AS) == 8'000'000'000);
            }
        }
    }

    TEST_CASE("nothing has changed") {
        CHECK(std::getenv("WANTED") == nullptr);
        CHECK(std::string(std::getenv("HOME")) != "/nowhere");
        REQUIRE(std::getenv("PATH") != nullptr);
        CHECK(std::string(std::getenv("CORDON_SEED")) != "mine");
        CHECK(std::string(std::getenv("CORDON_TEST_NAME")) == "nothing has changed");
        CHECK(folder_now() != "/");
        CHECK(std::string(std::setlocale(LC_ALL, nullptr)) == "C");
        CHECK(soft_limit(RLIMIT_NOFILE) != 77);
        CHECK(soft_limit(RLIMIT_AS) == RLIM_INFINITY);
    }

    TEST_CASE("a limit of memory is met") {
        cordon::set_limit(cordon::limit::memory, 600'000'000);
        CHECK_THROWS_AS(static_cast<void>(::operator new(900'000'000)), std::bad_alloc);
    }

    TEST_CASE("a limit of processor time is met") {
        cordon::set_limit(cordon::limit::cpu, 1);
        volatile unsigned long work = 0;
        while (true)
            work = work + 1;
    }

    TEST_CASE("a limit of files is met") {
        cordon::set_limit(cordon::limit::files, 20);
        int last = 0;
        for (int i = 0; i < 30; ++i)
            last = dup(0);
        CHECK(last == -1);
    }

    TEST_CASE("a folder that is not there") {
        cordon::set_cwd("/no/such");
        std::puts("not reached");
    }

    TEST_CASE("a limit that is too high") { cordon::set_limit(cordon::limit::files, 1'000'000'000'000); }

    TEST_CASE("a variable without a name") { cordon::set_env("a=b", "c"); }

    TEST_CASE("a locale that is not there") { CHECK_FALSE(cordon::set_locale("xx_XX")); }

    TEST_CASE("ports differ in one test") {
        std::set<int> ports;
        for (int i = 0; i < 50; ++i)
            ports.insert(cordon::free_port());
        CHECK(ports.size() == 50);
        CHECK(*ports.begin() >= 20000);
        CHECK(*ports.rbegin() < 30000);
        listen_at(*ports.begin(), SOCK_STREAM);
        listen_at(*ports.begin(), SOCK_DGRAM);
        // A copy of the process does not hold the ports, and must not get them either.
        const pid_t copy = fork();
        if (copy == 0) _exit(ports.count(cordon::free_port()) == 0 ? 7 : 8);
        int state = 0;
        REQUIRE(waitpid(copy, &state, 0) == copy);
        CHECK(WEXITSTATUS(state) == 7);
    }

#define PORT_TEST(name)                           \
    TEST_CASE(name, tag("ports")) {               \
        std::printf("|%d|", cordon::free_port()); \
        std::fflush(stdout);                      \
        usleep(300'000);                          \
    }
    PORT_TEST("port 1")
    PORT_TEST("port 2")
    PORT_TEST("port 3")
    PORT_TEST("port 4")
}
