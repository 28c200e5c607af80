#include "queries.hpp"

#include <sys/stat.h>
#include <algorithm>
#include <cstdlib>
#include <fstream>

using namespace process_test;

// Property tests: tests/children/properties.cpp has the properties.

namespace {

/// The usual runs keep nothing.
outcome run_properties(std::vector<std::string> arguments,
                       std::vector<std::pair<std::string, std::string>> environment = {}) {
    command what;
    what.program = "properties";
    what.arguments = {"--color=never", "--seed=1", "--corpus=off"};
    what.arguments.insert(what.arguments.end(), arguments.begin(), arguments.end());
    what.environment = std::move(environment);
    what.environment.emplace_back("CI", "");
    return run(what);
}

/// The first failure, which is about the property.
const std::string& found(const outcome& got, const std::string& test) {
    const attempt_entry& last = at(got.report, test).last();
    INFO(got);
    REQUIRE_FALSE(last.failures.empty());
    return last.failures.front().message;
}

std::vector<std::string> files_below(const std::string& folder) {
    const std::string command = "find '" + folder + "' -type f | sort";
    std::vector<std::string> files;
    if (FILE* listing = popen(command.c_str(), "r")) {
        char line[4096];
        while (fgets(line, sizeof line, listing) != nullptr)
            files.push_back(std::string(line, std::string(line).find('\n')));
        pclose(listing);
    }
    return files;
}

void write_file(const std::string& path, const std::string& text) { std::ofstream(path) << text; }

}  // namespace

TEST_CASE("a property that holds passes, and -v says how many examples there were") {
    const outcome got = run_properties({"-v", "reversing twice", "any types", "is classified", "with decorators"});
    INFO(got);
    CHECK(got.exit_code == 0);
    CHECK(got.report.count("passed") == 4);
    CHECK(at(got.report, "reversing twice changes nothing").last().assertions == 100);
    CHECK(at(got.report, "with decorators").tags == std::vector<std::string>{"slow"});
    CHECK(holds(got.out, "100 examples passed"));
    CHECK(holds(got.out, "7 examples passed"));
    CHECK(holds(got.out, " % negative"));
    CHECK(holds(got.out, " % positive"));
    CHECK_FALSE(holds(run_properties({"reversing twice"}).out, "100 examples passed"));
}

TEST_CASE("every way to fail shrinks to the smallest example, in every mode") {
    for (const char* mode : isolating_modes) {
        const outcome got = run_properties({"--isolate", mode, "fails/by", "fails/where", "-x", "by an endless loop"});
        INFO(mode << ": " << got);
        CHECK(got.exit_code == 1);
        CHECK(holds(found(got, "fails/by an assertion"), "int x = 1001;\nstd::vector<int> v = {0, 0};"));
        CHECK(holds(found(got, "fails/by abort"), "int x = 1001;"));
        CHECK(holds(found(got, "fails/by a bad address"), "int x = -78;"));
        CHECK(holds(found(got, "fails/by exit"), "int x = 1001;"));
        CHECK(holds(found(got, "fails/by an exception"), "const std::string& s = \"aa\";"));
        CHECK(holds(found(got, "fails/by REQUIRE"), "std::vector<std::string> all = {\"\", \"\", \"\"};"));
        CHECK(at(got.report, "fails/by an assertion").ending() == "failed");
        CHECK(at(got.report, "fails/by abort").ending() == "crashed");
        CHECK(at(got.report, "fails/by abort").last().signal_name == "SIGABRT");
        CHECK(at(got.report, "fails/by a bad address").ending() == "crashed");
        CHECK(at(got.report, "fails/by exit").ending() == "exited");
        CHECK(at(got.report, "fails/by exit").last().exit_code == 3);
        CHECK(at(got.report, "fails/by an exception").ending() == "failed");
    }
}

TEST_CASE("only the smallest example's failures and output are reported") {
    const outcome got = run_properties({"by an assertion"});
    INFO(got);
    const attempt_entry& last = at(got.report, "fails/by an assertion").last();
    REQUIRE(last.failures.size() == 2);
    CHECK(last.failures[0].kind == "fail");
    CHECK(holds(last.failures[0].message, "falsified by example "));
    CHECK(holds(last.failures[0].message, " passed; "));
    CHECK(holds(last.failures[0].message, " shrink steps of "));
    CHECK(last.failures[1].expanded == "1001 <= 1000");
    CHECK(last.failures[1].message == "x is 1001");
    CHECK(last.out == "output of an example\n");
    CHECK(holds(got.out, "'by an assertion' --corpus=off --seed=1"));
}

TEST_CASE("an endless loop shrinks") {
    const outcome got = run_properties({"by an endless loop"});
    INFO(got);
    CHECK(holds(found(got, "fails/by an endless loop"), "int x = 1001;\ndid not end within 2.00 s"));
    CHECK(got.seconds < 60);
    // An eighth of the test's limit, if that is less.
    const outcome short_limit = run_properties({"--timeout=8s", "by an endless loop"});
    INFO(short_limit);
    CHECK(holds(found(short_limit, "fails/by an endless loop"), "did not end within 1.00 s"));
}

TEST_CASE("an example that leaks fails with --leaks=fail") {
    CHECK(run_properties({"by a leak"}).exit_code == 0);
    const outcome got = run_properties({"--leaks=fail", "by a leak"});
    INFO(got);
    CHECK(holds(found(got, "fails/by a leak"), "int x = 1001;"));
    CHECK(at(got.report, "fails/by a leak").ending() == "leaked");
}

TEST_CASE("values drawn in the body shrink and are reported, also if the body crashes later") {
    const outcome got = run_properties({"draws", "in its generator", "at an age"});
    INFO(got);
    CHECK(holds(found(got, "draws"), "int drawn1 = 5;\nstd::vector<int> drawn2 = {0, 0, 0, 0, 0};"));
    CHECK(at(got.report, "fails/in its generator").ending() == "crashed");
    CHECK(holds(found(got, "fails/at an age"), "age a = age{100};\nstd::vector<age> others = {};"));
}

TEST_CASE("shrinking keeps to the way to fail") {
    const outcome got = run_properties({"where another mistake is near", "--examples=1000"});
    INFO(got);
    const bool first_mistake = holds(found(got, "fails/where another mistake is near"), "int x = 1001;");
    CHECK(at(got.report, "fails/where another mistake is near").ending() == (first_mistake ? "failed" : "crashed"));
    if (!first_mistake) CHECK(holds(found(got, "fails/where another mistake is near"), "int x = 6;"));
}

TEST_CASE("an example that fails only after others is no smaller example") {
    const outcome got = run_properties({"only after others", "by a wrong generator"});
    INFO(got);
    CHECK(holds(found(got, "fails/only after others"), "the outcome depends on earlier examples"));
    CHECK(holds(at(got.report, "fails/by a wrong generator").last().failures.back().message, "in_range(low, high"));
}

TEST_CASE("values that cannot be written hide no failure, and a copy made by an example runs no others") {
    const outcome got = run_properties({"-v", "cannot be written", "returns from a fork"});
    INFO(got);
    CHECK(holds(found(got, "fails/and its values cannot be written"), "its values cannot be shown"));
    CHECK(at(got.report, "fails/and its values cannot be written").last().failures.back().expanded == "1001 <= 1000");
    CHECK(at(got.report, "returns from a fork").verdict == "passed");
    CHECK(holds(got.out, "100 examples passed"));
}

TEST_CASE("too many discarded examples are a failure with advice") {
    const outcome got = run_properties({"discards/"});
    INFO(got);
    CHECK(at(got.report, "discards/most").verdict == "passed");
    CHECK(holds(found(got, "discards/all"), "only 0 of 100 examples passed assume()"));
    CHECK(holds(found(got, "discards/by a filter"), "Make such values with a generator"));
}

TEST_CASE("the number of examples comes from the decorator, the option, or the environment") {
    CHECK(holds(run_properties({"-v", "--examples=12", "reversing twice"}).out, "12 examples passed"));
    CHECK(holds(run_properties({"-v", "reversing twice"}, {{"CORDON_EXAMPLES", "13"}}).out, "13 examples passed"));
    CHECK(holds(run_properties({"-v", "--examples=12", "with decorators"}).out, "7 examples passed"));
    const outcome wrong = run_properties({"--examples=0"});
    CHECK(wrong.exit_code == 2);
    CHECK(holds(wrong.err, "a whole number from 1"));
}

TEST_CASE("the same seed gives the same examples, in every attempt") {
    const auto output = [](const char* seed) {
        return run_properties({"--seed", seed, "prints its values", "--show-output=all"})
            .report["prints its values"]
            .last()
            .out;
    };
    const std::string once = output("5");
    CHECK(count_of(once, "value ") == 100);
    CHECK(once == output("5"));
    CHECK(once != output("6"));
    const outcome again = run_properties({"--retries=2", "--retry-on=all", "by an exception"});
    INFO(again);
    REQUIRE(at(again.report, "fails/by an exception").attempts.size() == 3);
    CHECK(at(again.report, "fails/by an exception").verdict == "failed");
    for (const attempt_entry& each : at(again.report, "fails/by an exception").attempts)
        CHECK(each.failures[0].message == found(again, "fails/by an exception"));
}

TEST_CASE("a slow example is no endless one, and all examples together may take longer than the patience with one") {
    const outcome got = run_properties({"-v", "takes its time"});
    INFO(got);
    CHECK(got.exit_code == 0);
    CHECK(holds(got.out, "30 examples passed"));
}

TEST_CASE("a skip in an example skips the test; helpers outside of a property fail it") {
    const outcome got = run_properties({"skips", "outside"});
    INFO(got);
    CHECK(at(got.report, "skips").verdict == "skipped");
    CHECK(holds(found(got, "outside"), "cordon::assume() was called outside of a PROPERTY"));
    CHECK(holds(found(got, "drawn outside"), "cordon::draw() was called outside of a PROPERTY"));
}

TEST_CASE("an example that failed is kept and runs first the next time") {
    temp_folder folder;
    const std::string corpus = "--corpus=" + folder.path();
    const outcome first = run_properties({corpus, "by abort"});
    INFO(first);
    const std::vector<std::string> files = files_below(folder.path());
    REQUIRE(files.size() == 1);
    CHECK(holds(files[0], "/properties.cpp/fails-by-abort-"));
    const mode_t mask = umask(0);
    umask(mask);
    struct stat made {};
    REQUIRE(stat((folder / "properties.cpp").c_str(), &made) == 0);
    CHECK((made.st_mode & 0777) == (0777 & ~mask));
    CHECK(holds(found(first, "fails/by abort"), "kept in " + files[0]));
    CHECK(holds(read_file(files[0]), "parameters int x\nexample 0 1001  // int x = 1001;"));
    for (const char* seed : {"2", "3"}) {
        const outcome next = run_properties({corpus, "--seed", seed, "--examples=1", "by abort"});
        INFO(next);
        CHECK(holds(found(next, "fails/by abort"), "falsified by an example of the corpus, 0 passed"));
        CHECK(holds(found(next, "fails/by abort"), "int x = 1001;"));
    }
    CHECK(count_of(read_file(files[0]), "example ") == 1);
}

TEST_CASE("a corpus that cannot be used is a note") {
    temp_folder folder;
    const std::string corpus = "--corpus=" + folder.path();
    REQUIRE(run_properties({corpus, "by abort"}).exit_code == 1);
    const std::string file = files_below(folder.path()).at(0);
    const std::string target = folder / "target";
    const auto note_of = [&](const std::string& text) {
        write_file(file, text);
        const outcome got = run_properties({corpus, "by abort"});
        INFO(got);
        CHECK(holds(found(got, "fails/by abort"), "int x = 1001;"));
        return at(got.report, "fails/by abort").last().failures.at(1);
    };
    CHECK(holds(note_of("no corpus\n").message, "is no corpus of this version"));
    CHECK(note_of("no corpus\n").kind == "warning");
    CHECK(holds(note_of("cordon corpus 1\nparameters int y\nexample 0 5\n").message, "is for other parameters: int y"));
    CHECK(holds(note_of("cordon corpus 1\nparameters int x\nexample 0 x\n").message, "cannot be read"));
    CHECK(holds(note_of("cordon corpus 1\nparameters int x\nexample 0 5 6 7\n").message, "does not fit"));
    CHECK(holds(note_of(std::string("\0\xFF\n\0", 4)).message, "is no corpus"));
    CHECK(holds(read_file(file), "example 0 1001"));
}

TEST_CASE("in CI nothing is written beside the test, with --corpus it is") {
    temp_folder folder;
    // The test's file is ../tests/children/properties.cpp, seen from the folder of the build.
    const std::string build = folder / "build";
    const std::string made = "mkdir -p '" + build + "' '" + (folder / "tests/children") + "'";
    REQUIRE(std::system(made.c_str()) == 0);
    const auto run_in = [&](const char* ci, std::vector<std::string> arguments) {
        command what;
        what.program = child_path("properties");
        what.folder = build;
        what.arguments = std::move(arguments);
        what.arguments.insert(what.arguments.end(), {"--color=never", "--seed=1", "by abort"});
        what.environment = {{"CI", ci}};
        return run(what);
    };
    const outcome in_ci = run_in("true", {});
    INFO(in_ci);
    if (at(in_ci.report, "fails/by abort").last().failures.at(0).file.front() == '/') return;
    CHECK(holds(found(in_ci, "fails/by abort"), "not kept, because CI is set"));
    CHECK(files_below(folder / "tests").empty());
    const outcome wished = run_in("true", {"--corpus=" + (folder / "kept")});
    CHECK(files_below(folder / "kept").size() == 1);
    const outcome at_home = run_in("", {});
    INFO(at_home);
    CHECK(holds(found(at_home, "fails/by abort"), "kept in ../tests/children/corpus/properties.cpp/fails-by-abort-"));
    CHECK(files_below(folder / "tests/children/corpus").size() == 1);
    CHECK(run_in("", {"--corpus=off"}).exit_code == 1);
    // A folder that cannot be made is said, and nothing else is lost.
    write_file(folder / "file", "");
    const outcome refused = run_in("", {"--corpus=" + (folder / "file")});
    INFO(refused);
    CHECK(holds(found(refused, "fails/by abort"), "not kept: make the folder"));
}

TEST_CASE("properties run in the program itself") {
    const outcome got = run_properties({"--isolate=none", "reversing twice", "by an assertion"});
    INFO(got);
    CHECK(holds(found(got, "fails/by an assertion"), "int x = 1001;"));
    CHECK(at(got.report, "reversing twice changes nothing").verdict == "passed");
}
