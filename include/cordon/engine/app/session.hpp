#pragma once

#include <cordon/engine/analysis/flake_session.hpp>
#include <cordon/engine/analysis/polluter_session.hpp>
#include <cordon/engine/analysis/shared_process_check.hpp>
#include <cordon/engine/analysis/stress_session.hpp>
#include <cordon/engine/app/conclusion.hpp>
#include <cordon/engine/app/debugging.hpp>
#include <cordon/engine/app/exit_code.hpp>
#include <cordon/engine/app/help.hpp>
#include <cordon/engine/app/manual.hpp>
#include <cordon/engine/app/outputs.hpp>
#include <cordon/engine/app/parse.hpp>
#include <cordon/engine/app/repeat_options.hpp>
#include <cordon/engine/app/report_conflicts.hpp>
#include <cordon/engine/app/report_places.hpp>
#include <cordon/engine/app/shard_environment.hpp>
#include <cordon/engine/app/terminal_guard.hpp>
#include <cordon/engine/app/watch.hpp>
#include <cordon/engine/app/withheld_variables.hpp>
#include <cordon/engine/archive/inputs.hpp>
#include <cordon/engine/archive/recorder.hpp>
#include <cordon/engine/archive/remembering.hpp>
#include <cordon/engine/archive/replay.hpp>
#include <cordon/engine/base/owned.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/exec/worker.hpp>
#include <cordon/engine/launch/local_ports.hpp>
#include <cordon/engine/model/setup_plan.hpp>
#include <cordon/engine/model/test_list_build.hpp>
#include <cordon/engine/os/system.hpp>
#include <cordon/engine/report/formats.hpp>
#include <cordon/engine/report/list.hpp>
#include <cordon/engine/run/supervisor.hpp>
#include <cordon/engine/select/select.hpp>
#include <cordon/engine/select/unmatched.hpp>
#include <cordon/engine/text/path_names.hpp>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

namespace cordon::engine::app {

void complain(const std::string& line) { os::write_standard_error("cordon: " + line + "\n"); }

/// One run, from the command line to the exit code.
class session {
  public:
    session(test_list tests, setup_plan setups) : tests_(std::move(tests)), setups_(std::move(setups)) {}

    int run(int argc, const char* const* argv) {
        os::keep_standard_streams();
        result<options> parsed =
            parse_command_line(argc, argv, [](const char* name) -> const char* { return std::getenv(name); });
        if (!parsed) return refuse(parsed.failure());
        chosen_ = std::move(parsed.value());
        if (chosen_.help_topic == "man") return print(manual_page());
        if (chosen_.help || chosen_.list_conditions) return print(help_for(chosen_, os::self_path()));
        if (chosen_.version) return print(version_text());
        if (!chosen_.replays.empty()) return report_again();
        if (watcher::is_wanted(chosen_)) return watcher(chosen_).watch();
        if (const status distinct = settle_report_places(chosen_, os::self_path()); !distinct)
            return refuse(distinct.failure());
        if (const status told = announce_sharding(chosen_.shard_status_file); !told)
            return refuse({{}, 0, os::describe(told.failure())});
        info_.seed = chosen_.seed.value_or(os::entropy() & 0xFFFFFFFFu);
        choose_isolation();
        info_.nonce = os::entropy();
        archive::history_book book(chosen_.history, os::self_path(), complain);
        const past earlier = knows_past_first() ? book.look_up(tests_, build()) : past();
        result<plan> made = select::make_plan(tests_, chosen_, info_.seed, setup_keys(), earlier);
        if (!made) return refuse(made.failure());
        plan_ = std::move(made.value());
        if (!chosen_.find_polluter.empty()) {
            if (const status found = choose_victim(); !found) return refuse(found.failure());
        }
        if (chosen_.list != list_format::none) return list();
        if (plan_.selected == 0) return nothing_selected();
        return run_tests(argc, argv, book, runs_repeatedly() ? vector<duration>() : expected_times(earlier));
    }

    /// Whether exit() may end this process with a code other than the one it was given; after run(). Without isolation
    /// the tests' exit handlers are this process's, and nobody looks on.
    bool exit_may_be_cut_short() const { return conclusion_.exit_cut_short() || info_.isolation == isolate::none; }

  private:
    static constexpr std::size_t many_tests = 16;  // a worker

    static int refuse(const error& why) {
        complain(why.detail);
        return exit_usage;
    }

    bool runs_repeatedly() const {
        return chosen_.stress || chosen_.flake_detect || chosen_.flake_diagnose || !chosen_.find_polluter.empty();
    }

    static int told(const status& written) {
        if (written) return exit_passed;
        complain("can not " + os::describe(written.failure()));
        return exit_trouble;
    }

    static int print(const std::string& text) {
        standard_output_text output;
        output.write(text);
        return told(output.finish());
    }

    // Whom the bar tells how long it will take wants to know it before the run; others only hear of what failed.
    bool knows_past_first() const {
        const bool runs = chosen_.list == list_format::none;
        return select::plan_wants_past(chosen_) || (runs && os::terminal_width() != 0);
    }

    /// What earlier runs have to have been runs of, to be compared with this one.
    std::uint64_t build() const {
        std::string inputs = archive::inputs_of(
            chosen_, info_.isolation, [](const char* name) { return static_cast<const char*>(std::getenv(name)); });
        // An order of this run's own, or one that earlier runs have made, is that of no other run.
        const bool own_order =
            (chosen_.order == test_order::random && !chosen_.seed) || select::plan_wants_past(chosen_);
        if (info_.isolation == isolate::shard && own_order) inputs += std::to_string(info_.nonce);
        return archive::build_key(info_.build_id, info_.isolation, inputs);
    }

    int nothing_selected() const {
        if (!chosen_.quiet || !chosen_.allow_empty)
            complain("no test was selected, of " + std::to_string(tests_.tests.size()) +
                     select::why_nothing(tests_, chosen_));
        return exit_code_of({}, chosen_);
    }

    std::string unmatched_subcases() const {
        std::string text = "no subcase was selected: none in the tests that ran matches";
        for (const std::string& each : chosen_.subcases)
            text += " --subcase " + quoted(each);
        return text;
    }

    select::setup_keys setup_keys() const { return {setups_.chain_of_test.begin(), setups_.chain_of_test.end()}; }

    int list() {
        for (const std::string& line : select::unmatched_lines(tests_, chosen_))
            complain(line);
        standard_output_text output;
        if (chosen_.list == list_format::json) {
            report::list_json(tests_, plan_.order, output);
        } else if (chosen_.list == list_format::tags) {
            report::list_tags(tests_, plan_.order, output);
        } else {
            report::list_names(tests_, plan_.order, output);
        }
        return told(output.finish());
    }

    int run_tests(int argc, const char* const* argv, archive::history_book& book, vector<duration> expected) {
        if (status set = debug_as_asked(chosen_, plan_.selected, info_.isolation); !set) return refuse(set.failure());
        describe_run(argc, argv);
        info_.remembers = book.keeps() && may_be_remembered();
        const bool isolated = info_.isolation != isolate::none;
        if (!isolated && runs_repeatedly())
            return refuse({{}, 0, "tests can not be run again and again in one process (--isolate=none)"});
        const instant started = now();
        if (chosen_.global_timeout != duration{0}) end_of_time_ = started + chosen_.global_timeout;
        if (isolated) take_over_signals();
        if (isolated) reports_.add(terminal_);
        open_reports();
        if (info_.prints_through) {
            for (const std::string& each : mixtures(chosen_))
                complain(each);
        }
        analysis::shared_process_check check(reports_);
        const bool shared = info_.isolation == isolate::shard;
        archive::remembering_sink out(book, tests_, build(), !chosen_.under.any(),
                                      shared ? static_cast<sink&>(check) : reports_);
        announce(out, std::move(expected));
        describe_terminal();
        run::run_settings settings{info_.isolation, jobs(), info_.seed, started, true};
        if (!is_watched()) settings.tick_every = std::chrono::seconds(1);
        launch::local_ports ports(tests_, chosen_, withheld_variables());
        if (runs_repeatedly()) return run_repeatedly(settings, ports);
        const bool many = plan_.order.size() >= many_tests * info_.jobs;
        const owned<run::port> world = ports.make({info_.isolation, many, chosen_.under});
        run::dispatcher work(tests_, plan_, setups_, chosen_, settings, *world, out);
        work.run();
        if (shared) {
            options once_more = chosen_;
            once_more.keep_temp = false;  // what the run itself has left is there already
            once_more.timeout = analysis::shared_process_check::bounded(chosen_.timeout);
            analysis::session_runner with({tests_, setups_, once_more, settings, ports, reports_, program()});
            check.conclude(with);
        }
        const int code = conclude(true);
        // Debuggers stop tests for as long as people think, and what is so in a changed world, or of some subcases,
        // says nothing of the usual one.
        if (isolated && !chosen_.under.any() && chosen_.subcases.empty()) out.remember();
        return code;
    }

    int report_again() {
        os::ignore_broken_pipes();
        reports_.judge_by(chosen_);
        if (const status distinct = settle_report_places(chosen_, os::self_path()); !distinct)
            return refuse(distinct.failure());
        archive::replay again(chosen_, complain);
        if (!again.prepare()) return exit_trouble;
        open_reports();
        return conclude(again.drive(reports_));
    }

    /// --find-polluter: the one test that is looked into becomes the plan, what was selected the suspects.
    status choose_victim() {
        options only;
        only.patterns.push_back(chosen_.find_polluter);
        result<plan> named = select::make_plan(tests_, only, 0, {});
        if (!named) return named.failure();
        vector<std::size_t> found = named.value().order;
        // A full name is that of one test, whatever tests in suites are called.
        vector<std::size_t> whole, exact;
        for (const std::size_t test : found) {
            const test_info& info = tests_.tests[test];
            if (text::full_name_of(info) == chosen_.find_polluter) whole.push_back(test);
            if (info.name == chosen_.find_polluter) exact.push_back(test);
        }
        if (whole.size() == 1 || exact.size() == 1) found = whole.size() == 1 ? whole : exact;
        if (found.size() != 1) {
            return error{{},
                         0,
                         "--find-polluter " + quoted(chosen_.find_polluter) + ": expected to name one test, " +
                             (found.empty() ? "but it names none" : "not " + counted(found.size()))};
        }
        suspects_ = std::move(plan_.order);
        plan_.order = std::move(found);
        plan_.selected = 1;
        return ok();
    }

    int run_repeatedly(const run::run_settings& settings, run::port_factory& ports) {
        analysis::session_runner with({tests_, setups_, chosen_, settings, ports, reports_, program()});
        if (chosen_.stress) {
            const bool has_bar = os::terminal_width() != 0 && chosen_.progress != progress_choice::lines;
            analysis::stress_session(with).run(plan_.order, !has_bar && !chosen_.quiet);
        } else if (!chosen_.find_polluter.empty()) {
            analysis::polluter_session(with, setup_keys(), plan_.order.front(), suspects_, chosen_.flake_time).run();
        } else {
            analysis::flake_session(with, setup_keys()).run(plan_.order);
        }
        return conclude(true);
    }

    static std::string program() { return text::path_names::program(os::self_path(), os::current_folder()); }

    // Without isolation the test owns the process, and Ctrl-C does what it does in any program.
    static void take_over_signals() {
        os::hold_back_signals();
        os::watch_children();
        os::watch_requests();
        os::ignore_broken_pipes();
        os::adopt_orphans();
    }

    std::uint32_t jobs() const {
        if (info_.isolation == isolate::none) return 1;
        return chosen_.jobs != 0 ? chosen_.jobs : info_.cpus;
    }

    void choose_isolation() {
        info_.build_id = os::build_id();
        info_.isolation = chosen_.isolation;
        if (info_.isolation == isolate::by_default)
            info_.isolation = os::under_debugger() ? isolate::none : os::default_isolation();
    }

    /// Whether after this run the tests that failed when they were last run will be those that failed in it.
    bool may_be_remembered() const {
        const bool all = info_.filtered_out == 0 || (chosen_.failed && chosen_.filters.empty() &&
                                                     chosen_.patterns.empty() && chosen_.excludes.empty());
        return all && !chosen_.shard && !runs_repeatedly() && info_.isolation != isolate::none &&
               !chosen_.under.any() && chosen_.subcases.empty();
    }

    void describe_run(int argc, const char* const* argv) {
        info_.started_at = os::wall_clock_utc();
        info_.cpus = os::usable_processors();
        info_.jobs = jobs();
        // With --stress even one test keeps all of them busy.
        if (!chosen_.stress)
            info_.jobs = std::min(info_.jobs, static_cast<std::uint32_t>(std::max<std::size_t>(1, plan_.order.size())));
        info_.shard = chosen_.shard;
        info_.command_line.assign(argv, argv + argc);
        info_.os = os::system_name();
        info_.arch = os::architecture();
        info_.slow_after = chosen_.slow_after;
        if (info_.isolation != isolate::none) info_.timeout = chosen_.timeout;
        info_.repeats = runs_repeatedly();
        info_.flaky = chosen_.flaky;
        info_.flake_threshold = chosen_.flake_threshold;
        info_.leaks = chosen_.leaks;
        info_.filtered_out = static_cast<std::uint32_t>(tests_.tests.size() - plan_.selected);
        info_.folder = os::current_folder();
        info_.program = os::self_path();
        info_.again = options_to_repeat(chosen_, info_);
        info_.shuffled = chosen_.order == test_order::random;
        info_.prints_through = info_.isolation == isolate::none || !chosen_.capture;
    }

    void open_reports() {
        reports_.add(conclusion_);
        if (!chosen_.record.empty()) open_recording();
        bool console_wanted = true;
        for (const report_choice& each : chosen_.reports) {
            if (each.format == "console" || goes_to_standard_output(each)) console_wanted = false;
        }
        if (console_wanted) open_report({"console", {}});
        has_console_ = console_wanted;
        for (const report_choice& each : chosen_.reports) {
            open_report(each);
            has_console_ = has_console_ || each.format == "console";
        }
    }

    void open_recording() {
        owned<text_output> file = opened(make_owned<written_text>(chosen_.record, os::delivery::growing, end_of_time_));
        text_output& text = *file;
        reports_.add(std::move(file), owned<sink>(new archive::recorder(text)));
    }

    void open_report(const report_choice& which) {
        const report::format& format = *report::find_format(which.format);
        const report::report_setup setup{format.name, console_style(goes_to_standard_output(which)), open_step_summary};
        owned<text_output> output = open_output(which, format.how);
        text_output& text = *output;
        reports_.add(std::move(output), format.make(setup, text));
    }

    owned<text_output> open_output(const report_choice& which, report::delivery how) {
        if (how == report::delivery::nowhere) return make_owned<no_text>();
        if (which.path.empty()) return make_owned<standard_output_text>(end_of_time_);
        const bool grows = how == report::delivery::growing;
        const os::delivery through = grows ? os::delivery::growing : os::delivery::whole;
        return opened(make_owned<written_text>(which.path, through, end_of_time_));
    }

    owned<text_output> opened(owned<written_text> file) {
        if (file->failure()) complain_early("can not " + os::describe(*file->failure()));
        return file;
    }

    // A report that can not be written is no reason not to run the tests, and no news to wait for until they are over.
    void complain_early(const std::string& line) {
        complain(line);
        told_.push_back(line);
    }

    text::console_style console_style(bool to_terminal) const {
        text::console_style style = style_for(chosen_);
        if (to_terminal) return style;
        style.color = chosen_.color == color_choice::always;
        style.progress = chosen_.progress == progress_choice::none ? progress_choice::none : progress_choice::lines;
        return style;
    }

    /// What tests are told of the terminal that the user looks at: a test's own output goes to cordon, so it can not
    /// know whether colours are wanted. What the user has said already stays.
    void describe_terminal() {
        if (chosen_.tty) {
            const os::terminal_size size = os::own_terminal_size();
            chosen_.terminal_columns = size.columns;
            chosen_.terminal_rows = size.rows;
        }
        for (const char* variable : {"FORCE_COLOR", "NO_COLOR"}) {
            if (std::getenv(variable) != nullptr) return;
            for (const auto& [name, value] : chosen_.environment) {
                if (name == variable) return;
            }
        }
        const bool colored = style_for(chosen_).color;
        chosen_.environment.emplace_back(colored ? "FORCE_COLOR" : "NO_COLOR", "1");
    }

    /// Somebody looks on, or what happens is written down: starts and the passing of time are told as they happen.
    bool is_watched() const {
        return os::terminal_width() != 0 || chosen_.output == show_output::live || !chosen_.record.empty() ||
               chosen_.stress;
    }

    void announce(sink& out, vector<duration> expected) {
        run_started start;
        start.info = info_;
        start.list = std::shared_ptr<const test_list>(std::shared_ptr<void>(), &tests_);
        start.selected = plan_.order;
        start.unsharded = plan_.unsharded;
        start.expected = std::move(expected);
        out.on(start);
        for (std::string& line : selection_warnings()) {
            if (!has_console_) complain(line);
            out.on(notice{notice::level::warning, std::move(line)});
        }
    }

    vector<std::string> selection_warnings() const {
        vector<std::string> lines = select::unmatched_lines(tests_, chosen_);
        if (plan_.narrowed_by_only) lines.push_back("only tests decorated with only() are run");
        if (chosen_.shard_not_found)
            lines.push_back("no shard was found: --shard auto runs all tests, as no system says which part this is");
        return lines;
    }

    int conclude(bool complete) {
        run_summary summary = conclusion_.summary();
        const vector<std::string> errors = reports_.finish_all();
        for (const std::string& each : errors) {
            if (std::find(told_.begin(), told_.end(), each) == told_.end()) complain(each);
        }
        if (!errors.empty() || !complete) summary.report_failed = true;
        if (conclusion_.missed_all_subcases()) complain(unmatched_subcases());
        return exit_code_of(summary, chosen_);
    }

    test_list tests_;
    setup_plan setups_;
    options chosen_;
    plan plan_;
    vector<std::size_t> suspects_;
    run_info info_;
    bool has_console_ = false;  ///< else notices are not seen by whoever started the run
    deadline end_of_time_;      ///< of the whole run
    conclusion conclusion_;
    reports reports_;
    terminal_guard terminal_{reports_};
    vector<std::string> told_;
};

}  // namespace cordon::engine::app
