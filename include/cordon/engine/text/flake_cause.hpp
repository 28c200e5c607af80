#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/text.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/flake.hpp>

#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>

// What it means that a test is flaky, in a sentence.

CORDON_CHEAP_BEGIN

namespace cordon::engine::text {

struct cause_sentence {
    flake_cause what;
    std::string_view text;
};

/// In the order of the enumeration. Those that say figures are made below, and stand here empty.
constexpr cause_sentence cause_sentences[] = {
    {flake_cause::none, ""},
    {flake_cause::fails_always, "it fails every time: a plain failure, not a flaky test"},
    {flake_cause::drawn_at_start,
     "runs agree within one start of the program and differ between starts: it depends on addresses, hash seeds or "
     "random values of static initializers"},
    {flake_cause::bursts_over_starts,
     "its failures come in bursts, in different starts of the program: it depends on the time of day, or on something "
     "outside that changes"},
    {flake_cause::period, "its failures keep to a moment of a period: it depends on the time of day"},
    {flake_cause::all_timeouts,
     "all failures are timeouts: it waits for something that sometimes never happens, or its limit is tight"},
    {flake_cause::all_crashes, "all failures are crashes: look for a race or for wrong use of memory"},
    {flake_cause::seed_decides,
     "CORDON_SEED decides: with the seed of a failed run it always fails, with that of a passed one never"},
    {flake_cause::later_runs_differ, ""},
    {flake_cause::heap_memory, "it reads heap memory that was not set, or was freed"},
    {flake_cause::local_variable, "it reads a local variable that was not set"},
    {flake_cause::addresses,
     "it depends on addresses in memory: the order of pointers, a pointer used as a hash or a seed, wrong use of "
     "memory"},
    {flake_cause::seed_of_attempt, "CORDON_SEED decides whether it fails"},
    {flake_cause::time_zone, "it depends on the time zone"},
    {flake_cause::locale, "it depends on the locale"},
    {flake_cause::surroundings, "it depends on its environment"},
    {flake_cause::descriptors, "it runs out of descriptors"},
    {flake_cause::few_processors, "it needs more than one processor"},
    {flake_cause::beside_another,
     "it fails beside one certain test, and not alone: both use the same file, port or lock"},
    {flake_cause::shared_outside,
     "it depends on other tests that run at the same time or ran before, through something outside its process: a "
     "file, a port, a lock"},
    {flake_cause::drawn_at_start_not_addresses,
     "runs agree within one start of the program and differ between starts, and not because of addresses: a static "
     "initializer uses a random value, or reads a clock"},
    {flake_cause::period_unmoved,
     "no condition changes its failure rate, but its failures keep to a moment of a period: it depends on the time of "
     "day"},
    {flake_cause::bursts_unmoved,
     "no condition changes its failure rate, but its failures come in bursts: it depends on the time of day, or on "
     "something outside that changes"},
    {flake_cause::late_timers,
     "it fails when sleeps and timers end late: it waits a fixed time for work that has no fixed duration, or its "
     "limit is tight"},
    {flake_cause::fixed_wait,
     "it mostly sleeps, and fails less on one processor: it waits a fixed time for work that has no fixed duration"},
    {flake_cause::tight_limit, "it never waits, and fails less on one processor: its limit is tight"},
    {flake_cause::not_scheduled,
     "it fails when it is not scheduled at once: it assumes that something happens in time, or in a certain order"},
    {flake_cause::busy_processors,
     "it fails when the processors are busy: it assumes that something happens in time, or in a certain order"},
    {flake_cause::delays,
     "it fails when it is delayed: it assumes that something happens in time, or in a certain order"},
    {flake_cause::one_processor_helps,
     "it fails less on one processor: threads or processes disturb each other when they run at the same time"},
    {flake_cause::interrupted_threads, "it fails more if its busy threads are interrupted: they disturb each other"},
    {flake_cause::slow_threads_help, "it fails less when threads are slowed down: they disturb each other"},
    {flake_cause::nothing_moves_it,
     "nothing that was varied changes its failure rate; it may use a random device or a clock"},
    {flake_cause::too_few_runs,
     "not explained: nothing that was varied was seen to change its failure rate, but at this rate that takes more "
     "runs to tell"},
    {flake_cause::not_all_tried,
     "not explained: nothing that was tried was seen to change its failure rate, and not everything was tried"},
    {flake_cause::no_result_alone, "it has no result alone, so the effect of other tests is unknown"},
    {flake_cause::unsteady_alone, ""},
    {flake_cause::fails_after_all, "it fails alone and after each of the other tests: a plain failure"},
    {flake_cause::passes_after_all,
     "it passes alone, after each of the other tests, and after all of them in a row, in both directions"},
    {flake_cause::spoiled_by_others, ""},
    {flake_cause::needs_others, ""},
};
static_assert(std::size(cause_sentences) == std::size(flake_causes), "a sentence each");

std::string share_in_words(const run_counts& of) { return counted(of.failures) + " of " + counted(of.runs); }

std::string later_runs_in_words(const flake_details& of) {
    return std::string(of.before.failures == 0 ? "it passed" : "it failed") + " in all " +
           counted(of.before.runs, "run") + " of the search, and failed in " + share_in_words(of.after) +
           " that followed";
}

std::string unsteady_in_words(const flake_details& of) {
    return "it passes and fails alone, " + share_in_words(of.before) + " times, " +
           (of.too_slow ? "and --flake-time is too short to find out whether it fails more often after other tests"
                        : "and no other test was found to change its failure rate") +
           "; --flake-diagnose looks for other causes";
}

/// The tests that make it come to another result.
const vector<std::string>& names_behind(const flake_summary& found) {
    return found.cause == flake_cause::needs_others ? found.state_setters : found.polluters;
}

std::string which_in_words(const flake_summary& found) {
    const std::size_t count = names_behind(found).size();
    if (!found.details.together) return count > 1 ? "each of the named tests is enough" : "the one named";
    return "only all of the " + counted(count, "test") + " named have the effect together" +
           (found.details.may_be_fewer ? "; fewer may do, but the time was over before that was tried" : "");
}

std::string dependence_in_words(const flake_summary& found) {
    const flake_details& of = found.details;
    const bool spoiled = found.cause == flake_cause::spoiled_by_others;
    const vector<std::string>& names = names_behind(found);
    const std::string rates = ", " + share_in_words(of.before) + " times alone and " + share_in_words(of.after) +
                              " after " + (of.together || names.empty() ? "them" : "\"" + names.front() + "\"");
    std::string text;
    if (of.before.mixed()) {
        text = std::string("it passes and fails alone, and fails ") + (spoiled ? "more" : "less") +
               " often in a process in which another test has " + (spoiled ? "left something behind" : "run before") +
               rates;
    } else {
        text = spoiled ? "it passes alone, and fails in a process in which another test has left something behind"
                       : "it fails alone, and passes in a process in which another test has run before";
        if (of.after.mixed()) text += rates;
    }
    text += ": " + which_in_words(found);
    if (of.not_asked != 0) {
        text += "; cleaners were not searched among " + counted(of.not_asked) + " tests: the limit is " +
                counted(most_asked_to_undo);
    }
    if (of.no_command) text += "; no command can run exactly these tests in one process, so none is shown";
    if (of.no_contrast) {
        text += "; no command that runs " + std::string(spoiled ? "a cleaner" : "what it needs") +
                " before was found to make it pass";
    }
    return text;
}

/// Why the test is in its category, as a sentence; empty where there is nothing to say.
std::string cause_in_words(const flake_summary& found) {
    switch (found.cause) {
        case flake_cause::later_runs_differ:
            return later_runs_in_words(found.details);
        case flake_cause::unsteady_alone:
            return unsteady_in_words(found.details);
        case flake_cause::spoiled_by_others:
        case flake_cause::needs_others:
            return dependence_in_words(found);
        default:
            break;
    }
    const std::string_view sentence = cause_sentences[static_cast<std::size_t>(found.cause)].text;
    return (found.details.only_when_changed ? "it passes here, and fails under a changed condition: " : "") +
           std::string(sentence);
}

/// What --find-polluter has found, as the reason of a verdict. `alone`: all usual runs of the session.
std::string dependence_in_short(const flake_summary& found, const run_counts& alone) {
    const flake_details& of = found.details;
    std::string text;
    if (found.cause == flake_cause::no_result_alone) return "has no result alone";
    if (found.cause == flake_cause::unsteady_alone) return "passes and fails alone";
    if (found.cause == flake_cause::fails_after_all) {
        text = "fails alone, and after each other test";
    } else if (found.cause == flake_cause::passes_after_all || names_behind(found).empty()) {
        text = "does not depend on other tests";
    } else {
        const vector<std::string>& names = names_behind(found);
        const std::string after = of.together ? counted(names.size(), "other test") : "\"" + names.front() + "\"";
        const bool spoiled = found.cause == flake_cause::spoiled_by_others;
        if (of.before.mixed()) return (spoiled ? "fails more often after " : "fails less often after ") + after;
        text = (spoiled ? "passes alone, fails after " : "fails alone, passes after ") + after;
    }
    if (alone.mixed()) text += "; failed " + counted(alone.failures) + " of " + counted(alone.runs, "run") + " alone";
    return text;
}

}  // namespace cordon::engine::text

CORDON_CHEAP_END
