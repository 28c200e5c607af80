#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/glob.hpp>
#include <cordon/engine/base/path.hpp>
#include <cordon/engine/base/quote.hpp>
#include <cordon/engine/base/result.hpp>
#include <cordon/engine/base/sort.hpp>
#include <cordon/engine/base/spelling.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/options.hpp>
#include <cordon/engine/model/test_list.hpp>
#include <cordon/engine/select/filter.hpp>
#include <cordon/engine/select/pattern.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

// Names on a command line that match no test. They are reported, because a misspelled --exclude would run all tests,
// and a misspelled pattern next to a good one would leave tests out, both silently.

CORDON_CHEAP_BEGIN

namespace cordon::engine::select {

template <class Matches>
bool any_test(const test_list& list, Matches matches) {
    return std::any_of(list.tests.begin(), list.tests.end(), matches);
}

void add_word(vector<std::string_view>& words, std::string_view word) {
    if (word.size() > 1 && std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
}

/// The words of a name; each is also a valid pattern.
void add_words_of(vector<std::string_view>& words, std::string_view name) {
    while (!name.empty()) {
        const std::size_t end = std::min(name.find_first_of(" /"), name.size());
        add_word(words, name.substr(0, end));
        name.remove_prefix(std::min(end + 1, name.size()));
    }
}

constexpr std::size_t most_words = 20'000;  // a suggestion must not take seconds

/// The name, or the part of one, that the user probably meant; empty if none is near.
std::string near_name(const test_list& list, std::string_view text) {
    const std::string small = lowered(text);
    if (small.empty()) return {};
    vector<std::string> full;
    vector<std::string_view> names;
    for (const test_info& test : list.tests) {
        full.push_back(full_name(test));
        if (lowered(full.back()).find(small) != std::string::npos) return full.back();
        if (full.size() == most_words) break;
    }
    for (const std::string& each : full)
        names.push_back(each);
    for (std::size_t i = 0; i < full.size(); ++i)
        names.push_back(list.tests[i].name);
    std::string_view near = nearest(text, names);
    if (!near.empty()) return std::string(near);
    vector<std::string_view> words;
    for (std::size_t i = 0; i < full.size() && words.size() < most_words / 20; ++i) {
        add_word(words, list.tests[i].suite);
        add_words_of(words, full[i]);
    }
    near = nearest(text, words);
    return std::string(near);
}

vector<std::string_view> tags_of(const test_list& list) {
    vector<std::string_view> tags;
    for (const test_info& test : list.tests) {
        for (const std::string_view tag : test.tags)
            add_word(tags, tag);
    }
    sort(tags);
    return tags;
}

/// "a, b, c and 4 more"
std::string some_of(const vector<std::string_view>& words) {
    constexpr std::size_t shown = 8;
    std::string text;
    for (std::size_t i = 0; i < std::min(words.size(), shown); ++i)
        text += (i == 0 ? "" : ", ") + std::string(words[i]);
    if (words.size() > shown) text += " and " + std::to_string(words.size() - shown) + " more";
    return text;
}

std::string did_you_mean(std::string_view near) {
    return near.empty() ? std::string() : "; did you mean " + quoted(near) + "?";
}

std::string tag_hint(const test_list& list, std::string_view tag) {
    const vector<std::string_view> tags = tags_of(list);
    const std::string_view near = nearest(tag, tags);
    if (!near.empty()) return did_you_mean(near);
    return tags.empty() ? "; no test has a tag" : "; the tags are: " + some_of(tags);
}

/// The distinct suites or files of the tests.
std::string member_hint(const test_list& list, std::string_view glob, std::string_view test_info::*member) {
    vector<std::string_view> values;
    for (const test_info& test : list.tests) {
        std::string_view value = test.*member;
        if (member == &test_info::file) value = file_name_of(value);
        if (values.empty() || values.back() != value) add_word(values, value);
        if (values.size() > most_words / 20) break;
    }
    return did_you_mean(nearest(glob, values));
}

std::string hint_for(const test_list& list, std::string_view function, std::string_view glob) {
    if (function == "tag") return tag_hint(list, glob);
    if (function == "suite") return member_hint(list, glob, &test_info::suite);
    if (function == "file") return member_hint(list, glob, &test_info::file);
    return did_you_mean(near_name(list, glob));
}

/// Turns "[a][b]", Catch2's notation of tags, into an expression; empty if it is not that.
std::string from_brackets(std::string_view text) {
    std::string expression;
    while (!text.empty()) {
        const std::size_t end = text.find(']');
        if (text.front() != '[' || end == std::string_view::npos || end == 1) return {};
        expression += (expression.empty() ? "tag(" : " & tag(") + std::string(text.substr(1, end - 1)) + ")";
        text.remove_prefix(end + 1);
    }
    return expression;
}

std::string negated(const std::string& expression) {
    const bool joined = expression.find_first_of("&|") != std::string::npos;
    return joined ? "!(" + expression + ")" : "!" + expression;
}

/// A hint about a pattern that matches no test.
std::string pattern_hint(const test_list& list, std::string_view text, bool excludes) {
    const bool without = !text.empty() && text.front() == '~';
    std::string expression = from_brackets(text.substr(without ? 1 : 0));
    if (expression.empty() && looks_like_filter(text)) expression = text;
    if (!expression.empty())
        return ": for an expression use -f " + quoted(without != excludes ? negated(expression) : expression);
    if (without) return ": to leave tests out use -x " + quoted(text.substr(1));
    return did_you_mean(near_name(list, text.substr(text.substr(0, 1) == "=" ? 1 : 0)));
}

void look_at_patterns(const test_list& list, const vector<std::string>& patterns, bool excludes, letter_case how,
                      vector<std::string>& lines) {
    for (const std::string& text : patterns) {
        const pattern each(text, how);
        if (any_test(list, [&](const test_info& test) { return each.selects(test, full_name(test)); })) continue;
        lines.push_back((excludes ? "--exclude " : "the pattern ") + quoted(text) + " matches no test" +
                        pattern_hint(list, text, excludes));
    }
}

void look_at_filters(const test_list& list, const vector<std::string>& filters, letter_case how,
                     vector<std::string>& lines) {
    for (const std::string& text : filters) {
        result<filter> parsed = parse_filter(text);
        if (!parsed) continue;
        parsed.value().compare(how);
        parsed.value().each_part([&](std::string_view function, std::string_view glob, auto matches) {
            // suite(?*) asks whether there is a suite, and names none.
            if (glob.find_first_not_of("*?") == std::string_view::npos || any_test(list, matches)) return;
            std::string line = "--filter: " + std::string(function) + "(" + std::string(glob) + ") matches no test" +
                               hint_for(list, function, glob);
            if (std::find(lines.begin(), lines.end(), line) == lines.end()) lines.push_back(std::move(line));
        });
    }
}

/// The number of tests that are hidden and not selected.
std::size_t hidden_tests(const test_list& list) {
    return static_cast<std::size_t>(
        std::count_if(list.tests.begin(), list.tests.end(), [](const test_info& test) { return test.hidden; }));
}

/// One line for each pattern, exclude and part of a filter that matches no test of the program, with the nearest name.
/// After the first few, the rest is counted.
vector<std::string> unmatched_lines(const test_list& list, const options& chosen) {
    constexpr std::size_t most = 5;
    vector<std::string> lines;
    if (chosen.for_tool) return lines;
    const letter_case how = case_of(chosen);
    look_at_patterns(list, chosen.patterns, false, how, lines);
    look_at_patterns(list, chosen.excludes, true, how, lines);
    look_at_filters(list, chosen.filters, how, lines);
    if (lines.size() <= most) return lines;
    const std::string rest = std::to_string(lines.size() - most + 1) + " more patterns or filters match no test";
    while (lines.size() >= most)
        lines.pop_back();
    lines.push_back(rest);
    return lines;
}

/// Why no test was selected, as far as the command line explains it. Continues "no test was selected, of 30".
std::string why_nothing(const test_list& list, const options& chosen) {
    std::string why;
    for (const std::string& line : unmatched_lines(list, chosen))
        why += (why.empty() ? ": " : ". ") + line;
    if (!why.empty()) return why;
    if (chosen.failed) return ": none of them failed in its last run, as far as the history knows";
    const std::size_t hidden = hidden_tests(list);
    if (hidden != 0) return ": " + std::to_string(hidden) + " are hidden, and run only if a pattern or filter selects";
    const bool selects = !chosen.patterns.empty() || !chosen.filters.empty() || !chosen.excludes.empty();
    return selects && !list.tests.empty() ? ": no test matches all of the patterns, filters and excludes" : "";
}

}  // namespace cordon::engine::select

CORDON_CHEAP_END
