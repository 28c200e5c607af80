#pragma once

#include "queries.hpp"

#include <unistd.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

// What the tests of the adapters share: a program with tests of another framework.

namespace process_test {

/// The package of the other framework may be missing.
inline bool program_is_here(const std::string& program, const char* packages) {
    if (::access(child_path(program).c_str(), X_OK) == 0) return true;
    MESSAGE("skipped: not installed: " << packages);
    return false;
}

/// Without a JSON report.
inline outcome run_plainly(const std::string& program, std::vector<std::string> arguments,
                           std::vector<std::pair<std::string, std::string>> environment = {}) {
    command what;
    what.program = program;
    what.arguments = std::move(arguments);
    what.environment = std::move(environment);
    what.report = false;
    return run(what);
}

/// "a failed|b passed"
inline std::string verdicts(const outcome& got) {
    std::string all;
    for (const test_entry& each : got.report.tests)
        all += (all.empty() ? "" : "|") + full_name(each) + " " + each.verdict;
    return all;
}

inline std::string all_messages(const test_entry& test) {
    std::string all;
    for (const failure_entry& each : test.last().failures)
        all += each.message + "\n";
    return all;
}

/// "a/one passed|b failed"
inline std::string leaves(const attempt_entry& attempt) {
    std::string all;
    for (const leaf_entry& each : attempt.leaves)
        all += (all.empty() ? "" : "|") + joined(each.path, "/") + " " + each.ending;
    return all;
}

/// In alphabetical order: cordon keeps tests with the same setup together.
inline std::string sorted(std::vector<std::string> names) {
    std::sort(names.begin(), names.end());
    return joined(names);
}

}  // namespace process_test
