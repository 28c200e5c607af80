#pragma once

#include <cordon/engine/base/fields.hpp>
#include <cordon/engine/base/vector.hpp>

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

/// A test's runs under one condition.
struct flake_trial {
    std::string condition;  ///< as written for --condition
    std::uint64_t runs = 0;
    std::uint64_t failures = 0;
    double chance = 1;   ///< that this differs from the baseline by accident: Fisher's exact test, Holm's correction
    bool moved = false;  ///< the condition changes the failure rate

    template <class Archive>
    void fields(Archive& a) {
        a(named("condition", condition), named("runs", runs), named("failures", failures), named("chance", chance),
          named("moved", moved));
    }
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

/// The results of repeated runs of a test. Sent before the test's verdict.
struct flake_summary {
    std::size_t test = 0;
    std::uint64_t runs = 0;  ///< runs that passed or failed
    std::uint64_t failures = 0;
    double low = 0;  ///< 95 % confidence interval of the rate
    double high = 1;
    std::uint64_t workers = 0;           ///< freshly executed ones that the runs were spread over
    std::string category;                ///< a word of docs/flaky-tests.md: "stable", "failing", "timing", ...
    std::string explanation;             ///< what that means, as a sentence; empty where there is nothing to say
    vector<flake_signature> signatures;  ///< the most frequent first
    std::string repro;                   ///< a command line; empty if there is none
    std::uint64_t repro_runs = 0;        ///< how often it was tried, and failed
    std::uint64_t repro_failures = 0;
    std::uint64_t alone_runs = 0;  ///< runs without other tests that did not fail; 0: it failed alone too
    vector<flake_trial> trials;
    vector<std::string> polluters;      ///< tests that make this one fail when they run before it in its process
    vector<std::string> cleaners;       ///< tests that undo that
    vector<std::string> state_setters;  ///< tests without which this one fails
    vector<flake_contrast> contrasts;   ///< of --find-polluter

    template <class Archive>
    void fields(Archive& a) {
        a(test, named("runs", runs), named("failures", failures), named("low", low), named("high", high),
          named("workers", workers), named("category", category), named_if_any("explanation", explanation),
          named("signatures", signatures), named_if_any("repro", repro), named("repro_runs", repro_runs),
          named("repro_failures", repro_failures), named("alone_runs", alone_runs), named("conditions", trials),
          named("polluters", polluters), named("cleaners", cleaners), named("state_setters", state_setters),
          named("contrasts", contrasts));
    }

    double rate() const { return runs == 0 ? 0 : static_cast<double>(failures) / static_cast<double>(runs); }
};

}  // namespace cordon::engine
