#include <cordon/engine/text/flake_cause.hpp>
#include <cordon/engine/text/repeated_runs.hpp>

#include <doctest/doctest.h>

#include <string>

using namespace cordon::engine;

namespace {

flake_summary of(flake_cause cause) {
    flake_summary made;
    made.set_cause(cause);
    return made;
}

flake_summary dependent(flake_cause cause, run_counts alone, run_counts after, const vector<std::string>& names) {
    flake_summary made = of(cause);
    (cause == flake_cause::needs_others ? made.state_setters : made.polluters) = names;
    made.details.before = alone;
    made.details.after = after;
    return made;
}

}  // namespace

TEST_CASE("each cause has its sentence") {
    for (std::size_t i = 1; i < std::size(flake_causes); ++i) {
        const flake_summary found = of(flake_causes[i].what);
        CAPTURE(name_of(found.category));
        CHECK(found.has_cause());
        CHECK_FALSE(text::cause_in_words(found).empty());
    }
    CHECK(text::cause_in_words(of(flake_cause::none)).empty());
    flake_summary changed = of(flake_cause::time_zone);
    changed.details.only_when_changed = true;
    CHECK(text::cause_in_words(changed) ==
          "it passes here, and fails under a changed condition: it depends on the time zone");
}

TEST_CASE("what followed a search may say something else") {
    flake_summary later = of(flake_cause::later_runs_differ);
    later.details.before = {60, 0};
    later.details.after = {1040, 7};
    CHECK(text::cause_in_words(later) ==
          "it passed in all 60 runs of the search, and failed in 7 of 1,040 that followed");
    later.details.before = {1, 1};
    CHECK(text::cause_in_words(later) ==
          "it failed in all 1 run of the search, and failed in 7 of 1,040 that followed");
}

TEST_CASE("what others do to a test, in a sentence and in short") {
    struct row {
        flake_summary found;
        const char* sentence;
        const char* in_short;
    };
    flake_summary group = dependent(flake_cause::spoiled_by_others, {20, 0}, {10, 10}, {"a", "b"});
    group.details.together = group.details.may_be_fewer = group.details.no_command = true;
    flake_summary crowd = dependent(flake_cause::needs_others, {20, 20}, {10, 0}, {"s"});
    crowd.details.not_asked = 2002;
    crowd.details.no_contrast = true;
    flake_summary slow = of(flake_cause::unsteady_alone);
    slow.details.before = {40, 13};
    slow.details.too_slow = true;
    const row table[] = {
        {dependent(flake_cause::spoiled_by_others, {20, 0}, {10, 10}, {"a"}),
         "it passes alone, and fails in a process in which another test has left something behind: the one named",
         "passes alone, fails after \"a\""},
        {dependent(flake_cause::spoiled_by_others, {20, 0}, {10, 4}, {"a", "b"}),
         "it passes alone, and fails in a process in which another test has left something behind, 0 of 20 times alone "
         "and 4 of 10 after \"a\": each of the named tests is enough",
         "passes alone, fails after \"a\""},
        {dependent(flake_cause::needs_others, {40, 30}, {40, 3}, {"s"}),
         "it passes and fails alone, and fails less often in a process in which another test has run before, 30 of 40 "
         "times alone and 3 of 40 after \"s\": the one named",
         "fails less often after \"s\""},
        {group,
         "it passes alone, and fails in a process in which another test has left something behind: only all of the 2 "
         "tests named have the effect together; fewer may do, but the time was over before that was tried; no command "
         "can "
         "run exactly these tests in one process, so none is shown",
         "passes alone, fails after 2 other tests"},
        {crowd,
         "it fails alone, and passes in a process in which another test has run before: the one named; cleaners were "
         "not searched among 2,002 tests: the limit is 2,000; no command that runs what it needs before was found to "
         "make it pass",
         "fails alone, passes after \"s\""},
        {slow,
         "it passes and fails alone, 13 of 40 times, and --flake-time is too short to find out whether it fails more "
         "often after other tests; --flake-diagnose looks for other causes",
         "passes and fails alone"},
        {of(flake_cause::passes_after_all),
         "it passes alone, after each of the other tests, and after all of them in a row, in both directions",
         "does not depend on other tests"},
        {of(flake_cause::fails_after_all), "it fails alone and after each of the other tests: a plain failure",
         "fails alone, and after each other test"},
        {of(flake_cause::no_result_alone), "it has no result alone, so the effect of other tests is unknown",
         "has no result alone"},
    };
    for (const row& each : table) {
        CHECK(text::cause_in_words(each.found) == each.sentence);
        CHECK(text::dependence_in_short(each.found, each.found.details.before) == each.in_short);
    }
    CHECK(text::dependence_in_short(table[0].found, {40, 2}) ==
          "passes alone, fails after \"a\"; failed 2 of 40 runs alone");
}

TEST_CASE("figures of a stress run") {
    CHECK(text::stress_in_words({12'345, 1}, 0, std::chrono::seconds(10)) == "12,345 runs, 1,234 a second, 1 failed");
    CHECK(text::stress_in_words({3, 0}, 2, duration{0}) ==
          "3 runs, 0 a second, none failed, besides 2 in quarantine or known");
    CHECK(text::stress_stopped_in_words(1) == "stopped after 1 failure (--stress)");
}
