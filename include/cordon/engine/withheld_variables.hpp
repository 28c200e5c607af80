#pragma once

#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/cli/option_table.hpp>
#include <cordon/engine/cli/parse.hpp>
#include <cordon/engine/cli/shard_environment.hpp>
#include <cordon/engine/wire/marker.hpp>

#include <string>
#include <utility>

namespace cordon::engine {

/// What tests must not find in their environment: a cordon program that a test starts is a run of its own.
vector<std::string> withheld_variables() {
    vector<std::string> names{wire::marker_name};
    for (const cli::option_row& row : cli::option_table) {
        names.push_back(cli::variable_of(row));
    }
    for (std::string& name : cli::shard_variables())
        names.push_back(std::move(name));
    return names;
}

}  // namespace cordon::engine
