#include "queries.hpp"

#include <algorithm>
#include <set>

using namespace process_test;

namespace {

outcome run_plainly(const std::string& program, std::vector<std::string> arguments,
                    std::vector<std::pair<std::string, std::string>> environment = {}) {
    command what;
    what.program = program;
    what.arguments = std::move(arguments);
    what.environment = std::move(environment);
    what.report = false;
    return run(what);
}

std::vector<std::string> listed(std::vector<std::string> arguments,
                                std::vector<std::pair<std::string, std::string>> environment = {}) {
    arguments.insert(arguments.begin(), "--list");
    const outcome got = run_plainly("selection", std::move(arguments), std::move(environment));
    INFO(got);
    CHECK(got.err.empty());
    CHECK(got.exit_code == 0);
    return lines_of(got.out);
}

std::string list(std::vector<std::string> arguments) { return joined(listed(std::move(arguments))); }

// The names of the tests in the order in which a run with one worker started them.
std::vector<std::string> order_of(const report_entry& report) {
    std::vector<const test_entry*> tests;
    for (const test_entry& each : report.tests) {
        if (!each.attempts.empty()) tests.push_back(&each);
    }
    std::sort(tests.begin(), tests.end(),
              [](const test_entry* a, const test_entry* b) { return a->last().started_ms < b->last().started_ms; });
    std::vector<std::string> names;
    for (const test_entry* each : tests) {
        names.push_back(full_name(*each));
    }
    return names;
}

const std::size_t all_tests = 15;

}  // namespace

TEST_CASE("patterns select by name") {
    CHECK(listed({}).size() == all_tests);
    CHECK(list({"adds"}) == "math/adds|math/deep/adds");
    CHECK(list({"math/adds"}) == "math/adds");
    CHECK(list({"digs", "proves"}) == "math/deep/digs|mathematics/proves");
    CHECK(list({"math/*"}) == "math/adds|math/subtracts|math/deep/digs|math/deep/adds");
    CHECK(list({"ad?s"}) == "math/adds|math/deep/adds");
    CHECK(list({"math", "-x", "mathematics", "-x", "deep"}) == "math/adds|math/subtracts");
    CHECK(list({"star \\* and \\?"}) == "star * and ?");
    CHECK(list({"--", "--looks like an option"}) == "--looks like an option");
    CHECK(list({"one, two"}) == "one, two");
    CHECK(list({"begun/"}) == "begun/between");
}

TEST_CASE("filters select by name, suite, tag and file") {
    CHECK(list({"-f", "suite(math)"}) == "math/adds|math/subtracts|math/deep/digs|math/deep/adds");
    CHECK(list({"-f", "tag(math)"}) == "math/adds|math/subtracts|math/deep/digs|math/deep/adds|text/joins");
    CHECK(list({"-f", "tag(math) & !suite(math)"}) == "text/joins");
    CHECK(list({"-f", "tag(slow) | tag(deep) & name(adds)"}) == "math/subtracts|math/deep/adds|text/splits");
    CHECK(list({"-f", "(tag(slow) | tag(deep)) & suite(text)"}) == "text/splits");
    CHECK(list({"-f", "name(f(x) is odd)"}) == "f(x) is odd");
    CHECK(list({"-f", "tag(math)", "-f", "tag(slow)"}) == "math/subtracts");
    CHECK(list({"-f", "tag(s*)", "adds", "-x", "adds", "--allow-empty"}).empty());
    CHECK(listed({"-f", "file(selection.cpp)"}).size() == all_tests);
    CHECK(listed({"-f", "file(children/*.cpp) & all()"}).size() == all_tests);
    CHECK(list({"-f", "!file(*selection.cpp)", "--allow-empty"}).empty());
}

TEST_CASE("what is selected is what is run") {
    for (const char* mode : isolating_modes) {
        const outcome got = run("selection", {"--isolate", mode, "-f", "tag(text) | name(alone)"});
        INFO(mode << ": " << got);
        CHECK(got.exit_code == 0);
        CHECK(joined(names_of(got.report)) == "text/joins|text/splits|text/is skipped|text/is to do|alone");
        CHECK(got.report.count("passed") == 3);
        CHECK(got.report.count("skipped") == 1);
        CHECK(got.report.count("todo") == 1);
    }
}

TEST_CASE("a line of the list selects its test") {
    for (const std::string& name : listed({})) {
        CAPTURE(name);
        const std::vector<std::string> again = listed({"--", name});
        CHECK(std::count(again.begin(), again.end(), name) == 1);
    }
}

TEST_CASE("the list as JSON says what the source says") {
    const outcome got = run_plainly("selection", {"--list=json", "one, two", "splits", "is skipped", "is to do"});
    INFO(got);
    CHECK(got.exit_code == 0);
    CHECK(got.err.empty());
    CHECK(holds(got.out, R"("schema":"cordon.list/1")") != holds(got.out, R"("schema": "cordon.list/1")"));
    CHECK(holds(got.out, "one, two"));
    CHECK(holds(got.out, "has a comma"));
    CHECK(holds(got.out, "fragile"));
    CHECK(holds(got.out, "no font"));
    CHECK(holds(got.out, "later"));
    CHECK(holds(got.out, "selection.cpp"));
    CHECK_FALSE(holds(got.out, "adds"));
}

TEST_CASE("tags are listed with the number of their tests") {
    const outcome got = run_plainly("selection", {"--list-tags"});
    INFO(got);
    CHECK(got.exit_code == 0);
    std::string tags;
    for (const std::string& line : lines_of(got.out)) {
        for (const char each : line) {
            if (each != ' ') tags += each;
        }
        tags += '|';
    }
    for (const char* tag : {"math", "deep", "slow", "text", "fragile"}) {
        CHECK(holds(tags, tag));
    }
    CHECK(lines_of(got.out).size() == 5);
}

TEST_CASE("--order name sorts, declared follows the source") {
    CHECK(listed({"--order", "name"}).front() != listed({"--order", "declared"}).front());
    CHECK(listed({}) == listed({"--order", "declared"}));
    const std::vector<std::string> sorted = listed({"--order", "name", "-x", "text/"});
    CHECK(joined({sorted.begin(), sorted.begin() + 3}) == "--looks like an option|alone|f(x) is odd");
}

TEST_CASE("a random order follows from its seed alone") {
    const std::vector<std::string> first = listed({"--order", "random", "--seed", "7"});
    CHECK(first == listed({"--order", "random", "--seed", "7"}));
    CHECK(first == listed({"--order", "random", "--seed", "0x7"}));
    CHECK(first == listed({"--order", "random"}, {{"CORDON_SEED", "7"}}));
    std::set<std::vector<std::string>> orders;
    for (int seed = 1; seed <= 5; ++seed) {
        orders.insert(listed({"--order", "random", "--seed", std::to_string(seed)}));
    }
    CHECK(orders.size() == 5);
    for (const std::vector<std::string>& order : orders) {
        CHECK(std::set<std::string>(order.begin(), order.end()).size() == all_tests);
    }
}

TEST_CASE("two tests keep their order whatever else is selected") {
    const std::vector<std::string> all = listed({"--order", "random", "--seed", "11"});
    const std::vector<std::string> some = listed({"--order", "random", "--seed", "11", "a"});
    std::vector<std::string> rest;
    for (const std::string& name : all) {
        if (std::count(some.begin(), some.end(), name) != 0) rest.push_back(name);
    }
    CHECK(some.size() < all.size());
    CHECK(rest == some);
}

TEST_CASE("the run keeps the order, and names the seed that gives it again") {
    const outcome got = run("selection", {"-j1", "--order", "random", "--color", "never", "-x", "text/"});
    INFO(got);
    const std::string seed = std::to_string(got.report.seed);
    CHECK(holds(got.out, seed));
    const std::vector<std::string> expected = listed({"--order", "random", "--seed", seed, "-x", "text/"});
    CHECK(order_of(got.report) == expected);
    const outcome again = run("selection", {"-j1", "--order", "random", "--seed", seed, "-x", "text/"});
    INFO(again);
    CHECK(order_of(again.report) == expected);
    CHECK(again.report.seed == got.report.seed);
}

TEST_CASE("shards are a partition") {
    for (const char* kind : {"", "hash:"}) {
        for (const char* order : {"declared", "random"}) {
            for (const int count : {1, 2, 4, 20}) {
                std::vector<std::string> together;
                std::size_t least = all_tests, most = 0;
                for (int index = 1; index <= count; ++index) {
                    const std::string shard = kind + std::to_string(index) + "/" + std::to_string(count);
                    const auto part = listed({"--shard", shard, "--order", order, "--seed", "5"});
                    together.insert(together.end(), part.begin(), part.end());
                    least = std::min(least, part.size());
                    most = std::max(most, part.size());
                }
                CAPTURE(kind);
                CAPTURE(order);
                CAPTURE(count);
                CHECK(together.size() == all_tests);
                CHECK(std::set<std::string>(together.begin(), together.end()).size() == all_tests);
                if (*kind == '\0') CHECK(most - least <= 1);
                // Slices are pieces of the one order.
                if (*kind == '\0') CHECK(together == listed({"--order", order, "--seed", "5"}));
            }
        }
    }
}

TEST_CASE("a test stays in its hashed shard whatever else is selected") {
    for (int index = 1; index <= 3; ++index) {
        const std::string shard = "hash:" + std::to_string(index) + "/3";
        const auto all = listed({"--shard", shard});
        for (const std::string& name : listed({"--shard", shard, "-f", "tag(math)"})) {
            CHECK(std::count(all.begin(), all.end(), name) == 1);
        }
    }
}

TEST_CASE("--shard auto asks the environment") {
    using variables = std::vector<std::pair<std::string, std::string>>;
    const variables bazel{{"TEST_TOTAL_SHARDS", "3"}, {"TEST_SHARD_INDEX", "0"}};
    const variables gitlab{{"CI_NODE_TOTAL", "3"}, {"CI_NODE_INDEX", "1"}};
    const auto first = listed({"--shard", "1/3"});
    CHECK(listed({"--shard", "auto"}, bazel) == first);
    CHECK(listed({"--shard", "auto"}, gitlab) == first);
    CHECK(listed({"--shard", "hash:auto"}, gitlab) == listed({"--shard", "hash:1/3"}));
    CHECK(listed({"--shard", "auto"}).size() == all_tests);
    const outcome wrong =
        run_plainly("selection", {"--shard", "auto"}, {{"CI_NODE_TOTAL", "3"}, {"CI_NODE_INDEX", "4"}});
    INFO(wrong);
    CHECK(wrong.exit_code == 2);
    CHECK(holds(wrong.err, "CI_NODE_INDEX"));
    CHECK(wrong.out.empty());
}

namespace {

using variables = std::vector<std::pair<std::string, std::string>>;

// What the parts of one run have in their environments; checks that together they run all tests, each once.
void check_parts(const std::vector<variables>& parts, const std::string& shard = "auto") {
    std::vector<std::string> together;
    for (const variables& part : parts) {
        command what;
        what.program = "selection";
        what.arguments = {"--shard", shard};
        what.environment = part;
        const outcome got = run(what);
        INFO(got);
        CHECK(got.exit_code == 0);
        const std::vector<std::string> names = names_of(got.report);
        CHECK(names.size() < all_tests);
        together.insert(together.end(), names.begin(), names.end());
    }
    CHECK(together.size() == all_tests);
    CHECK(std::set<std::string>(together.begin(), together.end()).size() == all_tests);
}

}  // namespace

TEST_CASE("--shard auto: over all parts of each system each test comes once") {
    struct row {
        const char* total;
        const char* index;
        int first;
    };
    for (const row& each :
         {row{"TEST_TOTAL_SHARDS", "TEST_SHARD_INDEX", 0}, row{"GTEST_TOTAL_SHARDS", "GTEST_SHARD_INDEX", 0},
          row{"CI_NODE_TOTAL", "CI_NODE_INDEX", 1}, row{"CIRCLE_NODE_TOTAL", "CIRCLE_NODE_INDEX", 0},
          row{"BUILDKITE_PARALLEL_JOB_COUNT", "BUILDKITE_PARALLEL_JOB", 0},
          row{"SYSTEM_TOTALJOBSINPHASE", "SYSTEM_JOBPOSITIONINPHASE", 1}}) {
        CAPTURE(each.total);
        std::vector<variables> parts;
        for (int i = 0; i < 3; ++i)
            parts.push_back({{each.total, "3"}, {each.index, std::to_string(i + each.first)}});
        check_parts(parts);
        for (const variables& half : {variables{{each.total, "3"}}, variables{{each.index, "1"}}}) {
            const outcome refused = run_plainly("selection", {"--shard", "auto"}, half);
            INFO(refused);
            CHECK(refused.exit_code == 2);
            CHECK(holds(refused.err, half.front().first));
            CHECK(refused.out.empty());
        }
    }
    std::vector<variables> steps, arrays, jobs, tasks, tasks_from_one;
    for (int i = 0; i < 3; ++i) {
        const std::string index = std::to_string(i);
        steps.push_back({{"SLURM_STEP_ID", "0"}, {"SLURM_STEP_NUM_TASKS", "3"}, {"SLURM_PROCID", index}});
        arrays.push_back({{"SLURM_ARRAY_TASK_COUNT", "3"},
                          {"SLURM_ARRAY_TASK_MIN", "4"},
                          {"SLURM_ARRAY_TASK_MAX", "8"},
                          {"SLURM_ARRAY_TASK_STEP", "2"},
                          {"SLURM_ARRAY_TASK_ID", std::to_string(4 + 2 * i)},
                          {"SLURM_NTASKS", "1"},
                          {"SLURM_PROCID", "0"}});
        jobs.push_back({{"JOB_COMPLETION_INDEX", index}});
        tasks.push_back({{"HQ_TASK_ID", index}, {"CORDON_SHARD_COUNT", "3"}});
        tasks_from_one.push_back({{"HQ_TASK_ID", std::to_string(i + 1)}, {"CORDON_SHARD_COUNT", "3"}});
    }
    check_parts(steps);
    check_parts(arrays);
    check_parts(jobs, "auto/3");
    check_parts(jobs, "hash:auto/3");
    check_parts(tasks);
    check_parts(tasks_from_one);
}

TEST_CASE("--shard auto runs all tests where no system splits the run, and says so") {
    for (const variables& environment :
         {variables{}, variables{{"SLURM_NTASKS", "4"}}, variables{{"SLURM_NTASKS", "4"}, {"SLURM_PROCID", "0"}}}) {
        command what;
        what.program = "selection";
        what.arguments = {"--shard", "auto", "--color", "never"};
        what.environment = environment;
        const outcome got = run(what);
        INFO(got);
        CHECK(got.exit_code == 0);
        CHECK(got.report.tests.size() == all_tests);
        CHECK(holds(got.out, "no shard was found"));
    }
}

TEST_CASE("--shard auto refuses half of what it needs, nonsense and contradictions") {
    struct row {
        variables environment;
        const char* shard;
        const char* told;
    };
    for (const row& each :
         {row{{{"CI_NODE_TOTAL", "3"}}, "auto", "CI_NODE_INDEX"},
          row{{{"CI_NODE_INDEX", "3"}}, "auto", "CI_NODE_INDEX"},
          row{{{"JOB_COMPLETION_INDEX", "1"}}, "auto", "auto/N"}, row{{}, "auto/3", "--shard I/N"},
          row{{{"CI_NODE_TOTAL", "3"}, {"CI_NODE_INDEX", ""}}, "auto", "CI_NODE_INDEX"},
          row{{{"CIRCLE_NODE_TOTAL", "x"}, {"CIRCLE_NODE_INDEX", "1"}}, "auto", "CIRCLE_NODE_TOTAL"},
          row{{{"CI_NODE_TOTAL", "3"}, {"CI_NODE_INDEX", "1"}, {"TEST_TOTAL_SHARDS", "2"}, {"TEST_SHARD_INDEX", "0"}},
              "auto",
              "CI_NODE_INDEX"}}) {
        const outcome got = run_plainly("selection", {"--shard", each.shard}, each.environment);
        INFO(got);
        CHECK(got.exit_code == 2);
        CHECK(got.out.empty());
        CHECK(lines_of(got.err).size() == 1);
        CHECK(holds(got.err, each.told));
    }
}

TEST_CASE("what matches no test is told, beside what is run and beside the list") {
    const outcome got =
        run("selection", {"--color", "never", "adds", "subtrcts", "-x", "tag(bad)", "-f", "tag(math) | tag(mth)"});
    INFO(got);
    CHECK(got.exit_code == 0);
    CHECK(got.report.tests.size() == 2);
    CHECK(count_of(got.out, "warning: ") == 3);
    CHECK(holds(got.out, "the pattern 'subtrcts' matches no test; did you mean 'subtracts'?"));
    CHECK(holds(got.out, "--exclude 'tag(bad)' matches no test: for an expression use -f '!tag(bad)'"));
    CHECK(holds(got.out, "--filter: tag(mth) matches no test; did you mean 'math'?"));
    const outcome quiet = run_plainly("selection", {"--report", "json", "-x", "tag(bad)"});
    INFO(quiet);
    CHECK(quiet.err == "cordon: --exclude 'tag(bad)' matches no test: for an expression use -f '!tag(bad)'\n");
    const outcome list = run_plainly("selection", {"--list", "-x", "[slow]"});
    INFO(list);
    CHECK(list.exit_code == 0);
    CHECK(lines_of(list.out).size() == all_tests);
    CHECK(list.err == "cordon: --exclude '[slow]' matches no test: for an expression use -f '!tag(slow)'\n");
}

TEST_CASE("shards that run make up the whole, with one report each") {
    std::vector<std::string> together;
    for (const char* shard : {"1/2", "2/2"}) {
        const outcome got = run("selection", {"--shard", shard, "--order", "random", "--seed", "3"});
        INFO(got);
        CHECK(got.exit_code == 0);
        for (const std::string& name : names_of(got.report)) {
            together.push_back(name);
        }
    }
    CHECK(together.size() == all_tests);
    CHECK(std::set<std::string>(together.begin(), together.end()).size() == all_tests);
}

TEST_CASE("an empty shard of a selection is no failure") {
    const outcome got = run_plainly("selection", {"alone", "--shard", "2/2"});
    INFO(got);
    CHECK(got.exit_code == 0);
}

TEST_CASE("nothing selected is exit code 3, or 0 where that was expected") {
    for (const char* program : {"selection", "empty"}) {
        const outcome got = run_plainly(program, {"no such test"});
        INFO(got);
        CHECK(got.exit_code == 3);
        CHECK(holds(got.err, "no test was selected"));
        CHECK(lines_of(got.err).size() == 1);
        const outcome allowed = run_plainly(program, {"no such test", "--allow-empty"});
        CHECK(allowed.exit_code == 0);
    }
    CHECK(run_plainly("empty", {}).exit_code == 3);
}

TEST_CASE("nothing selected names what may have been meant") {
    struct row {
        std::vector<std::string> arguments;
        const char* told;
    };
    for (const row& each :
         {row{{"subtrcts"}, "of 15: the pattern 'subtrcts' matches no test; did you mean 'subtracts'?"},
          row{{"-f", "tag(sloww)"}, "tag(sloww) matches no test; did you mean 'slow'?"},
          row{{"-f", "tag(net)"}, "the tags are: deep, fragile, math, slow, text"},
          row{{"tag(slow)"}, "use -f 'tag(slow)'"},
          row{{"adds", "-x", "math"}, "no test matches all of the patterns, filters and excludes"}}) {
        const outcome got = run_plainly("selection", each.arguments);
        INFO(got);
        CHECK(got.exit_code == 3);
        CHECK(got.out.empty());
        CHECK(lines_of(got.err).size() == 1);
        CHECK(holds(got.err, "no test was selected, of 15"));
        CHECK(holds(got.err, each.told));
    }
}

TEST_CASE("Catch2's tags, names and hidden tests are what they are there") {
    for (const char* mode : isolating_modes) {
        const outcome got = run("catch_tags", {"--isolate", mode});
        INFO(mode << ": " << got);
        CHECK(got.exit_code == 0);
        CHECK(joined(names_of(got.report)) ==
              "adds|has two tags|has no tags|in a variable|has a fixture|has a decorator, too|Scenario: has tags|"
              "Anonymous test case 1|Anonymous test case 2|Anonymous test case 3|Anonymous test case 4|suite/inner|"
              "suite/Anonymous test case 5|may fail|should fail");
        CHECK(got.report.count("passed") == 13);
        CHECK(got.report.count("known_failure") == 2);
        CHECK(got.report["in a variable"].tags == std::vector<std::string>{"slow", "variable"});
        CHECK(got.report["inner"].tags == std::vector<std::string>{"of suite", "slow"});
    }
    const auto list = [](std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), "--list");
        const outcome got = run_plainly("catch_tags", std::move(arguments));
        INFO(got);
        CHECK(got.err.empty());
        return joined(lines_of(got.out));
    };
    CHECK(list({"-f", "tag(net)"}) == "has two tags");
    CHECK(list({"-f", "tag(nameless)"}) == "Anonymous test case 3|Anonymous test case 4");
    CHECK(list({"-f", "tag(.)"}) == "is hidden|is hidden by its tag");
    CHECK(list({"-f", "tag(long)"}) == "is hidden by its tag");
    CHECK(list({"is hidden"}) == "is hidden|is hidden by its tag");
    CHECK(list({"Anonymous test case 2"}) == "Anonymous test case 2");
    const outcome hidden = run("catch_tags", {"is hidden"});
    CHECK(hidden.exit_code == 1);
    CHECK(hidden.report.count("failed") == 2);
}

TEST_CASE("another second string is an error before anything runs") {
    for (const char* text : {"slow", "[slow", "[]", "[slow]x", "[!mayfial]", "for the second time"}) {
        for (std::vector<std::string> arguments :
             {std::vector<std::string>{"is another one"}, {"--list"}, {"--isolate", "exec"}}) {
            const outcome got = run_plainly("second_strings", arguments, {{"SECOND_STRING", text}});
            INFO(got);
            CHECK(got.exit_code == 2);
            CHECK(got.out.empty());
            CHECK(lines_of(got.err).size() == 1);
            CHECK(holds(got.err, "second_strings.cpp:18: test 'adds': the second string '" + std::string(text) + "'"));
        }
    }
    for (const char* text : {"", "[slow]", " [slow] [net]"}) {
        const outcome got = run_plainly("second_strings", {"-q"}, {{"SECOND_STRING", text}});
        INFO(got);
        CHECK(got.exit_code == 0);
    }
}

TEST_CASE("two tests of one name are an error that names both places") {
    for (const char* argument : {"--list", "-q", "second"}) {
        const outcome got = run_plainly("duplicates", {argument});
        INFO(got);
        CHECK(got.exit_code == 2);
        CHECK(lines_of(got.err).size() == 1);
        CHECK(holds(got.err, "first/same"));
        CHECK(holds(got.err, "duplicates.cpp:8"));
        CHECK(holds(got.err, "duplicates.cpp:16"));
        CHECK_FALSE(holds(got.err, "second"));
        CHECK(got.out.empty());
    }
}
