#define CORDON_CONFIG_PREFIX_ONLY
#include <doctest/doctest.h>
#include <cordon/engine/exec/stringify.hpp>
#include <cordon/engine/os/system.hpp>
#include <unit/property/in_process.hpp>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <memory>
#include <numeric>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

// The problems are those that papers and libraries use to compare shrinking
// (https://github.com/jlink/shrinking-challenge).

using namespace cordon;
using in_process::smallest;

namespace {

using numbers = std::vector<int>;

template <class T>
auto any = gen::any<T>();

template <class T>
std::string text(const T& value) {
    return engine::exec::written(detail::text_of(value));
}

TEST_CASE("one number shrinks to the limit") {
    CHECK(smallest(any<int>, [](int x) { return x > 1000; }) == 1001);
    CHECK(smallest(any<int>, [](int x) { return x < -1000; }) == -1001);
    CHECK(smallest(any<long long>, [](long long x) { return x > 123456789012; }) == 123456789013);
    CHECK(smallest(any<unsigned char>, [](unsigned x) { return x >= 200; }) == 200);
    CHECK(smallest(any<int>, [](int x) { return x % 2 == 0 && x > 1000; }) == 1002);
    CHECK(smallest(gen::in_range(-50, -7), [](int) { return true; }) == -7);
    CHECK(smallest(gen::in_range(10, 99, 50), [](int x) { return x < 20; }) == 19);
}

TEST_CASE("invariants of generators hold while shrinking") {
    const auto even = gen::filter(gen::in_range(0, 10000), [](int x) { return x % 2 == 0; });
    CHECK(smallest(even, [](int x) { return x >= 777; }) == 778);
    const auto squares = gen::map(gen::in_range(0, 1000), [](int x) { return x * x; });
    CHECK(smallest(squares, [](int x) { return x > 150; }) == 169);
    const auto sorted = gen::map(any<numbers>, [](numbers v) {
        std::sort(v.begin(), v.end());
        return v;
    });
    CHECK(smallest(sorted, [](const numbers& v) { return v.size() >= 2 && v.back() - v.front() > 9; }) ==
          numbers{0, 10});
}

TEST_CASE("floating-point numbers shrink to simple ones") {
    CHECK(smallest(any<double>, [](double x) { return x > 1000; }) == 1001);
    CHECK(smallest(any<double>, [](double x) { return x != std::floor(x) && x < 1e9; }) == 0.1);
    CHECK(std::isnan(smallest(any<double>, [](double x) { return x != x; })));
    CHECK(smallest(any<float>, [](float x) { return x > 2e9f; }) == std::numeric_limits<float>::infinity());
}

TEST_CASE("text shrinks to few simple characters") {
    CHECK(smallest(any<std::string>, [](const std::string& s) { return s.size() >= 3; }) == "aaa");
    CHECK(smallest(any<std::string>, [](const std::string& s) { return s.find(' ') != std::string::npos; }) == " ");
    CHECK(smallest(any<std::string>, [](const std::string& s) {
              return std::any_of(s.begin(), s.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
          }) == "\xC2\x80");
}

TEST_CASE("reverse") {
    const auto found = smallest(any<numbers>, [](const numbers& v) { return numbers(v.rbegin(), v.rend()) != v; });
    CHECK(found == numbers{0, 1});
}

TEST_CASE("large union list") {
    const auto found = smallest(any<std::vector<numbers>>, [](const std::vector<numbers>& all) {
        std::set<int> seen;
        for (const numbers& each : all)
            seen.insert(each.begin(), each.end());
        return seen.size() > 4;
    });
    CHECK(text(found) == "[[0, 1, -1, 2, -2]]");
}

TEST_CASE("length list: a length is drawn, then so many elements") {
    const auto lists = gen::bind(gen::in_range(1, 100), [](int length) {
        return gen::container_of<numbers>(gen::in_range(0, 1000), static_cast<size_t>(length),
                                          static_cast<size_t>(length));
    });
    CHECK(smallest(lists, [](const numbers& v) { return *std::max_element(v.begin(), v.end()) >= 900; }) ==
          numbers{900});
}

TEST_CASE("difference") {
    using pair = std::pair<int, int>;
    const auto pairs = gen::tuple_of<pair>(gen::in_range(0, 100000), gen::in_range(0, 100000));
    CHECK(smallest(pairs, [](pair p) { return p.first >= 10 && p.first == p.second; }) == pair(10, 10));
    CHECK(smallest(pairs, [](pair p) {
              return p.first >= 10 && std::abs(p.first - p.second) >= 1 && std::abs(p.first - p.second) <= 4;
          }) == pair(10, 6));
    CHECK(smallest(pairs, [](pair p) { return p.first >= 10 && std::abs(p.first - p.second) == 1; }) == pair(10, 9));
}

TEST_CASE("bound5: five lists whose sums overflow") {
    using list = std::vector<short>;
    const auto small = gen::filter(
        any<list>, [](const list& l) { return std::accumulate(l.begin(), l.end(), 0) < 256 && l.size() < 20; });
    const auto five = gen::container_of<std::vector<list>>(small, 5, 5);
    const auto found = smallest(five, [](const std::vector<list>& all) {
        short sum = 0;
        for (const list& l : all) {
            for (short x : l)
                sum = static_cast<short>(sum + x);
        }
        return sum >= 5 * 256;
    });
    std::size_t count = 0;
    for (const list& l : found)
        count += l.size();
    CHECK(count <= 2);
}

TEST_CASE("nested lists") {
    const auto found = smallest(any<std::vector<numbers>>, [](const std::vector<numbers>& all) {
        std::size_t count = 0;
        for (const numbers& each : all)
            count += each.size();
        return count > 10;
    });
    CHECK(text(found) == "[[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]]");
}

TEST_CASE("distinct") {
    const auto found =
        smallest(any<numbers>, [](const numbers& v) { return std::set<int>(v.begin(), v.end()).size() >= 3; });
    CHECK(found == numbers{0, 1, -1});
}

TEST_CASE("coupling: each element is an index into the list, and two point at each other") {
    const auto lists = gen::bind(gen::in_range(1, 10), [](int length) {
        return gen::container_of<numbers>(gen::in_range(0, length - 1), static_cast<size_t>(length),
                                          static_cast<size_t>(length));
    });
    const auto found = smallest(lists, [](const numbers& v) {
        for (std::size_t i = 0; i < v.size(); ++i) {
            const auto j = static_cast<std::size_t>(v[i]);
            if (i != j && static_cast<std::size_t>(v[j]) == i) return true;
        }
        return false;
    });
    CHECK(found == numbers{1, 0});
}

TEST_CASE("deletion: only the first of two equal elements is removed") {
    const auto cases = gen::filter(gen::bind(gen::container_of<numbers>(any<int>, 1),
                                             [](numbers v) {
                                                 const int last = static_cast<int>(v.size()) - 1;
                                                 return gen::map(gen::in_range(0, last), [v](int at) {
                                                     return std::pair<numbers, int>(v, v[static_cast<std::size_t>(at)]);
                                                 });
                                             }),
                                   [](const auto&) { return true; });
    const auto found = smallest(cases, [](const std::pair<numbers, int>& given) {
        return std::count(given.first.begin(), given.first.end(), given.second) > 1;
    });
    CHECK(found.first == numbers{0, 0});
    CHECK(found.second == 0);
}

struct term {
    char op = 'n';
    int number = 0;
    std::shared_ptr<term> left, right;
};

std::string text(const term& t) {
    return t.op == 'n' ? std::to_string(t.number) : "(" + text(*t.left) + t.op + text(*t.right) + ")";
}

struct terms {
    term operator()(source& from) const {
        const std::size_t size = from.size();
        if (size <= 2 || from.choose(2, 0, detail::spread::even).distance == 0) return {'n', from.any<int>(), {}, {}};
        term made{from.draw(gen::element_of('+', '/')), 0, {}, {}};
        const source::resized half(from, size / 2);
        made.left = std::make_shared<term>(from.draw(*this));
        made.right = std::make_shared<term>(from.draw(*this));
        return made;
    }
};

/// Nothing if a divisor is zero.
bool evaluates(const term& t, long long& to) {
    long long left = t.number, right = 0;
    if (t.op != 'n' && (!evaluates(*t.left, left) || !evaluates(*t.right, right))) return false;
    if (t.op == '/' && right == 0) return false;
    to = t.op == 'n' ? left : t.op == '+' ? left + right : left / right;
    return true;
}
bool divides_by_plain_zero(const term& t) {
    if (t.op == 'n') return false;
    if (t.op == '/' && t.right->op == 'n' && t.right->number == 0) return true;
    return divides_by_plain_zero(*t.left) || divides_by_plain_zero(*t.right);
}

TEST_CASE("calculator: a divisor that is zero only when it is evaluated") {
    const auto found = smallest(terms(), [](const term& t) {
        long long value = 0;
        return !divides_by_plain_zero(t) && !evaluates(t, value);
    });
    CHECK(text(found) == "(0/(0+0))");
}

struct heap {
    int value = 0;
    std::shared_ptr<heap> left, right;
};
std::size_t size_of(const heap* h) { return h == nullptr ? 0 : 1 + size_of(h->left.get()) + size_of(h->right.get()); }
void flatten(const heap* h, numbers& to) {
    if (h == nullptr) return;
    to.push_back(h->value);
    flatten(h->left.get(), to);
    flatten(h->right.get(), to);
}
struct heaps {
    int least = 0;
    heap operator()(source& from) const {
        const int value = from.draw(gen::in_range(least, 1000));
        heap made{value, nullptr, nullptr};
        const source::resized half(from, from.size() / 2);
        if (from.size() > 1 && from.any<bool>()) made.left = std::make_shared<heap>(from.draw(heaps{value}));
        if (from.size() > 1 && from.any<bool>()) made.right = std::make_shared<heap>(from.draw(heaps{value}));
        return made;
    }
};

TEST_CASE("binary heap: its values in order of the tree are not sorted") {
    const auto found = smallest(heaps(), [](const heap& h) {
        numbers values;
        flatten(&h, values);
        return !std::is_sorted(values.begin(), values.end());
    });
    CHECK(size_of(&found) == 3);
    CHECK(found.value == 0);
    CHECK(found.left->value == 1);
    CHECK(found.right->value == 0);
}

TEST_CASE("the result does not depend on the example that failed first") {
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        CAPTURE(seed);
        CHECK(smallest(
                  any<int>, [](int x) { return x > 1000; }, seed) == 1001);
        CHECK(smallest(
                  any<numbers>, [](const numbers& v) { return numbers(v.rbegin(), v.rend()) != v; }, seed) ==
              numbers{0, 1});
        CHECK(smallest(
                  any<numbers>, [](const numbers& v) { return std::set<int>(v.begin(), v.end()).size() >= 3; }, seed) ==
              numbers{0, 1, -1});
    }
}

}  // namespace
