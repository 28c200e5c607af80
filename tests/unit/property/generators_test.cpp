#define CORDON_CONFIG_PREFIX_ONLY
#include <doctest/doctest.h>
#include <cordon/cordon.hpp>
#include <unit/property/in_process.hpp>

#include <cordon/engine/base/utf8.hpp>
#include <cordon/engine/exec/stringify.hpp>
#include <cordon/engine/os/system.hpp>
#include <cordon/engine/property/code.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <deque>
#include <forward_list>
#include <limits>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <queue>
#include <set>
#include <stack>
#include <string>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <variant>
#include <vector>

using namespace cordon;
using in_process::for_values;

namespace {

enum class color { red, green = 5, blue = -2 };
enum old_style : unsigned char { first, second };
enum class nameless : short {};

struct point {
    int x;
    double y;
    std::string name;
};
struct line {
    point from, to;
    std::vector<int> weights;
};
struct nothing {};

struct account {
    int balance;
    explicit account(int b) : balance(b) {}
};

/// The values of 500 examples.
template <class T, class Generator = arbitrary<T>>
std::vector<T> values(const Generator& generator = {}) {
    std::vector<T> all;
    for_values(generator, 500, [&](T value) { all.push_back(std::move(value)); });
    return all;
}

template <class T, class Test>
bool some(const std::vector<T>& all, Test test) {
    return std::any_of(all.begin(), all.end(), test);
}

}  // namespace

template <>
struct cordon::arbitrary<account> {
    account operator()(source& from) const { return account(from.draw(gen::in_range(0, 100))); }
};

namespace {

template <class T>
void check_integer() {
    const auto all = values<T>();
    CHECK(some(all, [](T x) { return x == 0; }));
    CHECK(some(all, [](T x) { return x == std::numeric_limits<T>::max(); }));
    CHECK(some(all, [](T x) { return x == std::numeric_limits<T>::min(); }));
    CHECK(some(all, [](T x) { return x > 0 && x < 100; }));
}

TEST_CASE("integers: small ones, and their limits") {
    check_integer<signed char>();
    check_integer<unsigned char>();
    check_integer<short>();
    check_integer<unsigned short>();
    check_integer<int>();
    check_integer<unsigned>();
    check_integer<long>();
    check_integer<unsigned long>();
    check_integer<long long>();
    check_integer<unsigned long long>();
}

TEST_CASE("floating-point numbers have special values, whole numbers and fractions") {
    const auto all = values<double>();
    CHECK(some(all, [](double x) { return std::isnan(x); }));
    CHECK(some(all, [](double x) { return std::isinf(x) && x > 0; }));
    CHECK(some(all, [](double x) { return std::isinf(x) && x < 0; }));
    CHECK(some(all, [](double x) { return x == 0 && std::signbit(x); }));
    CHECK(some(all, [](double x) { return x != 0 && std::fabs(x) < std::numeric_limits<double>::min(); }));
    CHECK(some(all, [](double x) { return x == std::floor(x) && std::fabs(x) > 1 && std::fabs(x) < 100; }));
    CHECK(some(all, [](double x) { return x != std::floor(x) && std::fabs(x) < 100; }));
    for (const float x : values<float>())
        CHECK((std::isnan(x) || std::isinf(x) || std::fabs(x) <= std::numeric_limits<float>::max()));
    CHECK(values<long double>().size() == 500);
}

TEST_CASE("bool and characters") {
    CHECK(some(values<bool>(), [](bool b) { return b; }));
    CHECK(some(values<bool>(), [](bool b) { return !b; }));
    CHECK(some(values<char>(), [](char c) { return c == 'a'; }));
    CHECK(some(values<char>(), [](char c) { return static_cast<unsigned char>(c) >= 128; }));
    CHECK(some(values<char32_t>(), [](char32_t c) { return c > 0xFFFF; }));
}

TEST_CASE("strings are valid UTF-8, mostly short and mostly ASCII") {
    const auto all = values<std::string>();
    for (const std::string& each : all)
        REQUIRE(engine::is_utf8(each));
    CHECK(some(all, [](const std::string& s) { return s.empty(); }));
    CHECK(some(all, [](const std::string& s) { return s.size() > 30; }));
    CHECK(some(all, [](const std::string& s) { return s.find("\xF0") != std::string::npos; }));
    CHECK(some(all, [](const std::string& s) { return s.find('\0') != std::string::npos; }));
    for (const std::u16string& each : values<std::u16string>()) {
        for (std::size_t i = 0; i < each.size(); ++i) {
            if (each[i] >= 0xD800 && each[i] < 0xDC00) REQUIRE(i + 1 < each.size());
        }
    }
    CHECK(values<std::wstring>().size() == 500);
}

TEST_CASE("enums have their enumerators, or any number if they have none") {
    const auto all = values<color>();
    for (const color each : all)
        REQUIRE((each == color::red || each == color::green || each == color::blue));
    for (const color each : {color::red, color::green, color::blue})
        CHECK(some(all, [each](color c) { return c == each; }));
    for (const old_style each : values<old_style>())
        REQUIRE((each == first || each == second));
    CHECK(some(values<nameless>(), [](nameless n) { return static_cast<short>(n) > 1000; }));
    CHECK(some(values<std::byte>(), [](std::byte b) { return b == std::byte{255}; }));
}

TEST_CASE("containers grow with the example") {
    std::size_t i = 0;
    std::size_t longest_early = 0, longest_late = 0;
    for_values(gen::any<std::vector<int>>(), 500, [&](const std::vector<int>& v) {
        std::size_t& longest = i++ < 50 ? longest_early : longest_late;
        longest = std::max(longest, v.size());
    });
    CHECK(longest_early <= 6);
    CHECK(longest_late >= 40);
}

template <class C>
void check_container() {
    const auto all = values<C>();
    CHECK(some(all, [](const C& c) { return c.begin() == c.end(); }));
    CHECK(some(all, [](const C& c) { return std::distance(c.begin(), c.end()) > 5; }));
}

TEST_CASE("every standard container") {
    check_container<std::vector<int>>();
    check_container<std::vector<bool>>();
    check_container<std::vector<std::string>>();
    check_container<std::list<double>>();
    check_container<std::deque<short>>();
    check_container<std::forward_list<int>>();
    check_container<std::set<int>>();
    check_container<std::multiset<char>>();
    check_container<std::map<int, std::string>>();
    check_container<std::multimap<std::string, int>>();
    check_container<std::unordered_set<long>>();
    check_container<std::unordered_map<std::string, std::vector<int>>>();
    CHECK(some(values<std::stack<int>>(), [](const std::stack<int>& s) { return s.size() > 3; }));
    CHECK(some(values<std::queue<int>>(), [](const std::queue<int>& s) { return s.size() > 3; }));
    CHECK(some(values<std::priority_queue<int>>(), [](const auto& s) { return s.size() > 3; }));
}

TEST_CASE("types made of others") {
    using any_of = std::variant<int, std::string, std::monostate>;
    CHECK(some(values<std::pair<int, std::string>>(), [](const auto& p) { return !p.second.empty(); }));
    CHECK(some(values<std::tuple<int, char, bool>>(), [](const auto& t) { return std::get<2>(t); }));
    CHECK(values<std::tuple<std::string>>().size() == 500);
    CHECK(some(values<std::array<int, 3>>(), [](const auto& a) { return a[2] != a[0]; }));
    CHECK(values<std::array<int, 0>>().size() == 500);
    CHECK(some(values<std::optional<int>>(), [](const auto& o) { return !o; }));
    CHECK(some(values<std::optional<int>>(), [](const auto& o) { return o.has_value(); }));
    for (std::size_t index = 0; index < 3; ++index)
        CHECK(some(values<any_of>(), [index](const any_of& v) { return v.index() == index; }));
    CHECK(some(values<std::unique_ptr<int>>(), [](const auto& p) { return p == nullptr; }));
    CHECK(some(values<std::unique_ptr<int>>(), [](const auto& p) { return p != nullptr && *p > 10; }));
    CHECK(some(values<std::shared_ptr<std::string>>(), [](const auto& p) { return p != nullptr; }));
    CHECK(some(values<std::chrono::milliseconds>(), [](auto d) { return d.count() > 10; }));
    CHECK(some(values<std::chrono::system_clock::time_point>(),
               [](auto t) { return t.time_since_epoch().count() > 10; }));
}

TEST_CASE("an aggregate is made field by field, a class by its specialization") {
    CHECK(some(values<point>(), [](const point& p) { return p.x > 10 && !p.name.empty(); }));
    CHECK(some(values<line>(), [](const line& l) { return l.to.x != 0 && l.weights.size() > 2; }));
    CHECK(values<nothing>().size() == 500);
    for (const account& each : values<account>())
        REQUIRE((each.balance >= 0 && each.balance <= 100));
    CHECK(some(values<std::vector<account>>(), [](const auto& v) { return v.size() > 3; }));
}

TEST_CASE("in_range keeps to its limits, which it reaches") {
    const auto check = [](auto low, auto high) {
        using number = decltype(low);
        const auto all = values<number>(gen::in_range(low, high));
        for (const number each : all)
            REQUIRE((each >= low && each <= high));
        CHECK(some(all, [low](number x) { return x == low; }));
        CHECK(some(all, [high](number x) { return x == high; }));
    };
    check(-3, 4);
    check(5, 5);
    check(-1000, -990);
    check(std::numeric_limits<int>::min(), std::numeric_limits<int>::max());
    check(std::numeric_limits<long long>::min(), std::numeric_limits<long long>::max());
    check(0ull, std::numeric_limits<unsigned long long>::max());
    CHECK_THROWS_AS(values<int>(gen::in_range(5, 1)), in_process::refused);
    CHECK_THROWS_AS(values<int>(gen::in_range(1, 5, 7)), in_process::refused);
}

TEST_CASE("generators are made of others") {
    for (const int x : values<int>(gen::just(7)))
        REQUIRE(x == 7);
    for (const int x : values<int>(gen::element_of(3, 5, 9)))
        REQUIRE((x == 3 || x == 5 || x == 9));
    const auto one = values<int>(gen::one_of(gen::just(1), gen::in_range(10, 20), gen::just(2)));
    CHECK(some(one, [](int x) { return x == 1; }));
    CHECK(some(one, [](int x) { return x == 2; }));
    CHECK(some(one, [](int x) { return x >= 10; }));
    for (const int x : values<int>(gen::filter(gen::any<int>(), [](int y) { return y % 3 == 0; })))
        REQUIRE(x % 3 == 0);
    const auto sums = gen::combine([](int a, int b, int c) { return a * 10000 + b * 100 + c; }, gen::in_range(1, 9),
                                   gen::in_range(10, 19), gen::in_range(20, 29));
    for (const int x : values<int>(sums))
        REQUIRE((x >= 11020 && x <= 91929));
    using three = std::tuple<int, char, std::string>;
    const auto tuples = gen::tuple_of<three>(gen::just(1), gen::just('x'), gen::any<std::string>());
    for (const three& each : values<three>(tuples))
        REQUIRE((std::get<0>(each) == 1 && std::get<1>(each) == 'x'));
    using numbers = std::vector<int>;
    for (const numbers& v : values<numbers>(gen::container_of<numbers>(gen::in_range(0, 3), 2, 5)))
        REQUIRE((v.size() >= 2 && v.size() <= 5));
    for (const std::set<int>& s : values<std::set<int>>(gen::container_of<std::set<int>>(gen::in_range(0, 3), 4, 4)))
        REQUIRE(s.size() == 4);
    CHECK(values<std::set<int>>(gen::container_of<std::set<int>>(gen::in_range(0, 3), 5)).empty());  // all discarded
    CHECK_THROWS_AS(values<numbers>(gen::container_of<numbers>(gen::any<int>(), 5, 2)), in_process::refused);
    for (const numbers& v : values<numbers>(gen::resize(4, gen::any<numbers>())))
        REQUIRE(v.size() <= 3);
    CHECK(values<int>(gen::filter(gen::any<int>(), [](int) { return false; })).empty());  // all discarded
}

TEST_CASE("an example depends only on its seed, and its choices make it again") {
    const auto generator = gen::any<std::map<std::string, std::vector<double>>>();
    const auto draw = [&](detail::drawing& state) {
        source from(state);
        auto value = from.draw(generator);
        state.finish();
        return value;
    };
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        detail::drawing once(in_process::log(), seed, 60);
        const auto a = draw(once);
        detail::drawing again(in_process::log(), seed, 60);
        const auto b = draw(again);
        engine::property::drawn made;
        made.take(in_process::log());
        detail::drawing replayed(in_process::log(), made.made.data(), made.made.size());
        const auto c = draw(replayed);
        CHECK(a.size() == b.size());
        CHECK(a.size() == c.size());
        CHECK(!in_process::log().misfit);
        CHECK(in_process::log().choice_count == made.made.size());
    }
}

TEST_CASE("choices that do not fit are brought into the limits, and noted") {
    const engine::property::choice recorded[] = {{0, false}, {500, true}};
    detail::drawing state(in_process::log(), recorded, 2);
    source from(state);
    CHECK(from.draw(gen::in_range(0, 9)) == 9);
    state.finish();
    CHECK(in_process::log().misfit);
}

TEST_CASE("an example has an end, whatever is asked of it") {
    std::size_t most = 0;
    using deep = std::vector<std::vector<std::vector<std::vector<std::vector<int>>>>>;
    for_values(gen::any<deep>(), 200,
               [&](const deep&) { most = std::max<std::size_t>(most, in_process::log().choice_count); });
    CHECK(most < engine::property::drawn_log::most_choices / 4);
    const auto many = gen::container_of<std::vector<int>>(gen::any<int>(), 100'000);
    std::size_t count = 0;
    for_values(many, 3, [&](const std::vector<int>& v) { count += v.size() == 100'000 ? 1 : 0; });
    CHECK(count == 3);
}

}  // namespace
