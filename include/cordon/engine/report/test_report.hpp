#pragma once

#include <cordon/engine/base/text_output.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/model/sink.hpp>
#include <cordon/engine/text/plain_text.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <utility>

namespace cordon::engine::report {

/// Base of the reports that write one entry for each test, once its verdict is known. Attempts are kept until then.
class test_report : public sink {
  public:
    explicit test_report(text_output& output) : output_(output) {}

    void on(const event& happened) final {
        if (const auto* ended = happened.get_if<attempt_ended>()) {
            keep(ended->result);
        } else if (const auto* finished = happened.get_if<test_finished>()) {
            conclude(*finished);
        } else if (const auto* run = happened.get_if<run_started>()) {
            run_ = run_info(run->info);
            list_ = run->list;
            if (list_) begin(*run);
        } else if (const auto* end_of_run = happened.get_if<run_finished>()) {
            if (list_) end(*end_of_run);
            fence_up_.clear();
        } else if (const auto* flake = happened.get_if<flake_found>()) {
            repeated_.push_back(flake_summary(flake->what));
        } else if (list_) {
            other(happened);
        }
        if (text_.size() >= (fence_up_.empty() ? batch_ : 1) && streams_) flush();
    }

    status finish() override {
        fence_up_.clear();
        flush();
        return ok();
    }

  protected:
    virtual void begin(const run_started& run) = 0;
    /// The attempts in order; none for a test that never started.
    virtual void test(const test_info& info, const test_finished& finished, const vector<attempt_result>& attempts) = 0;
    virtual void end(const run_finished& run) = 0;
    /// Every other event.
    virtual void other(const event&) {}

    /// Text is written in batches, unless the report must be completed at the end.
    void hold_back() { streams_ = false; }
    bool streams() const { return streams_; }
    /// Every entry is written at once, for readers that follow the run.
    void write_each_entry() { batch_ = 1; }
    void flush() {
        if (text_.empty()) return;
        if (!fence_down_.empty()) text_ = fence_down_ + text_ + fence_up_;
        if (fence_up_.empty()) fence_down_.clear();
        output_.write(text_);
        text_.clear();
    }
    /// For reports into which tests may print. `up` is written now and after all further text except the last; it keeps
    /// readers from obeying the output of tests. `down` is written before all further text and ends that.
    void fence(std::string_view up, std::string_view down) {
        text_ += up;
        flush();
        fence_up_ = up;
        fence_down_ = down;
    }

    /// For the concluded test: lines about earlier and repeated runs.
    const std::string& background() const { return background_; }
    /// For the concluded test: the command that reproduces its failure, found by repeated runs; else empty.
    const std::string& repro() const { return repro_; }

    const run_info& run() const { return run_; }
    const test_list& list() const { return *list_; }

    std::string text_;

  private:
    struct open_test {
        std::size_t test = 0;
        vector<attempt_result> attempts;
    };

    void keep(const attempt_result& attempt) {
        for (open_test& each : open_) {
            if (each.test != attempt.test) continue;
            each.attempts.push_back(attempt_result(attempt));
            return;
        }
        open_.emplace_back();
        open_.back().test = attempt.test;
        open_.back().attempts.push_back(attempt_result(attempt));
    }

    void conclude(const test_finished& finished) {
        if (!list_ || finished.test >= list_->tests.size()) return;
        const test_info& info = list_->tests[finished.test];
        for (std::size_t i = open_.size(); i-- > 0;) {
            if (open_[i].test != finished.test) continue;
            look_back(finished, open_[i].attempts);
            test(info, finished, open_[i].attempts);
            if (i + 1 != open_.size()) open_[i] = std::move(open_.back());
            open_.pop_back();
            return;
        }
        background_.clear();
        repro_.clear();
        test(info, finished, {});
    }

    void look_back(const test_finished& finished, const vector<attempt_result>& attempts) {
        background_.clear();
        repro_.clear();
        const flake_summary* repeated = nullptr;
        for (const flake_summary& each : repeated_) {
            if (each.test == finished.test && (each.failures != 0 || each.has_cause())) repeated = &each;
        }
        if (repeated != nullptr) repro_ = repeated->repro;
        if (repeated != nullptr || finished.earlier)
            background_ = text::background_of(finished, text::telling_attempt(attempts), repeated);
        while (!repeated_.empty() && repeated_.back().test == finished.test)
            repeated_.pop_back();
    }

    text_output& output_;
    bool streams_ = true;
    std::size_t batch_ = 32 * 1024;
    std::string fence_up_, fence_down_;
    run_info run_;
    std::shared_ptr<const test_list> list_;
    vector<open_test> open_;  // tests with attempts and no verdict
    vector<flake_summary> repeated_;
    std::string background_;
    std::string repro_;
};

}  // namespace cordon::engine::report
