#pragma once

#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/leftovers.hpp>
#include <cordon/engine/model/stack.hpp>

#include <cstdint>
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
};
constexpr failure_kind last_of(failure_kind) { return failure_kind::process; }

inline constexpr std::string_view name_of(failure_kind value) {
    constexpr std::string_view names[] = {"assertion", "warning", "exception", "fail", "setup", "process"};
    return names[static_cast<std::size_t>(value)];
}

// A struct that is part of an event lists its fields again in `fields`: that is what a recording keeps. A new field
// goes to the end of both; see docs/recording.md.

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

    /// The expression with values in place, as reports show it below the expression.
    std::string expanded() const { return op.empty() ? left : left + " " + op + " " + right; }

    template <class Archive>
    void fields(Archive& a) {
        a(kind, macro, expression, left, op, right, message, file, line, subcase, info);
    }
};

enum class stream : std::uint8_t { out, err };
constexpr stream last_of(stream) { return stream::err; }

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

/// Resources of the attempt's process, as the system counts them. In shard mode they belong to the whole process and
/// are charged to the test that ended it.
struct resource_usage {
    duration user{};
    duration system{};
    std::uint64_t max_rss_bytes = 0;
    std::uint64_t minor_faults = 0;          ///< pages that were in memory and only had to be mapped
    std::uint64_t major_faults = 0;          ///< pages that were read from a file
    std::uint64_t voluntary_switches = 0;    ///< it waited for something
    std::uint64_t involuntary_switches = 0;  ///< how often it lost its processor to another process

    template <class Archive>
    void fields(Archive& a) {
        a(user, system, max_rss_bytes, minor_faults, major_faults, voluntary_switches, involuntary_switches);
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
        a(path, how, took);
    }
};

/// One attempt of one test, complete.
struct attempt_result {
    std::size_t test = 0;      ///< index into test_list::tests
    std::uint32_t number = 1;  ///< 1 for the first
    std::uint32_t of = 1;      ///< how many attempts the test has at most
    ending how = ending::lost;
    int signal = 0;      ///< for crashed; also what ended a timed-out test; else 0
    int exit_code = -1;  ///< exit code of the process; -1 if it has none
    std::int64_t pid = 0;
    std::uint32_t slot = 0;
    std::uint64_t seed = 0;  ///< CORDON_SEED of this attempt
    duration started{};      ///< since the start of the run
    duration took{};         ///< from the test's own start to its end (or to its process's end)
    duration spawn{};        ///< from the decision to start a process to the test's own start
    duration cleanup{};      ///< from the test's end to its process being reaped
    resource_usage usage;
    captured_output output;
    vector<failure> failures;            ///< in the order in which they happened; warnings included
    std::uint64_t failures_dropped = 0;  ///< number of failures that were not kept
    std::uint64_t assertions = 0;        ///< all, passed and failed
    std::uint64_t failed_assertions = 0;
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

    template <class Archive>
    void fields(Archive& a) {
        a(test, number, of, how, signal, exit_code, pid, slot, seed, started, took, spawn, cleanup, usage, output,
          failures, failures_dropped, assertions, failed_assertions, left, stacks, place, reason, signal_name,
          signal_meaning, debugger_view, exit_cut_short, leaves, leaves_cut);
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
