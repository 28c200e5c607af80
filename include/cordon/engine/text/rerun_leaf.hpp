#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/glob.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/text/rerun.hpp>

#include <string>

CORDON_CHEAP_BEGIN

namespace cordon::engine::text {

/// " --subcase outer --subcase inner": runs only that subcase. Empty for an empty path, and for one that the option
/// cannot express.
inline std::string subcase_options(const vector<std::string>& path) {
    std::string options;
    for (const std::string& name : path) {
        if (name.empty()) return {};
        options += " --subcase " + shell_word(escape_glob(name));
    }
    return options;
}

}  // namespace cordon::engine::text

CORDON_CHEAP_END
