#pragma once

#include <cordon/engine/base/fields.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/flake_category.hpp>
#include <cordon/engine/model/flake_cause.hpp>
#include <cordon/engine/model/run_counts.hpp>
#include <cordon/engine/model/variation.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

namespace cordon::engine {

/// One kind of failure of a test, without parts that differ from run to run.
struct flake_signature {
    std::string text;
    std::uint64_t count = 0;

    template <class Archive>
    void fields(Archive& a) {
        a(named("text", text), named("count", count));
    }
};

/// A test's runs under one condition, and those without it that they were compared with.
struct flake_trial {
    variation condition;
    std::uint64_t runs = 0;
    std::uint64_t failures = 0;
    double chance = 1;     ///< that this differs from the baseline by accident: Fisher's exact test, Holm's correction
    bool moved = false;    ///< the condition changes the failure rate
    run_counts without{};  ///< runs without it

    template <class Archive>
    void fields(Archive& a) {
        a(inlined(condition), named("runs", runs), named("failures", failures), named("chance", chance),
          named("moved", moved), named("runs_without", without.runs), named("failures_without", without.failures));
    }

    run_counts counts() const { return {runs, failures}; }
};

/// A command line in which the test has the opposite result of the command that shows the problem.
struct flake_contrast {
    std::string command;
    std::uint64_t runs = 0;  ///< how often it was tried; how often it failed
    std::uint64_t failures = 0;

    template <class Archive>
    void fields(Archive& a) {
        a(named("command", command), named("runs", runs), named("failures", failures));
    }
};

/// Among more tests than this, no cleaners are searched.
constexpr std::uint64_t most_asked_to_undo = 2000;

/// More data for the sentence about a cause. Counts are of runs.
struct flake_details {
    bool only_when_changed = false;  ///< the test passes as long as no condition is changed
    run_counts before;               ///< of the search; alone
    run_counts after;                ///< of what followed; after the others
    bool together = false;           ///< only all of the named tests do it
    bool may_be_fewer = false;       ///< time was up before they were made as few as can be
    bool too_slow = false;           ///< there was no time to see whether others change the rate
    bool no_command = false;         ///< no command runs the tests just so
    bool no_contrast = false;        ///< no command was found that shows the other result
    std::uint64_t not_asked = 0;  ///< number of tests among which no cleaners were searched, because there are too many
    bool one_of_many = false;     ///< of a search through many tests: reports that are read are brief

    template <class Archive>
    void fields(Archive& a) {
        a(only_when_changed, before, after, together, may_be_fewer, too_slow, no_command, no_contrast, not_asked,
          one_of_many);
    }
};

/// The results of repeated runs of a test. Sent before the test's verdict.
struct flake_summary {
    std::size_t test = 0;
    std::uint64_t runs = 0;  ///< runs that passed or failed
    std::uint64_t failures = 0;
    double low = 0;  ///< 95 % confidence interval of the rate
    double high = 1;
    std::uint64_t workers = 0;  ///< newly started ones that ran them
    flake_category category = flake_category::not_run;
    flake_cause cause = flake_cause::none;
    flake_details details;
    vector<flake_signature> signatures;  ///< the most frequent first
    std::string repro;                   ///< a command line that shows the failure again; may be empty
    std::uint64_t repro_runs = 0;        ///< how often it was tried, and failed
    std::uint64_t repro_failures = 0;
    std::uint64_t alone_runs = 0;  ///< runs without other tests, which make no command; 0: it failed alone too
    vector<flake_trial> trials;
    vector<std::string> not_tried;      ///< conditions, for want of time
    vector<std::string> polluters;      ///< tests that make this one fail when they run before it in its process
    vector<std::string> cleaners;       ///< tests that undo that
    vector<std::string> state_setters;  ///< tests without which this one fails
    vector<flake_contrast> contrasts;   ///< of --find-polluter
    std::uint64_t alone_failures = 0;   ///< of alone_runs: too few for a command that shows a failure each time

    template <class Archive>
    void fields(Archive& a) {
        a(test, named("runs", runs), named("failures", failures), named("low", low), named("high", high),
          named("workers", workers), named("category", category), cause, details, named("signatures", signatures),
          named_if_any("repro", repro), named("repro_runs", repro_runs), named("repro_failures", repro_failures),
          named("alone_runs", alone_runs), named("conditions", trials), named("polluters", polluters),
          named("cleaners", cleaners), named("state_setters", state_setters), named("contrasts", contrasts),
          named("alone_failures", alone_failures), named("not_tried", not_tried));
    }

    void set_cause(flake_cause value) {
        cause = value;
        category = category_of(value);
    }
    /// True if there is something to say about the cause.
    bool has_cause() const { return cause != flake_cause::none; }
    run_counts counts() const { return {runs, failures}; }
    double rate() const { return counts().rate(); }
};

}  // namespace cordon::engine
