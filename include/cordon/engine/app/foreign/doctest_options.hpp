#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/app/foreign/name_filter.hpp>
#include <cordon/engine/app/foreign/request.hpp>
#include <cordon/engine/base/parse.hpp>
#include <cordon/engine/base/vector.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

// doctest's options. A value follows '='; a flag without a value is on.

CORDON_CHEAP_BEGIN

namespace cordon::engine::app::foreign::doctest_words {

bool is_on(std::string_view value) { return parse_bool(value).value_or(true); }

template <class Make>
vector<std::string> each_of(std::string_view list, Make make) {
    vector<std::string> made;
    std::string text;
    for (std::size_t i = 0; i <= list.size(); ++i) {
        const bool at_end = i == list.size();
        if (!at_end && list[i] == '\\' && i + 1 < list.size() && (list[i + 1] == ',' || list[i + 1] == '\\')) {
            text += list[++i];
        } else if (at_end || list[i] == ',') {
            if (!text.empty()) made.push_back(make(text));
            text.clear();
        } else {
            text += list[i];
        }
    }
    return made;
}

/// In doctest a suite is no part of a name.
std::string name_of_test(const std::string& text) {
    const std::string glob = glob_of(text);
    return named(glob, "name(" + glob + ")");
}
std::string name_of_suite(const std::string& text) { return exact_suite(glob_of(text)); }
std::string name_of_file(const std::string& text) { return "file(" + glob_of(text) + ")"; }

/// `Part` makes the expression for one of the names between commas. Editors do not mark commas that belong to a name of
/// a suite, so that the whole text may also be one name.
template <std::string (*Part)(const std::string&)>
std::string alternatives(std::string_view value) {
    vector<std::string> all = each_of(value, Part);
    const std::string whole = value.empty() ? std::string() : Part(std::string(value));
    if (std::find(all.begin(), all.end(), whole) == all.end() && !value.empty()) all.push_back(whole);
    return any_of(all);
}

template <std::string (*Part)(const std::string&)>
void select(request& to, std::string_view value) {
    to.filter(alternatives<Part>(value));
}
template <std::string (*Part)(const std::string&)>
void leave_out(request& to, std::string_view value) {
    const std::string unwanted = alternatives<Part>(value);
    if (!unwanted.empty()) to.filter("!(" + unwanted + ")");
}

void list_tests(request& to, std::string_view value) {
    if (is_on(value)) to.list = "doctest";
}
void list_suites(request& to, std::string_view value) {
    if (is_on(value)) to.list = "doctest-suites";
}
void list_reporters(request& to, std::string_view value) {
    if (is_on(value)) to.list = "doctest-reporters";
}
void count(request& to, std::string_view value) {
    if (is_on(value)) to.list = "doctest-count";
}
void report(request& to, std::string_view value) {
    for (const std::string& each : each_of(value, [](const std::string& name) { return name; }))
        to.reporters.push_back(each);
}
void out(request& to, std::string_view value) { to.out = value; }
void subcases(request& to, std::string_view value) {
    to.subcases = each_of(value, [](const std::string& name) { return glob_of(name); });
}
void subcase_levels(request& to, std::string_view value) { to.subcase_levels = value; }
void leave_out_subcases(request& to, std::string_view value) {
    if (!value.empty()) to.complain("--subcase-exclude: cordon can only select subcases; use --subcase");
}
void range(request& to, std::string_view) {
    to.complain("--first and --last: cordon has no range of tests; use --shard I/N, or patterns");
}
void order(request& to, std::string_view value) {
    if (value == "rand" || value == "name") return to.add("--order", value == "rand" ? "random" : "name");
    if (value == "file" || value == "suite" || value == "none") return to.add("--order", "declared");
    to.add("--order", value);
}
/// 0 and words such as "time" stand for any seed.
void seed(request& to, std::string_view value) {
    const optional<std::uint64_t> number = parse_unsigned(value, ~std::uint64_t{0});
    if (number.value_or(0) != 0) to.add("--seed", value);
}
void stop_after(request& to, std::string_view value) {
    if (!value.empty()) to.add("--fail-fast", value);
}
void case_sensitive(request& to, std::string_view value) { to.case_matters = is_on(value); }
void quiet(request& to, std::string_view value) {
    if (is_on(value)) to.add("--quiet");
}
void no_exit_code(request& to, std::string_view value) {
    if (is_on(value)) to.add("--exit-zero");
}
void no_run(request& to, std::string_view value) {
    if (!is_on(value)) return;
    to.add("--exclude=*");
    to.add("--quiet");
}
void no_colors(request& to, std::string_view value) {
    if (is_on(value)) to.add("--color=never");
}
void colors(request& to, std::string_view value) {
    if (is_on(value)) to.add("--color=always");
}
void run_skipped(request& to, std::string_view value) {
    if (is_on(value)) to.add("--run-skipped");
}
void version(request& to, std::string_view) { to.add("--version"); }

// Options that are ignored are about the looks of doctest's console, or about what cordon does anyway.
constexpr row table[] = {
    {"list-test-cases", "ltc", value_at::sign, true, list_tests},
    {"list-test-suites", "lts", value_at::sign, true, list_suites},
    {"list-reporters", "lr", value_at::sign, false, list_reporters},
    {"count", "c", value_at::sign, true, count},
    {"test-case", "tc", value_at::sign, true, select<name_of_test>},
    {"test-case-exclude", "tce", value_at::sign, true, leave_out<name_of_test>},
    {"source-file", "sf", value_at::sign, true, select<name_of_file>},
    {"source-file-exclude", "sfe", value_at::sign, true, leave_out<name_of_file>},
    {"test-suite", "ts", value_at::sign, true, select<name_of_suite>},
    {"test-suite-exclude", "tse", value_at::sign, true, leave_out<name_of_suite>},
    {"subcase", "sc", value_at::sign_only, false, subcases},
    {"subcase-exclude", "sce", value_at::sign, true, leave_out_subcases},
    {"subcase-filter-levels", "scfl", value_at::sign, true, subcase_levels},
    {"reporters", "r", value_at::sign, true, report},
    {"out", "o", value_at::sign, false, out},
    {"order-by", "ob", value_at::sign, true, order},
    {"rand-seed", "rs", value_at::sign, true, seed},
    {"first", "f", value_at::sign_only, false, range},
    {"last", "l", value_at::sign_only, false, range},
    {"abort-after", "aa", value_at::sign, true, stop_after},
    {"success", "s", value_at::sign, false, ignore},
    {"case-sensitive", "cs", value_at::sign, true, case_sensitive},
    {"exit", "e", value_at::sign, false, ignore},
    {"duration", "d", value_at::sign, false, ignore},
    {"minimal", "m", value_at::sign, false, quiet},
    {"quiet", "q", value_at::sign, false, quiet},
    {"no-throw", "nt", value_at::sign, false, ignore},
    {"no-exitcode", "ne", value_at::sign, true, no_exit_code},
    {"no-run", "nr", value_at::sign, true, no_run},
    {"no-intro", "ni", value_at::sign, false, ignore},
    {"no-version", "nv", value_at::sign, false, ignore},
    {"no-colors", "nc", value_at::sign, false, no_colors},
    {"no-color", nullptr, value_at::sign, false, no_colors},
    {"force-colors", "fc", value_at::sign, false, colors},
    {"no-breaks", "nb", value_at::sign, true, ignore},
    {"no-skip", "ns", value_at::sign, true, run_skipped},
    {"gnu-file-line", "gfl", value_at::sign, true, ignore},
    {"no-path-filenames", "npf", value_at::sign, true, ignore},
    {"strip-file-prefixes", "sfp", value_at::sign, true, ignore},
    {"no-line-numbers", "nln", value_at::sign, true, ignore},
    {"no-debug-output", "ndo", value_at::sign, true, ignore},
    {"no-skipped-summary", "nss", value_at::sign, true, ignore},
    {"no-time-in-output", "ntio", value_at::sign, true, ignore},
    {"version", nullptr, value_at::sign, false, version},
};

void finish_subcases(request& to) {
    const bool one_a_level = to.subcase_levels == std::to_string(to.subcases.size());
    if (to.subcases.size() > 1 && !one_a_level)
        return to.complain(
            "--subcase with several names: expected --subcase-filter-levels with their number, or "
            "--subcase once for each level");
    for (const std::string& each : to.subcases)
        to.add("--subcase", each);
}

void finish(request& to) {
    finish_subcases(to);
    bool as_xml = false;
    for (const std::string& each : to.reporters)
        as_xml = as_xml || each == "xml";
    if (!to.list.empty()) {
        to.add("--list", to.list + (as_xml ? "-xml" : ""));
    } else {
        if (to.reporters.empty() && !to.out.empty()) to.reporters.push_back("console");
        for (const std::string& each : to.reporters)
            add_report(to, each, each == "xml" ? "doctest-xml" : "", to.out);
    }
    if (to.selects() && !to.case_matters) to.add("--ignore-case");
    if (to.has_option && to.patterns.empty()) to.add("--allow-empty");
}

}  // namespace cordon::engine::app::foreign::doctest_words

CORDON_CHEAP_END
