#include "fake_session.hpp"

using namespace fake;

namespace {

/// A run in shared processes, and the check after it.
struct shared_run : session_scenario {
    explicit shared_run(std::size_t tests, std::uint32_t jobs = 1) : session_scenario(tests, jobs) {
        s.settings.isolation = cordon::isolate::shard;
    }

    void check() {
        run([this](analysis::session_runner& with) {
            analysis::shared_process_check check(seen);
            plan what;
            what.order = all();
            what.selected = what.order.size();
            script plays_so = s.plays;
            plays_so.attempt = plays;
            world first(plays_so);
            first.list_hash = s.list.hash;
            first.tests = static_cast<std::uint32_t>(s.list.tests.size());
            if (prepare_first) prepare_first(first);
            run::run_settings settings = s.settings;
            settings.started = first.now();
            run::dispatcher(s.list, what, s.setups, s.chosen, settings, first, check).run();
            check.conclude(with);
        });
    }
    bool is_told(const std::string& name, const char* part = "passes in its own process") const {
        return has_notice("\"" + name + "\" " + part);
    }

    std::function<void(world&)> prepare_first;
};

}  // namespace

TEST_CASE("failures that vanish alone are told, with the command that finds out why") {
    shared_run of(4);
    of.plays = [](const surroundings& at) {
        return behaviour{at.test == 3 || (at.test == 2 && at.has_before(1)) ? deed::fail : deed::pass, us(300)};
    };
    of.check();
    CHECK(of.is_told("test 2"));
    CHECK_FALSE(of.is_told("test 3"));
    CHECK(of.has_notice("./t --find-polluter 'test 2'"));
    CHECK(of.verdict_on(2) == verdict::failed);
}

TEST_CASE("whatever way it failed in") {
    for (const deed how : {deed::fail, deed::crash, deed::exit_early, deed::exit_failure, deed::hang}) {
        shared_run of(3);
        of.s.chosen.timeout = ms(100);
        of.plays = [how](const surroundings& at) {
            return behaviour{at.test == 1 && at.has_before(0) ? how : deed::pass, us(300)};
        };
        of.check();
        CAPTURE(static_cast<int>(how));
        CHECK(of.is_told("test 1"));
    }
}

TEST_CASE("what fails alone as well, was lost, or did as declared, is not told") {
    shared_run of(4);
    of.s.list.tests[3].should_fail = true;
    of.plays = [](const surroundings& at) {
        if (at.test == 1) return behaviour{deed::crash, us(300)};
        if (at.test == 2) return behaviour{deed::kill_worker, us(300)};
        return behaviour{deed::pass, us(300)};
    };
    of.check();
    for (const char* name : {"test 0", "test 1", "test 2", "test 3"})
        CHECK_FALSE(of.is_told(name));
}

TEST_CASE("one that a retry made pass may be flaky by itself") {
    shared_run of(3);
    of.s.chosen.retries = 1;
    of.plays = [](const surroundings& at) {
        return behaviour{at.test == 1 && at.number == 1 && at.has_before(0) ? deed::fail : deed::pass, us(300)};
    };
    of.check();
    CHECK(of.verdict_on(1) == verdict::flaky);
    CHECK(of.has_notice("other tests may make it fail here"));
}

TEST_CASE("tests that hang alone as well cost a bounded time") {
    shared_run of(30);
    of.s.chosen.timeout = analysis::shared_process_check::bounded(std::chrono::seconds(60));
    of.plays = [](const surroundings&) { return behaviour{deed::hang}; };
    of.check();
    CHECK(of.took < std::chrono::seconds(30));
}

TEST_CASE("after a run that was cancelled nothing more is run") {
    shared_run of(3);
    of.prepare_first = [](world& in) { in.later(ms(3), [](inbox& to) { to.on_cancel(2, 1); }); };
    of.plays = [](const surroundings& at) { return behaviour{at.test == 0 ? deed::fail : deed::pass, ms(2)}; };
    of.check();
    CHECK(of.worlds == 0);
    CHECK(of.cancelled_by == 2);
}
