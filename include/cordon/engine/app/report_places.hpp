#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/app/outputs.hpp>
#include <cordon/engine/base/owned.hpp>
#include <cordon/engine/base/result.hpp>
#include <cordon/engine/base/text_output.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/options.hpp>
#include <cordon/engine/os/files.hpp>
#include <cordon/engine/os/written_file.hpp>
#include <cordon/engine/report/formats.hpp>

#include <cstdlib>
#include <string>
#include <string_view>

CORDON_CHEAP_BEGIN

namespace cordon::engine::app {

bool is_set(const char* variable) {
    const char* value = std::getenv(variable);
    return value != nullptr && *value != '\0';
}

bool speaks_utf8() {
    for (const char* variable : {"LC_ALL", "LC_CTYPE", "LANG"}) {
        if (!is_set(variable)) continue;
        const std::string value = std::getenv(variable);
        return value.find("UTF-8") != std::string::npos || value.find("utf8") != std::string::npos;
    }
    return false;
}

bool is_dumb_terminal() {
    const char* name = std::getenv("TERM");
    return name == nullptr || std::string_view(name) == "dumb";
}

/// Many tools use FORCE_COLOR; CI systems set it if their logs show colors. Some set it to "0" to mean no.
bool forces_color() { return is_set("FORCE_COLOR") && std::string_view(std::getenv("FORCE_COLOR")) != "0"; }

/// The style of a console report on standard output.
text::console_style style_for(const options& chosen) {
    text::console_style style;
    const std::uint32_t width = os::terminal_width();
    const bool capable = width != 0 && !is_dumb_terminal();
    style.color = chosen.color == color_choice::always ||
                  (chosen.color == color_choice::automatic && !is_set("NO_COLOR") && (capable || forces_color()));
    style.unicode = speaks_utf8();
    style.width = width != 0 ? width : 80;
    style.progress = chosen.progress;
    if (style.progress == progress_choice::automatic)
        style.progress = capable ? progress_choice::bar : progress_choice::lines;
    style.output = chosen.output;
    style.verbose = chosen.verbose;
    style.quiet = chosen.quiet;
    style.slowest = chosen.slowest;
    return style;
}

/// Opens the summary file of a step of GitHub Actions; null elsewhere.
owned<text_output> open_step_summary() {
    const char* path = std::getenv("GITHUB_STEP_SUMMARY");
    if (path == nullptr || *path == '\0') return nullptr;
    return make_owned<written_text>(path, os::delivery::appended);
}

/// Tells Bazel that this program supports shards: touches options::shard_status_file. Does nothing if that is empty.
status announce_sharding(const std::string& path) {
    if (path.empty()) return ok();
    result<os::written_file> touched = os::written_file::open(path, os::delivery::appended);
    if (!touched) return touched.failure();
    return touched.value().commit();
}

bool goes_to_standard_output(const report_choice& report) {
    return report.path.empty() && report::find_format(report.format)->how != report::delivery::nowhere;
}

/// Warnings for reports on standard output if tests print there too. Most reports are useless then. People can still
/// read the console report, and two formats can tell their readers which lines to ignore.
vector<std::string> mixtures(const options& chosen) {
    vector<std::string> warnings;
    for (const report_choice& each : chosen.reports) {
        if (!goes_to_standard_output(each)) continue;
        bool bears_it = false;
        for (const std::string_view name : {"console", "brief", "github", "teamcity"})
            bears_it = bears_it || each.format == name;
        if (bears_it) continue;
        warnings.push_back("warning: the output of tests goes to standard output, into the " + each.format +
                           " report there; give the report a file: --report " + each.format + "=PATH");
    }
    return warnings;
}

}  // namespace cordon::engine::app

CORDON_CHEAP_END
