#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/analysis/ledger_keeper.hpp>
#include <cordon/engine/base/owned.hpp>
#include <cordon/engine/base/sort.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/model/options.hpp>
#include <cordon/engine/model/plan.hpp>
#include <cordon/engine/model/setup_plan.hpp>
#include <cordon/engine/model/sink.hpp>
#include <cordon/engine/run/dispatcher.hpp>
#include <cordon/engine/run/port_factory.hpp>
#include <cordon/engine/text/rerun.hpp>

#include <algorithm>
#include <string>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::analysis {

/// The common settings of the runs of a session.
struct session_setting {
    const test_list& list;
    const setup_plan& setups;
    const options& chosen;
    run::run_settings run;
    run::port_factory& ports;
    sink& out;
    std::string program;  ///< its name in commands
};

/// Runs tests repeatedly, as a session asks: each time a run of a dispatcher with an object that decides what runs.
class session_runner {
  public:
    explicit session_runner(const session_setting& with) : with_(with), ledger_(with.list) {}

    const test_list& list() const { return with_.list; }
    const options& chosen() const { return with_.chosen; }
    sink& out() const { return with_.out; }
    std::uint32_t jobs() const { return with_.run.jobs; }
    std::uint64_t seed() const { return with_.run.seed; }

    instant now() const { return with_.ports.now(); }
    run::variable_world can_vary() const { return with_.ports.can_vary(); }
    optional<processor_times> processors() const { return with_.ports.processors(); }
    /// Null where the system does not tell.
    owned<run::touch_source> watch_touches() const { return with_.ports.watch_touches(); }
    instant started() const { return with_.run.started; }
    /// The program's name in commands.
    const std::string& program() const { return with_.program; }

    /// False after an error of cordon itself, or if the session was cancelled or is out of time: nothing more runs.
    bool going() const { return fine_ && cancelled_by_ == 0 && ended_because_.empty(); }
    /// The verdict on a test that was not examined to its end for that reason.
    select::verdict_decision cut_off() const { return {fine_ ? verdict::not_run : verdict::lost, ended_because_}; }

    /// What the session does, for whoever waits for it.
    session_phase& phase() { return phase_; }

    /// Runs whatever `what` asks for, for these tests, under the condition `under`. `jobs`: at most so many tests at
    /// the same time; 0: as usual.
    void run(const vector<std::size_t>& tests, run::repeater& what, sink& to, const condition& under,
             std::uint32_t jobs = 0) {
        if (!going() || tests.empty()) return;
        plan wanted;
        wanted.order = tests;
        wanted.selected = tests.size();
        run::run_settings settings = with_.run;
        const bool usual = &under == &with_.chosen.under && !has_twins(tests);
        ledger_keeper seen(what, to, ledger_, usual, phase_, with_.run.started);
        settings.repeats = &seen;
        settings.under = &under;
        if (jobs != 0) settings.jobs = std::min(jobs, settings.jobs);
        const owned<run::port> world = with_.ports.make({settings.isolation, true, under});
        run::dispatcher work(with_.list, wanted, with_.setups, with_.chosen, settings, *world, seen);
        fine_ = work.run();
        cancelled_by_ = work.cancelled_by();
        // What the session stops by itself is no reason to stop it.
        if (!fine_ || cancelled_by_ != 0 || what.stop_reason().empty()) ended_because_ = seen.stopped_because();
    }
    template <class Repeater>
    void run(const vector<std::size_t>& tests, Repeater& what) {
        run(tests, what, what, with_.chosen.under);
    }

    /// The results of all usual runs of the session so far.
    session_ledger& ledger() { return ledger_; }
    const session_ledger& ledger() const { return ledger_; }

    /// Tells the end of the session. `by_itself`: why it stopped, if nothing else ended it.
    void finish(std::string by_itself, std::uint64_t peak_rss) {
        with_.out.on(run_finished{now() - with_.run.started, cancelled_by_,
                                  going() ? std::move(by_itself) : ended_because_, peak_rss, !fine_});
    }

    /// A command line that runs this test in this way.
    std::string command(std::size_t test, const text::repeat_options& way) const {
        vector<std::size_t> only;
        only.push_back(test);
        return text::rerun_command(program(), with_.list, only) + text::repeat_options_in_words(way);
    }

    /// A command line that runs these tests in this way.
    std::string command(const vector<std::size_t>& tests, const text::repeat_options& way) const {
        return text::rerun_command(program(), with_.list, tests) + text::repeat_options_in_words(way);
    }

    /// A command line that runs these tests in this order in one process; empty if there is none.
    std::string command_in_order(const vector<std::size_t>& tests) const {
        return text::rerun_in_order(program(), with_.list, tests);
    }

    /// A command line that selects the same tests as this one, and runs them in this way.
    std::string command_for_all(const vector<std::size_t>& selected, const text::repeat_options& way) const {
        return text::rerun_selection(program(), with_.list, with_.chosen, selected) +
               text::repeat_options_in_words(way);
    }

  private:
    /// A test that is listed twice runs beside itself, as in no usual run.
    static bool has_twins(vector<std::size_t> tests) {
        sort(tests);
        return std::adjacent_find(tests.begin(), tests.end()) != tests.end();
    }

    session_setting with_;
    session_ledger ledger_;
    session_phase phase_;
    bool fine_ = true;
    std::string ended_because_;
    int cancelled_by_ = 0;
};

}  // namespace cordon::engine::analysis

CORDON_CHEAP_END
