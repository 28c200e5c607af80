#include <doctest/doctest.h>
#include <cordon/engine/archive/observer.hpp>

using namespace cordon::engine;

namespace {

struct watched_run {
    watched_run() {
        static test_list list;
        list.tests.assign(4, {});
        const char* const names[] = {"a", "b", "c", "d"};
        for (std::size_t i = 0; i < 4; ++i)
            list.tests[i].name = names[i];
        run_started start;
        start.info.started_at = "1970-01-01T00:01:17.900Z";
        start.info.build_key = 5;
        start.list = std::shared_ptr<const test_list>(std::shared_ptr<void>(), &list);
        watched = start.list;
        seen.on(start);
    }
    void attempt(std::size_t test, ending how, int took) {
        attempt_ended end;
        end.result.test = test;
        end.result.how = how;
        end.result.took = duration(took);
        seen.on(end);
    }
    void verdict_is(std::size_t test, verdict what) { seen.on(test_finished{test, what, {}, {}}); }

    std::shared_ptr<const test_list> watched;
    archive::observer seen;
};

}  // namespace

TEST_CASE("a run is remembered by its verdicts, with the time of the attempt that passed") {
    watched_run run;
    run.attempt(0, ending::passed, 5);
    run.verdict_is(0, verdict::passed);
    run.attempt(1, ending::timed_out, 1000);
    run.attempt(1, ending::passed, 7);
    run.verdict_is(1, verdict::flaky);
    run.attempt(2, ending::failed, 9);
    run.attempt(2, ending::failed, 11);
    run.verdict_is(2, verdict::failed);
    run.verdict_is(3, verdict::skipped);
    const archive::run_record made = run.seen.record();
    CHECK(made.time == 77);
    CHECK(made.build == 5);
    REQUIRE(made.entries.size() == 3);
    CHECK(made.entries[0].test == archive::id_of(run.watched->tests[0]));
    CHECK(made.entries[0].took == duration(5));
    CHECK(made.entries[1].took == duration(7));
    CHECK(made.entries[1].what == verdict::flaky);
    CHECK(made.entries[2].took == duration(11));
    CHECK(made.entries[2].what == verdict::failed);
}

TEST_CASE("tests that were not run leave nothing behind") {
    watched_run run;
    for (std::size_t i = 0; i < 4; ++i)
        run.verdict_is(i, i == 0 ? verdict::todo : verdict::not_run);
    CHECK(run.seen.record().entries.empty());
    CHECK(archive::observer().record().entries.empty());
}

TEST_CASE("a run that can be compared with no other is not remembered") {
    watched_run run;
    run_started start;
    start.list = run.watched;
    run.seen.on(start);
    run.verdict_is(0, verdict::passed);
    CHECK(run.seen.record().entries.empty());
}
