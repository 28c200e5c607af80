// Properties of all kinds, beside names and macros of the user.
#include <cordon/property.hpp>

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#define NAME "by a macro"
using table = std::map<int, int>;

namespace {

enum class color { red, green };
struct point {
    int x, y;
};
class bottle {
  public:
    explicit bottle(int liters) : liters_(liters) {}
    int liters() const { return liters_; }

  private:
    int liters_;
};
[[maybe_unused]] int examples = 1, source = 2, choice = 3, gen = 4, property = 5, assume = 6;

}  // namespace

template <>
struct cordon::arbitrary<bottle> {
    bottle operator()(source& from) const { return bottle(from.draw(gen::in_range(0, 3))); }
};

PROPERTY("one", int x) { CHECK(x == x); }
PROPERTY(NAME, std::map<int, std::vector<int>> m, std::pair<int, int> p) { CHECK((m.size() < 1000 && p == p)); }
PROPERTY(("decorated", tag("a"), examples(3), example_timeout(1)), const table& t) { CHECK(t == t); }
PROPERTY(("only a name"), int&& x) { CHECK(x == x); }
PROPERTY("nothing", void) { CHECK(cordon::draw<int>() != ::source * 1e10); }
PROPERTY("an unnamed parameter", int, char) { SUCCEED(); }
PROPERTY("moved", std::unique_ptr<int> p, std::array<int, 3> a, std::optional<std::string> o) {
    CHECK((p == nullptr || *p == *p));
    CHECK(a.size() == 3);
    CHECK((!o || o->size() < 1000));
}
PROPERTY("sums", std::variant<int, std::string, point> v, std::tuple<int, char> t, color c, bottle b) {
    CHECK(v.index() < 3);
    CHECK(std::get<0>(t) == std::get<0>(t));
    CHECK((c == color::red || c == color::green));
    CHECK(b.liters() <= 3);
}
PROPERTY("generators", void) {
    namespace make = cordon::gen;
    const auto n = cordon::draw(make::bind(make::in_range(1, 3), [](int most) {
        return make::combine([](int a, int b) { return a + b; }, make::in_range(0, most), make::just(1));
    }));
    const auto s = cordon::draw(make::container_of<std::set<int>>(make::element_of(1, 2, 3), 1, 2));
    const auto p = cordon::draw(make::tuple_of<point>(make::any<int>(), make::just(2)));
    const auto one = cordon::draw(make::one_of(make::just(1), make::resize(3, make::any<int>())));
    const auto even = cordon::draw(
        make::filter(make::map(make::any<short>(), [](short x) { return 2 * x; }), [](int x) { return x % 2 == 0; }));
    cordon::assume(one != 12345);
    cordon::classify(n > 2, "large");
    CHECK((n <= 4 && s.size() <= 2 && p.y == 2 && even % 2 == 0));
}

TEST_SUITE("suite") {
    PROPERTY("inside", int x) { CHECK(x == x); }
    PROPERTY("nested", std::unordered_map<std::string, std::vector<std::pair<int, bool>>> m) { CHECK(m.size() < 1000); }
}

namespace user {
PROPERTY("in a namespace", std::vector<bool> v) { CHECK(v == v); }
}  // namespace user
