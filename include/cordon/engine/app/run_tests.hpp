#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/analysis/flake_session.hpp>
#include <cordon/engine/analysis/polluter_session.hpp>
#include <cordon/engine/analysis/shared_process_check.hpp>
#include <cordon/engine/analysis/stress_session.hpp>
#include <cordon/engine/app/prepare.hpp>
#include <cordon/engine/app/program_tests.hpp>
#include <cordon/engine/app/snapshot_keeper.hpp>
#include <cordon/engine/archive/remembering.hpp>
#include <cordon/engine/base/owned.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/model/sink.hpp>
#include <cordon/engine/run/dispatcher.hpp>
#include <cordon/engine/run/port_factory.hpp>
#include <cordon/engine/select/unmatched.hpp>
#include <cordon/engine/text/path_names.hpp>

#include <memory>
#include <string>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::app {

/// How the user follows a run.
struct run_audience {
    sink& out;                 ///< is told of everything that happens
    bool watches = false;      ///< wants starts and the passing of time as they happen
    bool has_display = false;  ///< shows the progress of a session of repeated runs
};

/// The program's name in commands that run tests again.
std::string program_of(const prepared_run& run) { return text::path_names::program(run.info.program, run.info.folder); }

/// Why fewer tests run than the options seem to say.
vector<std::string> selection_warnings(const program_tests& tests, const prepared_run& run) {
    vector<std::string> lines = select::unmatched_lines(tests.list, run.chosen);
    for (const std::string& each : tests.override_warnings)
        lines.push_back(each);
    if (run.what.narrowed_by_only) lines.push_back("only tests with the decorator only() run");
    for (const std::string& each : run.agent_troubles)
        lines.push_back(each);
    if (!run.no_rewind.empty()) lines.push_back("--isolate=rewind runs tests as with fork: " + run.no_rewind);
    if (run.chosen.shard_not_found)
        lines.push_back("no shard was found: --shard auto runs all tests, because no variable names a part");
    return lines;
}

void announce(const program_tests& tests, const prepared_run& run, sink& out) {
    run_started start;
    start.info = run.info;
    start.list = std::shared_ptr<const test_list>(std::shared_ptr<void>(), &tests.list);
    start.selected = run.what.order;
    start.unsharded = run.what.unsharded;
    if (!runs_repeatedly(run.chosen)) start.expected = expected_times(run.earlier);
    out.on(start);
    for (std::string& line : selection_warnings(tests, run))
        out.on(notice{notice::level::warning, std::move(line)});
}

void run_repeatedly(const program_tests& tests, const prepared_run& run, const run::run_settings& settings,
                    const run_audience& audience, run::port_factory& ports) {
    analysis::session_runner with(
        {tests.list, tests.setups, run.chosen, settings, ports, audience.out, program_of(run)});
    if (run.chosen.stress) {
        analysis::stress_session(with).run(run.what.order, !audience.has_display && !run.chosen.quiet);
    } else if (!run.chosen.find_polluter.empty()) {
        analysis::polluter_session(with, setup_keys_of(tests.setups), run.what.order.front(), run.suspects,
                                   run.chosen.flake_time)
            .run();
    } else {
        analysis::flake_session(with, setup_keys_of(tests.setups)).run(run.what.order);
    }
}

void run_once(const program_tests& tests, const prepared_run& run, const run::run_settings& settings, sink& out,
              run::port_factory& ports) {
    constexpr std::size_t many_tests = 16;  // a worker
    const bool many = run.what.order.size() >= many_tests * run.info.jobs;
    const owned<run::port> world = ports.make({run.info.isolation, many, run.chosen.under});
    run::dispatcher work(tests.list, run.what, tests.setups, run.chosen, settings, *world, out);
    work.run();
}

/// Runs tests that failed in shared processes again, each in its own process.
void look_at_failures(const program_tests& tests, const prepared_run& run, const run::run_settings& settings,
                      const run_audience& audience, run::port_factory& ports, analysis::shared_process_check& check) {
    options once_more = run.chosen;
    once_more.keep_temp = false;  // the folder already holds files of this run
    once_more.timeout = analysis::shared_process_check::bounded(run.chosen.timeout);
    analysis::session_runner with(
        {tests.list, tests.setups, once_more, settings, ports, audience.out, program_of(run)});
    check.conclude(with);
}

/// Runs the prepared tests. The results are added to the history if they are comparable with other runs.
void run_tests(const program_tests& tests, const prepared_run& run, const run_audience& audience,
               run::port_factory& ports, archive::history_book& book, instant started) {
    run::run_settings settings{run.info.isolation, jobs_of(run), run.info.seed, started, true};
    if (!audience.watches) settings.tick_every = std::chrono::seconds(1);
    const bool shared = run.info.isolation == isolate::shard;
    analysis::shared_process_check check(audience.out);
    archive::remembering_sink out(book, tests.list, run.history_key, !run.chosen.under.any(),
                                  shared ? static_cast<sink&>(check) : audience.out);
    announce(tests, run, out);
    if (runs_repeatedly(run.chosen)) return run_repeatedly(tests, run, settings, audience, ports);
    snapshot_keeper snapshots(tests.list, run.chosen.snapshots, out);
    run_once(tests, run, settings, snapshots, ports);
    if (shared) look_at_failures(tests, run, settings, audience, ports, check);
    out.remember();
}

}  // namespace cordon::engine::app

CORDON_CHEAP_END
