#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/app/apply.hpp>
#include <cordon/engine/base/shell_words.hpp>

#include <chrono>
#include <string>

CORDON_CHEAP_BEGIN

namespace cordon::engine::app {

status set_agent_jobs(options& chosen, const setting& given) {
    const optional<std::uint64_t> value = parse_unsigned(given.value, most_jobs);
    if (!value || *value == 0) return expected("a whole number from 1 to " + std::to_string(most_jobs));
    chosen.agent_jobs = static_cast<std::uint32_t>(*value);
    return ok();
}

status add_agent(options& chosen, const setting& given) {
    const optional<vector<std::string>> words = shell_words(given.value);
    if (!words) return expected("a command with all quotes closed");
    if (words->empty()) return expected("a command, such as 'ssh build2'");
    chosen.agents.emplace_back(given.value);
    return ok();
}

status set_agent_timeout(options& chosen, const setting& given) {
    const optional<duration> value = parse_duration(given.value);
    if (!value || *value < std::chrono::seconds(2)) return expected("at least 2s");
    chosen.agent_timeout = *value;
    return ok();
}

}  // namespace cordon::engine::app

CORDON_CHEAP_END
