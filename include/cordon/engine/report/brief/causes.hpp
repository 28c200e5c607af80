#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/hash.hpp>
#include <cordon/engine/base/hash_index.hpp>
#include <cordon/engine/base/sort.hpp>
#include <cordon/engine/base/vector.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::report {

/// Tests that went wrong in the same way.
struct cause {
    std::string signature;      ///< the failure and its place, without values
    std::string alike;          ///< the failure and its values, without its place
    bool fails_the_run = true;  ///< false for flaky tests that only cause a warning
    vector<std::size_t> tests;  ///< in the order of the test list, after settle()
    std::string why;            ///< of the first of them
    std::string details;        ///< of the first of them
};

/// Groups tests by the cause of their failure. The result does not depend on the order in which tests finish.
class causes {
  public:
    /// Adds a cause with one test.
    void add(cause found) {
        const std::uint64_t hash = fast_hash(found.signature);
        const std::size_t at = index_.find_or_enter(
            hash, all_.size(), [&](std::size_t number) { return all_[number].signature == found.signature; });
        if (at == all_.size()) {
            if (all_.size() >= most_detailed) found.details.clear();
            all_.push_back(std::move(found));
        } else {
            join(all_[at], std::move(found));
        }
    }

    /// All causes: first those that fail the run, the most frequent first. May be called once.
    vector<cause> settle() {
        vector<cause> joined = joined_by_values();
        for (cause& each : joined)
            sort(each.tests);
        sort(joined, [](const cause& a, const cause& b) {
            if (a.fails_the_run != b.fails_the_run) return a.fails_the_run;
            if (a.tests.size() != b.tests.size()) return a.tests.size() > b.tests.size();
            return a.tests.front() < b.tests.front();
        });
        return joined;
    }

  private:
    static constexpr std::size_t most_detailed = 1000;  // a bound for memory: a report shows a few

    static void join(cause& to, cause from) {
        if (first_of(from) < first_of(to)) {
            to.why.swap(from.why);
            to.details.swap(from.details);
            to.alike.swap(from.alike);
        }
        to.fails_the_run = to.fails_the_run || from.fails_the_run;
        to.tests.append(from.tests.begin(), from.tests.end());
    }

    static std::size_t first_of(const cause& of) { return *std::min_element(of.tests.begin(), of.tests.end()); }

    // The same check with the same values in several tests has one cause.
    vector<cause> joined_by_values() {
        vector<cause> joined;
        hash_index by_values;
        for (cause& each : all_) {
            const std::size_t at =
                by_values.find_or_enter(fast_hash(each.alike), joined.size(),
                                        [&](std::size_t number) { return joined[number].alike == each.alike; });
            if (at == joined.size()) {
                joined.push_back(std::move(each));
            } else {
                // The key must stay that of the first.
                std::string alike = joined[at].alike;
                join(joined[at], std::move(each));
                joined[at].alike = std::move(alike);
            }
        }
        all_.clear();
        return joined;
    }

    vector<cause> all_;
    hash_index index_;
};

}  // namespace cordon::engine::report

CORDON_CHEAP_END
