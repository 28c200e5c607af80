#pragma once

#include <cordon/engine/base/hash.hpp>
#include <cordon/engine/base/regex.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/model/plan.hpp>
#include <cordon/engine/model/sink.hpp>
#include <cordon/engine/select/retry.hpp>
#include <cordon/engine/select/retry_pace.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace cordon::engine::run {

/// The results of the tests so far, and what follows for each: another attempt, or a verdict.
class results {
  public:
    enum class next { settled, retry, repeat };  ///< repeat: the attempt was lost, and is repeated at once

    /// `planned` is the number of tests in the run.
    results(const test_list& list, const options& chosen, isolate isolation, std::size_t planned, sink& out)
        : list_(list),
          chosen_(chosen),
          isolation_(isolation),
          out_(out),
          verdicts_(list.tests.size(), unsettled),
          retries_allowed_(select::retries_allowed(chosen, planned)) {
        for (const std::string& each : chosen.retry_on.messages) {
            result<regex> read = parse_regex(each);
            if (read) messages_.push_back(std::move(read.value()));
        }
    }

    std::uint32_t next_attempt(std::size_t test) const {
        return static_cast<std::uint32_t>(test < earlier_.size() ? earlier_[test].size() : 0) + 1;
    }
    std::uint32_t most_attempts(std::size_t test) const {
        return std::max(next_attempt(test), settings(test).retries + 1);
    }
    /// The number of earlier retries of a test that is retried now. Repeating a lost attempt does not count as a retry.
    std::uint32_t retries_so_far(std::size_t test) const {
        const vector<select::attempt_summary>& all = earlier_[test];
        return static_cast<std::uint32_t>(all.size() - 1 - std::min(count_lost(all), most_repeats));
    }
    /// True if an attempt was lost, perhaps because of the test itself.
    bool was_lost(std::size_t test) const { return test < earlier_.size() && count_lost(earlier_[test]) != 0; }
    test_settings settings(std::size_t test) const { return settings_for(list_.tests[test], chosen_, isolation_); }

    /// An attempt has ended. Passes its result on.
    next record(attempt_result result) {
        const std::size_t test = result.test;
        const test_info& info = list_.tests[test];
        select::attempt_summary summary = select::summary_of(result);
        summary.named = !messages_.empty() && result.how != ending::passed && says_what_was_named(result);
        peak_rss_ = std::max(peak_rss_, result.usage.max_rss_bytes);
        const bool lost = result.how == ending::lost;
        out_.on(attempt_ended{std::move(result)});

        vector<select::attempt_summary> all;
        if (test < earlier_.size()) all.swap(earlier_[test]);
        all.push_back(std::move(summary));
        const bool repeat = lost && count_lost(all) <= most_repeats;
        const bool wanted = !repeat && select::is_retried(info, all, settings(test).retries, chosen_.retry_on);
        const bool retry = wanted && retries_made_ < retries_allowed_;
        if (!repeat && !retry) {
            select::verdict_decision decision = select::judge(info, all, chosen_.retry_on);
            if (wanted) refuse_retry(test, decision);
            settle(test, std::move(decision));
            return next::settled;
        }
        if (retry) ++retries_made_;
        if (earlier_.empty()) earlier_.resize(list_.tests.size());
        earlier_[test].swap(all);
        return repeat ? next::repeat : next::retry;
    }

    /// An attempt has ended that this class does not judge.
    void report(attempt_result result) {
        peak_rss_ = std::max(peak_rss_, result.usage.max_rss_bytes);
        out_.on(attempt_ended{std::move(result)});
    }

    /// Sets a verdict without (further) attempts.
    void settle(std::size_t test, select::verdict_decision decision) {
        if (is_settled(test)) return;
        verdicts_[test] = static_cast<std::uint8_t>(decision.what);
        ++settled_;
        if (counts_as_failure(decision.what) ||
            (decision.what == verdict::flaky && chosen_.flaky == flaky_policy::fail))
            ++failed_;
        out_.on(test_finished{test, decision.what, std::move(decision.reason)});
    }

    /// The run ends early. A test with failed attempts is judged by them; a test without attempts was not run.
    void settle_unfinished(std::size_t test, const std::string& why) {
        if (next_attempt(test) > 1)
            return settle(test, select::judge(list_.tests[test], earlier_[test], chosen_.retry_on));
        settle(test, {verdict::not_run, why});
    }

    bool is_settled(std::size_t test) const { return verdicts_[test] != unsettled; }
    std::size_t settled() const { return settled_; }
    std::uint32_t failed() const { return failed_; }
    std::uint64_t peak_rss() const { return peak_rss_; }

  private:
    static constexpr std::uint8_t unsettled = 0xFF;
    static constexpr std::size_t most_repeats = 1;

    static bool counts_as_failure(verdict what) {
        return what == verdict::failed || what == verdict::unexpected_pass || what == verdict::lost;
    }

    /// True if a text of the attempt matches --retry-on=message:REGEX.
    bool says_what_was_named(const attempt_result& result) const {
        if (is_named(result.reason) || is_named(result.output.text(stream::err))) return true;
        for (const failure& each : result.failures) {
            if (is_named(each.message) || is_named(each.expression) || is_named(each.expanded())) return true;
        }
        return false;
    }

    bool is_named(std::string_view text) const {
        return std::any_of(messages_.begin(), messages_.end(), [text](const regex& each) { return each.is_in(text); });
    }

    /// The retry budget is used up: reports this once, and for each test that would have been retried.
    void refuse_retry(std::size_t test, select::verdict_decision& decision) {
        const std::string budget = "the retry budget of " + std::to_string(retries_allowed_) + " is used up";
        if (!std::exchange(refusal_told_, true)) {
            out_.on(notice{notice::level::warning,
                           budget + " at the test \"" + std::string(list_.tests[test].name) +
                               "\": later failures are not retried, because so many failures are rarely flaky " +
                               "tests (--retry-budget)"});
        }
        decision.reason += (decision.reason.empty() ? "not retried: " : "; not retried: ") + budget;
    }

    static std::size_t count_lost(const vector<select::attempt_summary>& all) {
        std::size_t count = 0;
        for (const select::attempt_summary& each : all) {
            if (each.how == ending::lost) ++count;
        }
        return count;
    }

    const test_list& list_;
    const options& chosen_;
    isolate isolation_;
    sink& out_;
    vector<std::uint8_t> verdicts_;
    vector<vector<select::attempt_summary>> earlier_;  // by test; empty until the first test is repeated
    std::size_t settled_ = 0;
    std::uint32_t failed_ = 0;
    std::uint64_t peak_rss_ = 0;
    vector<regex> messages_;
    std::uint32_t retries_allowed_;
    std::uint32_t retries_made_ = 0;
    bool refusal_told_ = false;
};

}  // namespace cordon::engine::run
