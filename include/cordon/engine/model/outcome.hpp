#pragma once

#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/fields.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/leftovers.hpp>
#include <cordon/engine/model/resource_usage.hpp>
#include <cordon/engine/model/snapshot.hpp>
#include <cordon/engine/model/stack.hpp>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

namespace cordon::engine {

/// How an attempt ended: exactly one of these. docs/endings.md describes each.
enum class ending : std::uint8_t {
    passed,
    failed,
    crashed,
    timed_out,
    exited,
    exit_failure,
    leaked,
    over_limit,
    skipped,
    lost,
};
constexpr ending last_of(ending) { return ending::lost; }

/// The ending of an attempt whose subcases had both endings. An ending that says more about the test wins. `lost` says
/// nothing about it, so it wins only over endings that are not failures.
inline constexpr ending worst_of(ending a, ending b) {
    // passed, failed, crashed, timed_out, exited, exit_failure, leaked, over_limit, skipped, lost
    constexpr std::uint8_t weights[] = {0, 5, 9, 8, 7, 4, 3, 6, 1, 2};
    return weights[static_cast<std::size_t>(a)] >= weights[static_cast<std::size_t>(b)] ? a : b;
}

/// The result of a test, after its attempts.
enum class verdict : std::uint8_t {
    passed,
    failed,
    flaky,
    known_failure,
    unexpected_pass,
    quarantined,
    skipped,
    todo,
    not_run,
    lost,
};
constexpr verdict last_of(verdict) { return verdict::lost; }
inline constexpr std::size_t verdict_count = 10;

inline constexpr std::string_view name_of(ending value) {
    constexpr std::string_view names[] = {"passed",       "failed", "crashed",    "timed_out", "exited",
                                          "exit_failure", "leaked", "over_limit", "skipped",   "lost"};
    return names[static_cast<std::size_t>(value)];
}

inline constexpr std::string_view name_of(verdict value) {
    constexpr std::string_view names[] = {"passed",      "failed",  "flaky", "known_failure", "unexpected_pass",
                                          "quarantined", "skipped", "todo",  "not_run",       "lost"};
    return names[static_cast<std::size_t>(value)];
}

/// The classes of failed attempts for `--retry-on` and for counting retries.
enum class retry_class : std::uint8_t {
    fail,     ///< failed
    crash,    ///< crashed
    timeout,  ///< timed_out
    exit,     ///< exited, exit_failure, leaked: its process did not leave as it should
    limit,    ///< over_limit
    lost,     ///< lost
};
inline constexpr std::size_t retry_class_count = 6;

inline constexpr std::string_view name_of(retry_class value) {
    constexpr std::string_view names[] = {"fail", "crash", "timeout", "exit", "limit", "lost"};
    return names[static_cast<std::size_t>(value)];
}

/// The ending must not be `passed` or `skipped`, which are never retried.
inline constexpr retry_class retry_class_of(ending how) {
    switch (how) {
        case ending::crashed:
            return retry_class::crash;
        case ending::timed_out:
            return retry_class::timeout;
        case ending::exited:
        case ending::exit_failure:
        case ending::leaked:
            return retry_class::exit;
        case ending::over_limit:
            return retry_class::limit;
        case ending::lost:
            return retry_class::lost;
        default:
            return retry_class::fail;
    }
}

enum class failure_kind : std::uint8_t {
    assertion,  ///< CHECK or REQUIRE
    warning,    ///< WARN: shown, never a failure of the test
    exception,  ///< an exception left the test or an assertion's expression
    explicit_,  ///< FAIL, FAIL_CHECK
    setup,      ///< GLOBAL_SETUP or SUITE_SETUP did not succeed
    process,    ///< what cordon saw of the process: a signal, a limit, an early exit
    log,        ///< cordon::log: a text of the test, no failure
};
constexpr failure_kind last_of(failure_kind) { return failure_kind::log; }
/// False for what is only told with the failures.
inline constexpr bool fails_test(failure_kind kind) {
    return kind != failure_kind::warning && kind != failure_kind::log;
}

inline constexpr std::string_view name_of(failure_kind value) {
    constexpr std::string_view names[] = {"assertion", "warning", "exception", "fail", "setup", "process", "log"};
    return names[static_cast<std::size_t>(value)];
}

// A struct that is part of an event names its fields once more in `fields`: that is what a recording keeps of it, and
// what has a name there is in the reports for tools. A new field goes to the end of both; see docs/recording.md.

/// One failure of an attempt. All text may hold any bytes: reporters must escape it for their format.
struct failure {
    failure_kind kind = failure_kind::assertion;
    std::string macro;       ///< "CHECK_EQ"; empty where no macro was involved
    std::string expression;  ///< as written in the source
    std::string left;        ///< comparisons: the left value, stringified
    std::string op;          ///< "==", ...; empty when it was no comparison
    std::string right;
    std::string message;  ///< the user's text, or cordon's
    std::string file;
    std::uint32_t line = 0;
    vector<std::string> subcase;  ///< path of subcases, the outermost first
    vector<std::string> info;     ///< INFO and CAPTURE lines in scope, outermost first

    /// The operator of a matcher: `right` is its words, "contains 3", and `message` the reason.
    static constexpr std::string_view by_matcher = "matches";

    bool is_by_matcher() const { return op == by_matcher; }
    /// The expression with values in place, as reports show it below the expression.
    std::string expanded() const {
        if (op.empty()) return left;
        return is_by_matcher() ? left + ", expected: " + right : left + " " + op + " " + right;
    }

    template <class Archive>
    void fields(Archive& a) {
        a(named("kind", kind), named_if_any("macro", macro), named_if_any("expression", expression),
          named_if_any("left", left), named_if_any("operator", op), named_if_any("right", right),
          named_if_any("message", message), named_if_any("file", file), named_if_any("line", line),
          named("subcase", subcase), named("info", info));
    }
};

enum class stream : std::uint8_t { out, err };
constexpr stream last_of(stream) { return stream::err; }
inline constexpr std::string_view name_of(stream which) { return which == stream::out ? "stdout" : "stderr"; }

/// A part of the output: `size` bytes of one stream, in order of arrival.
struct output_piece {
    stream from = stream::out;
    std::string text;
    std::uint64_t dropped_before = 0;  ///< bytes dropped just before this piece, because of --output-limit

    template <class Archive>
    void fields(Archive& a) {
        a(from, text, dropped_before);
    }
};

/// The output of a test, limited by --output-limit: beginning and end are kept, dropped bytes are counted.
struct captured_output {
    vector<output_piece> pieces;
    std::uint64_t dropped = 0;  ///< number of all dropped bytes

    bool empty() const { return pieces.empty(); }
    bool truncated() const { return dropped != 0; }
    /// The text of one stream; a line marks each gap.
    std::string text(stream from) const {
        std::string joined;
        for (const output_piece& piece : pieces) {
            if (piece.dropped_before != 0 && !joined.empty()) {
                joined += "\n[... " + std::to_string(piece.dropped_before) + " bytes left out ...]\n";
            }
            if (piece.from == from) joined += piece.text;
        }
        return joined;
    }

    template <class Archive>
    void fields(Archive& a) {
        a(pieces, dropped);
    }
};

/// The reason for skipping a test without a subcase that --subcase names.
inline constexpr std::string_view no_such_subcase = "no subcase of it matches --subcase";

/// One pass through a test with subcases: the ending of the innermost subcase.
struct leaf_result {
    vector<std::string> path;  ///< the outermost first; empty: the pass ended before the first subcase
    ending how = ending::passed;
    duration took{};

    template <class Archive>
    void fields(Archive& a) {
        a(named("path", path), named("ending", how), named("duration_ms", took));
    }
};

/// For a process without an exit code. On Windows a program may exit with -1.
inline constexpr int no_exit_code = std::numeric_limits<int>::min();

/// The numbers of an attempt. A report that is written at the end keeps these for every attempt.
struct attempt_figures {
    std::size_t test = 0;      ///< index into test_list::tests
    std::uint32_t number = 1;  ///< 1 for the first
    std::uint32_t of = 1;      ///< how many attempts the test has at most
    ending how = ending::lost;
    int signal = 0;  ///< for crashed; also what ended a timed-out test; else 0
    int exit_code = no_exit_code;
    std::int64_t pid = 0;
    std::uint32_t slot = 0;
    std::uint64_t seed = 0;  ///< CORDON_SEED of this attempt
    duration started{};      ///< since the start of the run
    duration took{};         ///< from the test's own start to its end (or to its process's end)
    duration spawn{};        ///< from the decision to start a process to the test's own start
    duration cleanup{};      ///< from the test's end to its process being reaped
    resource_usage usage;
    std::uint64_t assertions = 0;  ///< all, passed and failed
    std::uint64_t failed_assertions = 0;
    std::uint64_t failures_dropped = 0;  ///< failures beyond the number kept
    bool process_reused = false;         ///< other attempts have run in its process before

    template <class Archive>
    void fields(Archive& a) {
        a(test, named("number", number), of, named("ending", how), named_if_any("signal", signal),
          named_if_any("exit_code", exit_code, no_exit_code), named_if_any("pid", pid), named("slot", slot),
          named("seed", seed), named("started_ms", started), named("duration_ms", took), named("spawn_ms", spawn),
          named("cleanup_ms", cleanup), inlined(usage), named("assertions", assertions),
          named("failed_assertions", failed_assertions), named("failures_dropped", failures_dropped), process_reused);
    }
};

/// One attempt of one test, complete.
struct attempt_result : attempt_figures {
    captured_output output;
    vector<failure> failures;  ///< in the order in which they happened; warnings included
    leftovers left;
    vector<thread_stack> stacks;  ///< after a crash the thread that crashed; after a timeout all threads, as last seen
    test_place place;             ///< of a crash or a timeout: where the test was in its own words
    std::string reason;           ///< why skipped; what a limit was; why lost
    std::string signal_name;      ///< "SIGSEGV"; signal numbers differ between systems, so the text travels along
    std::string signal_meaning;   ///< "invalid memory reference"
    std::string debugger_view;    ///< --on-timeout: what a debugger showed of it
    bool exit_cut_short = false;  ///< its process exited with code 0 before all exit handlers had run
    vector<leaf_result> leaves;   ///< in the order in which they ran; empty for a test without subcases
    bool leaves_cut = false;      ///< the test ended before all of its subcases had their turn
    snapshot_notes snapshots;     ///< for the run itself: neither recorded nor reported
    std::string host;             ///< the machine that it ran on; empty: the one of the run

    template <class Archive>
    void fields(Archive& a) {
        a(static_cast<attempt_figures&>(*this), output, failures, left, stacks, place, reason, signal_name,
          signal_meaning, debugger_view, exit_cut_short, leaves, leaves_cut, host);
    }
};

/// The path of the only subcase that did not pass. Empty if there is none, if there are several, or if a pass failed
/// outside all subcases.
inline vector<std::string> only_bad_leaf(const attempt_result& attempt) {
    const leaf_result* found = nullptr;
    for (const leaf_result& each : attempt.leaves) {
        if (each.how == ending::passed || each.how == ending::skipped) continue;
        if (found != nullptr) return {};
        found = &each;
    }
    return found == nullptr || attempt.leaves_cut ? vector<std::string>() : found->path;
}

}  // namespace cordon::engine
