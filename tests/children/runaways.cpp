// Tests that start what runs away from them. Each of it adds a byte to the file BEATS now and then, and ends by itself
// after 20 seconds, so that a failure cannot take the machine.
//
//   DO   end (the default): the test ends
//        lose the worker: the first attempt kills it
//        lose both: the worker and the supervisor are killed with one command
//        wait: for being killed

#include <cordon/cordon.hpp>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <string>

namespace {

std::string variable(const char* name) {
    const char* text = getenv(name);
    return text == nullptr ? "" : text;
}

long seconds() {
    struct timespec now {};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec;
}

int open_beats() { return open(variable("BEATS").c_str(), O_WRONLY | O_APPEND | O_CREAT, 0666); }

long beats() {
    struct stat about {};
    return stat(variable("BEATS").c_str(), &about) == 0 ? static_cast<long>(about.st_size) : 0;
}

// Nothing is left that could: all of it beats several times as often.
bool is_quiet() {
    const long before = beats();
    usleep(100'000);
    return beats() == before;
}

void beat(int file) {
    if (write(file, "b", 1) != 1) _exit(1);
}

// Each process makes the next one and is gone; each in a session of its own.
void start_chain() {
    const int file = open_beats();
    if (fork() != 0) return;
    for (const long until = seconds() + 20; seconds() < until;) {
        if (fork() > 0) _exit(0);
        setsid();
        beat(file);
    }
    _exit(0);
}

void beat_for_a_while(int file) {
    for (const long until = seconds() + 20; seconds() < until;) {
        beat(file);
        usleep(2'000);
    }
    _exit(0);
}

void start_daemon() {
    const int file = open_beats();
    const pid_t child = fork();
    if (child == 0) {
        setsid();
        for (const int number : {SIGTERM, SIGHUP, SIGINT})
            signal(number, SIG_IGN);
        if (fork() == 0) beat_for_a_while(file);
        _exit(0);
    }
    waitpid(child, nullptr, 0);
}

void start_helper() {
    const int file = open_beats();
    if (fork() == 0) {
        signal(SIGTERM, SIG_IGN);
        beat_for_a_while(file);
    }
}

// `how`: what comes before the shell that beats.
void start_command(const std::string& how) {
    const std::string loop = "i=0; while [ $i -lt 1000 ]; do printf b >> \"$0\"; sleep 0.02; i=$((i + 1)); done";
    const std::string command = how + " sh -c '" + loop + "' '" + variable("BEATS") + "' > /dev/null 2>&1 &";
    REQUIRE(system(command.c_str()) == 0);
}

pid_t parent_of(pid_t process) {
    FILE* file = fopen(("/proc/" + std::to_string(process) + "/status").c_str(), "r");
    REQUIRE(file != nullptr);
    char line[256];
    int parent = 0;
    while (parent == 0 && fgets(line, sizeof line, file) != nullptr)
        if (sscanf(line, "PPid: %d", &parent) == 1) break;
    fclose(file);
    return parent;
}

void go_on() {
    const std::string what = variable("DO");
    if (what == "lose the worker") kill(getppid(), SIGKILL);
    if (what == "lose both") {
        // The other way round the supervisor, if it is quick, ends the command before that gets to it.
        const std::string worker = std::to_string(getppid());
        const std::string supervisor = std::to_string(parent_of(getppid()));
        if (system(("kill -9 " + supervisor + " " + worker).c_str()) != 0) abort();
    }
    if (what == "" || what == "end") return;
    sleep(20);
}

template <class Start>
void run_away(Start start) {
    // All that the lost attempt has started was ended before.
    if (variable("CORDON_ATTEMPT") != "1") {
        CHECK(is_quiet());
        return;
    }
    start();
    while (beats() < 3)
        usleep(500);
    go_on();
}

// The port is free as soon as nobody has it any more: there was no connection.
int listen_on(int port) {
    const int made = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in where {};
    where.sin_family = AF_INET;
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    where.sin_port = htons(static_cast<uint16_t>(port));
    CHECK(bind(made, reinterpret_cast<struct sockaddr*>(&where), sizeof where) == 0);
    CHECK(listen(made, 1) == 0);
    socklen_t size = sizeof where;
    getsockname(made, reinterpret_cast<struct sockaddr*>(&where), &size);
    return ntohs(where.sin_port);
}

}  // namespace

TEST_CASE("a fork chain") { run_away(start_chain); }
TEST_CASE("a daemon that ignores signals") { run_away(start_daemon); }
TEST_CASE("a helper that ignores signals") { run_away(start_helper); }
TEST_CASE("a command in the background") {
    run_away([] { start_command("setsid nohup"); });
}
TEST_CASE("a command without an environment") {
    run_away([] { start_command("env -i setsid"); });
}
TEST_CASE("then it is quiet") { CHECK(is_quiet()); }

// Its own attempt before had the port, and so has a process that it has left. APART: in a session of its own.
TEST_CASE("a server") {
    const std::string note = variable("BEATS") + ".port";
    if (variable("CORDON_ATTEMPT") != "1") {
        FILE* file = fopen(note.c_str(), "r");
        REQUIRE(file != nullptr);
        int port = 0;
        REQUIRE(fscanf(file, "%d", &port) == 1);
        fclose(file);
        CHECK(listen_on(port) == port);
        return;
    }
    FILE* file = fopen(note.c_str(), "w");
    fprintf(file, "%d", listen_on(0));
    fclose(file);
    if (fork() == 0) {
        if (getenv("APART") != nullptr) setsid();
        sleep(20);
        _exit(0);
    }
    usleep(20'000);
    kill(getppid(), SIGKILL);
    sleep(20);
}
