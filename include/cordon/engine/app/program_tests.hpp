#pragma once

#include <cordon/engine/model/setup_plan.hpp>
#include <cordon/engine/model/test_list.hpp>

namespace cordon::engine::app {

/// The registered tests of a program.
struct program_tests {
    test_list list;
    setup_plan setups;
};

}  // namespace cordon::engine::app
