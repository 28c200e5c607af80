#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/app/foreign/catch2_spec.hpp>
#include <cordon/engine/app/foreign/request.hpp>
#include <cordon/engine/base/parse.hpp>
#include <cordon/engine/base/quote.hpp>
#include <cordon/engine/base/vector.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

// Catch2's options, of versions 2 and 3. A value is the next word, or follows '=', ':' or a blank in the same word.

CORDON_CHEAP_BEGIN

namespace cordon::engine::app::foreign::catch2_words {

void list_tests(request& to, std::string_view) { to.list = "catch2"; }
void list_names(request& to, std::string_view) { to.list = "catch2-names"; }
void list_tags(request& to, std::string_view) { to.list = "catch2-tags"; }
void list_reporters(request& to, std::string_view) { to.list = "catch2-reporters"; }
void report(request& to, std::string_view value) { to.reporters.emplace_back(value); }
void out(request& to, std::string_view value) { to.out = value; }
void no_throw(request& to, std::string_view) { to.filter("!tag(!throws)"); }
void abort(request& to, std::string_view) { to.add("--fail-fast"); }
/// A number of failures for Catch2, a pattern for cordon.
void abort_after(request& to, std::string_view value) {
    const bool is_number = parse_unsigned(value, 1'000'000'000).has_value();
    to.add(is_number ? "--fail-fast" : "--exclude", value);
}
void warn(request& to, std::string_view value) {
    if (value == "NoAssertions") to.add("--require-assertions");
}
void section(request& to, std::string_view value) { to.add("--subcase", escape_glob(value)); }
void order(request& to, std::string_view value) {
    to.add("--order", value == "lex" ? "name" : value == "rand" ? "random" : value == "decl" ? "declared" : value);
}
/// "time" and "random-device" stand for any seed.
void seed(request& to, std::string_view value) {
    if (parse_unsigned(value, ~std::uint64_t{0})) to.add("--seed", value);
}
void color(request& to, std::string_view value) {
    if (value == "yes" || value == "ansi") to.add("--color=always");
    if (value == "no" || value == "none") to.add("--color=never");
}
void shard_count(request& to, std::string_view value) { to.shard_count = value; }
void shard_index(request& to, std::string_view value) { to.shard_index = value; }
void allow_empty(request& to, std::string_view) { to.add("--allow-empty"); }
void skip_benchmarks(request& to, std::string_view) { to.filter("!tag(!benchmark)"); }
/// cordon's -v takes no value.
void verbosity(request& to, std::string_view value) {
    if (value == "quiet") {
        to.list_is_bare = true;
    } else if (value == "high") {
        to.add("--verbose");
    }
}
void help(request& to, std::string_view) { to.add("--help"); }

constexpr row table[] = {
    {"list-tests", "l", value_at::nowhere, true, list_tests},
    {"list-test-names-only", nullptr, value_at::nowhere, true, list_names},
    {"list-tags", "t", value_at::nowhere, false, list_tags},
    {"list-reporters", nullptr, value_at::nowhere, true, list_reporters},
    {"reporter", "r", value_at::next_word, true, report},
    {"out", "o", value_at::next_word, false, out},
    {"success", "s", value_at::nowhere, false, ignore},
    {"break", "b", value_at::nowhere, false, ignore},
    {"nothrow", "e", value_at::nowhere, false, no_throw},
    {"invisibles", "i", value_at::nowhere, true, ignore},
    {"name", "n", value_at::next_word, false, ignore},
    {"abort", "a", value_at::nowhere, false, abort},
    {"abortx", "x", value_at::next_word, true, abort_after},
    {"warn", "w", value_at::next_word, true, warn},
    {"durations", "d", value_at::next_word, true, ignore},
    {"min-duration", "D", value_at::next_word, true, ignore},
    {"filenames-as-tags", "#", value_at::nowhere, true, ignore},
    {"section", "c", value_at::next_word, false, section},
    {"verbosity", "v", value_at::next_word, true, verbosity},
    {"order", nullptr, value_at::next_word, false, order},
    {"rng-seed", nullptr, value_at::next_word, true, seed},
    {"use-colour", nullptr, value_at::next_word, true, color},
    {"colour-mode", nullptr, value_at::next_word, true, color},
    {"wait-for-keypress", nullptr, value_at::next_word, true, ignore},
    {"benchmark-samples", nullptr, value_at::next_word, true, ignore},
    {"benchmark-resamples", nullptr, value_at::next_word, true, ignore},
    {"benchmark-confidence-interval", nullptr, value_at::next_word, true, ignore},
    {"benchmark-no-analysis", nullptr, value_at::nowhere, true, ignore},
    {"benchmark-warmup-time", nullptr, value_at::next_word, true, ignore},
    {"skip-benchmarks", nullptr, value_at::nowhere, true, skip_benchmarks},
    {"shard-count", nullptr, value_at::next_word, true, shard_count},
    {"shard-index", nullptr, value_at::next_word, true, shard_index},
    {"allow-running-no-tests", nullptr, value_at::nowhere, true, allow_empty},
    {nullptr, "?", value_at::nowhere, false, help},
};

/// "xml::out=a.xml::colour-mode=none", as version 3 writes a reporter with options.
void add_reporter(request& to, std::string_view spec) {
    const std::size_t end = std::min(spec.find("::"), spec.size());
    const std::string_view name = spec.substr(0, end);
    std::string path = to.out;
    const std::size_t out_at = spec.find("::out=");
    if (out_at != std::string_view::npos) {
        const std::string_view rest = spec.substr(out_at + 6);
        path = rest.substr(0, std::min(rest.find("::"), rest.size()));
    }
    const bool for_people = name == "compact" || name == "automake";
    add_report(to, name, name == "xml" ? "catch2-xml" : for_people ? "console" : "", path);
}

/// Version 2 has --list-test-names-only, version 3 --list-tests --verbosity quiet. The CMake module of version 2 wants
/// the number of entries as the exit code, that of version 3 wants 0, and names the reporter that it looks for.
void finish_list(request& to) {
    const bool is_xml = !to.reporters.empty() && to.reporters.front().rfind("xml", 0) == 0;
    std::string list = to.list;
    if (list == "catch2") list = to.list_is_bare ? "catch2-lines" : is_xml ? "catch2-xml" : list;
    if (list == "catch2-reporters" && to.reporters.empty()) list = "catch2-reporter-count";
    for (const std::string& each : to.reporters) {
        request checked;
        add_reporter(checked, each);
        if (!checked.complaint().empty()) to.complain(checked.complaint());
    }
    to.add("--list", list);
}

void finish_shard(request& to) {
    if (to.shard_count.empty() && to.shard_index.empty()) return;
    const std::uint64_t most = 0xFFFFFFFE;
    const optional<std::uint64_t> index = parse_unsigned(to.shard_index.empty() ? "0" : to.shard_index, most);
    if (!index) return to.complain("--shard-index " + quoted(to.shard_index) + ": expected a whole number");
    to.add("--shard", std::to_string(*index + 1) + "/" + (to.shard_count.empty() ? "1" : to.shard_count));
}

void finish(request& to) {
    spec_reader spec;
    vector<std::string> all;
    for (const std::string& each : to.specs)
        all.push_back(without_aliases(each));
    for (const std::string& each : all)
        spec.read(each);
    to.filter(spec.expression());
    if (!to.list.empty()) {
        finish_list(to);
    } else {
        if (to.reporters.empty() && !to.out.empty()) to.reporters.push_back("console");
        for (const std::string& each : to.reporters)
            add_reporter(to, each);
    }
    finish_shard(to);
    if (to.selects()) to.add("--ignore-case");
}

}  // namespace cordon::engine::app::foreign::catch2_words

CORDON_CHEAP_END
