#include "recorded.hpp"

#include <cordon/engine/archive/loose_ends.hpp>

using namespace recorded;

namespace {

class keeper final : public sink {
  public:
    void on(const event& happened) override { events.push_back(event(happened)); }
    const test_finished* verdict_of(std::size_t test) const {
        for (const event& each : events) {
            const auto* finished = each.get_if<test_finished>();
            if (finished != nullptr && finished->test == test) return finished;
        }
        return nullptr;
    }
    vector<event> events;
};

}  // namespace

TEST_CASE("a run that came to its end has no loose ends") {
    archive::loose_ends ends;
    for (const event& each : scripted::of_everything().events)
        ends.on(each);
    CHECK(ends.whole());
}

TEST_CASE("tests without a verdict get one from what is known of them") {
    scripted::run script;
    const auto passed = script.add("", "passed");
    const auto unsettled = script.add("", "ended, no verdict yet");
    const auto waits = script.add("", "failed once, was to be tried again");
    const auto running = script.add("", "running");
    const auto skipped = script.add("", "skipped");
    const auto later = script.add("", "later");
    script.list->tests[skipped].skip = "because";
    script.start();
    script.pass(passed, scripted::ms(1));
    script.begin(unsettled, scripted::ms(5));
    script.end(scripted::run::attempt(unsettled, ending::passed, scripted::ms(3)));
    attempt_result failed = scripted::run::attempt(waits, ending::failed, scripted::ms(3));
    failed.of = 2;
    script.end(failed);
    script.begin(running, scripted::ms(700));

    archive::loose_ends ends;
    for (const event& each : script.events)
        ends.on(each);
    REQUIRE_FALSE(ends.whole());
    keeper kept;
    ends.tie_up(kept);
    CHECK(kept.verdict_of(passed) == nullptr);
    CHECK(kept.verdict_of(unsettled)->what == verdict::passed);
    CHECK(kept.verdict_of(waits)->what == verdict::failed);
    CHECK(kept.verdict_of(running)->what == verdict::not_run);
    CHECK(kept.verdict_of(running)->reason == "the recording ends while it runs");
    CHECK(kept.verdict_of(skipped)->what == verdict::skipped);
    CHECK(kept.verdict_of(skipped)->reason == "because");
    CHECK(kept.verdict_of(later)->what == verdict::not_run);
    CHECK(kept.verdict_of(later)->reason == "the recording ends before it has run");
    const auto* end = kept.events.back().get_if<run_finished>();
    REQUIRE(end != nullptr);
    CHECK(end->took == scripted::ms(700));
    CHECK(end->peak_rss_bytes == 3'500'000);
    CHECK(end->stopped_because == "the recording ends here");
}
