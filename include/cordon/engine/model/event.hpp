#pragma once

#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/variant.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/flake.hpp>
#include <cordon/engine/model/options.hpp>
#include <cordon/engine/model/outcome.hpp>
#include <cordon/engine/model/past.hpp>
#include <cordon/engine/model/test_list.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace cordon::engine {

/// The facts about a run that are known at its start.
struct run_info {
    std::string started_at;  ///< RFC 3339, UTC
    std::uint64_t seed = 0;
    std::uint32_t jobs = 1;
    isolate isolation = isolate::fork;
    optional<shard_choice> shard;
    vector<std::string> command_line;
    std::string build_id;
    std::string os;
    std::string arch;
    std::uint32_t cpus = 1;
    duration slow_after{};           ///< the run's default; a test's own decorator wins
    std::uint32_t filtered_out = 0;  ///< number of tests that were not selected
    std::string program;             ///< path of the program whose tests these are
    bool shuffled = false;           ///< the order is random, so that the seed matters
    bool repeats = false;            ///< tests are run again and again whatever comes of them, not after a failure
    leak_policy leaks = leak_policy::warn;
    std::uint64_t nonce = 0;      ///< drawn for each run; tests do not know it
    bool prints_through = false;  ///< output of tests is not captured: it goes to the program's own output
    duration timeout{};           ///< the run's default, 0 for none; a test's own decorator wins
    flaky_policy flaky = flaky_policy::warn;
    double flake_threshold = 0;    ///< a test with a higher failure rate fails the run
    std::string again;             ///< options that a command needs to show failures of this run again; a space each
    std::string folder;            ///< the working folder; empty: not known
    bool remembers = false;        ///< the history will know what came of all tests: --failed runs those that failed
    bool new_flakes_fail = false;  ///< a flaky test fails the run if the history does not know it as flaky
    std::uint64_t build_key = 0;   ///< of the history: runs with the same one are comparable; 0: it keeps no such run

    template <class Archive>
    void fields(Archive& a) {
        a(named_if_any("started_at", started_at), named("seed", seed), named("jobs", jobs),
          named("isolation", isolation), named("shard", shard), named("command_line", command_line),
          named_if_any("build_id", build_id), os, arch, cpus, slow_after, named("filtered_out", filtered_out),
          named("program", program), shuffled, repeats, leaks, nonce, prints_through, timeout, flaky, flake_threshold,
          again, folder, remembers, new_flakes_fail, build_key);
    }
};

// The events. Everything that happens in a run is one of these; reporters see nothing else. `fields` is what a
// recording keeps, and what the event stream says under a name: a new field goes to the end of both; see
// docs/recording.md.

struct run_started {
    run_info info;
    std::shared_ptr<const test_list> list;
    vector<std::size_t> selected;     ///< indices into list->tests, in the order in which they are to run
    vector<std::size_t> unsharded{};  ///< of a shard: all selected tests before the cut; otherwise empty
    vector<duration> expected{};      ///< how long each test of the list may take; empty: not known

    template <class Archive>
    void fields(Archive& a) {
        a(info, list, selected, unsharded, expected);
    }
};

struct worker_started {
    std::uint32_t slot = 0;
    std::int64_t pid = 0;
    duration at{};
    duration spawn{};  ///< from the decision to the worker's first message
    bool replacement = false;
    std::string host{};  ///< the machine that it runs on; empty: the one of the run

    template <class Archive>
    void fields(Archive& a) {
        a(named("slot", slot), named("pid", pid), named("at_ms", at), named("spawn_ms", spawn),
          named("replacement", replacement), named_if_any("host", host));
    }
};

/// Not sent for a normal end at the end of the run.
struct worker_lost {
    std::uint32_t slot = 0;
    std::int64_t pid = 0;
    duration at{};
    std::string reason;

    template <class Archive>
    void fields(Archive& a) {
        a(named("slot", slot), named("pid", pid), named("at_ms", at), named("reason", reason));
    }
};

/// Sent at the latest just before the attempt's end. `at` is the start of the test itself.
struct attempt_started {
    std::size_t test = 0;
    std::uint32_t number = 1;
    std::uint32_t slot = 0;
    std::int64_t pid = 0;
    duration at{};

    template <class Archive>
    void fields(Archive& a) {
        a(test, named("number", number), named("slot", slot), named("pid", pid), named("at_ms", at));
    }
};

/// Output of a running test, only with --show-output live.
struct output_arrived {
    std::size_t test = 0;
    stream from = stream::out;
    std::string text;

    template <class Archive>
    void fields(Archive& a) {
        a(test, named("stream", from), named("text", text));
    }
};

struct attempt_ended {
    attempt_result result;

    template <class Archive>
    void fields(Archive& a) {
        a(result);
    }
};

/// Sent after the last attempt, and for tests that never started (skipped, todo, not_run).
struct test_finished {
    std::size_t test = 0;
    verdict what = verdict::not_run;
    std::string reason;  ///< why it was skipped, todo, quarantined, known or not run
    /// Results of earlier runs. Looked up if the test failed, was flaky or is in quarantine.
    optional<test_past> earlier{};
    /// Why a verdict that is not a failure fails the run; else empty. Set by run_judge for the reports.
    std::string against{};

    template <class Archive>
    void fields(Archive& a) {
        a(test, named("verdict", what), named_if_any("reason", reason), earlier, named_if_any("against", against));
    }
};

/// Repeated runs of a test have ended (--flake-detect and similar). Only some attempts were sent: the first, and a few
/// of each kind of failure. The summary has the figures of all.
struct flake_found {
    flake_summary what;

    template <class Archive>
    void fields(Archive& a) {
        a(what);
    }
};

/// A message for the user that belongs to no test.
struct notice {
    enum class level : std::uint8_t { info, warning, error };
    level how = level::info;
    std::string text;

    template <class Archive>
    void fields(Archive& a) {
        a(named("level", how), named("text", text));
    }
};
constexpr notice::level last_of(notice::level) { return notice::level::error; }
inline constexpr std::string_view name_of(notice::level how) {
    constexpr std::string_view names[] = {"info", "warning", "error"};
    return names[static_cast<std::size_t>(how)];
}

/// Time has passed; drives a live display.
struct tick {
    duration at{};
    std::uint64_t runs = 0;      ///< of tests that are run again and again, so far
    std::uint64_t failures = 0;  ///< in these runs
    std::string phase{};         ///< of the session: "explaining 3 of 9: cpus=1"

    template <class Archive>
    void fields(Archive& a) {
        a(at, runs, failures, phase);
    }
};

struct run_finished {
    duration took{};
    int cancelled_by = 0;              ///< the signal, or 0
    std::string stopped_because;       ///< fail-fast, global timeout; empty otherwise
    std::uint64_t peak_rss_bytes = 0;  ///< the largest of all test processes
    bool in_trouble = false;           ///< cordon could not do its work: exit code 4
    /// Why the run failed independent of its tests' verdicts; else empty. Set by run_judge for the reports.
    std::string against{};

    template <class Archive>
    void fields(Archive& a) {
        a(named("duration_ms", took), cancelled_by, named_if_any("stopped_because", stopped_because),
          named("peak_rss_bytes", peak_rss_bytes), in_trouble, named_if_any("against", against));
    }
};

/// A recording identifies an event by its index here: new ones go to the end.
using event = variant<run_started, worker_started, worker_lost, attempt_started, output_arrived, attempt_ended,
                      test_finished, notice, tick, run_finished, flake_found>;

}  // namespace cordon::engine
