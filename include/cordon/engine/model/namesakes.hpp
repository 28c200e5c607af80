#pragma once

#include <cordon/api/test_case.hpp>
#include <cordon/engine/base/hash.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/suite_path.hpp>
#include <cordon/engine/model/test_names.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <tuple>
#include <utility>

// Tests written for another framework may have a name that another test of their suite has. File and line tell them
// apart: the later one becomes "name #2". With the same file and line they are one test, in a header that several files
// include.

CORDON_CHEAP_BEGIN

namespace cordon::engine {

/// True for decorators of a test that was written for another framework.
bool may_share_name(const cordon::detail::decorator* items, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        if (items[i].kind == cordon::detail::decoration::shares_name) return true;
    }
    return false;
}
bool may_share_name(const cordon::detail::test_case& test) { return may_share_name(test.decorators, test.count); }

std::string path_of(const cordon::detail::test_case& test) {
    const std::string suite = suite_path(test.owner);
    return suite.empty() ? test.name() : suite + "/" + test.name();
}

/// True if two tests may have the same path, and one of them may share it. Hashes are enough for nearly all programs.
bool has_namesakes(const cordon::detail::test_case* first) {
    const cordon::detail::test_case* sharing = first;
    while (sharing != nullptr && !may_share_name(*sharing))
        sharing = sharing->next;
    if (sharing == nullptr) return false;
    vector<std::uint64_t> hashes;
    const cordon::detail::suite* suite = nullptr;
    std::string path;
    for (const cordon::detail::test_case* test = first; test != nullptr; test = test->next) {
        if (test->owner != suite) path = suite_path(suite = test->owner);
        hashes.push_back(fast_hash(test->name(), fast_hash(path)));
    }
    std::sort(hashes.begin(), hashes.end());
    return std::adjacent_find(hashes.begin(), hashes.end()) != hashes.end();
}

class namesakes {
  public:
    explicit namesakes(const cordon::detail::test_case* first) : first_(first) {
        for (const cordon::detail::test_case* test = first; test != nullptr; test = test->next)
            tests_.push_back({path_of(*test), test});
        std::stable_sort(tests_.begin(), tests_.end());
    }

    void tell_apart() {
        for (std::size_t begin = 0, end = 0; begin < tests_.size(); begin = end) {
            while (end < tests_.size() && tests_[end].path == tests_[begin].path)
                ++end;
            std::size_t number = 1;
            for (std::size_t i = begin + 1; i < end; ++i)
                tell_apart(tests_[i], tests_[i - 1], number);
        }
    }

  private:
    struct known_test {
        std::string path;
        const cordon::detail::test_case* test;

        /// Tests that must keep their name come first.
        bool operator<(const known_test& other) const {
            const bool shares = may_share_name(*test), other_shares = may_share_name(*other.test);
            const int files = std::strcmp(test->where.file, other.test->where.file);
            return std::tie(path, shares) < std::tie(other.path, other_shares) ||
                   (path == other.path && shares == other_shares &&
                    (files < 0 || (files == 0 && test->where.line < other.test->where.line)));
        }
    };

    void tell_apart(const known_test& later, const known_test& earlier, std::size_t& number) {
        if (!may_share_name(*later.test)) return;
        const cordon::location& here = later.test->where;
        const cordon::location& there = earlier.test->where;
        if (here.line == there.line && std::strcmp(here.file, there.file) == 0) return remove(*later.test);
        std::string end;
        do {
            end = " #" + std::to_string(++number);
        } while (is_taken(later.path + end));
        later.test->made_name = keep_text(later.test->name() + end);
    }

    bool is_taken(const std::string& path) const {
        const auto found =
            std::lower_bound(tests_.begin(), tests_.end(), path,
                             [](const known_test& each, const std::string& wanted) { return each.path < wanted; });
        return found != tests_.end() && found->path == path;
    }

    /// Never the first of the chain, because the sort keeps the order of tests of one place.
    void remove(const cordon::detail::test_case& test) {
        const cordon::detail::test_case* before = first_;
        while (before->next != &test)
            before = before->next;
        before->next = test.next;
    }

    const cordon::detail::test_case* first_;
    vector<known_test> tests_;
};

/// Call it once, after all tests have their names.
void tell_namesakes_apart(const cordon::detail::test_case* first) {
    if (has_namesakes(first)) namesakes(first).tell_apart();
}

}  // namespace cordon::engine

CORDON_CHEAP_END
