#pragma once

#include <doctest/doctest.h>
#include <cordon/engine/analysis/flake_session.hpp>
#include <cordon/engine/analysis/polluter_session.hpp>
#include <cordon/engine/analysis/shared_process_check.hpp>
#include <cordon/engine/analysis/stress_session.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <utility>

#include "unit/run/fake_world.hpp"

// Sessions on worlds that do not exist: planted tests, and what is found of them.

namespace fake {

/// Of the machine's time.
struct processor_shares {
    double own, others;
};

/// Makes a world for each run of a session. One clock goes through all of them.
class world_factory : public run::port_factory {
  public:
    world_factory(script plays, std::uint64_t list_hash, std::size_t tests)
        : plays_(std::move(plays)), list_hash_(list_hash), tests_(static_cast<std::uint32_t>(tests)) {}

    std::function<void(world&)> prepare;  ///< each world, before its run
    run::variable_world varies{true, true, false};
    optional<processor_shares> machine;
    std::size_t worlds = 0;
    std::uint64_t starts = 0;
    vector<begun> attempts;  ///< of worlds that are gone

    owned<run::port> make(const run::port_wishes& wanted) override {
        ++worlds;
        auto made = make_owned<watched_world>(*this);
        made->list_hash = list_hash_;
        made->tests = tests_;
        made->under = wanted.under;
        made->first_birth = starts;
        if (prepare) prepare(*made);
        return made;
    }
    instant now() const override { return *clock_; }
    run::variable_world can_vary() const override { return varies; }

    optional<processor_times> processors() const override {
        if (!machine) return nullopt;
        const double total = std::chrono::duration<double>(now().time_since_epoch()).count();
        return processor_times{from_seconds(total * (machine->own + machine->others)),
                               from_seconds(total * (1 - machine->own - machine->others)),
                               from_seconds(total * machine->own)};
    }

    /// Time passes while nothing runs.
    void pass(duration time) { *clock_ += time; }

  private:
    struct watched_world final : world {
        explicit watched_world(world_factory& by) : world(by.plays_, by.clock_), factory(by) {}
        ~watched_world() override {
            factory.starts += starts;
            factory.attempts.append(begun_attempts.begin(), begun_attempts.end());
        }
        world_factory& factory;
    };

    script plays_;
    std::uint64_t list_hash_;
    std::uint32_t tests_;
    world::clock clock_ = world::new_clock();
};

/// A session to be put together, then run, and what it has told.
struct session_scenario {
    explicit session_scenario(std::size_t tests, std::uint32_t jobs = 2) : s(tests, jobs) {
        s.chosen.flake_time = std::chrono::seconds(20);
        s.settings.seed = 7;
        s.chosen.jobs = jobs;
    }

    scenario s;
    std::function<behaviour(const surroundings&)> plays;
    std::function<void(world&)> prepare;
    run::variable_world varies{true, true, false};
    optional<processor_shares> machine;  ///< what it tells of its load

    struct keeper : sink {
        vector<event> events;
        void on(const event& happened) override { events.push_back(happened); }
    } seen;

    bool in_trouble = false;
    int cancelled_by = 0;
    std::string stopped_because;
    std::size_t worlds = 0;
    duration took{};
    vector<begun> attempts;

    vector<std::size_t> all() const {
        vector<std::size_t> tests;
        for (std::size_t i = 0; i < s.list.tests.size(); ++i)
            tests.push_back(i);
        return tests;
    }

    template <class Session>
    void run(Session session) {
        script with = s.plays;
        with.attempt = plays;
        world_factory ports(with, s.list.hash, s.list.tests.size());
        ports.prepare = prepare;
        ports.varies = varies;
        ports.machine = machine;
        s.settings.started = ports.now();
        analysis::session_runner runner({s.list, s.setups, s.chosen, s.settings, ports, seen, "./t"});
        session(runner);
        worlds = ports.worlds;
        took = ports.now() - s.settings.started;
        attempts = std::move(ports.attempts);
        check_what_was_told();
    }

    void detect() {
        run([this](analysis::session_runner& with) { analysis::flake_session(with, keys()).run(all()); });
    }
    void diagnose() {
        s.chosen.flake_diagnose = true;
        detect();
    }
    void find_polluter(std::size_t victim) {
        run([this, victim](analysis::session_runner& with) {
            analysis::polluter_session(with, keys(), victim, all(), s.chosen.flake_time).run();
        });
    }
    void stress() {
        run([this](analysis::session_runner& with) { analysis::stress_session(with).run(all(), false); });
    }

    // ---- what was told ----

    const flake_summary* find(std::size_t test) const {
        for (const event& each : seen.events) {
            const auto* found = each.get_if<flake_found>();
            if (found != nullptr && found->what.test == test) return &found->what;
        }
        return nullptr;
    }
    const flake_summary& of(std::size_t test) const {
        const flake_summary* found = find(test);
        REQUIRE(found != nullptr);
        return *found;
    }
    std::string category(std::size_t test) const { return std::string(name_of(of(test).category)); }
    verdict verdict_on(std::size_t test) const { return finished(test).what; }
    std::string reason(std::size_t test) const { return finished(test).reason; }
    bool has_notice(const std::string& part) const {
        for (const event& each : seen.events) {
            const auto* said = each.get_if<notice>();
            if (said != nullptr && said->text.find(part) != std::string::npos) return true;
        }
        return false;
    }

    select::setup_keys keys() const { return {s.setups.chain_of_test.begin(), s.setups.chain_of_test.end()}; }

  private:
    const test_finished& finished(std::size_t test) const {
        for (const event& each : seen.events) {
            const auto* end = each.get_if<test_finished>();
            if (end != nullptr && end->test == test) return *end;
        }
        FAIL("no verdict on test " << test);
        static const test_finished none;
        return none;
    }

    /// What holds for every session: a verdict a test, its summary before it, figures that go together, attempts with
    /// rising numbers, one end.
    void check_what_was_told() {
        std::map<std::size_t, int> verdicts;
        std::map<std::size_t, std::uint32_t> last;
        std::size_t ends = 0;
        for (const event& each : seen.events) {
            CHECK(ends == 0);
            if (const auto* end = each.get_if<test_finished>()) {
                CHECK(++verdicts[end->test] == 1);
            } else if (const auto* ended = each.get_if<attempt_ended>()) {
                CHECK(ended->result.number > last[ended->result.test]);
                last[ended->result.test] = ended->result.number;
            } else if (const auto* found = each.get_if<flake_found>()) {
                CHECK(verdicts[found->what.test] == 0);
                CHECK(found->what.failures <= found->what.runs);
                CHECK(found->what.repro_failures <= found->what.repro_runs);
                CHECK(found->what.low <= found->what.rate());
                CHECK(found->what.high >= found->what.rate());
            } else if (const auto* over = each.get_if<run_finished>()) {
                ++ends;
                in_trouble = over->in_trouble;
                cancelled_by = over->cancelled_by;
                stopped_because = over->stopped_because;
            }
        }
        CHECK(ends == 1);
    }
};

}  // namespace fake
