#include "run_child.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

using namespace process_test;

namespace {

struct turn {
    std::string name;
    long long begin = 0;
    long long end = 0;

    bool is(const std::string& kind) const { return name.rfind(kind, 0) == 0; }
    bool overlaps(const turn& other) const { return begin < other.end && other.begin < end; }
};

std::vector<turn> read_turns(const std::string& log) {
    std::vector<turn> turns;
    for (const std::string& line : lines_of(log)) {
        std::istringstream text(line);
        char what = 0;
        long long when = 0;
        std::string name;
        text >> what >> when;
        std::getline(text >> std::ws, name);
        if (what == '+') turns.push_back({name, when, 0});
        if (what != '-') continue;
        for (turn& each : turns) {
            if (each.name == name) each.end = when;
        }
    }
    return turns;
}

std::vector<turn> run_turns(const std::string& mode, const std::string& jobs) {
    temp_folder folder;
    command what;
    what.program = "turns";
    what.arguments = {"--isolate", mode, "-j", jobs};
    what.environment = {{"LOG", folder / "log"}};
    const outcome got = run(what);
    INFO(got);
    CHECK(got.exit_code == 0);
    CHECK(got.report.count("passed") == 25);
    const std::vector<turn> turns = read_turns(read_file(folder / "log"));
    CHECK(turns.size() == 25);
    return turns;
}

bool uses(const turn& one, const std::string& thing) {
    if (thing == "db") return one.is("serial db") || one.is("both");
    if (thing == "net") return one.is("serial net");
    return one.is("gpu") || one.is("both");
}

int load_of(const turn& one, int jobs) {
    if (one.is("wide")) return std::min(3, jobs);
    return one.is("too wide") ? jobs : 1;
}

/// The most at any instant, of those that `counts` gives a number.
template <class Count>
int most_at_once(const std::vector<turn>& turns, Count count) {
    int most = 0;
    for (const turn& at : turns) {
        int sum = 0;
        for (const turn& each : turns) {
            if (each.begin <= at.begin && at.begin < each.end) sum += count(each);
        }
        most = std::max(most, sum);
    }
    return most;
}

void check_turns(const std::vector<turn>& turns, int jobs) {
    CHECK(most_at_once(turns, [](const turn& each) { return uses(each, "db") ? 1 : 0; }) == 1);
    CHECK(most_at_once(turns, [](const turn& each) { return uses(each, "net") ? 1 : 0; }) == 1);
    CHECK(most_at_once(turns, [](const turn& each) { return uses(each, "gpu") ? 1 : 0; }) <= 2);
    CHECK(most_at_once(turns, [jobs](const turn& each) { return load_of(each, jobs); }) <= jobs);
    for (const turn& one : turns) {
        for (const turn& other : turns) {
            if (&one == &other || !one.is("alone")) continue;
            CAPTURE(one.name);
            CAPTURE(other.name);
            CHECK(!one.overlaps(other));
        }
    }
}

}  // namespace

TEST_CASE("tests that exclude each other do not run at the same time") {
    for (const std::string mode : {"fork", "exec", "shard"}) {
        for (const int jobs : {2, 8}) {
            CAPTURE(mode);
            CAPTURE(jobs);
            const std::vector<turn> turns = run_turns(mode, std::to_string(jobs));
            check_turns(turns, jobs);
            // The others do, or none of this says much.
            CHECK(most_at_once(turns, [](const turn&) { return 1; }) >= 2);
        }
    }
}
