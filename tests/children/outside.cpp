// Tests to which something happens from outside. Those of "many/" are 2,000 short ones. RUNS names a file to which each
// of them adds its name and the number of the attempt.

#include <cordon/cordon.hpp>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <string>

#include "thousand.hpp"

namespace {

// One line into the file that a variable names, in one piece.
void add_line(const char* variable, const std::string& text) {
    const char* path = getenv(variable);
    if (path == nullptr) return;
    const int file = open(path, O_WRONLY | O_APPEND | O_CREAT, 0666);
    const std::string line = text + "\n";
    if (write(file, line.data(), line.size()) < 0) abort();
    close(file);
}

void log(const std::string& text) { add_line("LOG", text); }

// With UNTIL_TOLD they are some times as long, up to the sign, so that enough can happen to them.
void be_short(const char* name) {
    add_line("RUNS", std::string(name) + " " + getenv("CORDON_ATTEMPT"));
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
    TEST_CASE("t" #number) { be_short("t" #number); }

TEST_SUITE("many") {
    THOUSAND(0)
    THOUSAND(1)
}
