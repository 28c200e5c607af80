#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/glob.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/parse.hpp>
#include <cordon/engine/base/quote.hpp>
#include <cordon/engine/base/result.hpp>
#include <cordon/engine/base/spelling.hpp>
#include <cordon/engine/base/text.hpp>
#include <cordon/engine/base/utf8.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/base/xml.hpp>
#include <cordon/engine/model/past.hpp>
#include <cordon/engine/model/test_list.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

// The filter language:
//
//     either  = both { "|" both }
//     both    = single { "&" single }
//     single  = "!" single | "(" either ")" | function "(" argument ")"
//
// An argument is all text up to the closing parenthesis. Parentheses inside it must be balanced, a backslash takes the
// next character as it is, and spaces around it are ignored.

CORDON_CHEAP_BEGIN

namespace cordon::engine::select {

enum class operation : std::uint8_t { name, suite, tag, file, failed, slow, all, negate, both, either };

/// One step of a filter in postfix order: a question about the test, or an operator that joins earlier answers.
struct step {
    operation what;
    std::string glob;
    duration limit{};  ///< slow()
    letter_case how = letter_case::matters;
};

struct function_row {
    std::string_view name;
    operation what;
};

// In the order of the enumeration.
constexpr function_row functions[] = {
    {"name", operation::name},     {"suite", operation::suite}, {"tag", operation::tag}, {"file", operation::file},
    {"failed", operation::failed}, {"slow", operation::slow},   {"all", operation::all},
};

/// A name also matches as lists and reports for tools spell it, if it has characters that these cannot hold.
bool name_matches(const step& look, std::string_view name) {
    if (glob_matches(look.glob, name, look.how)) return true;
    const bool may_be_spelled = look.glob.find("\\\\") != std::string::npos;
    return may_be_spelled && !is_plain(name) &&
           (glob_matches(look.glob, printable(name), look.how) ||
            glob_matches(look.glob, spelled_for_xml(name), look.how));
}

/// A suite is also selected by the name of a suite around it.
bool suite_matches(const step& look, std::string_view path) {
    if (name_matches(look, path)) return true;
    for (std::size_t slash = path.find('/'); slash != std::string_view::npos; slash = path.find('/', slash + 1)) {
        if (name_matches(look, path.substr(0, slash))) return true;
    }
    return false;
}

/// Matches the whole path of a file, or the end of it after a '/', as in file(sum.cpp).
bool file_matches(const step& look, std::string_view path) {
    if (glob_matches(look.glob, path, look.how)) return true;
    for (std::size_t i = 0; i < path.size(); ++i) {
        if ((path[i] == '/' || path[i] == '\\') && glob_matches(look.glob, path.substr(i + 1), look.how)) return true;
    }
    return false;
}

bool has_tag(const step& look, const test_info& test) {
    for (std::string_view tag : test.tags) {
        if (glob_matches(look.glob, tag, look.how)) return true;
    }
    return false;
}

bool matches(const step& look, const test_info& test, const test_past& earlier) {
    switch (look.what) {
        case operation::name:
            return name_matches(look, test.name);
        case operation::suite:
            return suite_matches(look, test.suite);
        case operation::tag:
            return has_tag(look, test);
        case operation::file:
            return file_matches(look, test.file);
        case operation::failed:
            return earlier.failed_last;
        case operation::slow:
            return earlier.timed != 0 && earlier.typical > look.limit;
        default:
            return true;
    }
}

/// In increasing order: `a | b` is the greater of both.
enum class answer : std::uint8_t { no, yes, asked_for };

answer both_of(answer left, answer right) {
    return left == answer::no || right == answer::no ? answer::no : std::max(left, right);
}

answer answer_of(const step& look, const test_info& test, const test_past& earlier) {
    if (!matches(look, test, earlier)) return answer::no;
    const bool asks = look.what <= operation::file || look.what == operation::failed;
    return asks ? answer::asked_for : answer::yes;
}

/// A parsed expression of the filter language. Made by parse_filter.
class filter {
  public:
    explicit filter(vector<step> steps) : steps_(std::move(steps)) {}

    void compare(letter_case how) {
        for (step& each : steps_)
            each.how = how;
    }

    /// True if it needs the results of earlier runs.
    bool wants_past() const {
        return std::any_of(steps_.begin(), steps_.end(), [](const step& step) {
            return step.what == operation::failed || step.what == operation::slow;
        });
    }

    /// A hidden test is selected only by a function that names it: not by all(), and not by a negation.
    bool selects(const test_info& test, const test_past& earlier = {}) const {
        vector<answer> answers;
        for (const step& each : steps_) {
            if (each.what == operation::negate) {
                answers.back() = answers.back() == answer::no ? answer::yes : answer::no;
            } else if (each.what == operation::both || each.what == operation::either) {
                const answer right = answers.back();
                answers.pop_back();
                answers.back() =
                    each.what == operation::both ? both_of(answers.back(), right) : std::max(answers.back(), right);
            } else {
                answers.push_back(answer_of(each, test, earlier));
            }
        }
        return answers.back() >= (test.hidden ? answer::asked_for : answer::yes);
    }

    /// Calls `see` for each part that examines a test's name, suite, tags or file: with its function, its argument, and
    /// a check whether it matches a test.
    template <class See>
    void each_part(See see) const {
        for (const step& each : steps_) {
            if (each.what > operation::file) continue;
            see(functions[static_cast<std::size_t>(each.what)].name, std::string_view(each.glob),
                [&each](const test_info& test) { return matches(each, test, {}); });
        }
    }

  private:
    vector<step> steps_;
};

class parser {
  public:
    explicit parser(std::string_view text) : text_(text) {}

    result<filter> parse() {
        if (!either(0)) return std::move(failure_);
        skip_blanks();
        if (at_ < text_.size()) {
            fail("expected &, | or the end" + found());
            return std::move(failure_);
        }
        return filter(std::move(steps_));
    }

  private:
    /// Deeper than anyone writes, and far from the end of the stack.
    static constexpr std::size_t deepest = 100;

    bool either(std::size_t depth) { return joined<&parser::both>('|', operation::either, depth); }
    bool both(std::size_t depth) { return joined<&parser::single>('&', operation::both, depth); }

    template <bool (parser::*Operand)(std::size_t)>
    bool joined(char sign, operation what, std::size_t depth) {
        if (!(this->*Operand)(depth)) return false;
        while (take(sign)) {
            if (!(this->*Operand)(depth)) return false;
            steps_.push_back({what, {}, {}, {}});
        }
        return true;
    }

    bool single(std::size_t depth) {
        if (depth == deepest) return fail("parentheses or ! are nested deeper than 100");
        if (take('!')) {
            if (!single(depth + 1)) return false;
            steps_.push_back({operation::negate, {}, {}, {}});
            return true;
        }
        if (!take('(')) return function();
        return either(depth + 1) && close();
    }

    bool function() {
        const std::size_t start = at_;
        while (at_ < text_.size() && is_letter(text_[at_]))
            ++at_;
        const std::string_view word = text_.substr(start, at_ - start);
        if (word.empty()) return fail("expected a function such as name(...), ! or a parenthesis" + found());
        const function_row* known = find(word);
        if (!known) {
            at_ = start;
            return fail_unknown(word);
        }
        if (!take('(')) return fail("expected ( after " + std::string(word) + found());
        return argument(*known);
    }

    bool argument(const function_row& of) {
        const std::size_t start = at_;
        const std::size_t end = end_of_argument();
        if (end == std::string_view::npos) {
            at_ = text_.size();
            return fail("expected ) to close " + std::string(of.name) + "(" + found());
        }
        const std::string_view glob = trimmed(text_.substr(start, end - start));
        const bool wants_text = of.what != operation::all && of.what != operation::failed;
        if (wants_text && glob.empty())
            return fail(std::string(of.name) + "() needs something between its parentheses");
        if (!wants_text && !glob.empty())
            return fail(std::string(of.name) + "() takes nothing between its parentheses");
        const optional<duration> limit =
            of.what == operation::slow ? parse_duration(glob) : optional<duration>(duration::zero());
        if (!limit) return fail("slow() needs a duration such as 250ms, 2s or 1.5m, found " + quoted(glob));
        steps_.push_back({of.what, std::string(glob), *limit, {}});
        at_ = end + 1;
        return true;
    }

    std::size_t end_of_argument() const {
        std::size_t open = 0;
        for (std::size_t i = at_; i < text_.size(); ++i) {
            if (text_[i] == '\\') {
                ++i;
            } else if (text_[i] == '(') {
                ++open;
            } else if (text_[i] == ')' && open-- == 0) {
                return i;
            }
        }
        return std::string_view::npos;
    }

    bool close() { return take(')') || fail("expected &, | or )" + found()); }

    static const function_row* find(std::string_view word) {
        for (const function_row& row : functions) {
            if (row.name == word) return &row;
        }
        return nullptr;
    }

    bool fail_unknown(std::string_view word) {
        vector<std::string_view> names;
        for (const function_row& row : functions)
            names.push_back(row.name);
        const std::string_view near = nearest(word, names);
        std::string what = "unknown function " + quoted(word);
        if (!near.empty()) what += ", did you mean " + quoted(near) + "?";
        return fail(what + " (there are name, suite, tag, file, failed, slow and all)");
    }

    static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
    static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-'; }

    /// A space at the end stays if a backslash protects it.
    static std::string_view trimmed(std::string_view text) {
        while (!text.empty() && is_blank(text.front()))
            text.remove_prefix(1);
        while (!text.empty() && is_blank(text.back()) && !(text.size() > 1 && text[text.size() - 2] == '\\')) {
            text.remove_suffix(1);
        }
        return text;
    }

    void skip_blanks() {
        while (at_ < text_.size() && is_blank(text_[at_]))
            ++at_;
    }

    bool take(char sign) {
        skip_blanks();
        if (at_ == text_.size() || text_[at_] != sign) return false;
        ++at_;
        return true;
    }

    std::string found() const {
        return at_ == text_.size() ? std::string(", found the end") : ", found " + quoted(text_.substr(at_, 1));
    }

    bool fail(const std::string& what) {
        failure_ = {"filter", 0, what + ", at column " + std::to_string(at_ + 1)};
        return false;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    vector<step> steps_;
    error failure_;
};

/// True if a text begins like an expression: the user may have given an expression for --filter as a pattern.
bool looks_like_filter(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of(" !("), text.size()));
    for (const function_row& row : functions) {
        if (text.substr(0, row.name.size()) == row.name && text.substr(row.name.size(), 1) == "(") return true;
    }
    return false;
}

/// Accepts any bytes. The detail of an error says what is wrong and at which column, from 1.
result<filter> parse_filter(std::string_view text) { return parser(text).parse(); }

}  // namespace cordon::engine::select

CORDON_CHEAP_END
