#include <cordon/engine/run/repeater.hpp>
#include <cordon/engine/run/ticket_book.hpp>

#include <doctest/doctest.h>

#include <map>
#include <set>

#include "fake_world.hpp"

using namespace fake;

namespace {

/// So many runs of each test, in turns of a fixed length.
class fixed_number : public run::repeater {
  public:
    std::uint32_t runs = 50;
    std::uint32_t a_turn = 4;
    duration worker_life = std::chrono::hours(1);
    std::map<std::size_t, std::uint32_t> given;

    cordon::engine::vector<run::planned_run> next_turn(std::size_t test, instant) override {
        cordon::engine::vector<run::planned_run> turn;
        while (turn.size() < a_turn && given[test] < runs) {
            run::planned_run next;
            next.test = test;
            next.number = ++given[test];
            turn.push_back(next);
        }
        return turn;
    }
    select::verdict_decision verdict_on(std::size_t, const std::string& why) override {
        return {why.empty() ? verdict::passed : verdict::not_run, why};
    }
    bool is_worn_out(duration age, duration) const override { return age > worker_life; }
};

std::map<std::size_t, std::uint32_t> runs_of(const scenario::outcome& done) {
    std::map<std::size_t, std::uint32_t> counts;
    for (const begun& each : done.after.begun_attempts)
        ++counts[each.test];
    return counts;
}

}  // namespace

TEST_CASE("every test gets the runs that it is given, and one verdict") {
    for (const std::uint32_t jobs : {1u, 2u, 5u}) {
        fixed_number wanted;
        scenario s(7, jobs);
        s.settings.repeats = &wanted;
        const scenario::outcome done = s.run();
        CHECK(done.fine);
        for (std::size_t test = 0; test < 7; ++test) {
            CHECK(runs_of(done)[test] == 50);
            CHECK(done.seen.verdict_of(test) == verdict::passed);
        }
    }
}

TEST_CASE("a test is never run beside itself, and its runs are spread over the session") {
    fixed_number wanted;
    scenario s(5, 3);
    s.settings.repeats = &wanted;
    std::set<std::uint32_t> running;
    std::map<std::uint32_t, std::size_t> first_end;
    std::size_t begun_in_all = 0;
    s.prepare = [&](world& of) {
        of.on_begin = [&](const wire::work_item& item, std::uint32_t) {
            CHECK(running.insert(item.test).second);
            ++begun_in_all;
            // No test is through before the others have had most of their runs.
            if (item.number == 50) first_end[item.test] = begun_in_all;
        };
        of.on_over = [&](const wire::work_item& item, std::uint32_t) { running.erase(item.test); };
    };
    s.run();
    for (const auto& [test, at] : first_end)
        CHECK(at > 5 * 50 / 2);
}

TEST_CASE("workers are renewed, in order and without being called replaced or lost") {
    fixed_number wanted;
    wanted.worker_life = ms(5);
    scenario s(4, 2);
    s.settings.repeats = &wanted;
    const scenario::outcome done = s.run();
    CHECK(done.fine);
    CHECK(done.after.starts > 4);
    CHECK(done.after.killed == 0);
    for (const event& each : done.seen.events) {
        CHECK(each.get_if<worker_lost>() == nullptr);
        if (const worker_started* started = each.get_if<worker_started>()) CHECK_FALSE(started->replacement);
    }
    CHECK(runs_of(done)[3] == 50);
}

TEST_CASE("a worker that dies takes only the run with it that it was in") {
    fixed_number wanted;
    scenario s(4, 2);
    s.counts_every_attempt = false;
    s.settings.repeats = &wanted;
    s.prepare = [&](world& of) {
        for (const std::uint32_t slot : {0u, 1u}) {
            of.later(ms(20), [&of, slot](inbox& to) { of.kill_worker_now(slot, to); });
        }
    };
    const scenario::outcome done = s.run();
    CHECK(done.fine);
    std::size_t ended = 0;
    for (const event& each : done.seen.events) {
        if (each.get_if<attempt_ended>() != nullptr) ++ended;
    }
    // What had not begun is not repeated: a repeater counts what came back, and asks for more.
    CHECK(ended >= 4 * 50 - 2 * 16);
    CHECK(ended <= 4 * 50);
}

TEST_CASE("a worker that was retired and does not leave is killed") {
    fixed_number wanted;
    wanted.worker_life = ms(5);
    wanted.runs = 30;
    scenario s(1, 1);
    s.settings.repeats = &wanted;
    s.prepare = [&](world& of) {
        of.workers_stay = true;
        of.later(std::chrono::seconds(5), [&of](inbox&) { of.workers_stay = false; });
    };
    const scenario::outcome done = s.run();
    CHECK(done.fine);
    CHECK(done.after.killed >= 1);
    CHECK(runs_of(done)[0] == 30);
}

TEST_CASE("a cancelled run asks for verdicts on what there is") {
    fixed_number wanted;
    wanted.runs = 1'000'000;
    scenario s(3, 2);
    s.settings.repeats = &wanted;
    s.prepare = [](world& of) { of.later(ms(50), [](inbox& to) { to.on_cancel(2, 1); }); };
    const scenario::outcome done = s.run();
    for (std::size_t test = 0; test < 3; ++test)
        CHECK(done.seen.verdict_of(test) == verdict::not_run);
}

TEST_CASE("settled tickets are forgotten, whatever the order") {
    run::ticket_book book;
    for (std::uint32_t i = 1; i <= 5; ++i)
        CHECK(book.add(i, 1, i) == i);
    book.settle(3);
    book.settle(2);
    CHECK(book.open() == 5);
    CHECK(book[4].test == 4);
    book.settle(1);
    CHECK(book.open() == 2);
    CHECK(book[5].test == 5);
    for (std::uint32_t i = 6; i < 100'000; ++i) {
        book.settle(i - 2);
        CHECK(book.add(i, 1, i) == i);
    }
    CHECK(book.open() == 2);
}
