#include <doctest/doctest.h>
#include <cordon/engine/app/prepare.hpp>

#include <string>

using namespace cordon::engine;

namespace {

using indices = vector<std::size_t>;

app::program_tests example() {
    app::program_tests tests;
    for (const std::string_view name : {"adds", "adds twice", "divides"}) {
        test_info test;
        test.suite = "math";
        test.name = name;
        tests.list.tests.push_back(test);
    }
    return tests;
}

result<app::prepared_run> prepared(options chosen, const app::program_tests& tests = example()) {
    chosen.history.off = true;
    archive::history_book book(chosen.history, "program", [](const std::string&) {});
    return app::prepare_run(tests, std::move(chosen), {"./program"}, book, false);
}

options with_patterns(vector<std::string> patterns) {
    options chosen;
    chosen.isolation = cordon::isolate::exec;
    chosen.patterns = std::move(patterns);
    return chosen;
}

}  // namespace

TEST_CASE("a run knows its tests, its seed and how it is isolated before it begins") {
    options chosen = with_patterns({"*adds*"});
    chosen.seed = 7;
    chosen.jobs = 3;
    chosen.isolation = cordon::isolate::exec;
    const app::prepared_run run = prepared(chosen).value();
    CHECK(run.what.order == indices{0, 1});
    CHECK(run.info.seed == 7);
    CHECK(run.info.isolation == cordon::isolate::exec);
    CHECK(run.info.jobs == 2);  // no more than tests
    CHECK(app::jobs_of(run) == 3);
    CHECK(run.info.filtered_out == 1);
    CHECK(run.info.command_line == vector<std::string>{"./program"});
}

TEST_CASE("one process has one worker, and no time limit") {
    options chosen = with_patterns({});
    chosen.isolation = cordon::isolate::none;
    chosen.jobs = 8;
    const app::prepared_run run = prepared(chosen).value();
    CHECK(run.info.jobs == 1);
    CHECK(run.info.timeout == duration{0});
    CHECK(run.info.prints_through);
    CHECK_FALSE(app::is_isolated(run));
}

TEST_CASE("a debugger that is waited for attaches to the process of the tests") {
    options chosen = with_patterns({});
    chosen.wait_for_debugger = true;
    CHECK(prepared(chosen).value().info.isolation == cordon::isolate::none);
}

TEST_CASE("two runs with different nonces are the same to the history, unless their order is their own") {
    options chosen = with_patterns({});
    chosen.isolation = cordon::isolate::shard;
    const app::prepared_run one = prepared(chosen).value(), other = prepared(chosen).value();
    CHECK(app::history_key(example(), one.chosen, one.info) == app::history_key(example(), other.chosen, other.info));
    app::program_tests overridden = example();
    overridden.overridden = "a timeout=1\n";
    CHECK(app::history_key(example(), one.chosen, one.info) != app::history_key(overridden, one.chosen, one.info));
    chosen.order = test_order::random;
    const app::prepared_run random = prepared(chosen).value(), again = prepared(chosen).value();
    CHECK(app::history_key(example(), random.chosen, random.info) !=
          app::history_key(example(), again.chosen, again.info));
}

TEST_CASE("to the history, another seed is another run where there are properties") {
    app::program_tests tests = example();
    const options chosen = with_patterns({});
    CHECK(prepared(chosen, tests).value().history_key == prepared(chosen, tests).value().history_key);
    tests.list.tests[1].is_property = true;
    CHECK(prepared(chosen, tests).value().history_key != prepared(chosen, tests).value().history_key);
}

TEST_CASE("the history keeps runs that can be compared") {
    options chosen = with_patterns({});
    CHECK(prepared(chosen).value().info.build_key == prepared(chosen).value().history_key);
    chosen.stress = true;
    CHECK(prepared(chosen).value().info.build_key == 0);
    chosen.stress = false;
    chosen.isolation = cordon::isolate::none;
    CHECK(prepared(chosen).value().info.build_key == 0);
}

TEST_CASE("--find-polluter looks into one test, and suspects what was selected") {
    options chosen = with_patterns({});
    chosen.find_polluter = "adds";  // also a part of another test's name
    const app::prepared_run run = prepared(chosen).value();
    CHECK(run.what.order == indices{0});
    CHECK(run.suspects == indices{0, 1, 2});
    CHECK(run.info.repeats);

    chosen.find_polluter = "math/adds twice";
    CHECK(prepared(chosen).value().what.order == indices{1});
    chosen.find_polluter = "*adds*";
    CHECK(prepared(chosen).failure().detail == "--find-polluter '*adds*': expected to name one test, not 2");
    chosen.find_polluter = "multiplies";
    CHECK(prepared(chosen).failure().detail ==
          "--find-polluter 'multiplies': expected to name one test, but it names none");
}

TEST_CASE("a run of some tests does not decide what --failed selects") {
    CHECK(app::decides_what_failed(prepared(with_patterns({})).value()));
    CHECK_FALSE(app::decides_what_failed(prepared(with_patterns({"*adds*"})).value()));
    options chosen = with_patterns({});
    chosen.stress = true;
    CHECK_FALSE(app::decides_what_failed(prepared(chosen).value()));
    chosen.stress = false;
    chosen.subcases.push_back("empty");
    CHECK_FALSE(app::decides_what_failed(prepared(chosen).value()));
}
