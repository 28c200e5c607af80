#include <doctest/doctest.h>

#include "run_child.hpp"

using namespace process_test;

namespace {

outcome reported(std::vector<std::string> arguments) {
    command what;
    what.program = "reporters";
    what.arguments = std::move(arguments);
    what.arguments.insert(what.arguments.end(), {"-j1", "--color", "never"});
    what.report = false;
    return run(what);
}

constexpr const char* counted = "run of 2\nattempt 1 passed\ntest passed\nattempt 1 failed\ntest failed\nover\n";

}  // namespace

TEST_CASE("a program's own report hears everything, on standard output or in a file") {
    const outcome printed = reported({"--report", "counting"});
    INFO(printed);
    CHECK(printed.out == counted);
    CHECK(printed.exit_code == 1);
    const temp_folder folder;
    const outcome written = reported({"--report", "counting=" + folder / "mine.txt", "--record", folder / "it"});
    INFO(written);
    CHECK(read_file(folder / "mine.txt") == counted);
    CHECK(written.out.find("2 tests: 1 passed, 1 failed") != std::string::npos);
    const outcome replayed = reported({"--report", "counting", "--replay", folder / "it"});
    CHECK(replayed.out == counted);
}

TEST_CASE("a report without an output of its own leaves standard output to the console") {
    const outcome got = reported({"--report", "nowhere"});
    INFO(got);
    CHECK(got.out.find("2 tests: 1 passed, 1 failed") != std::string::npos);
    CHECK(got.err == "heard much\n");
    const outcome wrong = reported({"--report", "nowhere=x"});
    CHECK(wrong.exit_code == 2);
    CHECK(wrong.err == "cordon: --report 'nowhere=x': expected no path: this report writes none\n");
}

TEST_CASE("a report that throws or fails is exit code 4, and the others come") {
    const outcome threw = reported({"--report", "throwing"});
    INFO(threw);
    CHECK(threw.exit_code == 4);
    CHECK(threw.err == "cordon: cannot go on with the report throwing, which threw: too much for me\n");
    CHECK(threw.out.find("2 tests: 1 passed, 1 failed") != std::string::npos);
    const outcome failed = reported({"--report", "failing"});
    INFO(failed);
    CHECK(failed.exit_code == 4);
    CHECK(failed.err == "cordon: cannot reach the archive\n");
}

TEST_CASE("a program's own report takes the place of cordon's, and help knows it") {
    CHECK(reported({"--report", "json"}).out == counted);
    const outcome help = reported({"--help=report"});
    INFO(help);
    CHECK(help.out.find("counting") != std::string::npos);
    CHECK(reported({"--report", "countin"}).err.find("did you mean 'counting'?") != std::string::npos);
}
