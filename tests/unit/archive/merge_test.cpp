#include "recorded.hpp"

#include <cordon/engine/archive/merge.hpp>

using namespace recorded;

namespace {

/// Part `index` of `count` of a run of six tests, two in each of three parts.
scripted::run shard(std::uint32_t index, std::uint32_t count = 3) {
    scripted::run script;
    for (const char* name : {"a", "b", "c", "d", "e", "f"})
        script.add("suite", name);
    script.start();
    script.info.shard = shard_choice{index, count, false};
    script.info.started_at = "2024-05-06T07:08:0" + std::to_string(9 - index) + "Z";
    run_started begin{script.info, script.list, {2 * index - 2, 2 * index - 1}, {0, 1, 2, 3, 4, 5}};
    script.events[0] = event(std::move(begin));
    script.pass(2 * index - 2, scripted::ms(index));
    script.fail(scripted::run::attempt(2 * index - 1, ending::failed, scripted::ms(1)));
    script.finish(scripted::ms(100 * index));
    return script;
}

archive::part part_of(const scripted::run& script, std::string path) {
    archive::part made;
    made.path = std::move(path);
    for (const event& each : script.events)
        made.on(each);
    return made;
}

class keeper final : public sink {
  public:
    void on(const event& happened) override { events.push_back(event(happened)); }
    vector<event> events;
};

vector<event> merged(const archive::merge& whole, const vector<const scripted::run*>& in_order) {
    keeper kept;
    for (std::size_t i = 0; i < in_order.size(); ++i) {
        for (const event& each : in_order[i]->events)
            whole.pass(i, event(each), kept);
    }
    whole.pass_missing(kept);
    return std::move(kept.events);
}

template <class... Parts>
archive::merge merge_of(Parts... parts) {
    vector<archive::part> all;
    (all.push_back(std::move(parts)), ...);
    return archive::merge(std::move(all));
}

bool tells(const archive::merge& whole, const std::string& line) {
    for (const std::string& each : whole.problems()) {
        if (each == line) return true;
    }
    for (const std::string& each : whole.problems())
        MESSAGE(each);
    return false;
}

}  // namespace

TEST_CASE("the shards of a run make one run, in whatever order they come") {
    const scripted::run one = shard(1), two = shard(2), three = shard(3);
    const archive::merge whole = merge_of(part_of(three, "3"), part_of(one, "1"), part_of(two, "2"));
    CHECK(whole.problems().empty());
    CHECK(whole.begin().selected == vector<std::size_t>{0, 1, 2, 3, 4, 5});
    CHECK_FALSE(whole.begin().info.shard);
    CHECK(whole.begin().info.jobs == 6);
    CHECK(whole.begin().info.filtered_out == 0);
    CHECK(whole.begin().info.started_at == "2024-05-06T07:08:06Z");
    CHECK(whole.end().took == scripted::ms(300));
    const vector<event> events = merged(whole, {&one, &two, &three});
    std::size_t finished = 0;
    for (const event& each : events) {
        if (each.get_if<test_finished>()) ++finished;
        if (const auto* ended = each.get_if<attempt_ended>())
            CHECK(ended->result.slot == ended->result.test / 2 * 2 + ended->result.test % 2);
    }
    CHECK(finished == 6);
}

TEST_CASE("a missing shard is named, and so are its tests") {
    const scripted::run one = shard(1), three = shard(3);
    const archive::merge whole = merge_of(part_of(one, "one"), part_of(three, "three"));
    REQUIRE(whole.problems().size() == 3);
    CHECK(tells(whole, "shard 2 of 3 is missing"));
    CHECK(tells(whole, "the test 'suite/c' ran in none of them"));
    CHECK(tells(whole, "the test 'suite/d' ran in none of them"));
    const vector<event> events = merged(whole, {&one, &three});
    const auto* last = events.back().get_if<test_finished>();
    REQUIRE(last != nullptr);
    CHECK(last->test == 3);
    CHECK(last->what == verdict::not_run);
    CHECK(last->reason == "in no recording");
    CHECK(tells(merge_of(part_of(shard(1), "one")), "shard 3 of 3 is missing"));
    CHECK(tells(merge_of(part_of(shard(3), "three")), "shard 1 of 3 is missing"));
}

TEST_CASE("many missing shards are counted") {
    const archive::merge whole = merge_of(part_of(shard(1, 500), "one"));
    CHECK(tells(whole, "shard 2 of 500 is missing"));
    CHECK(tells(whole, "and 489 more shards are missing"));
}

TEST_CASE("a test that ran twice is named, and the last recording counts") {
    const scripted::run one = shard(1), again = shard(1), two = shard(2), three = shard(3);
    const archive::merge whole =
        merge_of(part_of(one, "one"), part_of(two, "two"), part_of(three, "three"), part_of(again, "again"));
    CHECK(tells(whole, "one and again are both shard 1 of 3"));
    CHECK(tells(whole, "the test 'suite/a' ran in one and in again"));
    CHECK(whole.begin().selected.size() == 6);
    CHECK(
        merged(whole, {&one, &again, &two, &three}).size() ==
        merged(merge_of(part_of(again, "again"), part_of(two, "two"), part_of(three, "three")), {&again, &two, &three})
                .size() +
            2);  // its workers
}

TEST_CASE("other tests, other builds and other cuts are told") {
    const scripted::run one = shard(1);
    scripted::run built = shard(2), cut = shard(2, 2), whole_run = shard(2);
    run_started begin(*built.events[0].get_if<run_started>());
    begin.info.build_id = "another";
    built.events[0] = event(begin);
    CHECK(tells(merge_of(part_of(one, "one"), part_of(built, "two"), part_of(shard(3), "three")),
                "two is of another build than one"));
    CHECK(tells(merge_of(part_of(one, "one"), part_of(cut, "two")), "two is shard 2 of 2, but one is shard 1 of 3"));
    begin = run_started(*whole_run.events[0].get_if<run_started>());
    begin.info.shard.reset();
    whole_run.events[0] = event(begin);
    CHECK(
        tells(merge_of(part_of(one, "one"), part_of(whole_run, "two")), "one is shard 1 of 3, but two is a whole run"));
}

TEST_CASE("recordings of different tests can be joined by their names") {
    const scripted::run one = shard(1);
    scripted::run two;
    for (const char* name : {"new", "d", "c"})
        two.add("suite", name);
    two.info.shard = shard_choice{2, 2, false};
    two.start();
    two.pass(0, scripted::ms(1));
    two.pass(1, scripted::ms(1));
    two.pass(2, scripted::ms(1));
    two.finish(scripted::ms(1));
    const archive::merge whole = merge_of(part_of(one, "one"), part_of(two, "two"));
    CHECK(tells(whole, "two has other tests than one"));
    REQUIRE(whole.begin().list->tests.size() == 7);
    CHECK(whole.begin().list->tests[6].name == "new");
    const vector<event> events = merged(whole, {&one, &two});
    vector<std::size_t> finished;
    for (const event& each : events) {
        if (const auto* test = each.get_if<test_finished>()) finished.push_back(test->test);
    }
    CHECK(finished == vector<std::size_t>{0, 1, 6, 3, 2, 4, 5});
    CHECK(whole.begin().selected == finished);
}

TEST_CASE("a recording that ends early is told, and what a later one knows better counts") {
    scripted::run cut = shard(1);
    while (!cut.events.back().get_if<attempt_started>())
        cut.events.pop_back();
    const archive::merge whole = merge_of(part_of(cut, "one"), part_of(shard(2), "two"), part_of(shard(3), "three"));
    CHECK(tells(whole, "one ends before its run did"));
    CHECK(tells(whole, "the test 'suite/b' ran in none of them"));
    const scripted::run again = shard(1);
    const archive::merge better =
        merge_of(part_of(again, "again"), part_of(cut, "one"), part_of(shard(2), "two"), part_of(shard(3), "three"));
    for (const std::string& each : better.problems())
        CHECK(each.find("suite/b") == std::string::npos);
}
