#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/app/bazel_options.hpp>
#include <cordon/engine/app/option_table.hpp>
#include <cordon/engine/app/parse.hpp>
#include <cordon/engine/app/shard_environment.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/wire/marker.hpp>

#include <string>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::app {

/// Variables that tests must not see: a cordon program started by a test is a separate run.
vector<std::string> withheld_variables() {
    vector<std::string> names{wire::marker_name};
    for (const option_row& row : option_table) {
        names.push_back(variable_of(row));
    }
    for (const char* name : bazel_variables)
        names.emplace_back(name);
    for (std::string& name : shard_variables())
        names.push_back(std::move(name));
    return names;
}

}  // namespace cordon::engine::app

CORDON_CHEAP_END
