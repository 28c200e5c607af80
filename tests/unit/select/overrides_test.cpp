#include <doctest/doctest.h>
#include <cordon/engine/select/overrides.hpp>
#include <cordon/engine/select/retry.hpp>

#include <chrono>
#include <initializer_list>
#include <string>

using namespace cordon::engine;
using select::applied_overrides;
using select::apply_overrides;

namespace {

constexpr const char* today = "2026-11-29";

test_info test_named(std::string_view suite, std::string_view name, std::initializer_list<std::string_view> tags = {}) {
    test_info test;
    test.suite = suite;
    test.name = name;
    for (const std::string_view tag : tags)
        test.tags.push_back(tag);
    test.file = "dir/net_test.cpp";
    return test;
}

test_list example() {
    test_list list;
    list.tests.push_back(test_named("net", "sends mail", {"slow"}));
    list.tests.push_back(test_named("net", "asks: (who)"));
    list.tests.push_back(test_named("", "adds"));
    return list;
}

struct overridden {
    test_list list;
    applied_overrides applied;
    const test_info& mail() const { return list.tests[0]; }
    const test_info& adds() const { return list.tests[2]; }
    std::string warnings() const {
        std::string text;
        for (const std::string& each : applied.warnings)
            text += each + "\n";
        return text;
    }
};

overridden with(std::string_view text, test_list list = example()) {
    vector<select::override_rule> rules;
    const status read = select::read_overrides(text, "flaky.txt", rules);
    REQUIRE_MESSAGE(read, read.failure().detail);
    overridden result{std::move(list), {}};
    result.applied = apply_overrides(rules, today, result.list);
    return result;
}

std::string mistake_in(std::string_view text) {
    vector<select::override_rule> rules;
    const status read = select::read_overrides(text, "flaky.txt", rules);
    return read ? "none" : read.failure().detail;
}

bool begins(const std::string& text, std::string_view start) { return text.substr(0, start.size()) == start; }

std::string reason_of(const optional<std::string_view>& field) { return field ? std::string(*field) : "none"; }

}  // namespace

TEST_CASE("each setting reaches the tests that the expression selects, and no other") {
    const overridden got = with(
        "# a comment\n"
        "\n"
        "  suite(net): quarantine should_fail may_fail=on expected_failures=2 retries=3 timeout=1.5m slow_after=250ms "
        "memory_limit=64M skip issue=NET-12 reason='the proxy drops connections'\r\n");
    for (std::size_t i : {0u, 1u}) {
        const test_info& test = got.list.tests[i];
        CHECK(reason_of(test.quarantine) == "NET-12: the proxy drops connections");
        CHECK(reason_of(test.skip) == "NET-12: the proxy drops connections");
        CHECK(test.should_fail);
        CHECK(test.may_fail);
        CHECK(test.expected_failures == 2);
        CHECK(test.retries.value_or(0) == 3);
        CHECK(test.timeout.value_or(duration{0}) == std::chrono::seconds(90));
        CHECK(test.slow_after.value_or(duration{0}) == std::chrono::milliseconds(250));
        CHECK(test.memory_limit == 64u * 1024 * 1024);
    }
    CHECK_FALSE(got.adds().quarantine);
    CHECK_FALSE(got.adds().should_fail);
    CHECK_FALSE(got.adds().timeout);
    CHECK(got.warnings() == "");
}

TEST_CASE("the reason is as much as the rule says") {
    CHECK(reason_of(with("name(adds): skip issue=A-1").adds().skip) == "A-1");
    CHECK(reason_of(with("name(adds): skip reason=\"is \\\"slow\\\"\"").adds().skip) == "is \"slow\"");
    CHECK(reason_of(with("\nname(adds): skip").adds().skip) == "flaky.txt:2");
}

TEST_CASE("verdicts on declared failures say the reason") {
    const overridden got = with("name(adds): should_fail issue=A-1\nname(sends mail): expected_failures=2 issue=A-2\n");
    const auto judged = [](const test_info& test, ending how) { return select::judge(test, {{how, 2, {}}}).reason; };
    CHECK(judged(got.adds(), ending::failed) == "it should fail: A-1");
    CHECK(judged(got.adds(), ending::passed) == "it should fail, but passed: A-1");
    CHECK(judged(got.mail(), ending::failed) == "expected 2 failed assertions: A-2");
    CHECK(judged(got.mail(), ending::passed) == "expected 2 failed assertions, but it passed: A-2");
}

TEST_CASE("of several rules the last one wins, for each setting on its own") {
    const overridden got = with(
        "all(): quarantine issue=A retries=2 should_fail\n"
        "name(adds): quarantine=off retries=5 should_fail=off\n"
        "suite(net): timeout=0 quarantine issue=B");
    CHECK_FALSE(got.adds().quarantine);
    CHECK(got.adds().retries.value_or(0) == 5);
    CHECK_FALSE(got.adds().should_fail);
    CHECK(got.adds().failure_reason.empty());
    CHECK(reason_of(got.mail().quarantine) == "B");
    CHECK(got.mail().retries.value_or(0) == 2);
    CHECK(got.mail().timeout.value_or(duration{1}) == duration{0});
}

TEST_CASE("a rule can take back what the test declares") {
    test_list list = example();
    list.tests[2].skip = "in the program";
    CHECK_FALSE(with("name(adds): skip=off", std::move(list)).adds().skip);
}

TEST_CASE("a colon in an argument does not end the expression") {
    CHECK(with("name(asks: \\(who\\)): skip").list.tests[1].skip);
    CHECK(with("name(asks: (who)) & !tag(slow): skip").list.tests[1].skip);
}

TEST_CASE("a hidden test needs a rule that names it") {
    test_list list = example();
    list.tests[2].hidden = true;
    CHECK_FALSE(with("all(): skip", std::move(list)).adds().skip);
    list = example();
    list.tests[2].hidden = true;
    CHECK(with("name(adds): skip", std::move(list)).adds().skip);
}

TEST_CASE("a rule that ended does not apply, and is told; it holds on its last day") {
    const overridden got = with(
        "name(adds): quarantine until=2026-11-28\n"
        "name(sends mail): quarantine until=2026-11-29");
    CHECK_FALSE(got.adds().quarantine);
    CHECK(got.mail().quarantine);
    CHECK(got.warnings() == "flaky.txt:1: the rule for name(adds) ended on 2026-11-28 and does not apply\n");
}

TEST_CASE("a rule that matches no test is told with the nearest name") {
    CHECK(with("name(ads): skip").warnings() ==
          "flaky.txt:1: the rule for name(ads) matches no test; did you mean 'adds'?\n");
    CHECK(with("name(adds) & tag(slow): skip").warnings() ==
          "flaky.txt:1: the rule for name(adds) & tag(slow) matches no test\n");
}

TEST_CASE("runs are comparable if what may change results is the same") {
    CHECK(with("all(): quarantine skip retries=2 slow_after=1").applied.inputs == "");
    CHECK(with("name(adds): timeout=2s quarantine").applied.inputs == "adds timeout=2s\n");
    CHECK(with("suite(net): should_fail").applied.inputs ==
          "net/sends mail should_fail=\nnet/asks: (who) should_fail=\n");
}

TEST_CASE("a bad line is told with its place") {
    CHECK(mistake_in("# fine\nname(adds): skip\nname(adds) skip") ==
          "flaky.txt:3: expected a filter expression, a colon and settings, as in 'name(sends mail): quarantine'");
    CHECK(begins(mistake_in("name(adds: skip"), "flaky.txt:1: expected a filter expression, a colon"));
    CHECK(begins(mistake_in("nam(adds): skip"), "flaky.txt:1: unknown function 'nam', did you mean 'name'?"));
    CHECK(begins(mistake_in(": skip"), "flaky.txt:1: expected a function such as name(...)"));
    CHECK(begins(mistake_in("failed(): skip"), "flaky.txt:1: failed() and slow() cannot be used here"));
    CHECK(begins(mistake_in("all(): reason='open"), "flaky.txt:1: a quote is not closed"));
    CHECK(
        begins(mistake_in("all(): quarantin"), "flaky.txt:1: unknown setting 'quarantin'; did you mean 'quarantine'?"));
    CHECK(begins(mistake_in("all(): slow-after=2"),
                 "flaky.txt:1: unknown setting 'slow-after'; did you mean 'slow_after'?"));
    CHECK(begins(mistake_in("all(): skip # later"), "flaky.txt:1: a comment needs a line of its own"));
    CHECK(begins(mistake_in("all(): issue=A-1"), "flaky.txt:1: the rule sets nothing"));
    CHECK(begins(mistake_in("all():"), "flaky.txt:1: the rule sets nothing"));
    CHECK(mistake_in("all(): skip issue=") == "flaky.txt:1: issue needs a value: issue=...");
    CHECK(mistake_in("all(): skip=maybe") == "flaky.txt:1: skip: expected nothing, on or off, not 'maybe'");
    CHECK(mistake_in("all(): retries=-1") == "flaky.txt:1: retries: expected a whole number from 0 to 1000, not '-1'");
    CHECK(mistake_in("all(): retries") == "flaky.txt:1: retries: expected a whole number from 0 to 1000, not ''");
    CHECK(begins(mistake_in("all(): timeout=soon"), "flaky.txt:1: timeout: expected a duration"));
    CHECK(begins(mistake_in("all(): memory_limit=much"), "flaky.txt:1: memory_limit: expected a size"));
}

TEST_CASE("a last day is a day of the calendar") {
    for (const char* day : {"2026-11-29", "2028-02-29", "2000-02-29", "2026-12-31"})
        CHECK_MESSAGE(mistake_in("all(): skip until=" + std::string(day)) == "none", day);
    for (const char* day : {"2026-02-29", "2100-02-29", "2026-04-31", "2026-13-01", "2026-00-01", "2026-1-01",
                            "26-11-29", "2026/11/29", "2026-11-29T00:00", "tomorrow", "2026-11-00"})
        CHECK_MESSAGE(mistake_in("all(): skip until=" + std::string(day)) ==
                          "flaky.txt:1: until: expected a day such as 2027-01-31, not '" + std::string(day) + "'",
                      day);
}
