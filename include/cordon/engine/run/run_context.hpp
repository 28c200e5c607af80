#pragma once

#include <cordon/engine/base/hash.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/model/plan.hpp>
#include <cordon/engine/model/setup_plan.hpp>
#include <cordon/engine/model/sink.hpp>
#include <cordon/engine/run/port.hpp>
#include <cordon/engine/run/run_settings.hpp>

#include <cstdint>
#include <string>
#include <utility>

namespace cordon::engine::run {

/// The constants of a run, for all its parts. It has effects only through the port and the sink.
struct run_context {
    const test_list& list;
    const plan& what;
    const setup_plan& setups;
    const options& chosen;
    const run_settings settings;
    port& world;
    sink& out;

    instant now() const { return world.now(); }
    duration elapsed() const { return now() - settings.started; }
    const condition& under() const { return settings.under != nullptr ? *settings.under : chosen.under; }
    test_settings settings_of(std::size_t test) const {
        return settings_for(list.tests[test], chosen, settings.isolation);
    }

    /// The seed of an attempt. Depends on the test's name, not on its position: adding a test does not change the seeds
    /// of others.
    std::uint64_t seed_of(std::size_t test, std::uint32_t number) const {
        const test_info& info = list.tests[test];
        // Every attempt of a property tries the same examples, so that one that fails is no flake.
        if (info.is_property) number = 1;
        return mix_bits(fast_hash(info.name, fast_hash(info.suite, settings.seed)) + number);
    }

    void say(notice::level how, std::string text) const { out.on(notice{how, std::move(text)}); }

    /// The end of a process: "was ended by SIGKILL", "ended with exit code 3".
    std::string describe_end(bool by_signal, int code) const {
        return by_signal ? "was ended by " + world.signal(code).name : "ended with exit code " + std::to_string(code);
    }
};

}  // namespace cordon::engine::run
