#include <rapidcheck.h>

#include "problems.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <sstream>

// Prints a line for each problem: its name, the smallest value, values tried while shrinking, seconds.

namespace gen = rc::gen;
using namespace problems;

namespace {

struct trial {
    std::string smallest;
    unsigned long tried = 0;  ///< since the first that failed
    std::chrono::steady_clock::time_point failed_at;
} now;

template <class T>
void expect(bool holds, const T& value) {
    if (!now.smallest.empty()) ++now.tried;
    if (holds) return;
    if (now.smallest.empty()) now.failed_at = std::chrono::steady_clock::now();
    now.smallest = show(value);
    RC_FAIL(now.smallest);
}

template <class Property>
void check(const char* name, const char* wanted, const Property& property) {
    if (std::string(name) != wanted && std::string(wanted) != "all") return;
    now = {};
    rc::detail::TestMetadata about;
    about.id = name;
    const auto result = rc::detail::checkTestable(property, about, rc::detail::configuration().testParams);
    (void)result;
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - now.failed_at;
    std::printf("%s\t%s\t%lu\t%f\n", name, now.smallest.c_str(), now.tried, took.count());
}

numbers of_length(int length, int most) {
    return *gen::container<numbers>(static_cast<std::size_t>(length), gen::inRange(0, most + 1));
}

term make_term(int size) {
    if (size <= 2 || *gen::inRange(0, 3) == 0) return {'n', *gen::arbitrary<int>(), {}, {}};
    term made{*gen::element('+', '/'), 0, {}, {}};
    made.left = std::make_shared<term>(make_term(size / 2));
    made.right = std::make_shared<term>(make_term(size / 2));
    return made;
}

heap make_heap(int size, int least) {
    heap made{*gen::inRange(least, 1001), nullptr, nullptr};
    if (size > 1 && *gen::arbitrary<bool>()) made.left = std::make_shared<heap>(make_heap(size / 2, made.value));
    if (size > 1 && *gen::arbitrary<bool>()) made.right = std::make_shared<heap>(make_heap(size / 2, made.value));
    return made;
}

}  // namespace

int main(int argc, char** argv) {
    const char* const wanted = argc > 1 ? argv[1] : "all";
    check("reverse", wanted, [](const numbers& v) { expect(reverse(v), v); });
    check("distinct", wanted, [](const numbers& v) { expect(distinct(v), v); });
    check("large_union_list", wanted, [](const lists& all) { expect(large_union_list(all), all); });
    check("nested_lists", wanted, [](const lists& all) { expect(nested_lists(all), all); });
    check("length_list", wanted, [] {
        const auto v = *gen::mapcat(gen::inRange(1, 101), [](int length) {
            return gen::container<numbers>(static_cast<std::size_t>(length), gen::inRange(0, 1001));
        });
        expect(length_list(v), v);
    });
    check("difference", wanted, [] {
        const auto p = *gen::pair(gen::inRange(0, 1001), gen::inRange(0, 1001));
        expect(difference(p), p);
    });
    check("bound5", wanted, [] {
        const auto all = *gen::container<shorts>(5, gen::suchThat(gen::arbitrary<std::vector<short>>(), is_below_256));
        expect(bound5(all), all);
    });
    check("coupling", wanted, [] {
        const auto v = *gen::mapcat(gen::inRange(1, 11), [](int length) {
            return gen::container<numbers>(static_cast<std::size_t>(length), gen::inRange(0, length));
        });
        expect(coupling(v), v);
    });
    check("deletion", wanted, [] {
        const auto list = *gen::nonEmpty<numbers>();
        const auto at = *gen::inRange<std::size_t>(0, list.size());
        const std::pair<numbers, int> given(list, list[at]);
        expect(deletion(given), given);
    });
    check("calculator", wanted, [] {
        const int size = *gen::withSize([](int s) { return gen::just(s); });
        const term t = make_term(size);
        expect(calculator(t), t);
    });
    check("binheap", wanted, [] {
        const int size = *gen::withSize([](int s) { return gen::just(s); });
        const heap h = make_heap(size, 0);
        expect(binheap(h), h);
    });
    if (std::string(wanted) == "speed") {
        const auto begun = std::chrono::steady_clock::now();
        check("speed", wanted, [](int x, const numbers& v) { expect(x == x && v.size() < 100'000, v); });
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
        std::printf("%f\n", took.count());
    }
}
