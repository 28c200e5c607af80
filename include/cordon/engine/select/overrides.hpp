#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/owned.hpp>
#include <cordon/engine/base/parse.hpp>
#include <cordon/engine/base/quote.hpp>
#include <cordon/engine/base/result.hpp>
#include <cordon/engine/base/shell_words.hpp>
#include <cordon/engine/base/spelling.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/test_list.hpp>
#include <cordon/engine/select/filter.hpp>
#include <cordon/engine/select/override_settings.hpp>
#include <cordon/engine/select/unmatched.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

// The files of --overrides. Each line is a rule:
//
//     EXPRESSION: SETTING ... [issue=WORD] [reason="TEXT"] [until=YYYY-MM-DD]
//
// Empty lines and lines that begin with # are left out. Words are split as in a shell.

CORDON_CHEAP_BEGIN

namespace cordon::engine::select {

struct override_rule {
    struct choice {
        const override_row* row;
        std::string value;
    };

    std::string place;  ///< FILE:LINE
    std::string expression;
    filter which = filter({});
    vector<choice> choices;
    std::string issue;
    std::string reason;
    std::string until;  ///< the last day, YYYY-MM-DD; empty: no end

    std::string why() const {
        const std::string text = issue.empty() || reason.empty() ? issue + reason : issue + ": " + reason;
        return text.empty() ? place : text;
    }
};

/// Such days are in order as texts.
bool is_day(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
    const optional<std::uint64_t> year = parse_unsigned(text.substr(0, 4));
    const optional<std::uint64_t> month = parse_unsigned(text.substr(5, 2), 12);
    const optional<std::uint64_t> day = parse_unsigned(text.substr(8), 31);
    if (!year || !month || !day || *month == 0 || *day == 0) return false;
    const bool leap = *year % 4 == 0 && (*year % 100 != 0 || *year % 400 == 0);
    const bool short_month = *month == 4 || *month == 6 || *month == 9 || *month == 11;
    return *day <= (*month == 2 ? (leap ? 29u : 28u) : short_month ? 30u : 31u);
}

/// The place of the colon behind an expression: not one in parentheses.
std::size_t end_of_expression(std::string_view line) {
    std::size_t open = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '\\')
            ++i;
        else if (line[i] == '(')
            ++open;
        else if (line[i] == ')' && open != 0)
            --open;
        else if (line[i] == ':' && open == 0)
            return i;
    }
    return std::string_view::npos;
}

/// Reads one line. Each step returns what is wrong, or an empty text.
class override_line {
  public:
    explicit override_line(override_rule& rule) : rule_(rule) {}

    std::string read(std::string_view line) {
        const std::size_t colon = end_of_expression(line);
        if (colon == std::string_view::npos)
            return "expected a filter expression, a colon and settings, as in 'name(sends mail): quarantine'";
        std::string wrong = expression(line.substr(0, colon));
        return wrong.empty() ? settings(line.substr(colon + 1)) : wrong;
    }

  private:
    std::string expression(std::string_view text) {
        const std::size_t last = text.find_last_not_of(" \t");
        text = text.substr(0, last == std::string_view::npos ? 0 : last + 1);
        const result<filter> parsed = parse_filter(text);
        if (!parsed) return parsed.failure().detail;
        if (parsed.value().wants_past()) return "failed() and slow() cannot be used here: they change with each run";
        rule_.expression = text;
        rule_.which = parsed.value();
        return {};
    }

    std::string settings(std::string_view text) {
        const optional<vector<std::string>> words = shell_words(text);
        if (!words) return "a quote is not closed";
        for (const std::string& word : *words) {
            const std::size_t sign = word.find('=');
            const std::string_view name = std::string_view(word).substr(0, sign);
            std::string wrong = one(name, sign == std::string::npos ? std::string() : word.substr(sign + 1));
            if (!wrong.empty()) return wrong;
        }
        return rule_.choices.empty() ? "the rule sets nothing: it needs " + names() : std::string();
    }

    std::string one(std::string_view name, const std::string& value) {
        for (const auto& [known, field] : facts) {
            if (name != known) continue;
            if (value.empty()) return std::string(name) + " needs a value: " + std::string(name) + "=...";
            if (field == &override_rule::until && !is_day(value))
                return "until: expected a day such as 2027-01-31, not " + quoted(value);
            rule_.*field = value;
            return {};
        }
        for (const override_row& row : override_rows) {
            test_info anything;
            if (name != row.name) continue;
            if (!row.set(anything, value, {}))
                return std::string(name) + ": expected " + row.expected + ", not " + quoted(value);
            rule_.choices.push_back({&row, value});
            return {};
        }
        return unknown(name);
    }

    static std::string unknown(std::string_view name) {
        if (name.substr(0, 1) == "#") return "a comment needs a line of its own";
        vector<std::string_view> words;
        for (const override_row& row : override_rows)
            words.push_back(row.name);
        for (const auto& fact : facts)
            words.push_back(fact.name);
        return "unknown setting " + quoted(name) + did_you_mean(nearest(name, words)) + " (there are " + names() + ")";
    }

    static std::string names() {
        std::string text;
        for (const override_row& row : override_rows)
            text += (text.empty() ? "" : ", ") + std::string(row.name);
        return text + "; besides them issue, reason and until";
    }

    struct fact {
        std::string_view name;
        std::string override_rule::*field;
    };
    static constexpr fact facts[] = {
        {"issue", &override_rule::issue}, {"reason", &override_rule::reason}, {"until", &override_rule::until}};

    override_rule& rule_;
};

/// Adds the rules of one file. `file` is its name for messages. The detail of an error is a whole line.
status read_overrides(std::string_view text, const std::string& file, vector<override_rule>& rules) {
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
        line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
        if (line.empty() || line.front() == '#') continue;
        override_rule rule;
        rule.place = file + ":" + std::to_string(number);
        const std::string wrong = override_line(rule).read(line);
        if (!wrong.empty()) return error{{}, 0, rule.place + ": " + wrong};
        rules.push_back(std::move(rule));
    }
    return ok();
}

struct applied_overrides {
    vector<std::string> warnings;  ///< rules that ended, or match no test
    std::string inputs;            ///< what may change results: runs are comparable if these are equal
};

void apply_rule(const override_rule& rule, test_info& test, std::string_view why, std::string& inputs) {
    for (const override_rule::choice& each : rule.choices) {
        each.row->set(test, each.value, why);
        if (each.row->decides) inputs += full_name(test) + " " + std::string(each.row->name) + "=" + each.value + "\n";
    }
}

/// The nearest name for the first part of the expression that matches nothing.
std::string override_hint(const test_list& list, const filter& which) {
    std::string hint;
    which.each_part([&](std::string_view function, std::string_view glob, auto matches) {
        if (hint.empty() && !any_test(list, matches)) hint = hint_for(list, function, glob);
    });
    return hint;
}

/// Applies the rules in their order: what a later rule sets wins. `today` is YYYY-MM-DD; a rule also holds on its last
/// day.
applied_overrides apply_overrides(const vector<override_rule>& rules, std::string_view today, test_list& list) {
    applied_overrides applied;
    for (const override_rule& rule : rules) {
        const std::string start = rule.place + ": the rule for " + rule.expression;
        if (!rule.until.empty() && rule.until < today) {
            applied.warnings.push_back(start + " ended on " + rule.until + " and does not apply");
            continue;
        }
        list.storage.push_back(make_owned<std::string>(rule.why()));
        const std::string_view why = *list.storage.back();
        bool any = false;
        for (test_info& test : list.tests) {
            if (!rule.which.selects(test)) continue;
            apply_rule(rule, test, why, applied.inputs);
            any = true;
        }
        if (!any) applied.warnings.push_back(start + " matches no test" + override_hint(list, rule.which));
    }
    return applied;
}

}  // namespace cordon::engine::select

CORDON_CHEAP_END
