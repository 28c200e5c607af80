#include "queries.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <filesystem>
#include <string>

using namespace process_test;

// What isolation costs, as a number that does not depend on the hour: page faults of all processes of a run. A page
// fault is a microsecond and more.

namespace {

/// Of the run's whole process tree: each process is waited for by the one that made it.
long faults_of_run(const std::string& program, const std::string& pattern, std::size_t tests) {
    const auto so_far = [] {
        struct rusage used {};
        ::getrusage(RUSAGE_CHILDREN, &used);
        return used.ru_minflt + used.ru_majflt;
    };
    command wanted;
    wanted.program = program;
    wanted.arguments = {"-j1", "--isolate=fork", pattern};
    wanted.report = false;
    const long before = so_far();
    const outcome got = run(wanted);
    INFO(got);
    CHECK(got.exit_code == 0);
    CHECK(got.out.find(std::to_string(tests) + " passed") != std::string::npos);
    return so_far() - before;
}

}  // namespace

TEST_CASE("a trivial test in a process of its own costs few page faults") {
    // The portable engine takes the C library's way everywhere.
    if (is_portable() || fork_mode() != "fork") return;
    constexpr long tests = 300;
    constexpr double most = 32;
    // A fault maps as much of the program's file as lies together in memory, and a linker writes it in pieces: a file
    // that was just linked takes some three faults more a test than a copy of it.
    const temp_folder folder;
    const std::string program = folder / "lean";
    std::filesystem::copy_file(child_path("lean"), program);
    // Where the stack and the heap begin is drawn by lot for each process, and with it how many pages they take.
    double least = 1000;
    for (int round = 0; round < 5 && least > most; ++round) {
        const long half = faults_of_run(program, "some*", tests);
        const long all = faults_of_run(program, "*", 2 * tests);
        least = std::min(least, static_cast<double>(all - half) / tests);
    }
    MESSAGE(least << " page faults a test");
    CHECK(least <= most);
    CHECK(least > 10);  // or it was not measured
}
