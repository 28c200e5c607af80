#pragma once

#include <cordon/engine/base/result.hpp>
#include <cordon/engine/base/vector.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

// Regular expressions, as far as a user needs them to name a message:
//
//     either = row { "|" row }
//     row    = { piece }
//     piece  = atom [ "*" | "+" | "?" | "{m}" | "{m,}" | "{m,n}" ]
//     atom   = "." | "^" | "$" | "(" either ")" | "[" set "]" | "\" character | character
//
// A dot is any byte but the end of a line, ^ and $ are the ends of a line, \d \w \s and \D \W \S the usual sets, \t \n
// a tabulator and the end of a line; any other character after a backslash is itself. Bytes are compared, so letters
// beyond ASCII match as they are written, and a dot is one byte of them.

namespace cordon::engine {

enum class regex_operation : std::uint8_t { byte, set, line_begin, line_end, fork, jump };

/// `x` and `y` are distances to the next steps, so code can be copied unchanged.
struct regex_step {
    regex_operation what;
    std::int32_t x = 1;  ///< byte: the byte; set: its index; fork, jump: where to continue
    std::int32_t y = 0;  ///< fork: the alternative
};

using regex_code = vector<regex_step>;

struct byte_set {
    std::uint64_t bits[4] = {};

    void add(unsigned char byte) { bits[byte >> 6] |= std::uint64_t{1} << (byte & 63); }
    void add_range(unsigned first, unsigned last) {
        for (unsigned byte = first; byte <= last; ++byte)
            add(static_cast<unsigned char>(byte));
    }
    void add_all(const byte_set& other) {
        for (std::size_t i = 0; i < 4; ++i)
            bits[i] |= other.bits[i];
    }
    void negate() {
        for (std::uint64_t& word : bits)
            word = ~word;
    }
    bool has(unsigned char byte) const { return (bits[byte >> 6] >> (byte & 63) & 1) != 0; }
};

struct regex_mode {
    bool whole = false;         ///< the whole text, not a part of it
    bool without_case = false;  ///< ASCII letters match in upper and lower case
};

/// A parsed regular expression. It searches with Thompson's method (1968): it follows all alternatives at once. So the
/// time is at most the size of the expression times the size of the text.
class regex {
  public:
    regex(regex_code steps, vector<byte_set> sets) : steps_(std::move(steps)), sets_(std::move(sets)) {}

    /// True if it matches somewhere in the text, or with `whole` all of it.
    bool is_in(std::string_view text, regex_mode how = {}) const {
        search run{text, how, {}, {}, vector<std::size_t>(steps_.size(), 0), {}};
        for (std::size_t at = 0;; ++at) {
            if ((at == 0 || !how.whole) && enter(0, at, run, run.now)) return true;
            if (at == text.size()) return false;
            for (const std::size_t each : run.now) {
                if (takes(steps_[each], text[at], how) && enter(each + 1, at + 1, run, run.next)) return true;
            }
            run.now.swap(run.next);
            run.next.clear();
        }
    }

  private:
    struct search {
        std::string_view text;
        regex_mode how;
        vector<std::size_t> now;     ///< steps that wait for the byte at hand
        vector<std::size_t> next;    ///< and for the one after it
        vector<std::size_t> marked;  ///< by step: the position at which it was last entered, plus one
        vector<std::size_t> open;
    };

    bool takes(const regex_step& what, char c) const {
        const auto byte = static_cast<unsigned char>(c);
        if (what.what == regex_operation::byte) return what.x == byte;
        return sets_[static_cast<std::size_t>(what.x)].has(byte);
    }

    bool takes(const regex_step& what, char c, regex_mode how) const {
        const auto small = static_cast<unsigned char>(c | 0x20);
        const bool letter = small >= 'a' && small <= 'z';
        return takes(what, c) || (how.without_case && letter && takes(what, static_cast<char>(c ^ 0x20)));
    }

    /// Follows step `first` as far as possible without taking a byte; true if the text matches.
    bool enter(std::size_t first, std::size_t at, search& run, vector<std::size_t>& to) const {
        const std::string_view text = run.text;
        vector<std::size_t>& open = run.open;
        open.push_back(first);
        while (!open.empty()) {
            const std::size_t here = open.back();
            open.pop_back();
            if (here == steps_.size()) {
                if (!run.how.whole || at == text.size()) return true;
                continue;
            }
            if (std::exchange(run.marked[here], at + 1) == at + 1) continue;
            const regex_step& step = steps_[here];
            const auto away = [here](std::int32_t by) {
                return static_cast<std::size_t>(static_cast<std::ptrdiff_t>(here) + by);
            };
            if (step.what == regex_operation::byte || step.what == regex_operation::set) {
                to.push_back(here);
            } else if (step.what == regex_operation::line_begin) {
                if (at == 0 || text[at - 1] == '\n') open.push_back(here + 1);
            } else if (step.what == regex_operation::line_end) {
                if (at == text.size() || text[at] == '\n') open.push_back(here + 1);
            } else {
                open.push_back(away(step.x));
                if (step.what == regex_operation::fork) open.push_back(away(step.y));
            }
        }
        return false;
    }

    regex_code steps_;
    vector<byte_set> sets_;
};

class parser {
  public:
    explicit parser(std::string_view text) : text_(text) {}

    result<regex> parse() {
        regex_code whole;
        if (!either(0, whole)) return std::move(failure_);
        if (at_ < text_.size()) {
            fail("this ) closes nothing");
            return std::move(failure_);
        }
        return regex(std::move(whole), std::move(sets_));
    }

  private:
    static constexpr std::size_t deepest = 50;
    static constexpr std::size_t longest = 20'000;  // steps: {m,n} can multiply
    static constexpr std::uint32_t most_repeats = 1000;

    static std::int32_t length(const regex_code& of) { return static_cast<std::int32_t>(of.size()); }

    static void append(regex_code& to, const regex_code& what) {
        for (const regex_step& each : what)
            to.push_back(each);
    }

    bool either(std::size_t depth, regex_code& out) {
        if (depth == deepest) return fail("parentheses are nested deeper than 50");
        if (!row(depth, out)) return false;
        while (take('|')) {
            regex_code other;
            if (!row(depth, other)) return false;
            regex_code joined{{regex_operation::fork, 1, length(out) + 2}};
            append(joined, out);
            joined.push_back({regex_operation::jump, length(other) + 1});
            append(joined, other);
            out.swap(joined);
        }
        return true;
    }

    bool row(std::size_t depth, regex_code& out) {
        while (at_ < text_.size() && text_[at_] != '|' && text_[at_] != ')') {
            regex_code one;
            if (!atom(depth, one) || !repeated(one)) return false;
            append(out, one);
            if (out.size() > longest) return fail("it is too long");
        }
        return true;
    }

    bool atom(std::size_t depth, regex_code& out) {
        const char c = text_[at_++];
        if (c == '(') {
            if (!either(depth + 1, out)) return false;
            return take(')') || fail("expected )");
        }
        if (c == '[') return set(out);
        if (c == '*' || c == '+' || c == '?' || c == '{') {
            --at_;
            return fail("there is nothing to repeat before this");
        }
        if (c == '^' || c == '$') {
            out.push_back({c == '^' ? regex_operation::line_begin : regex_operation::line_end});
            return true;
        }
        if (c == '.') {
            byte_set all;
            all.add('\n');
            all.negate();
            return add_set(out, all);
        }
        if (c != '\\') return add_byte(out, c);
        byte_set named;
        char literal = 0;
        if (!escape(named, literal)) return false;
        return literal != 0 ? add_byte(out, literal) : add_set(out, named);
    }

    static bool add_byte(regex_code& out, char c) {
        out.push_back({regex_operation::byte, static_cast<unsigned char>(c)});
        return true;
    }
    bool add_set(regex_code& out, const byte_set& what) {
        out.push_back({regex_operation::set, static_cast<std::int32_t>(sets_.size())});
        sets_.push_back(what);
        return true;
    }

    /// The meaning of an escape: a set of bytes, or one byte (then `literal` is not 0).
    bool escape(byte_set& named, char& literal) {
        if (at_ == text_.size()) return fail("nothing follows the backslash");
        const char c = text_[at_++];
        const char lower = static_cast<char>(c | 0x20);
        if (lower == 'd' || lower == 'w') named.add_range('0', '9');
        if (lower == 'w') {
            named.add_range('a', 'z');
            named.add_range('A', 'Z');
            named.add('_');
        }
        if (lower == 's') {
            for (const char blank : {' ', '\t', '\n', '\r', '\f', '\v'})
                named.add(static_cast<unsigned char>(blank));
        }
        if (lower == 'd' || lower == 'w' || lower == 's') {
            if (c != lower) named.negate();
        } else {
            literal = c == 'n' ? '\n' : c == 't' ? '\t' : c;
        }
        return true;
    }

    bool set(regex_code& out) {
        byte_set members;
        const bool negated = take('^');
        for (bool first = true; first || !take(']'); first = false) {
            if (at_ == text_.size()) return fail("expected ]");
            char from = text_[at_++];
            if (from == '\\') {
                byte_set named;
                char literal = 0;
                if (!escape(named, literal)) return false;
                members.add_all(named);
                if (literal == 0) continue;
                from = literal;
            }
            char to = from;
            if (at_ + 1 < text_.size() && text_[at_] == '-' && text_[at_ + 1] != ']') {
                to = text_[at_ + 1];
                at_ += 2;
            }
            if (static_cast<unsigned char>(to) < static_cast<unsigned char>(from)) return fail("the range is reversed");
            members.add_range(static_cast<unsigned char>(from), static_cast<unsigned char>(to));
        }
        if (negated) members.negate();
        return add_set(out, members);
    }

    bool repeated(regex_code& one) {
        std::uint32_t least = 1, most = 1;
        bool endless = false;
        if (take('*')) {
            least = 0;
            endless = true;
        } else if (take('+')) {
            endless = true;
        } else if (take('?')) {
            least = 0;
        } else if (take('{')) {
            if (!counts(least, most, endless)) return false;
        } else {
            return true;
        }
        return multiply(one, least, most, endless);
    }

    bool counts(std::uint32_t& least, std::uint32_t& most, bool& endless) {
        if (!number(least)) return fail("expected a number up to 1000");
        most = least;
        if (take(',')) {
            endless = at_ < text_.size() && text_[at_] == '}';
            if (!endless && !number(most)) return fail("expected a number up to 1000");
        }
        if (!take('}')) return fail("expected }");
        return most >= least || endless || fail("the numbers are reversed");
    }

    bool number(std::uint32_t& value) {
        const std::size_t start = at_;
        for (value = 0; at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9'; ++at_) {
            value = value * 10 + static_cast<std::uint32_t>(text_[at_] - '0');
            if (value > most_repeats) return false;
        }
        return at_ != start;
    }

    bool multiply(regex_code& one, std::uint32_t least, std::uint32_t most, bool endless) {
        regex_code all;
        const std::uint32_t copies = endless ? least + 1 : most;
        if ((one.size() + 2) * copies > longest) return fail("it is too long");
        for (std::uint32_t i = 0; i < copies; ++i) {
            if (i >= least) all.push_back({regex_operation::fork, 1, length(one) + (endless ? 2 : 1)});
            append(all, one);
        }
        if (endless) all.push_back({regex_operation::jump, -(length(one) + 1)});
        one.swap(all);
        return true;
    }

    bool take(char sign) {
        if (at_ == text_.size() || text_[at_] != sign) return false;
        ++at_;
        return true;
    }

    bool fail(const char* what) {
        failure_ = {"regular expression", 0, what + (", at column " + std::to_string(at_ + 1))};
        return false;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    vector<byte_set> sets_;
    error failure_;
};

/// The detail of an error says what is wrong and at which column, from 1.
result<regex> parse_regex(std::string_view text) { return parser(text).parse(); }

}  // namespace cordon::engine
