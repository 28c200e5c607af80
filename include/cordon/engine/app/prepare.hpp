#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/app/program_tests.hpp>
#include <cordon/engine/app/repeat_options.hpp>
#include <cordon/engine/app/snapshot_options.hpp>
#include <cordon/engine/app/snapshot_state.hpp>
#include <cordon/engine/archive/inputs.hpp>
#include <cordon/engine/archive/remembering.hpp>
#include <cordon/engine/base/result.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/model/options.hpp>
#include <cordon/engine/model/past.hpp>
#include <cordon/engine/model/plan.hpp>
#include <cordon/engine/os/rewind.hpp>
#include <cordon/engine/os/system.hpp>
#include <cordon/engine/select/select.hpp>
#include <cordon/engine/text/wording.hpp>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::app {

/// A planned run that has not begun.
struct prepared_run {
    options chosen;
    plan what;
    vector<std::size_t> suspects;  ///< --find-polluter: tests that may affect the one in `what`
    run_info info;
    std::uint32_t agent_jobs = 0;        ///< workers of all agents
    vector<std::string> agent_troubles;  ///< agents that could not be reached
    std::string no_rewind;               ///< why --isolate=rewind, if it was asked for, becomes fork here
    std::uint64_t history_key = 0;       ///< history_key()
    past earlier;  ///< results of earlier runs; empty if neither the plan nor a display needs them
};

bool runs_repeatedly(const options& chosen) {
    return chosen.stress || chosen.flake_detect || chosen.flake_diagnose || !chosen.find_polluter.empty();
}

bool is_isolated(const prepared_run& run) { return run.info.isolation != isolate::none; }

select::setup_keys setup_keys_of(const setup_plan& setups) {
    return {setups.chain_of_test.begin(), setups.chain_of_test.end()};
}

/// Runs are comparable if they have the same key.
std::uint64_t history_key(const program_tests& tests, const options& chosen, const run_info& info) {
    std::string inputs = archive::inputs_of(
        chosen, info.isolation, [](const char* name) { return static_cast<const char*>(std::getenv(name)); });
    inputs += tests.overridden;
    // A random order, or an order from the history, is unique to this run.
    const bool own_order = (chosen.order == test_order::random && !chosen.seed) || select::plan_wants_past(chosen);
    if (info.isolation == isolate::shard && own_order) inputs += std::to_string(info.nonce);
    if (const std::uint64_t snapshots = snapshot_state(tests.list); snapshots != 0) inputs += std::to_string(snapshots);
    return archive::build_key(info.build_id, info.isolation, inputs);
}

isolate isolation_of(const options& chosen) {
    if (chosen.wait_for_debugger) return isolate::none;
    if (chosen.isolation != isolate::by_default) return chosen.isolation;
    if (os::under_debugger()) return isolate::none;
    // Rates count draws: each run of a test shall draw all that a process does, such as its number.
    const isolate usual = os::default_isolation();
    return usual == isolate::rewind && runs_repeatedly(chosen) ? isolate::fork : usual;
}

/// The number of workers, independent of the number of tests.
std::uint32_t jobs_of(const prepared_run& run) {
    if (!is_isolated(run)) return 1;
    const std::uint32_t here = run.chosen.no_local_jobs ? 0
                               : run.chosen.jobs != 0   ? run.chosen.jobs
                                                        : os::usable_processors();
    return here + run.agent_jobs;
}

/// Notes how many workers the run has at most.
void note_jobs(prepared_run& run) {
    run.info.jobs = std::max<std::uint32_t>(jobs_of(run), 1);
    // With --stress even a single test uses all of them.
    if (run.chosen.stress) return;
    const std::size_t tests = std::max<std::size_t>(1, run.what.order.size());
    run.info.jobs = static_cast<std::uint32_t>(std::min<std::size_t>(run.info.jobs, tests));
}

/// True if the history may keep this run.
bool is_comparable(const prepared_run& run) {
    const options& chosen = run.chosen;
    return is_isolated(run) && !runs_repeatedly(chosen) && !chosen.under.any() && chosen.subcases.empty();
}

/// True if this run decides which tests `--failed` selects next time.
bool decides_what_failed(const prepared_run& run) {
    const options& chosen = run.chosen;
    const bool all = run.info.filtered_out == 0 ||
                     (chosen.failed && chosen.filters.empty() && chosen.patterns.empty() && chosen.excludes.empty());
    return all && !chosen.shard && is_comparable(run);
}

/// --find-polluter: the named test becomes the plan, the selected tests become the suspects.
status choose_victim(const test_list& list, prepared_run& run) {
    const std::string& name = run.chosen.find_polluter;
    options only;
    only.patterns.push_back(name);
    result<plan> named = select::make_plan(list, only, 0, {});
    if (!named) return named.failure();
    vector<std::size_t> found = named.value().order;
    // A full name selects one test, even if a test in a suite has the same name.
    vector<std::size_t> whole, exact;
    for (const std::size_t test : found) {
        const test_info& info = list.tests[test];
        if (text::full_name_of(info) == name) whole.push_back(test);
        if (info.name == name) exact.push_back(test);
    }
    if (whole.size() == 1 || exact.size() == 1) found = whole.size() == 1 ? whole : exact;
    if (found.size() != 1)
        return error{{},
                     0,
                     "--find-polluter " + quoted(name) + ": expected to name one test, " +
                         (found.empty() ? "but it names none" : "not " + counted(found.size()))};
    run.suspects = std::move(run.what.order);
    run.what.order = std::move(found);
    run.what.selected = 1;
    return ok();
}

void describe_machine(run_info& info) {
    info.started_at = os::wall_clock_utc();
    info.cpus = os::usable_processors();
    info.os = os::system_name();
    info.arch = os::architecture();
    info.folder = os::current_folder();
    info.program = os::self_path();
}

void describe_run(const test_list& list, prepared_run& run) {
    run_info& info = run.info;
    const options& chosen = run.chosen;
    describe_machine(info);
    note_jobs(run);
    info.shard = chosen.shard;
    info.slow_after = chosen.slow_after;
    if (is_isolated(run)) info.timeout = chosen.timeout;
    info.repeats = runs_repeatedly(chosen);
    info.flaky = chosen.flaky;
    info.new_flakes_fail = chosen.new_flakes_fail;
    info.flake_threshold = chosen.flake_threshold;
    info.leaks = chosen.leaks;
    info.filtered_out = static_cast<std::uint32_t>(list.tests.size() - run.what.selected);
    info.again = options_to_repeat(chosen, info);
    info.shuffled = chosen.order == test_order::random;
    info.prints_through = !is_isolated(run) || !chosen.capture;
}

/// Plans the run. `wants_times`: a display shows the remaining time. Fails if the options cannot be applied to these
/// tests.
result<prepared_run> prepare_run(const program_tests& tests, options chosen, vector<std::string> command_line,
                                 archive::history_book& book, bool wants_times) {
    prepared_run run;
    run.chosen = std::move(chosen);
    run.info.command_line = std::move(command_line);
    run.info.seed = run.chosen.seed.value_or(os::entropy() & 0xFFFFFFFFu);
    run.info.nonce = os::entropy();
    run.info.build_id = os::build_id();
    run.info.isolation = isolation_of(run.chosen);
    if (run.info.isolation == isolate::rewind) {
        const std::string obstacle =
            run.chosen.wrapper.empty() ? os::why_no_rewind() : "--wrap runs the program in another environment";
        if (!obstacle.empty()) run.info.isolation = isolate::fork;
        if (run.chosen.isolation == isolate::rewind) run.no_rewind = obstacle;
    }
    if (!run.chosen.wrapper.empty() && !os::can_wrap()) return error{{}, 0, "--wrap is not available on this system"};
    if (run.info.isolation == isolate::none && !run.chosen.wrapper.empty())
        return error{{}, 0, "--wrap needs workers: it cannot be used with --isolate=none or under a debugger"};
    if (!run.chosen.agents.empty() && !os::can_wrap()) return error{{}, 0, "--agent is not available on this system"};
    if (run.info.isolation == isolate::none && !run.chosen.agents.empty())
        return error{{}, 0, "--agent needs workers: it cannot be used with --isolate=none or under a debugger"};
    if (run.info.isolation == isolate::fork && !os::can_fork())
        return error{
            {},
            0,
            "this system cannot copy processes, which --isolate=fork and --isolate=rewind need: use --isolate=exec"};
    if (wants_times || select::plan_wants_past(run.chosen))
        run.earlier = book.look_up(tests.list, history_key(tests, run.chosen, run.info));
    result<plan> made =
        select::make_plan(tests.list, run.chosen, run.info.seed, setup_keys_of(tests.setups), run.earlier);
    if (!made) return made.failure();
    run.what = std::move(made.value());
    if (!run.chosen.find_polluter.empty()) {
        if (const status found = choose_victim(tests.list, run); !found) return found.failure();
    }
    describe_run(tests.list, run);
    run.info.again += tests.foreign_options;
    // A command that runs a property again must name the seed.
    for (const std::size_t test : run.what.order) {
        if (tests.list.tests[test].is_property) run.chosen.seed = run.info.seed;
    }
    run.chosen.snapshots = snapshot_settings_of(run.chosen, run.info, runs_repeatedly(run.chosen));
    run.history_key = history_key(tests, run.chosen, run.info);
    run.info.remembers = book.keeps() && decides_what_failed(run);
    if (is_comparable(run)) run.info.build_key = run.history_key;
    return run;
}

}  // namespace cordon::engine::app

CORDON_CHEAP_END
