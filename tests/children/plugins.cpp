// link flags: -rdynamic
// libraries: tests_first
// opens: tests_second

// Its tests are in two libraries: it is linked with one and opens the other.

#include <cordon/cordon.hpp>

#include <dlfcn.h>

#include <climits>
#include <cstdio>
#include <cstdlib>
#include <string>

static const bool opened = [] {
    char path[PATH_MAX];
    if (realpath(std::getenv("PLUGINS_PROGRAM"), path) == nullptr) return false;
    const std::string program = path;
    if (dlopen((program.substr(0, program.rfind('/')) + "/libtests_second.so").c_str(), RTLD_NOW) != nullptr)
        return true;
    std::fprintf(stderr, "%s\n", dlerror());
    return false;
}();

TEST_CASE("in the program") { CHECK(opened); }
