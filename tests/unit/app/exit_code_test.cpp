#include <doctest/doctest.h>
#include <cordon/engine/app/exit_code.hpp>
#include <cordon/engine/base/vector.hpp>

#include <utility>

using namespace cordon::engine;

namespace {

app::run_summary run_with(vector<verdict> verdicts) {
    app::run_summary run;
    run.selected = verdicts.size();
    for (verdict what : verdicts)
        ++run.verdicts[static_cast<std::size_t>(what)];
    return run;
}

}  // namespace

TEST_CASE("verdicts give the exit code") {
    struct row {
        vector<verdict> verdicts;
        int code;
    };
    const row rows[] = {
        {{verdict::passed}, 0},
        {{verdict::passed, verdict::skipped, verdict::todo, verdict::known_failure, verdict::quarantined}, 0},
        {{verdict::skipped}, 0},
        {{verdict::passed, verdict::failed}, 1},
        {{verdict::unexpected_pass}, 1},
        {{verdict::passed, verdict::lost}, 4},
        {{verdict::failed, verdict::lost}, 1},
        {{verdict::passed, verdict::not_run}, 1},
        {{verdict::lost, verdict::not_run}, 4},
        {{verdict::flaky}, 0},
    };
    for (const row& each : rows) {
        CHECK(app::exit_code_of(run_with(each.verdicts), {}) == each.code);
    }
}

TEST_CASE("the flaky policy") {
    app::run_summary run = run_with({verdict::flaky});
    CHECK(app::exit_code_of(run, {}) == 0);
    run.flaky_against = 1;
    CHECK(app::exit_code_of(run, {}) == 1);
    run.cancelled_by = 15;
    CHECK(app::exit_code_of(run, {}) == 143);
}

TEST_CASE("nothing selected") {
    options chosen;
    CHECK(app::exit_code_of({}, chosen) == app::exit_nothing_selected);
    chosen.allow_empty = true;
    CHECK(app::exit_code_of({}, chosen) == app::exit_passed);
    app::run_summary empty_shard;
    empty_shard.selected = 5;
    CHECK(app::exit_code_of(empty_shard, {}) == app::exit_passed);
}

TEST_CASE("--skip-code is for runs in which nothing but skipped tests was selected") {
    options chosen;
    chosen.skip_code = 77;
    CHECK(app::exit_code_of(run_with({verdict::skipped}), chosen) == 77);
    CHECK(app::exit_code_of(run_with({verdict::skipped, verdict::todo}), chosen) == 77);
    CHECK(app::exit_code_of(run_with({verdict::skipped}), {}) == 0);
    CHECK(app::exit_code_of(run_with({verdict::skipped, verdict::passed}), chosen) == 0);
    CHECK(app::exit_code_of(run_with({verdict::skipped, verdict::failed}), chosen) == 1);
    CHECK(app::exit_code_of(run_with({verdict::skipped, verdict::not_run}), chosen) == 1);
    CHECK(app::exit_code_of({}, chosen) == app::exit_nothing_selected);
    app::run_summary empty_shard;
    empty_shard.selected = 5;
    CHECK(app::exit_code_of(empty_shard, chosen) == 0);
}

TEST_CASE("trouble and signals") {
    app::run_summary run = run_with({verdict::failed});
    run.report_failed = true;
    CHECK(app::exit_code_of(run, {}) == app::exit_trouble);
    run.cancelled_by = 2;
    CHECK(app::exit_code_of(run, {}) == 130);
}

TEST_CASE("failed tests may leave the exit code 0") {
    options chosen;
    chosen.exit_zero = true;
    CHECK(app::exit_code_of(run_with({verdict::failed, verdict::unexpected_pass}), chosen) == 0);
    CHECK(app::exit_code_of(run_with({verdict::lost}), chosen) == app::exit_trouble);
    CHECK(app::exit_code_of({}, chosen) == app::exit_nothing_selected);
}
