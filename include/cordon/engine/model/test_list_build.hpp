#pragma once

#include <cordon/api/test_case.hpp>
#include <cordon/engine/base/hash.hpp>
#include <cordon/engine/base/hash_index.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/owned.hpp>
#include <cordon/engine/base/parse.hpp>
#include <cordon/engine/base/quote.hpp>
#include <cordon/engine/base/result.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/bracketed_tags.hpp>
#include <cordon/engine/model/namesakes.hpp>
#include <cordon/engine/model/suite_path.hpp>
#include <cordon/engine/model/test_list.hpp>
#include <cordon/engine/model/test_names.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

// Turns the registered tests into the list that the engine uses.

namespace cordon::engine {

using cordon::detail::decoration;
using cordon::detail::decorator;
using cordon::detail::suite;
using cordon::detail::test_case;

/// The place of a decorator, for errors.
struct place {
    const char* what;  ///< "test" or "suite"
    std::string_view name;
    cordon::location where;
};

std::string text_of(const cordon::location& where) {
    return std::string(where.file ? where.file : "") + ":" + std::to_string(where.line);
}

std::string_view text_of(const decorator& item) { return item.text ? std::string_view(item.text) : std::string_view(); }

/// Both comparisons are false for NaN.
bool is_in(double value, double least, double most) { return value >= least && value <= most; }

constexpr double most_count = 1'000'000;
constexpr double most_bytes = 9e18;

/// What is wrong with the decorator's value; null if it is valid.
const char* complaint_about(const decorator& item) {
    switch (item.kind) {
        case decoration::timeout:
            return is_in(item.number, 0, seconds(longest_duration)) ? nullptr
                                                                    : "timeout must be 0 (none) or more seconds";
        case decoration::slow_after:
            return is_in(item.number, 0, seconds(longest_duration)) ? nullptr : "slow_after must be 0 or more seconds";
        case decoration::retries:
            return is_in(item.number, 0, most_count) ? nullptr : "retries must be 0 or more";
        case decoration::expected_failures:
            return is_in(item.number, 0, most_count) ? nullptr : "expected_failures must be 0 or more";
        case decoration::threads:
            return is_in(item.number, 1, most_count) ? nullptr : "threads must be 1 or more";
        case decoration::resource:
            if (text_of(item).empty()) return "resource needs a name";
            return is_in(item.number, 1, most_count) ? nullptr : "resource must allow 1 test or more";
        case decoration::memory_limit:
            return is_in(item.number, 0, most_bytes) ? nullptr : "memory_limit must be 0 (none) or more bytes";
        case decoration::examples:
            return is_in(item.number, 1, most_count) ? nullptr : "examples must be 1 or more";
        case decoration::example_timeout:
            return item.number > 0 && item.number <= seconds(longest_duration)
                       ? nullptr
                       : "example_timeout must be over 0 seconds";
        case decoration::tag:
            return text_of(item).empty() ? "tag needs a name" : nullptr;
        default:
            return nullptr;
    }
}

/// What is wrong with the bare strings; empty if they are valid. The first is the name, the second may be Catch2's
/// tags.
std::string complaint_about_strings(const decorator* items, std::size_t count) {
    std::size_t strings = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (items[i].kind != decoration::name || ++strings == 1) continue;
        if (strings > 2) return "a third string " + quoted(text_of(items[i])) + ": use tag(...) or description(...)";
        const std::string wrong =
            each_bracketed_tag(text_of(items[i]), may_share_name(items, count), [](std::string_view) {});
        if (!wrong.empty())
            return "the second string " + quoted(text_of(items[i])) + " " + wrong +
                   "; use tag(...) or description(...)";
    }
    return {};
}

std::string complaint_about(const decorator* items, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        if (const char* complaint = complaint_about(items[i])) return complaint;
    }
    return complaint_about_strings(items, count);
}

/// One line about the first mistake; empty if there is none.
std::string check(const decorator* items, std::size_t count, const place& at) {
    const std::string complaint = complaint_about(items, count);
    if (complaint.empty()) return {};
    return text_of(at.where) + ": " + at.what + " " + quoted(at.name) + ": " + complaint;
}

void add_tag(vector<std::string_view>& tags, std::string_view tag) {
    for (std::string_view known : tags) {
        if (known == tag) return;
    }
    tags.push_back(tag);
}

/// Applies one of Catch2's tags. "." and tags that begin with it hide the test.
void apply_bracketed_tag(std::string_view tag, test_info& info) {
    if (tag.front() == '.' || tag == "!hide" || tag == "!benchmark") info.hidden = true;
    if (tag == "!shouldfail") info.should_fail = true;
    if (tag == "!mayfail") info.may_fail = true;
    if (tag.size() > 1 && tag.front() == '.') {
        add_tag(info.tags, tag.substr(0, 1));
        tag.remove_prefix(1);
    }
    add_tag(info.tags, tag);
}

void add_resource(vector<test_info::resource_use>& resources, std::string_view name, std::uint32_t limit) {
    for (test_info::resource_use& use : resources) {
        if (use.name == name) {
            use.limit = limit;
            return;
        }
    }
    resources.push_back({name, limit});
}

optional<std::string_view> reason_if(const decorator& item) {
    if (item.number == 0) return nullopt;
    return text_of(item);
}

std::uint32_t count_of(const decorator& item) { return static_cast<std::uint32_t>(item.number); }

/// The decorators must be valid. Later ones win over earlier ones, so inner ones win over outer ones. Tags and
/// resources add up.
void apply(const decorator& item, test_info& info) {
    switch (item.kind) {
        case decoration::none:
        case decoration::name:
        case decoration::values:
        case decoration::types:
        case decoration::shares_name:
        case decoration::examples:  // the property reads these itself
        case decoration::example_timeout:
            break;
        case decoration::property:
            info.is_property = true;
            break;
        case decoration::tag:
            add_tag(info.tags, text_of(item));
            break;
        case decoration::description:
            info.description = text_of(item);
            break;
        case decoration::timeout:
            info.timeout = from_seconds(item.number);
            break;
        case decoration::slow_after:
            info.slow_after = from_seconds(item.number);
            break;
        case decoration::retries:
            info.retries = count_of(item);
            break;
        case decoration::skip:
            info.skip = reason_if(item);
            break;
        case decoration::todo:
            info.todo = text_of(item);
            break;
        case decoration::only:
            info.only = true;
            break;
        case decoration::should_fail:
            info.should_fail = item.number != 0;
            break;
        case decoration::may_fail:
            info.may_fail = item.number != 0;
            break;
        case decoration::expected_failures:
            info.expected_failures = count_of(item);
            break;
        case decoration::quarantine:
            info.quarantine = text_of(item);
            break;
        case decoration::serial:
            info.serial = text_of(item);
            break;
        case decoration::exclusive:
            info.exclusive = true;
            break;
        case decoration::threads:
            info.threads = count_of(item);
            break;
        case decoration::resource:
            add_resource(info.resources, text_of(item), count_of(item));
            break;
        case decoration::memory_limit:
            info.memory_limit = static_cast<std::uint64_t>(item.number > 0 && item.number < 1 ? 1 : item.number);
            break;
        case decoration::require_assertions:
            info.require_assertions = item.number != 0;
            break;
        case decoration::isolation:
            info.isolation = static_cast<isolate>(count_of(item));
            break;
        case decoration::left_out:
            info.left_out = true;
            break;
    }
}

/// Applies all decorators of one test or suite. The first string is its name, which name() returns; the second holds
/// tags.
void apply(const decorator* items, std::size_t count, test_info& info) {
    std::size_t strings = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (items[i].kind == decoration::name && ++strings == 2)
            each_bracketed_tag(text_of(items[i]), may_share_name(items, count),
                               [&info](std::string_view tag) { apply_bracketed_tag(tag, info); });
        apply(items[i], info);
    }
}

/// Builds the list. It resolves the decorators of each suite once.
class list_builder {
  public:
    explicit list_builder(std::size_t count) : names_(count) {
        list_.tests.reserve(count);
        resolved_.emplace_back();
        owners_.push_back(nullptr);
    }

    bool add(const test_case& test) {
        const place here = {"test", test.name(), test.where};
        complaint_ = check(test.decorators, test.count, here);
        if (!complaint_.empty() || !inherit(test.owner)) return false;
        list_.tests.push_back(resolved_[current_]);
        test_info& info = list_.tests.back();
        apply(test.decorators, test.count, info);
        if (test.is_row() && !apply_own(static_cast<const detail::row&>(test), here, info)) return false;
        info.name = test.name();
        info.file = test.where.file ? test.where.file : "";
        info.line = test.where.line;
        info.registered = &test;
        return enter_name(info);
    }

    test_list take() { return std::move(list_); }
    error failure() const { return {"register tests", 0, complaint_}; }

  private:
    bool apply_own(const detail::row& row, const place& here, test_info& info) {
        complaint_ = check(row.own_decorators, row.own_count, here);
        if (complaint_.empty()) apply(row.own_decorators, row.own_count, info);
        return complaint_.empty();
    }

    /// Makes `current_` the index in `resolved_` of the values that a test of `owner` starts with.
    bool inherit(const suite* owner) {
        if (owners_[current_] == owner) return true;
        // Backwards, because tests of one suite are mostly adjacent.
        for (current_ = owners_.size(); current_-- > 0;) {
            if (owners_[current_] == owner) return true;
        }
        current_ = 0;
        complaint_ = check(owner->decorators, owner->count, {"suite", owner->name(), owner->where});
        if (!complaint_.empty() || !inherit(owner->parent)) return false;
        resolved_.push_back(handed_down(*owner, resolved_[current_]));
        owners_.push_back(owner);
        current_ = owners_.size() - 1;
        return true;
    }

    test_info handed_down(const suite& owner, test_info info) {
        apply(owner.decorators, owner.count, info);
        info.description = {};  // a suite's description is not its tests'
        info.suite = joined(info.suite, owner.name());
        return info;
    }

    std::string_view joined(std::string_view outer, std::string_view inner) {
        if (outer.empty()) return inner;
        if (inner.empty()) return outer;
        list_.storage.push_back(make_owned<std::string>(std::string(outer) + "/" + std::string(inner)));
        return *list_.storage.back();
    }

    bool enter_name(const test_info& info) {
        list_.hash = list_hash_with(list_.hash, fast_hash(info.name, fast_hash(info.suite)), info.file);
        const std::size_t here = list_.tests.size() - 1;
        // One of them may have a slash in its name, and the other one be in a suite.
        const std::string path = path_of(info);
        const std::size_t first = names_.find_or_enter(
            fast_hash(path), here, [&](std::size_t other) { return path_of(list_.tests[other]) == path; });
        if (first == here) return true;
        complaint_ = "two tests are named " + quoted(path) + ": " + text_of(list_.tests[first].registered->where) +
                     " and " + text_of(info.registered->where);
        return false;
    }

    static std::string path_of(const test_info& info) {
        std::string path(info.suite);
        if (!path.empty()) path += '/';
        return path += info.name;
    }

    test_list list_;
    hash_index names_;
    vector<const suite*> owners_;  // [0]: none
    vector<test_info> resolved_;   // by place in owners_
    std::size_t current_ = 0;
    std::string complaint_;
};

/// Resolves the registered tests, in the order of the chain that starts at `first`. Tests inherit the decorators of
/// their suites; the inner one wins, tags and resources add up. Fails if the program has a mistake: a decorator with an
/// impossible value, a second string that is not a list of tags, or two tests of one suite with the same name. The
/// detail is one line with the places.
result<test_list> build_test_list(const cordon::detail::test_case* first) {
    name_tests(first);
    std::size_t count = 0;
    for (const cordon::detail::test_case* test = first; test; test = test->next)
        ++count;
    list_builder builder(count);
    for (const cordon::detail::test_case* test = first; test; test = test->next) {
        if (!builder.add(*test)) return builder.failure();
    }
    return builder.take();
}

}  // namespace cordon::engine
