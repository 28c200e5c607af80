#include <cordon/cordon.hpp>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>

// A static initializer that starts this very program with a copy of the environment, as wrappers and crash reporters
// do. PROGRAM is its path; LOG gets a line for each one that was started: where from, and its exit code.

namespace {

void start_again() {
    // One level is the user's own wish; more would be a recursion of their own making.
    if (getenv("STARTED_AGAIN") != nullptr) return;
    const std::string from = getenv("CORDON_PRIVATE_WORKER") != nullptr ? "worker" : "program";
    const pid_t child = fork();
    if (child == 0) {
        setenv("STARTED_AGAIN", "1", 1);
        execl(getenv("PROGRAM"), getenv("PROGRAM"), "one", "two", static_cast<char*>(nullptr));
        _exit(99);
    }
    int state = 0;
    waitpid(child, &state, 0);
    const int file = open(getenv("LOG"), O_WRONLY | O_APPEND | O_CREAT, 0666);
    const std::string line = from + " " + std::to_string(WIFEXITED(state) ? WEXITSTATUS(state) : -1) + "\n";
    if (write(file, line.data(), line.size()) < 0) abort();
    close(file);
}

const bool started = [] {
    if (getenv("LOG") != nullptr) start_again();
    return true;
}();

}  // namespace

TEST_CASE("one") { CHECK(started); }
TEST_CASE("two") { CHECK(started); }

TEST_CASE("runs this program") {
    const pid_t child = fork();
    if (child == 0) {
        execl(getenv("PROGRAM"), getenv("PROGRAM"), "one", "two", static_cast<char*>(nullptr));
        _exit(99);
    }
    int state = -1;
    CHECK(waitpid(child, &state, 0) == child);
    CHECK(state == 0);
}
