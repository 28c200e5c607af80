// Tests to which something happens from outside. Those of "many/" are 2,000 short ones.

#include <cordon/cordon.hpp>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <string>

namespace {

// One line into the file that LOG names, in one piece.
void log(const std::string& text) {
    const char* path = getenv("LOG");
    if (path == nullptr) return;
    const int file = open(path, O_WRONLY | O_APPEND | O_CREAT, 0666);
    const std::string line = text + "\n";
    if (write(file, line.data(), line.size()) < 0) abort();
    close(file);
}

// With UNTIL_TOLD they are some times as long, up to the sign, so that enough can happen to them.
void be_short() {
    usleep(4'000);
    if (getenv("UNTIL_TOLD") == nullptr) return;
    const std::string sign = std::string(getenv("LOG")) + ".go";
    for (int i = 0; i < 5 && access(sign.c_str(), F_OK) != 0; ++i)
        usleep(4'000);
}

}  // namespace

TEST_CASE("works for a second", timeout(5)) {
    log("worker " + std::to_string(getppid()));
    for (int i = 0; i < 100; ++i) {
        usleep(10'000);
        log("step");
    }
}
TEST_CASE("waits until it is told", timeout(100)) {
    log("worker " + std::to_string(getppid()));
    const std::string sign = std::string(getenv("LOG")) + ".go";
    while (access(sign.c_str(), F_OK) != 0)
        usleep(10'000);
}
TEST_CASE("waits as well", timeout(100)) {
    const std::string sign = std::string(getenv("LOG")) + ".go";
    while (access(sign.c_str(), F_OK) != 0)
        usleep(10'000);
}

#define ONE(number) \
    TEST_CASE("t" #number) { be_short(); }
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
#define THOUSAND(prefix) \
    HUNDRED(prefix##0)   \
    HUNDRED(prefix##1)   \
    HUNDRED(prefix##2)   \
    HUNDRED(prefix##3)   \
    HUNDRED(prefix##4)   \
    HUNDRED(prefix##5)   \
    HUNDRED(prefix##6)   \
    HUNDRED(prefix##7)   \
    HUNDRED(prefix##8)   \
    HUNDRED(prefix##9)

TEST_SUITE("many") {
    THOUSAND(0)
    THOUSAND(1)
}
