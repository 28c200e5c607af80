// What isolation costs without a test framework: fork a child that does nothing, wait for it, COUNT times.
//
//   bare_fork COUNT IN_FLIGHT exit|_exit
//
// `exit` is the fair comparison, since a test's process must run its exit handlers; `_exit` is the floor below it.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

void start_child(bool run_handlers) {
    const pid_t child = fork();
    if (child < 0) {
        perror("fork");
        exit(1);
    }
    if (child == 0) {
        if (run_handlers) exit(0);
        _exit(0);
    }
}

void wait_for_child() {
    int status = 0;
    if (wait(&status) < 0 || status != 0) {
        perror("wait");
        exit(1);
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) {
        fputs("usage: bare_fork COUNT IN_FLIGHT exit|_exit\n", stderr);
        return 2;
    }
    const long count = atol(argv[1]);
    const long in_flight = atol(argv[2]);
    const bool run_handlers = strcmp(argv[3], "exit") == 0;

    for (long started = 0; started < count; ++started) {
        if (started >= in_flight) wait_for_child();
        start_child(run_handlers);
    }
    for (long left = count < in_flight ? count : in_flight; left > 0; --left)
        wait_for_child();
    printf("%ld children\n", count);
    return 0;
}
