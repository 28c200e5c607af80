#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/model/options.hpp>
#include <cordon/engine/text/rerun.hpp>

#include <chrono>
#include <string>
#include <string_view>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::app {

std::string in_ms(duration value) {
    return std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(value).count()) + "ms";
}

std::string repetitions(const options& chosen) {
    if (chosen.stress) {
        std::string text = chosen.jobs == 0 ? " --stress" : " -j" + std::to_string(chosen.jobs) + " --stress";
        if (chosen.stress_runs != 0) return text + "=" + std::to_string(chosen.stress_runs);
        return chosen.stress_time != duration{0} ? text + "=" + in_ms(chosen.stress_time) : text;
    }
    if (!chosen.flake_detect && !chosen.flake_diagnose) return {};
    return chosen.flake_runs == 0 ? " --flake-detect" : " --flake-detect=" + std::to_string(chosen.flake_runs);
}

std::string limits(const options& chosen) {
    const options usual;
    std::string text;
    if (chosen.timeout != usual.timeout) text += " --timeout=" + in_ms(chosen.timeout);
    if (chosen.memory_limit != usual.memory_limit) text += " --memory-limit=" + std::to_string(chosen.memory_limit);
    if (chosen.output_limit != usual.output_limit) text += " --output-limit=" + std::to_string(chosen.output_limit);
    return text;
}

/// The options, besides the names of tests, that a command needs to show the failures of this run again: those that
/// decide how tests run and what counts as a failure. Each has a leading space.
std::string options_to_repeat(const options& chosen, const run_info& run) {
    std::string text;
    if (chosen.isolation != isolate::by_default) text += " --isolate=" + std::string(name_of(chosen.isolation));
    for (const std::string& each : chosen.subcases)
        text += " --subcase " + text::shell_word(each);
    constexpr std::string_view ways[] = {"", " --subcases=fork", " --subcases=both"};
    text += ways[static_cast<std::size_t>(chosen.way)];
    for (const std::string& each : chosen.conditions)
        text += " --condition " + text::shell_word(each);
    for (const auto& [name, value] : chosen.environment) {
        const bool is_option = name == "CORDON_EXAMPLES" || name == "CORDON_CORPUS";
        text += !is_option                  ? " --env " + text::shell_word(name + "=" + value)
                : name == "CORDON_EXAMPLES" ? " --examples=" + value
                                            : " --corpus=" + text::shell_word(value);
    }
    if (!chosen.wrapper.empty()) text += " --wrap " + text::shell_word(text::shell_line(chosen.wrapper));
    for (const std::string& each : chosen.overrides)
        text += " --overrides " + text::shell_word(each);
    text += limits(chosen);
    if (chosen.leaks == leak_policy::fail) text += " --leaks=fail";
    if (chosen.require_assertions) text += " --require-assertions";
    if (chosen.run_skipped) text += " --run-skipped";
    if (chosen.tty) text += " --tty";
    if (chosen.retries != 0) text += " --retries=" + std::to_string(chosen.retries);
    if (chosen.flaky == flaky_policy::fail) text += " --flaky=fail";
    text += repetitions(chosen);
    if (run.shuffled && run.isolation == isolate::shard) text += " --order=random";
    const bool again = chosen.stress || chosen.flake_detect || chosen.flake_diagnose || chosen.retries != 0;
    if (again || run.shuffled || chosen.seed) text += " --seed=" + std::to_string(run.seed);
    return text;
}

}  // namespace cordon::engine::app

CORDON_CHEAP_END
