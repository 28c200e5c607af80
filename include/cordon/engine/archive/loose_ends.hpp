#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/model/sink.hpp>
#include <cordon/engine/select/retry.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::archive {

/// Follows a recording, and completes it if it ends before its run did (the run was killed, or the file was cut).
class loose_ends {
  public:
    void on(const event& happened) {
        if (const auto* begun = happened.get_if<attempt_started>()) {
            running_.push_back(begun->test);
            saw(begun->at);
        } else if (const auto* ended = happened.get_if<attempt_ended>()) {
            note(ended->result);
        } else if (const auto* finished = happened.get_if<test_finished>()) {
            settle(finished->test);
        } else if (const auto* now = happened.get_if<tick>()) {
            saw(now->at);
        } else if (const auto* worker = happened.get_if<worker_started>()) {
            saw(worker->at);
        } else if (const auto* run = happened.get_if<run_started>()) {
            list_ = run->list;
            selected_ = vector<std::size_t>(run->selected);
            settled_.assign(list_->tests.size(), 0);
        } else if (happened.get_if<run_finished>()) {
            whole_ = true;
        }
    }

    /// True if the run reached its end.
    bool whole() const { return whole_; }

    /// Sends the events of a run that ended early: a verdict for each test from its attempts so far, and the end.
    void tie_up(sink& to, bool in_trouble = false) {
        run_finished end;
        end.in_trouble = in_trouble;
        end.stopped_because = "the recording ends here";
        end.took = last_;
        end.peak_rss_bytes = peak_rss_;
        for (const std::size_t test : selected_) {
            if (settled_[test] == 0) to.on(judged(test));
        }
        to.on(std::move(end));
    }

  private:
    struct attempts {
        std::size_t test;
        vector<select::attempt_summary> all;
    };

    void saw(duration at) { last_ = std::max(last_, at); }

    void note(const attempt_result& attempt) {
        drop_running(attempt.test);
        saw(attempt.started + attempt.took);
        peak_rss_ = std::max(peak_rss_, attempt.usage.max_rss_bytes);
        attempts* known = attempts_of(attempt.test);
        if (known == nullptr) {
            open_.push_back({attempt.test, {}});
            known = &open_.back();
        }
        known->all.push_back(select::summary_of(attempt));
    }

    void settle(std::size_t test) {
        settled_[test] = 1;
        if (attempts* known = attempts_of(test)) open_.erase(known);
    }

    test_finished judged(std::size_t test) {
        const attempts* known = attempts_of(test);
        const bool runs = std::find(running_.begin(), running_.end(), test) != running_.end();
        if (known != nullptr || select::is_never_started(list_->tests[test])) {
            select::verdict_decision decision =
                select::judge(list_->tests[test], known ? known->all : vector<select::attempt_summary>());
            return {test, decision.what, std::move(decision.reason)};
        }
        return {test, verdict::not_run,
                runs ? "the recording ends while it runs" : "the recording ends before it has run"};
    }

    attempts* attempts_of(std::size_t test) {
        for (attempts& each : open_) {
            if (each.test == test) return &each;
        }
        return nullptr;
    }
    void drop_running(std::size_t test) {
        const auto at = std::find(running_.begin(), running_.end(), test);
        if (at != running_.end()) running_.erase(at);
    }

    std::shared_ptr<const test_list> list_;
    vector<std::size_t> selected_;
    vector<std::uint8_t> settled_;  // by test
    vector<attempts> open_;         // ended attempts of tests without a verdict
    vector<std::size_t> running_;   // tests with an attempt that has not ended
    duration last_{};
    std::uint64_t peak_rss_ = 0;
    bool whole_ = false;
};

}  // namespace cordon::engine::archive

CORDON_CHEAP_END
