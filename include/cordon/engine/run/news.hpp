#pragma once

#include <cordon/engine/base/quote.hpp>
#include <cordon/engine/base/text.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/run/attempts.hpp>
#include <cordon/engine/run/results.hpp>
#include <cordon/engine/run/run_context.hpp>
#include <cordon/engine/run/run_state.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

namespace cordon::engine::run {

/// Ending tests properly may take time. Names the tests that still run, and how to kill them at once.
void tell_cancelled(const run_context& run, const run_state& state, const attempts& of, std::size_t slots) {
    constexpr std::size_t most = 5;
    std::string names;
    std::size_t running = 0;
    for (std::uint32_t slot = 0; slot < slots; ++slot) {
        if (of.in_hand(slot) == 0) continue;
        if (++running > most) continue;
        const test_info& test = run.list.tests[of.current_test(slot)];
        names += (names.empty() ? "" : ", ") +
                 quoted((test.suite.empty() ? "" : std::string(test.suite) + "/") + std::string(test.name));
    }
    if (running == 0) return;
    if (running > most) names += " and " + std::to_string(running - most) + " more";
    const bool by_key = run.world.signal(state.cancelled_by).from_keyboard;
    run.say(notice::level::warning, state.stopped_because + "; still running: " + names + "; " +
                                        (by_key ? "press Ctrl-C again" : "send the signal again") + " to kill " +
                                        (running == 1 ? "it" : "them") + " at once");
}

/// Reports the running tests.
void tell_status(const run_context& run, const attempts& of, const results& so_far, std::size_t slots) {
    const instant at = run.now();
    std::size_t running = 0;
    vector<std::string> lines;
    for (std::uint32_t slot = 0; slot < slots; ++slot) {
        const glimpse seen = run.world.look(slot);
        if (!of.owns(slot, seen.ticket)) continue;
        ++running;
        const test_info& test = run.list.tests[of.test_of(seen.ticket)];
        std::string line = duration_text(at - instant(seen.started)) + "  ";
        if (!test.suite.empty()) line += std::string(test.suite) + "/";
        line += std::string(test.name) + " (slot " + std::to_string(slot);
        if (seen.process != 0) line += ", pid " + std::to_string(seen.process);
        lines.push_back(line + ")");
    }
    run.say(notice::level::info, counted(running, "test") + (running == 1 ? " runs" : " run") + " now, " +
                                     counted(so_far.settled()) + " of " + counted(run.what.selected) + " done, after " +
                                     duration_text(at - run.settings.started));
    for (std::string& line : lines)
        run.say(notice::level::info, std::move(line));
}

}  // namespace cordon::engine::run
