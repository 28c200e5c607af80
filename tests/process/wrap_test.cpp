// --wrap with the real programs, where they are installed.

#include <doctest/doctest.h>

#include <unistd.h>

#include <cstdlib>

#include "run_child.hpp"

using namespace process_test;

namespace {

bool is_installed(const std::string& program) {
    if (std::system(("command -v " + program + " > /dev/null").c_str()) == 0) return true;
    MESSAGE("skipped: " << program << " is not installed");
    return false;
}

// The children of the portable engine have no other wrapper.
bool can_test(const std::string& program) { return !is_portable() && is_installed(program); }

outcome run_wrapped(const std::string& wrapper, std::vector<std::string> arguments = {}) {
    arguments.insert(arguments.begin(), {"--wrap", wrapper, "-j2"});
    return run("wrapped", std::move(arguments));
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// Every ending is what it is without a wrapper, and so is the stack of the crash.
void check_usual_endings(const outcome& came_to) {
    CAPTURE(came_to);
    REQUIRE(came_to.has_report);
    const report_entry& report = came_to.report;
    CHECK(report["passes"].verdict == "passed");
    CHECK(report["passes"].last().out == "printed by a test\n");
    CHECK(report["fails"].ending() == "failed");
    CHECK(report["crashes"].ending() == "crashed");
    CHECK(report["crashes"].last().signal_name == "SIGSEGV");
    CHECK(report["hangs"].ending() == "timed_out");
    CHECK(report["exits"].ending() == "exited");
    CHECK(report["exits"].last().exit_code == 3);
    CHECK(report["opens a low descriptor"].verdict == "passed");
    CHECK(report["its worker is killed"].ending() == "lost");
}

void check_stack_and_leftovers(const outcome& came_to) {
    CHECK(came_to.report["leaves a process"].last().processes_left == 1);
    const attempt_entry& crash = came_to.report["crashes"].last();
    REQUIRE(!crash.stack.empty());
    CHECK(holds(crash.stack[0].function, "write_to"));
}

void check_memory_limit(const outcome& came_to) { CHECK(came_to.report["uses much memory"].verdict == "failed"); }

}  // namespace

TEST_CASE("taskset and numactl change where tests run") {
    for (const char* wrapper : {"taskset -c 0", "numactl --physcpubind=0"}) {
        const std::string line = wrapper;
        if (!can_test(line.substr(0, line.find(' ')))) continue;
        const outcome came_to = run_wrapped(line);
        check_usual_endings(came_to);
        check_stack_and_leftovers(came_to);
        check_memory_limit(came_to);
        CHECK(came_to.report["uses one processor"].verdict == "passed");
    }
}

TEST_CASE("strace starts the worker as its own child") {
    if (!can_test("strace")) return;
    temp_folder folder;
    const outcome came_to = run_wrapped("strace -f -A -o '" + (folder / "trace of calls") + "'");
    check_usual_endings(came_to);
    check_stack_and_leftovers(came_to);
    check_memory_limit(came_to);
    CHECK(holds(read_file(folder / "trace of calls"), "printed by a test"));
}

TEST_CASE("valgrind finds errors in the processes of tests") {
    if (!can_test("valgrind")) return;
    const outcome came_to = run_wrapped("valgrind --vgdb=no --error-exitcode=9");
    check_usual_endings(came_to);
    check_stack_and_leftovers(came_to);
    CHECK(came_to.report["reads freed memory"].ending() == "exit_failure");
    CHECK(came_to.report["reads freed memory"].last().exit_code == 9);
    CHECK(holds(came_to.err, "Invalid read of size 4"));
}

TEST_CASE("with --isolate=exec each test has a wrapper, whose words are in its output") {
    if (!can_test("valgrind")) return;
    const outcome came_to =
        run_wrapped("valgrind --vgdb=no --error-exitcode=9", {"--isolate=exec", "=reads freed memory", "=passes"});
    CAPTURE(came_to);
    CHECK(came_to.report["passes"].verdict == "passed");
    CHECK(came_to.report["reads freed memory"].last().exit_code == 9);
    CHECK(holds(came_to.report["reads freed memory"].last().err, "Invalid read of size 4"));
}

TEST_CASE("qemu runs the program in an emulated processor") {
    if (!can_test("qemu-x86_64")) return;
    const outcome came_to = run_wrapped("qemu-x86_64");
    check_usual_endings(came_to);
    CHECK(came_to.report.isolation == "fork");
    CHECK(holds(came_to.out, "or the command of --wrap"));
}

TEST_CASE("a wrapper that does not start, or does not start the program, is no failure of a test") {
    const outcome missing = run_wrapped("no-such-program --flag", {"=passes"});
    CHECK(missing.exit_code == 4);
    CHECK(holds(missing.err, "cordon: cannot start the command of --wrap: no-such-program: No such file or directory"));
    CHECK(missing.report["passes"].verdict == "lost");
    const outcome other = run_wrapped("false", {"=passes"});
    CHECK(other.exit_code == 4);
    CHECK(holds(other.out, "does the command of --wrap run programs?"));
}

TEST_CASE("words are split as in a shell, and reports name the wrapper in commands") {
    const outcome came_to = run_wrapped("env 'FROM WRAPPER=a b' \"C=\\\"\"", {"=fails"});
    CAPTURE(came_to);
    CHECK(came_to.exit_code == 1);
    CHECK(holds(came_to.out, "--wrap 'env '\\''FROM WRAPPER=a b'\\'' '\\''C=\"'\\'''"));
    for (const char* wrong : {"", "  ", "env 'open", "env \"open"}) {
        const outcome refused = run_wrapped(wrong, {"=passes"});
        CHECK(refused.exit_code == 2);
        CHECK(count_of(refused.err, "\n") == 1);
    }
    CHECK(run_wrapped("env", {"--isolate=none"}).exit_code == 2);
}

TEST_CASE("--debug=gdbserver waits for a debugger on a free port") {
    if (!can_test("gdbserver") || !can_test("gdb")) return;
    command what;
    what.program = "wrapped";
    what.arguments = {"--debug=gdbserver", "=fails"};
    what.report = false;
    running server(what);
    const std::string mark = "Listening on port ";
    REQUIRE(eventually([&] { return holds(server.err(), mark); }));
    const std::string told = server.err();
    const std::string port = std::to_string(std::atoi(told.c_str() + told.find(mark) + mark.size()));
    temp_folder folder;
    const std::string command = "gdb -batch -nx -ex 'set sysroot /' -ex 'target remote localhost:" + port +
                                "' -ex continue -ex bt -ex kill > '" + (folder / "gdb") + "' 2>&1 < /dev/null";
    CHECK(std::system(command.c_str()) == 0);
    CHECK(holds(read_file(folder / "gdb"), "SIGTRAP"));
    server.wait();
}
