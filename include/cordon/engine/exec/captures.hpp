#pragma once

#include <cordon/api/logging.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/exec/guarded_text.hpp>
#include <cordon/engine/exec/text_sink.hpp>

#include <string_view>

namespace cordon::detail {

/// Scans source text, to tell commas between arguments from commas inside one.
class argument_scanner {
  public:
    /// True if c is a comma between arguments.
    bool separates(char c) {
        if (quote_ != 0) {
            in_quotes(c);
        } else if (c == '"' || c == '\'') {
            quote_ = c;
        } else if (c == '(' || c == '[' || c == '{') {
            ++depth_;
        } else if (c == ')' || c == ']' || c == '}') {
            --depth_;
        }
        return c == ',' && depth_ == 0 && quote_ == 0;
    }

  private:
    void in_quotes(char c) {
        if (escaped_) {
            escaped_ = false;
        } else if (c == '\\') {
            escaped_ = true;
        } else if (c == quote_) {
            quote_ = 0;
        }
    }

    int depth_ = 0;
    char quote_ = 0;
    bool escaped_ = false;
};

engine::vector<std::string_view> arguments_of(std::string_view text) {
    engine::vector<std::string_view> arguments;
    argument_scanner scanner;
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        if (i < text.size() && !scanner.separates(text[i])) continue;
        arguments.push_back(text.substr(begin, i - begin));
        begin = i + 1;
        while (begin < text.size() && text[begin] == ' ') {
            ++begin;
        }
    }
    return arguments;
}

void put_name(text_sink& out, std::string_view name) {
    out.write(name.data(), name.size());
    out << " := ";
}

message message::operator<<(const char* text) && {
    if (text == nullptr) {
        out << text;
        return *this;
    }
    const stringify_detail::guarded_text read = stringify_detail::read_text(text, 1, static_cast<std::size_t>(-1));
    out.write(read.bytes.data(), read.bytes.size());
    if (!read.ended) out << " (then memory that cannot be read)";
    return *this;
}

// If the names cannot be separated (commas between angle brackets), all names come before the values.
void write_captures(text_sink& out, const char* names, const operand_text* values, size_t count) {
    const engine::vector<std::string_view> each = arguments_of(names);
    const bool matched = each.size() == count;
    if (!matched) put_name(out, names);
    for (size_t i = 0; i < count; ++i) {
        if (i != 0) out << ", ";
        if (matched) put_name(out, each[i]);
        values[i].write(out, values[i].value);
    }
}

}  // namespace cordon::detail
