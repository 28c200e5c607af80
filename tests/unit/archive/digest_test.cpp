#include <doctest/doctest.h>
#include <cordon/engine/archive/digest.hpp>

#include <deque>
#include <string>

using namespace cordon::engine;
using archive::run_record;

namespace {

constexpr duration ms(std::int64_t count) { return std::chrono::milliseconds(count); }

struct program {
    explicit program(std::size_t tests) {
        for (std::size_t i = 0; i < tests; ++i) {
            names.push_back("test " + std::to_string(i));
            list.tests.emplace_back();
            list.tests.back().name = names.back();
        }
    }

    void run(std::uint64_t build, std::size_t test, verdict what, duration took = ms(1)) {
        run_record made;
        made.time = runs.size() + 1;
        made.build = build;
        made.entries.push_back({archive::id_of(list.tests[test]), what, took});
        runs.push_back(std::move(made));
    }

    test_past of(std::size_t test, std::uint64_t build = 1) const {
        return archive::digest(runs, list, build).of(test);
    }

    std::deque<std::string> names;
    test_list list;
    vector<run_record> runs;
};

}  // namespace

TEST_CASE("of nothing nothing is known") {
    program p(2);
    CHECK(archive::digest(p.runs, p.list, 1).empty());
    p.run(1, 0, verdict::passed);
    CHECK(p.of(1).runs == 0);
    CHECK(p.of(1).timed == 0);
    CHECK(past().of(17).runs == 0);
}

TEST_CASE("runs are counted within a window, passes in a row beyond it") {
    program p(2);
    p.run(1, 0, verdict::failed);
    for (int i = 0; i < 60; ++i)
        p.run(2, 0, verdict::passed);
    CHECK(p.of(0).runs == past_window);
    CHECK(p.of(0).failed == 0);
    CHECK(p.of(0).passed_in_a_row == 60);
    CHECK_FALSE(p.of(0).failed_last);
    p.run(3, 0, verdict::failed);
    CHECK(p.of(0).failed == 1);
    CHECK(p.of(0).not_passed == 1);
    CHECK(p.of(0).passed_in_a_row == 0);
    CHECK(p.of(0).failed_last);
    p.run(4, 0, verdict::passed);
    p.run(5, 0, verdict::flaky);
    CHECK(p.of(0).not_passed == 5);
}

TEST_CASE("what a verdict counts as") {
    struct row {
        verdict what;
        std::uint32_t runs, failed;
        bool failed_last;
    };
    const row table[] = {
        {verdict::passed, 1, 0, false},      {verdict::failed, 1, 1, true},
        {verdict::flaky, 1, 1, false},       {verdict::unexpected_pass, 1, 1, true},
        {verdict::quarantined, 1, 1, false}, {verdict::known_failure, 0, 0, false},
        {verdict::lost, 0, 0, true},
    };
    for (const row& each : table) {
        CAPTURE(std::string(name_of(each.what)));
        program p(1);
        p.run(1, 0, each.what);
        CHECK(p.of(0).runs == each.runs);
        CHECK(p.of(0).failed == each.failed);
        CHECK(p.of(0).failed_last == each.failed_last);
    }
}

TEST_CASE("mixed verdicts are those of one build") {
    program p(1);
    p.run(1, 0, verdict::passed);
    p.run(2, 0, verdict::failed);
    p.run(3, 0, verdict::passed);
    CHECK_FALSE(p.of(0).mixed);
    CHECK(p.of(0, 1).passed_this_build);
    CHECK_FALSE(p.of(0, 2).passed_this_build);
    CHECK_FALSE(p.of(0, 9).passed_this_build);
    p.run(2, 0, verdict::passed);
    CHECK(p.of(0).mixed);
    program flaky(1);
    flaky.run(1, 0, verdict::flaky);
    CHECK(flaky.of(0).mixed);
    // Long ago is forgotten.
    for (int i = 0; i < 40; ++i)
        p.run(4, 0, verdict::passed);
    CHECK_FALSE(p.of(0).mixed);
}

TEST_CASE("a test begins to fail where so many passes before were unlikely") {
    program p(1);
    p.run(1, 0, verdict::failed);  // long ago, of another cause
    for (int i = 0; i < 20; ++i)
        p.run(i < 10 ? 1 : 2, 0, verdict::passed);
    CHECK(p.of(0).began_at == 0);
    p.run(3, 0, verdict::failed);  // the 22nd run
    p.run(3, 0, verdict::passed);
    p.run(3, 0, verdict::flaky);
    p.run(3, 0, verdict::passed);
    test_past known = p.of(0);
    CHECK(known.began_at == 22);
    CHECK(known.began_with_build);
    CHECK(known.passed_before == 20);
    CHECK(known.runs_since == 4);
    CHECK(known.failed_since == 2);
    // As rare as this, it may have failed before, too.
    for (int i = 0; i < 19; ++i)
        p.run(3, 0, verdict::passed);
    CHECK(p.of(0).failed_since == 2);
    CHECK(p.of(0).began_at == 0);

    program same(1);
    for (int i = 0; i < 20; ++i)
        same.run(1, 0, verdict::passed);
    same.run(1, 0, verdict::failed);
    CHECK(same.of(0).began_at == 21);
    CHECK_FALSE(same.of(0).began_with_build);
}

TEST_CASE("times are those of passing runs") {
    program p(1);
    for (int i = 1; i <= 200; ++i)
        p.run(1, 0, verdict::passed, ms(i));
    p.run(1, 0, verdict::failed, ms(100'000));
    const test_past known = p.of(0);
    CHECK(known.timed == 200);
    const auto near = [](duration is, duration expected) { return is <= expected && is >= expected - expected / 500; };
    CHECK(near(known.typical, ms(100)));
    CHECK(near(known.slow_case, ms(198)));
}

TEST_CASE("tests that are gone are no matter, new ones have no past") {
    program p(500);
    for (std::size_t i = 0; i < 500; ++i)
        p.run(1, i, i % 2 == 0 ? verdict::passed : verdict::failed, ms(static_cast<std::int64_t>(i)));
    p.list.tests.erase(p.list.tests.begin() + 100);
    p.list.tests.emplace_back();
    p.list.tests.back().name = "new";
    const past known = archive::digest(p.runs, p.list, 1);
    REQUIRE(known.tests.size() == 500);
    for (std::size_t i = 0; i < 499; ++i) {
        const std::size_t was = i < 100 ? i : i + 1;
        CHECK(known.of(i).runs == 1);
        CHECK(known.of(i).failed == was % 2);
    }
    CHECK(known.of(499).runs == 0);
}

TEST_CASE("a test without a past is expected to take what the others take on average") {
    past known;
    known.tests.resize(3);
    CHECK(expected_times(known).empty());
    known.tests[0].timed = 1;
    known.tests[0].typical = ms(100);
    known.tests[2].timed = 1;
    known.tests[2].typical = ms(300);
    CHECK(expected_times(known) == vector<duration>{ms(100), ms(200), ms(300)});
}
