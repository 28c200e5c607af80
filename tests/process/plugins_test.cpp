#include "queries.hpp"

using namespace process_test;

namespace {

outcome run_plugins(std::vector<std::string> arguments, bool report = true) {
    command what;
    what.program = "plugins";
    what.arguments = std::move(arguments);
    what.environment = {{"PLUGINS_PROGRAM", child_path("plugins")}};
    what.report = report;
    return run(what);
}

}  // namespace

TEST_CASE("tests of libraries are listed") {
    const outcome got = run_plugins({"--list", "--order=name"}, false);
    INFO(got);
    CHECK(joined(lines_of(got.out)) ==
          "in the program|"
          "first/fixture|first/leaves|first/plain|first/row/first|first/row/other|first/throws|first/type<fixture>|"
          "first/type<std::vector<fixture>>|"
          "second/fixture|second/leaves|second/plain|second/row/other|second/row/second|second/throws|"
          "second/type<fixture>|second/type<std::vector<fixture>>");
}

TEST_CASE("tests of libraries run like others") {
    for (const char* mode : isolating_modes) {
        const outcome got = run_plugins({"--isolate", mode});
        INFO(got);
        CHECK(got.exit_code == 1);
        CHECK(got.report.count("passed") == 13);
        CHECK(joined(names_of(got.report, "failed")) == "first/row/other|first/leaves|second/row/other|second/leaves");
    }
}
