#pragma once

#include "run_child.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

// Questions that several process tests ask of a report.

namespace process_test {

inline const char* const isolating_modes[] = {"fork", "exec", "shard"};

/// Options for each way in which tests are apart from the run: the modes, and on an agent.
inline std::vector<std::vector<std::string>> ways_apart(const std::string& jobs = "2") {
    std::vector<std::vector<std::string>> all;
    for (const char* mode : isolating_modes)
        all.push_back({"--isolate", mode, "-j", jobs});
    all.push_back({"--agent", "env", "--agent-jobs", jobs, "-j0"});
    return all;
}

inline std::vector<std::string> with_options(std::vector<std::string> first, const std::vector<std::string>& more) {
    first.insert(first.end(), more.begin(), more.end());
    return first;
}

inline std::string full_name(const test_entry& test) {
    return test.suite.empty() ? test.name : test.suite + "/" + test.name;
}

/// The test of that full name, which must be there.
inline const test_entry& at(const report_entry& report, const std::string& name) {
    for (const test_entry& each : report.tests) {
        if (full_name(each) == name) return each;
    }
    FAIL(name << " is not in the report");
    return report.tests.front();
}

/// Full names of the report's tests, in its order; with a verdict: of those only.
inline std::vector<std::string> names_of(const report_entry& report, const std::string& verdict = "") {
    std::vector<std::string> names;
    for (const test_entry& each : report.tests) {
        if (verdict.empty() || each.verdict == verdict) names.push_back(full_name(each));
    }
    return names;
}

inline bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// The text behind `start` up to the end of its line; empty if it is not there.
inline std::string value_after(const std::string& text, const std::string& start) {
    const std::size_t at = text.find(start);
    if (at == std::string::npos) return {};
    const std::size_t from = at + start.size();
    return text.substr(from, text.find('\n', from) - from);
}

inline std::string joined(const std::vector<std::string>& parts, const std::string& between = "|") {
    std::string all;
    for (const std::string& each : parts) {
        all += (all.empty() ? "" : between) + each;
    }
    return all;
}

}  // namespace process_test
