#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/app/agent_variables.hpp>
#include <cordon/engine/app/report_places.hpp>
#include <cordon/engine/model/options.hpp>
#include <cordon/engine/os/files.hpp>

CORDON_CHEAP_BEGIN

namespace cordon::engine::app {

bool runs_under_agent() {
    for (const char* variable : agent_variables) {
        if (is_set(variable)) return true;
    }
    return false;
}

/// The report on standard output if the options name none there. A coding agent pays for every line that it reads, so
/// it gets the brief report, unless the options ask for something that only the console report shows.
const char* default_report(const options& chosen) {
    const bool asks_for_more = chosen.verbose || chosen.output != show_output::failed ||
                               chosen.progress != progress_choice::automatic || chosen.stress || !chosen.capture ||
                               chosen.for_tool;
    const bool brief = os::terminal_width() == 0 && !asks_for_more && runs_under_agent();
    return brief ? "brief" : "console";
}

}  // namespace cordon::engine::app

CORDON_CHEAP_END
