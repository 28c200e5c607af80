// Properties that hold, that fail in every way, and that use generators in other ways.
#include <cordon/property.hpp>

#include <sys/wait.h>
#include <unistd.h>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace {
using cordon::assume;
namespace gen = cordon::gen;
struct age {
    int years;
};
struct unwritable {
    int n;
};
std::vector<int> reversed(std::vector<int> v) { return {v.rbegin(), v.rend()}; }
}  // namespace

template <>
struct cordon::arbitrary<age> {
    age operator()(source& from) const { return {from.draw(gen::in_range(0, 130))}; }
};

namespace cordon {
void to_code(text_sink& out, const age& a) { out << "age{" << a.years << '}'; }
void to_code(text_sink&, const unwritable&) { std::abort(); }
}  // namespace cordon

PROPERTY("reversing twice changes nothing", std::vector<int> v) { CHECK(reversed(reversed(v)) == v); }
PROPERTY("any types", const std::map<std::string, int>& m, std::optional<char>&& c, std::unique_ptr<int> p, age a) {
    CHECK(m.size() < 1000);
    CHECK((!c || *c == *c));
    CHECK((p == nullptr || *p == *p));
    CHECK(a.years <= 130);
}

TEST_SUITE("fails") {
    PROPERTY("by an assertion", int x, std::vector<int> v) {
        std::puts("output of an example");
        CHECK(v.size() < 2000);
        if (v.size() >= 2) CHECK_MESSAGE(x <= 1000, "x is " << x);
    }
    PROPERTY("by abort", int x) {
        if (x > 1000) std::abort();
    }
    PROPERTY("by a bad address", int x) {
        volatile int* nowhere = nullptr;
        if (x < -77) *nowhere = 1;
    }
    PROPERTY("by an endless loop", int x) {
        for (volatile bool on = x > 1000; on;) {
        }
    }
    PROPERTY("by exit", int x) {
        if (x > 1000) std::exit(3);
    }
    PROPERTY("by an exception", const std::string& s) {
        if (s.size() >= 2) throw std::runtime_error("too long");
    }
    PROPERTY("by REQUIRE", std::vector<std::string> all) { REQUIRE(all.size() < 3); }
    PROPERTY("by a leak", int x) {
        if (x > 1000 && dup(0) < 0) std::puts("no descriptor");
    }
    PROPERTY("in its generator", std::vector<age> v) {
        CHECK(v.size() < 1000);
        const int n = cordon::draw([](cordon::source& from) -> int {
            const int made = from.any<int>();
            if (made > 1000) std::abort();
            return made;
        });
        CHECK(n <= 1000);
    }
    PROPERTY("at an age", age a, std::vector<age> others) { CHECK(a.years + static_cast<int>(others.size()) < 100); }
    PROPERTY("only after others", int) {
        static int calls = 0;
        CHECK(++calls < 20);
    }
    PROPERTY("where another mistake is near", int x) {
        if (x > 1000) FAIL("first");
        if (x > 5 && x < 100) std::abort();
    }
    PROPERTY("and its values cannot be written", unwritable u) { CHECK(u.n <= 1000); }
    PROPERTY("by a wrong generator", int) { cordon::draw(gen::in_range(3, 1)); }
}

TEST_SUITE("discards") {
    PROPERTY("most", int x) { assume(x % 4 == 0); }
    PROPERTY("all", int) { assume(false); }
    PROPERTY("by a filter", int) {
        cordon::draw(gen::filter(gen::any<int>(), [](int) { return false; }));
    }
}

PROPERTY(("with decorators", tag("slow"), examples(7), timeout(30)), int) { CHECK(true); }
PROPERTY("draws", void) {
    const auto length = static_cast<std::size_t>(cordon::draw(gen::in_range(0, 9)));
    const auto v = cordon::draw(gen::container_of<std::vector<int>>(gen::any<int>(), length, length));
    CHECK(v.size() < 5);
}
PROPERTY("is classified", int x) {
    cordon::classify(x < 0, "negative");
    cordon::classify(x >= 0, "positive");
}
PROPERTY("returns from a fork", int x) {
    const pid_t child = x > 100 ? fork() : 1;
    if (child == 0) std::puts("copy");
    if (x > 100 && child != 0) waitpid(child, nullptr, 0);
}
PROPERTY("prints its values", int x) { std::printf("value %d\n", x); }
PROPERTY("skips", int x) {
    if (x > 10) SKIP("not now");
}
PROPERTY(("takes its time", examples(30), example_timeout(20)), int) { usleep(100'000); }
TEST_CASE("outside") { assume(false); }
TEST_CASE("drawn outside") { cordon::draw<int>(); }
