#include <doctest/doctest.h>
#include <cordon/engine/app/parse.hpp>
#include <cordon/engine/base/random.hpp>

#include <cstring>
#include <map>

using namespace cordon::engine;
using namespace std::chrono_literals;

namespace {

std::map<std::string, std::string> variables;

const char* look_up(const char* name) {
    const auto found = variables.find(name);
    return found == variables.end() ? nullptr : found->second.c_str();
}

result<options> parse(vector<std::string_view> arguments) { return app::parse_arguments(arguments, look_up); }

options parsed(vector<std::string_view> arguments) {
    result<options> chosen = parse(arguments);
    if (!chosen) FAIL(chosen.failure().detail);
    return chosen.value();
}

std::string error_of(vector<std::string_view> arguments) {
    const result<options> chosen = parse(arguments);
    return chosen ? "" : chosen.failure().detail;
}

/// Sets variables for one test.
struct with_environment {
    with_environment(const with_environment&) = delete;
    explicit with_environment(std::map<std::string, std::string> values) { variables = std::move(values); }
    ~with_environment() { variables.clear(); }
};

}  // namespace

TEST_CASE("no arguments give the defaults") {
    const options chosen = parsed({});
    CHECK(chosen.patterns.empty());
    CHECK(chosen.jobs == 0);
    CHECK(chosen.timeout == 60s);
    CHECK(chosen.capture);
    CHECK_FALSE(chosen.seed);
    CHECK_FALSE(chosen.shard);
}

TEST_CASE("argv is read as main gets it, also when there is none") {
    const char* argv[] = {"./tests", "-j", "3", "sum", nullptr};
    const result<options> chosen = app::parse_command_line(4, argv, nullptr);
    REQUIRE(chosen);
    CHECK(chosen.value().jobs == 3);
    CHECK(chosen.value().patterns == vector<std::string>{"sum"});
    CHECK(app::parse_command_line(0, nullptr, nullptr));
}

TEST_CASE("every way to write a value") {
    for (vector<std::string_view> arguments : vector<vector<std::string_view>>{
             {"--jobs", "4"}, {"--jobs=4"}, {"-j4"}, {"-j", "4"}, {"-qj4"}, {"-vqj", "4"}, {"-j9", "-j4"}}) {
        CHECK(parsed(arguments).jobs == 4);
    }
}

TEST_CASE("patterns stand anywhere, and -- ends options") {
    const options chosen = parsed({"a", "-q", "b", "-", "--", "-v", "--jobs", "--"});
    CHECK(chosen.patterns == vector<std::string>{"a", "b", "-", "-v", "--jobs", "--"});
    CHECK(chosen.quiet);
    CHECK_FALSE(chosen.verbose);
}

TEST_CASE("a value may look like an option") {
    CHECK(parsed({"-x", "-foo"}).excludes == vector<std::string>{"-foo"});
    CHECK(parsed({"--exclude", "--"}).excludes == vector<std::string>{"--"});
}

TEST_CASE("selecting") {
    const options chosen = parsed({"-f", "tag(a)", "--filter=name(b*)", "-x", "c", "--shard", "2/5", "--order=random",
                                   "--seed", "0xff", "--allow-empty", "--list=json"});
    CHECK(chosen.filters == vector<std::string>{"tag(a)", "name(b*)"});
    CHECK(chosen.excludes == vector<std::string>{"c"});
    REQUIRE(chosen.shard);
    CHECK(chosen.shard->index == 2);
    CHECK(chosen.shard->count == 5);
    CHECK_FALSE(chosen.shard->by_hash);
    CHECK(chosen.order == test_order::random);
    CHECK(chosen.seed == 255u);
    CHECK(chosen.allow_empty);
    CHECK(chosen.list == list_format::json);
    CHECK(parsed({"--list"}).list == list_format::text);
    CHECK(parsed({"--list=text"}).list == list_format::text);
    CHECK(parsed({"--list=ctest"}).list == list_format::ctest);
    CHECK(parsed({"--skip-code", "77"}).skip_code == 77);
    CHECK(parsed({"--list-tags"}).list == list_format::tags);
    CHECK(parsed({"--shard=hash:1/1"}).shard->by_hash);
}

TEST_CASE("running") {
    const options chosen = parsed({"--isolate=shard", "--timeout=1.5m", "--slow-after=250ms", "--grace=0",
                                   "--global-timeout", "2h30m", "--fail-fast=3", "--memory-limit=2G", "--output-limit",
                                   "64k", "--env", "A=b=c", "--env=B=", "--leaks=fail", "--keep-temp"});
    CHECK(chosen.isolation == cordon::isolate::shard);
    CHECK(chosen.timeout == 90s);
    CHECK(chosen.slow_after == 250ms);
    CHECK(chosen.grace == 0s);
    CHECK(chosen.global_timeout == 150min);
    CHECK(chosen.fail_fast == 3);
    CHECK(chosen.memory_limit == 2ull << 30);
    CHECK(chosen.output_limit == 64u << 10);
    REQUIRE(chosen.environment.size() == 2);
    CHECK(chosen.environment[0].first == "A");
    CHECK(chosen.environment[0].second == "b=c");
    CHECK(chosen.environment[1].second == "");
    CHECK(chosen.leaks == leak_policy::fail);
    CHECK(chosen.keep_temp);
    CHECK(parsed({"--isolate=none"}).isolation == cordon::isolate::none);
    CHECK(parsed({"--isolate=auto"}).isolation == cordon::isolate::by_default);
}

TEST_CASE("fail-fast takes its number only with =") {
    const options chosen = parsed({"--fail-fast", "3"});
    CHECK(chosen.fail_fast == 1);
    CHECK(chosen.patterns == vector<std::string>{"3"});
    CHECK(parsed({"--fail-fast=0"}).fail_fast == 0);
}

TEST_CASE("retrying and showing") {
    const options chosen =
        parsed({"--retries=2", "--flaky", "fail", "--report", "json=out/r.json", "--report=console",
                "--show-output=live", "--color=never", "--progress=lines", "-v", "--slowest=0", "--no-capture"});
    CHECK(chosen.retries == 2);
    CHECK(chosen.flaky == flaky_policy::fail);
    REQUIRE(chosen.reports.size() == 2);
    CHECK(chosen.reports[0].format == "json");
    CHECK(chosen.reports[0].path == "out/r.json");
    CHECK(chosen.reports[1].path.empty());
    CHECK(chosen.output == show_output::live);
    CHECK(chosen.color == color_choice::never);
    CHECK(chosen.progress == progress_choice::lines);
    CHECK(chosen.verbose);
    CHECK(chosen.slowest == 0);
    CHECK_FALSE(chosen.capture);
}

TEST_CASE("help and version") {
    CHECK(parsed({"--help"}).help);
    CHECK(parsed({"-h"}).help);
    CHECK(parsed({"--help=timeout"}).help_topic == "timeout");
    CHECK(parsed({"--help=--timeout"}).help);
    CHECK(parsed({"--help=-j"}).help);
    CHECK(parsed({"--version"}).version);
    CHECK(error_of({"--help=timeot"}) == "unknown option '--timeot'; did you mean '--timeout'? (see --help)");
}

TEST_CASE("errors are one line that names the option, the value and what is right") {
    struct row {
        vector<std::string_view> arguments;
        const char* message;
    };
    const row rows[] = {
        {{"--fliter=x"}, "unknown option '--fliter'; did you mean '--filter'? (see --help)"},
        {{"--jbos", "4"}, "unknown option '--jbos'; did you mean '--jobs'? (see --help)"},
        {{"--wholly-unknown"}, "unknown option '--wholly-unknown' (see --help)"},
        {{"--=3"}, "unknown option '--' (see --help)"},
        {{"-z"}, "unknown option '-z' (see --help)"},
        {{"-qz"}, "unknown option '-z' (see --help)"},
        {{"--jobs"}, "--jobs needs a value: N"},
        {{"-qj"}, "-j needs a value: N"},
        {{"-j", "abc"}, "-j 'abc': expected a whole number from 1 to 4096, or auto"},
        {{"--jobs=0"}, "--jobs '0': expected a whole number from 1 to 4096, or auto; 0 needs --agent"},
        {{"--jobs="}, "--jobs '': expected a whole number from 1 to 4096, or auto"},
        {{"--isolate=frok"},
         "--isolate 'frok': expected auto, fork, exec, shard, none or rewind; did you mean 'fork'?"},
        {{"--order=fastest"}, "--order 'fastest': expected declared, random, name, slowest, failed or given"},
        {{"--timeout=-3s"}, "--timeout '-3s': expected a duration such as 250ms, 2s, 1.5m, 1h, or seconds"},
        {{"--memory-limit=64MB"}, "--memory-limit '64MB': expected a size such as 512k, 64M, 2G, or bytes"},
        {{"--shard=0/3"}, "--shard '0/3': expected I/N with I from 1 to N, hash:I/N, time:I/N, or auto, or auto/N"},
        {{"--shard=4/3"}, "--shard '4/3': expected I/N with I from 1 to N, hash:I/N, time:I/N, or auto, or auto/N"},
        {{"--shard=1/0"}, "--shard '1/0': expected I/N with I from 1 to N, hash:I/N, time:I/N, or auto, or auto/N"},
        {{"--seed=-1"}, "--seed '-1': expected a whole number below 2^64, or one in hexadecimal with 0x"},
        {{"--env=K"}, "--env 'K': expected NAME=VALUE"},
        {{"--env==v"}, "--env '=v': expected NAME=VALUE"},
        {{"--report=jsn=x"},
         "--report 'jsn=x': expected console, brief, json, events, junit, tap, github, teamcity, ctrf, trace, html, "
         "doctest-xml, "
         "catch2-xml, googletest, googletest-xml or googletest-json; did you mean 'json'?"},
        {{"--tty", "--no-capture"},
         "--tty captures the output of tests from a terminal: it cannot be combined with --no-capture"},
        {{"--report=json="}, "--report 'json=': expected a path after the ="},
        {{"--report=json", "--report=console=-"},
         "--report 'console=-': expected another place: the report 'json' goes there already"},
        {{"--list=jsom"}, "--list 'jsom': expected text, json or ctest; did you mean 'json'?"},
        {{"--fail-fast=x"}, "--fail-fast 'x': expected a whole number; 0 runs all tests"},
        {{"--keep-temp=maybe"}, "--keep-temp 'maybe': expected true or false"},
        {{"--retries=1001"}, "--retries '1001': expected a whole number from 0 to 1000"},
        {{"-f", "tag(a"}, "--filter"},
        {{"--timeout=a\nb"}, "--timeout 'a\\x0ab': expected a duration such as 250ms, 2s, 1.5m, 1h, or seconds"},
    };
    for (const row& each : rows) {
        CAPTURE(each.message);
        if (each.arguments[0] == "-f") {
            CHECK(error_of(each.arguments) == "-f 'tag(a': expected ) to close tag(, found the end, at column 6");
        } else {
            CHECK(error_of(each.arguments) == each.message);
        }
    }
}

TEST_CASE("a debugger may be named, or found") {
    CHECK(parsed({}).debugger == debugger_choice::none);
    CHECK(parsed({"--debug"}).debugger == debugger_choice::automatic);
    CHECK(parsed({"--debug=gdb"}).debugger == debugger_choice::gdb);
    CHECK(parsed({"--debug=lldb"}).debugger == debugger_choice::lldb);
    CHECK(parsed({"--debug=false"}).debugger == debugger_choice::none);
    CHECK(error_of({"--debug=gbd"}) == "--debug 'gbd': expected gdb, lldb or gdbserver; did you mean 'gdb'?");
    CHECK(parsed({"--wait-for-debugger"}).wait_for_debugger);
}

TEST_CASE("each long option reads its variable") {
    const with_environment set({{"CORDON_JOBS", "3"},
                                {"CORDON_FAIL_FAST", "true"},
                                {"CORDON_KEEP_TEMP", "1"},
                                {"CORDON_NO_CAPTURE", "1"},
                                {"CORDON_REPORT", "console\njson=r.json\n"},
                                {"CORDON_LIST", "1"},
                                {"CORDON_SHARD", "1/2"},
                                {"CORDON_TIMEOUT", ""},
                                {"CORDON_VERSION", "9.9"},
                                {"CORDON_HELP", "1"}});
    const options chosen = parsed({});
    CHECK(chosen.jobs == 3);
    CHECK(chosen.fail_fast == 1);
    CHECK(chosen.keep_temp);
    CHECK_FALSE(chosen.capture);
    CHECK(chosen.reports.size() == 2);
    CHECK(chosen.list == list_format::text);
    CHECK(chosen.shard);
    CHECK(chosen.timeout == 60s);
    CHECK_FALSE(chosen.version);
    CHECK_FALSE(chosen.help);
}

TEST_CASE("the command line wins over the environment") {
    const with_environment set(
        {{"CORDON_JOBS", "nonsense"}, {"CORDON_FILTER", "tag(a)"}, {"CORDON_KEEP_TEMP", "1"}, {"CORDON_QUIET", "1"}});
    const options chosen = parsed({"--jobs=2", "--filter=tag(b)", "--keep-temp=false", "-v"});
    CHECK(chosen.jobs == 2);
    CHECK(chosen.filters == vector<std::string>{"tag(b)"});
    CHECK_FALSE(chosen.keep_temp);
    CHECK(chosen.verbose);
    CHECK_FALSE(chosen.quiet);
}

TEST_CASE("a wrong value from the environment names the variable") {
    const with_environment set(std::map<std::string, std::string>{{"CORDON_TIMEOUT", "soon"}});
    CHECK(error_of({}) == "CORDON_TIMEOUT 'soon': expected a duration such as 250ms, 2s, 1.5m, 1h, or seconds");
}

TEST_CASE("shard auto asks the CI system") {
    struct row {
        std::map<std::string, std::string> environment;
        std::uint32_t index, count;
    };
    const row rows[] = {
        {{{"TEST_TOTAL_SHARDS", "4"}, {"TEST_SHARD_INDEX", "0"}}, 1, 4},
        {{{"GTEST_TOTAL_SHARDS", "4"}, {"GTEST_SHARD_INDEX", "3"}}, 4, 4},
        {{{"CI_NODE_TOTAL", "3"}, {"CI_NODE_INDEX", "1"}}, 1, 3},
        {{{"CIRCLE_NODE_TOTAL", "2"}, {"CIRCLE_NODE_INDEX", "1"}}, 2, 2},
        {{{"BUILDKITE_PARALLEL_JOB_COUNT", "5"}, {"BUILDKITE_PARALLEL_JOB", "2"}}, 3, 5},
        {{{"SLURM_STEP_ID", "0"}, {"SLURM_STEP_NUM_TASKS", "8"}, {"SLURM_PROCID", "7"}}, 8, 8},
        {{{"SYSTEM_TOTALJOBSINPHASE", "3"}, {"SYSTEM_JOBPOSITIONINPHASE", "3"}}, 3, 3},
        {{{"CI_NODE_TOTAL", "1"}, {"SLURM_STEP_ID", "0"}, {"SLURM_STEP_NUM_TASKS", "2"}, {"SLURM_PROCID", "0"}}, 1, 2},
        // an array whose tasks are steps of one process each
        {{{"SLURM_ARRAY_TASK_COUNT", "3"},
          {"SLURM_ARRAY_TASK_ID", "14"},
          {"SLURM_ARRAY_TASK_MIN", "10"},
          {"SLURM_ARRAY_TASK_MAX", "14"},
          {"SLURM_ARRAY_TASK_STEP", "2"},
          {"SLURM_STEP_ID", "0"},
          {"SLURM_STEP_NUM_TASKS", "1"},
          {"SLURM_PROCID", "0"}},
         3,
         3},
        {{{"JOB_COMPLETION_INDEX", "0"}, {"CORDON_SHARD_COUNT", "4"}}, 1, 4},
        {{{"HQ_TASK_ID", "3"}, {"CORDON_SHARD_COUNT", "4"}}, 4, 4},
        // two that agree
        {{{"TEST_TOTAL_SHARDS", "4"},
          {"TEST_SHARD_INDEX", "1"},
          {"GTEST_TOTAL_SHARDS", "4"},
          {"GTEST_SHARD_INDEX", "1"}},
         2,
         4},
    };
    for (const row& each : rows) {
        const with_environment set(each.environment);
        const options chosen = parsed({"--shard=auto"});
        REQUIRE(chosen.shard);
        CHECK(chosen.shard->index == each.index);
        CHECK(chosen.shard->count == each.count);
        CHECK(parsed({"--shard=hash:auto"}).shard->by_hash);
    }
    CHECK_FALSE(parsed({"--shard=auto"}).shard);
}

TEST_CASE("shard auto tells of variables that make no sense") {
    {
        const with_environment set({{"CI_NODE_TOTAL", "3"}, {"CI_NODE_INDEX", "4"}});
        CHECK(error_of({"--shard=auto"}) ==
              "--shard 'auto': the variable CI_NODE_INDEX '4': expected 1 to 3, as CI_NODE_TOTAL is 3");
    }
    const with_environment set(std::map<std::string, std::string>{{"TEST_TOTAL_SHARDS", "x"}});
    CHECK(error_of({"--shard=auto"}) ==
          "--shard 'auto': the variable TEST_TOTAL_SHARDS 'x': expected a whole number from 1");
}

namespace {

// What every part of `count` says of itself; then the parts that --shard auto finds, in order.
vector<std::uint32_t> parts(std::uint32_t count, const char* option,
                            std::map<std::string, std::string> (*environment)(std::uint32_t index)) {
    vector<std::uint32_t> found;
    for (std::uint32_t index = 0; index < count; ++index) {
        const with_environment set(environment(index));
        const options chosen = parsed({option});
        REQUIRE(chosen.shard);
        CHECK(chosen.shard->count == count);
        found.push_back(chosen.shard->index);
    }
    std::sort(found.begin(), found.end());
    return found;
}

}  // namespace

TEST_CASE("over all parts each shard comes once, whatever a system counts from") {
    const vector<std::uint32_t> all{1, 2, 3, 4, 5};
    CHECK(parts(5, "--shard=auto/5", [](std::uint32_t i) {
              return std::map<std::string, std::string>{{"JOB_COMPLETION_INDEX", std::to_string(i)}};
          }) == all);
    CHECK(parts(5, "--shard=hash:auto/5", [](std::uint32_t i) {
              return std::map<std::string, std::string>{{"HQ_TASK_ID", std::to_string(i)}};
          }) == all);
    CHECK(parts(5, "--shard=time:auto/5", [](std::uint32_t i) {
              return std::map<std::string, std::string>{{"HQ_TASK_ID", std::to_string(i + 1)}};
          }) == all);
    CHECK(parts(5, "--shard=auto", [](std::uint32_t i) {
              return std::map<std::string, std::string>{{"SLURM_ARRAY_TASK_COUNT", "5"},
                                                        {"SLURM_ARRAY_TASK_ID", std::to_string(7 + 3 * i)},
                                                        {"SLURM_ARRAY_TASK_MIN", "7"},
                                                        {"SLURM_ARRAY_TASK_STEP", "3"}};
          }) == all);
}

TEST_CASE("shard auto finds none where no system splits the run") {
    const std::map<std::string, std::string> silent[] = {
        {},
        {{"SLURM_NTASKS", "4"}},
        {{"SLURM_NTASKS", "4"}, {"SLURM_PROCID", "0"}},  // a batch script
        {{"SLURM_STEP_ID", "0"}},
        {{"SLURM_STEP_NUM_TASKS", "4"}, {"SLURM_PROCID", "0"}},
        {{"SLURM_ARRAY_TASK_MIN", "1"}, {"SLURM_ARRAY_TASK_MAX", "4"}},
    };
    for (const auto& environment : silent) {
        const with_environment set(environment);
        const options chosen = parsed({"--shard=auto"});
        CHECK_FALSE(chosen.shard);
        CHECK(chosen.shard_not_found);
    }
    const std::map<std::string, std::string> whole[] = {
        {{"CI_NODE_TOTAL", "1"}},
        {{"CI_NODE_TOTAL", "1"}, {"CI_NODE_INDEX", "1"}},
        {{"SLURM_STEP_ID", "0"}, {"SLURM_STEP_NUM_TASKS", "1"}, {"SLURM_PROCID", "0"}},
        {{"CORDON_SHARD_COUNT", "1"}},
    };
    for (const auto& environment : whole) {
        const with_environment set(environment);
        const options chosen = parsed({"--shard=auto"});
        CHECK_FALSE(chosen.shard);
        CHECK_FALSE(chosen.shard_not_found);
    }
}

TEST_CASE("shard auto refuses half of what it needs, and contradictions") {
    struct row {
        std::map<std::string, std::string> environment;
        const char* option;
        const char* told;
    };
    const row rows[] = {
        {{{"CI_NODE_TOTAL", "3"}}, "--shard=auto", "CI_NODE_INDEX is not set"},
        {{{"CI_NODE_INDEX", "3"}}, "--shard=auto", "CI_NODE_INDEX says which part this is, but not how many there are"},
        {{{"GTEST_TOTAL_SHARDS", "3"}}, "--shard=auto", "GTEST_SHARD_INDEX is not set"},
        {{{"SLURM_STEP_NUM_TASKS", "4"}}, "--shard=auto", "SLURM_PROCID is not set"},
        {{{"SLURM_STEP_ID", "0"}, {"SLURM_STEP_NUM_TASKS", "4"}}, "--shard=auto", "SLURM_PROCID is not set"},
        {{{"SLURM_STEP_ID", "0"}, {"SLURM_PROCID", "1"}}, "--shard=auto", "SLURM_PROCID says which part this is"},
        {{{"SLURM_ARRAY_TASK_ID", "1"}, {"SLURM_ARRAY_TASK_MIN", "0"}}, "--shard=auto", "not how many there are"},
        {{{"SLURM_ARRAY_TASK_COUNT", "4"}}, "--shard=auto", "SLURM_ARRAY_TASK_ID is not set"},
        {{{"SLURM_ARRAY_TASK_COUNT", "4"}, {"SLURM_ARRAY_TASK_ID", "1"}}, "--shard=auto", "SLURM_ARRAY_TASK_MIN"},
        {{{"SLURM_ARRAY_TASK_COUNT", "2"}, {"SLURM_ARRAY_TASK_ID", "9"}, {"SLURM_ARRAY_TASK_MIN", "1"}},
         "--shard=auto",
         "SLURM_ARRAY_TASK_ID '9'"},
        {{{"JOB_COMPLETION_INDEX", "0"}}, "--shard=auto", "--shard auto/N"},
        {{{"HQ_TASK_ID", "1"}}, "--shard=auto", "CORDON_SHARD_COUNT"},
        {{{"JOB_COMPLETION_INDEX", "4"}}, "--shard=auto/4", "JOB_COMPLETION_INDEX '4': expected 0 to 3"},
        {{{"HQ_TASK_ID", "6"}}, "--shard=auto/5", "HQ_TASK_ID '6'"},
        {{}, "--shard=auto/4", "no environment variable says which one this is"},
        {{}, "--shard=auto/0", "expected I/N"},
        {{}, "--shard=auto/", "expected I/N"},
        {{}, "--shard=autos", "expected I/N"},
        {{{"CORDON_SHARD_COUNT", "4"}}, "--shard=auto", "no environment variable says which one this is"},
        {{{"CORDON_SHARD_COUNT", "x"}}, "--shard=auto", "CORDON_SHARD_COUNT 'x'"},
        {{{"CORDON_SHARD_COUNT", "0"}}, "--shard=auto", "CORDON_SHARD_COUNT '0'"},
        {{{"CI_NODE_TOTAL", ""}, {"CI_NODE_INDEX", "1"}}, "--shard=auto", "CI_NODE_TOTAL ''"},
        {{{"CI_NODE_TOTAL", "2"}, {"CI_NODE_INDEX", ""}}, "--shard=auto", "CI_NODE_INDEX ''"},
        {{{"CI_NODE_TOTAL", "0"}, {"CI_NODE_INDEX", "1"}}, "--shard=auto", "CI_NODE_TOTAL '0'"},
        {{{"CI_NODE_TOTAL", "-2"}, {"CI_NODE_INDEX", "1"}}, "--shard=auto", "CI_NODE_TOTAL '-2'"},
        {{{"CI_NODE_TOTAL", "2"}, {"CI_NODE_INDEX", "0"}}, "--shard=auto", "CI_NODE_INDEX '0'"},
        {{{"CI_NODE_TOTAL", "2"}, {"CI_NODE_INDEX", "1"}}, "--shard=auto/3", "3 parts were asked for"},
        {{{"CI_NODE_TOTAL", "2"}, {"CI_NODE_INDEX", "1"}, {"CIRCLE_NODE_TOTAL", "2"}, {"CIRCLE_NODE_INDEX", "1"}},
         "--shard=auto",
         "CI_NODE_INDEX says part 1 of 2, but the variable CIRCLE_NODE_INDEX says part 2 of 2"},
    };
    for (const row& each : rows) {
        const with_environment set(each.environment);
        const std::string told = error_of({each.option});
        CAPTURE(each.told);
        CAPTURE(told);
        CHECK(told.find(each.told) != std::string::npos);
        CHECK(told.find('\n') == std::string::npos);
    }
}

TEST_CASE("other runners' options are told what says the same here") {
    struct row {
        vector<std::string_view> arguments;
        const char* message;
    };
    const row rows[] = {
        {{"-tc=x"}, "unknown option '-tc=x'; use the pattern 'x' (see --help)"},
        {{"--dt-test-case=x*"}, "unknown option '--dt-test-case'; use the pattern 'x*' (see --help)"},
        {{"-dt-tc=x"}, "unknown option '-dt-tc=x'; use the pattern 'x' (see --help)"},
        {{"-ts=math"}, "unknown option '-ts=math'; use -f 'suite(math)' (see --help)"},
        {{"--tag", "slow"}, "unknown option '--tag'; use -f 'tag(NAME)' (see --help)"},
        {{"--tag=slow"}, "unknown option '--tag'; use -f 'tag(slow)' (see --help)"},
        {{"-t"}, "unknown option '-t'; use --list-tags (see --help)"},
        {{"-l"}, "unknown option '-l'; use --list (see --help)"},
        {{"-ltc"}, "unknown option '-ltc'; use --list (see --help)"},
        {{"--list-tests"}, "unknown option '--list-tests'; use --list (see --help)"},
        {{"--shuffle"}, "unknown option '--shuffle'; use --order random (see --help)"},
        {{"--gtest_repeat=7"}, "unknown option '--gtest_repeat'; use --stress=7 (see --help)"},
        {{"--order-by=rand"},
         "unknown option '--order-by'; use --order rand: declared, random, name, slowest, failed or given (see "
         "--help)"},
        {{"--gtest_filter=Math.*:Text.joins-Math.slow*:Math.bad"},
         "unknown option '--gtest_filter'; use 'Math/*' '=Text/joins' -x 'Math/slow*' -x '=Math/bad' (see --help)"},
        {{"--gtest_filter=-Math.*"}, "unknown option '--gtest_filter'; use -x 'Math/*' (see --help)"},
        {{"--gtest_filter"},
         "unknown option '--gtest_filter'; use patterns such as 'Suite/Name' or 'Suite/*', and -x for what follows the "
         "minus sign (see --help)"},
        {{"-r", "junit"}, "unknown option '-r'; use --report FORMAT (see --help)"},
        {{"-rjunit"}, "unknown option '-r'; use --report junit (see --help)"},
        {{"--rerun-failed"}, "unknown option '--rerun-failed'; use --failed (see --help)"},
        {{"-version"}, "unknown option '-version'; did you mean '--version'? (see --help)"},
        {{"-liist"}, "unknown option '-liist'; did you mean '--list'? (see --help)"},
        {{"--exclu=x"}, "unknown option '--exclu'; did you mean '--exclude'? (see --help)"},
        {{"--order=rand"},
         "--order 'rand': expected declared, random, name, slowest, failed or given; did you mean 'random'?"},
        {{"--order=decl"},
         "--order 'decl': expected declared, random, name, slowest, failed or given; did you mean 'declared'?"},
        {{"--order=lex"},
         "--order 'lex': expected declared, random, name, slowest, failed or given; did you mean 'name'?"},
        {{"--color=yes"}, "--color 'yes': expected auto, always or never; did you mean 'always'?"},
    };
    for (const row& each : rows) {
        CAPTURE(each.message);
        CHECK(error_of(each.arguments) == each.message);
    }
    for (const char* each :
         {"--gtest_filter=a.b-c", "-s", "-b", "-c", "-R", "-L", "--output-on-failure", "--reporters=xml", "--repeat=3",
          "-E", "-LE", "-N", "-V", "--gtest_output=xml:x", "-aa=3", "-nc"}) {
        const std::string told = error_of({each});
        CAPTURE(told);
        CHECK(told.find("; use ") != std::string::npos);
        CHECK(told.find("(see --help)") != std::string::npos);
    }
}

TEST_CASE("every hint names options that there are") {
    for (const app::foreign_row& row : app::table) {
        CAPTURE(row.spelled);
        const std::string_view text = row.instead;
        const std::size_t dashes = text.find("--");
        const bool later = text.find("--subcase") != std::string_view::npos;
        if (dashes != std::string_view::npos && !later) {
            const std::string_view rest = text.substr(dashes);
            CHECK(app::find_option(rest.substr(0, rest.find_first_of(" ,=)"))) != nullptr);
        }
        CHECK((text.find("{}") != std::string_view::npos) == (row.standard != nullptr));
        CHECK(app::find_option(row.spelled) == nullptr);
    }
}

TEST_CASE("help takes its topic as the next argument too") {
    CHECK(parsed({"--help", "timeout"}).help_topic == "timeout");
    CHECK(parsed({"-h", "--timeout"}).help_topic == "--timeout");
    CHECK(parsed({"--help", "all"}).help_topic == "all");
    CHECK(parsed({"--help", "man"}).help_topic == "man");
    CHECK(parsed({"x", "--help"}).help_topic.empty());
    CHECK(error_of({"--help", "timeot"}) == "unknown option '--timeot'; did you mean '--timeout'? (see --help)");
    CHECK(error_of({"--help=tag"}) == "unknown option '--tag'; use -f 'tag(NAME)' (see --help)");
}

TEST_CASE("numbers that are not 0 do not become 0, which would be no limit") {
    CHECK(parsed({"--timeout=0.4ns"}).timeout == cordon::engine::duration(1));
    CHECK(parsed({"--timeout=0.0000000004"}).timeout == cordon::engine::duration(1));
    CHECK(parsed({"--timeout=0.4ms"}).timeout == std::chrono::microseconds(400));
    CHECK(parsed({"--timeout=0"}).timeout == cordon::engine::duration(0));
    CHECK(parsed({"--timeout=0.000"}).timeout == cordon::engine::duration(0));
    CHECK(parsed({"--memory-limit=0.0001k"}).memory_limit == 1);
    CHECK(parsed({"--flake-threshold=0.00000001%"}).flake_threshold > 0);
    CHECK(parsed({"--retry-budget=0.1%"}).budget->amount == doctest::Approx(0.1));
    CHECK(parsed({"--retry-budget=0.00000001%"}).budget->amount > 0);
    CHECK(parsed({"--retry-budget=0%"}).budget->amount == 0);
    CHECK(error_of({"--retry-budget=1.5"}).find("expected a number of retries") != std::string::npos);
    CHECK(error_of({"--retry-budget=%"}).find("expected a number of retries") != std::string::npos);
}

TEST_CASE("Bazel's status file is kept for the run to touch") {
    const with_environment set(
        {{"TEST_TOTAL_SHARDS", "2"}, {"TEST_SHARD_INDEX", "1"}, {"TEST_SHARD_STATUS_FILE", "/x/y"}});
    CHECK(parsed({"--shard=auto"}).shard_status_file == "/x/y");
    CHECK(parsed({"--shard=1/2"}).shard_status_file.empty());
}

TEST_CASE("the table holds together") {
    for (const app::option_row& row : app::option_table) {
        CAPTURE(row.name);
        CHECK(bool(row.apply));
        CHECK((row.how == app::takes::flag) == (std::strlen(row.value) == 0));
        CHECK(std::strlen(row.line) > 0);
        CHECK(app::find_option(row.name) == &row);
        if (row.letter) CHECK(app::find_option(std::string(1, row.letter)) == &row);
    }
    CHECK(app::variable_of(*app::find_option("fail-fast")) == "CORDON_FAIL_FAST");
    CHECK(app::find_option("--") == nullptr);
    CHECK(app::find_option("") == nullptr);
}

TEST_CASE("any bytes are survived") {
    random_source random(1);
    const std::string_view pieces[] = {"--", "-",    "=",  "filter", "j",     "tag(", ")",     "|",      "&",
                                       "!",  "\xff", "\n", "9",      "hash:", "/",    "shard", "report", "json"};
    for (int round = 0; round < 20'000; ++round) {
        vector<std::string> words(random.below(4) + 1);
        for (std::string& word : words) {
            for (std::uint64_t n = random.below(6); n > 0; --n)
                word += pieces[random.below(std::size(pieces))];
        }
        const result<options> chosen = parse({words.begin(), words.end()});
        if (chosen) continue;
        CHECK_FALSE(chosen.failure().detail.empty());
        CHECK(chosen.failure().detail.find('\n') == std::string::npos);
    }
}

TEST_CASE("the history and what goes by it") {
    CHECK_FALSE(parsed({}).history.off);
    CHECK(parsed({}).history.path.empty());
    CHECK(parsed({"--history=off"}).history.off);
    CHECK(parsed({"--history", "h/file"}).history.path == "h/file");
    CHECK_FALSE(parsed({"--history", "h/file"}).history.read_only);
    CHECK(parsed({"--history=read:h"}).history.path == "h");
    CHECK(parsed({"--history=read:h"}).history.read_only);
    CHECK(error_of({"--history="}).find("expected a path, read:PATH, or off") != std::string::npos);
    CHECK(error_of({"--history=read:"}).find("expected a path, read:PATH, or off") != std::string::npos);
    CHECK(parsed({"--failed"}).failed);
    CHECK(parsed({"--order=slowest"}).order == test_order::slowest);
    CHECK(parsed({"--shard=time:2/3"}).shard->by_time);
    CHECK_FALSE(parsed({"--shard=time:2/3"}).shard->by_hash);
    CHECK(parsed({"--shard=time:2/3"}).shard->index == 2);
    CHECK_FALSE(parsed({"--shard=2/3"}).shard->by_time);
    CHECK(error_of({"--shard=tome:2/3"}).find("time:I/N, or auto") != std::string::npos);
}

TEST_CASE("--stress takes a number of runs or a time") {
    CHECK_FALSE(parsed({}).stress);
    CHECK(parsed({"--stress"}).stress);
    CHECK(parsed({"--stress"}).stress_runs == 0);
    CHECK(parsed({"--stress"}).stress_time == 0s);
    CHECK(parsed({"--stress=500"}).stress_runs == 500);
    CHECK(parsed({"--stress=500"}).stress_time == 0s);
    CHECK(parsed({"--stress=1.5m"}).stress_runs == 0);
    CHECK(parsed({"--stress=1.5m"}).stress_time == 90s);
    for (const char* nothing : {"--stress=0", "--stress=0s"})
        CHECK(error_of({nothing}).find("expected at least 1 run, a duration over 0, or off") != std::string::npos);
    CHECK_FALSE(parsed({"--stress=off"}).stress);
    CHECK_FALSE(parsed({"--stress", "--stress=false"}).stress);
    CHECK(error_of({"--stress=often"}).find("a number of runs, or a duration with its unit") != std::string::npos);
    CHECK(error_of({"--stress", "--flake-detect"}) == "--stress cannot be combined with --flake-detect");
    CHECK(error_of({"--stress", "--replay=x"}).find("cannot be combined with --stress") != std::string::npos);
}

TEST_CASE("--flake-detect takes a number of runs") {
    CHECK(parsed({"--flake-detect"}).flake_detect);
    CHECK(parsed({"--flake-detect"}).flake_runs == 0);
    CHECK(parsed({"--flake-detect=1"}).flake_detect);
    CHECK(parsed({"--flake-detect=1"}).flake_runs == 1);
    CHECK_FALSE(parsed({"--flake-detect=off"}).flake_detect);
    CHECK(error_of({"--flake-detect=0"}).find("expected at least 1 run") != std::string::npos);
    for (const char* seeks : {"--flake-detect", "--flake-diagnose"})
        CHECK(error_of({seeks, "--find-polluter=x"}) ==
              std::string(seeks) + " cannot be combined with --find-polluter");
}

TEST_CASE("conditions are kept as they were given") {
    CHECK(parsed({"--condition=umask=077", "--condition", "hogs"}).conditions ==
          vector<std::string>{"umask=077", "hogs"});
}

TEST_CASE("what --flake-diagnose varies can be chosen") {
    CHECK(parsed({"--flake-diagnose"}).flake_diagnose);
    CHECK(parsed({"--flake-diagnose"}).flake_conditions.empty());
    CHECK_FALSE(parsed({"--flake-diagnose=off"}).flake_diagnose);
    const options chosen = parsed({"--flake-diagnose=hogs,tz=UTC+3,twins"});
    CHECK(chosen.flake_diagnose);
    REQUIRE(chosen.flake_conditions.size() == 3);
    CHECK(chosen.flake_conditions[1] == "tz=UTC+3");
    CHECK(error_of({"--flake-diagnose=hog"}).find("did you mean hogs?") != std::string::npos);
    CHECK(parsed({"--list-conditions"}).list_conditions);
}

TEST_CASE("what is tried again") {
    const auto named = [](const options& chosen) {
        std::string names;
        for (std::size_t i = 0; i < retry_class_count; ++i) {
            if (chosen.retry_on.classes[i]) names += std::string(name_of(static_cast<retry_class>(i))) + " ";
        }
        for (const std::string& each : chosen.retry_on.messages)
            names += "'" + each + "' ";
        return names;
    };
    CHECK(parsed({}).retry_on.are_default());
    CHECK(named(parsed({"--retry-on=fail,timeout"})) == "fail timeout ");
    CHECK(named(parsed({"--retry-on", "all"})) == "fail crash timeout exit limit lost ");
    CHECK(named(parsed({"--retry-on=crash", "--retry-on=lost"})) == "crash lost ");
    CHECK(named(parsed({"--retry-on=exit,message:a, b|c{1,2}"})) == "exit 'a, b|c{1,2}' ");
    CHECK(named(parsed({"--retry-on=message:x", "--retry-on=message:y"})) == "'x' 'y' ");
    CHECK(error_of({"--retry-on=time"}) ==
          "--retry-on 'time': expected fail, crash, timeout, exit, limit, lost, all or message:REGEX; "
          "did you mean 'timeout'?");
    CHECK(error_of({"--retry-on=fail,crahs"}).find("did you mean 'crash'?") != std::string::npos);
    CHECK(error_of({"--retry-on=fail,"}).find("expected fail") != std::string::npos);
    CHECK(error_of({"--retry-on=message:"}).find("a regular expression after message:") != std::string::npos);
    CHECK(error_of({"--retry-on=message:a(b"}) ==
          "--retry-on 'message:a(b': in the expression 'a(b': expected ), at column 4");
}

TEST_CASE("the pace and the budget of retries") {
    CHECK(parsed({"--retry-delay=250ms"}).retry_delay == 250ms);
    CHECK(parsed({"--retry-max-delay", "1h"}).retry_max_delay == 1h);
    CHECK(parsed({}).backoff == retry_backoff::fixed);
    CHECK(parsed({"--retry-backoff=exponential"}).backoff == retry_backoff::exponential);
    CHECK(parsed({"--retry-backoff=exponential"}).backoff_thousandths == 2000);
    CHECK(parsed({"--retry-backoff=exponential:1.5"}).backoff_thousandths == 1500);
    CHECK(parsed({"--retry-backoff=exponential:1.5", "--retry-backoff=fixed"}).backoff == retry_backoff::fixed);
    for (const char* wrong : {"linear", "exponential:", "exponential:0.5", "exponential:2x", "2", "exponential:1000"})
        CHECK(error_of({"--retry-backoff", wrong}).find("exponential:FACTOR") != std::string::npos);
    CHECK(parsed({"--retry-jitter=equal"}).jitter == retry_jitter::equal);
    CHECK_FALSE(parsed({}).budget);
    CHECK(parsed({"--retry-budget=0"}).budget->amount == 0);
    CHECK_FALSE(parsed({"--retry-budget=12"}).budget->percent);
    CHECK(parsed({"--retry-budget=12%"}).budget->percent);
    for (const char* wrong : {"", "%", "-1", "5%%", "1.5", "many"})
        CHECK(error_of({"--retry-budget", wrong}).find("a number of retries") != std::string::npos);
}
