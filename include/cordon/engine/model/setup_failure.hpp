#pragma once

#include <cordon/api/location.hpp>
#include <cordon/engine/model/outcome.hpp>

#include <string>
#include <string_view>

namespace cordon::engine {

/// How a setup ended, for the tests that need it. `exit_code` applies to a setup that has ended its process.
std::string describe_setup_end(ending how, std::string_view signal_name, int exit_code) {
    switch (how) {
        case ending::timed_out:
            return "did not end in time";
        case ending::crashed:
            return "crashed: " + std::string(signal_name);
        case ending::exited:
            return "ended the process with exit code " + std::to_string(exit_code);
        default:
            return "failed";
    }
}

/// Why a test did not run. `suite` is the suite of the setup, empty for GLOBAL_SETUP. `end` comes from
/// describe_setup_end().
failure setup_failure(std::string_view suite, const cordon::location& where, const std::string& end) {
    failure what;
    what.kind = failure_kind::setup;
    what.message = suite.empty() ? "not run: GLOBAL_SETUP " : "not run: SUITE_SETUP of " + std::string(suite) + " ";
    what.message += end;
    what.file = where.file;
    what.line = where.line;
    return what;
}

}  // namespace cordon::engine
