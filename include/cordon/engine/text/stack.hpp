#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/path.hpp>
#include <cordon/engine/base/text.hpp>
#include <cordon/engine/base/width.hpp>
#include <cordon/engine/model/outcome.hpp>
#include <cordon/engine/text/path_names.hpp>
#include <cordon/engine/text/wording.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

CORDON_CHEAP_BEGIN

namespace cordon::engine::text {

std::string place_of(const stack_frame& frame, const path_names& paths) {
    std::string text;
    if (frame.line != 0) {
        append_place(text, paths.name(frame.file), frame.line);
    } else if (!frame.file.empty()) {
        append_printable(text, paths.name(frame.file));
    } else if (!frame.module.empty()) {
        text = "in " + std::string(file_name_of(frame.module));
    } else if (frame.function.empty()) {
        text = "in an unknown file";
    }
    return text;
}

std::string function_of(const stack_frame& frame) {
    if (!frame.function.empty()) return frame.function;
    return hexadecimal(frame.module.empty() ? frame.address : frame.offset);
}

bool same_call(const stack_frame& a, const stack_frame& b) {
    return a.function == b.function && a.file == b.file && a.line == b.line && !a.function.empty();
}

/// A stack as lines, the innermost call first: "parse(char const*)   src/parse.cpp:41". Repeated calls become one line.
std::string stack_text(const vector<stack_frame>& frames, std::size_t most, const path_names& paths = {}) {
    constexpr std::size_t widest = 44;
    std::size_t width = 0;
    for (const stack_frame& frame : frames)
        width = std::max(width, std::min(widest, width_of(function_of(frame))));
    std::string text;
    std::size_t lines = 0;
    for (std::size_t i = 0; i < frames.size();) {
        std::size_t next = i + 1;
        while (next < frames.size() && same_call(frames[i], frames[next]))
            ++next;
        if (lines++ == most) return text + "[... " + counted(frames.size() - i, "more call") + " ...]\n";
        const std::string function = function_of(frames[i]);
        text += function;
        text.append(width > width_of(function) ? width - width_of(function) : 0, ' ');
        text += "  " + place_of(frames[i], paths);
        if (next - i > 1) text += ", " + std::to_string(next - i) + " times";
        text += '\n';
        i = next;
    }
    return text;
}

}  // namespace cordon::engine::text

CORDON_CHEAP_END
