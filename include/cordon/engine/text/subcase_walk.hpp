#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/outcome.hpp>
#include <cordon/engine/text/plain_text.hpp>

#include <algorithm>
#include <cstddef>
#include <string>

CORDON_CHEAP_BEGIN

namespace cordon::engine::text {

/// What reports with nested subcases are told of an attempt, in order.
class subcase_visitor {
  public:
    virtual ~subcase_visitor() = default;
    virtual void enter(const std::string& subcase) = 0;
    /// `pass` is the one that ended in this subcase; null if it went further in, or is not known.
    virtual void leave(const leaf_result* pass) = 0;
    virtual void fail(const failure& wrong) = 0;
    /// What ended the process, or kept the test from passing, other than a failure.
    virtual void end_badly(const attempt_result& attempt, const std::string& words) = 0;
};

/// Follows an attempt through its passes. Each pass enters its subcases anew, as it did when the test ran.
class subcase_walk {
  public:
    subcase_walk(const attempt_result& attempt, subcase_visitor& visitor) : attempt_(attempt), visitor_(visitor) {}

    void walk() {
        for (const leaf_result& each : attempt_.leaves)
            pass(each);
        for (; next_ < attempt_.failures.size(); ++next_)
            tell(attempt_.failures[next_]);
        if (ends_badly(attempt_.how) && !told_end_) {
            go_to(attempt_.place.subcase);
            visitor_.end_badly(attempt_, circumstances());
        }
        leave_to(0, nullptr);
    }

  private:
    static bool begins_with(const vector<std::string>& path, const vector<std::string>& with) {
        return path.size() >= with.size() && std::equal(with.begin(), with.end(), path.begin());
    }

    static bool ends_badly(ending how) {
        return how != ending::passed && how != ending::failed && how != ending::skipped;
    }

    std::string circumstances() const { return ending_in_words(attempt_) + "\n" + circumstances_of(attempt_); }

    /// A failure that was told comes again in the next pass.
    bool begins_anew(std::size_t first) const {
        const failure& next = attempt_.failures[next_];
        for (std::size_t i = first; i < next_; ++i) {
            const failure& told = attempt_.failures[i];
            if (told.line == next.line && told.file == next.file &&
                told.subcase.size() < attempt_.failures[next_ - 1].subcase.size())
                return true;
        }
        return false;
    }

    void pass(const leaf_result& leaf) {
        bool arrived = false;
        const std::size_t first = next_;
        while (next_ < attempt_.failures.size()) {
            const vector<std::string>& at = attempt_.failures[next_].subcase;
            if (!begins_with(leaf.path, at) || begins_anew(first)) break;
            arrived = arrived || at.size() == leaf.path.size();
            tell(attempt_.failures[next_++]);
        }
        if (!arrived || ends_badly(leaf.how)) go_to(leaf.path);
        if (ends_badly(leaf.how)) {
            const bool is_it = leaf.how == attempt_.how && !told_end_;
            visitor_.end_badly(attempt_, is_it ? circumstances() : std::string(name_of(leaf.how)));
            told_end_ = told_end_ || is_it;
        }
        leave_to(0, path_.size() == leaf.path.size() ? &leaf : nullptr);
    }

    void tell(const failure& wrong) {
        go_to(wrong.subcase);
        visitor_.fail(wrong);
    }

    void go_to(const vector<std::string>& path) {
        std::size_t common = 0;
        while (common < path.size() && common < path_.size() && path[common] == path_[common])
            ++common;
        leave_to(common, nullptr);
        for (; common < path.size(); ++common) {
            path_.push_back(path[common]);
            visitor_.enter(path[common]);
        }
    }

    void leave_to(std::size_t depth, const leaf_result* pass) {
        while (path_.size() > depth) {
            visitor_.leave(pass);
            pass = nullptr;
            path_.pop_back();
        }
    }

    const attempt_result& attempt_;
    subcase_visitor& visitor_;
    vector<std::string> path_;  // the subcases that are entered
    std::size_t next_ = 0;      // the first failure that was not told
    bool told_end_ = false;
};

}  // namespace cordon::engine::text

CORDON_CHEAP_END
