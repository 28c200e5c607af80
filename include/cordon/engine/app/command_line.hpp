#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/app/apply_overrides.hpp>
#include <cordon/engine/app/completion.hpp>
#include <cordon/engine/app/debugging.hpp>
#include <cordon/engine/app/exit_code.hpp>
#include <cordon/engine/app/help.hpp>
#include <cordon/engine/app/list_tests.hpp>
#include <cordon/engine/app/manual.hpp>
#include <cordon/engine/app/mcp/calls.hpp>
#include <cordon/engine/app/parse.hpp>
#include <cordon/engine/app/prepare.hpp>
#include <cordon/engine/app/program_tests.hpp>
#include <cordon/engine/app/report_conflicts.hpp>
#include <cordon/engine/app/run_reports.hpp>
#include <cordon/engine/app/run_tests.hpp>
#include <cordon/engine/app/terminal_guard.hpp>
#include <cordon/engine/app/told_listeners.hpp>
#include <cordon/engine/app/watch.hpp>
#include <cordon/engine/app/withheld_variables.hpp>
#include <cordon/engine/archive/replay.hpp>
#include <cordon/engine/launch/agent_ports.hpp>
#include <cordon/engine/os/system.hpp>

#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::app {

/// The result of a command line.
struct command_result {
    int code = exit_passed;
    /// True if exit() may end this process with another code than `code`: a destructor or an exit handler of the
    /// program has ended a test's process, or tests ran in this process.
    bool exit_may_be_cut_short = false;
};

void complain(const std::string& line) { os::write_standard_error("cordon: " + line + "\n"); }

command_result refuse(const error& why) {
    complain(why.detail);
    return {exit_usage};
}

command_result written(const status& done) {
    if (done) return {};
    complain("cannot " + os::describe(done.failure()));
    return {exit_trouble};
}

command_result print(const std::string& text) {
    standard_output_text output;
    output.write(text);
    return written(output.finish());
}

// Without isolation the test owns the process, and Ctrl-C has its usual effect.
void take_over_signals() {
    os::hold_back_signals();
    os::watch_children();
    os::watch_requests();
    os::ignore_broken_pipes();
    os::adopt_orphans();
}

/// Tells tests about the user's terminal: their output goes to cordon, so they cannot know whether colors are wanted.
/// Variables that the user set are kept.
void describe_terminal(options& chosen) {
    if (chosen.tty) {
        const os::terminal_size size = os::own_terminal_size();
        chosen.terminal_columns = size.columns;
        chosen.terminal_rows = size.rows;
    }
    for (const char* variable : {"FORCE_COLOR", "NO_COLOR"}) {
        if (std::getenv(variable) != nullptr) return;
        for (const auto& [name, value] : chosen.environment) {
            if (name == variable) return;
        }
    }
    chosen.environment.emplace_back(style_for(chosen).color ? "FORCE_COLOR" : "NO_COLOR", "1");
}

std::string unmatched_subcases(const options& chosen) {
    std::string text = "no subcase was selected: none in the tests that ran matches";
    for (const std::string& each : chosen.subcases)
        text += " --subcase " + quoted(each);
    return text;
}

command_result concluded(run_reports& reports, const options& chosen, bool complete) {
    run_summary summary = reports.conclude();
    if (!complete) summary.report_failed = true;
    if (reports.result().missed_all_subcases()) complain(unmatched_subcases(chosen));
    return {exit_code_of(summary, chosen), reports.result().exit_cut_short()};
}

/// --replay.
command_result report_again(options& chosen) {
    os::ignore_broken_pipes();
    if (const status distinct = settle_report_places(chosen, os::self_path()); !distinct)
        return refuse(distinct.failure());
    run_reports reports(chosen, complain, {});
    reports.judge_by(chosen);
    archive::replay again(chosen, complain);
    if (!again.prepare()) return {exit_trouble};
    reports.open();
    archive::replayed_sink seen(reports);
    const bool complete = again.drive(seen);
    if (complete && chosen.history.by_option)
        archive::history_book(chosen.history, os::self_path(), complain).add_replayed(seen.record());
    return concluded(reports, chosen, complete);
}

command_result list(const program_tests& tests, const prepared_run& run) {
    for (const vector<std::string>& lines :
         {select::unmatched_lines(tests.list, run.chosen), tests.override_warnings}) {
        for (const std::string& line : lines)
            complain(line);
    }
    standard_output_text output;
    const int code = list_tests(tests, run, output);
    const command_result came_to = written(output.finish());
    return came_to.code == exit_passed ? command_result{code} : came_to;
}

command_result nothing_selected(const test_list& list, const options& chosen) {
    if (!chosen.quiet || !chosen.allow_empty)
        complain("no test was selected, of " + std::to_string(list.tests.size()) + select::why_nothing(list, chosen));
    return {exit_code_of({}, chosen)};
}

bool has_display(const options& chosen) {
    return os::terminal_width() != 0 && chosen.progress != progress_choice::lines;
}

/// --run-skipped.
void lift_skips(test_list& list) {
    for (test_info& test : list.tests)
        test.skip = nullopt;
}

/// True if a user watches or the run is recorded.
bool is_watched(const options& chosen) {
    return os::terminal_width() != 0 || chosen.output == show_output::live || !chosen.record.empty() || chosen.stress;
}

/// Warnings that no report shows.
void complain_of_selection(const program_tests& tests, const prepared_run& run, const run_reports& reports) {
    if (run.info.prints_through) {
        for (const std::string& each : mixtures(run.chosen))
            complain(each);
    }
    if (reports.has_console()) return;
    for (const std::string& each : selection_warnings(tests, run))
        complain(each);
}

command_result run(const program_tests& tests, prepared_run& what, archive::history_book& book) {
    if (const status set = debug_as_asked(what.chosen, what.what.selected); !set) return refuse(set.failure());
    const bool isolated = is_isolated(what);
    if (!isolated && runs_repeatedly(what.chosen))
        return refuse({{}, 0, "--isolate=none cannot repeat tests: use another --isolate"});
    const instant started = now();
    const duration limit = what.chosen.global_timeout;
    run_reports reports(what.chosen, complain, limit != duration{0} ? deadline(started + limit) : deadline());
    terminal_guard terminal(reports);
    if (isolated) take_over_signals();
    if (isolated) reports.add(terminal);
    told_listeners listeners;
    if (exec::first_listener != nullptr) reports.add(listeners);
    describe_terminal(what.chosen);
    launch::agent_ports ports(tests.list, what.chosen, withheld_variables());
    if (const status reached = ports.connect(); !reached) {
        complain(reached.failure().detail);
        return {exit_trouble};
    }
    what.agent_jobs = ports.slots();
    what.agent_troubles = vector<std::string>(ports.troubles());
    note_jobs(what);
    reports.open();
    complain_of_selection(tests, what, reports);
    run_tests(tests, what, {reports, is_watched(what.chosen), has_display(what.chosen)}, ports, book, started);
    command_result came_to = concluded(reports, what.chosen, true);
    came_to.exit_may_be_cut_short = came_to.exit_may_be_cut_short || !isolated;
    return came_to;
}

/// Handles options that ask for something else than a run in this process.
optional<command_result> other_than_a_run(options& chosen) {
    if (chosen.help_topic == "man") return print(manual_page());
    if (chosen.help || chosen.list_conditions) return print(help_for(chosen, os::self_path()));
    if (chosen.completion != completion_shell::none) return print(completion_for(chosen.completion, os::self_path()));
    if (chosen.version) return print(version_text());
    if (!chosen.replays.empty()) return report_again(chosen);
    if (chosen.mcp) return command_result{mcp::server().serve()};
    if (watcher::is_wanted(chosen)) return command_result{watcher(chosen).watch()};
    return nullopt;
}

/// One command line, from the arguments to the exit code.
command_result run_command_line(program_tests& tests, int argc, const char* const* argv) {
    os::keep_standard_streams();
    result<options> parsed =
        parse_command_line(argc, argv, [](const char* name) -> const char* { return std::getenv(name); });
    if (!parsed) return refuse(parsed.failure());
    options& chosen = parsed.value();
    if (const optional<command_result> done = other_than_a_run(chosen)) return *done;
    if (const status distinct = settle_report_places(chosen, os::self_path()); !distinct)
        return refuse(distinct.failure());
    if (const status told = announce_sharding(chosen.shard_status_file); !told)
        return refuse({{}, 0, os::describe(told.failure())});
    premature_exit_note running(chosen.premature_exit_file);
    if (const status made = running.make(); !made) return refuse({{}, 0, os::describe(made.failure())});
    if (const status read = apply_overrides(chosen, tests); !read) return refuse(read.failure());
    archive::history_book book(chosen.history, os::self_path(), complain);
    const bool wants_times = chosen.list == list_format::none && os::terminal_width() != 0;
    result<prepared_run> made = prepare_run(tests, std::move(chosen), {argv, argv + argc}, book, wants_times);
    if (!made) return refuse(made.failure());
    prepared_run& what = made.value();
    if (what.chosen.list != list_format::none) return list(tests, what);
    // A tool reads the report of an empty run, too.
    const bool unread = !what.chosen.for_tool || what.chosen.reports.empty();
    if (what.what.selected == 0 && unread) return nothing_selected(tests.list, what.chosen);
    if (what.chosen.run_skipped) lift_skips(tests.list);
    const command_result came_to = run(tests, what, book);
    if (came_to.code == exit_trouble) note_infrastructure_failure(what.chosen.infrastructure_failure_file);
    return came_to;
}

}  // namespace cordon::engine::app

CORDON_CHEAP_END
