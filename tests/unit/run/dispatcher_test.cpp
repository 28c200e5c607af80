#include <doctest/doctest.h>

#include <cordon/engine/base/vector.hpp>
#include <string>

#include "fake_world.hpp"

using namespace fake;
using cordon::isolate;
using texts = cordon::engine::vector<std::string>;

namespace {

/// One deed for a test's attempts, the last one for all that follow.
void plays(scenario& of, std::map<std::size_t, cordon::engine::vector<deed>> deeds) {
    of.plays.test = [deeds](std::size_t test, std::uint32_t number) {
        behaviour made;
        const auto found = deeds.find(test);
        if (found == deeds.end()) return made;
        made.what = found->second[std::min<std::size_t>(number, found->second.size()) - 1];
        return made;
    };
}

bool contains(const texts& all, std::string_view part) {
    for (const std::string& each : all) {
        if (each.find(part) != std::string::npos) return true;
    }
    return false;
}

std::size_t commands_of(const world& in, std::size_t kind) {
    std::size_t count = 0;
    for (const auto& slot : in.sent) {
        for (const wire::command& each : slot) {
            if (each.index() == kind) ++count;
        }
    }
    return count;
}

}  // namespace

TEST_CASE("a run of nothing ends at once") {
    scenario s(0, 4);
    const scenario::outcome done = s.run();
    CHECK(done.fine);
    CHECK(done.after.starts == 0);
    CHECK(done.seen.events.back().get_if<run_finished>() != nullptr);
}

TEST_CASE("every test passes, in each mode and with any number of jobs") {
    for (const isolate mode : {isolate::fork, isolate::exec, isolate::shard}) {
        for (const std::uint32_t jobs : {1u, 2u, 7u}) {
            scenario s(40, jobs, mode);
            const scenario::outcome done = s.run();
            CHECK(done.fine);
            for (std::size_t i = 0; i < 40; ++i) {
                CHECK(done.seen.verdict_of(i) == verdict::passed);
                CHECK(done.seen.endings_of(i) == "passed");
            }
            CHECK(done.after.begun_attempts.size() == 40);
            CHECK(done.after.starts <= jobs);
            CHECK(done.after.killed == 0);
            CHECK(done.seen.workers_lost.empty());
        }
    }
}

TEST_CASE("there are never more workers than tests") {
    scenario s(3, 16);
    CHECK(s.run().after.starts <= 3);
}

TEST_CASE("skipped and todo tests are settled without a worker") {
    scenario s(2, 2);
    s.list.tests[0].skip = "why";
    s.list.tests[1].todo = "later";
    const scenario::outcome done = s.run();
    CHECK(done.after.starts == 0);
    CHECK(done.seen.verdict_of(0) == verdict::skipped);
    CHECK(done.seen.verdict_of(1) == verdict::todo);
}

TEST_CASE("each deed has its ending") {
    struct row {
        deed what;
        const char* endings;
        verdict expected;
    };
    const row table[] = {
        {deed::pass, "passed", verdict::passed},         {deed::fail, "failed", verdict::failed},
        {deed::skip, "skipped", verdict::skipped},       {deed::crash, "crashed", verdict::failed},
        {deed::exit_early, "exited", verdict::failed},   {deed::exit_failure, "exit_failure", verdict::failed},
        {deed::hang, "timed_out", verdict::failed},      {deed::vanish, "crashed", verdict::failed},
        {deed::kill_worker, "lost lost", verdict::lost}, {deed::no_process, "lost lost", verdict::lost},
    };
    for (const isolate mode : {isolate::fork, isolate::shard}) {
        for (const row& each : table) {
            CAPTURE(std::string(each.endings));
            scenario s(5, 1, mode);
            // What befalls a process as it is made befalls the first of the tests that share it.
            const bool of_process = each.what == deed::vanish || each.what == deed::no_process;
            const std::size_t odd = mode == isolate::shard && of_process ? 0 : 2;
            plays(s, {{odd, {each.what}}});
            const scenario::outcome done = s.run();
            CHECK(done.fine);
            CHECK(done.seen.verdict_of(odd) == each.expected);
            if (mode == isolate::fork) CHECK(done.seen.endings_of(odd) == each.endings);
            // Where no process can be made for a batch, none of it can be run.
            if (mode == isolate::shard && each.what == deed::no_process) continue;
            for (const std::size_t other : {1u, 3u, 4u})
                CHECK(done.seen.verdict_of(other) == verdict::passed);
        }
    }
}

TEST_CASE("in one process with others, a crash is charged to the running test; the rest goes on elsewhere") {
    scenario s(60, 1, isolate::shard);
    std::map<std::size_t, cordon::engine::vector<deed>> deeds;
    for (std::size_t i = 0; i < 60; i += 3)
        deeds[i] = {i % 2 == 0 ? deed::crash : deed::exit_early};
    plays(s, deeds);
    const scenario::outcome done = s.run();
    for (std::size_t i = 0; i < 60; ++i)
        CHECK(done.seen.endings_of(i) == (i % 3 != 0 ? "passed" : i % 2 == 0 ? "crashed" : "exited"));
    CHECK(done.after.begun_attempts.size() == 60);
}

TEST_CASE("a thousand tests that all crash have a thousand results") {
    for (const isolate mode : {isolate::fork, isolate::shard}) {
        scenario s(1000, 2, mode);
        s.plays.test = [](std::size_t, std::uint32_t) { return behaviour{deed::crash, us(100), false}; };
        const scenario::outcome done = s.run();
        CHECK(done.fine);
        CHECK(done.after.starts == 2);
        for (std::size_t i = 0; i < 1000; ++i)
            CHECK(done.seen.endings_of(i) == "crashed");
    }
}

TEST_CASE("what tests print is theirs, also when it comes in after the next one has ended") {
    for (const isolate mode : {isolate::fork, isolate::shard}) {
        scenario s(30, 2, mode);
        s.plays.test = [](std::size_t test, std::uint32_t) { return behaviour{deed::pass, us(300), test % 3 == 0}; };
        const scenario::outcome done = s.run();
        for (std::size_t i = 0; i < 30; ++i) {
            const captured_output& output = done.seen.attempts.at(i).front().output;
            CHECK(output.text(stream::out) == (i % 3 == 0 ? "printed" : ""));
            CHECK(done.seen.verdict_of(i) == verdict::passed);
        }
    }
}

TEST_CASE("an end that was never said is noticed when the process ends; the run does not wait for it") {
    scenario s(20, 1, isolate::shard);
    plays(s, {{4, {deed::silent, deed::pass}}, {5, {deed::silent}}});
    const scenario::outcome done = s.run();
    CHECK(done.seen.endings_of(4) == "lost passed");
    CHECK(done.seen.verdict_of(4) == verdict::passed);
    CHECK(done.seen.endings_of(5).substr(0, 4) == "lost");
    CHECK(done.seen.verdict_of(6) == verdict::passed);
}

// ---- retries ----

TEST_CASE("a failed test is tried again after all others had their turn") {
    scenario s(6, 2);
    s.chosen.retries = 2;
    plays(s, {{0, {deed::fail, deed::fail, deed::pass}}, {1, {deed::fail}}});
    const scenario::outcome done = s.run();
    CHECK(done.seen.endings_of(0) == "failed failed passed");
    CHECK(done.seen.verdict_of(0) == verdict::flaky);
    CHECK(done.seen.endings_of(1) == "failed failed failed");
    CHECK(done.seen.verdict_of(1) == verdict::failed);
    const cordon::engine::vector<begun>& order = done.after.begun_attempts;
    for (std::size_t i = 0; i < 6; ++i)
        CHECK(order[i].number == 1);
}

TEST_CASE("a crash is tried again to learn more, and does not turn green unless that was asked for") {
    for (const bool asked : {false, true}) {
        scenario s(3, 2);
        s.chosen.retries = 2;
        s.chosen.retry_on.classes[static_cast<std::size_t>(retry_class::crash)] = asked;
        plays(s, {{0, {deed::crash, deed::pass}}});
        const scenario::outcome done = s.run();
        CHECK(done.seen.endings_of(0) == "crashed passed");
        CHECK(done.seen.verdict_of(0) == (asked ? verdict::flaky : verdict::failed));
    }
}

TEST_CASE("retries wait for their delay, which grows with each") {
    scenario s(4, 2);
    s.chosen.retries = 3;
    s.chosen.retry_delay = ms(200);
    s.chosen.backoff = retry_backoff::exponential;
    plays(s, {{0, {deed::fail}}, {2, {deed::fail, deed::pass}}});
    const scenario::outcome done = s.run();
    CHECK(done.fine);
    CHECK(done.seen.endings_of(0) == "failed failed failed failed");
    CHECK(done.seen.endings_of(2) == "failed passed");
    std::map<std::size_t, cordon::engine::vector<instant>> begun_at;
    for (const begun& each : done.after.begun_attempts)
        begun_at[each.test].push_back(each.at);
    for (std::size_t i = 1; i < 4; ++i) {
        const duration waited = begun_at[0][i] - begun_at[0][i - 1];
        CHECK(waited >= ms(100 << i));
        CHECK(waited < ms((100 << i) + 50));
    }
    CHECK(begun_at[2][1] - begun_at[2][0] >= ms(200));
    CHECK(done.after.waits < 500);
}

TEST_CASE("the repeat of a lost attempt is no retry after which a delay has grown") {
    scenario s(1, 1);
    s.chosen.retries = 2;
    s.chosen.retry_delay = ms(200);
    s.chosen.backoff = retry_backoff::exponential;
    plays(s, {{0, {deed::kill_worker, deed::fail, deed::fail, deed::pass}}});
    const scenario::outcome done = s.run();
    REQUIRE(done.seen.endings_of(0) == "lost failed failed passed");
    const auto& begun = done.after.begun_attempts;
    REQUIRE(begun.size() == 4);
    CHECK(begun[2].at - begun[1].at >= ms(200));
    CHECK(begun[2].at - begun[1].at < ms(250));
    CHECK(begun[3].at - begun[2].at >= ms(400));
    CHECK(begun[3].at - begun[2].at < ms(450));
}

TEST_CASE("a run that is cancelled does not wait for a delay") {
    scenario s(2, 1);
    s.chosen.retries = 1;
    s.chosen.retry_delay = std::chrono::hours(1);
    s.chosen.retry_max_delay = std::chrono::hours(1);
    plays(s, {{0, {deed::fail}}});
    s.prepare = [](world& w) { w.later(ms(300), [](inbox& to) { to.on_cancel(2, 1); }); };
    const scenario::outcome done = s.run();
    CHECK(done.seen.verdict_of(0) == verdict::failed);
    CHECK(done.seen.verdict_of(1) == verdict::passed);
    CHECK(done.seen.end.took < std::chrono::seconds(60));
}

TEST_CASE("a lost attempt is repeated once, at once, and uses no retry up") {
    scenario s(4, 1);
    s.chosen.retries = 1;
    plays(s, {{1, {deed::kill_worker, deed::fail, deed::pass}}});
    const scenario::outcome done = s.run();
    CHECK(done.seen.endings_of(1) == "lost failed passed");
    CHECK(done.seen.verdict_of(1) == verdict::flaky);
    CHECK(done.seen.workers_lost.size() == 1);
    CHECK(done.after.starts == 2);
    CHECK(done.fine);
}

TEST_CASE("a test of which an attempt was lost is tried again with nobody before or behind it") {
    for (const std::uint32_t jobs : {1u, 3u}) {
        scenario s(30, jobs, isolate::shard);
        plays(s,
              {{1, {deed::kill_worker, deed::pass}}, {2, {deed::kill_worker}}, {29, {deed::kill_worker, deed::pass}}});
        const scenario::outcome done = s.run();
        CHECK(done.seen.verdict_of(1) == verdict::passed);
        CHECK(done.seen.verdict_of(2) == verdict::lost);
        std::size_t second_chances = 0;
        for (const auto& slot : done.after.sent) {
            for (const wire::command& each : slot) {
                const auto* run = each.get_if<wire::run>();
                if (run == nullptr) continue;
                for (const wire::work_item& item : run->items) {
                    if (item.number == 1) continue;
                    ++second_chances;
                    CHECK(run->items.size() == 1);
                }
            }
        }
        CHECK(second_chances == 3);
    }
}

TEST_CASE("a test that always kills its worker is lost, the others are not") {
    for (const isolate mode : {isolate::fork, isolate::shard, isolate::exec}) {
        scenario s(30, 2, mode);
        std::map<std::size_t, cordon::engine::vector<deed>> deeds;
        for (std::size_t i = 0; i < 30; i += 2)
            deeds[i] = {deed::kill_worker};
        plays(s, deeds);
        const scenario::outcome done = s.run();
        CHECK(done.fine);
        for (std::size_t i = 0; i < 30; ++i)
            CHECK(done.seen.verdict_of(i) == (i % 2 == 0 ? verdict::lost : verdict::passed));
        CHECK(done.after.starts <= 2 * 15 + 2);
    }
}

// ---- workers in trouble ----

TEST_CASE("workers that die before they speak end the run after three in a row") {
    scenario s(5, 1);
    s.plays.comes_up = [](std::uint32_t) { return false; };
    const scenario::outcome done = s.run();
    CHECK_FALSE(done.fine);
    CHECK(done.after.starts == 3);
    CHECK(contains(done.seen.notices, "before it was ready: does a static initializer crash?"));
    CHECK(contains(done.seen.notices, "workers end before they have run a test"));
    for (std::size_t i = 0; i < 5; ++i) {
        CHECK(done.seen.verdict_of(i) == verdict::lost);
        CHECK(done.seen.endings_of(i).empty());
    }
}

TEST_CASE("kills while workers start lose no test: fresh ones come, spread over time") {
    for (const std::uint32_t jobs : {1u, 4u}) {
        scenario s(20, jobs);
        s.plays.dies_starting_by = 9;
        s.plays.comes_up = [](std::uint32_t nth) { return nth > 20; };
        instant first;
        s.prepare = [&](world& of) { first = of.now(); };
        const scenario::outcome done = s.run();
        CHECK(done.fine);
        for (std::size_t i = 0; i < 20; ++i)
            CHECK(done.seen.endings_of(i) == "passed");
        CHECK(done.after.now() - first >= std::chrono::seconds(jobs == 1 ? 10 : 5));
        CHECK(done.seen.notices.size() == 1);
        CHECK(contains(done.seen.notices, "a worker was ended by SIGKILL before it was ready: it was killed"));
    }
}

TEST_CASE("workers that are killed whenever they start end the run, and the reason names the signal") {
    for (const std::uint32_t jobs : {1u, 4u}) {
        scenario s(5, jobs);
        s.plays.dies_starting_by = 9;
        s.plays.comes_up = [](std::uint32_t) { return false; };
        const scenario::outcome done = s.run();
        CHECK_FALSE(done.fine);
        // One at a time, but for those that were on their way when the first was killed.
        CHECK(done.after.starts >= 24);
        CHECK(done.after.starts <= 24 + jobs - 1);
        CHECK(
            contains(done.seen.notices, "workers end before they have run a test: the last one was ended by SIGKILL"));
        CHECK(contains(done.seen.notices, " in a row were killed while they started, in "));
        for (std::size_t i = 0; i < 5; ++i) {
            CHECK(done.seen.verdict_of(i) == verdict::lost);
            CHECK(done.seen.reasons.at(i).find("SIGKILL") != std::string::npos);
        }
    }
}

TEST_CASE("where a test's process cannot be made, what the run can go without is given up first") {
    for (const std::uint32_t spare : {0u, 1u}) {
        scenario s(1, 1);
        int asked = 0;
        s.plays.test = [&](std::size_t, std::uint32_t) {
            return behaviour{asked++ < 1 ? deed::no_process : deed::pass, ms(1), false};
        };
        s.prepare = [&](world& of) { of.spare = spare; };
        const scenario::outcome done = s.run();
        CHECK(done.seen.verdict_of(0) == verdict::passed);
        CHECK(done.seen.endings_of(0) == (spare == 0 ? "lost passed" : "passed"));
    }
}

TEST_CASE("one worker that lives is enough, though all others are killed as they start") {
    scenario s(400, 3);
    s.plays.dies_starting_by = 9;
    s.plays.comes_up = [](std::uint32_t nth) { return nth == 1; };
    s.plays.test = [](std::size_t, std::uint32_t) { return behaviour{deed::pass, ms(200), false}; };
    const scenario::outcome done = s.run();
    CHECK(done.fine);
    for (std::size_t i = 0; i < 400; ++i)
        CHECK(done.seen.endings_of(i) == "passed");
}

TEST_CASE("the reason why no worker comes up names how the last one ended") {
    scenario s(2, 1);
    s.plays.comes_up = [](std::uint32_t) { return false; };
    const scenario::outcome done = s.run();
    CHECK(contains(done.seen.notices,
                   "workers end before they have run a test: the last one was ended by SIGSEGV (invalid memory"));
}

TEST_CASE("a worker that fails to come up now and then is replaced") {
    scenario s(20, 2);
    s.plays.comes_up = [](std::uint32_t nth) { return nth != 1 && nth != 3; };
    const scenario::outcome done = s.run();
    CHECK(done.fine);
    for (std::size_t i = 0; i < 20; ++i)
        CHECK(done.seen.endings_of(i) == "passed");
}

TEST_CASE("workers that say hello and are killed again and again end the run too, but not soon") {
    scenario s(50, 1);
    s.plays.test = [](std::size_t, std::uint32_t) { return behaviour{deed::pass, ms(400), false}; };
    s.prepare = [](world& of) {
        for (int i = 0; i < 100; ++i) {
            of.later(ms(10 + 20 * i), [&of](inbox& to) {
                if (of.begun_attempts.empty()) of.kill_worker_now(0, to);
            });
        }
    };
    s.plays.up_to = [](duration most) { return most == us(80) ? ms(50) : most; };  // forking takes forever
    const scenario::outcome done = s.run();
    CHECK_FALSE(done.fine);
    CHECK(done.after.starts == 60);
    CHECK(done.after.begun_attempts.empty());
}

TEST_CASE("a worker that never speaks is killed") {
    scenario s(2, 1);
    int count = 0;
    s.plays.up_to = [&count](duration most) { return most == ms(2) && count++ == 0 ? std::chrono::hours(1) : most; };
    const scenario::outcome done = s.run();
    CHECK(done.fine);
    CHECK(done.after.starts == 2);
    CHECK(done.after.killed == 1);
    CHECK(done.seen.verdict_of(0) == verdict::passed);
}

TEST_CASE("no process for a worker: the run ends, every test is lost") {
    scenario s(3, 2);
    s.prepare = [](world& of) { of.start_outcome = error{"start a worker (fork)", 0, "no more"}; };
    const scenario::outcome done = s.run();
    CHECK_FALSE(done.fine);
    CHECK(contains(done.seen.notices, "start a worker (fork) no more"));
    CHECK(done.seen.verdict_of(2) == verdict::lost);
}

TEST_CASE("room for some of the workers: the run goes on with fewer, and says so once") {
    for (const isolate mode : {isolate::fork, isolate::exec, isolate::shard}) {
        scenario s(400, 8, mode);
        s.prepare = [](world& of) { of.room = 5; };
        const scenario::outcome done = s.run();
        CHECK(done.fine);
        CHECK(done.seen.notices.size() == 1);
        CHECK(contains(done.seen.notices, "no room for 8 workers (start a worker (fork) no more)"));
        CHECK(done.after.begun_attempts.size() == 400);
        CHECK(done.after.starts == 5);
        CHECK(done.after.killed == 0);
        CHECK(done.seen.workers_lost.empty());
        for (std::size_t i = 0; i < 400; ++i)
            CHECK(done.seen.endings_of(i) == "passed");
    }
}

TEST_CASE("when there is room again, all workers are back") {
    scenario s(400, 8);
    std::size_t most = 0;
    s.plays.test = [](std::size_t, std::uint32_t) { return behaviour{deed::pass, ms(50), false}; };
    s.prepare = [&most](world& of) {
        of.room = 2;
        of.later(ms(500), [&of](inbox&) { of.room = 1000; });
        of.on_begin = [&](const wire::work_item&, std::uint32_t) { most = std::max(most, of.workers_alive()); };
    };
    const scenario::outcome done = s.run();
    CHECK(done.fine);
    CHECK(done.seen.notices.size() == 1);
    CHECK(most == 8);
    for (std::size_t i = 0; i < 400; ++i)
        CHECK(done.seen.endings_of(i) == "passed");
}

TEST_CASE("a test for which no process can be made waits for the room that other workers take") {
    scenario s(40, 4);
    const world* in = nullptr;
    s.prepare = [&in](world& of) { in = &of; };
    s.plays.test = [&in](std::size_t test, std::uint32_t) {
        const bool room = test != 3 || in->workers_alive() == 1;
        return behaviour{room ? deed::pass : deed::no_process, ms(1), false};
    };
    const scenario::outcome done = s.run();
    CHECK(done.fine);
    CHECK(contains(done.seen.notices, "no room for 4 workers (no process)"));
    for (std::size_t i = 0; i < 40; ++i)
        CHECK(done.seen.endings_of(i) == "passed");
}

TEST_CASE("a setup for which no process can be made waits for the room that other workers take") {
    scenario s(40, 4);
    s.nest_setups(2);
    const world* in = nullptr;
    s.prepare = [&in](world& of) { in = &of; };
    s.plays.setup = [&in](std::uint32_t) {
        return in->workers_alive() == 1 ? setup_deed::succeed : setup_deed::no_process;
    };
    const scenario::outcome done = s.run();
    CHECK(done.fine);
    CHECK(done.seen.notices.size() == 1);
    CHECK(contains(done.seen.notices, "no room for 4 workers (no process)"));
    CHECK(done.after.killed == 0);
    for (std::size_t i = 0; i < 40; ++i)
        CHECK(done.seen.endings_of(i) == "passed");
}

TEST_CASE("a worker with other tests ends the run") {
    scenario s(3, 2);
    s.prepare = [](world& of) { of.list_hash = 1; };
    const scenario::outcome done = s.run();
    CHECK_FALSE(done.fine);
    CHECK(contains(done.seen.notices, "was the program rebuilt meanwhile?"));
    CHECK_FALSE(contains(done.seen.notices, "before it was ready"));  // the other one, which is ended with it
    CHECK(done.after.begun_attempts.empty());
    CHECK(done.seen.verdict_of(0) == verdict::lost);
}

TEST_CASE("a wait that fails ends the run") {
    scenario s(3, 1);
    s.prepare = [](world& of) { of.waiting_fails = true; };
    const scenario::outcome done = s.run();
    CHECK_FALSE(done.fine);
    CHECK(contains(done.seen.notices, "wait for the workers nothing goes"));
    CHECK(done.seen.verdict_of(0) == verdict::lost);
}

TEST_CASE("a report about a foreign ticket kills the worker that brought it") {
    const wire::report forgeries[] = {wire::finished(),        wire::failed_assertion{99, {}},
                                      wire::ended(),           wire::output{99, stream::out, 0, false, "x"},
                                      wire::output_done{99},   wire::trouble{99, "x"},
                                      wire::setup_ready{0, 1}, wire::left()};
    for (const wire::report& forgery : forgeries) {
        scenario s(10, 1);
        s.prepare = [&forgery](world& of) { of.later(ms(6), [&of, forgery](inbox& to) { of.forge(0, forgery, to); }); };
        const scenario::outcome done = s.run();
        CHECK(done.after.killed == 1);
        CHECK(done.seen.workers_lost.size() == 1);
        for (std::size_t i = 0; i < 10; ++i)
            CHECK(done.seen.verdict_of(i) == verdict::passed);
    }
}

TEST_CASE("a worker in trouble of its own is replaced, and that is said") {
    scenario s(10, 1);
    s.prepare = [](world& of) { of.later(ms(6), [&of](inbox& to) { of.forge(0, wire::trouble{0, "no pipes"}, to); }); };
    const scenario::outcome done = s.run();
    CHECK(done.fine);
    CHECK(contains(done.seen.notices, "worker 0: no pipes"));
    CHECK(done.after.starts == 2);
}

TEST_CASE("workers in trouble from the start, each time, end the run") {
    scenario s(10, 1);
    s.plays.test = [](std::size_t, std::uint32_t) { return behaviour{deed::pass, ms(400), false}; };
    s.plays.up_to = [](duration most) { return most == us(80) ? ms(300) : most; };
    s.prepare = [](world& of) {
        for (int i = 0; i < 100; ++i)
            of.later(ms(3 * i), [&of](inbox& to) { of.forge(0, wire::trouble{0, "no pipes"}, to); });
    };
    const scenario::outcome done = s.run();
    CHECK_FALSE(done.fine);
    CHECK(done.after.starts == 3);
}

// ---- handing out and taking back ----

TEST_CASE("a worker that is held up gives back what it has not started") {
    scenario s(41, 2, isolate::shard);
    s.chosen.timeout = duration{0};
    s.plays.test = [](std::size_t test, std::uint32_t) {
        return behaviour{deed::pass, test == 20 ? std::chrono::seconds(2) : us(100), false};
    };
    const scenario::outcome done = s.run();
    CHECK(commands_of(done.after, 4) >= 1);  // surrender
    CHECK(done.after.begun_attempts.size() == 41);
    for (const begun& each : done.after.begun_attempts)
        CHECK(each.at < instant(std::chrono::seconds(1000) + ms(200)));
    CHECK(done.seen.end.took >= std::chrono::seconds(2));
}

TEST_CASE("batches grow with what is quick, and shrink towards the end") {
    scenario s(400, 2, isolate::shard);
    s.plays.test = [](std::size_t, std::uint32_t) { return behaviour{deed::pass, us(10), false}; };
    const scenario::outcome done = s.run();
    std::size_t largest = 0;
    std::size_t last = 0;
    for (const auto& slot : done.after.sent) {
        for (const wire::command& each : slot) {
            if (const wire::run* batch = each.get_if<wire::run>()) {
                largest = std::max(largest, batch->items.size());
                last = batch->items.size();
            }
        }
    }
    CHECK(largest >= 50);
    CHECK(last <= 5);
}

TEST_CASE("in exec mode and for tests with demands, one at a time") {
    scenario s(12, 3);
    for (std::size_t i = 0; i < 12; i += 2)
        s.list.tests[i].serial = "group";
    std::set<std::size_t> running;
    s.prepare = [&running](world& of) {
        of.on_begin = [&running](const wire::work_item& item, std::uint32_t) {
            if (item.test % 2 == 0) {
                for (const std::size_t other : running)
                    CHECK(other % 2 == 1);
            }
            running.insert(item.test);
        };
        of.on_over = [&running](const wire::work_item& item, std::uint32_t) { running.erase(item.test); };
    };
    const scenario::outcome done = s.run();
    for (std::size_t i = 0; i < 12; ++i)
        CHECK(done.seen.verdict_of(i) == verdict::passed);
}

TEST_CASE("what an attempt is told: number, most, mode, limits, and a seed that depends on name and number only") {
    scenario s(3, 1);
    s.chosen.retries = 1;
    s.chosen.memory_limit = 77;
    s.settings.seed = 5;
    s.list.tests[1].isolation = isolate::exec;
    s.list.tests[1].timeout = ms(123);
    plays(s, {{1, {deed::fail, deed::pass}}});
    cordon::engine::vector<wire::work_item> items;
    s.prepare = [&items](world& of) {
        of.on_begin = [&items](const wire::work_item& item, std::uint32_t) { items.push_back(item); };
    };
    s.run();
    REQUIRE(items.size() == 4);
    CHECK(items[1].mode == isolate::exec);
    CHECK(items[1].timeout == ms(123));
    CHECK(items[0].timeout == ms(500));
    CHECK(items[0].memory_limit == 77);
    CHECK(items[3].test == 1);
    CHECK(items[3].number == 2);
    CHECK(items[3].of == 2);
    CHECK(items[3].seed != items[1].seed);
    CHECK(items[0].seed != items[1].seed);
}

// ---- ending early ----

TEST_CASE("fail-fast: what runs may end, nothing new begins") {
    scenario s(100, 2);
    s.chosen.fail_fast = 2;
    plays(s, {{10, {deed::fail}}, {12, {deed::crash}}, {50, {deed::fail}}});
    const scenario::outcome done = s.run();
    CHECK(done.fine);
    CHECK(done.seen.verdict_of(10) == verdict::failed);
    CHECK(done.seen.verdict_of(12) == verdict::failed);
    CHECK(done.seen.verdict_of(99) == verdict::not_run);
    CHECK(done.seen.reasons.at(99) == "stopped after 2 failures (--fail-fast)");
    CHECK(done.seen.end.stopped_because == "stopped after 2 failures (--fail-fast)");
    CHECK(done.after.begun_attempts.size() < 60);
    for (const begun& each : done.after.begun_attempts)
        CHECK(done.seen.verdict_of(each.test) != verdict::not_run);
}

TEST_CASE("fail-fast: with one worker nothing begins after the failure") {
    for (const isolate mode : {isolate::fork, isolate::exec}) {
        scenario s(100, 1, mode);
        s.chosen.fail_fast = 1;
        plays(s, {{60, {deed::fail}}, {61, {deed::fail}}});
        const scenario::outcome done = s.run();
        CHECK(done.fine);
        CHECK(done.after.begun_attempts.size() == 61);
        CHECK(done.seen.verdict_of(61) == verdict::not_run);
    }
}

TEST_CASE("a cancelled run ends its tests and reports what had finished") {
    for (const isolate mode : {isolate::fork, isolate::shard}) {
        scenario s(50, 2, mode);
        s.plays.test = [](std::size_t test, std::uint32_t) {
            return behaviour{test < 10 ? deed::pass : deed::hang, us(100), false};
        };
        s.chosen.timeout = duration{0};
        s.prepare = [](world& of) { of.later(ms(100), [](inbox& to) { to.on_cancel(2, 1); }); };
        const scenario::outcome done = s.run();
        CHECK(done.fine);
        CHECK(done.seen.end.cancelled_by == 2);
        CHECK(done.seen.end.stopped_because == "cancelled by SIGINT");
        for (std::size_t i = 0; i < 10; ++i)
            CHECK(done.seen.verdict_of(i) == verdict::passed);
        for (std::size_t i = 10; i < 50; ++i) {
            CHECK(done.seen.verdict_of(i) == verdict::not_run);
            CHECK(done.seen.reasons.at(i) == "cancelled by SIGINT");
        }
        CHECK(done.seen.end.took < std::chrono::seconds(1));
    }
}

TEST_CASE("a second signal kills at once, also when both come in together") {
    for (const bool together : {true, false}) {
        scenario s(10, 2);
        s.plays.test = [](std::size_t, std::uint32_t) { return behaviour{deed::hang, us(100), false}; };
        s.chosen.timeout = duration{0};
        s.prepare = [together](world& of) {
            of.later(ms(100), [together](inbox& to) { to.on_cancel(15, together ? 2 : 1); });
            if (!together) of.later(ms(100), [](inbox& to) { to.on_cancel(2, 2); });
        };
        const scenario::outcome done = s.run();
        CHECK(done.after.killed >= 2);
        CHECK(done.after.starts == 2);
        CHECK(done.seen.end.cancelled_by == 15);
        CHECK(done.seen.verdict_of(0) == verdict::not_run);
    }
}

TEST_CASE("workers that do not end when the run is cancelled are killed after the grace") {
    scenario s(4, 2);
    s.plays.test = [](std::size_t, std::uint32_t) { return behaviour{deed::pass, std::chrono::hours(5), false}; };
    s.plays.up_to = [](duration most) { return most == us(50) ? std::chrono::hours(1) : most; };  // nobody reads
    s.chosen.grace = ms(100);
    s.prepare = [](world& of) { of.later(ms(100), [](inbox& to) { to.on_cancel(2, 1); }); };
    const scenario::outcome done = s.run();
    CHECK(done.after.killed == 2);
    CHECK(done.seen.end.took < std::chrono::seconds(10));
}

TEST_CASE("the global timeout ends the run") {
    scenario s(10, 2);
    s.chosen.global_timeout = std::chrono::seconds(3);
    s.chosen.timeout = duration{0};
    plays(s, {{1, {deed::hang}}});
    const scenario::outcome done = s.run();
    CHECK(done.seen.endings_of(1) == "timed_out");
    CHECK(done.seen.attempts.at(1).front().reason == "the global timeout was reached");
    CHECK(done.seen.verdict_of(0) == verdict::passed);
    CHECK(done.seen.end.took >= std::chrono::seconds(3));
    CHECK(done.seen.end.took < std::chrono::seconds(4));
    CHECK(done.seen.end.cancelled_by == 0);
}

TEST_CASE("a failed test that waits for its retry when the run is cancelled is judged by what there was") {
    scenario s(4, 1);
    s.chosen.retries = 3;
    s.chosen.timeout = duration{0};
    plays(s, {{0, {deed::fail}}, {3, {deed::hang}}});
    s.prepare = [](world& of) { of.later(ms(100), [](inbox& to) { to.on_cancel(2, 1); }); };
    const scenario::outcome done = s.run();
    CHECK(done.seen.verdict_of(0) == verdict::failed);
    CHECK(done.seen.verdict_of(3) == verdict::not_run);
}

TEST_CASE("workers that do not leave at the end are killed; the verdicts stand") {
    scenario s(4, 2);
    s.prepare = [](world& of) { of.workers_stay = true; };
    const scenario::outcome done = s.run();
    CHECK(done.fine);
    CHECK(done.after.killed >= 2);
    for (std::size_t i = 0; i < 4; ++i)
        CHECK(done.seen.verdict_of(i) == verdict::passed);
    CHECK(contains(done.seen.notices, "when it left"));
}

// ---- setups ----

TEST_CASE("tests run inside of the setups that they want") {
    for (const isolate mode : {isolate::fork, isolate::shard}) {
        scenario s(30, 2, mode);
        s.nest_setups(3);
        for (std::size_t i = 0; i < 30; ++i)
            s.setups.chain_of_test[i] = static_cast<std::uint32_t>(i / 3 % 4);
        s.prepare = [&s](world& of) {
            of.on_begin = [&s, &of](const wire::work_item& item, std::uint32_t slot) {
                CHECK(of.entered(slot) == s.setups.chain_of(item.test));
            };
        };
        const scenario::outcome done = s.run();
        CHECK(done.fine);
        for (std::size_t i = 0; i < 30; ++i)
            CHECK(done.seen.verdict_of(i) == verdict::passed);
    }
}

TEST_CASE("an executed test sets up for itself") {
    scenario s(6, 2, isolate::exec);
    s.nest_setups(2);
    const scenario::outcome done = s.run();
    CHECK(commands_of(done.after, 2) == 0);  // enter
    CHECK(done.seen.verdict_of(5) == verdict::passed);
}

TEST_CASE("a setup that does not succeed is tried once; its tests fail by it, the others run") {
    struct row {
        setup_deed what;
        ending how;
        const char* words;
    };
    const row table[] = {
        {setup_deed::fail, ending::failed, "SUITE_SETUP of test 0 failed"},
        {setup_deed::crash, ending::crashed, "SUITE_SETUP of test 0 crashed: SIGSEGV"},
        {setup_deed::hang, ending::timed_out, "SUITE_SETUP of test 0 did not end in time"},
        {setup_deed::kill_worker, ending::crashed, "SUITE_SETUP of test 0 crashed: SIGKILL"},
    };
    for (const row& each : table) {
        CAPTURE(std::string(each.words));
        scenario s(12, 1);
        s.nest_setups(2);
        for (std::size_t i = 0; i < 12; ++i)
            s.setups.chain_of_test[i] = static_cast<std::uint32_t>(i % 3);
        int tried = 0;
        s.plays.setup = [&](std::uint32_t group) {
            if (group != 1) return setup_deed::succeed;
            ++tried;
            return each.what;
        };
        const scenario::outcome done = s.run();
        CHECK(done.fine);
        CHECK(tried == 1);
        std::size_t shown = 0;
        for (std::size_t i = 0; i < 12; ++i) {
            if (i % 3 != 2) {
                CHECK(done.seen.verdict_of(i) == verdict::passed);
                continue;
            }
            CHECK(done.seen.verdict_of(i) == verdict::failed);
            const attempt_result& result = done.seen.attempts.at(i).front();
            CHECK(result.how == each.how);
            CHECK(result.failures.back().kind == failure_kind::setup);
            CHECK(result.failures.back().message.find(each.words) != std::string::npos);
            shown += result.failures.size() - 1;
        }
        CHECK(shown == (each.what == setup_deed::fail ? 1 : 0));  // its own failures once
    }
}

TEST_CASE("tests that a failed setup has failed leave room for others at once, with retries too") {
    for (const std::uint32_t retries : {0u, 2u}) {
        scenario s(9, 1);
        s.chosen.retries = retries;
        s.nest_setups(1);
        s.plays.setup = [](std::uint32_t) { return setup_deed::fail; };
        const scenario::outcome done = s.run();
        CHECK(done.fine);
        CHECK(done.after.begun_attempts.empty());
        for (std::size_t i = 0; i < 9; ++i)
            CHECK(done.seen.verdict_of(i) == verdict::failed);
    }
}

TEST_CASE("a worker that dies before it speaks does not fail the setup it was sent") {
    scenario s(6, 1);
    s.nest_setups(1);
    s.plays.comes_up = [](std::uint32_t nth) { return nth != 1; };
    const scenario::outcome done = s.run();
    CHECK(done.fine);
    CHECK(contains(done.seen.notices, "before it was ready"));
    for (std::size_t i = 0; i < 6; ++i)
        CHECK(done.seen.endings_of(i) == "passed");
}

TEST_CASE("a worker that is killed for what it said does not fail the setup it was in") {
    scenario s(6, 1);
    s.nest_setups(1);
    int entered = 0;
    s.plays.up_to = [&entered](duration most) { return most == ms(3) && entered++ == 0 ? ms(100) : most; };
    s.prepare = [](world& of) { of.later(ms(50), [&of](inbox& to) { of.forge(0, wire::output_done{99}, to); }); };
    const scenario::outcome done = s.run();
    CHECK(done.fine);
    CHECK(contains(done.seen.workers_lost, "it reported on a test that it was not given"));
    for (std::size_t i = 0; i < 6; ++i)
        CHECK(done.seen.endings_of(i) == "passed");
}

TEST_CASE("a worker that never speaks is killed, also when it was sent a setup first") {
    scenario s(2, 1);
    s.nest_setups(1);
    int count = 0;
    s.plays.up_to = [&count](duration most) { return most == ms(2) && count++ == 0 ? std::chrono::hours(1) : most; };
    const scenario::outcome done = s.run();
    CHECK(done.fine);
    CHECK(done.after.killed == 1);
    CHECK(done.seen.verdict_of(0) == verdict::passed);
}

TEST_CASE("a test that ends the process of its setup is lost; the setup is done again for the others") {
    for (const isolate mode : {isolate::fork, isolate::shard}) {
        scenario s(10, 1, mode);
        s.nest_setups(2);
        plays(s, {{3, {deed::kill_host}}});
        s.prepare = [&s](world& of) {
            of.on_begin = [&s, &of](const wire::work_item& item, std::uint32_t slot) {
                CHECK(of.entered(slot) == s.setups.chain_of(item.test));
            };
        };
        const scenario::outcome done = s.run();
        CHECK(done.fine);
        CHECK(done.seen.endings_of(3) == "lost lost");
        CHECK(done.seen.verdict_of(3) == verdict::lost);
        for (std::size_t i = 0; i < 10; ++i) {
            if (i != 3) CHECK(done.seen.endings_of(i) == "passed");
        }
        CHECK(done.after.starts <= 3);  // it takes its worker with it
    }
}

TEST_CASE("when an outer setup's process ends, the inner one's has ended too") {
    scenario s(10, 1);
    s.nest_setups(2);
    int entered_outer = 0;
    s.plays.setup = [&](std::uint32_t group) {
        return group == 0 && ++entered_outer == 1 ? setup_deed::die_later : setup_deed::succeed;
    };
    s.plays.up_to = [](duration most) { return most / 100; };
    s.plays.test = [](std::size_t, std::uint32_t) { return behaviour{deed::pass, ms(3), false}; };
    s.prepare = [&s](world& of) {
        of.on_begin = [&s, &of](const wire::work_item& item, std::uint32_t slot) {
            CHECK(of.entered(slot) == s.setups.chain_of(item.test));
        };
    };
    const scenario::outcome done = s.run();
    CHECK(done.fine);
    CHECK(entered_outer == 2);
    for (std::size_t i = 0; i < 10; ++i)
        CHECK(done.seen.verdict_of(i) == verdict::passed);
}

TEST_CASE("a setup whose process always ends before its first test does not keep the run going forever") {
    scenario s(10, 1);
    s.nest_setups(1);
    s.plays.setup = [](std::uint32_t) { return setup_deed::die_later; };
    s.plays.up_to = [](duration most) { return most == us(80) ? ms(50) : most / 100; };
    const scenario::outcome done = s.run();
    CHECK_FALSE(done.fine);
    CHECK(done.after.begun_attempts.empty());
    CHECK(done.seen.verdict_of(9) == verdict::lost);
}

TEST_CASE("a run that is cancelled while a setup runs does not wait for it") {
    scenario s(4, 1);
    s.nest_setups(1);
    s.plays.up_to = [](duration most) { return most == ms(3) ? std::chrono::hours(1) : most; };
    s.prepare = [](world& of) { of.later(ms(100), [](inbox& to) { to.on_cancel(2, 1); }); };
    const scenario::outcome done = s.run();
    CHECK(done.seen.end.took < std::chrono::seconds(1));
    CHECK(done.seen.verdict_of(0) == verdict::not_run);
}

// ---- what is shown while it runs ----

TEST_CASE("somebody who watches gets ticks, and starts as they happen") {
    scenario s(3, 1);
    s.settings.live = true;
    s.plays.test = [](std::size_t, std::uint32_t) { return behaviour{deed::pass, ms(350), false}; };
    const scenario::outcome done = s.run();
    std::size_t ticks = 0;
    std::size_t ticks_between = 0;
    bool started = false;
    for (const event& each : done.seen.events) {
        if (each.get_if<attempt_started>() != nullptr) started = true;
        if (each.get_if<attempt_ended>() != nullptr) started = false;
        if (each.get_if<tick>() == nullptr) continue;
        ++ticks;
        if (started) ++ticks_between;
    }
    CHECK(ticks >= 9);
    CHECK(ticks_between >= 6);
}

TEST_CASE("live starts keep to the order of the attempts, also when words are on their way") {
    scenario s(60, 2, isolate::shard);
    s.settings.live = true;
    s.plays.test = [](std::size_t, std::uint32_t) { return behaviour{deed::pass, ms(7), false}; };
    s.plays.up_to = [](duration most) { return most == ms(2) ? ms(90) : most; };  // flushed late
    const scenario::outcome done = s.run();                                       // the witness looks at the order
    for (std::size_t i = 0; i < 60; ++i)
        CHECK(done.seen.endings_of(i) == "passed");
}

TEST_CASE("without a watcher there are no ticks") {
    scenario s(3, 1);
    const scenario::outcome done = s.run();
    for (const event& each : done.seen.events)
        CHECK_FALSE(each.get_if<tick>() != nullptr);
}

TEST_CASE("live output is passed on and comes again, bounded, with the attempt") {
    scenario s(1, 1);
    s.plays.test = [](std::size_t, std::uint32_t) { return behaviour{deed::pass, ms(50), true}; };
    s.prepare = [](world& of) {
        of.later(ms(20), [&of](inbox& to) { of.forge(0, wire::output{1, stream::out, 0, true, "now"}, to); });
    };
    const scenario::outcome done = s.run();
    bool seen = false;
    for (const event& each : done.seen.events) {
        if (const output_arrived* live = each.get_if<output_arrived>()) seen = live->text == "now";
    }
    CHECK(seen);
    CHECK(done.seen.attempts.at(0).front().output.text(stream::out) == "printed");
}
