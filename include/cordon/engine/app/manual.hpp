#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/app/help.hpp>
#include <cordon/engine/app/option_table.hpp>
#include <cordon/engine/app/parse.hpp>
#include <cordon/engine/report/formats.hpp>

#include <string>
#include <string_view>

CORDON_CHEAP_BEGIN

namespace cordon::engine::app {

/// Appends plain text to a manual page: escapes backslashes, a request at the beginning of a line, and minus signs, so
/// that a reader can copy them.
void add_text(std::string& out, std::string_view text) {
    if (!text.empty() && (text.front() == '.' || text.front() == '\'')) out += "\\&";
    for (const char c : text) {
        if (c == '\\') {
            out += "\\e";
        } else if (c == '-') {
            out += "\\-";
        } else {
            out += c;
        }
    }
}

void add_line(std::string& out, std::string_view text) {
    add_text(out, text);
    out += '\n';
}

/// A request with one argument.
void add_heading(std::string& out, std::string_view request, std::string_view title) {
    out += request;
    out += " \"";
    out += title;
    out += "\"\n";
}

void add_entry(std::string& out, std::string_view tag, std::string_view text) {
    out += ".TP\n\\fB";
    add_text(out, tag);
    out += "\\fR\n";
    add_line(out, text);
}

void add_manual_field(std::string& out, std::string_view name, std::string_view value) {
    if (value.empty()) return;
    out += ".br\n";
    out += name;
    out += ": ";
    add_line(out, value);
}

void add_manual_option(std::string& out, const option_row& row) {
    const std::string spelling = spelling_of(row);
    add_entry(out, std::string_view(spelling).substr(spelling.find_first_not_of(' ')), std::string(row.line) + ".");
    if (*row.more) add_line(out, row.more);
    add_manual_field(out, "Values", row.choices);
    add_manual_field(out, "Default", row.standard);
    if (row.in_environment) add_manual_field(out, "Environment", variable_of(row));
}

void add_manual_options(std::string& out) {
    add_heading(out, ".SH", "OPTIONS");
    for (const group_row& group : groups) {
        add_heading(out, ".SS", group.title);
        for (const option_row& row : option_table) {
            if (row.group == group.group) add_manual_option(out, row);
        }
    }
}

void add_manual_formats(std::string& out) {
    add_heading(out, ".SH", "REPORT FORMATS");
    report::each_format([&](const report::format& each) {
        if (report::find_format(each.name) == &each) add_entry(out, each.name, each.line);
    });
}

void add_exit_codes(std::string& out) {
    add_heading(out, ".SH", "EXIT STATUS");
    add_entry(out, "0", "Every selected test passed, was skipped, or failed as declared.");
    add_entry(out, "1", "At least one test failed.");
    add_entry(out, "2", "The command line was wrong; no test ran.");
    add_entry(out, "3", "No test was selected.");
    add_entry(
        out, "4",
        "An error of cordon itself: a worker could not be started, a report could not be written, a recording could "
        "not be read, a shard is missing from a merge.");
    add_entry(out, "128+n", "Signal n cancelled the run; the finished tests were reported.");
}

/// The text of --help=man: a manual page, for man(1).
std::string manual_page() {
    std::string out = ".TH CORDON 7 \"\" \"cordon " CORDON_VERSION "\" \"\"\n";
    add_heading(out, ".SH", "NAME");
    out += "cordon \\- run a test program that uses cordon\n";
    add_heading(out, ".SH", "SYNOPSIS");
    out += "\\fIprogram\\fR [\\fIoption\\fR ...] [\\fIPATTERN\\fR ...]\n";
    add_heading(out, ".SH", "DESCRIPTION");
    add_line(
        out,
        "Runs the tests whose suite/name contains a PATTERN, or matches a PATTERN with * or ?. Without a PATTERN it "
        "runs all tests. Every test runs in its own process: if it crashes or hangs, the other tests still run.");
    out += ".PP\n";
    add_line(out,
             "DUR is 250ms, 2s, 1.5m, 1h, or seconds. SIZE is 512k, 64M, 2G, or bytes. Most options also read an "
             "environment variable; the command line wins.");
    add_manual_options(out);
    add_manual_formats(out);
    add_exit_codes(out);
    return out;
}

}  // namespace cordon::engine::app

CORDON_CHEAP_END
