#include "queries.hpp"

#include <sys/stat.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <set>

using namespace process_test;
namespace fs = std::filesystem;

namespace {

std::string inside_of_the_program() {
    const std::string whole = read_file(CORDON_SOURCE_DIR "/tests/children/snapshots.cpp");
    const std::size_t at = whole.find("#line 1 ");
    return whole.substr(whole.find('\n', at) + 1);
}

/// A folder with the source that the program believes to be compiled from.
struct workspace {
    workspace() : text(inside_of_the_program()) { write(source(), text); }

    std::string source() const { return folder / "snapshots_inside.cpp"; }
    std::string snapshots() const { return folder / "__snapshots__/snapshots_inside.cpp"; }
    std::string snapshot(const std::string& name) const { return read_file(snapshots() + "/" + name); }
    std::size_t count() const {
        return fs::exists(snapshots()) ? static_cast<std::size_t>(std::distance(fs::directory_iterator(snapshots()),
                                                                                fs::directory_iterator()))
                                       : 0;
    }

    /// It is as old as if it had been compiled.
    static void write(const std::string& path, const std::string& what) {
        std::ofstream(path, std::ios::binary) << what;
        fs::last_write_time(path, fs::file_time_type::clock::now() - std::chrono::hours(24));
    }

    command with(std::vector<std::string> arguments,
                 std::vector<std::pair<std::string, std::string>> variables = {}) const {
        command what;
        what.program = "snapshots";
        what.arguments = std::move(arguments);
        what.arguments.insert(what.arguments.end(), {"--color", "never"});
        what.environment = std::move(variables);
        bool says_ci = false;
        for (const auto& each : what.environment)
            says_ci = says_ci || each.first == "CI";
        if (!says_ci) what.environment.emplace_back("CI", "");
        what.folder = folder.path();
        return what;
    }
    outcome run(std::vector<std::string> arguments,
                std::vector<std::pair<std::string, std::string>> variables = {}) const {
        return process_test::run(with(std::move(arguments), std::move(variables)));
    }

    std::string replaced(const std::string& old_text, const std::string& new_text) const {
        std::string made = text;
        const std::size_t at = made.find(old_text);
        REQUIRE(at != std::string::npos);
        return made.replace(at, old_text.size(), new_text);
    }

    temp_folder folder;
    std::string text;
};

const char* const value = "VALUE";

}  // namespace

TEST_CASE("a new snapshot is written and told outside of CI, and compared from then on") {
    for (const char* mode : {"fork", "exec", "shard", "none"}) {
        const workspace at;
        outcome got = at.run({"files/text", "--isolate", mode});
        INFO(mode << ": " << got);
        CHECK(got.exit_code == 0);
        CHECK(holds(got.out, "wrote 1 snapshot: __snapshots__/snapshots_inside.cpp/files.text@1.snap (new)"));
        CHECK(at.snapshot("files.text@1.snap") == "one\ntwo\nthree\nfour\nfive\n\n");
        got = at.run({"files/text", "--isolate", mode});
        CHECK(got.exit_code == 0);
        CHECK_FALSE(holds(got.out, "wrote"));
        got = at.run({"files/text", "--isolate", mode}, {{value, "one\ntwo\n3\nfour\nfive\n"}});
        CHECK(got.exit_code == 1);
        const failure_entry& wrong = got.report["text"].last().failures.front();
        CHECK(wrong.macro == "CHECK_SNAPSHOT");
        CHECK(wrong.expanded == "\"one\\ntwo\\n3\\nfour\\nfive\\n\" == \"one\\ntwo\\nthree\\nfour\\nfive\\n\"");
        CHECK(holds(got.out, "3 - 3\n"));
        CHECK(holds(got.out, "3 + three\n"));
        CHECK(holds(wrong.message, "snapshot __snapshots__/snapshots_inside.cpp/files.text@1.snap\n"));
        CHECK(holds(wrong.message, "--update-snapshots=failed"));
        CHECK(at.snapshot("files.text@1.snap") == "one\ntwo\nthree\nfour\nfive\n\n");
    }
}

TEST_CASE("in CI nothing is written without being asked for") {
    for (const char* mode : {"fork", "none"}) {
        const workspace at;
        outcome got = at.run({"files/text", "--isolate", mode}, {{"CI", "true"}});
        INFO(mode << ": " << got);
        CHECK(got.exit_code == 1);
        const failure_entry& wrong = got.report["text"].last().failures.front();
        CHECK(holds(wrong.message, "there is no snapshot __snapshots__/snapshots_inside.cpp/files.text@1.snap\n"));
        CHECK(holds(wrong.message, "commit the file, or use --update-snapshots=new"));
        CHECK_FALSE(fs::exists(at.folder / "__snapshots__"));
        CHECK(at.run({"files/text", "--isolate", mode}, {{"CI", "false"}}).exit_code == 0);
        CHECK(at.count() == 1);
        got = at.run({"files/kinds", "--isolate", mode, "--update-snapshots=new"}, {{"CI", "1"}});
        CHECK(got.exit_code == 0);
        CHECK(at.count() == 9);
    }
}

TEST_CASE("--update-snapshots writes what its word says") {
    const auto results = [](std::vector<std::string> how, const char* ci) {
        const workspace at;
        at.run({"files/text"});
        how.insert(how.end(), {"files/text", "files/kinds"});
        const outcome got = at.run(how, {{value, "other"}, {"CI", ci}});
        INFO(got);
        const std::string text = at.snapshot("files.text@1.snap") == "other\n" ? "changed" : "kept";
        return text + " " + std::to_string(at.count() - 1) + " " + std::to_string(got.exit_code);
    };
    CHECK(results({}, "") == "kept 8 1");
    CHECK(results({}, "1") == "kept 0 1");
    CHECK(results({"--update-snapshots=none"}, "") == "kept 8 1");
    for (const char* ci : {"", "1"}) {
        CHECK(results({"--update-snapshots"}, ci) == "changed 8 0");
        CHECK(results({"--update-snapshots=all"}, ci) == "changed 8 0");
        CHECK(results({"--update-snapshots=new"}, ci) == "kept 8 1");
    }
    CHECK(results({"--update-snapshots=failed"}, "") == "changed 8 0");
    CHECK(results({"--update-snapshots=failed"}, "1") == "changed 0 1");
    const workspace at;
    const outcome got = at.run({"--update-snapshots=sometimes"});
    CHECK(got.exit_code == 2);
    CHECK(holds(got.err, "none, all, failed or new"));
}

TEST_CASE("a test is not flaky because its snapshot has changed") {
    const workspace at;
    const temp_folder history;
    const auto run = [&](std::vector<std::string> how, const char* text) {
        how.push_back("files/text");
        return at.run(how, {{value, text}, {"CORDON_HISTORY", history / "history"}});
    };
    run({}, "first");
    const outcome failed = run({}, "second");
    INFO(failed);
    CHECK(holds(failed.out, "passed its last run"));
    CHECK_FALSE(holds(failed.out, "flaky"));
    CHECK(run({"--update-snapshots"}, "second").exit_code == 0);
    const outcome again = run({}, "third");
    INFO(again);
    CHECK(holds(again.out, "failed 1 of the last 3 runs"));
    CHECK_FALSE(holds(again.out, "flaky"));
}

TEST_CASE("the text of a value is a string as it is, or what reports show") {
    const workspace at;
    const outcome got = at.run({"files/kinds"});
    INFO(got);
    CHECK(at.snapshot("files.kinds@1.snap") == "[\"a\", \"b\"]\n");
    CHECK(at.snapshot("files.kinds@2.snap") == "42\n");
    CHECK(at.snapshot("files.kinds@3.snap") == "nullptr\n");
    CHECK(at.snapshot("files.kinds@named.snap") == "view\n");
    CHECK(at.snapshot("files.kinds@bytes.snap") == std::string("a\0b\xff\r\n\n", 7));
    CHECK(at.snapshot("files.kinds@empty.snap") == "\n");
    CHECK(at.snapshot("files.kinds@line-end.snap") == "\n\n");
    CHECK(at.count() == 8);
    CHECK(at.run({"files/kinds"}, {{"CI", "1"}}).exit_code == 0);
    const outcome thrown = at.run({"files/throws"});
    CHECK(holds(thrown.report["throws"].last().failures.front().message, "cannot be written"));
    CHECK(at.count() == 8);
}

TEST_CASE("subcases, odd names, threads and long texts have files of their own") {
    const workspace at;
    const outcome got = at.run({"files/leaves", "files/large", "files/in a thread", "Quoted", "-j4"});
    INFO(got);
    CHECK(got.exit_code == 0);
    CHECK(at.count() == 10);
    CHECK(at.snapshot("files.leaves@1.snap") == "before\n");
    CHECK(at.snapshot("files.leaves@2.snap") == "after\n");
    CHECK(at.snapshot("files.leaves+two@2.snap") == "two\n");
    CHECK(at.snapshot("files.in-a-thread@thread.snap") == "from a thread\n");
    CHECK(at.snapshot("files.large@1.snap").size() > 500'000);
    const outcome again = at.run({"files/leaves", "files/large", "files/in a thread", "Quoted", "-j4"}, {{"CI", "1"}});
    CHECK(again.exit_code == 0);
    const outcome one = at.run({"files/leaves", "--subcase", "two"}, {{"CI", "1"}});
    CHECK(one.exit_code == 0);
    const outcome changed = at.run({"files/large"}, {{"CHANGED", "15000"}});
    CHECK(holds(changed.out, "- line -1 of a long text"));
    CHECK(holds(changed.out, "a part from line 14998 on"));
}

TEST_CASE("a message of a failed snapshot may take a snapshot") {
    const workspace at;
    at.run({"files/in a message"});
    CHECK(at.count() == 1);
    const outcome got = at.run({"files/in a message"}, {{"OUTER", "other"}});
    INFO(got);
    CHECK(got.report["in a message"].ending() == "failed");
    CHECK(holds(got.out, "text"));
}

TEST_CASE("only tests that pass have their snapshots written, once") {
    for (const char* mode : {"fork", "exec", "shard"}) {
        const workspace at;
        const outcome got = at.run({"endings/", "--update-snapshots", "-j2", "--isolate", mode});
        INFO(mode << ": " << got);
        CHECK(at.count() == 1);
        CHECK(at.snapshot("endings.passes-at-last@1.snap") == "attempt 2\n");
        CHECK(got.report["passes at last"].verdict == "flaky");
        CHECK(holds(got.out, "wrote 1 snapshot: "));
        CHECK(holds(got.out, "3 snapshots of failed tests not written"));
        CHECK(holds(got.report["has two values"].last().failures.front().message, "two different values in this test"));
    }
}

TEST_CASE("unused snapshots are named when all tests have run") {
    const workspace at;
    const std::vector<std::string> all = {"-x", "nothing", "-j2"};
    at.run(all, {{"MORE", "1"}, {"WITH_SKIPPED", "1"}});
    CHECK(fs::exists(at.snapshots() + "/endings.is-skipped@1.snap"));
    workspace::write(at.snapshots() + "/old.test@1.snap", "old\n");
    workspace::write(at.snapshots() + "/notes.txt", "of the user\n");
    const outcome got = at.run(all);
    INFO(got);
    CHECK(holds(got.out, "2 unused snapshots, which you can remove: "));
    CHECK(holds(got.out, "/old.test@1.snap"));
    CHECK(holds(got.out, "/unused.some-are-not-met@2.snap"));
    CHECK_FALSE(holds(got.out, "notes.txt"));
    CHECK_FALSE(holds(got.out, "/endings.is-skipped@1.snap"));
    CHECK(fs::exists(at.snapshots() + "/old.test@1.snap"));
    for (const std::vector<std::string>& part :
         {std::vector<std::string>{"unused/"}, {"--shard", "1/2"}, {"--fail-fast"}})
        CHECK_FALSE(holds(at.run(part).out, "unused snapshot"));
}

TEST_CASE("converted line ends and damaged files are named") {
    const workspace at;
    at.run({"files/text"});
    workspace::write(at.snapshots() + "/files.text@1.snap", "one\r\ntwo\r\nthree\r\nfour\r\nfive\r\n\r\n");
    outcome got = at.run({"files/text"});
    CHECK(holds(got.report["text"].last().failures.front().message, "only line ends differ"));
    workspace::write(at.snapshots() + "/files.text@1.snap", "one");
    got = at.run({"files/text"});
    CHECK(got.report["text"].last().failures.front().expanded == "\"one\\ntwo\\nthree\\nfour\\nfive\\n\" == \"one\"");
    fs::remove(at.snapshots() + "/files.text@1.snap");
    fs::create_directory(at.snapshots() + "/files.text@1.snap");
    got = at.run({"files/text", "--update-snapshots"});
    CHECK(got.exit_code == 1);
    CHECK(holds(got.report["text"].last().failures.front().message, "cannot read "));
}

TEST_CASE("a snapshot that cannot be written is trouble") {
    const workspace at;
    workspace::write(at.folder / "__snapshots__", "a file");
    const outcome got = at.run({"files/text"});
    INFO(got);
    CHECK(got.exit_code != 0);
    CHECK(read_file(at.folder / "__snapshots__") == "a file");
}

TEST_CASE("a source file that is not found is a clear failure") {
    const workspace at;
    fs::remove(at.source());
    const outcome got = at.run({"files/text"});
    INFO(got);
    CHECK(got.exit_code == 1);
    CHECK(holds(got.report["text"].last().failures.front().message,
                "the source file of the test was not found, and so not its snapshots: snapshots_inside.cpp from "));
}

TEST_CASE("two runs at once write whole snapshots") {
    const workspace at;
    running first(at.with({"files/", "-j2", "--update-snapshots"}));
    running second(at.with({"files/", "-j2", "--update-snapshots"}));
    first.wait();
    second.wait();
    CHECK(at.count() == 20);
    const outcome got = at.run({"files/", "-x", "throws"}, {{"CI", "1"}});
    INFO(got);
    CHECK(got.exit_code == 0);
}

TEST_CASE("repeated runs write nothing") {
    const workspace at;
    const outcome got = at.run({"files/text", "--stress=3", "--update-snapshots"});
    INFO(got);
    CHECK(got.exit_code == 1);
    CHECK(at.count() == 0);
}

// ---- in the source ----

TEST_CASE("fifty literals in one file are rewritten at once, and nothing else") {
    for (const char* mode : {"fork", "exec", "shard", "none"}) {
        const workspace at;
        const outcome got =
            at.run({"-f", "tag(places)", "-j4", "--update-snapshots", "--isolate", mode}, {{"PLACE", "x"}});
        INFO(mode << ": " << got);
        CHECK(got.exit_code == 0);
        CHECK(holds(got.out, "wrote 50 snapshots: snapshots_inside.cpp (50 literals)"));
        std::string expected = at.text;
        for (int i = 1; i <= 50; ++i) {
            const std::string number = (i < 10 ? "0" : "") + std::to_string(i);
            const std::string before = "+ \"" + number + "\", \"";
            const std::size_t found = expected.find(before + number);
            REQUIRE(found != std::string::npos);
            expected.insert(found + before.size(), "x");
        }
        CHECK(read_file(at.source()) == expected);
        // The program is older now.
        const outcome again = at.run({"-f", "tag(places)", "--update-snapshots", "--isolate", mode}, {{"PLACE", "y"}});
        CHECK(again.exit_code == 4);
        CHECK(holds(again.out, "no snapshot was written to snapshots_inside.cpp: it is newer than the program"));
        CHECK(read_file(at.source()) == expected);
    }
}

TEST_CASE("a literal is compared without its indentation, and written with it") {
    const workspace at;
    outcome got = at.run({"inline/lines"});
    CHECK(got.exit_code == 0);
    got = at.run({"inline/lines"}, {{"LINES", "first\nsecond"}});
    CHECK(got.exit_code == 1);
    CHECK(holds(got.report["lines"].last().failures.front().message, "--update-snapshots=failed"));
    CHECK(read_file(at.source()) == at.text);
    got = at.run({"inline/lines", "--update-snapshots=new"}, {{"LINES", "first\nsecond"}});
    CHECK(got.exit_code == 1);
    CHECK(read_file(at.source()) == at.text);
    got = at.run({"inline/lines", "--update-snapshots=failed"}, {{"LINES", "first\nsecond"}});
    CHECK(got.exit_code == 0);
    CHECK(read_file(at.source()) == at.replaced("              second\n\n            third\n", "            second\n"));
}

TEST_CASE("a new literal is written on request only") {
    const workspace at;
    outcome got = at.run({"inline/new"}, {{"NEW", "a)\""}});
    CHECK(got.exit_code == 1);
    CHECK(holds(got.report["new"].last().failures.front().message, "--update-snapshots=new"));
    got = at.run({"inline/new", "inline/bytes", "--update-snapshots=failed"}, {{"NEW", "a)\""}});
    CHECK(got.exit_code == 1);
    CHECK(read_file(at.source()) == at.text);
    got = at.run({"inline/new", "--update-snapshots=new"}, {{"NEW", "a)\""}});
    CHECK(got.exit_code == 0);
    CHECK(read_file(at.source()) == at.replaced("\"NEW\", \"\"), \"\")", "\"NEW\", \"\"), R\"_(a)\")_\")"));
}

TEST_CASE("bytes that are no text become escapes") {
    const workspace at;
    const outcome got = at.run({"inline/bytes", "--update-snapshots"});
    CHECK(got.exit_code == 0);
    CHECK(read_file(at.source()) == at.replaced("xff\", 3), \"\")", "xff\", 3), \"a\\000\\377\")"));
}

TEST_CASE("loops and subcases may meet a place again, with one value") {
    const workspace at;
    const outcome got = at.run({"with one value", "--update-snapshots"}, {{"LOOP", "new"}});
    INFO(got);
    CHECK(got.exit_code == 0);
    CHECK(read_file(at.source()) == at.replaced("\"LOOP\", \"old\"), \"old\"", "\"LOOP\", \"old\"), \"new\""));
    const workspace other;
    CHECK(other.run({"with one value", "--update-snapshots"}, {{"LEAF", "new"}}).exit_code == 0);
    CHECK(read_file(other.source()) == other.replaced("\"LEAF\", \"old\"), \"old\"", "\"LEAF\", \"old\"), \"new\""));
}

TEST_CASE("two values at one place are an error") {
    for (const char* mode : {"fork", "none"}) {
        const workspace at;
        outcome got = at.run({"a loop with two values", "--update-snapshots", "--isolate", mode});
        INFO(mode << ": " << got);
        CHECK(got.exit_code == 1);
        CHECK(holds(got.report["a loop with two values"].last().failures.front().message,
                    "this place has two different values in this test"));
        got = at.run({"shared by", "new", "--update-snapshots", "--isolate", mode}, {{"NEW", "1"}});
        CHECK(got.exit_code == 4);
        CHECK(holds(got.out, "has different values in different tests, so no snapshot in this file was written"));
        CHECK(read_file(at.source()) == at.text);
    }
}

TEST_CASE("a source that has changed since it was compiled stays as it is") {
    const workspace at;
    workspace::write(at.source(), "// a line more\n" + at.text);
    outcome got = at.run({"inline/new", "--update-snapshots"}, {{"NEW", "1"}});
    INFO(got);
    CHECK(got.exit_code == 4);
    CHECK(holds(got.out, "was not found at line"));
    CHECK(read_file(at.source()) == "// a line more\n" + at.text);
    const std::string edited = at.replaced("\"LOOP\", \"old\"), \"old\"", "\"LOOP\", \"old\"), \"mine\"");
    workspace::write(at.source(), edited);
    got = at.run({"a loop with one", "inline/new", "--update-snapshots"}, {{"LOOP", "new"}, {"NEW", "1"}});
    CHECK(got.exit_code == 4);
    CHECK(read_file(at.source()) == edited);
    workspace::write(at.source(), at.text);
    fs::last_write_time(at.source(), fs::file_time_type::clock::now() + std::chrono::hours(1));
    got = at.run({"inline/new", "--update-snapshots"}, {{"NEW", "1"}});
    CHECK(got.exit_code == 4);
    CHECK(holds(got.out, "it is newer than the program"));
    CHECK(read_file(at.source()) == at.text);
}

TEST_CASE("line ends of Windows and the mode of the file stay") {
    const workspace at;
    std::string windows;
    for (const char c : at.text)
        windows += c == '\n' ? "\r\n" : std::string(1, c);
    workspace::write(at.source(), windows);
    REQUIRE(chmod(at.source().c_str(), 0640) == 0);
    const outcome got = at.run({"inline/lines", "--update-snapshots"}, {{"LINES", "a\nb"}});
    INFO(got);
    CHECK(got.exit_code == 0);
    std::string expected;
    for (const char c : at.replaced("            first\n              second\n\n            third\n",
                                    "            a\n            b\n"))
        expected += c == '\n' ? "\r\n" : std::string(1, c);
    CHECK(read_file(at.source()) == expected);
    struct stat about {};
    REQUIRE(stat(at.source().c_str(), &about) == 0);
    CHECK((about.st_mode & 0777) == 0640);
}

TEST_CASE("a text that may differ in each run is refused") {
    const workspace at;
    const outcome got = at.run({"unstable/texts", "--update-snapshots"});
    INFO(got);
    const std::vector<failure_entry>& failures = got.report["texts"].last().failures;
    REQUIRE(failures.size() == 3);
    for (const failure_entry& each : failures)
        CHECK(holds(each.message, "an address or the bytes of an object"));
    CHECK(at.count() == 0);
}
