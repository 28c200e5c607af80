// Tests that leave something behind, each one thing. The expectations are in process/leftovers_test.cpp.

#include <cordon/cordon.hpp>

#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>
#include <thread>

namespace {

void keep(bool fine) { REQUIRE(fine); }

}  // namespace

TEST_CASE("clean") { CHECK(1 == 1); }
TEST_CASE("a program") {
    const pid_t child = fork();
    if (child == 0) execl("/bin/sleep", "sleep", "1000", static_cast<char*>(nullptr));
    // The command line is the program's own as soon as it runs.
    for (int i = 0; i < 2000; ++i) {
        char text[64] = {};
        FILE* file = fopen(("/proc/" + std::to_string(child) + "/cmdline").c_str(), "r");
        if (file == nullptr) break;
        const bool got = fread(text, 1, sizeof text, file) > 0;
        fclose(file);
        if (got && std::string(text) == "sleep") break;
        usleep(1000);
    }
}
TEST_CASE("a copy of itself") {
    if (fork() == 0) {
        while (true)
            pause();
    }
}
TEST_CASE("a daemon") {
    const pid_t child = fork();
    if (child == 0) {
        setsid();
        if (fork() == 0) {
            while (true)
                pause();
        }
        _exit(0);
    }
    keep(waitpid(child, nullptr, 0) == child);
}
TEST_CASE("a thread") {
    std::thread([] { sleep(1000); }).detach();
}
TEST_CASE("a descriptor") { keep(open("/dev/null", O_RDONLY) >= 0); }
TEST_CASE("a high descriptor") {
    const int low = open("/dev/null", O_RDONLY);
    keep(dup2(low, 60) == 60);
    close(low);
}
TEST_CASE("a very high descriptor") {
    const int low = open("/dev/null", O_RDONLY);
    keep(dup2(low, 200) == 200);
    close(low);
}
TEST_CASE("a pipe") {
    int ends[2];
    keep(pipe(ends) == 0);
}
TEST_CASE("a file") {
    const int file = open((std::string(cordon::temp_dir()) + "/notes").c_str(), O_CREAT | O_RDWR, 0600);
    close(file);
}
TEST_CASE("a working folder") { keep(chdir("/") == 0); }
TEST_CASE("a removed working folder") {
    const std::string folder = std::string(cordon::temp_dir()) + "/gone";
    keep(mkdir(folder.c_str(), 0700) == 0);
    keep(chdir(folder.c_str()) == 0);
    keep(rmdir(folder.c_str()) == 0);
}
TEST_CASE("a umask") { umask(0077); }
TEST_CASE("a locale") { keep(setlocale(LC_ALL, "C.UTF-8") != nullptr); }
TEST_CASE("a new variable") { setenv("LEFT_BY_TEST", "1", 1); }
TEST_CASE("a changed variable") { setenv("TO_BE_CHANGED", "2", 1); }
TEST_CASE("a missing variable") { unsetenv("TO_BE_CHANGED"); }
TEST_CASE("a handled signal") {
    signal(SIGUSR1, [](int) {});
}
TEST_CASE("an ignored signal") { signal(SIGTERM, SIG_IGN); }
TEST_CASE("a rare signal") { signal(SIGXFSZ, SIG_IGN); }
TEST_CASE("a real-time signal") { signal(SIGRTMIN + 2, SIG_IGN); }
TEST_CASE("a blocked signal") {
    sigset_t one;
    sigemptyset(&one);
    sigaddset(&one, SIGUSR2);
    sigprocmask(SIG_BLOCK, &one, nullptr);
}
TEST_CASE("a descriptor and a failure") {
    keep(open("/dev/null", O_RDONLY) >= 0);
    CHECK(1 == 2);
}
TEST_CASE("a descriptor and a crash") {
    keep(open("/dev/null", O_RDONLY) >= 0);
    abort();
}
TEST_CASE("clean, and last") { CHECK(1 == 1); }
