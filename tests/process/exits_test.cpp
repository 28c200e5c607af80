#include "queries.hpp"

using namespace process_test;

// How a test's process leaves: nothing that the language or the system promises is left out for speed.

namespace {

std::string printed(const std::string& test, const std::string& mode) {
    const outcome got = run("exits", {"--isolate", mode, test});
    INFO(mode << ": " << got);
    CHECK(got.exit_code == 0);
    return got.report[test].last().out;
}

}  // namespace

TEST_CASE("destructors, exit handlers and streams have their turn when a test's process leaves") {
    for (const char* mode : isolating_modes) {
        CAPTURE(mode);
        CHECK(printed("leaves as any program does", mode) ==
              "of thread\nhandler\nlocal static\nearly handler\nglobal\ndestructor function\n");
        const std::string streams = printed("flushes its streams", mode);
        for (const char* each : {"of cout ", "of a stream ", "of a file ", "of printf "}) {
            CAPTURE(each);
            CHECK(streams.find(each) != std::string::npos);
        }
        CHECK(printed("passes its exit code to handlers that want it", mode) == "with the code of a whole test\n");
        CHECK(printed("ends what it has loaded", mode) == "library object\nlibrary function\n");
    }
}
