#include <doctest/doctest.h>
#include <cordon/engine/base/random.hpp>
#include <cordon/engine/base/vector.hpp>

#include <memory>
#include <string>

#include "fake_world.hpp"

// Runs drawn at random: whatever tests, setups and workers do, every test gets exactly one verdict, nothing runs twice,
// constraints hold at every moment, and the run ends. fake::witness and fake::world look at most of it.

using namespace fake;
using cordon::isolate;

namespace {

struct storm {
    random_source random;
    scenario run;
    cordon::engine::vector<std::string> groups{"red", "green"};
    std::map<std::uint32_t, std::size_t> running;  // test by slot
    bool may_be_given_up = false;
    bool may_be_stopped = false;

    explicit storm(std::uint64_t seed) : random(seed), run(drawn(random)) {
        run.settings.seed = seed;
        run.settings.live = random.below(3) == 0;
        run.chosen.retries = static_cast<std::uint32_t>(random.below(3));
        run.chosen.budget = retry_budget{1'000'000, false};
        run.chosen.retry_delay = ms(static_cast<std::int64_t>(random.below(3) * 40));
        run.chosen.grace = ms(100);
        if (random.below(6) == 0) run.chosen.fail_fast = static_cast<std::uint32_t>(1 + random.below(4));
        if (random.below(12) == 0) run.chosen.global_timeout = ms(static_cast<std::int64_t>(1 + random.below(400)));
        may_be_stopped = run.chosen.fail_fast != 0 || run.chosen.global_timeout != duration{0};
        for (test_info& test : run.list.tests)
            decorate(test);
        if (!run.list.tests.empty() && random.below(3) == 0) add_setups();
        draw_deeds();
        draw_weather();
    }

    // One statement a draw: compilers differ in which argument of a call they evaluate first.
    static scenario drawn(random_source& random) {
        const isolate mode = random.below(5) == 0   ? isolate::exec
                             : random.below(2) == 0 ? isolate::shard
                                                    : isolate::fork;
        const auto jobs = static_cast<std::uint32_t>(1 + random.below(5));
        const std::uint64_t tests = random.below(60);
        return scenario(tests, jobs, mode);
    }

    void decorate(test_info& test) {
        switch (random.below(30)) {
            case 0:
                test.skip = "why";
                break;
            case 1:
                test.serial = groups[random.below(2)];
                break;
            case 2:
                test.exclusive = true;
                break;
            case 3:
                test.threads = static_cast<std::uint32_t>(2 + random.below(3));
                break;
            case 4:
                test.resources.push_back({"port", 2});
                break;
            case 5:
                test.isolation = isolate::exec;
                break;
            case 6:
                test.isolation = isolate::shard;
                break;
            case 7:
                test.should_fail = true;
                break;
            case 8:
                test.quarantine = "issue";
                break;
            case 9:
                test.retries = 1;
                break;
            default:
                break;
        }
    }

    void add_setups() {
        const auto count = static_cast<std::uint32_t>(1 + random.below(3));
        run.nest_setups(count);
        for (std::uint32_t& chain : run.setups.chain_of_test)
            chain = static_cast<std::uint32_t>(random.below(count + 1));
        cordon::engine::vector<setup_deed> deeds;
        for (std::uint32_t i = 0; i < count; ++i) {
            const std::uint64_t drawn = random.below(14);
            deeds.push_back(drawn < 7 ? static_cast<setup_deed>(drawn) : setup_deed::succeed);
            if (deeds.back() == setup_deed::die_later || deeds.back() == setup_deed::no_process) may_be_given_up = true;
        }
        run.plays.setup = [deeds](std::uint32_t group) { return deeds[group]; };
    }

    void draw_deeds() {
        const std::uint64_t badness = random.below(4);  // of 10 tests
        const std::uint64_t seed = random.next();
        const bool in_quick_world = random.below(2) == 0;
        run.plays.test = [=](std::size_t test, std::uint32_t number) {
            random_source own(seed + test * 1000 + number);
            behaviour made;
            made.takes = us(static_cast<std::int64_t>(own.below(in_quick_world ? 200 : 20000)));
            if (own.below(100) == 0) made.takes = ms(300);
            made.prints = own.below(3) == 0;
            if (own.below(10) < badness) made.what = static_cast<deed>(own.below(12));
            return made;
        };
    }

    void draw_weather() {
        auto own = std::make_shared<random_source>(random.next());
        run.plays.up_to = [own](duration most) {
            return duration(static_cast<std::int64_t>(own->below(static_cast<std::uint64_t>(most.count()) + 1)));
        };
        const std::uint64_t bad_starts = random.below(10) == 0 ? random.below(6) : 0;
        if (bad_starts > 0) may_be_given_up = true;
        run.plays.comes_up = [own, bad_starts](std::uint32_t) { return own->below(10) >= bad_starts; };
        const std::uint64_t murders = random.below(4) == 0 ? random.below(6) : 0;
        if (murders > 2) may_be_given_up = true;
        const std::size_t room = random.below(4) == 0 ? 1 + random.below(4) : 1000;
        const bool is_cancelled = random.below(10) == 0;
        may_be_stopped = may_be_stopped || is_cancelled;
        run.prepare = [this, murders, room, is_cancelled](world& of) {
            of.on_begin = [this, &of](const wire::work_item& item, std::uint32_t slot) { begin(item, slot, of); };
            of.on_over = [this](const wire::work_item& item, std::uint32_t slot) {
                if (running.count(slot) != 0 && running[slot] == item.test) running.erase(slot);
            };
            of.room = room;
            if (random.below(2) == 0) of.later(ms(100), [&of](inbox&) { of.room = 1000; });
            for (std::uint64_t i = 0; i < murders; ++i) {
                const auto slot = static_cast<std::uint32_t>(random.below(run.settings.jobs));
                of.later(us(static_cast<std::int64_t>(random.below(200'000))), [&of, slot](inbox& to) {
                    if (of.starts > 0) of.kill_worker_now(slot, to);
                });
            }
            if (is_cancelled) {
                const auto when = us(static_cast<std::int64_t>(random.below(100'000)));
                of.later(when, [](inbox& to) { to.on_cancel(2, 1); });
                if (random.below(3) == 0) of.later(when + ms(20), [](inbox& to) { to.on_cancel(2, 2); });
            }
        };
    }

    void begin(const wire::work_item& item, std::uint32_t slot, world& of) {
        const test_info& test = run.list.tests[item.test];
        if (item.mode != isolate::exec) CHECK(of.entered(slot) == run.setups.chain_of(item.test));
        CHECK_FALSE(select::is_never_started(test));
        CHECK(running.count(slot) == 0);
        std::uint32_t load = std::min(test.threads, run.settings.jobs);
        std::size_t holders = 1;
        for (const auto& [other_slot, index] : running) {
            const test_info& other = run.list.tests[index];
            CHECK_FALSE(test.exclusive);
            CHECK_FALSE(other.exclusive);
            if (test.serial && other.serial) CHECK(*test.serial != *other.serial);
            if (!test.resources.empty() && !other.resources.empty()) ++holders;
            load += std::min(other.threads, run.settings.jobs);
        }
        CHECK(holders <= 2);
        CHECK(load <= run.settings.jobs);
        running[slot] = item.test;
    }

    void judge(const scenario::outcome& done) const {
        if (!may_be_given_up) CHECK(done.fine);
        for (std::size_t i = 0; i < run.list.tests.size(); ++i) {
            const verdict what = done.seen.verdict_of(i);
            cordon::engine::vector<select::attempt_summary> all;
            const auto found = done.seen.attempts.find(i);
            if (found != done.seen.attempts.end()) {
                for (const attempt_result& each : found->second)
                    all.push_back(select::summary_of(each));
            }
            const bool cut_short = !done.fine || may_be_stopped;
            if (cut_short && (what == verdict::not_run || what == verdict::lost)) continue;
            CHECK(what == select::judge(run.list.tests[i], all).what);
            if (cut_short) continue;
            // Nothing that was to be tried again was forgotten.
            CHECK_FALSE(
                select::is_retried(run.list.tests[i], all, run.list.tests[i].retries.value_or(run.chosen.retries)));
        }
    }
};

}  // namespace

TEST_CASE("what a dead worker had said may stop the run") {
    for (const std::uint64_t seed : {7288, 10672}) {
        CAPTURE(seed);
        storm each(seed);
        each.judge(each.run.run());
    }
}

TEST_CASE("a thousand random runs") {
    std::size_t attempts = 0;
    std::size_t workers = 0;
    for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
        CAPTURE(seed);
        storm each(seed);
        const scenario::outcome done = each.run.run();
        each.judge(done);
        attempts += done.after.begun_attempts.size();
        workers += done.after.starts;
    }
    MESSAGE(attempts << " attempts on " << workers << " workers");
    CHECK(attempts > 20'000);
}
