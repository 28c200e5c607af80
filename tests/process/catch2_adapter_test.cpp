#include "adapted.hpp"

using namespace process_test;

// The adapter for Catch2: what Catch2 says of its tests is what cordon reports.

namespace {

/// The package of Catch2 may be missing.
bool is_here() { return program_is_here("catch2_adapter", "catch2"); }

outcome run_with(std::vector<std::string> arguments) { return run("catch2_adapter", std::move(arguments)); }

outcome plainly(std::vector<std::string> arguments) { return run_plainly("catch2_adapter", std::move(arguments)); }

std::string listed(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "--list");
    return sorted(lines_of(plainly(std::move(arguments)).out));
}

/// What Catch2 itself selects.
std::string listed_by_catch2(std::vector<std::string> arguments) {
    arguments.push_back("--list-test-names-only");
    std::vector<std::string> names = lines_of(plainly(std::move(arguments)).out);
    for (std::string& each : names) {
        if (each.substr(0, 10) == "Scenario: ") continue;
        if (each.front() == '"') each = each.substr(1, each.size() - 2);
    }
    return sorted(names);
}

}  // namespace

TEST_CASE("assertions come through with place and text") {
    if (!is_here()) return;
    const outcome got = run_with({"[assertions]"});
    INFO(got);
    CHECK(got.exit_code == 1);
    CHECK(verdicts(got) ==
          "pass passed|fail failed|exceptions failed|messages failed|throw failed|translated failed|"
          "no assertions passed");
    CHECK(at(got.report, "pass").last().assertions == 2);
    CHECK(joined(at(got.report, "pass").tags) == "assertions");
    const attempt_entry& failed = at(got.report, "fail").last();
    REQUIRE(failed.failures.size() == 3);
    CHECK(failed.failures[0].macro == "CHECK");
    CHECK(failed.failures[0].expression == "1 + 1 == 3");
    CHECK(failed.failures[0].expanded == "2 == 3");
    CHECK(holds(failed.failures[0].file, "catch2_adapter.cpp"));
    CHECK(failed.failures[0].line == 34);
    CHECK(joined(failed.failures[0].info) == "outer 1|number := 7");
    CHECK(failed.failures[1].macro == "CHECK_FALSE");
    CHECK(failed.failures[2].macro == "REQUIRE_THAT");
    CHECK(failed.failures[2].expanded == "\"some text\" contains: \"other\"");
    const attempt_entry& thrown = at(got.report, "exceptions").last();
    REQUIRE(thrown.failures.size() == 4);
    CHECK(thrown.assertions == 5);
    CHECK(thrown.failures[0].expression == "throw_runtime_error(), std::logic_error");
    CHECK(thrown.failures[0].message == "threw thrown out");
    CHECK(thrown.failures[2].message == "threw nothing");
    const attempt_entry& said = at(got.report, "messages").last();
    CHECK(holds(all_messages(at(got.report, "messages")), "only said"));
    CHECK(holds(all_messages(at(got.report, "messages")), "the second"));
    CHECK(said.failed_assertions == 2);
    const failure_entry& escaped = at(got.report, "throw").last().failures.at(0);
    CHECK(escaped.kind == "exception");
    CHECK(holds(escaped.message, "thrown out"));
    CHECK(joined(escaped.info) == "before it");
    CHECK(holds(all_messages(at(got.report, "translated")), "an odd error"));
    CHECK(verdicts(run_with({"no assertions", "-w", "NoAssertions"})) == "no assertions failed");
}

TEST_CASE("each test has a process of its own") {
    if (!is_here()) return;
    for (const char* mode : {"fork", "exec"}) {
        const outcome got = run_with({"[isolation]", "--isolate", mode});
        INFO(got);
        CHECK(at(got.report, "writes").verdict == "passed");
        CHECK(at(got.report, "writes too").verdict == "passed");
        CHECK(at(got.report, "crashes").ending() == "crashed");
        CHECK(joined(at(got.report, "crashes").last().stopped_at.subcase) == "here");
        CHECK(at(got.report, "exits").ending() == "exited");
        CHECK(at(got.report, "forks").verdict == "passed");
        CHECK(holds(at(got.report, "forks").last().out, "CHECK(changed == 1)"));
    }
    const outcome shared = run_with({"[assertions],[tags]", "--isolate=shard", "-j1"});
    INFO(shared);
    CHECK(shared.report.count("passed") == 3);
    CHECK(shared.report.count("known_failure") == 2);
}

TEST_CASE("sections run as in Catch2, and each has its ending") {
    if (!is_here()) return;
    const outcome got = run_with({"[sections]"});
    INFO(got);
    const attempt_entry& nested = at(got.report, "nested").last();
    REQUIRE(nested.failures.size() == 2);
    CHECK(joined(nested.failures[0].subcase) == "a|two");
    CHECK(nested.failures[0].expanded == "2 == 1");
    CHECK(joined(nested.failures[1].subcase) == "c");
    CHECK(leaves(nested) == "a/one passed|a/two failed|b passed|c failed");
    const attempt_entry& told = at(got.report, "Scenario: told").last();
    CHECK(joined(told.failures.at(0).subcase) == "Given: a number|When: it is compared|Then: it differs");
    // A report names the failed section in cordon's words.
    const outcome again = run_with({"=nested", "--subcase", "a", "--subcase", "one"});
    CHECK(leaves(at(again.report, "nested").last()) == "a/one passed");
    const attempt_entry& generated = at(got.report, "generated").last();
    CHECK(joined(generated.failures.at(0).info) == "number := 2");
    CHECK(generated.assertions == 3);
    const outcome one = run_with({"nested", "-c", "b"});
    CHECK(leaves(at(one.report, "nested").last()) == "b failed");
    CHECK(holds(one.out, " -c b\n"));  // the command that runs it again
}

TEST_CASE("tags") {
    if (!is_here()) return;
    const outcome got = run_with({"[tags]"});
    INFO(got);
    CHECK(verdicts(got) ==
          "hidden failed|should fail known_failure|should fail and passes unexpected_pass|may fail known_failure|"
          "throws passed");
    CHECK(at(got.report, "hidden").last().failures.at(0).message == "it did run");
    // Catch2 hides a test unless it is asked for; so does cordon.
    CHECK_FALSE(holds(listed({}), "hidden"));
    CHECK(listed({"-f", "tag(slow)"}) == "hidden too");
    CHECK(listed({"[tags]", "-e"}) == "hidden|may fail|should fail|should fail and passes");
}

TEST_CASE("fixtures, templates and listeners") {
    if (!is_here()) return;
    const outcome got = run_with({"[fixtures],[templates]"});
    INFO(got);
    CHECK(verdicts(got) == "with a fixture passed|of a type - char passed|of a type - int failed");
    CHECK(at(got.report, "of a type - int").last().out == "listener: of a type - int\n");
}

TEST_CASE("Catch2's filters select what they select there") {
    if (!is_here()) return;
    const std::vector<std::vector<std::string>> filters = {
        {"[assertions]"},    {"~[assertions]"},       {"*fail*"},
        {"[tags]~*fail*"},   {"fail,pass"},           {"[.]"},
        {"exclude:writes*"}, {"[tags]", "--nothrow"}, {"-#", "[#catch2_adapter]"}};
    for (const std::vector<std::string>& each : filters) {
        INFO(joined(each));
        CHECK(listed(each) == listed_by_catch2(each));
    }
    // Both select.
    CHECK(listed({"[isolation]", "-f", "name(writes t*)"}) == "writes too");
    CHECK(listed({"=writes"}) == "writes");
}

TEST_CASE("Catch2's options work") {
    if (!is_here()) return;
    CHECK(holds(plainly({"--list-tags"}).out, "[isolation]"));
    CHECK(holds(plainly({"-l", "-r", "xml", "pass"}).out, "pass"));
    CHECK(holds(plainly({"--list-reporters"}).out, "junit"));
    const outcome help = plainly({"--help"});
    CHECK(holds(help.out, "--list-test-names-only"));
    CHECK(holds(help.out, "--isolate"));
    CHECK(run_with({"writes*", "--order", "rand", "--rng-seed", "7"}).report.seed == 7);
    const outcome stopped = run_with({"[assertions]", "-j1", "-x", "1", "-s", "-d", "yes", "-v", "high"});
    CHECK(holds(stopped.report.stopped_because, "--fail-fast"));
    CHECK(lines_of(plainly({"--list", "--order", "lex", "[isolation]"}).out).front() == "crashes");
    temp_folder folder;
    plainly({"writes*", "-r", "junit", "-o", folder / "tests.xml"});
    CHECK(holds(read_file(folder / "tests.xml"), "writes too"));
    CHECK(plainly({"--nonsense"}).exit_code == 2);
    CHECK(plainly({"-w", "Nonsense"}).exit_code == 2);
}
