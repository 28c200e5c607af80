#include <cordon/cordon.hpp>

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <string>

// A thousand tests, "t000" to "t999", that do what the variables say:
//   LOG      a file to which each test that starts adds its name
//   DO       crash, exit, hang, fail, fail slowly, lose, print or sleep; without it the tests pass
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
#define TEN(prefix) \
    ONE(prefix##0)  \
    ONE(prefix##1)  \
    ONE(prefix##2)  \
    ONE(prefix##3)  \
    ONE(prefix##4) ONE(prefix##5) ONE(prefix##6) ONE(prefix##7) ONE(prefix##8) ONE(prefix##9)
#define HUNDRED(prefix) \
    TEN(prefix##0)      \
    TEN(prefix##1)      \
    TEN(prefix##2)      \
    TEN(prefix##3)      \
    TEN(prefix##4)      \
    TEN(prefix##5)      \
    TEN(prefix##6)      \
    TEN(prefix##7)      \
    TEN(prefix##8)      \
    TEN(prefix##9)

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
