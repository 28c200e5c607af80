#pragma once

#include <cordon/engine/archive/entry.hpp>
#include <cordon/engine/base/timestamp.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/event.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>

namespace cordon::engine::archive {

/// Collects from the events of a run what the history keeps: 16 bytes for each test.
class observer {
  public:
    void on(const event& happened) {
        if (const auto* ended = happened.get_if<attempt_ended>()) {
            see(ended->result);
        } else if (const auto* finished = happened.get_if<test_finished>()) {
            see(*finished);
        } else if (const auto* run = happened.get_if<run_started>()) {
            list_ = run->list;
            began_ = static_cast<std::uint64_t>(epoch_ms(run->info.started_at)) / 1000;
            build_ = run->info.build_key;
            seen_.assign(list_ ? list_->tests.size() : 0, {});
        }
    }

    /// No entries: there is nothing to keep.
    run_record record() const {
        run_record run;
        if (build_ == 0) return run;
        run.time = began_;
        run.build = build_;
        run.entries.reserve(count_);
        for (std::size_t i = 0; i < seen_.size(); ++i) {
            if (seen_[i].told) run.entries.push_back({id_of(list_->tests[i]), seen_[i].what, seen_[i].took});
        }
        return run;
    }

  private:
    struct sight {
        duration took{};
        verdict what = verdict::not_run;
        bool passed = false;
        bool told = false;
    };

    void see(const attempt_result& attempt) {
        if (attempt.test >= seen_.size()) return;
        sight& test = seen_[attempt.test];
        const bool passes = attempt.how == ending::passed;
        if (test.passed && !passes) return;
        test.passed = passes;
        test.took = attempt.took;
    }

    void see(const test_finished& test) {
        const bool says_nothing =
            test.what == verdict::skipped || test.what == verdict::todo || test.what == verdict::not_run;
        if (test.test >= seen_.size() || says_nothing) return;
        seen_[test.test].what = test.what;
        if (!std::exchange(seen_[test.test].told, true)) ++count_;
    }

    std::shared_ptr<const test_list> list_;
    std::uint64_t began_ = 0;  // seconds since 1970
    std::uint64_t build_ = 0;
    vector<sight> seen_;
    std::size_t count_ = 0;
};

}  // namespace cordon::engine::archive
