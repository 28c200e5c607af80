#include "queries.hpp"

#include <cstdio>

using namespace process_test;

namespace {

outcome run_plainly(std::vector<std::string> arguments,
                    std::vector<std::pair<std::string, std::string>> environment = {}) {
    command what;
    what.program = "output";
    what.arguments = std::move(arguments);
    what.environment = std::move(environment);
    what.report = false;
    return run(what);
}

// One line that holds each of `parts`; nothing else, and nothing run.
void check_refused(const outcome& got, const std::vector<std::string>& parts) {
    INFO(got);
    CHECK(got.exit_code == 2);
    CHECK(got.out.empty());
    CHECK(lines_of(got.err).size() == 1);
    CHECK(got.err.rfind("cordon: ", 0) == 0);
    for (const std::string& part : parts) {
        CHECK(holds(got.err, part));
    }
}

}  // namespace

TEST_CASE("a wrong option or value is one line, exit code 2, and nothing is run") {
    check_refused(run_plainly({"--fliter", "x"}), {"--fliter", "did you mean '--filter'"});
    check_refused(run_plainly({"--isolate", "frok"}), {"--isolate", "frok", "did you mean 'fork'"});
    check_refused(run_plainly({"--jobs", "0"}), {"--jobs", "0"});
    check_refused(run_plainly({"--jobs"}), {"--jobs"});
    check_refused(run_plainly({"-j", "many"}), {"many"});
    check_refused(run_plainly({"--timeout", "soon"}), {"--timeout", "soon", "duration"});
    check_refused(run_plainly({"--memory-limit", "2X"}), {"--memory-limit", "2X"});
    check_refused(run_plainly({"--shard", "3/2"}), {"--shard", "3/2"});
    check_refused(run_plainly({"--shard", "0/2"}), {"--shard", "0/2"});
    check_refused(run_plainly({"--seed", "x"}), {"--seed", "x"});
    check_refused(run_plainly({"-f", "tag(a) && tag(b)"}), {"tag(a) && tag(b)", "column"});
    check_refused(run_plainly({"-f", "nme(x)"}), {"nme"});
    check_refused(run_plainly({"--report", "xlm=a.xml"}), {"xlm"});
    check_refused(run_plainly({"--order", "rnadom"}), {"rnadom", "random"});
    check_refused(run_plainly({"--env", "novalue"}), {"novalue"});
    check_refused(run_plainly({"--quiet=perhaps"}), {"--quiet", "perhaps"});
    check_refused(run_plainly({"-Z"}), {"Z"});
    check_refused(run_plainly({"--no-such-option=\x1b[2J"}), {"no-such-option"});
}

TEST_CASE("other runners' options are refused with what says the same here") {
    check_refused(run_plainly({"--tag", "slow"}), {"'--tag'", "-f 'tag(NAME)'", "--help"});
    check_refused(run_plainly({"-t"}), {"'-t'", "--list-tags", "--help"});
    check_refused(run_plainly({"-l"}), {"'-l'", "--list", "--help"});
    check_refused(run_plainly({"--repeat", "3"}), {"--stress", "--help"});
    check_refused(run_plainly({"--shuffle"}), {"--order random", "--help"});
    check_refused(run_plainly({"--gtest_filter=Math.*-Math.Bad"}), {"'--gtest_filter'", "-x", "--help"});
    check_refused(run_plainly({"-R", "x"}), {"'-R'", "pattern", "--help"});
    check_refused(run_plainly({"--output-on-failure"}), {"--show-output", "--help"});
    check_refused(run_plainly({"--no-such-thing"}), {"--no-such-thing", "see --help"});
    check_refused(run_plainly({"--order", "rand"}), {"--order 'rand'", "did you mean 'random'?"});
    check_refused(run_plainly({}, {{"CORDON_ORDER", "rand"}}), {"CORDON_ORDER 'rand'", "did you mean 'random'?"});
}

TEST_CASE("options that differ from one another only in how they are written are the same") {
    const std::vector<std::vector<std::string>> same = {
        {"--jobs", "3", "-q"}, {"--jobs=3", "--quiet"}, {"-j", "3", "-q"}, {"-j3", "-q"}, {"-qj3"}};
    for (std::vector<std::string> arguments : same) {
        arguments.insert(arguments.end(), {"-x", "fails", "-x", "without"});
        const outcome got = run("output", arguments);
        INFO(got);
        CHECK(got.exit_code == 0);
        CHECK(got.report.jobs == 3);
        CHECK(lines_of(got.out).size() <= 2);
    }
}

TEST_CASE("the last of several counts") {
    const outcome got = run("output", {"-j1", "-j", "4", "--isolate=exec", "--isolate=shard"});
    INFO(got);
    CHECK(got.report.jobs == 4);
    CHECK(got.report.isolation == "shard");
}

TEST_CASE("each option is also a variable, and the command line wins") {
    command what;
    what.program = "output";
    what.arguments = {"-x", "fails", "-x", "without"};
    what.environment = {{"CORDON_JOBS", "3"}, {"CORDON_ISOLATE", "exec"}, {"CORDON_QUIET", "1"}};
    const outcome got = run(what);
    INFO(got);
    CHECK(got.report.jobs == 3);
    CHECK(got.report.isolation == "exec");
    CHECK(lines_of(got.out).size() <= 2);
    what.arguments = {"-x", "fails", "-x", "without", "--isolate", "fork", "-j2"};
    const outcome told = run(what);
    INFO(told);
    CHECK(told.report.jobs == 2);
    CHECK(told.report.isolation == fork_mode());
}

TEST_CASE("a variable can hold several values, one a line") {
    const outcome got = run_plainly({"--list"}, {{"CORDON_EXCLUDE", "passes\nfails\nslowly"}});
    INFO(got);
    CHECK(got.out == "printing/says nothing\nprinting/without a line end\n");
    const outcome filtered = run_plainly({"--list"}, {{"CORDON_FILTER", "name(fails) | name(passes)"}});
    CHECK(filtered.out == "printing/passes\nprinting/fails\n");
    const outcome ruled = run_plainly({"--list", "-x", "slowly"}, {{"CORDON_EXCLUDE", "passes\nfails"}});
    CHECK(lines_of(ruled.out).size() == 4);
}

TEST_CASE("a wrong variable is named") {
    check_refused(run_plainly({}, {{"CORDON_TIMEOUT", "soon"}}), {"CORDON_TIMEOUT", "soon"});
    check_refused(run_plainly({}, {{"CORDON_QUIET", "perhaps"}}), {"CORDON_QUIET", "perhaps"});
    check_refused(run_plainly({}, {{"CORDON_ISOLATE", "frok"}}), {"CORDON_ISOLATE", "frok", "fork"});
}

TEST_CASE("an empty variable counts as none") {
    const outcome got = run_plainly({"--list"}, {{"CORDON_FILTER", ""}, {"CORDON_TIMEOUT", ""}, {"CORDON_QUIET", ""}});
    INFO(got);
    CHECK(got.exit_code == 0);
    CHECK(lines_of(got.out).size() == 5);
}

TEST_CASE("help and version run nothing") {
    const outcome help = run_plainly({"--help"});
    CHECK(help.exit_code == 0);
    CHECK(help.err.empty());
    for (const char* option : {"--filter", "--jobs", "--isolate", "--report", "--timeout", "--shard"}) {
        CHECK(holds(help.out, option));
    }
    for (const std::string& line : lines_of(help.out)) {
        CHECK(line.size() <= 120);
    }
    CHECK(lines_of(help.out).size() <= 30);
    CHECK_FALSE(holds(help.out, "--retry-jitter"));
    for (const std::vector<std::string>& all : {std::vector<std::string>{"--help=all"}, {"--help", "all"}}) {
        CHECK(holds(run_plainly(all).out, "--retry-jitter"));
    }
    for (const std::vector<std::string>& timeout :
         {std::vector<std::string>{"--help=timeout"}, {"--help", "timeout"}, {"-h", "--timeout"}}) {
        const outcome one = run_plainly(timeout);
        INFO(one);
        CHECK(one.exit_code == 0);
        CHECK(holds(one.out, "timeout decorator wins"));
    }
    const outcome version = run_plainly({"--version"});
    CHECK(version.exit_code == 0);
    CHECK(holds(version.out, "cordon"));
    check_refused(run_plainly({"--help=timeuot"}), {"timeuot"});
    check_refused(run_plainly({"--help", "timeuot"}), {"timeuot", "did you mean '--timeout'?"});
}

TEST_CASE("a wrong option wins over help for what is run: nothing") {
    const outcome got = run_plainly({"--list", "--no-such"});
    check_refused(got, {"--no-such"});
}
