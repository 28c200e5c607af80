#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/setup_plan.hpp>
#include <cordon/engine/model/test_list.hpp>

#include <string>

CORDON_CHEAP_BEGIN

namespace cordon::engine::app {

/// The registered tests of a program.
struct program_tests {
    test_list list;
    setup_plan setups;
    /// Options of another framework that a command to run a test again needs, with a space before each.
    std::string foreign_options;
    std::string overridden;                 ///< what --overrides changed that may change results
    vector<std::string> override_warnings;  ///< about rules that have no effect
};

}  // namespace cordon::engine::app

CORDON_CHEAP_END
