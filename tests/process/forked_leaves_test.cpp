#include "queries.hpp"

#include <algorithm>
#include <utility>

using namespace process_test;

// --subcases=fork: the code before a subcase runs once, and each subcase has a copy of the process.

namespace {

const char* const all_modes[] = {"fork", "exec", "shard", "none"};

outcome run_in(const std::string& program, const std::string& mode, const std::string& way,
               std::vector<std::string> arguments = {}) {
    arguments.insert(arguments.begin(), {"--isolate", mode, "--color", "never", "--subcases", way});
    return run(program, std::move(arguments));
}

std::string leaves_of(const attempt_entry& attempt) {
    std::string all;
    for (const leaf_entry& each : attempt.leaves)
        all += joined(each.path, " > ") + ": " + each.ending + "\n";
    return all;
}

std::string failures_of(const attempt_entry& attempt) {
    std::vector<std::string> all;
    for (const failure_entry& each : attempt.failures)
        all.push_back(joined(each.subcase, " > ") + ": " + each.message + each.expression + "\n");
    std::sort(all.begin(), all.end());
    return joined(all, "");
}

}  // namespace

TEST_CASE("the code before a subcase runs once, and each subcase has its own state") {
    for (const char* mode : all_modes) {
        const outcome got = run_in("branches", mode, "fork", {"forks at each subcase"});
        INFO(mode << ": " << got);
        CHECK(got.exit_code == 0);
        const attempt_entry& attempt = got.report["forks at each subcase"].last();
        CHECK(leaves_of(attempt) == "one: passed\ntwo > inner: passed\ntwo > inner too: passed\n");
        CHECK(attempt.assertions == 3);
        const std::string printed = "prefix one between end between two inner end of two end inner too end of two end";
        if (mode != all_modes[3]) CHECK(joined(lines_of(attempt.out), " ") == printed);
        CHECK(count_of(got.out, "prefix\n") == (mode == all_modes[3] ? 1 : 0));
    }
}

TEST_CASE("a note in a subcase is no assertion") {
    for (const char* way : {"rerun", "fork"}) {
        const outcome got = run_in("branches", "fork", way, {"notes without assertions", "--require-assertions"});
        INFO(way << ": " << got);
        CHECK(got.exit_code == 1);
        CHECK(got.report["notes without assertions"].last().assertions == 0);
        CHECK(holds(got.out, "no assertion ran in it"));
        CHECK(holds(got.out, " --require-assertions"));
    }
}

TEST_CASE("verdicts, leaves and failures are those of rerunning") {
    // Tests that count their passes in a global variable.
    const std::vector<std::string> others{"by a count",
                                          "other names in each pass",
                                          "a leaf that a later pass finds",
                                          "forks at each subcase",
                                          "each one crashes",
                                          "each one hangs"};
    const std::pair<const char*, const char*> runs[] = {
        {"fork", "leaves"}, {"fork", "subcases"}, {"none", "subcases"}, {"fork", "branches"}};
    for (const auto& [mode, program] : runs) {
        {
            std::vector<std::string> arguments{"-x", "e* output",         "-x", "*thousand*", "-x", "each one *",
                                               "-x", "blocks in threads", "-x", "a hundred*", "-x", "*then waits"};
            // The portable engine cannot find what a block leaves behind.
            if (is_portable()) arguments.insert(arguments.end(), {"-x", "nothing is left*"});
            const outcome again = run_in(program, mode, "rerun", arguments);
            const outcome forked = run_in(program, mode, "fork", arguments);
            CHECK(again.exit_code == forked.exit_code);
            CHECK(again.report.tests.size() == forked.report.tests.size());
            for (const test_entry& each : again.report.tests) {
                if (std::any_of(others.begin(), others.end(),
                                [&](const std::string& other) { return holds(each.name, other); }))
                    continue;
                INFO(mode << " " << program << ": " << each.name);
                const test_entry& other = at(forked.report, full_name(each));
                CHECK(each.verdict == other.verdict);
                CHECK(each.reason == other.reason);
                REQUIRE(each.attempts.size() == other.attempts.size());
                if (each.attempts.empty()) continue;
                CHECK(each.last().ending == other.last().ending);
                CHECK(leaves_of(each.last()) == leaves_of(other.last()));
                if (!holds(each.name, "prefix")) CHECK(failures_of(each.last()) == failures_of(other.last()));
            }
        }
    }
}

TEST_CASE("a subcase that ends its process does not end the test") {
    for (const char* mode : all_modes) {
        const outcome got = run_in("branches", mode, "fork", {"every way to end"});
        INFO(mode << ": " << got);
        const attempt_entry& attempt = got.report["every way to end"].last();
        CHECK(leaves_of(attempt) ==
              "fails: failed\nis skipped: skipped\nthrows: failed\nfails #2: passed\nis skipped #2: skipped\n"
              "throws #2: failed\ncrashes: crashed\nexits > in the middle: exited\nexits > or not: passed\n"
              "with a block: passed\nterminates: crashed\n");
        CHECK(attempt.ending == "crashed");
        CHECK(attempt.leaves_complete);
        CHECK(attempt.stopped_at.subcase == std::vector<std::string>{"crashes"});
        if (!is_portable() && mode != all_modes[3]) CHECK_FALSE(attempt.stack.empty());
    }
}

TEST_CASE("a subcase that hangs is ended by the limit of the test, and the others go on") {
    for (const char* mode : {"fork", "exec"}) {
        const outcome got = run_in("branches", mode, "fork", {"a leaf hangs"});
        INFO(mode << ": " << got);
        const attempt_entry& attempt = got.report["a leaf hangs"].last();
        CHECK(leaves_of(attempt) == "before: passed\nhangs: timed_out\nbehind: passed\n");
        CHECK(attempt.ending == "timed_out");
        if (!is_portable()) CHECK(holds(attempt.reason, "it waits in pause"));
    }
}

TEST_CASE("--subcase selects forked subcases, too") {
    const outcome got =
        run_in("branches", "fork", "fork", {"forks at each subcase", "--subcase", "two", "--subcase", "* too"});
    INFO(got);
    CHECK(leaves_of(got.report["forks at each subcase"].last()) == "two > inner too: passed\n");
    const outcome none = run_in("branches", "fork", "fork", {"forks at each subcase", "--subcase", "three"});
    CHECK(none.exit_code == 3);
    const outcome inner =
        run_in("branches", "fork", "fork", {"forks at each subcase", "--subcase", "two", "--subcase", "nothing"});
    CHECK(inner.exit_code == 3);
}

TEST_CASE("many subcases") {
    const outcome got = run_in("branches", "fork", "fork", {"a hundred leaves in a loop"});
    INFO(got);
    CHECK(got.exit_code == 0);
    CHECK(got.report["a hundred leaves in a loop"].last().leaves.size() == 100);
}

TEST_CASE("--subcases=both runs both ways, and says where they differ") {
    for (const char* mode : {all_modes[0], all_modes[3]}) {
        const outcome same = run_in("branches", mode, "both", {"a hundred leaves in a loop"});
        INFO(mode << ": " << same);
        CHECK(same.exit_code == 0);
        CHECK(same.report["a hundred leaves in a loop"].last().leaves.size() == 100);
        CHECK(same.report["a hundred leaves in a loop"].last().assertions == 100);

        const outcome other = run_in("branches", mode, "both", {"forks at each subcase"});
        INFO(other);
        CHECK(other.exit_code == 1);
        const attempt_entry& attempt = other.report["forks at each subcase"].last();
        const std::string& words = attempt.failures.back().message;
        CHECK(holds(words, "its subcases differ between --subcases=rerun and --subcases=fork:"));
        CHECK(holds(words, "\ntwo > inner: failed when run again, passed when forked"));
        if (mode == all_modes[3]) continue;
        CHECK(count_of(attempt.out, "prefix") == 3);
        const outcome ends = run_in("branches", mode, "both", {"every way to end", "a leaf hangs"});
        INFO(ends);
        CHECK(leaves_of(ends.report["every way to end"].last()).size() > 200);
        CHECK_FALSE(holds(ends.out, "differ between"));
        CHECK(holds(ends.out, "--subcases=both: forked, the test did not end in half of its time limit"));
        CHECK(leaves_of(ends.report["a leaf hangs"].last()) == "before: passed\nhangs: timed_out\nbehind: passed\n");
    }
}
