#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/glob.hpp>
#include <cordon/engine/base/vector.hpp>

#include <cstddef>
#include <string>
#include <string_view>

// Expressions of cordon's filter language for names as other frameworks write them.

CORDON_CHEAP_BEGIN

namespace cordon::engine::app::foreign {

/// A glob of another framework, where only * and ? are special.
std::string glob_of(std::string_view text) { return escape_glob(text, "\\()"); }

std::string exact_suite(const std::string& glob) {
    const std::string inside = has_wildcard(glob) ? "" : " & !suite(" + glob + "/?*)";
    return "suite(" + glob + ")" + inside;
}

/// Tests with this name; `whole` selects those of which it is the whole name. Lists may show a test as suite/name, so
/// that a part up to a slash may also be the suite.
std::string named(const std::string& glob, const std::string& whole) {
    std::string expression = whole;
    for (std::size_t at = glob.find('/'); at != std::string::npos; at = glob.find('/', at + 1)) {
        if (at == 0 || at + 1 == glob.size()) continue;
        expression += " | " + exact_suite(glob.substr(0, at)) + " & name(" + glob.substr(at + 1) + ")";
    }
    return expression;
}

std::string any_of(const vector<std::string>& expressions) {
    std::string all;
    for (const std::string& each : expressions)
        all += (all.empty() ? "" : " | ") + each;
    return all;
}

}  // namespace cordon::engine::app::foreign

CORDON_CHEAP_END
