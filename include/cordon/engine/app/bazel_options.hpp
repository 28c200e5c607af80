#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/app/apply.hpp>
#include <cordon/engine/app/option_row.hpp>
#include <cordon/engine/app/shard_environment.hpp>
#include <cordon/engine/base/parse.hpp>
#include <cordon/engine/model/options.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

// What a test is told by Bazel ("Test encyclopedia" in its documentation), and by remote execution systems that follow
// it. Only if BAZEL_TEST is 1. The options of the command line and of CORDON_... win.

CORDON_CHEAP_BEGIN

namespace cordon::engine::app {

bool is_run_by_bazel(environment_lookup lookup) { return value_of(lookup, "BAZEL_TEST") == "1"; }

/// A hanging test ends before Bazel ends the whole program.
status limit_as_bazel(options& chosen, environment_lookup lookup) {
    const std::string_view text = value_of(lookup, "TEST_TIMEOUT");
    if (text.empty()) return ok();
    const optional<std::uint64_t> seconds = parse_unsigned(text, 1'000'000'000);
    if (!seconds) return wrong_variable("TEST_TIMEOUT", text, "a whole number of seconds");
    const duration limit = std::chrono::milliseconds(*seconds * 800);
    if (*seconds != 0) chosen.timeout = std::min(chosen.timeout, limit);
    return ok();
}

/// Sets what the options have not set yet. Call it before they are applied.
status apply_bazel(options& chosen, environment_lookup lookup) {
    if (!is_run_by_bazel(lookup)) return ok();
    const std::string_view seed = value_of(lookup, "TEST_RANDOM_SEED");
    if (!seed.empty()) {
        chosen.seed = parse_seed(seed);
        if (!chosen.seed) return wrong_variable("TEST_RANDOM_SEED", seed, "a whole number");
    }
    if (value_of(lookup, "TESTBRIDGE_TEST_RUNNER_FAIL_FAST") == "1") chosen.fail_fast = 1;
    chosen.narrowed_to = value_of(lookup, "TESTBRIDGE_TEST_ONLY");
    // --test_filter is for all targets of a command; most of them have no such test.
    chosen.allow_empty = !chosen.narrowed_to.empty();
    chosen.premature_exit_file = value_of(lookup, "TEST_PREMATURE_EXIT_FILE");
    chosen.infrastructure_failure_file = value_of(lookup, "TEST_INFRASTRUCTURE_FAILURE_FILE");
    chosen.warnings_file = value_of(lookup, "TEST_WARNINGS_OUTPUT_FILE");
    return limit_as_bazel(chosen, lookup);
}

void add_bazel_report(options& chosen, const char* format, std::string path) {
    for (const report_choice& each : chosen.reports) {
        if (each.path == path) return;
    }
    chosen.reports.push_back({format, std::move(path)});
}

/// The shard and the reports for Bazel, where the options name none. Call it after they are applied.
status complete_for_bazel(options& chosen, environment_lookup lookup, bool shard_given) {
    if (!is_run_by_bazel(lookup)) return ok();
    const bool split = lookup("TEST_TOTAL_SHARDS") != nullptr || lookup("TEST_SHARD_INDEX") != nullptr;
    if (!shard_given && split && chosen.replays.empty()) {
        if (status set = set_shard_from_environment(chosen, lookup, nullopt); !set) return set;
    }
    const std::string xml(value_of(lookup, "XML_OUTPUT_FILE"));
    if (xml.empty()) return ok();
    add_bazel_report(chosen, "junit", xml);
    const std::string outputs(value_of(lookup, "TEST_UNDECLARED_OUTPUTS_DIR"));
    if (!outputs.empty()) add_bazel_report(chosen, "html", outputs + "/report.html");
    return ok();
}

/// Variables that tests must not see: they name files and tests of this program, and a test may start another one.
constexpr const char* bazel_variables[] = {
    "XML_OUTPUT_FILE",
    "TESTBRIDGE_TEST_ONLY",
    "TESTBRIDGE_TEST_RUNNER_FAIL_FAST",
    "TEST_PREMATURE_EXIT_FILE",
    "TEST_SHARD_STATUS_FILE",
    "GTEST_SHARD_STATUS_FILE",
    "TEST_TIMEOUT",
    "TEST_WARNINGS_OUTPUT_FILE",
    "TEST_INFRASTRUCTURE_FAILURE_FILE",
};

}  // namespace cordon::engine::app

CORDON_CHEAP_END
