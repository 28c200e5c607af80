#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/app/option_table.hpp>
#include <cordon/engine/app/parse.hpp>
#include <cordon/engine/model/conditions.hpp>
#include <cordon/engine/text/tool_versions.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

CORDON_CHEAP_BEGIN

namespace cordon::engine::app {

constexpr std::size_t page_width = 80;
constexpr std::size_t text_column = 28;

struct group_row {
    option_group group;
    const char* title;
};

constexpr group_row groups[] = {
    {option_group::select, "Select tests"}, {option_group::run, "Run"},       {option_group::retry, "Retry"},
    {option_group::output, "Output"},       {option_group::record, "Record"}, {option_group::debug, "Debug"},
    {option_group::other, "Other"},
};

/// The position at which to break a line of at most `width`: its last space, or any place in a word that is too long.
std::size_t line_end(std::string_view text, std::size_t width) {
    if (text.size() <= width) return text.size();
    const std::size_t blank = text.rfind(' ', width);
    return blank == std::string_view::npos || blank == 0 ? width : blank;
}

/// Appends `text`, wrapped, from `column` on. The caller has already filled the line up to `column`.
void add_wrapped(std::string& out, std::string_view text, std::size_t column) {
    while (true) {
        const std::size_t end = line_end(text, page_width - column);
        out += text.substr(0, end);
        out += '\n';
        text.remove_prefix(std::min(text.size(), end));
        while (!text.empty() && text.front() == ' ')
            text.remove_prefix(1);
        if (text.empty()) return;
        out.append(column, ' ');
    }
}

/// "-j, --jobs N", "    --list[=text|json]".
std::string spelling_of(const option_row& row) {
    std::string text = row.letter ? std::string("-") + row.letter + ", " : "    ";
    text += "--";
    text += row.name;
    if (row.how == takes::value) text += std::string(" ") + row.value;
    if (row.how == takes::optional_value) text += std::string("[=") + row.value + "]";
    return text;
}

/// Whether this is --report, whose values are the formats of the program.
bool is_report(const option_row& row) { return row.apply == add_report; }

void add_line(std::string& out, const option_row& row, std::string_view line) {
    const std::string spelling = "  " + spelling_of(row);
    out += spelling;
    if (spelling.size() + 2 > text_column) {
        out += '\n';
        out.append(text_column, ' ');
    } else {
        out.append(text_column - spelling.size(), ' ');
    }
    add_wrapped(out, line, text_column);
}

void add_option(std::string& out, const option_row& row) {
    add_line(out, row, is_report(row) ? row.line + (": " + report_formats()) : row.line);
}

void add_field(std::string& out, std::string_view title, std::string_view text) {
    if (text.empty()) return;
    constexpr std::size_t column = 15;
    out += "  ";
    out += title;
    out.append(column - 2 - title.size(), ' ');
    add_wrapped(out, text, column);
}

void add_formats(std::string& out) {
    std::string_view title = "Formats:";
    report::each_format([&](const report::format& each) {
        if (report::find_format(each.name) != &each) return;
        std::string text = each.name;
        text.append(text.size() < 15 ? 15 - text.size() : 0, ' ');
        add_field(out, title, text + "  " + each.line);
        title = "";
    });
}

std::string usage(std::string_view program) {
    std::string out = "Usage: ";
    out += program;
    out += " [options] [PATTERN ...]\n\n";
    add_wrapped(out,
                "Runs the tests whose suite/name contains a PATTERN, or matches a PATTERN with * or ?. "
                "Without a PATTERN it runs all tests.",
                0);
    return out;
}

struct first_row {
    const char* option;
    const char* line;  ///< shorter than the row's own line: it fits beside the option
};

/// The most used options, by their names in the table.
constexpr first_row first_page[] = {
    {"filter", "Only these: tag(NAME) suite(GLOB) file(GLOB) & | !"},
    {"exclude", "Leave out tests that the pattern selects"},
    {"failed", "Run only tests that failed in their last run"},
    {"list", "List the selected tests and run none"},
    {"order", "declared, random, name, slowest, failed or given"},
    {"shard", "Run the I-th of N parts; auto: as the CI says"},
    {"jobs", "Run up to N tests at the same time"},
    {"isolate", "Process of a test: rewind, fork, exec, shard or none"},
    {"timeout", "Time limit of a test; 0 for no limit"},
    {"fail-fast", "Stop after the first failed test, or N"},
    {"retries", "Retry a failed test up to N times"},
    {"stress", "Run tests again and again until one fails"},
    {"flake-detect", "Find flaky tests: run each many times"},
    {"report", "json, junit, html ...: see --help=report"},
    {"show-output", "Output of tests: failed, all, never or live"},
    {"quiet", "Show failures and the summary only"},
    {"verbose", "Show more of each test"},
    {"debug", "Run the one selected test in a debugger"},
};

/// The text of --help: one page with the most used options. `program` is argv[0].
std::string help_first_page(std::string_view program) {
    std::string out = usage(program) + "\n";
    for (const first_row& each : first_page)
        add_line(out, *find_option(each.option), each.line);
    out += '\n';
    add_wrapped(out,
                "--help=all lists every option, --help timeout explains one. Each option also reads a "
                "variable: --fail-fast reads CORDON_FAIL_FAST.",
                0);
    // Editors look for these words in one line.
    out += "The options of doctest and Catch2 work too: doctest version is \"";
    out += text::doctest_version;
    out += "\".\n";
    return out;
}

/// The text of --help=all.
std::string help_text(std::string_view program) {
    std::string out = usage(program);
    for (const group_row& group : groups) {
        out += '\n';
        out += group.title;
        out += ":\n";
        for (const option_row& row : option_table) {
            if (row.group == group.group) add_option(out, row);
        }
    }
    out += '\n';
    add_wrapped(out,
                "DUR is 250ms, 2s, 1.5m, 1h, or seconds. SIZE is 512k, 64M, 2G, or bytes. Each option also "
                "reads a variable: --fail-fast reads CORDON_FAIL_FAST. The command line wins.",
                0);
    return out;
}

/// The text of --help=OPTION.
std::string help_text(const option_row& row) {
    std::string out = spelling_of(row);
    out.erase(0, out.find_first_not_of(' '));
    out += "\n\n  ";
    add_wrapped(out, row.line, 2);
    if (*row.more) {
        out += "\n  ";
        add_wrapped(out, row.more, 2);
    }
    out += '\n';
    add_field(out, "Values:", row.choices);
    if (is_report(row)) add_formats(out);
    add_field(out, "Default:", *row.standard ? row.standard : "off");
    if (row.in_environment) add_field(out, "Environment:", variable_of(row));
    if (row.repeatable) add_field(out, "", "May be given several times; the variable has one value on each line.");
    return out;
}

/// The text for a command line with --help or --list-conditions.
std::string help_for(const options& chosen, std::string_view program) {
    if (chosen.list_conditions) return conditions_in_words();
    const option_row* row = find_option(chosen.help_topic);
    if (row != nullptr) return help_text(*row);
    return chosen.help_topic == "all" ? help_text(program) : help_first_page(program);
}

std::string version_text() { return "cordon " CORDON_VERSION "\n"; }

}  // namespace cordon::engine::app

CORDON_CHEAP_END
