#include <cordon/cordon.hpp>

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <fstream>
#include <iostream>
#include <string>

// What runs as a test's process leaves: each says its name, in the order in which the language and the system have it.

namespace {

void say(const char* what) {
    static_cast<void>(!write(1, what, strlen(what)));
    static_cast<void>(!write(1, "\n", 1));
}

struct speaker {
    const char* what;
    ~speaker() {
        if (in_test) say(what);
    }
    static bool in_test;
};
bool speaker::in_test = false;

speaker global{"global"};
thread_local speaker of_thread{"of thread"};

__attribute__((destructor)) void at_the_end() {
    if (speaker::in_test) say("destructor function");
}

const int registered = atexit([] {
    if (speaker::in_test) say("early handler");
});

}  // namespace

TEST_CASE("leaves as any program does") {
    speaker::in_test = true;
    static speaker local{"local static"};
    static_cast<void>(&of_thread);
    CHECK(registered == 0);
    atexit([] { say("handler"); });
    at_quick_exit([] { say("not this one"); });
}

TEST_CASE("flushes its streams") {
    std::ios_base::sync_with_stdio(false);
    std::cout << "of cout ";
    static std::ofstream file("/dev/stdout", std::ios::app);
    file << "of a stream ";
    FILE* const other = fdopen(dup(1), "w");
    fputs("of a file ", other);
    printf("of printf ");
}

#if defined(__GLIBC__)
TEST_CASE("passes its exit code to handlers that want it") {
    on_exit([](int code, void*) { say(code == 92 ? "with the code of a whole test" : "with another code"); }, nullptr);
}
#endif

TEST_CASE("ends what it has loaded") {
    char program[4096] = "";  // the library lies beside it
    REQUIRE(readlink("/proc/self/exe", program, sizeof program - 1) > 0);
    const std::string path = program;
    void* const library = dlopen((path.substr(0, path.rfind('/')) + "/libfarewell.so").c_str(), RTLD_NOW);
    REQUIRE_MESSAGE(library != nullptr, dlerror());
}
