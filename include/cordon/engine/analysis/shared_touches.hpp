#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/sort.hpp>
#include <cordon/engine/base/vector.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

// Which tests use the same file or port. Pure.

CORDON_CHEAP_BEGIN

namespace cordon::engine::analysis {

/// Two tests that used the same thing, each in a run of its own.
struct touching_pair {
    std::size_t a, b;
    std::string what;
};

/// A name with a number in it, such as a time or a process, differs in each run: numbers of files count as equal.
std::string without_numbers(const std::string& what) {
    if (what.empty() || what.front() != '/') return what;
    std::string name;
    for (const char c : what) {
        const bool digit = c >= '0' && c <= '9';
        if (!digit) name += c;
        if (digit && (name.empty() || name.back() != '#')) name += '#';
    }
    return name;
}

/// Collects what tests use, over several passes in different orders. The system tells it a little late, and other
/// programs use files too, so what was there in only one pass is no evidence.
class shared_touches {
  public:
    void add(std::size_t test, unsigned pass, const std::string& what) {
        const std::string name = without_numbers(what);
        user& of = user_of(thing_of(name), test);
        of.passes |= 1u << pass;
    }

    /// Those that so far may have something in common with another, from one pass or more: the others need no other
    /// look.
    vector<std::size_t> may_share() const {
        vector<std::size_t> tests;
        for (const thing& each : things_) {
            if (each.users.size() < 2) continue;
            for (const user& of : each.users)
                if (std::find(tests.begin(), tests.end(), of.test) == tests.end()) tests.push_back(of.test);
        }
        return tests;
    }

    /// The pairs of tests with something in common; first those that share it with the fewest others.
    vector<touching_pair> pairs(std::size_t most) const {
        vector<const thing*> sorted;
        for (const thing& each : things_)
            if (const std::size_t count = users_of(each).size(); count >= 2 && count <= most_users)
                sorted.push_back(&each);
        sort(sorted, [](const thing* a, const thing* b) { return users_of(*a).size() < users_of(*b).size(); });
        vector<touching_pair> found;
        for (const thing* each : sorted) {
            const vector<std::size_t> tests = users_of(*each);
            for (std::size_t i = 0; i < tests.size(); ++i)
                for (std::size_t k = i + 1; k < tests.size() && found.size() < most; ++k)
                    if (!has(found, tests[i], tests[k])) found.push_back({tests[i], tests[k], each->name});
        }
        return found;
    }

  private:
    static constexpr std::size_t most_users = 6;  // what more tests use belongs to all, such as a folder of the program

    struct user {
        std::size_t test;
        unsigned passes;
    };
    struct thing {
        std::string name;
        vector<user> users;
    };

    thing& thing_of(const std::string& name) {
        for (thing& each : things_)
            if (each.name == name) return each;
        things_.push_back({name, {}});
        return things_.back();
    }

    static user& user_of(thing& of, std::size_t test) {
        for (user& each : of.users)
            if (each.test == test) return each;
        of.users.push_back({test, 0});
        return of.users.back();
    }

    /// In at least two passes.
    static vector<std::size_t> users_of(const thing& of) {
        vector<std::size_t> tests;
        for (const user& each : of.users)
            if ((each.passes & (each.passes - 1)) != 0) tests.push_back(each.test);
        sort(tests);
        return tests;
    }

    static bool has(const vector<touching_pair>& all, std::size_t a, std::size_t b) {
        for (const touching_pair& each : all)
            if (each.a == a && each.b == b) return true;
        return false;
    }

    vector<thing> things_;
};

}  // namespace cordon::engine::analysis

CORDON_CHEAP_END
