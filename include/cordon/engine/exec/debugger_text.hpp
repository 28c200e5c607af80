#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/text.hpp>

#include <string>
#include <string_view>

CORDON_CHEAP_BEGIN

namespace cordon::engine::exec {

enum class line_kind { text, frame, own_frame, noise };

// gdb writes "#3  0x0000 in cordon::engine::exec::serve (...) at ...", lldb "frame #3: 0x0000
// tests`cordon::engine::...". A program's main() only runs the framework.
inline line_kind kind_of(std::string_view line) {
    if (line.substr(0, 1) == "[" || line.substr(0, 15) == "Using host libt") return line_kind::noise;
    const std::size_t first = line.find_first_not_of(" *");
    if (first == std::string_view::npos) return line_kind::text;
    line.remove_prefix(first);
    const bool of_gdb = line.front() == '#' && line.size() > 1 && line[1] >= '0' && line[1] <= '9';
    if (!of_gdb && line.substr(0, 7) != "frame #") return line_kind::text;
    for (const std::string_view own :
         {" cordon::engine::", "`cordon::engine::", " cordon::run (", "`cordon::run(", " main ("}) {
        if (line.find(own) != std::string_view::npos) return line_kind::own_frame;
    }
    return line_kind::frame;
}

/// Removes the framework's own calls and their variables, and the debugger's messages about itself.
inline std::string trim_debugger_text(std::string_view shown) {
    std::string kept;
    bool leaving_out = false;
    while (!shown.empty()) {
        const std::string_view line = take_line(shown);
        const line_kind kind = kind_of(line);
        if (kind == line_kind::frame || line.empty() || line.substr(0, 6) == "Thread") leaving_out = false;
        if (kind == line_kind::own_frame) leaving_out = true;
        if (leaving_out || kind == line_kind::noise) continue;
        kept += line;
        kept += '\n';
    }
    return kept;
}

}  // namespace cordon::engine::exec

CORDON_CHEAP_END
