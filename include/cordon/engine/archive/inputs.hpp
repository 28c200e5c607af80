#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/options.hpp>

#include <cstdint>
#include <string>
#include <string_view>

CORDON_CHEAP_BEGIN

namespace cordon::engine::archive {

/// The inputs that tests get from the command line and the environment and that may change their results, as text.
/// Mixed verdicts prove that a test is flaky only among runs with equal inputs. Only environment variables that change
/// a program's behavior on every machine are included; others differ from shell to shell, and no runs would be
/// comparable. `variable` returns a variable's value, or nullptr.
template <class Variable>
std::string inputs_of(const options& chosen, isolate mode, const Variable& variable) {
    std::string text;
    const auto add = [&text](std::string_view what) { text.append(what).append(1, '\0'); };
    const auto add_number = [&add](std::uint64_t number) { add(std::to_string(number)); };
    for (const char* name :
         {"TZ", "LANG", "LC_ALL", "LC_CTYPE", "LC_NUMERIC", "LC_TIME", "MALLOC_PERTURB_", "GLIBC_TUNABLES",
          "LD_PRELOAD", "ASAN_OPTIONS", "LSAN_OPTIONS", "MSAN_OPTIONS", "TSAN_OPTIONS", "UBSAN_OPTIONS"}) {
        const char* value = variable(name);
        if (value != nullptr) add(std::string(name) + "=" + value);
    }
    for (const auto& [name, value] : chosen.environment)
        add(name + "=" + value);
    for (const std::string& word : chosen.wrapper)
        add("wrapped in " + word);
    add("");
    if (chosen.seed) add_number(*chosen.seed);
    add("");
    add_number(static_cast<std::uint64_t>(chosen.timeout.count()));
    add_number(chosen.memory_limit);
    add_number(static_cast<std::uint64_t>(chosen.leaks));
    add_number(static_cast<std::uint64_t>(chosen.update_snapshots));
    add(chosen.tty ? "tty" : chosen.capture ? "captured" : "printed");
    if (mode != isolate::shard) return text;
    // All of these decide which tests ran before in a test's process.
    add_number(chosen.jobs);
    add_number(static_cast<std::uint64_t>(chosen.order));
    for (const vector<std::string>* list : {&chosen.patterns, &chosen.filters, &chosen.excludes}) {
        for (const std::string& each : *list)
            add(each);
        add("");
    }
    if (chosen.shard) {
        add_number(chosen.shard->index);
        add_number(chosen.shard->count);
        add(chosen.shard->by_hash ? "hash" : "slice");
    }
    return text;
}

}  // namespace cordon::engine::archive

CORDON_CHEAP_END
