// --report brief, and who gets it without asking.

#include <doctest/doctest.h>

#include <iterator>

#include <cordon/engine/app/agent_variables.hpp>

#include "run_child.hpp"

using namespace process_test;

namespace {

outcome run_for_agent(std::vector<std::string> arguments, const char* variable = "AI_AGENT", const char* value = "1") {
    command what;
    what.program = "formats";
    what.arguments = std::move(arguments);
    what.environment = {{variable, value}};
    what.report = false;
    return run(what);
}

bool is_brief(const outcome& came_to) {
    return came_to.out.find("all details: add --report console") != std::string::npos;
}

}  // namespace

TEST_CASE("every variable of an agent chooses the brief report where standard output is no terminal") {
    for (const char* variable : cordon::engine::app::agent_variables) {
        const outcome came_to = run_for_agent({"fails every time"}, variable);
        CAPTURE(came_to);
        CHECK(came_to.exit_code == 1);
        CHECK(is_brief(came_to));
        CHECK(came_to.out.find("fails every time") != std::string::npos);
    }
    CHECK_FALSE(is_brief(run_for_agent({"fails every time"}, "AI_AGENT", "")));
    CHECK_FALSE(is_brief(run_for_agent({"fails every time"}, "SOME_OTHER_VARIABLE")));
}

TEST_CASE("another report in a file does not switch it off, one on standard output does") {
    CHECK(is_brief(run_for_agent({"fails every time", "--report", "junit=/dev/null"})));
    CHECK_FALSE(is_brief(run_for_agent({"fails every time", "--report", "tap"})));
    CHECK_FALSE(is_brief(run_for_agent({"fails every time", "--report", "console"})));
    CHECK_FALSE(is_brief(run_for_agent({"fails every time", "-v"})));
    CHECK_FALSE(is_brief(run_for_agent({"fails every time", "--show-output", "all"})));
}

TEST_CASE("a run with every ending fits, is the same with any number of workers, and names a command that works") {
    const outcome one = run_for_agent({"-j1"});
    CAPTURE(one);
    CHECK(one.exit_code == 1);
    CHECK(one.err == "");
    CHECK(one.out.size() <= 2048);
    CHECK(one.out.find('\x1b') == std::string::npos);
    const outcome three = run_for_agent({"-j3", "--order", "random"});
    CHECK(three.out == one.out);
}
