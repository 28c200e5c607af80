#include <cordon/cordon.hpp>

#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>
#include <thread>

#include "thousand.hpp"

// A thousand tests, "t000" to "t999", that do what the variables say:
//   LOG      a file to which each test that starts adds its name
//   DO       crash, exit, hang, fail, fail slowly, lose, print, sleep or tidy (uses much and leaves nothing); without
//   it
//            the tests pass
//   EVERY    only each n-th test does it

namespace {

void log_start(const std::string& name) {
    const char* path = getenv("LOG");
    if (path == nullptr) return;
    const int file = open(path, O_WRONLY | O_APPEND | O_CREAT, 0666);
    const std::string line = name + "\n";
    if (write(file, line.data(), line.size()) < 0) abort();
    close(file);
}

int number_in(const char* variable, int otherwise) {
    const char* text = getenv(variable);
    return text == nullptr ? otherwise : atoi(text);
}

// What a clean test may do: everything is taken back before it ends.
void tidy() {
    std::thread([] {}).join();
    const int file = open("/dev/null", O_RDONLY);
    const int copy = dup2(file, 40);
    close(file);
    close(copy);
    const pid_t child = fork();
    if (child == 0) _exit(0);
    waitpid(child, nullptr, 0);
    const pid_t killed = fork();
    if (killed == 0) {
        while (true)
            pause();
    }
    kill(killed, SIGKILL);  // not waited for: it is dead all the same
    umask(umask(077));
    setenv("TIDY", "1", 1);
    unsetenv("TIDY");
    signal(SIGUSR1, signal(SIGUSR1, SIG_IGN));
    const std::string before = setlocale(LC_ALL, nullptr);
    setlocale(LC_ALL, "C.UTF-8");
    setlocale(LC_ALL, before.c_str());
    std::thread([] { usleep(100); }).join();
}

void act(const std::string& name) {
    const char* variable = getenv("DO");
    const std::string what = variable == nullptr ? "" : variable;
    if (what == "crash") abort();
    if (what == "exit") exit(0);
    if (what == "hang") pause();
    if (what == "fail slowly") usleep(50'000);
    if (what == "fail" || what == "fail slowly") CHECK(name == "");
    if (what == "lose") {
        kill(getppid(), SIGKILL);
        pause();
    }
    if (what == "tidy") tidy();
    if (what == "sleep") usleep(100'000);
    if (what == "print") {
        printf("out of %s\n", name.c_str());
        fprintf(stderr, "err of %s\n", name.c_str());
    }
}

void run_test(const char* name) {
    log_start(name);
    if (atoi(name + 1) % number_in("EVERY", 1) == 0) act(name);
}

}  // namespace

#define ONE(number) \
    TEST_CASE("t" #number) { run_test("t" #number); }

HUNDRED(0)
HUNDRED(1)
HUNDRED(2)
HUNDRED(3)
HUNDRED(4)
HUNDRED(5)
HUNDRED(6)
HUNDRED(7)
HUNDRED(8)
HUNDRED(9)
