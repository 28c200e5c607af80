// What the worst test does. The expectations are in process/acts.hpp.

#include <cordon/cordon.hpp>

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace {

[[noreturn]] void wait_for_ever() {
    while (true)
        pause();
}

struct base {
    base() { call(); }
    virtual ~base() = default;
    void call() { act(); }
    virtual void act() = 0;
};
struct derived : base {
    void act() override {}
};

jmp_buf somewhere;

// What the process has besides what it was given by whoever started the run.
std::vector<int> private_descriptors() {
    std::vector<int> found;
    for (int each = 3; each < 1100; ++each) {
        const int flags = fcntl(each, F_GETFD);
        if (flags >= 0 && (flags & FD_CLOEXEC) != 0) found.push_back(each);
    }
    return found;
}

void write_into_all(const std::string& bytes) {
    signal(SIGPIPE, SIG_IGN);
    for (const int each : private_descriptors()) {
        fcntl(each, F_SETFL, fcntl(each, F_GETFL) | O_NONBLOCK);
        for (int i = 0; i < 3; ++i) {
            if (write(each, bytes.data(), bytes.size()) < 0) break;
        }
    }
}

// The memory that this process shares with its worker: what every library and no test finds, a stray write as well.
std::string shared_memory() {
    std::string found;
    FILE* const maps = fopen("/proc/self/maps", "r");
    if (maps == nullptr) return found;
    char line[512];
    while (fgets(line, sizeof line, maps) != nullptr) {
        unsigned long from = 0, to = 0;
        char rights[5] = "";
        if (sscanf(line, "%lx-%lx %4s", &from, &to, rights) == 3 && strcmp(rights, "rw-s") == 0)
            found.assign(reinterpret_cast<const char*>(from), to - from);
    }
    fclose(maps);
    return found;
}

const std::string frame_start("\xDE\xC0\x01", 3);

// Looks as the worker's next frame begins, but for the checksum.
std::string frame_header(uint32_t size) {
    const std::string memory = shared_memory();
    uint64_t sequence = 1;
    if (memory.size() > 16) memcpy(&sequence, memory.data() + 8, sizeof sequence);
    ++sequence;
    std::string header = frame_start + '\x03';
    header.append(reinterpret_cast<const char*>(&size), sizeof size);
    header.append(reinterpret_cast<const char*>(&sequence), sizeof sequence);
    return header + "checksum";
}

// The first one that the shared memory still holds, as it was sent.
std::string earlier_frame() {
    const std::string memory = shared_memory();
    const std::size_t at = memory.find(frame_start);
    if (at == std::string::npos) return "";
    uint32_t size = 0;
    memcpy(&size, memory.data() + at + 4, sizeof size);
    return memory.substr(at, 24 + size);
}

}  // namespace

#define RAISES_WITHIN(seconds, number, name)      \
    TEST_CASE("raises " name, timeout(seconds)) { \
        raise(number);                            \
        CHECK(1 == 1);                            \
    }
#define RAISES(number) RAISES_WITHIN(60, number, #number)
// Their usual action is to stop the process.
#define STOPS(number) RAISES_WITHIN(1, number, #number)

TEST_SUITE("ends") {
    TEST_CASE("calls a pure virtual function") { derived one; }
    TEST_CASE("frees twice") {
        // Not seen by the optimiser or by warnings.
        void* volatile block = malloc(100);
        free(block);
        void* volatile again = block;
        free(again);
    }
    TEST_CASE("jumps out of the test") {
        if (setjmp(somewhere) == 0) longjmp(somewhere, 1);
        CHECK(1 == 1);
    }
    TEST_CASE("throws from a destructor while another exception is on its way") {
        struct careless {
            ~careless() noexcept(false) { throw std::runtime_error("second"); }
        };
        careless one;
        throw std::runtime_error("first");
    }
    TEST_CASE("signals its whole process group") { kill(0, SIGKILL); }
    TEST_CASE("raises every signal that can be handled") {
        for (int each = 1; each < 32; ++each) {
            if (each == SIGKILL || each == SIGSTOP) continue;
            signal(each, SIG_IGN);
            raise(each);
            signal(each, SIG_DFL);
        }
        CHECK(1 == 1);
    }
    RAISES(SIGHUP)
    RAISES(SIGINT)
    RAISES(SIGQUIT)
    RAISES(SIGILL)
    RAISES(SIGTRAP)
    RAISES(SIGABRT)
    RAISES(SIGBUS)
    RAISES(SIGFPE)
    RAISES(SIGUSR1)
    RAISES(SIGSEGV)
    RAISES(SIGUSR2)
    RAISES(SIGPIPE)
    RAISES(SIGALRM)
    RAISES(SIGTERM)
    RAISES(SIGXCPU)
    RAISES(SIGXFSZ)
    RAISES(SIGVTALRM)
    RAISES(SIGPROF)
    RAISES(SIGIO)
    RAISES(SIGSYS)
    RAISES(SIGCHLD)
    RAISES(SIGCONT)
    RAISES(SIGURG)
    RAISES(SIGWINCH)
    STOPS(SIGTSTP)
    STOPS(SIGTTIN)
    STOPS(SIGTTOU)
    TEST_CASE("raises a real-time signal") { raise(SIGRTMIN + 1); }
    TEST_CASE("asks its worker to end") {
        kill(getppid(), SIGTERM);
        wait_for_ever();
    }
    TEST_CASE("closes its output") {
        close(1);
        close(2);
        printf("nobody hears this\n");
        CHECK(1 == 1);
    }
    TEST_CASE("closes its output, then fails") {
        close(1);
        close(2);
        CHECK(1 == 2);
    }
    TEST_CASE("writes garbage into every descriptor") {
        write_into_all(std::string(3000, 'x'));
        wait_for_ever();
    }
    TEST_CASE("forges frames") {
        write_into_all(frame_header(0));
        wait_for_ever();
    }
    TEST_CASE("forges frames of another version") {
        std::string header = frame_header(0);
        ++header[2];
        write_into_all(header);
        wait_for_ever();
    }
    TEST_CASE("forges a frame that is too long") {
        write_into_all(frame_header(0x7FFFFFFF));
        wait_for_ever();
    }
    TEST_CASE("forges a frame that does not go on", timeout(1)) {
        write_into_all(frame_header(0x00FFFFFF));
        wait_for_ever();
    }
    TEST_CASE("replays its worker's frames") {
        write_into_all(earlier_frame());
        CHECK(1 == 2);
    }
    TEST_CASE("writes garbage and passes") {
        write_into_all(std::string(3000, 'x'));
        CHECK(1 == 1);
    }
    TEST_CASE("puts its output over every private descriptor") {
        for (const int each : private_descriptors())
            dup2(1, each);
        CHECK(1 == 2);
    }
}

TEST_SUITE("does not end") {
    TEST_CASE("an endless loop", timeout(1)) {
        for (volatile unsigned spin = 0;;)
            spin = spin + 1;
    }
    TEST_CASE("ignoring the request to end", timeout(1)) {
        signal(SIGTERM, SIG_IGN);
        wait_for_ever();
    }
    TEST_CASE("a deadlock", timeout(1)) {
        std::mutex one, other;
        std::lock_guard<std::mutex> held(one);
        std::thread second([&] {
            std::lock_guard<std::mutex> mine(other);
            std::lock_guard<std::mutex> yours(one);
        });
        usleep(50'000);
        std::lock_guard<std::mutex> theirs(other);
        second.join();
    }
    TEST_CASE("a read that nobody answers", timeout(1)) {
        int ends[2];
        REQUIRE(pipe(ends) == 0);
        char byte;
        CHECK(read(ends[0], &byte, 1) == 1);
    }
    TEST_CASE("with all signals blocked", timeout(1)) {
        sigset_t all;
        sigfillset(&all);
        sigprocmask(SIG_BLOCK, &all, nullptr);
        wait_for_ever();
    }
    TEST_CASE("stops itself", timeout(1)) {
        raise(SIGSTOP);
        CHECK(1 == 1);
    }
    TEST_CASE("a lost wake-up", timeout(1)) {
        std::mutex one;
        std::condition_variable never;
        std::unique_lock<std::mutex> held(one);
        never.wait(held);
    }
}

TEST_SUITE("leaves") {
    TEST_CASE("a grandchild that holds the pipes") {
        const pid_t child = fork();
        if (child == 0) {
            if (fork() == 0) wait_for_ever();
            _exit(0);
        }
        waitpid(child, nullptr, 0);
        CHECK(1 == 1);
    }
    TEST_CASE("threads that go on") {
        for (int i = 0; i < 20; ++i) {
            std::thread([] { wait_for_ever(); }).detach();
        }
        CHECK(1 == 1);
    }
    TEST_CASE("two hundred processes") {
        for (int i = 0; i < 200; ++i) {
            const pid_t child = fork();
            if (child == 0) wait_for_ever();
            if (child < 0) break;
        }
        CHECK(1 == 1);
    }
}

TEST_SUITE("takes too much") {
    TEST_CASE("descriptors") {
        struct rlimit few {};
        getrlimit(RLIMIT_NOFILE, &few);
        few.rlim_cur = few.rlim_cur < 1024 ? few.rlim_cur : 1024;
        setrlimit(RLIMIT_NOFILE, &few);
        while (open("/dev/null", O_RDONLY) >= 0) {
        }
        CHECK(1 == 2);
    }
    TEST_CASE("processor time", timeout(200)) {
        struct rlimit little {};
        little.rlim_cur = 1;
        little.rlim_max = 1;
        setrlimit(RLIMIT_CPU, &little);
        for (volatile unsigned spin = 0;;)
            spin = spin + 1;
    }
    TEST_CASE("file size") {
        signal(SIGXFSZ, SIG_DFL);
        struct rlimit little {};
        setrlimit(RLIMIT_FSIZE, &little);
        const std::string path = std::string(cordon::temp_dir()) + "/file";
        const int file = open(path.c_str(), O_CREAT | O_WRONLY, 0600);
        CHECK(write(file, "x", 1) == 1);
    }
    TEST_CASE("processes without end") {
        // Without a limit it would take the machine down.
        if (getenv("PROCESSES_ARE_LIMITED") == nullptr) SKIP("there is no limit of processes");
        while (true)
            fork();
    }
    TEST_CASE("processes without end that are nobody's") {
        if (getenv("PROCESSES_ARE_LIMITED") == nullptr) SKIP("there is no limit of processes");
        while (true) {
            if (fork() == 0) setsid();
        }
    }
    TEST_CASE("ten million failing assertions", timeout(200)) {
        for (int i = 0; i < 10'000'000; ++i)
            CHECK(i < 0);
    }
    TEST_CASE("a message of 100 MB", timeout(200)) { CHECK_MESSAGE(1 == 2, std::string(100'000'000, 'm')); }
    TEST_CASE("a value of 100 MB", timeout(200)) { CHECK(std::string(100'000'000, 'v') == ""); }
    TEST_CASE("many subcases") {
        for (int i = 0; i < 3; ++i) {
            SUBCASE("a") { CHECK(1 == 1); }
            SUBCASE("b") { CHECK(1 == 1); }
        }
    }
    TEST_CASE("a hundred thousand subcases", timeout(200)) {
        for (int block = 0; block < 40; ++block) {
            SUBCASE("block " + std::to_string(block)) {
                for (int row = 0; row < 50; ++row) {
                    SUBCASE("row " + std::to_string(row)) {
                        for (int column = 0; column < 50; ++column) {
                            SUBCASE("column " + std::to_string(column)) { CHECK(row >= 0); }
                        }
                    }
                }
            }
        }
    }
    TEST_CASE("a removed folder") {
        const std::string folder = std::string(cordon::temp_dir()) + "/removed";
        REQUIRE(mkdir(folder.c_str(), 0700) == 0);
        REQUIRE(chdir(folder.c_str()) == 0);
        REQUIRE(rmdir(folder.c_str()) == 0);
        CHECK(1 == 1);
    }
    TEST_CASE("a changed terminal") {
        const int terminal = open("/dev/tty", O_RDWR | O_NOCTTY);
        struct termios mode {};
        signal(SIGTTOU, SIG_IGN);
        if (terminal >= 0 && tcgetattr(terminal, &mode) == 0) {
            mode.c_lflag &= ~static_cast<tcflag_t>(ECHO | ICANON);
            tcsetattr(terminal, TCSANOW, &mode);
        }
        CHECK(1 == 1);
    }
}

TEST_CASE("an innocent one") { CHECK(1 == 1); }
TEST_CASE("another innocent one") { CHECK(2 == 2); }
