#include "queries.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>

using namespace process_test;

namespace {

outcome run_child(const std::string& program, std::vector<std::string> arguments,
                  std::vector<std::pair<std::string, std::string>> environment = {}) {
    command what;
    what.program = program;
    what.arguments = std::move(arguments);
    what.environment = std::move(environment);
    what.environment.emplace_back("LC_ALL", "C.UTF-8");
    what.report = false;
    return run(what);
}

// On Linux the end of a terminal's other side is an error, elsewhere an end of file.
std::string read_to_end(int terminal, pid_t child, int seconds) {
    std::string all;
    struct pollfd watch {
        terminal, POLLIN, 0
    };
    char buffer[4096];
    while (::poll(&watch, 1, seconds * 1000) > 0) {
        const ssize_t got = ::read(terminal, buffer, sizeof buffer);
        if (got <= 0) return all;
        all.append(buffer, static_cast<std::size_t>(got));
    }
    ::kill(child, SIGKILL);
    return all + "\n(no end within " + std::to_string(seconds) + " s)";
}

struct terminal_outcome {
    int exit_code;
    std::string screen;
};

// The child on a terminal of its own.
terminal_outcome run_on_terminal(const std::string& program, std::vector<std::string> arguments, unsigned short columns,
                                 const char* kind = "xterm") {
    const int terminal = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    REQUIRE(terminal >= 0);
    REQUIRE(::grantpt(terminal) == 0);
    REQUIRE(::unlockpt(terminal) == 0);
    const std::string other_side = ::ptsname(terminal);
    const std::string path = child_path(program);
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        ::setsid();
        const int side = ::open(other_side.c_str(), O_RDWR);
        struct winsize size {};
        size.ws_col = columns;
        size.ws_row = 25;
        ::ioctl(side, TIOCSWINSZ, &size);
        for (int i = 0; i < 3; ++i) {
            ::dup2(side, i);
        }
        ::setenv("TERM", kind, 1);
        ::setenv("LC_ALL", "C.UTF-8", 1);
        ::unsetenv("NO_COLOR");
        std::vector<char*> words{const_cast<char*>(path.c_str())};
        for (std::string& each : arguments) {
            words.push_back(each.data());
        }
        words.push_back(nullptr);
        ::execv(path.c_str(), words.data());
        ::_exit(126);
    }
    terminal_outcome got{-1, read_to_end(terminal, child, 60)};
    int state = 0;
    ::waitpid(child, &state, 0);
    ::close(terminal);
    got.exit_code = WIFEXITED(state) ? WEXITSTATUS(state) : -1;
    return got;
}

bool is_plain(const std::string& text) {
    return std::all_of(text.begin(), text.end(), [](char each) {
        const auto code = static_cast<unsigned char>(each);
        return code == '\n' || code == '\t' || (code >= 0x20 && code != 0x7f);
    });
}

bool is_utf8(const std::string& text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t more = lead < 0x80 ? 0 : lead >> 5 == 6 ? 1 : lead >> 4 == 14 ? 2 : lead >> 3 == 30 ? 3 : 9;
        if (more == 9 || i + more >= text.size() + (more == 0 ? 1 : 0)) return false;
        for (std::size_t k = 1; k <= more; ++k) {
            if ((static_cast<unsigned char>(text[i + k]) & 0xC0) != 0x80) return false;
        }
        i += more + 1;
    }
    return true;
}

// The text without colours: what stands between ESC [ and m.
std::string without_colors(const std::string& text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text.compare(i, 2, "\x1b[") != 0) {
            plain += text[i];
            continue;
        }
        std::size_t end = i + 2;
        while (end < text.size() && (std::isdigit(static_cast<unsigned char>(text[end])) != 0 || text[end] == ';')) {
            ++end;
        }
        if (end < text.size() && text[end] == 'm') {
            i = end;
        } else {
            plain += text[i];
        }
    }
    return plain;
}

}  // namespace

TEST_CASE("a failure is shown with its place, values and output; a pass in a line") {
    const outcome got = run_child("output", {"-j1"});
    INFO(got);
    CHECK(got.err.empty());
    CHECK(is_plain(got.out));
    CHECK(holds(got.out, "pass"));
    CHECK(holds(got.out, "printing › says nothing"));
    CHECK(holds(got.out, "output.cpp:21  CHECK(std::string(\"actual\") == \"expected\")"));
    CHECK(holds(got.out, "\"actual\""));
    CHECK(holds(got.out, "\"expected\""));
    CHECK(holds(got.out, "stdout │ said by a test that fails"));
    CHECK(holds(got.out, "stderr │ complained by a test that fails"));
    CHECK(holds(got.out, "stdout │ no end\n"));
    CHECK_FALSE(holds(got.out, "said by a test that passes"));
    CHECK(holds(got.out, "5 tests: 3 passed, 2 failed"));
}

TEST_CASE("--show-output says whose output is shown") {
    const outcome all = run_child("output", {"--show-output", "all"});
    INFO(all);
    CHECK(holds(all.out, "stdout │ said by a test that passes"));
    CHECK(holds(all.out, "stdout │ said by a test that fails"));
    const outcome never = run_child("output", {"--show-output", "never"});
    INFO(never);
    CHECK_FALSE(holds(never.out, "said by"));
    CHECK_FALSE(holds(never.out, "complained by"));
    CHECK(holds(never.out, "\"actual\""));
}

TEST_CASE("--show-output live shows lines as they come, each with the name of its test") {
    for (const char* mode : isolating_modes) {
        command what;
        what.program = "output";
        what.arguments = {"--show-output", "live", "--isolate", mode};
        what.report = false;
        running on_its_way(what);
        const bool early = eventually([&] { return holds(on_its_way.out(), "step 0") || on_its_way.has_ended(); });
        CHECK(early);
        const outcome got = on_its_way.wait();
        INFO(mode << ": " << got);
        for (const char* line : {"said by a test that passes", "complained by a test that fails", "step 0", "step 1",
                                 "step 2", "no end"}) {
            CHECK(count_of(got.out, line) == 1);
        }
        for (const std::string& line : lines_of(got.out)) {
            if (holds(line, "step ")) CHECK(holds(line, "slowly"));
        }
    }
}

TEST_CASE("-q shows failures and one line of counts") {
    const outcome failing = run_child("output", {"-q"});
    INFO(failing);
    CHECK_FALSE(holds(failing.out, "says nothing"));
    CHECK(holds(failing.out, "printing › fails"));
    CHECK(holds(failing.out, "said by a test that fails"));
    const outcome passing = run_child("output", {"-q", "says nothing"});
    INFO(passing);
    CHECK(lines_of(passing.out).size() == 1);
    CHECK(holds(passing.out, "1 test: 1 passed"));
}

TEST_CASE("-v shows more: what a test used, warnings of tests that passed") {
    const outcome plain = run_child("output", {"printing/passes"});
    const outcome verbose = run_child("output", {"printing/passes", "-v"});
    INFO(verbose);
    CHECK_FALSE(holds(plain.out, "WARN(1 == 2)"));
    CHECK(holds(verbose.out, "WARN(1 == 2)"));
    CHECK(verbose.out.size() > plain.out.size());
}

TEST_CASE("colour is used where it is wanted") {
    CHECK_FALSE(holds(run_child("output", {}).out, "\x1b"));
    const outcome always = run_child("output", {"--color", "always"});
    CHECK(holds(always.out, "\x1b["));
    CHECK(is_plain(without_colors(always.out)));
    CHECK(holds(run_child("output", {}, {{"CORDON_COLOR", "always"}}).out, "\x1b["));
    CHECK(holds(run_child("output", {"--color=always"}, {{"NO_COLOR", "1"}}).out, "\x1b["));
}

TEST_CASE("--progress and --slowest") {
    const outcome none = run_child("output", {"--progress", "none", "--slowest", "0"});
    INFO(none);
    CHECK_FALSE(holds(none.out, "says nothing"));
    CHECK_FALSE(holds(none.out, "slowly"));
    CHECK(holds(none.out, "printing › fails"));
    const outcome slowest = run_child("output", {"--progress", "none", "--slowest", "1"});
    INFO(slowest);
    CHECK(holds(slowest.out, "slowly"));
}

TEST_CASE("the command that is offered runs again exactly what failed") {
    for (const char* program : {"output", "hostile", "subcases", "assertions"}) {
        command what;
        what.program = program;
        what.arguments = {"--color", "never"};
        what.environment = {{"LC_ALL", "C.UTF-8"}};
        const outcome got = run(what);
        const std::string offered = got.out.substr(std::min(got.out.rfind("\n  Run "), got.out.size()));
        std::string line = value_after(offered, " again\n");
        // A line that would be very long is offered for the first of them only.
        const std::string first = value_after(got.out, "Run the first ");
        const std::size_t expected = first.empty() ? got.report.count("failed") : std::stoul(first);
        line.erase(0, line.find_first_not_of(' '));
        CAPTURE(program);
        CAPTURE(line.substr(0, 1000));
        REQUIRE(!line.empty());
        const temp_folder folder;
        command again;
        again.program = "/bin/bash";
        again.arguments = {"-c", line + " --report json=" + folder / "report.json"};
        again.report = false;
        const outcome repeated = run(again);
        const std::string report = read_file(folder / "report.json");
        CHECK(count_of(report, "\"verdict\": \"") == expected);
        CHECK(count_of(report, "\"verdict\": \"failed\"") == expected);
        CHECK(repeated.exit_code == 1);
    }
}

TEST_CASE("where the history makes that right, what failed is run again without names") {
    const temp_folder folder;
    const auto offered = [&](std::vector<std::string> arguments) {
        command what;
        what.program = "output";
        what.arguments = std::move(arguments);
        what.environment = {{"CORDON_HISTORY", folder / "history"}};
        const std::string out = run(what).out;
        return value_after(out.substr(std::min(out.rfind("\n  Run "), out.size())), " again\n");
    };
    CHECK(holds(offered({}), "/output --failed"));
    CHECK(holds(offered({"--failed"}), "/output --failed"));
    // Others may have failed when they were last run.
    CHECK_FALSE(holds(offered({"fails"}), "--failed"));
    CHECK_FALSE(holds(offered({"--shard", "1/1"}), "--failed"));
    CHECK_FALSE(holds(offered({"--history", "off"}), "--failed"));
}

TEST_CASE("the command that is offered has the options and the seed that show the failure") {
    const auto offered = [](const char* program, std::vector<std::string> arguments) {
        const std::string out = run_child(program, std::move(arguments)).out;
        return value_after(out.substr(std::min(out.rfind("\n  Run "), out.size())), " again\n");
    };
    CHECK(holds(offered("stress", {"crashes from", "stable", "--stress=400", "--seed=5", "-j2"}),
                "'crashes from run 50 on' -j2 --stress=400 --seed=5"));
    CHECK(holds(offered("retries", {"fails 1", "--retries=2", "--seed=5", "--isolate=exec"}),
                "'fails 1' --isolate=exec --retries=2 --seed=5"));
    CHECK(holds(offered("retries", {"fails once", "--retries=2", "--flaky=fail", "--seed=5"}),
                "'fails once' --retries=2 --flaky=fail --seed=5"));
}

TEST_CASE("whatever a test is named and says, the page stays readable") {
    for (const char* mode : isolating_modes) {
        for (const std::vector<std::string>& way :
             {std::vector<std::string>{}, {"-v", "--show-output", "all"}, {"--show-output", "live"}, {"-q"}}) {
            std::vector<std::string> arguments = way;
            arguments.insert(arguments.end(), {"--isolate", mode});
            const outcome got = run_child("hostile", arguments);
            CAPTURE(mode);
            CAPTURE(joined(way, " "));
            CHECK(got.exit_code == 1);
            CHECK(is_plain(got.out));
            CHECK(is_utf8(got.out));
            CHECK(got.err.empty());
            CHECK(got.out.size() < 4'000'000);
        }
    }
    const outcome colored = run_child("hostile", {"--color", "always", "-v"});
    CHECK(is_plain(without_colors(colored.out)));
    CHECK(is_utf8(colored.out));
    for (const char* list : {"--list", "--list-tags"}) {
        const outcome listed = run_child("hostile", {list});
        CAPTURE(list);
        CHECK(listed.exit_code == 0);
        CHECK(is_plain(listed.out));
        CHECK(is_utf8(listed.out));
    }
    CHECK(is_utf8(run_child("hostile", {"--list=json"}).out));
}

TEST_CASE("what a hostile test is called and prints is kept in the report") {
    const outcome got = run("hostile", {});
    REQUIRE(got.has_report);
    CHECK(got.report.tests.size() == 9);
    CHECK(holds(got.report.tests[0].name, "bell \a, escape \x1b[2J"));
    CHECK(got.report.tests[3].name.size() == 64 * 1024);
    CHECK(got.report.tests[4].name == "Anonymous test case 1");
    CHECK(got.report["skips with everything"].verdict == "skipped");
    const attempt_entry& printed = got.report["prints everything"].last();
    CHECK(holds(printed.out, std::string("nul \0 in the middle\n", 20)));
    CHECK(holds(printed.out, "\x1b[2J\x1b[H"));
}

TEST_CASE("on a terminal there is one bar, and colour") {
    for (const unsigned short columns : {std::uint16_t{40}, std::uint16_t{80}, std::uint16_t{200}}) {
        const terminal_outcome got = run_on_terminal("output", {"-j2"}, columns);
        CAPTURE(columns);
        CAPTURE(got.screen);
        CHECK(got.exit_code == 1);
        CHECK(holds(got.screen, "\x1b["));
        CHECK(holds(got.screen, "\r"));
        CHECK(holds(without_colors(got.screen), "2 failed"));
        CHECK_FALSE(holds(without_colors(got.screen), "pass  "));
    }
}

TEST_CASE("on a terminal without abilities, and with --color never, there are plain lines") {
    const terminal_outcome dumb = run_on_terminal("output", {}, 80, "dumb");
    CAPTURE(dumb.screen);
    CHECK_FALSE(holds(dumb.screen, "\x1b"));
    CHECK(holds(dumb.screen, "says nothing"));
    const terminal_outcome never = run_on_terminal("output", {"--color", "never", "--progress", "lines"}, 80);
    CAPTURE(never.screen);
    CHECK_FALSE(holds(never.screen, "\x1b[3"));
    CHECK(holds(never.screen, "says nothing"));
}

TEST_CASE("tests that want a terminal find none") {
    const terminal_outcome got = run_on_terminal("environment", {"standard input", "--progress", "lines"}, 80);
    CAPTURE(got.screen);
    CHECK(got.exit_code == 0);
}
