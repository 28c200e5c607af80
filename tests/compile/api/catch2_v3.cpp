// Catch2 v3's headers and what only v3 has.
// flags: -I../../../include/cordon/compat
#include <catch2/benchmark/catch_benchmark.hpp>
#include <catch2/benchmark/catch_constructor.hpp>
#include <catch2/catch_approx.hpp>
#include <catch2/catch_get_random_seed.hpp>
#include <catch2/catch_message.hpp>
#include <catch2/catch_session.hpp>
#include <catch2/catch_tag_alias_autoregistrar.hpp>
#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/catch_timer.hpp>
#include <catch2/catch_tostring.hpp>
#include <catch2/catch_translate_exception.hpp>
#include <catch2/catch_user_config.hpp>
#include <catch2/catch_version_macros.hpp>
#include <catch2/generators/catch_generators_all.hpp>
#include <catch2/interfaces/catch_interfaces_capture.hpp>
#include <catch2/matchers/catch_matchers_all.hpp>
#include <catch2/reporters/catch_reporter_event_listener.hpp>
#include <catch2/reporters/catch_reporter_registrars.hpp>

#include <list>
#include <stdexcept>
#include <string>
#include <vector>

static_assert(CATCH_VERSION_MAJOR == 3, "v3");

struct new_listener : Catch::EventListenerBase {
    using EventListenerBase::EventListenerBase;
    void assertionEnded(const Catch::AssertionStats& stats) override { last = stats.assertionResult.getMessage(); }
    void testCaseEnded(const Catch::TestCaseStats& stats) override { last = stats.testInfo->name; }
    std::string last;
};
CATCH_REGISTER_LISTENER(new_listener)

struct is_odd : Catch::Matchers::MatcherGenericBase {
    template <class T>
    bool match(const T& number) const {
        return number % 2 != 0;
    }
    std::string describe() const override { return "is odd"; }
};
struct fixture {
    mutable int passes = 0;
};

TEST_CASE("v3 matchers") {
    using namespace Catch::Matchers;
    const std::vector<int> odd{1, 3};
    REQUIRE_THAT(odd, AllMatch(is_odd()) && !AnyMatch(!is_odd()) && NoneMatch(!is_odd()));
    REQUIRE_THAT(odd, SizeIs(2) && !IsEmpty() && Contains(3) && Contains(is_odd()));
    REQUIRE_THAT(odd, RangeEquals(std::list<int>{1, 3}) && UnorderedRangeEquals({3, 1}));
    REQUIRE_THAT((std::vector<bool>{true, true}), AllTrue() && AnyTrue() && !NoneTrue());
    REQUIRE_THAT(std::string("abc"), ContainsSubstring("B", Catch::CaseSensitive::No));
    REQUIRE_THROWS_MATCHES(throw std::runtime_error("ab"), std::runtime_error, MessageMatches(StartsWith("a")));
    STATIC_CHECK(sizeof(int) == 4);
    if (Catch::getSeed() == 1) SKIP("seed " << 1);
    BENCHMARK("nothing") { return 1; };
    BENCHMARK_ADVANCED("measured")(Catch::Benchmark::Chronometer meter) {
        meter.measure([](int i) { return i; });
    };
}
TEST_CASE("storage of benchmarks") {
    BENCHMARK_ADVANCED("constructs")(Catch::Benchmark::Chronometer meter) {
        std::vector<Catch::Benchmark::storage_for<std::string>> memory(static_cast<std::size_t>(meter.runs()));
        meter.measure([&](int i) { memory[static_cast<std::size_t>(i)].construct("thing"); });
    };
    BENCHMARK_ADVANCED("destroys")(Catch::Benchmark::Chronometer meter) {
        std::vector<Catch::Benchmark::destructable_object<std::string>> memory(static_cast<std::size_t>(meter.runs()));
        for (auto& each : memory)
            each.construct("thing");
        meter.measure([&](int i) { memory[static_cast<std::size_t>(i)].destruct(); });
    };
    Catch::Timer timer;
    timer.start();
    CHECK(timer.getElapsedSeconds() < 1000);
}
CATCH_REGISTER_TAG_ALIAS("[@new]", "[v3],[v4]")

int own_main(int argc, char** argv);
int own_main(int argc, char** argv) {
    int depth = 0;
    bool deep = false;
    std::string name;
    Catch::Session session;
    using namespace Catch::Clara;
    auto own = session.cli() | Opt(depth, "depth")["-g"]["--depth"]("how deep") | Opt(deep)["--deep"]("or not") |
               Opt([&name](const std::string& given) { name = given; }, "name")["--name"]("whose");
    session.cli(own);
    return session.run(argc, argv);
}

TEST_CASE_PERSISTENT_FIXTURE(fixture, "one object") { CHECK(++passes > 0); }
