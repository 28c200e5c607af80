#pragma once

#include <cordon/engine/base/text.hpp>
#include <cordon/engine/run/dispatcher.hpp>

#include <string>

// dispatcher: checks workers that are silent, and reports the running tests.

namespace cordon::engine::run {

// A worker answers at once, whatever its test does. If it does not answer, it was stopped from outside, or it hangs.
// Looks are counted, not seconds: if this process was itself stopped, it reads all messages that came meanwhile before
// the next look.
void dispatcher::feel_pulses(instant at) {
    last_pulse_ = at;
    for (std::uint32_t index = 0; index < slots_.size(); ++index) {
        slot& each = slots_[index];
        const bool heard = std::exchange(each.heard, false);
        if (is_stuck_in_setup(each, at)) {
            each.switching_since = at;
            condemn(index, "its setup did not end at its time limit");
        }
        if (heard || !each.greeted || !each.can_be_sent_to() || !each.is_busy()) {
            each.unanswered = 0;
        } else if (++each.unanswered > most_unanswered) {
            each.unanswered = 0;
            condemn(index, "it did not answer for " + std::to_string(most_unanswered) + " seconds: was it stopped?");
        } else {
            port_.send(index, wire::ping{});
        }
    }
}

// No message may be sent to a worker while a setup runs. The worker applies the setup's time limit itself. If it does
// not, the worker hangs.
bool dispatcher::is_stuck_in_setup(const slot& which, instant at) const {
    const duration limit = chosen_.timeout;
    return which.now_in == slot::phase::switching && limit != duration{0} &&
           at - which.switching_since > limit + chosen_.grace + start_limit;
}

void dispatcher::on_status_request() {
    const instant at = now();
    std::size_t running = 0;
    vector<std::string> lines;
    for (std::uint32_t index = 0; index < slots_.size(); ++index) {
        const glimpse seen = port_.look(index);
        if (!slots_[index].has_worker() || !slots_[index].owns(seen.ticket)) continue;
        ++running;
        const test_info& test = list_.tests[tickets_[seen.ticket].test];
        std::string line = duration_text(at - instant(seen.started)) + "  ";
        if (!test.suite.empty()) line += std::string(test.suite) + "/";
        line += std::string(test.name) + " (slot " + std::to_string(index);
        if (seen.process != 0) line += ", pid " + std::to_string(seen.process);
        lines.push_back(line + ")");
    }
    std::string first = counted(running, "test") + (running == 1 ? " runs" : " run") + " now, " +
                        counted(results_.settled()) + " of " + counted(plan_.selected) + " done, after " +
                        duration_text(at - settings_.started);
    out_.on(notice{notice::level::info, std::move(first)});
    for (std::string& line : lines) {
        out_.on(notice{notice::level::info, std::move(line)});
    }
}

}  // namespace cordon::engine::run
