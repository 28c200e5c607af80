#pragma once

#include <cordon/engine/app/apply.hpp>
#include <cordon/engine/app/option_row.hpp>

namespace cordon::engine::app {

/// Every option, in the order in which help lists them.
constexpr option_row option_table[] = {
    // select
    {"filter", 'f', "EXPR", takes::value, option_group::select, true, true, add_filter, "", "",
     "Only tests that the expression selects: name(GLOB) suite(GLOB) tag(NAME) file(GLOB) failed() slow(DUR) "
     "all() with & | ! and brackets",
     "Given several times, all expressions have to select the test. In a GLOB * is any text, ? any one character and "
     "\\ takes the next one as it is; the whole name has to match. suite(a) also selects suites nested in a. "
     "file(x.cpp) "
     "goes by the end of the path. failed() and slow(DUR) go by the history: what failed when it was last run, and "
     "what "
     "mostly takes longer. Example: -f 'suite(math) & !tag(slow)'."},
    {"exclude", 'x', "PATTERN", takes::value, option_group::select, true, true, add_text<&options::excludes>, "", "",
     "Not the tests that the pattern selects",
     "A pattern as on the command line: part of suite/name, or with * or ? the whole of it. Excluding wins over "
     "selecting."},
    {"subcase", 0, "GLOB", takes::value, option_group::select, true, true, add_text<&options::subcases>, "", "",
     "Only subcases of that name; given again: of those inside of them",
     "The first one is for the outermost SUBCASEs, the second for those inside of them, and so on; further in all run. "
     "The whole name has to match, as reports show it: \"size #2\". What stands around the subcases runs as always. "
     "A test without such a subcase is skipped; if no test has one, the exit code is 3."},
    {"shard", 0, "I/N", takes::value, option_group::select, false, true, set_shard, "", "",
     "Only the I-th of N parts, hash:I/N for parts that stay when tests are added, time:I/N for parts that take "
     "equally "
     "long, auto for what the CI system or the scheduler says",
     "I counts from 1. The list is put in order first and then cut into N pieces of equal size. With hash: a test's "
     "part follows from its name alone. With time: the history says how long each test takes; every part has to be "
     "given "
     "the same one (see --history). auto reads the variables of Bazel, GoogleTest, GitLab, CircleCI, Buildkite, Azure "
     "Pipelines "
     "and of a step or an array of Slurm; where they do not split the run, all tests are run and the report says so. "
     "auto/N, or CORDON_SHARD_COUNT, says the number of parts where the system tells only which one this is: indexed "
     "jobs of Kubernetes, HyperQueue. Half of what is needed, or two systems that disagree, is an error. hash:auto and "
     "time:auto are both."},
    {"order", 0, "ORDER", takes::value, option_group::select, false, true, set_choice<&options::order>,
     "declared random name slowest failed given", "declared",
     "The order of the tests: declared, random, name, slowest, failed or given",
     "A random order follows from --seed alone: it is the same on every machine and for all shards. Tests that share a "
     "SUITE_SETUP stay together. slowest goes by the history: what takes longest begins first; failed begins with what "
     "failed "
     "when it was last run. given is the order in which the patterns name the tests; each pattern has to match one."},
    {"failed", 0, "", takes::flag, option_group::select, false, true, set_flag<&options::failed>, "", "",
     "Only tests that failed when they were last run", "By the history; the same as -f 'failed()'."},
    {"seed", 0, "N", takes::value, option_group::select, false, true, set_seed, "", "drawn for each run",
     "The seed of a random order and of CORDON_SEED", "A whole number below 2^64, also in hexadecimal with 0x."},
    {"list", 0, "text|json", takes::optional_value, option_group::select, false, true, set_list, "", "",
     "List the selected tests and run none; --list=json with all that is known of them", ""},
    {"list-tags", 0, "", takes::flag, option_group::select, false, true, set_list_tags, "", "",
     "List the tags of the selected tests and run none", ""},
    {"allow-empty", 0, "", takes::flag, option_group::select, false, true, set_flag<&options::allow_empty>, "", "",
     "Exit with 0 instead of 3 when no test is selected", ""},

    // run
    {"jobs", 'j', "N", takes::value, option_group::run, false, true, set_jobs, "",
     "the processors that this process may use", "Run up to N tests at the same time",
     "A whole number from 1 to 4096, or auto. A test decorated with threads(n) counts as n."},
    {"isolate", 0, "MODE", takes::value, option_group::run, false, true, set_choice<&options::isolation>,
     "auto fork exec shard none", "auto", "What a test runs in: fork, exec, shard or none",
     "fork: a child forked from a pristine worker. exec: a freshly executed process. shard: a worker that runs many "
     "tests one after another. none: this process, for debuggers. auto: the safest that is fast on this system."},
    {"timeout", 0, "DUR", takes::value, option_group::run, false, true, set_duration<&options::timeout>, "", "60s",
     "End a test that runs longer; 0 for no limit",
     "Counted from the test's own start. A test's timeout decorator wins. 250ms, 2s, 1.5m, 1h, 2h30m, or seconds."},
    {"slow-after", 0, "DUR", takes::value, option_group::run, false, true, set_duration<&options::slow_after>, "", "5s",
     "Call a test slow that runs longer; 0 for never", "A test's slow_after decorator wins."},
    {"grace", 0, "DUR", takes::value, option_group::run, false, true, set_duration<&options::grace>, "", "2s",
     "Between asking a test to end and killing it", "0 kills at once."},
    {"on-timeout", 0, "VIEW", takes::value, option_group::run, false, true, set_choice<&options::on_timeout>,
     "stacks gdb lldb", "stacks", "What is looked at of a test that is over its time: stacks, gdb or lldb",
     "Its threads' stacks in any case; with gdb or lldb also what that debugger shows: all threads with the values of "
     "their variables. It is given 30 seconds, which are not the test's."},
    {"global-timeout", 0, "DUR", takes::value, option_group::run, false, true, set_duration<&options::global_timeout>,
     "", "", "End the whole run after this time", "Tests that did not start are reported as not run."},
    {"fail-fast", 0, "N", takes::optional_value, option_group::run, false, true, set_fail_fast, "", "",
     "Stop after the first failed test, or after N of them", "--fail-fast=0 runs all tests."},
    {"memory-limit", 0, "SIZE", takes::value, option_group::run, false, true, set_size<&options::memory_limit>, "", "",
     "What a test may allocate; 0 for no limit",
     "512k, 64M, 2G, or bytes; units are powers of 1024. A test's memory_limit decorator wins."},
    {"output-limit", 0, "SIZE", takes::value, option_group::run, false, true, set_size<&options::output_limit>, "",
     "1M", "How much of a test's output is kept",
     "The beginning and the end are kept and the gap is named. The test may print any amount."},
    {"env", 0, "K=V", takes::value, option_group::run, true, true, add_environment, "", "",
     "Set a variable in the environment of the tests", ""},
    {"leaks", 0, "HOW", takes::value, option_group::run, false, true, set_choice<&options::leaks>, "ignore warn fail",
     "warn", "Tests that leave something behind: ignore, warn or fail",
     "Processes, threads, descriptors, another working folder, umask, locale or environment, signal handlers. "
     "Processes are ended in any case. fail also looks at descriptors above 63 and at every signal, which costs a test "
     "some 25 microseconds."},
    {"watch", 0, "", takes::flag, option_group::run, false, true, set_flag<&options::watch>, "", "",
     "Run again whenever the program has been rebuilt, what failed first; Ctrl-C ends it",
     "A run that is on its way when the program changes is ended first. Each run is the new program with the same "
     "options, in --order failed where no other order is asked for."},
    {"watch-path", 0, "PATH", takes::value, option_group::run, true, true, add_text<&options::watch_paths>, "", "",
     "Also run again when this file, or something in this folder, has changed", "As --watch, which it includes."},
    {"tty", 0, "", takes::flag, option_group::run, false, true, set_flag<&options::tty>, "", "",
     "Give each test a terminal to print to instead of a pipe",
     "As large as the one that cordon prints to, or 80 by 24. For tests of what a program does on a terminal; what "
     "they "
     "print is captured all the same."},
    {"keep-temp", 0, "", takes::flag, option_group::run, false, true, set_flag<&options::keep_temp>, "", "",
     "Keep the temporary folders of failed tests", ""},

    // retry
    {"retries", 0, "N", takes::value, option_group::retry, false, true, set_count<&options::retries, 1000>, "", "0",
     "Run a failed test up to N times more",
     "A test's retries decorator wins. A test that passes after it failed is flaky; see --flaky. Retries come after "
     "all "
     "other tests."},
    {"retry-on", 0, "LIST", takes::value, option_group::retry, true, true, add_retry_causes, "",
     "failures, timeouts once", "What is tried again: fail, crash, timeout, exit, limit, lost, all or message:REGEX",
     "Without it, what failed, went over a limit or was lost is tried again, a timeout once, and a crash or an early "
     "exit only to learn more: a pass afterwards does not make up for it. What is named is tried again as often as "
     "--retries says and may turn out flaky; what is not named is not tried again. message:REGEX looks at failures and "
     "at standard error, and goes up to the end of the value, commas included."},
    {"retry-delay", 0, "DUR", takes::value, option_group::retry, false, true, set_duration<&options::retry_delay>, "",
     "0", "Wait so long before a test is tried again", ""},
    {"retry-backoff", 0, "HOW", takes::value, option_group::retry, false, true, set_backoff, "", "fixed",
     "How the delay goes on: fixed, exponential or exponential:FACTOR",
     "exponential doubles it with each retry of a test, exponential:1.5 makes it half as long again."},
    {"retry-max-delay", 0, "DUR", takes::value, option_group::retry, false, true,
     set_duration<&options::retry_max_delay>, "", "60s", "The longest delay before a retry", ""},
    {"retry-jitter", 0, "HOW", takes::value, option_group::retry, false, true, set_choice<&options::jitter>,
     "none full equal", "none", "What of the delay is drawn: none, full or equal",
     "full draws from 0 to the delay, equal from half of it. It follows from --seed."},
    {"retry-budget", 0, "N|P%", takes::value, option_group::retry, false, true, set_retry_budget, "",
     "10%, at least 10", "How many retries the run may make in all",
     "A number, or a share of the tests that are run, of which any but 0% allows at least one. When it is used up the "
     "run says so, and what fails from then on "
     "is not tried again. 0 switches retries off, those of decorators too."},
    {"flaky", 0, "HOW", takes::value, option_group::retry, false, true, set_flaky, "pass warn fail", "warn",
     "Tests that failed and then passed: pass, warn or fail",
     "warn names them and leaves the exit code at 0; fail makes it 1."},

    // stress
    {"stress", 0, "N|DUR", takes::optional_value, option_group::retry, false, true, set_stress, "", "",
     "Run the selected tests again and again, beside themselves, until one fails",
     "--stress=500 makes at most 500 runs of each test, --stress=30s goes on for 30 seconds at most. --fail-fast=N "
     "goes "
     "on until N runs have failed. Interrupting it gives the report so far."},

    // flakes
    {"flake-detect", 0, "RUNS", takes::optional_value, option_group::retry, false, true, set_flake_detect, "", "",
     "Find flaky tests: run every selected one again and again, in isolation",
     "Without RUNS a test gets as many runs as it needs: at least 60 if it passes, thousands if it is fast, few if it "
     "always fails. The runs of a test are spread over the session and over freshly started workers; it is never run "
     "beside itself. With RUNS it gets exactly that many. See docs/flaky-tests.md."},
    {"flake-time", 0, "DUR", takes::value, option_group::retry, false, true, set_duration<&options::flake_time>, "",
     "60s", "How long --flake-detect may go on starting runs",
     "What has begun may end. Tests that had fewer runs than they should have are counted."},
    {"flake-threshold", 0, "RATE", takes::value, option_group::retry, false, true, set_flake_threshold, "", "0",
     "Only tests that are flaky at a higher rate fail the run of --flake-detect",
     "0.05 or 5%. --flaky=pass never fails it. Tests in quarantine do not count."},
    {"flake-diagnose", 0, "CONDITIONS", takes::optional_value, option_group::retry, false, true, set_flake_diagnose, "",
     "", "Find flaky tests and why they are flaky: run them under one condition after the other",
     "What --flake-detect does, then the conditions of --condition one at a time, each compared with the runs under "
     "none (Fisher's exact test, Holm's correction). Tests that do not fail by themselves are run with memory filled, "
     "in other time zones and locales, and in one process with the others in several orders. "
     "--flake-diagnose=hogs,tz=UTC+3,order varies only these, also for tests that do not fail by themselves: names of "
     "--list-conditions, with or without a value, and alone, twins, order."},
    {"list-conditions", 0, "", takes::flag, option_group::retry, false, true, set_flag<&options::list_conditions>, "",
     "", "List the conditions of --flake-diagnose and --condition", ""},
    {"find-polluter", 0, "TEST", takes::value, option_group::retry, false, true, set_text<&options::find_polluter>, "",
     "", "Find out which other tests make TEST fail, or pass, when they run before it in its process",
     "TEST is a pattern that selects one test. The other patterns and filters say which tests may have to do with it; "
     "without them, all. Names polluters and cleaners of a test that passes alone, and state setters of one that does "
     "not, with a command line that shows it."},
    {"condition", 0, "NAME[=VALUE]", takes::value, option_group::retry, true, true, add_condition, "", "",
     "Run the tests in a changed world: cpus hogs nice timer-slack pulses addresses malloc stack seed tz ...",
     "cpus=N: only N processors. hogs=N: N busy processes beside the tests. nice=N. timer-slack=DUR: sleeps end up to "
     "DUR late. pulses=DUR: tests are stopped for about DUR, again and again. addresses=fixed: no randomisation; "
     "=random: with it, where it is off. "
     "malloc=BYTE, stack=BYTE: memory that was not set holds BYTE. seed=N: CORDON_SEED of every attempt. tz=ZONE, "
     "locale=NAME, home=PATH, umask=MODE, folder=PATH, open-files=N. The value may be left out."},

    // output
    {"report", 0, "FORMAT[=PATH]", takes::value, option_group::output, true, true, add_report, "", "console",
     "Write a report",
     "May be given several times. Without a PATH, or with -, it goes to standard output. A file is written aside and "
     "renamed when it is complete, except that one of events grows as they happen."},
    {"show-output", 0, "WHEN", takes::value, option_group::output, false, true, set_choice<&options::output>,
     "failed all never live", "failed", "What tests print: of failed ones, all, never or live", ""},
    {"color", 0, "WHEN", takes::value, option_group::output, false, true, set_choice<&options::color>,
     "auto always never", "auto", "Colours: auto, always or never",
     "auto heeds the terminal, NO_COLOR and FORCE_COLOR."},
    {"progress", 0, "HOW", takes::value, option_group::output, false, true, set_choice<&options::progress>,
     "auto bar lines none", "auto", "While tests run: auto, bar, lines or none",
     "auto is a bar on a terminal and lines elsewhere."},
    {"quiet", 'q', "", takes::flag, option_group::output, false, true, set_quiet, "", "",
     "Show failures and the summary only", ""},
    {"verbose", 'v', "", takes::flag, option_group::output, false, true, set_verbose, "", "", "Show more of each test",
     ""},
    {"slowest", 0, "N", takes::value, option_group::output, false, true, set_count<&options::slowest, 1'000'000>, "",
     "3", "List the N slowest tests in the summary", ""},

    // record
    {"history", 0, "PATH|off", takes::value, option_group::record, false, true, set_history, "",
     "a file in your cache folder", "Where durations and verdicts are remembered; off: nowhere",
     "read:PATH uses a history and adds nothing to it. Without the option each program has a file of its own in "
     "~/.cache/cordon (or XDG_CACHE_HOME), which is left out silently where it can not be made. What is damaged or no "
     "history is set aside, never trusted."},
    {"record", 0, "PATH", takes::value, option_group::record, false, true, set_record, "", "",
     "Write down everything that happens, for --replay",
     "The file grows while tests run. After the run was killed it holds what happened until some 100 ms before."},
    {"replay", 0, "PATH ...", takes::value, option_group::record, true, false, add_replay, "", "",
     "Run nothing: report of recordings; several are merged",
     "Any --report can be written, and comes out as it would have of the run itself. Further recordings may follow "
     "without the option: --replay a b c. Several have to be the shards of one run, all of them."},
    {"merge-partial", 0, "", takes::flag, option_group::record, false, false, set_flag<&options::merge_partial>, "", "",
     "Merge recordings that are not the whole of one run",
     "A missing shard, other tests or another build, a test that ran in none or in two of them are warnings then. Of a "
     "test that ran twice the last recording counts."},
    {"replay-strict", 0, "", takes::flag, option_group::record, false, false, set_flag<&options::replay_strict>, "", "",
     "Exit with 4 if a recording ends before its run did",
     "Without it that is said, tests without a verdict are reported as not run, and the exit code is that of the "
     "rest."},

    // debug
    {"debug", 0, "DEBUGGER", takes::optional_value, option_group::debug, false, true, set_debug, "gdb lldb", "",
     "Run the one selected test in a debugger: gdb or lldb",
     "The test runs in the program itself, with no limit and no capture, and stops where an assertion fails. Without a "
     "name: whichever of the two is there."},
    {"wait-for-debugger", 0, "", takes::flag, option_group::debug, false, true, set_flag<&options::wait_for_debugger>,
     "", "", "Print the process's id and wait for a debugger",
     "Then the tests run in the program itself and stop where an assertion fails."},
    {"no-capture", 0, "", takes::flag, option_group::debug, false, true, set_flag<&options::capture, false>, "", "",
     "Let tests print straight to the terminal", ""},

    // other
    {"help", 'h', "OPTION", takes::optional_value, option_group::other, false, false, set_help, "", "",
     "The first page of help; --help=all for every option, --help=OPTION for all about one",
     "--help timeout is the same as --help=timeout. --help=man prints all of it as a manual page: --help=man | man -l "
     "-"},
    {"version", 0, "", takes::flag, option_group::other, false, false, set_version, "", "", "The version of cordon",
     ""},
};

}  // namespace cordon::engine::app
