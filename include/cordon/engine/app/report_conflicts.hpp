#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/quote.hpp>
#include <cordon/engine/base/result.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/options.hpp>
#include <cordon/engine/os/written_file.hpp>
#include <cordon/engine/report/formats.hpp>

#include <string>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::app {

/// A file that the command line uses.
struct part {
    std::string what;  ///< for the message: "the report \"json\""
    os::written_place place;
};

error refusal(const std::string& option, const std::string& value, const std::string& why) {
    return error{"command line", 0, option + quoted(value) + ": expected another place: " + why};
}

/// Places that no report may write to, because it would destroy or damage other data.
vector<part> taken_places(const options& chosen, const std::string& program) {
    vector<part> taken;
    taken.push_back({"it is this program", os::find_written_place(program)});
    for (const std::string& path : chosen.replays)
        taken.push_back({"it is a recording to read", os::find_written_place(path)});
    constexpr const char* streams[] = {"standard output goes there", "standard error goes there"};
    for (int i = 0; i < 2; ++i) {
        os::written_place stream = os::find_written_place(i + 1);
        if (stream.what == os::written_place::kind::file) taken.push_back({streams[i], std::move(stream)});
    }
    return taken;
}

status claim_place(vector<part>& taken, const std::string& option, const std::string& value, const std::string& path,
                   std::string what) {
    os::written_place place = os::find_written_place(path);
    for (const part& each : taken) {
        // A descriptor of the user may lead to the same place as a standard stream; then the report is written in
        // place.
        const bool shared =
            place.what == os::written_place::kind::descriptor && each.place.what == os::written_place::kind::file;
        if (!shared && os::is_same_place(each.place, place)) return refusal(option, value, each.what);
    }
    taken.push_back({std::move(what), std::move(place)});
    return ok();
}

bool is_standard_output(const std::string& path) {
    const os::written_place place = os::find_written_place(path);
    return place.what == os::written_place::kind::descriptor && place.number == 1;
}

/// Runs before anything is written. A report whose path is another name of standard output becomes a report to standard
/// output. If two outputs lead to the same file by any path, the error names both.
status settle_report_places(options& chosen, const std::string& program) {
    vector<part> taken = taken_places(chosen, program);
    const std::string& history = chosen.history.path;
    if (!chosen.history.off && !history.empty()) {
        if (status claimed = claim_place(taken, "--history ", history, history, "the history is there"); !claimed)
            return claimed;
    }
    if (!chosen.record.empty()) {
        std::string what = "the recording goes there already";
        if (status claimed = claim_place(taken, "--record ", chosen.record, chosen.record, std::move(what)); !claimed)
            return claimed;
    }
    const report_choice* on_output = nullptr;
    for (report_choice& each : chosen.reports) {
        const std::string value = each.format + (each.path.empty() ? "" : "=" + each.path);
        if (report::find_format(each.format)->how == report::delivery::nowhere) continue;
        if (each.path.empty() || is_standard_output(each.path)) {
            if (on_output != nullptr)
                return refusal("--report ", value, "the report " + quoted(on_output->format) + " goes there already");
            each.path.clear();
            on_output = &each;
            continue;
        }
        std::string what = "the report " + quoted(each.format) + " goes there already";
        if (status claimed = claim_place(taken, "--report ", value, each.path, std::move(what)); !claimed)
            return claimed;
    }
    return ok();
}

}  // namespace cordon::engine::app

CORDON_CHEAP_END
