#include "queries.hpp"

#include <signal.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

using namespace process_test;
namespace fs = std::filesystem;

namespace {

outcome run_with_reports(const std::string& program, std::vector<std::string> arguments) {
    command what;
    what.program = program;
    what.arguments = std::move(arguments);
    what.arguments.insert(what.arguments.end(), {"--color", "never", "--grace", "100ms"});
    what.report = false;
    return run(what);
}

// Runs a line of shell in which $0 is the child.
outcome run_in_shell(const std::string& program, const std::string& line) {
    command what;
    what.program = "/bin/sh";
    what.arguments = {"-c", line, child_path(program)};
    what.report = false;
    return run(what);
}

void check_valid(const std::string& report) {
    const char* source = std::getenv("CORDON_SOURCE_DIR");
    REQUIRE(source != nullptr);
    command what;
    what.program = "/usr/bin/env";
    what.arguments = {"python3", std::string(source) + "/tools/validate_report.py", report};
    what.environment = {{"PATH", "/usr/bin:/bin"}};
    what.report = false;
    const outcome got = run(what);
    INFO(got);
    CHECK(got.exit_code == 0);
}

std::vector<std::string> entries_of(const std::string& folder) {
    std::vector<std::string> names;
    for (const auto& each : fs::directory_iterator(folder)) {
        names.push_back(each.path().filename().string());
    }
    return names;
}

}  // namespace

TEST_CASE("reports of real runs keep to the schema") {
    const std::pair<std::string, std::vector<std::string>> runs[] = {
        {"assertions", {}},
        {"subcases", {"--isolate", "shard"}},
        {"hostile", {}},
        {"hostile", {"--isolate", "exec"}},
        {"decorators", {"--retries", "1"}},
        {"setup_troubles", {"-x", "hang", "-x", "thread"}},
        {"environment", {"--isolate", "exec", "--env", "A=\xff"}},
        {"output", {"--shard", "hash:1/2", "--order", "random"}},
        {"output", {"--isolate", "none"}},
        {"output", {"--fail-fast", "-j1"}},
        {"output", {"--output-limit", "16"}},
    };
    for (const auto& each : runs) {
        CAPTURE(each.first);
        const temp_folder folder;
        std::vector<std::string> all = each.second;
        all.insert(all.end(), {"--report", "json=" + folder / "report.json"});
        const outcome got = run_with_reports(each.first, all);
        INFO(got);
        CHECK(got.exit_code <= 1);
        check_valid(folder / "report.json");
        CHECK(entries_of(folder.path()).size() == 1);
    }
}

TEST_CASE("several reports are written in one run") {
    const temp_folder folder;
    const outcome got =
        run_with_reports("output", {"--report", "json=" + folder / "a.json", "--report=json=" + folder / "b.json",
                                    "--report", "console=" + folder / "page.txt"});
    INFO(got);
    CHECK(got.exit_code == 1);
    CHECK(read_file(folder / "a.json") == read_file(folder / "b.json"));
    check_valid(folder / "a.json");
    const std::string page = read_file(folder / "page.txt");
    CHECK(holds(page, "5 tests"));
    CHECK_FALSE(holds(page, "\x1b"));
    CHECK_FALSE(holds(page, "\r"));
    CHECK(entries_of(folder.path()).size() == 3);
}

TEST_CASE("a report on standard output stands there alone") {
    for (const char* report : {"json", "json=-"}) {
        const outcome got = run_with_reports("output", {"--report", report});
        INFO(got);
        CHECK(got.exit_code == 1);
        CHECK(got.out.rfind("{\"schema\"", 0) == 0);
        CHECK(got.err.empty());
        const temp_folder folder;
        std::ofstream(folder / "report.json") << got.out;
        check_valid(folder / "report.json");
    }
}

TEST_CASE("a report that cannot be begun is exit code 4, and the other reports come") {
    const temp_folder folder;
    const outcome got = run_with_reports(
        "output", {"--report", "json=" + folder / "not/there/report.json", "--report", "json=" + folder / "good.json"});
    INFO(got);
    CHECK(got.exit_code == 4);
    CHECK(holds(got.err, folder / "not/there/report.json"));
    CHECK(holds(got.err, "No such file or directory"));
    CHECK(holds(got.out, "5 tests"));
    CHECK(holds(got.out, "printing › fails") != holds(got.out, "printing > fails"));
    check_valid(folder / "good.json");
    for (const std::string& line : lines_of(got.err)) {
        CHECK(line.rfind("cordon: ", 0) == 0);
    }
}

TEST_CASE("a report on a full disk is exit code 4, and the console report comes") {
    if (!fs::exists("/dev/full")) return;
    const outcome got = run_with_reports("output", {"--report", "json=/dev/full"});
    INFO(got);
    CHECK(got.exit_code == 4);
    CHECK(holds(got.err, "/dev/full"));
    CHECK(holds(got.err, "No space left on device"));
    CHECK(lines_of(got.err).size() == 1);
    CHECK(holds(got.out, "5 tests"));
    CHECK(fs::exists("/dev/full"));
    const outcome console = run_in_shell("output", "\"$0\" -q >/dev/full");
    INFO(console);
    CHECK(console.exit_code == 4);
    CHECK(holds(console.err, "No space left on device"));
}

TEST_CASE("a report replaces the one of an earlier run, as a whole") {
    const temp_folder folder;
    std::ofstream(folder / "report.json") << "of an earlier run";
    command what;
    what.program = "output";
    what.arguments = {"slowly", "--report", "json=" + folder / "report.json"};
    what.report = false;
    running on_its_way(what);
    while (!on_its_way.has_ended()) {
        const std::string text = read_file(folder / "report.json");
        const bool whole = text == "of an earlier run" || (!text.empty() && text.back() == '\n');
        CHECK(whole);
        sleep_ms(1);
    }
    const outcome got = on_its_way.wait();
    INFO(got);
    CHECK(got.exit_code == 0);
    check_valid(folder / "report.json");
}

TEST_CASE("a run that is killed leaves no part of a report") {
    const temp_folder folder;
    std::ofstream(folder / "old.json") << "of an earlier run";
    command what;
    what.program = "environment";
    what.arguments = {"hangs",
                      "--timeout",
                      "60s",
                      "--report",
                      "json=" + folder / "old.json",
                      "--report",
                      "json=" + folder / "new.json"};
    what.report = false;
    what.may_leave_processes = true;
    running on_its_way(what);
    sleep_ms(150);
    on_its_way.send(SIGKILL);
    const bool ended = eventually([&] { return on_its_way.has_ended(); });
    CHECK(ended);
    CHECK(eventually([&] { return on_its_way.survivors().empty(); }));
    CHECK(read_file(folder / "old.json") == "of an earlier run");
    CHECK_FALSE(fs::exists(folder / "new.json"));
}

TEST_CASE("a run whose reader goes away goes on, and its exit code tells") {
    const temp_folder folder;
    const std::string report = folder / "report.json";
    const std::string code = folder / "code";
    const outcome failing = run_in_shell(
        "output", "{ \"$0\" --color never -v --report console --report json=" + report + "; echo $? >" + code +
                      "; } | head -n 1 >/dev/null; while [ ! -s " + code + " ]; do sleep 0.01; done");
    INFO(failing);
    CHECK(read_file(code) == "1\n");
    CHECK(failing.err.empty());
    check_valid(report);
    fs::remove(code);
    const outcome passing = run_in_shell(
        "output", "{ \"$0\" slowly; echo $? >" + code + "; } | :; while [ ! -s " + code + " ]; do sleep 0.01; done");
    INFO(passing);
    CHECK(read_file(code) == "0\n");
    CHECK(passing.err.empty());
}

TEST_CASE("closed standard streams confuse nothing") {
    const std::pair<const char*, int> cases[] = {
        {"<&-", 1}, {"2>&-", 1}, {"<&- 2>&-", 1}, {"<&- >&- 2>&-", 4}, {">&-", 4}};
    for (const auto& each : cases) {
        const std::string closed = each.first;
        for (const char* mode : isolating_modes) {
            const temp_folder folder;
            const std::string report = folder / "report.json";
            const outcome got = run_in_shell("output", std::string("\"$0\" -x slowly --isolate ") + mode +
                                                           " --report json=" + report + " " + closed);
            INFO(closed << " " << mode << ": " << got);
            CHECK(got.exit_code == each.second);
            const std::string text = read_file(report);
            CHECK(count_of(text, "\"verdict\"") == 4);
            CHECK(holds(text, "said by a test that passes"));
            CHECK(holds(text, "complained by a test that fails"));
            CHECK(holds(text, "\"summary\""));
        }
    }
}
