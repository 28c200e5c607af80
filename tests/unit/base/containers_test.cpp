#include <doctest/doctest.h>

#include <cordon/engine/base/hash.hpp>
#include <cordon/engine/base/hash_index.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/owned.hpp>
#include <cordon/engine/base/queue.hpp>
#include <cordon/engine/base/sort.hpp>
#include <cordon/engine/base/variant.hpp>
#include <cordon/engine/base/vector.hpp>

#include <algorithm>
#include <deque>
#include <memory>
#include <random>
#include <string>
#include <unordered_map>
#include <vector>

using cordon::engine::hash_index;
using cordon::engine::make_owned;
using cordon::engine::optional;
using cordon::engine::owned;
using cordon::engine::queue;
using cordon::engine::variant;
using cordon::engine::vector;

namespace {

/// Counts how many of its kind live, and would show one that is destroyed twice or never.
struct counted {
    static int living;
    std::string name;

    counted(std::string given = "") : name(std::move(given)) { ++living; }
    counted(const counted& other) : name(other.name) { ++living; }
    counted(counted&& other) noexcept : name(std::move(other.name)) { ++living; }
    counted& operator=(const counted&) = default;
    counted& operator=(counted&&) = default;
    ~counted() { --living; }
};
int counted::living = 0;

std::vector<std::string> names(const vector<counted>& from) {
    std::vector<std::string> all;
    for (const counted& each : from)
        all.push_back(each.name);
    return all;
}

using strings = std::vector<std::string>;

}  // namespace

TEST_CASE("a vector does what std::vector does, over many random steps") {
    std::mt19937 random(7);
    {
        vector<counted> ours;
        std::vector<std::string> theirs;
        for (int step = 0; step < 20'000; ++step) {
            const std::size_t at = theirs.empty() ? 0 : random() % theirs.size();
            const std::string text = "a string that is too long to be kept in place " + std::to_string(step);
            switch (random() % 10) {
                case 0:
                case 1:
                case 2:
                    ours.push_back(counted(text));
                    theirs.push_back(text);
                    break;
                case 3:
                    ours.insert(ours.begin() + at, counted(text));
                    theirs.insert(theirs.begin() + static_cast<std::ptrdiff_t>(at), text);
                    break;
                case 4:
                    if (theirs.empty()) break;
                    ours.erase(ours.begin() + at);
                    theirs.erase(theirs.begin() + static_cast<std::ptrdiff_t>(at));
                    break;
                case 5: {
                    const std::size_t last = at + random() % (theirs.size() - at + 1);
                    ours.erase(ours.begin() + at, ours.begin() + last);
                    theirs.erase(theirs.begin() + static_cast<std::ptrdiff_t>(at),
                                 theirs.begin() + static_cast<std::ptrdiff_t>(last));
                    break;
                }
                case 6:
                    if (theirs.empty()) break;
                    ours.push_back(ours[at]);  // an element of its own, also where it has to grow
                    theirs.push_back(std::string(theirs[at]));
                    break;
                case 7:
                    ours.resize(at);
                    theirs.resize(at);
                    break;
                case 8: {
                    const vector<counted> copy = ours;
                    ours.append(copy.begin(), copy.end());
                    const std::vector<std::string> same = theirs;
                    theirs.insert(theirs.end(), same.begin(), same.end());
                    if (theirs.size() > 200) {
                        ours.assign(3, counted(text));
                        theirs.assign(3, text);
                    }
                    break;
                }
                default:
                    ours = vector<counted>(ours.begin(), ours.end());
                    break;
            }
            REQUIRE(names(ours) == theirs);
            REQUIRE(counted::living == static_cast<int>(theirs.size()));
        }
    }
    CHECK(counted::living == 0);
}

TEST_CASE("a vector can hold what can only be moved, and be moved itself") {
    vector<std::unique_ptr<int>> all;
    for (int i = 0; i < 100; ++i)
        all.push_back(std::make_unique<int>(i));
    vector<std::unique_ptr<int>> taken = std::move(all);
    REQUIRE(taken.size() == 100);
    CHECK(*taken[99] == 99);
    taken.erase(taken.begin(), taken.begin() + 98);
    REQUIRE(taken.size() == 2);
    CHECK(*taken.front() == 98);
}

TEST_CASE("vectors compare by their elements") {
    CHECK(vector<int>{1, 2} == vector<int>{1, 2});
    CHECK(vector<int>{1, 2} != vector<int>{1, 3});
    CHECK(vector<int>{1, 2} != vector<int>{1, 2, 3});
    CHECK(vector<int>() == vector<int>(std::size_t{0}));
}

TEST_CASE("a queue gives back in order what was put in, and does not keep what it gave") {
    std::mt19937 random(3);
    queue<counted> ours;
    std::deque<std::string> theirs;
    for (int step = 0; step < 50'000; ++step) {
        const bool fills = (step / 1000) % 2 == 0;
        if (random() % 10 < (fills ? 7u : 3u) || theirs.empty()) {
            ours.push_back(counted(std::to_string(step)));
            theirs.push_back(std::to_string(step));
        } else {
            REQUIRE(ours.front().name == theirs.front());
            ours.pop_front();
            theirs.pop_front();
        }
        REQUIRE(ours.size() == theirs.size());
        REQUIRE(counted::living <= static_cast<int>(2 * theirs.size()) + 1);
    }
    strings left;
    for (const counted& each : ours)
        left.push_back(each.name);
    CHECK(left == strings(theirs.begin(), theirs.end()));
}

TEST_CASE("a variant knows what it holds, through copies and moves") {
    using either = variant<int, counted, std::string>;
    {
        either one = counted("one");
        REQUIRE(one.get_if<counted>() != nullptr);
        CHECK(one.get_if<int>() == nullptr);
        CHECK(one.index() == 1);
        const either copy = one;
        one = either(std::string("text"));
        CHECK(*one.get_if<std::string>() == "text");
        CHECK(copy.get_if<counted>()->name == "one");
        either moved = std::move(one);
        CHECK(moved.index() == 2);
        std::string seen;
        copy.visit([&seen](const auto& value) {
            if constexpr (std::is_same_v<decltype(value), const counted&>) seen = value.name;
        });
        CHECK(seen == "one");
        CHECK(counted::living == 1);
    }
    CHECK(counted::living == 0);
    bool called = false;
    CHECK(either::name_type(2, [&called](auto* type) { called = std::is_same_v<decltype(type), std::string*>; }));
    CHECK(called);
    CHECK_FALSE(either::name_type(3, [](auto*) { FAIL("there is no fourth"); }));
}

TEST_CASE("an index finds what was entered, whatever its hash") {
    for (const unsigned spread : {1u, 16u, 1'000'000u}) {  // one: every hash collides
        CAPTURE(spread);
        std::vector<std::string> things;
        std::unordered_map<std::string, std::size_t> expected;
        hash_index index;
        for (int step = 0; step < (spread == 1 ? 500 : 5000); ++step) {
            const std::string name = "name " + std::to_string(step % 977);
            const std::uint64_t hash = cordon::engine::mix_bits(cordon::engine::fast_hash(name) % spread);
            const std::size_t found =
                index.find_or_enter(hash, things.size(), [&](std::size_t at) { return things[at] == name; });
            const auto [place, added] = expected.try_emplace(name, things.size());
            REQUIRE(found == place->second);
            if (added) things.push_back(name);
        }
        index.clear();
        CHECK(index.find_or_enter(1, 9, [](std::size_t) { return true; }) == 9);
    }
}

TEST_CASE("an optional holds what it was given until it is reset") {
    {
        optional<counted> one;
        CHECK_FALSE(one);
        CHECK(counted::living == 0);
        one = counted("one");
        CHECK(one->name == "one");
        optional<counted> copy = one;
        one.reset();
        CHECK_FALSE(one.has_value());
        CHECK((*copy).name == "one");
        const optional<counted> moved = std::move(copy);
        CHECK(moved.value().name == "one");
        one = moved;
        one.emplace("two");
        CHECK(one->name == "two");
        one = cordon::engine::nullopt;
        CHECK_FALSE(one);
        one = one;
        CHECK_FALSE(one);
        CHECK(moved.value_or(counted("three")).name == "one");
        CHECK(one.value_or(counted("three")).name == "three");
    }
    CHECK(counted::living == 0);
    CHECK(optional<int>(1) == optional<int>(1));
    CHECK(optional<int>(1) != optional<int>(2));
    CHECK(optional<int>(0) != optional<int>());
    CHECK(optional<int>() == cordon::engine::nullopt);
}

TEST_CASE("what is owned goes with its owner") {
    {
        owned<counted> one = make_owned<counted>("one");
        CHECK(one->name == "one");
        owned<counted> other = std::move(one);
        CHECK(one == nullptr);
        CHECK((*other).name == "one");
        other = make_owned<counted>("two");
        CHECK(counted::living == 1);
        counted* const given = other.release();
        CHECK_FALSE(other);
        delete given;
        const owned<const counted> base = make_owned<counted>("three");
        CHECK(base.get()->name == "three");
        other = make_owned<counted>("four");
        other.reset();
        CHECK(counted::living == 1);
    }
    CHECK(counted::living == 0);
}

TEST_CASE("sorting keeps the order of equal items, for every number of items") {
    std::mt19937 random(7);
    for (std::size_t count = 0; count != 70; ++count) {
        vector<std::pair<int, std::string>> items;
        for (std::size_t i = 0; i != count; ++i)
            items.emplace_back(static_cast<int>(random() % 9), std::to_string(i));
        const auto less = [](const auto& a, const auto& b) { return a.first < b.first; };
        vector<std::pair<int, std::string>> wanted(items);
        std::stable_sort(wanted.begin(), wanted.end(), less);
        sort(items, less);
        CHECK(items == wanted);
        std::sort(wanted.begin(), wanted.end());
        sort(items);
        CHECK(items == wanted);
    }
}
