#include <cordon/engine/model/conditions.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

using namespace cordon::engine;

namespace {

std::string error_of(const char* text) {
    condition made;
    const status added = add_condition(made, text);
    return added ? "" : added.failure().detail;
}

}  // namespace

TEST_CASE("each condition takes its own default") {
    for (const condition_row& row : condition_table) {
        CAPTURE(name_of(row.kind));
        CHECK(error_of(std::string(name_of(row.kind)).c_str()) == "");
        CHECK(error_of((std::string(name_of(row.kind)) + "=" + row.standard).c_str()) == "");
    }
}

TEST_CASE("values are stored where they belong") {
    condition made;
    for (const char* text : {"cpus=2", "hogs=3", "nice=4", "timer-slack=5ms", "pulses=6ms", "addresses", "malloc=7",
                             "stack=8", "seed=0x9", "umask=012", "folder=/x", "open-files=11"}) {
        CAPTURE(text);
        CHECK(add_condition(made, text));
    }
    CHECK(made.worker.processors == 2);
    CHECK(made.hogs == 3);
    CHECK(made.worker.niceness == 4);
    CHECK(made.worker.timer_slack == std::chrono::milliseconds(5));
    CHECK(made.worker.pulses == std::chrono::milliseconds(6));
    CHECK(made.fixed_addresses);
    CHECK_FALSE(made.random_addresses);
    condition random;
    CHECK(add_condition(random, "addresses=random"));
    CHECK(random.random_addresses);
    CHECK_FALSE(random.fixed_addresses);
    CHECK(random.any());
    REQUIRE(made.variables.size() == 2);
    CHECK(made.variables[0] == "MALLOC_PERTURB_=7");
    CHECK(made.worker.stack_fill == 9);
    CHECK(made.seed == 9u);
    CHECK(made.worker.file_mask == 012 + 1);
    CHECK(made.worker.folder == "/x");
    CHECK(made.worker.open_files == 11);
    CHECK(add_condition(made, "tz=UTC"));
    CHECK(made.variables.size() == 3);
}

TEST_CASE("wrong ones say what was expected") {
    CHECK(error_of("cpu").find("did you mean cpus?") != std::string::npos);
    CHECK(error_of("").find("one of cpus, ") == 0);
    for (const char* text : {"nice=20", "nice=-1", "umask=8", "umask=1000", "malloc=0", "malloc=256", "stack=256",
                             "timer-slack=0", "timer-slack=11s", "hogs=0", "addresses=odd", "seed=x", "folder="}) {
        CAPTURE(text);
        CHECK(error_of(text) != "");
    }
}

TEST_CASE("where addresses are fixed already their randomisation is varied") {
    const auto has = [](const vector<variation>& wanted, const char* text) {
        return std::find(wanted.begin(), wanted.end(), variation(text)) != wanted.end();
    };
    CHECK(has(conditions_to_vary({}), "addresses=fixed"));
    CHECK_FALSE(has(conditions_to_vary({}), "addresses=random"));
    CHECK(has(conditions_to_vary({}, true), "addresses=random"));
    CHECK_FALSE(has(conditions_to_vary({}, true), "addresses=fixed"));
    CHECK(has(conditions_to_vary({"addresses"}, true), "addresses=random"));
    CHECK(has(conditions_to_vary({"addresses=fixed"}, true), "addresses=fixed"));
}

TEST_CASE("what is varied may be chosen, with values or without") {
    const auto joined = [](const vector<std::string>& chosen) {
        std::string text;
        for (const variation& each : conditions_to_vary(chosen))
            text += each.text + " ";
        return text;
    };
    CHECK(conditions_to_vary({}).size() == 17);
    for (const variation& each : conditions_to_vary({}))
        CHECK(error_of(each.text.c_str()) == "");
    CHECK(joined({"hogs"}) == "hogs=4 ");
    CHECK(joined({"tz", "hogs=9"}) == "tz=<+1345>-13:45 tz=CET-1CEST,M3.5.0,M10.5.0/3 tz=<-11>11 hogs=9 ");
    CHECK(joined({"nice"}) == "nice=19 ");  // not varied unless it is asked for
    CHECK(joined({"order", "alone"}) == "");
    CHECK(joined({"tz", "hogs", "hogs=4", "tz=<-11>11"}) ==
          "tz=<+1345>-13:45 tz=CET-1CEST,M3.5.0,M10.5.0/3 tz=<-11>11 hogs=4 ");  // each once
}

TEST_CASE("the environment is changed all at once, each condition of it in one way") {
    const condition all = condition_of(condition_kind::environment);
    const vector<std::string> variables = {"HOME=/nonexistent", "LC_ALL=tr_TR.UTF-8", "TZ=<-11>11"};
    CHECK(all.variables == variables);
    CHECK(all.worker.file_mask == 077 + 1);
    CHECK(all.worker.folder == "/");
    CHECK(all.worker.open_files == 32);
    CHECK(all.hogs == 0);
}

TEST_CASE("the list of conditions names each, what it does and what it is without a value") {
    const std::string list = conditions_in_words();
    for (const condition_row& row : condition_table) {
        CAPTURE(name_of(row.kind));
        CHECK(list.find(std::string(name_of(row.kind)) + "=" + row.value) != std::string::npos);
        CHECK(list.find(row.line) != std::string::npos);
        CHECK(list.find(row.standard) != std::string::npos);
    }
    CHECK(list.find("\ntwins ") != std::string::npos);
}
