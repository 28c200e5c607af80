#pragma once

#include <cordon/engine/base/hash.hpp>
#include <cordon/engine/base/hash_index.hpp>
#include <cordon/engine/base/text.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/test_list.hpp>
#include <cordon/engine/text/rerun.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cordon::engine::text {

/// Selects single tests of one list on a command line. Made for many calls: only the first ones search the list for the
/// shortest pattern.
class single_reruns {
  public:
    explicit single_reruns(const test_list& list) : list_(list), places_(2 * list.tests.size()) {
        for (const test_info& test : list.tests) {
            count(hash_of({}, test.name));
            if (!test.suite.empty()) count(hash_of(test.suite, test.name));
        }
    }

    /// True if '=suite/name', in single quotes as it is, selects only this test. Reports need not say that.
    bool is_obvious(const test_info& test) {
        return can_be_quoted(test.suite) && can_be_quoted(test.name) && is_only(hash_of(test.suite, test.name));
    }

    /// The arguments that select only this test, quoted for a shell.
    std::string arguments_for(const test_info& test) {
        std::string pattern;
        if (searched_ <= most_searched) {
            searched_ += list_.tests.size();
            pattern = pattern_of(list_, test);
        } else {
            const bool by_name = is_only(hash_of({}, test.name));
            if (by_name || is_only(hash_of(test.suite, test.name)))
                pattern = "=" + (by_name ? std::string(test.name) : full_name_of(test));
        }
        return pattern.empty() ? "-f " + shell_word(filter_of(test)) : shell_word(pattern);
    }

  private:
    static constexpr std::size_t most_searched = 2'000'000;  ///< tests that are looked at in all

    static std::uint64_t hash_of(std::string_view suite, std::string_view name) {
        const std::uint64_t before = suite.empty() ? fnv1a({}) : fnv1a("/", fnv1a(suite));
        return mix_bits(fnv1a(name, before));
    }
    static bool can_be_quoted(std::string_view text) {
        return !quotes_for_windows && text.find('\'') == std::string_view::npos &&
               (is_plain(text) || printable(text) == text);
    }

    /// The place of a hash in `hashes_`; a new one gets the next.
    std::size_t place_of(std::uint64_t hash) {
        return places_.find_or_enter(hash, hashes_.size(), [&](std::size_t other) { return hashes_[other] == hash; });
    }
    void count(std::uint64_t hash) {
        const std::size_t place = place_of(hash);
        if (place < hashes_.size()) {
            several_[place] = true;
        } else {
            hashes_.push_back(hash);
            several_.push_back(false);
        }
    }
    /// True if only one test has the name, or the full name, of this hash. It was counted before.
    bool is_only(std::uint64_t hash) { return !several_[place_of(hash)]; }

    const test_list& list_;
    hash_index places_;
    vector<std::uint64_t> hashes_;  ///< of names and full names
    vector<bool> several_;          ///< more than one test has it
    std::size_t searched_ = 0;
};

}  // namespace cordon::engine::text
