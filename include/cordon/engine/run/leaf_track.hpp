#pragma once

#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/outcome.hpp>
#include <cordon/engine/wire/leaf_message.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

namespace cordon::engine::run {

/// Follows the passes through a test with subcases, from the messages of its process.
class leaf_track {
  public:
    /// Later leaves are reported one by one only if they failed.
    static constexpr std::size_t most_kept = 20'000;

    void on(wire::entered& what) {
        path_.resize(std::min<std::size_t>(path_.size(), what.depth));
        path_.push_back(std::move(what.name));
    }

    void on(const wire::pass_over& what) {
        const ending how = what.how == wire::finish::failed    ? ending::failed
                           : what.how == wire::finish::skipped ? ending::skipped
                                                               : ending::passed;
        const std::size_t most = how == ending::passed ? most_kept : 2 * most_kept;
        if ((what.leaf || how != ending::passed) && leaves_.size() < most) leaves_.push_back({path_, how, what.took});
        path_.clear();
        told_ += what.took;
        passed_assertions_ = what.passed_assertions;
    }

    /// The process ended in the middle of a pass, `took` after the test began in it.
    void end(ending how, duration took) {
        if (!path_.empty() || !leaves_.empty()) leaves_.push_back({path_, how, std::max(duration{0}, took - told_)});
    }

    /// The copy of the process that ran the present path has ended.
    void end_copy(ending how, duration took) {
        leaves_.push_back({std::move(path_), how, took});
        path_.clear();
    }

    /// Another process continues.
    void begin_again() {
        path_.clear();
        told_ = {};
        passed_assertions_ = 0;
    }

    bool in_pass() const { return !path_.empty(); }
    bool any() const { return !leaves_.empty() || in_pass(); }
    const vector<std::string>& path() const { return path_; }
    std::uint64_t passed_assertions() const { return passed_assertions_; }
    vector<leaf_result> take() { return std::move(leaves_); }

  private:
    vector<std::string> path_;
    vector<leaf_result> leaves_;
    duration told_{};  ///< of this process
    std::uint64_t passed_assertions_ = 0;
};

}  // namespace cordon::engine::run
