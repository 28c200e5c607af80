#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/archive/source.hpp>
#include <cordon/engine/base/text_output.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/model/run_judge.hpp>
#include <cordon/engine/model/sink.hpp>
#include <cordon/engine/report/brief/brief.hpp>
#include <cordon/engine/report/tally.hpp>
#include <cordon/engine/text/plain_text.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::app::mcp {

class kept_text final : public text_output {
  public:
    void write(std::string_view more) override { text += more; }
    std::string text;
};

/// Passes the events of a recording on, as far as it goes. Returns why it cannot be read; empty: it can.
std::string read_recording(const std::string& path, sink& to) {
    result<archive::source> opened = archive::source::open(path);
    if (!opened) return "cannot " + os::describe(opened.failure());
    run_judge judge;
    while (const optional<event> happened = opened.value().next()) {
        const optional<event> judged = judge.judged(*happened);
        to.on(judged ? *judged : *happened);
    }
    to.finish().ignore();
    return opened.value().damage();
}

/// The results of a run, from its recording.
class run_results final : public sink {
  public:
    explicit run_results(std::size_t most_bytes) : tally_(3), brief_(text_, most_bytes) {}

    void on(const event& happened) override {
        if (const auto* run = happened.get_if<run_started>()) list_ = run->list;
        tally_.on(happened);
        brief_.on(happened);
    }

    status finish() override { return brief_.finish(); }

    const report::tally& figures() const { return tally_; }
    /// The brief report; empty before the end of the run.
    const std::string& text() const { return text_.text; }
    std::string name_of_test(std::size_t test) const {
        return list_ && test < list_->tests.size() ? text::full_name_of(list_->tests[test]) : std::string();
    }
    /// The tests that fail the run, in the order of the test list.
    vector<std::size_t> failed() const {
        vector<std::size_t> tests;
        for (const report::noted_test& each : tally_.noted()) {
            const bool bad = each.what == verdict::failed || each.what == verdict::unexpected_pass ||
                             each.what == verdict::lost || !each.against.empty();
            if (bad) tests.push_back(each.test);
        }
        sort(tests);
        return tests;
    }

  private:
    kept_text text_;
    report::tally tally_;
    report::brief_report brief_;
    std::shared_ptr<const test_list> list_;
};

/// All that a recording has of one test.
class test_details final : public sink {
  public:
    /// `name`: with or without the suite.
    explicit test_details(std::string_view name) : name_(name) {}

    void on(const event& happened) override {
        if (const auto* run = happened.get_if<run_started>()) {
            list_ = run->list;
            look_for_test();
        } else if (const auto* ended = happened.get_if<attempt_ended>()) {
            if (found_ && ended->result.test == test_) attempts_.push_back(attempt_result(ended->result));
        } else if (const auto* finished = happened.get_if<test_finished>()) {
            if (found_ && finished->test == test_) finished_ = test_finished(*finished);
        }
    }

    bool found() const { return found_; }
    std::string full_name() const { return text::full_name_of(list_->tests[test_]); }
    verdict what() const { return finished_.what; }
    std::string verdict_in_words() const { return printable(text::verdict_in_words(finished_, attempts_)); }
    std::size_t attempts() const { return attempts_.size(); }
    /// "assertion", "stack", "stdout", "stderr", or everything.
    std::string part(std::string_view which) const {
        if (which == "stdout") return text::outputs_of(attempts_, stream::out);
        if (which == "stderr") return text::outputs_of(attempts_, stream::err);
        std::string text;
        for (const attempt_result& each : attempts_) {
            if (attempts_.size() > 1) text += text::attempt_title(each, attempts_.size());
            text += which == "stack" ? text::circumstances_of(each) : text::account_of(each);
        }
        if (!which.empty()) return text;
        for (const stream each : {stream::out, stream::err}) {
            const std::string lines = text::outputs_of(attempts_, each);
            if (!lines.empty()) text += std::string(name_of(each)) + ":\n" + lines;
        }
        return text;
    }

  private:
    // A full name is preferred to a test of another suite.
    void look_for_test() {
        if (!list_) return;
        for (std::size_t i = 0; i < list_->tests.size(); ++i) {
            const bool whole = text::full_name_of(list_->tests[i]) == name_;
            if (!whole && (found_ || list_->tests[i].name != name_)) continue;
            test_ = i;
            found_ = true;
            if (whole) return;
        }
    }

    std::string name_;
    std::shared_ptr<const test_list> list_;
    bool found_ = false;
    std::size_t test_ = 0;
    vector<attempt_result> attempts_;
    test_finished finished_;
};

}  // namespace cordon::engine::app::mcp

CORDON_CHEAP_END
