#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/owned.hpp>
#include <cordon/engine/base/text_output.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/sink.hpp>
#include <cordon/engine/report/as_json/document.hpp>
#include <cordon/engine/report/brief/brief.hpp>
#include <cordon/engine/report/catch2_xml.hpp>
#include <cordon/engine/report/console/console.hpp>
#include <cordon/engine/report/ctrf.hpp>
#include <cordon/engine/report/doctest_xml.hpp>
#include <cordon/engine/report/events.hpp>
#include <cordon/engine/report/github/github.hpp>
#include <cordon/engine/report/googletest/console.hpp>
#include <cordon/engine/report/googletest/documents.hpp>
#include <cordon/engine/report/html/html.hpp>
#include <cordon/engine/report/junit.hpp>
#include <cordon/engine/report/tap.hpp>
#include <cordon/engine/report/teamcity.hpp>
#include <cordon/engine/report/trace.hpp>

#include <string_view>

CORDON_CHEAP_BEGIN

namespace cordon::engine::report {

/// The settings of a report, besides the events.
struct report_setup {
    const char* name;           ///< of the format
    text::console_style style;  ///< the style for people, and whose output is shown
    /// Opens the summary of a step of GitHub Actions; null if there is none.
    owned<text_output> (*step_summary)();
};

/// How a report's text reaches its file.
enum class delivery : std::uint8_t {
    whole,    ///< written aside, and renamed when it is complete
    growing,  ///< written in place, to be read while it grows
    nowhere,  ///< the report writes no text
};

/// One word after `--report`.
struct format {
    const char* name;
    const char* line;  ///< for help
    delivery how;
    /// The output outlives the sink.
    owned<sink> (*make)(const report_setup& setup, text_output& output);
};

owned<sink> console_of(const report_setup& setup, text_output& output) { return make_console(setup.style, output); }

/// A format that only needs to know whose output to show.
template <class Report>
owned<sink> showing(const report_setup& setup, text_output& output) {
    return owned<sink>(new Report(setup.style.output, output));
}

template <class Report>
owned<sink> simple(const report_setup&, text_output& output) {
    return owned<sink>(new Report(output));
}

owned<sink> github_of(const report_setup& setup, text_output& output) {
    return owned<sink>(
        new github_report(setup.style.output, setup.step_summary != nullptr ? setup.step_summary() : nullptr, output));
}

/// All formats of cordon, in the order of help.
constexpr format formats[] = {
    {"console", "for people: failures as they come, and a summary", delivery::whole, console_of},
    {"brief", "for coding agents: causes of failures, in at most 2 kB", delivery::whole, simple<brief_report>},
    {"json", "one document with all data", delivery::whole, simple<json_document>},
    {"events", "JSON lines, one for each event as it happens", delivery::growing, simple<events_report>},
    {"junit", "XML that Jenkins, GitLab, Azure and others read", delivery::whole, showing<junit_report>},
    {"tap", "Test Anything Protocol, version 14", delivery::whole, showing<tap_report>},
    {"github", "annotations, groups and the step's summary for GitHub Actions", delivery::whole, github_of},
    {"teamcity", "TeamCity's service messages", delivery::whole, showing<teamcity_report>},
    {"ctrf", "Common Test Report Format, JSON", delivery::whole, showing<ctrf_report>},
    {"trace", "a timeline of the workers for Perfetto or chrome://tracing", delivery::whole, showing<trace_report>},
    {"html", "one page to browse, in one file", delivery::whole, simple<html_report>},
    {"doctest-xml", "doctest's XML, for editors that know it", delivery::whole, showing<doctest_xml_report>},
    {"catch2-xml", "Catch2's XML, for editors that know it", delivery::whole, showing<catch2_xml_report>},
    {"googletest", "GoogleTest's lines, for editors that know them", delivery::whole, showing<googletest_console>},
    {"googletest-xml", "what --gtest_output=xml writes", delivery::whole, simple<googletest_xml>},
    {"googletest-json", "what --gtest_output=json writes", delivery::whole, simple<googletest_json>},
};

/// A format that the program adds with CORDON_REPORTER.
struct registered_format {
    format what;
    const registered_format* next;
};

/// Set by registrations before main(), the last one first.
const registered_format* first_registered_format = nullptr;

/// Calls use(format) for each format: cordon's own, then the program's.
template <class Use>
void each_format(Use&& use) {
    for (const format& each : formats)
        use(each);
    for (const registered_format* each = first_registered_format; each != nullptr; each = each->next)
        use(each->what);
}

/// Null if there is no such format. A format of the program replaces cordon's own.
const format* find_format(std::string_view name) {
    const format* found = nullptr;
    each_format([&](const format& each) {
        if (name == each.name) found = &each;
    });
    return found;
}

/// All names, each once.
vector<std::string_view> format_names() {
    vector<std::string_view> names;
    each_format([&](const format& each) {
        if (find_format(each.name) == &each) names.emplace_back(each.name);
    });
    return names;
}

}  // namespace cordon::engine::report

CORDON_CHEAP_END
