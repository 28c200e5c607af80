#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/app/agent_options.hpp>
#include <cordon/engine/app/apply.hpp>
#include <cordon/engine/app/list_options.hpp>
#include <cordon/engine/app/option_row.hpp>
#include <cordon/engine/app/property_options.hpp>
#include <cordon/engine/app/snapshot_options.hpp>

CORDON_CHEAP_BEGIN

namespace cordon::engine::app {

/// Every option, in the order in which help lists them.
constexpr option_row option_table[] = {
    // select
    {"filter", 'f', "EXPR", takes::value, option_group::select, true, true, add_filter, "", "",
     "Run only tests that the expression selects: name(GLOB) suite(GLOB) tag(NAME) file(GLOB) failed() slow(DUR) all() "
     "with & | ! and parentheses",
     "If given several times, all expressions must select the test. In a GLOB, * is any text, ? any one character, and "
     "\\ takes the next character as it is. The GLOB must match the whole name. suite(a) also selects suites inside a. "
     "file(x.cpp) matches the end of the path. failed() and slow(DUR) use the history: tests that failed in their last "
     "run, and tests that mostly take longer. Example: -f 'suite(math) & !tag(slow)'."},
    {"exclude", 'x', "PATTERN", takes::value, option_group::select, true, true, add_text<&options::excludes>, "", "",
     "Leave out tests that the pattern selects",
     "A pattern as on the command line: a part of suite/name, or with * or ? the whole of it. Excluding wins over "
     "selecting."},
    {"subcase", 0, "GLOB", takes::value, option_group::select, true, true, add_text<&options::subcases>, "", "",
     "Run only subcases with this name; once for each level, outermost first",
     "The first GLOB is for the outermost SUBCASEs, the second for the subcases inside them, and so on. Deeper "
     "subcases all run. The GLOB must match the whole name, as reports show it: \"size #2\". The code around the "
     "subcases runs as always. A test without such a subcase is skipped. If no test has one, the exit code is 3."},
    {"ignore-case", 0, "", takes::flag, option_group::select, false, true, set_flag<&options::ignore_case>, "", "",
     "Patterns, --filter and --exclude match upper and lower case alike", "Of the letters A to Z."},
    {"run-skipped", 0, "", takes::flag, option_group::select, false, true, set_flag<&options::run_skipped>, "", "",
     "Also run tests with the decorator skip", ""},
    {"shard", 0, "I/N", takes::value, option_group::select, false, true, set_shard, "", "",
     "Run the I-th of N parts. hash:I/N: a test stays in its part when others are added; time:I/N: parts take equally "
     "long; auto: the part that the CI system or the scheduler names",
     "I counts from 1. The list is ordered first and then cut into N pieces of equal size. With hash, the part of a "
     "test depends only on its name. With time, the history says how long each test takes; every part needs the same "
     "history (see --history). auto reads the variables of Bazel, GoogleTest, GitLab, CircleCI, Buildkite, Azure "
     "Pipelines, and of a step or an array of Slurm. If none is set, all tests run and the report says so. If a system "
     "names only the part (indexed jobs of Kubernetes, HyperQueue), give the number of parts with auto/N or "
     "CORDON_SHARD_COUNT. Incomplete variables, or two systems that disagree, are an error. hash:auto and time:auto "
     "combine both."},
    {"order", 0, "ORDER", takes::value, option_group::select, false, true, set_choice<&options::order>,
     "declared random name slowest failed given", "declared",
     "The order of the tests: declared, random, name, slowest, failed or given",
     "A random order depends only on --seed: it is the same on every machine and for all shards. Tests that share a "
     "SUITE_SETUP stay together. slowest uses the history: the slowest tests begin first. failed begins with tests "
     "that failed in their last run. given is the order in which the patterns name the tests; each pattern must match "
     "a test."},
    {"failed", 0, "", takes::flag, option_group::select, false, true, set_flag<&options::failed>, "", "",
     "Run only tests that failed in their last run", "Uses the history; the same as -f 'failed()'."},
    {"seed", 0, "N", takes::value, option_group::select, false, true, set_seed, "", "a random number",
     "The seed of a random order and of CORDON_SEED", "A whole number below 2^64, also in hexadecimal with 0x."},
    {"list", 0, "FORMAT", takes::optional_value, option_group::select, false, true, set_list, list_words, "",
     "List the selected tests and run none; --list=json with all known data",
     "--list=ctest is what cordon_discover_tests() of the CMake package reads. Those of doctest and Catch2 are what "
     "these print, for editors and build systems that know them; see docs/editors.md."},
    {"list-tags", 0, "", takes::flag, option_group::select, false, true, set_list_tags, "", "",
     "List the tags of the selected tests and run none", ""},
    {"allow-empty", 0, "", takes::flag, option_group::select, false, true, set_flag<&options::allow_empty>, "", "",
     "Exit with 0 instead of 3 if no test is selected", ""},
    {"exit-zero", 0, "", takes::flag, option_group::select, false, true, set_flag<&options::exit_zero>, "", "",
     "Exit with 0 instead of 1 if tests fail", "For callers that read a report instead. Other exit codes stay."},
    {"skip-code", 0, "N", takes::value, option_group::select, false, true, set_count<&options::skip_code, 255>, "", "0",
     "Exit with N instead of 0 if every test was skipped",
     "For CTest, Meson and Automake, which know such a code: 77."},

    // run
    {"jobs", 'j', "N", takes::value, option_group::run, false, true, set_jobs, "",
     "the processors that this process may use", "Run up to N tests at the same time",
     "A whole number from 1 to 4096, or auto. A test with the decorator threads(n) counts as n. 0 with --agent: only "
     "agents run tests."},
    {"isolate", 0, "MODE", takes::value, option_group::run, false, true, set_choice<&options::isolation>,
     "auto fork exec shard none rewind", "auto", "The process that a test runs in: rewind, fork, exec, shard or none",
     "fork: a child forked from a worker that has run no test. rewind: such a child is put back after each test that "
     "stays in memory. exec: a newly started process. shard: a worker that "
     "runs many tests one after another. none: this process, for debuggers. auto: rewind where the system can, or "
     "fork, or exec; under a debugger none."},
    {"subcases", 0, "WAY", takes::value, option_group::run, false, true, set_choice<&options::way>, "rerun fork both",
     "rerun", "How the subcases of a test come about: rerun, fork or both",
     "rerun: the body of the test runs again for each innermost subcase. fork: the process forks at each subcase, so "
     "the "
     "code before it runs once, and each subcase starts from the same state. both: first fork, then rerun; a test "
     "whose "
     "subcases end differently fails. Only the calling thread exists after a fork: use fork only if the code before "
     "the "
     "subcases starts no threads."},
    {"timeout", 0, "DUR", takes::value, option_group::run, false, true, set_duration<&options::timeout>, "", "60s",
     "Time limit of a test; 0 for no limit",
     "Counts from the test's own start. A test's timeout decorator wins. 250ms, 2s, 1.5m, 1h, 2h30m, or seconds."},
    {"slow-after", 0, "DUR", takes::value, option_group::run, false, true, set_duration<&options::slow_after>, "", "5s",
     "Report a test as slow after this time; 0 for never", "A test's slow_after decorator wins."},
    {"grace", 0, "DUR", takes::value, option_group::run, false, true, set_duration<&options::grace>, "", "2s",
     "Time between SIGTERM and SIGKILL for a test over its limit", "0 kills at once."},
    {"on-timeout", 0, "VIEW", takes::value, option_group::run, false, true, set_choice<&options::on_timeout>,
     "stacks gdb lldb", "stacks", "What to collect from a test over its time limit: stacks, gdb or lldb",
     "The stacks of its threads in any case. gdb and lldb add the view of that debugger: all threads with the values "
     "of their variables. The debugger has 30 seconds, which do not count as the test's time."},
    {"global-timeout", 0, "DUR", takes::value, option_group::run, false, true, set_duration<&options::global_timeout>,
     "", "", "Time limit of the whole run", "Tests that did not start are reported as not run."},
    {"fail-fast", 0, "N", takes::optional_value, option_group::run, false, true, set_fail_fast, "", "",
     "Stop after the first failed test, or after N of them", "--fail-fast=0 runs all tests."},
    {"memory-limit", 0, "SIZE", takes::value, option_group::run, false, true, set_size<&options::memory_limit>, "", "",
     "How much memory a test may allocate; 0 for no limit",
     "512k, 64M, 2G, or bytes; units are powers of 1024. A test's memory_limit decorator wins."},
    {"output-limit", 0, "SIZE", takes::value, option_group::run, false, true, set_size<&options::output_limit>, "",
     "1M", "How much of a test's output to keep",
     "The beginning and the end are kept, and a line says how much is missing. The test may print any amount."},
    {"env", 0, "K=V", takes::value, option_group::run, true, true, add_environment, "", "",
     "Set a variable in the environment of the tests", ""},
    {"examples", 0, "N", takes::value, option_group::run, false, true, set_examples, "", "100",
     "How many examples of a PROPERTY must pass", "A property's examples decorator wins."},
    {"corpus", 0, "DIR|off", takes::value, option_group::run, false, true, set_corpus, "",
     "corpus, beside the test's file", "The folder for examples of a PROPERTY that failed; off for none",
     "They run first the next time. Without the option nothing is written if the environment variable CI is set."},
    {"require-assertions", 0, "", takes::flag, option_group::run, false, true, set_flag<&options::require_assertions>,
     "", "", "Fail tests that pass without an assertion", "A test's require_assertions decorator wins."},
    {"leaks", 0, "HOW", takes::value, option_group::run, false, true, set_choice<&options::leaks>, "ignore warn fail",
     "warn", "Tests that leave something behind: ignore, warn or fail",
     "Processes, threads, descriptors, another working folder, umask, locale or environment, signal handlers. Leftover "
     "processes are killed in any case. fail also checks descriptors above 63 and every signal, which costs a test "
     "about 25 microseconds."},
    {"watch", 0, "", takes::flag, option_group::run, false, true, set_flag<&options::watch>, "", "",
     "Run again whenever the program is rebuilt, failed tests first; Ctrl-C ends it",
     "If the program changes during a run, the run ends first. Each run is the new program with the same options, with "
     "--order failed unless you ask for another order."},
    {"watch-path", 0, "PATH", takes::value, option_group::run, true, true, add_text<&options::watch_paths>, "", "",
     "Run again when this file, or something in this folder, changes too", "Includes --watch."},
    {"tty", 0, "", takes::flag, option_group::run, false, true, set_flag<&options::tty>, "", "",
     "Give each test a terminal for its output instead of a pipe",
     "As large as the terminal that cordon prints to, or 80 by 24. For tests of a program's behavior on a terminal. "
     "Output is captured all the same."},
    {"wrap", 0, "CMD", takes::value, option_group::run, false, true, set_wrapper, "", "",
     "Start each worker with this command: valgrind, qemu-aarch64, taskset, numactl, strace -f -o FILE",
     "The program and its arguments follow the command. Words in it are separated by spaces; quotes and \\ work as in "
     "a "
     "shell. The command's own messages go to standard error. See docs/wrappers.md."},
    {"agent", 0, "CMD", takes::value, option_group::run, true, true, add_agent, "", "",
     "Run tests on another machine too: 'ssh build2', 'docker run -i IMAGE', 'srun -N1 -n1'",
     "The program's path follows the command. It must pass standard input and output of the program there, which has "
     "to be the same build. Words are separated by spaces; quotes and \\ work as in a shell. Give --agent once for "
     "each machine. With --jobs 0 no test runs here. See docs/past-one-machine.md."},
    {"agent-jobs", 0, "N", takes::value, option_group::run, false, true, set_agent_jobs, "",
     "the processors that it may use", "Run up to N tests at the same time on each agent", ""},
    {"agent-program", 0, "PATH", takes::value, option_group::run, false, true, set_text<&options::agent_program>, "",
     "the path here", "The program's path on the machines of agents", ""},
    {"agent-timeout", 0, "DUR", takes::value, option_group::run, false, true, set_agent_timeout, "", "10s",
     "Give up an agent that says nothing for so long", "Its tests run elsewhere. At least 2s."},
    {"keep-temp", 0, "", takes::flag, option_group::run, false, true, set_flag<&options::keep_temp>, "", "",
     "Keep the temporary folders of failed tests", ""},
    {"update-snapshots", 0, "WHICH", takes::optional_value, option_group::run, false, true, set_update_snapshots,
     "none all failed new", "", "Write snapshots of tests that pass otherwise: all, failed (other values) or new",
     "Files in __snapshots__ beside the tests, and literals of CHECK_INLINE_SNAPSHOT in the source. Without WHICH: "
     "all. "
     "Without the option, only files that do not exist yet are written, and in CI (variable CI) nothing. See "
     "docs/snapshots.md."},

    // retry
    {"retries", 0, "N", takes::value, option_group::retry, false, true, set_count<&options::retries, 1000>, "", "0",
     "Retry a failed test up to N times",
     "A test's retries decorator wins. A test that passes after it failed is flaky; see --flaky. Retries come after "
     "all other tests."},
    {"retry-on", 0, "LIST", takes::value, option_group::retry, true, true, add_retry_causes, "",
     "failures; timeouts once", "What is retried: fail, crash, timeout, exit, limit, lost, all or message:REGEX",
     "Without it, failures, tests over a limit and lost tests are retried, a timeout once. A crash or an early exit is "
     "retried only to learn more: the test still fails if the retry passes. With it, only the named classes are "
     "retried, up to --retries times, and the test may become flaky. message:REGEX is searched in failures and in "
     "standard error. It extends to the end of the value, commas included."},
    {"retry-delay", 0, "DUR", takes::value, option_group::retry, false, true, set_duration<&options::retry_delay>, "",
     "0", "Delay before a retry", ""},
    {"retry-backoff", 0, "HOW", takes::value, option_group::retry, false, true, set_backoff, "", "fixed",
     "How the delay grows: fixed, exponential or exponential:FACTOR",
     "exponential doubles the delay with each retry of a test; exponential:1.5 multiplies it by 1.5."},
    {"retry-max-delay", 0, "DUR", takes::value, option_group::retry, false, true,
     set_duration<&options::retry_max_delay>, "", "60s", "The longest delay before a retry", ""},
    {"retry-jitter", 0, "HOW", takes::value, option_group::retry, false, true, set_choice<&options::jitter>,
     "none full equal", "none", "The random part of the delay: none, full or equal",
     "full: between 0 and the delay. equal: between half of the delay and all of it. The random value follows from "
     "--seed."},
    {"retry-budget", 0, "N|P%", takes::value, option_group::retry, false, true, set_retry_budget, "",
     "10%, at least 10", "How many retries the run may make in all",
     "A number, or a share of the tests that run; any share but 0% allows at least one retry. When it is used up, the "
     "run says so, and later failures are not retried. 0 switches off all retries, those of decorators too."},
    {"flaky", 0, "HOW", takes::value, option_group::retry, false, true, set_flaky, "pass warn fail", "warn",
     "Tests that failed and then passed: pass, warn or fail",
     "warn names them and keeps the exit code 0; fail makes it 1."},
    {"overrides", 0, "FILE", takes::value, option_group::retry, true, true, add_text<&options::overrides>, "", "",
     "Change decorators of tests by the rules in this file: quarantine, retries, limits, skip, expected failures",
     "Each line is a rule: EXPRESSION: SETTING ..., with an expression of --filter. Settings: quarantine, skip, "
     "should_fail, may_fail, expected_failures=N, retries=N, timeout=DUR, slow_after=DUR, memory_limit=SIZE. "
     "issue=WORD "
     "and reason=\"TEXT\" are shown in reports; until=YYYY-MM-DD is the last day of the rule. A rule that has ended or "
     "matches no test gives a warning. If several rules set the same for a test, the last one wins. Lines that begin "
     "with # are comments. Example: 'name(sends mail*): quarantine issue=NET-12 until=2027-01-31'. See "
     "docs/flaky-tests.md."},
    {"flaky-new", 0, "HOW", takes::value, option_group::retry, false, true, set_flaky_new, "pass fail", "pass",
     "With fail, a flaky test fails the run if the history does not know it as flaky",
     "Tests that the history knows as flaky do not fail the run, at any rate, unless --flaky=fail is given. Without a "
     "history every flaky test is new. See docs/history.md."},

    // stress
    {"stress", 0, "N|DUR", takes::optional_value, option_group::retry, false, true, set_stress, "", "",
     "Run the selected tests again and again, beside themselves, until one fails",
     "--stress=500 makes at most 500 runs of each test, --stress=30s runs for at most 30 seconds. With --fail-fast=N "
     "it ends after N failed runs. If you interrupt it, it reports the runs so far."},

    // flakes
    {"flake-detect", 0, "RUNS", takes::optional_value, option_group::retry, false, true, set_flake_detect, "", "",
     "Find flaky tests: run each selected test many times, in isolation",
     "Without RUNS a test gets as many runs as it needs: at least 60 if it passes, thousands if it is fast, few if it "
     "always fails. The runs of a test are spread over the session and over newly started workers; it never runs "
     "beside itself. With RUNS it gets exactly that many. See docs/flaky-tests.md."},
    {"flake-time", 0, "DUR", takes::value, option_group::retry, false, true, set_duration<&options::flake_time>, "",
     "60s", "How long the search for flaky tests and their causes may start runs, all together",
     "Bounds all of --flake-detect, and all of --flake-diagnose: the search, the causes and the commands. Runs that "
     "have "
     "begun may end. Tests that had fewer runs than planned are counted."},
    {"flake-threshold", 0, "RATE", takes::value, option_group::retry, false, true, set_flake_threshold, "", "0",
     "Only tests with a higher failure rate fail the run of --flake-detect",
     "0.05 or 5%. With --flaky=pass no flaky test fails the run. Tests in quarantine do not count."},
    {"flake-diagnose", 0, "CONDITIONS", takes::optional_value, option_group::retry, false, true, set_flake_diagnose, "",
     "", "Find flaky tests and why they are flaky: run them under one condition after another",
     "The same as --flake-detect, then the conditions of --condition one at a time. Each is compared with runs without "
     "a condition (Fisher's exact test, Holm's correction). Tests that never fail are run with filled memory, in other "
     "time zones and locales, and in one process with the others in several orders. "
     "--flake-diagnose=hogs,tz=UTC+3,order varies only these, also for tests that never fail. Allowed are the names of "
     "--list-conditions, with or without a value, and alone, twins, order."},
    {"list-conditions", 0, "", takes::flag, option_group::retry, false, true, set_flag<&options::list_conditions>, "",
     "", "List the conditions of --flake-diagnose and --condition", ""},
    {"find-polluter", 0, "TEST", takes::value, option_group::retry, false, true, set_text<&options::find_polluter>, "",
     "", "Find the tests that make TEST fail, or pass, if they run before it in the same process",
     "TEST is a pattern that selects one test. The other patterns and filters select the tests that may affect it; "
     "without them, all tests. If TEST passes alone, the report names polluters and cleaners; if it fails alone, state "
     "setters. It also shows a command line that reproduces the result."},
    {"condition", 0, "NAME[=VALUE]", takes::value, option_group::retry, true, true, add_condition, "", "",
     "Run the tests under a changed condition: cpus hogs nice timer-slack pulses addresses malloc stack seed tz ...",
     "cpus=N: only N processors. hogs=N: N busy processes beside the tests. nice=N. timer-slack=DUR: sleeps end up to "
     "DUR late. pulses=DUR: tests are stopped for about DUR, again and again. addresses=fixed: no randomization; "
     "=random: randomization, if it is off. malloc=BYTE, stack=BYTE: memory that was not set holds BYTE. seed=N: "
     "CORDON_SEED of every attempt. tz=ZONE, locale=NAME, home=PATH, umask=MODE, folder=PATH, open-files=N. Each value "
     "has a default."},

    // output
    {"report", 0, "FORMAT[=PATH]", takes::value, option_group::output, true, true, add_report, "", "console",
     "Write a report",
     "May be given several times. Without a PATH, or with -, it goes to standard output. A file appears under its name "
     "when it is complete, except that a report of events grows during the run."},
    {"show-output", 0, "WHEN", takes::value, option_group::output, false, true, set_choice<&options::output>,
     "failed all never live", "failed", "Whose output to show: of failed tests, all, never or live", ""},
    {"color", 0, "WHEN", takes::value, option_group::output, false, true, set_choice<&options::color>,
     "auto always never", "auto", "Colors: auto, always or never",
     "auto depends on the terminal, NO_COLOR and FORCE_COLOR."},
    {"progress", 0, "HOW", takes::value, option_group::output, false, true, set_choice<&options::progress>,
     "auto bar lines none", "auto", "Show progress: auto, bar, lines or none",
     "auto is a bar on a terminal and lines elsewhere."},
    {"quiet", 'q', "", takes::flag, option_group::output, false, true, set_quiet, "", "",
     "Show failures and the summary only", ""},
    {"verbose", 'v', "", takes::flag, option_group::output, false, true, set_verbose, "", "", "Show more of each test",
     ""},
    {"slowest", 0, "N", takes::value, option_group::output, false, true, set_count<&options::slowest, 1'000'000>, "",
     "3", "List the N slowest tests in the summary", ""},

    // record
    {"history", 0, "PATH|off", takes::value, option_group::record, false, true, set_history, "",
     "a file in your cache folder", "The file with durations and verdicts of earlier runs; off for none",
     "read:PATH uses a history and does not change it. Without the option each program has its own file in "
     "~/.cache/cordon (or XDG_CACHE_HOME). If the file cannot be created, nothing is remembered, without a message. A "
     "damaged file, or one that is not a history, is renamed and not used. With --replay, the recorded run is added to "
     "PATH."},
    {"record", 0, "PATH", takes::value, option_group::record, false, true, set_record, "", "",
     "Record all events of the run in a file, for --replay",
     "The file grows during the run. If the run is killed, it holds all events until about 100 ms before."},
    {"replay", 0, "PATH ...", takes::value, option_group::record, true, false, add_replay, "", "",
     "Run nothing: make reports from recordings; several are merged",
     "Any --report can be written, and is the same as that of the run itself. More recordings may follow without the "
     "option: --replay a b c. Several recordings must be all shards of one run."},
    {"merge-partial", 0, "", takes::flag, option_group::record, false, false, set_flag<&options::merge_partial>, "", "",
     "Merge recordings that are not a complete run",
     "Then these are only warnings: a missing shard, other tests or another build, a test that ran in none or in two "
     "of them. If a test ran twice, its last recording counts."},
    {"replay-strict", 0, "", takes::flag, option_group::record, false, false, set_flag<&options::replay_strict>, "", "",
     "Exit with 4 if a recording ends before its run did",
     "Without it cordon says so, reports tests without a verdict as not run, and the exit code depends on the other "
     "tests."},

    // debug
    {"debug", 0, "DEBUGGER", takes::optional_value, option_group::debug, false, true, set_debug, "gdb lldb gdbserver",
     "", "Run the one selected test in a debugger: gdb, lldb or gdbserver",
     "The test runs in the program itself, without limits and capture, and stops where an assertion fails. Without a "
     "name, cordon uses the debugger that is installed. gdbserver prints the port that it listens on: gdb -ex 'target "
     "remote :PORT'."},
    {"wait-for-debugger", 0, "", takes::flag, option_group::debug, false, true, set_flag<&options::wait_for_debugger>,
     "", "", "Print the process id and wait until a debugger attaches",
     "Then the tests run in the program itself and stop where an assertion fails."},
    {"no-capture", 0, "", takes::flag, option_group::debug, false, true, set_flag<&options::capture, false>, "", "",
     "Let tests print straight to the terminal", ""},

    // other
    {"help", 'h', "OPTION", takes::optional_value, option_group::other, false, false, set_help, "", "",
     "The most used options; --help=all: all options; --help=OPTION: all about one",
     "--help timeout is the same as --help=timeout. --help=man prints a manual page: --help=man | man -l -"},
    {"completion", 0, "SHELL", takes::value, option_group::other, false, false, set_choice<&options::completion>,
     "bash zsh fish", "", "Print a script that lets the Tab key complete options and tests: bash, zsh or fish",
     "For bash and zsh: eval \"$(./tests --completion=bash)\". For fish: ./tests --completion=fish | source"},
    {"mcp", 0, "", takes::flag, option_group::other, false, false, set_flag<&options::mcp>, "", "",
     "Serve the Model Context Protocol on standard input and output, for coding agents",
     "The server runs no test itself: each run is a process of the program with the other options of this command "
     "line. "
     "See docs/mcp.md."},
    {"version", 0, "", takes::flag, option_group::other, false, false, set_version, "", "", "The version of cordon",
     ""},
};

}  // namespace cordon::engine::app

CORDON_CHEAP_END
