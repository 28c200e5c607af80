// What a test must do so that nobody in its own process removes its temporary folder. What is left is looked for by
// process/environment_test.cpp.

#include <cordon/cordon.hpp>

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <string>

namespace {

std::string folder_with_a_file() {
    const std::string folder = cordon::temp_dir();
    close(open((folder + "/file").c_str(), O_CREAT | O_WRONLY, 0600));
    return folder;
}

// A process that makes files there as fast as it can; back when it has begun.
void leave_a_writer(const std::string& folder, bool daemon) {
    int begun[2];
    REQUIRE(pipe(begun) == 0);
    const pid_t child = fork();
    if (child == 0) {
        if (daemon) setsid();
        for (unsigned number = 0;; ++number) {
            close(open((folder + "/" + std::to_string(number)).c_str(), O_CREAT | O_WRONLY, 0600));
            if (number == 20 && write(begun[1], "", 1) < 0) _exit(1);
            if (number % 100 == 99) usleep(1000);
        }
    }
    char byte;
    REQUIRE(read(begun[0], &byte, 1) == 1);
    close(begun[0]);
    close(begun[1]);
}

}  // namespace

TEST_SUITE("kills") {
    TEST_CASE("its worker") {
        folder_with_a_file();
        kill(getppid(), SIGKILL);
        pause();
    }
    TEST_CASE("its worker beside a process that writes") {
        leave_a_writer(folder_with_a_file(), false);
        kill(getppid(), SIGKILL);
        pause();
    }
}

TEST_SUITE("leaves a writer") {
    TEST_CASE("a child") { leave_a_writer(folder_with_a_file(), false); }
    TEST_CASE("a daemon") { leave_a_writer(folder_with_a_file(), true); }
}

TEST_SUITE("waits") {
    TEST_CASE("until the run is killed") {
        folder_with_a_file();
        pause();
    }
}
