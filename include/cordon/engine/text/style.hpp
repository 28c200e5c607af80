#pragma once

#include <cordon/engine/model/options.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cordon::engine::text {

/// The style of a console report. The caller decides all of it: the report asks the system nothing.
struct console_style {
    bool color = false;
    bool unicode = true;     ///< otherwise the report's own marks are ASCII; what tests say stays as it is
    std::size_t width = 80;  ///< columns, if text_output::columns() is unknown
    progress_choice progress = progress_choice::lines;  ///< `bar` moves the cursor: only for terminals
    show_output output = show_output::failed;
    bool verbose = false;
    bool quiet = false;
    duration heartbeat =
        std::chrono::seconds(30);  ///< time without output, after which a line says that the run continues; 0: never
    std::uint32_t slowest = 3;     ///< how many of the slowest tests the summary names
};

/// Escapes and marks, chosen once. Without color the escapes are empty; the words are the same.
struct theme {
    std::string_view reset, bold, dim, red, green, yellow, cyan;
    std::string_view arrow, dot, ellipsis, line, full, empty;
};

theme theme_of(const console_style& style) {
    theme look;
    if (style.color) {
        look.reset = "\x1b[0m";
        look.bold = "\x1b[1m";
        look.dim = "\x1b[2m";
        look.red = "\x1b[31m";
        look.green = "\x1b[32m";
        look.yellow = "\x1b[33m";
        look.cyan = "\x1b[36m";
    }
    const bool wide = style.unicode;
    look.arrow = wide ? " \xE2\x80\xBA " : " > ";
    look.dot = wide ? " \xC2\xB7 " : " - ";
    look.ellipsis = wide ? "\xE2\x80\xA6" : "...";
    look.line = wide ? "\xE2\x94\x82" : "|";
    look.full = wide ? "\xE2\x94\x81" : "#";
    look.empty = wide ? "\xE2\x94\x80" : ".";
    return look;
}

}  // namespace cordon::engine::text
