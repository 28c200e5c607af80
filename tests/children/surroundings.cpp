// flags: -Wno-unknown-warning-option -Wno-uninitialized -Wno-maybe-uninitialized
// Tells what the world looks like that its tests run in.
#include <cordon/cordon.hpp>

#include <chrono>
#include <cstdio>
#include <cstdlib>

#include <sched.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

const char* variable(const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr ? value : "";
}

int processors() {
    cpu_set_t usable;
    return sched_getaffinity(0, sizeof usable, &usable) == 0 ? CPU_COUNT(&usable) : -1;
}

int unset_byte() {
    volatile unsigned char unset[512];
    return unset[200];
}

int fresh_byte() {
    auto* fresh = static_cast<volatile unsigned char*>(std::malloc(3000));
    const int value = fresh[1500];
    std::free(const_cast<unsigned char*>(fresh));
    return value;
}

}  // namespace

TEST_CASE("show") {
    const int unset = unset_byte();  // before anything else has used the stack
    char folder[4096];
    CHECK(getcwd(folder, sizeof folder) != nullptr);
    struct rlimit files {};
    CHECK(getrlimit(RLIMIT_NOFILE, &files) == 0);
    std::printf("cpus=%d\nnice=%d\ntimer slack=%d\n", processors(), getpriority(PRIO_PROCESS, 0),
                prctl(PR_GET_TIMERSLACK));
    std::printf("seed=%s\ntz=%s\nlocale=%s\nhome=%s\n", variable("CORDON_SEED"), variable("TZ"), variable("LC_ALL"),
                variable("HOME"));
    std::printf("folder=%s\numask=%o\nopen files=%d\n", folder, static_cast<unsigned>(umask(022)),
                static_cast<int>(files.rlim_cur));
    const bool fixed = (personality(0xffffffff) & ADDR_NO_RANDOMIZE) != 0;
    std::printf("addresses=%s\n", fixed ? "fixed" : "random");
    std::printf("stack=%d\nmalloc=%d\n", unset, fresh_byte());
}

TEST_CASE("works for a while") {
    const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(40);
    while (std::chrono::steady_clock::now() < end) {
    }
    CHECK(usleep(1000) == 0);
}

TEST_CASE("waits for its limit", may_fail(), tag("hangs")) {
    if (std::getenv("HANG") == nullptr) return;
    while (true)
        usleep(1000);
}
