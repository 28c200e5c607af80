#pragma once

#include <cordon/engine/app/bazel_files.hpp>
#include <cordon/engine/app/conclusion.hpp>
#include <cordon/engine/app/default_report.hpp>
#include <cordon/engine/app/outputs.hpp>
#include <cordon/engine/app/report_places.hpp>
#include <cordon/engine/archive/recorder.hpp>
#include <cordon/engine/base/owned.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/options.hpp>
#include <cordon/engine/model/sink.hpp>
#include <cordon/engine/report/formats.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace cordon::engine::app {

/// The requested reports, and the data for the exit code.
class run_reports final : public sink {
  public:
    using speaker = void (*)(const std::string& line);

    /// `complain` gets lines for standard error. `until`: the time limit of the run; after it, no reader is waited for.
    run_reports(const options& chosen, speaker complain, deadline until)
        : chosen_(chosen), complain_(complain), until_(until) {
        all_.add(conclusion_);
    }

    /// For a recording: uses the options of the replay for verdicts.
    void judge_by(const options& chosen) { all_.judge_by(chosen); }
    void add(sink& borrowed) { all_.add(borrowed); }

    /// If a report cannot be opened, the user learns it at once, and the tests still run.
    void open() {
        if (!chosen_.record.empty()) open_recording();
        if (!chosen_.warnings_file.empty()) open_warnings();
        bool standard_output_is_free = true;
        for (const report_choice& each : chosen_.reports) {
            if (each.format == "console" || goes_to_standard_output(each)) standard_output_is_free = false;
        }
        if (standard_output_is_free) open_report({default_report(chosen_), {}});
        has_console_ = standard_output_is_free;
        for (const report_choice& each : chosen_.reports) {
            open_report(each);
            has_console_ = has_console_ || shows_notices(each.format);
        }
    }

    /// True if the user sees notices in a report.
    bool has_console() const { return has_console_; }

    void on(const event& happened) override { all_.on(happened); }

    /// Ends all reports and returns the data for the exit code.
    run_summary conclude() {
        run_summary summary = conclusion_.summary();
        const vector<std::string> errors = all_.finish_all();
        for (const std::string& each : errors) {
            if (std::find(told_.begin(), told_.end(), each) == told_.end()) complain_(each);
        }
        if (!errors.empty()) summary.report_failed = true;
        return summary;
    }

    const conclusion& result() const { return conclusion_; }

  private:
    static bool shows_notices(const std::string& format) { return format == "console" || format == "brief"; }

    void open_recording() {
        owned<text_output> file = opened(make_owned<written_text>(chosen_.record, os::delivery::growing, until_));
        text_output& text = *file;
        all_.add(std::move(file), owned<sink>(new archive::recorder(text)));
    }

    void open_warnings() {
        owned<text_output> file =
            opened(make_owned<written_text>(chosen_.warnings_file, os::delivery::growing, until_));
        text_output& text = *file;
        all_.add(std::move(file), owned<sink>(new warnings_file(text)));
    }

    void open_report(const report_choice& which) {
        const report::format& format = *report::find_format(which.format);
        const report::report_setup setup{format.name, console_style(goes_to_standard_output(which)), open_step_summary};
        owned<text_output> output = open_output(which, format.how);
        text_output& text = *output;
        all_.add(std::move(output), format.make(setup, text));
    }

    owned<text_output> open_output(const report_choice& which, report::delivery how) {
        if (how == report::delivery::nowhere) return make_owned<no_text>();
        if (which.path.empty()) return make_owned<standard_output_text>(until_);
        const bool grows = how == report::delivery::growing;
        const os::delivery through = grows ? os::delivery::growing : os::delivery::whole;
        return opened(make_owned<written_text>(which.path, through, until_));
    }

    owned<text_output> opened(owned<written_text> file) {
        if (file->failure()) {
            told_.push_back("cannot " + os::describe(*file->failure()));
            complain_(told_.back());
        }
        return file;
    }

    text::console_style console_style(bool to_terminal) const {
        text::console_style style = style_for(chosen_);
        if (to_terminal) return style;
        style.color = chosen_.color == color_choice::always;
        style.progress = chosen_.progress == progress_choice::none ? progress_choice::none : progress_choice::lines;
        return style;
    }

    const options& chosen_;
    speaker complain_;
    deadline until_;
    bool has_console_ = false;
    conclusion conclusion_;
    reports all_;
    vector<std::string> told_;
};

}  // namespace cordon::engine::app
