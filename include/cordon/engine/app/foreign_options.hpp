#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/quote.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

// Options of other test frameworks, and cordon's options with the same effect: users and scripts remember the old ones.

CORDON_CHEAP_BEGIN

namespace cordon::engine::app {

struct foreign_row {
    const char* spelled;   ///< with its dashes, without a value
    const char* instead;   ///< {} stands for the value
    const char* standard;  ///< replaces {} if the user gave no value; null if the hint has no {}
};

constexpr foreign_row table[] = {
    // lists
    {"-l", "--list", nullptr},
    {"-t", "--list-tags", nullptr},
    {"-N", "--list", nullptr},
    {"-c", "--list, or --subcase NAME for one section", nullptr},
    {"-ltc", "--list", nullptr},
    {"-lts", "--list", nullptr},
    {"-lr", "--help=report", nullptr},
    {"--count", "--list", nullptr},
    {"--collect-only", "--list", nullptr},
    {"--show-only", "--list", nullptr},
    {"--list-tests", "--list", nullptr},
    {"--list-test-cases", "--list", nullptr},
    {"--list-test-suites", "--list", nullptr},
    {"--list-test-names-only", "--list", nullptr},
    {"--list-reporters", "--help=report", nullptr},
    {"--gtest_list_tests", "--list", nullptr},
    // select
    {"-tc", "the pattern '{}'", "NAME"},
    {"--test-case", "the pattern '{}'", "NAME"},
    {"--test", "the pattern '{}'", "NAME"},
    {"--name", "the pattern '{}'", "NAME"},
    {"--only", "the pattern '{}'", "NAME"},
    {"-n", "the pattern '{}'", "NAME"},
    {"-k", "the pattern '{}'", "NAME"},
    {"-R", "the pattern '{}' (text or a glob, no regular expression)", "NAME"},
    {"--tests-regex", "the pattern '{}' (text or a glob, no regular expression)", "NAME"},
    {"--gtest_filter",
     "patterns such as 'Suite/Name' or 'Suite/"
     "*', and -x for what follows the minus sign",
     nullptr},
    {"-tce", "-x '{}'", "NAME"},
    {"--test-case-exclude", "-x '{}'", "NAME"},
    {"--skip", "-x '{}'", "NAME"},
    {"-E", "-x '{}' (text or a glob, no regular expression)", "NAME"},
    {"--exclude-regex", "-x '{}' (text or a glob, no regular expression)", "NAME"},
    {"-ts", "-f 'suite({})'", "NAME"},
    {"--test-suite", "-f 'suite({})'", "NAME"},
    {"--suite", "-f 'suite({})'", "NAME"},
    {"-tse", "-f '!suite({})'", "NAME"},
    {"--test-suite-exclude", "-f '!suite({})'", "NAME"},
    {"-sf", "-f 'file({})'", "NAME"},
    {"--source-file", "-f 'file({})'", "NAME"},
    {"-sfe", "-f '!file({})'", "NAME"},
    {"--source-file-exclude", "-f '!file({})'", "NAME"},
    {"--tag", "-f 'tag({})'", "NAME"},
    {"--tags", "-f 'tag({})'", "NAME"},
    {"-m", "-f 'tag({})', or -q for less output", "NAME"},
    {"-L", "-f 'tag({})'", "NAME"},
    {"--label-regex", "-f 'tag({})'", "NAME"},
    {"-LE", "-f '!tag({})'", "NAME"},
    {"--label-exclude", "-f '!tag({})'", "NAME"},
    {"-sc", "--subcase '{}'", "NAME"},
    {"--section", "--subcase '{}'", "NAME"},
    {"-e", "-f '!tag(!throws)'", nullptr},
    {"--nothrow", "-f '!tag(!throws)'", nullptr},
    {"--rerun-failed", "--failed", nullptr},
    {"--lf", "--failed", nullptr},
    {"--last-failed", "--failed", nullptr},
    {"--ff", "--order failed", nullptr},
    {"--failed-first", "--order failed", nullptr},
    {"--partition", "--shard I/N", nullptr},
    {"--shard-count", "--shard I/N, with I from 1", nullptr},
    {"--shard-index", "--shard I/N, with I from 1", nullptr},
    {"--allow-running-no-tests", "--allow-empty", nullptr},
    {"--gtest_also_run_disabled_tests", "tests without skip(): a skipped test is not run by any option", nullptr},
    // order
    {"-ob", "--order {}: declared, random, name, slowest, failed or given", "ORDER"},
    {"--order-by", "--order {}: declared, random, name, slowest, failed or given", "ORDER"},
    {"--shuffle", "--order random", nullptr},
    {"--schedule-random", "--order random", nullptr},
    {"--random-order", "--order random", nullptr},
    {"--gtest_shuffle", "--order random", nullptr},
    {"-rs", "--seed {}", "N"},
    {"--rand-seed", "--seed {}", "N"},
    {"--rng-seed", "--seed {}", "N"},
    {"--random-seed", "--seed {}", "N"},
    {"--gtest_random_seed", "--seed {}", "N"},
    // repeat and stop
    {"--repeat", "--stress={} (until one fails), --retries N (until it passes)", "N"},
    {"--repeat-until-fail", "--stress={}", "N"},
    {"--until-fail", "--stress={}", "N"},
    {"--loop", "--stress={}", "N"},
    {"--iterations", "--stress={}", "N"},
    {"--gtest_repeat", "--stress={}", "N"},
    {"--reruns", "--retries {}", "N"},
    {"-a", "--fail-fast", nullptr},
    {"--abort", "--fail-fast", nullptr},
    {"-aa", "--fail-fast={}", "N"},
    {"--abort-after", "--fail-fast={}", "N"},
    {"--abortx", "--fail-fast={}", "N"},
    {"--maxfail", "--fail-fast={}", "N"},
    {"--bail", "--fail-fast", nullptr},
    {"--exitfirst", "--fail-fast", nullptr},
    {"--stop-on-failure", "--fail-fast", nullptr},
    {"--gtest_fail_fast", "--fail-fast", nullptr},
    {"--no-fail-fast", "nothing: all tests are run unless --fail-fast is given", nullptr},
    // run
    {"--parallel", "--jobs {}", "N"},
    {"--threads", "--jobs {}", "N"},
    {"--test-threads", "--jobs {}", "N"},
    {"--workers", "--jobs {}", "N"},
    {"--gtest_death_test_style", "--isolate fork or --isolate exec", nullptr},
    {"-b", "--debug, which stops where an assertion fails", nullptr},
    {"--break", "--debug, which stops where an assertion fails", nullptr},
    {"--gtest_break_on_failure", "--debug, which stops where an assertion fails", nullptr},
    {"--wait-for-keypress", "--wait-for-debugger", nullptr},
    // output
    {"-r", "--report {}", "FORMAT"},
    {"--reporter", "--report {}", "FORMAT"},
    {"--reporters", "--report {}", "FORMAT"},
    {"-o", "--report FORMAT={}", "PATH"},
    {"--out", "--report FORMAT={}", "PATH"},
    {"--output", "--report FORMAT={}", "PATH"},
    {"--output-junit", "--report junit={}", "PATH"},
    {"--junit", "--report junit={}", "PATH"},
    {"--junitxml", "--report junit={}", "PATH"},
    {"--junit-xml", "--report junit={}", "PATH"},
    {"--xml", "--report junit={}", "PATH"},
    {"--gtest_output", "--report junit=PATH or --report json=PATH", nullptr},
    {"-s", "-v, or --show-output all for what passing tests print", nullptr},
    {"--success", "-v", nullptr},
    {"-d", "-v, or --slowest N", nullptr},
    {"--duration", "-v, or --slowest N", nullptr},
    {"--durations", "-v, or --slowest {}", "N"},
    {"-V", "-v", nullptr},
    {"-VV", "-v", nullptr},
    {"--extra-verbose", "-v", nullptr},
    {"--verbosity", "-v or -q", nullptr},
    {"--minimal", "-q", nullptr},
    {"-Q", "-q", nullptr},
    {"--gtest_brief", "-q", nullptr},
    {"--gtest_print_time", "-v", nullptr},
    {"--output-on-failure", "nothing: the output of failed tests is shown (see --show-output)", nullptr},
    {"--nocapture", "--no-capture", nullptr},
    {"-nc", "--color never", nullptr},
    {"--no-color", "--color never", nullptr},
    {"--no-colors", "--color never", nullptr},
    {"--force-colors", "--color always", nullptr},
    {"--colour", "--color {}", "WHEN"},
    {"--colour-mode", "--color {}", "WHEN"},
    {"--use-colour", "--color {}", "WHEN"},
    {"--gtest_color", "--color {}", "WHEN"},
};

const foreign_row* find_foreign(std::string_view spelled) {
    for (const foreign_row& row : table) {
        if (row.spelled == spelled) return &row;
    }
    return nullptr;
}

std::string filled(const foreign_row& row, std::string_view value) {
    std::string text = row.instead;
    const std::size_t at = text.find("{}");
    if (at == std::string::npos) return text;
    const std::string printable = quoted(value);
    return text.replace(at, 2, value.empty() ? row.standard : printable.substr(1, printable.size() - 2));
}

/// One pattern of GoogleTest's filter. It must match "Suite.Name" as a whole.
std::string gtest_pattern(std::string_view text) {
    std::string pattern(text);
    if (const std::size_t dot = pattern.find('.'); dot != std::string::npos) pattern[dot] = '/';
    return pattern.find_first_of("*?") == std::string::npos ? "=" + pattern : pattern;
}

/// Turns "A.b*:B.x-C.y" into "'A/b*' '=B/x' -x '=C/y'".
std::string from_gtest_filter(std::string_view filter) {
    std::string command;
    bool excludes = false;
    while (!filter.empty()) {
        const std::size_t end = std::min(filter.find_first_of(":-"), filter.size());
        if (end != 0)
            command += (command.empty() ? "" : " ") + std::string(excludes ? "-x " : "") +
                       quoted(gtest_pattern(filter.substr(0, end)));
        if (end < filter.size() && filter[end] == '-') excludes = true;
        filter.remove_prefix(std::min(end + 1, filter.size()));
    }
    return command;
}

/// True if a short option of another framework takes a value, which may follow without a space: `-rjunit`.
bool foreign_letter_takes_value(std::string_view letter) {
    const foreign_row* row = find_foreign(letter);
    return row != nullptr && row->standard != nullptr;
}

/// The cordon option to use instead of an option of doctest, Catch2, GoogleTest, ctest and others: "; use --list".
/// Empty if none of them has this option. `argument` is the whole word with its dashes and its value.
std::string foreign_hint(std::string_view argument) {
    const std::size_t sign = argument.find('=');
    std::string spelled(argument.substr(0, sign));
    const std::string_view value = sign == std::string_view::npos ? std::string_view() : argument.substr(sign + 1);
    // doctest's options also exist with a prefix: --dt-test-case, -dt-tc.
    const std::size_t prefix = spelled.find("-dt-");
    if (prefix <= 1) {
        const std::string rest = spelled.substr(prefix + 4);
        spelled = (rest.size() > 3 ? "--" : "-") + rest;
    }
    if (spelled == "--gtest_filter" && value.find_first_not_of(":-") != std::string_view::npos)
        return "; use " + from_gtest_filter(value);
    const foreign_row* row = find_foreign(spelled);
    return row ? "; use " + filled(*row, value) : std::string();
}

}  // namespace cordon::engine::app

CORDON_CHEAP_END
