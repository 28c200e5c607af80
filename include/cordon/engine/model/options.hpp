#pragma once

#include <cordon/api/test_case.hpp>
#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/condition.hpp>
#include <cordon/engine/model/outcome.hpp>
#include <cordon/engine/model/snapshot.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace cordon {

constexpr isolate last_of(isolate) { return isolate::rewind; }

inline constexpr std::string_view name_of(isolate mode) {
    constexpr std::string_view names[] = {"default", "fork", "exec", "shard", "none", "rewind"};
    return names[static_cast<std::size_t>(mode)];
}

}  // namespace cordon

namespace cordon::engine {

enum class test_order : std::uint8_t { declared, random, name, slowest, failed, given };
enum class show_output : std::uint8_t { failed, all, never, live };
enum class color_choice : std::uint8_t { automatic, always, never };
enum class progress_choice : std::uint8_t { automatic, bar, lines, none };
enum class list_format : std::uint8_t {
    none,
    text,
    json,
    ctest,
    tags,
    doctest,
    doctest_xml,
    doctest_suites,
    doctest_suites_xml,
    doctest_count,
    doctest_count_xml,
    doctest_reporters,
    doctest_reporters_xml,
    catch2,
    catch2_names,
    catch2_lines,
    catch2_xml,
    catch2_tags,
    catch2_reporters,
    catch2_reporter_count,
};
enum class completion_shell : std::uint8_t { bash, zsh, fish, none };
enum class debugger_choice : std::uint8_t { none, automatic, gdb, lldb, gdbserver };
/// What to collect from a test over its time limit: the stacks of its threads, and the view of a debugger.
enum class timeout_view : std::uint8_t { stacks, gdb, lldb };
constexpr timeout_view last_of(timeout_view) { return timeout_view::lldb; }
/// How the passes through a test with subcases come about: the body runs again for each leaf; the process forks at each
/// subcase, so that the code before it runs once; or both, and differences are failures.
enum class subcase_way : std::uint8_t { rerun, fork, both };
constexpr subcase_way last_of(subcase_way) { return subcase_way::both; }
enum class leak_policy : std::uint8_t { ignore, warn, fail };
constexpr leak_policy last_of(leak_policy) { return leak_policy::fail; }
enum class flaky_policy : std::uint8_t { pass, warn, fail };
constexpr flaky_policy last_of(flaky_policy) { return flaky_policy::fail; }
enum class retry_backoff : std::uint8_t { fixed, exponential };
enum class retry_jitter : std::uint8_t { none, full, equal };

/// `--retry-on LIST`: the kinds of failed attempts that are retried. If nothing is named, the defaults of
/// select/retry.hpp apply.
struct retry_causes {
    bool classes[retry_class_count] = {};
    vector<std::string> messages;  ///< regular expressions

    bool named(retry_class which) const { return classes[static_cast<std::size_t>(which)]; }
    bool are_default() const {
        for (const bool each : classes) {
            if (each) return false;
        }
        return messages.empty();
    }
};

/// `--retry-budget N|P%`: how many retries a run may make in all.
struct retry_budget {
    double amount = 0;  ///< a whole number of retries; with `percent`, hundredths of the tests that run
    bool percent = false;
};

/// `--shard I/N` (1-based), `--shard hash:I/N` and `--shard time:I/N`.
struct shard_choice {
    std::uint32_t index = 1;
    std::uint32_t count = 1;
    bool by_hash = false;
    bool by_time = false;

    template <class Archive>
    void fields(Archive& a) {
        a(named("index", index), named("count", count), by_hash, by_time);
    }
};

/// `--report FORMAT[=PATH]`; an empty path or "-" is standard output.
struct report_choice {
    std::string format;
    std::string path;
};

/// `--history`: the file with durations and verdicts of earlier runs.
struct history_choice {
    bool off = false;
    bool read_only = false;
    bool by_option = false;  ///< not by its variable
    std::string path;        ///< empty: a file for this program in the user's cache folder
};

/// The command line and the environment, parsed and checked.
struct options {
    // select
    vector<std::string> patterns;
    vector<std::string> filters;
    vector<std::string> excludes;
    vector<std::string> subcases;  ///< globs, the first for the outermost level; empty: all subcases
    subcase_way way = subcase_way::rerun;
    optional<shard_choice> shard;
    bool ignore_case = false;  ///< of patterns and filters
    bool run_skipped = false;  ///< also tests with the decorator skip
    test_order order = test_order::declared;
    optional<std::uint64_t> seed;
    bool failed = false;  ///< only tests that failed in their last run
    list_format list = list_format::none;
    bool shard_not_found = false;   ///< --shard auto found no system that splits runs: all tests are run
    std::string shard_status_file;  ///< Bazel: touched to confirm that --shard auto was understood; empty: none
    std::string narrowed_to;        ///< a pattern that tests must match besides the others; empty: none
    bool allow_empty = false;
    std::uint32_t skip_code = 0;  ///< the exit code if every test of the run was skipped
    bool exit_zero = false;       ///< failed tests do not change the exit code
    bool for_tool = false;        ///< in words of another framework: no hints about names that match nothing

    // run
    std::uint32_t jobs = 0;        ///< 0: the number of processors that this process may use
    bool no_local_jobs = false;    ///< --jobs 0: only agents run tests
    vector<std::string> agents;    ///< --agent: commands, as the user has written them
    std::uint32_t agent_jobs = 0;  ///< workers of each agent; 0: its processors
    std::string agent_program;     ///< the program's path there; empty: as here
    duration agent_timeout = std::chrono::seconds(10);
    isolate isolation = isolate::by_default;
    duration timeout = std::chrono::seconds(60);  ///< 0: none
    duration slow_after = std::chrono::seconds(5);
    duration grace = std::chrono::seconds(2);
    timeout_view on_timeout = timeout_view::stacks;
    duration global_timeout{0};   ///< 0: none
    std::uint32_t fail_fast = 0;  ///< stop after this many failed tests; 0: never
    std::uint64_t memory_limit = 0;
    std::uint64_t output_limit = 1024 * 1024;
    vector<std::pair<std::string, std::string>> environment;
    vector<std::string> wrapper;  ///< --wrap: words of a command that starts each worker; empty: none
    leak_policy leaks = leak_policy::warn;
    bool require_assertions = false;  ///< a test that passes without an assertion fails
    bool keep_temp = false;
    bool watch = false;               ///< run again whenever the program has been rebuilt
    vector<std::string> watch_paths;  ///< additional files and folders; if there are any, the program is watched
    bool tty = false;                 ///< tests print to a terminal of their own instead of a pipe

    vector<std::string> overrides;  ///< files with rules that change the decorators of tests

    // stress
    bool stress = false;
    std::uint64_t stress_runs = 0;  ///< runs of each test; 0: any number
    duration stress_time{0};        ///< 0: any time

    // retry
    std::uint32_t retries = 0;
    retry_causes retry_on;
    duration retry_delay{0};
    retry_backoff backoff = retry_backoff::fixed;
    std::uint32_t backoff_thousandths = 2000;  ///< the factor of an exponential delay
    duration retry_max_delay = std::chrono::minutes(1);
    retry_jitter jitter = retry_jitter::none;
    optional<retry_budget> budget;  ///< none: a tenth of the tests, at least 10
    flaky_policy flaky = flaky_policy::warn;
    bool new_flakes_fail = false;  ///< a flaky test fails the run if the history does not know it as flaky
    bool flaky_given = false;      ///< not the default: a replay then uses it for recorded runs too

    // flakes
    bool flake_detect = false;
    std::uint32_t flake_runs = 0;  ///< runs of each test; 0: as many as it needs
    duration flake_time = std::chrono::seconds(60);
    double flake_threshold = 0;  ///< a test with a higher failure rate fails the run
    bool flake_threshold_given = false;
    bool flake_diagnose = false;
    vector<std::string> flake_conditions;  ///< conditions to vary with --flake-diagnose; empty: all useful ones
    bool list_conditions = false;
    std::string find_polluter;       ///< a pattern; empty: not looked for
    condition under;                 ///< what is varied about the world that tests run in
    vector<std::string> conditions;  ///< the same, as written

    // output
    vector<report_choice> reports;
    show_output output = show_output::failed;
    color_choice color = color_choice::automatic;
    progress_choice progress = progress_choice::automatic;
    bool quiet = false;
    bool verbose = false;
    std::uint32_t slowest = 3;

    // record
    history_choice history;
    std::string record;           ///< where the events go; empty: nowhere
    vector<std::string> replays;  ///< recordings to report instead of running tests
    bool merge_partial = false;
    bool replay_strict = false;

    // authoring
    snapshot_update update_snapshots = snapshot_update::none;
    snapshot_settings snapshots;  ///< set by the code that knows the whole run

    // for Bazel; empty: not asked for
    std::string premature_exit_file;          ///< exists while the program runs
    std::string infrastructure_failure_file;  ///< is made if the run failed for other reasons than tests
    std::string warnings_file;                ///< gets the warnings of the run

    // debug
    debugger_choice debugger = debugger_choice::none;
    bool wait_for_debugger = false;
    bool capture = true;

    // set by the code that knows the user's terminal
    std::uint16_t terminal_columns = 0;  ///< size of each test's terminal with --tty; 0: tests print to pipes
    std::uint16_t terminal_rows = 0;

    // other
    bool help = false;
    std::string help_topic;
    bool version = false;
    bool mcp = false;
    completion_shell completion = completion_shell::none;
};

}  // namespace cordon::engine
