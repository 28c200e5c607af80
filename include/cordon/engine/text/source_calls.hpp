#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/result.hpp>
#include <cordon/engine/base/sort.hpp>
#include <cordon/engine/base/utf8.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/snapshot.hpp>
#include <cordon/engine/text/diff.hpp>
#include <cordon/engine/text/inline_literal.hpp>

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

// Finds calls of CHECK_INLINE_SNAPSHOT in C++ source and replaces their literals.

CORDON_CHEAP_BEGIN

namespace cordon::engine::text {

/// A piece of source. Only what calls are made of is told apart.
struct source_token {
    enum kind : std::uint8_t { end, blank, name, literal, raw_literal, other };
    kind what = end;
    std::string_view text{};
};

/// Splits C++ source. Nothing makes it fail: in source that does not compile, it finds other tokens.
class source_reader {
  public:
    explicit source_reader(std::string_view source) : source_(source) {}

    std::size_t at() const { return at_; }

    source_token next() {
        if (at_ == source_.size()) return {};
        const std::size_t from = at_;
        const source_token::kind what = step();
        return {what, source_.substr(from, at_ - from)};
    }

  private:
    static bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }
    char peek(std::size_t further = 0) const { return at_ + further < source_.size() ? source_[at_ + further] : '\0'; }
    void skip_to(std::size_t to) { at_ = std::min(to, source_.size()); }

    source_token::kind step() {
        const char c = peek();
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r') return ++at_, source_token::blank;
        if (c == '\\' && (peek(1) == '\n' || peek(1) == '\r')) return ++at_, source_token::blank;
        if (c == '/' && peek(1) == '/') return skip_line_comment(), source_token::blank;
        if (c == '/' && peek(1) == '*') {
            const std::size_t close = source_.find(
                "*"
                "/",
                at_ + 2);
            return skip_to(close == std::string_view::npos ? close : close + 2), source_token::blank;
        }
        if (c == '"') return skip_quotes(), source_token::literal;
        if (c == '\'') return skip_quotes(), source_token::other;
        if (std::isdigit(static_cast<unsigned char>(c)) != 0) return skip_number(), source_token::other;
        return is_word(c) ? word() : (++at_, source_token::other);
    }

    void skip_line_comment() {
        std::size_t line_end = source_.find('\n', at_);
        while (line_end != std::string_view::npos && source_[line_end - 1] == '\\')
            line_end = source_.find('\n', line_end + 1);
        skip_to(line_end);
    }

    // Up to the line end at most: an apostrophe in excluded source is no character.
    void skip_quotes() {
        const char quote = source_[at_++];
        while (at_ < source_.size() && peek() != quote && peek() != '\n')
            at_ += peek() == '\\' && at_ + 1 < source_.size() ? 2 : 1;
        if (peek() == quote) ++at_;
    }

    void skip_number() {
        while (is_word(peek()) || peek() == '.' || (peek() == '\'' && is_word(peek(1))))
            ++at_;
    }

    source_token::kind word() {
        const std::size_t from = at_;
        while (is_word(peek()))
            ++at_;
        const std::string_view found = source_.substr(from, at_ - from);
        const bool raw = found == "R" || found == "u8R" || found == "LR" || found == "uR" || found == "UR";
        const bool prefix = found == "u8" || found == "L" || found == "u" || found == "U";
        if (peek() != '"' || !(raw || prefix)) return source_token::name;
        if (raw) return skip_raw(), source_token::raw_literal;
        return skip_quotes(), source_token::literal;
    }

    void skip_raw() {
        const std::size_t open = source_.find('(', at_);
        if (open == std::string_view::npos) return skip_to(open);
        const std::string close = ")" + std::string(source_.substr(at_ + 1, open - at_ - 1)) + "\"";
        const std::size_t end = source_.find(close, open);
        skip_to(end == std::string_view::npos ? end : end + close.size());
    }

    std::string_view source_;
    std::size_t at_ = 0;
};

/// The value of a string literal. The compiler reads the line ends of Windows in a raw literal as '\n' too.
std::string literal_value(const source_token& token) {
    std::string value;
    if (token.what == source_token::raw_literal) {
        const std::size_t quote = token.text.find('"');
        const std::size_t open = token.text.find('(');
        const std::string_view inside = token.text.substr(open + 1, token.text.size() - 2 * open + quote - 2);
        for (std::size_t i = 0; i < inside.size(); ++i) {
            if (inside[i] != '\r' || inside.substr(i + 1, 1) != "\n") value += inside[i];
        }
        return value;
    }
    const std::size_t quote = token.text.find('"');
    const std::string_view inside = token.text.substr(quote + 1, token.text.size() - quote - 2);
    for (std::size_t i = 0; i < inside.size(); ++i) {
        if (inside[i] != '\\') {
            value += inside[i];
        } else if (inside[i + 1] >= '0' && inside[i + 1] <= '7') {
            unsigned byte = 0;
            for (int digits = 0; digits < 3 && i + 1 < inside.size() && inside[i + 1] >= '0' && inside[i + 1] <= '7';
                 ++digits)
                byte = byte * 8 + static_cast<unsigned>(inside[++i] - '0');
            value += static_cast<char>(byte);
        } else if (inside[i + 1] == '?') {
            value += inside[++i];
        } else if (inside[i + 1] == '\n' || inside.substr(i + 1, 2) == "\r\n") {
            i += inside[i + 1] == '\n' ? 1 : 2;
        } else {
            i += append_unescaped(value, inside.substr(i + 1));
        }
    }
    return value;
}

/// A call of CHECK_INLINE_SNAPSHOT or REQUIRE_INLINE_SNAPSHOT, with or without CORDON_ before it.
struct source_call {
    std::string_view macro;  ///< without CORDON_
    std::size_t begin = 0;   ///< of the name
    std::size_t end = 0;     ///< after the closing parenthesis
    std::uint32_t first_line = 0;
    std::uint32_t last_line = 0;
    std::string expression;   ///< without blanks and comments
    bool is_literal = false;  ///< what follows the expression is nothing but string literals
    std::size_t literal_begin = 0;
    std::size_t literal_end = 0;
    std::string value;  ///< of the literals
};

std::string without_blanks(std::string_view expression) {
    std::string text;
    source_reader from(expression);
    for (source_token token = from.next(); token.what != source_token::end; token = from.next()) {
        if (token.what != source_token::blank) text += token.text;
    }
    return text;
}

/// Reads on after the name of the macro, up to the end of the call.
bool read_call(source_reader& from, source_call& call) {
    source_token token = from.next();
    while (token.what == source_token::blank)
        token = from.next();
    if (token.text != "(") return false;
    std::size_t depth = 1;
    for (bool in_literal = false; depth != 0;) {
        const std::size_t begin = from.at();
        token = from.next();
        if (token.what == source_token::end) return false;
        if (token.what == source_token::blank) continue;
        if (token.text == "(") ++depth;
        if (token.text == ")" && --depth == 0) break;
        if (!in_literal && depth == 1 && token.text == ",") {
            in_literal = call.is_literal = true;
        } else if (!in_literal) {
            call.expression += token.text;
        } else if (token.what == source_token::literal || token.what == source_token::raw_literal) {
            if (call.literal_end == 0) call.literal_begin = begin;
            call.literal_end = from.at();
            call.value += literal_value(token);
        } else {
            call.is_literal = false;
        }
    }
    call.end = from.at();
    return call.literal_end != 0;
}

std::uint32_t lines_in(std::string_view text) {
    return static_cast<std::uint32_t>(std::count(text.begin(), text.end(), '\n'));
}

vector<source_call> inline_calls(std::string_view source) {
    vector<source_call> found;
    source_reader from(source);
    std::uint32_t line = 1;
    for (std::size_t begin = 0; true; begin = from.at()) {
        const source_token token = from.next();
        if (token.what == source_token::end) return found;
        line += lines_in(token.text);
        std::string_view name = token.text;
        if (name.substr(0, 7) == "CORDON_") name.remove_prefix(7);
        if (name != "CHECK_INLINE_SNAPSHOT" && name != "REQUIRE_INLINE_SNAPSHOT") continue;
        source_call call;
        call.macro = name;
        call.begin = begin;
        source_reader ahead = from;  // an unfinished call may hold another one
        if (!read_call(ahead, call)) continue;
        call.first_line = line;
        call.last_line = line + lines_in(source.substr(begin, call.end - begin));
        found.push_back(std::move(call));
    }
}

/// The call that a change means; null if there is none, or more than one.
const source_call* call_of(const vector<source_call>& calls, const snapshot_change& wanted) {
    std::string_view macro = wanted.macro;
    if (macro.substr(0, 7) == "CORDON_") macro.remove_prefix(7);
    const std::string expression = without_blanks(wanted.expression);
    const source_call* found = nullptr;
    for (const source_call& each : calls) {
        // Compilers name the first or the last line of a call.
        const bool here = each.first_line <= wanted.line && wanted.line <= each.last_line;
        if (!here || !each.is_literal || each.macro != macro) continue;
        if (each.value != wanted.expected || each.expression != expression) continue;
        if (found != nullptr) return nullptr;
        found = &each;
    }
    return found;
}

/// The blanks with which a line begins, and one level more.
std::string indent_below(std::string_view source, std::size_t at) {
    const std::size_t line = source.rfind('\n', at) + 1;  // npos + 1 is 0
    std::string indent;
    for (std::size_t i = line; i < at && (source[i] == ' ' || source[i] == '\t'); ++i)
        indent += source[i];
    return indent + (indent.find('\t') != std::string::npos ? "\t" : "    ");
}

/// The source with new literals, if all of their places are found and still have the literals that were compiled.
/// Everything else stays byte for byte, and new lines end as the first line does.
result<std::string> with_new_literals(const std::string& source, const vector<snapshot_change>& changes) {
    const vector<source_call> calls = inline_calls(source);
    vector<std::pair<const source_call*, std::string>> edits;
    const std::size_t first_end = source.find('\n');
    const bool windows = first_end != std::string::npos && first_end != 0 && source[first_end - 1] == '\r';
    for (const snapshot_change& each : changes) {
        const source_call* call = call_of(calls, each);
        if (call == nullptr)
            return error{
                {},
                0,
                each.macro + "(" + each.expression + ") was not found at line " + std::to_string(each.line) +
                    " with the value that was compiled: the file has changed, or the call stands in a macro, or "
                    "twice in one line"};
        std::string literal;
        for (const char c : inline_literal(each.text, indent_below(source, call->begin)))
            literal.append(c == '\n' && windows ? "\r" : "") += c;
        edits.emplace_back(call, std::move(literal));
    }
    sort(edits, [](const auto& a, const auto& b) { return a.first->begin < b.first->begin; });
    std::string made;
    std::size_t done = 0;
    for (const auto& [call, literal] : edits) {
        std::size_t begin = call->literal_begin;
        std::size_t skipped = 0;
        if (literal.front() == '\n' || literal.front() == '\r') {  // it begins in a line of its own
            while (source[begin - 1] == ' ' || source[begin - 1] == '\t')
                --begin;
            if (source[begin - 1] == '\n') skipped = literal.find('\n') + 1;
        }
        made.append(source, done, begin - done).append(literal, skipped, std::string::npos);
        done = call->literal_end;
    }
    return made.append(source, done, std::string::npos);
}

}  // namespace cordon::engine::text

CORDON_CHEAP_END
