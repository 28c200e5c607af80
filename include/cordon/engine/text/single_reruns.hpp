#pragma once

#include <cordon/engine/base/hash.hpp>
#include <cordon/engine/base/text.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/test_list.hpp>
#include <cordon/engine/text/rerun.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace cordon::engine::text {

/// Selects single tests of one list on a command line. Made for many calls: only the first ones search the list for the
/// shortest pattern.
class single_reruns {
  public:
    explicit single_reruns(const test_list& list) : list_(list) {
        hashes_.reserve(2 * list.tests.size());
        for (const test_info& test : list.tests) {
            hashes_.push_back(fast_hash(test.name));
            if (!test.suite.empty()) hashes_.push_back(fast_hash(full_name_of(test)));
        }
        if (!hashes_.empty()) std::qsort(hashes_.data(), hashes_.size(), sizeof(std::uint64_t), in_order);
    }

    /// True if '=suite/name', in single quotes as it is, selects only this test. Reports need not say that.
    bool is_obvious(const test_info& test) const {
        const std::string full = full_name_of(test);
        return is_only(full) && full.find('\'') == std::string::npos && printable(full) == full;
    }

    /// The arguments that select only this test, quoted for a shell.
    std::string arguments_for(const test_info& test) {
        std::string pattern;
        if (searched_ <= most_searched) {
            searched_ += list_.tests.size();
            pattern = pattern_of(list_, test);
        } else {
            const std::string full = full_name_of(test);
            if (is_only(test.name) || is_only(full))
                pattern = "=" + (is_only(test.name) ? std::string(test.name) : full);
        }
        return pattern.empty() ? "-f " + shell_word(filter_of(test)) : shell_word(pattern);
    }

  private:
    static constexpr std::size_t most_searched = 2'000'000;  ///< tests that are looked at in all

    static int in_order(const void* first, const void* second) {
        const std::uint64_t a = *static_cast<const std::uint64_t*>(first);
        const std::uint64_t b = *static_cast<const std::uint64_t*>(second);
        return a < b ? -1 : a == b ? 0 : 1;
    }

    /// True if only one test has this name or this full name.
    bool is_only(std::string_view name) const {
        const std::uint64_t hash = fast_hash(name);
        std::size_t low = 0;
        std::size_t high = hashes_.size();
        while (low < high) {
            const std::size_t middle = low + (high - low) / 2;
            if (hashes_[middle] < hash) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low < hashes_.size() && hashes_[low] == hash && (low + 1 == hashes_.size() || hashes_[low + 1] != hash);
    }

    const test_list& list_;
    vector<std::uint64_t> hashes_;  ///< of names and full names, in order
    std::size_t searched_ = 0;
};

}  // namespace cordon::engine::text
