#pragma once

#include <cordon/engine/model/outcome.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace cordon::engine::text {

/// Builds lines from pieces of two streams, so that they do not tear each other's lines. A line counts as arrived when
/// its end arrives.
class line_joiner {
  public:
    /// Calls use(stream, line) for each complete line. Very long lines come in parts.
    template <class Use>
    void add(stream from, std::string_view text, Use&& use) {
        std::string& rest = rest_[static_cast<std::size_t>(from)];
        std::size_t end;
        while ((end = text.find('\n')) != std::string_view::npos) {
            const std::string_view line = text.substr(0, end);
            if (rest.empty()) {
                use(from, without_return(line));
            } else {
                rest += line;
                use(from, without_return(rest));
                rest.clear();
            }
            text.remove_prefix(end + 1);
        }
        rest += text;
        if (rest.size() > longest) give(from, use);
    }

    /// Passes on lines without an end.
    template <class Use>
    void finish(Use&& use) {
        give(stream::out, use);
        give(stream::err, use);
    }

  private:
    static constexpr std::size_t longest = 64 * 1024;

    static std::string_view without_return(std::string_view line) {
        if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
        return line;
    }

    template <class Use>
    void give(stream from, Use&& use) {
        std::string& rest = rest_[static_cast<std::size_t>(from)];
        if (!rest.empty()) use(from, std::string_view(rest));
        rest.clear();
    }

    std::string rest_[2];
};

/// Calls line(stream, text) for each line of a test's output, in order, and gap(bytes) where output is missing.
template <class Line, class Gap>
void each_output_line(const captured_output& output, Line&& line, Gap&& gap) {
    line_joiner joiner;
    for (const output_piece& piece : output.pieces) {
        if (piece.dropped_before != 0) {
            joiner.finish(line);
            gap(piece.dropped_before);
        }
        joiner.add(piece.from, piece.text, line);
    }
    joiner.finish(line);
}

}  // namespace cordon::engine::text
