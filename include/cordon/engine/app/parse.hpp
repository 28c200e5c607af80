#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/app/bazel_options.hpp>
#include <cordon/engine/app/foreign/dialect.hpp>
#include <cordon/engine/app/foreign_options.hpp>
#include <cordon/engine/app/option_table.hpp>
#include <cordon/engine/app/response_files.hpp>
#include <cordon/engine/base/quote.hpp>
#include <cordon/engine/base/result.hpp>
#include <cordon/engine/base/spelling.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/options.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::app {

const option_row* row_named(std::string_view name) {
    for (const option_row& row : option_table) {
        if (row.name == name) return &row;
    }
    return nullptr;
}

const option_row* row_of_letter(char letter) {
    for (const option_row& row : option_table) {
        if (row.letter == letter && letter != 0) return &row;
    }
    return nullptr;
}

/// The error for one argument: the equivalent of another framework's option, else the nearest option of cordon.
error unknown_option(std::string_view argument) {
    constexpr std::string_view see_help = " (see --help)";
    const std::string_view spelled = argument.substr(0, argument.find('='));
    const std::string_view name = spelled.substr(std::min(spelled.find_first_not_of('-'), spelled.size()));
    const bool is_long = spelled.substr(0, 2) == "--";
    const std::string said = "unknown option " + quoted(is_long ? spelled : argument);
    const std::string hint = foreign_hint(argument);
    if (!hint.empty()) return wrong(said + hint + std::string(see_help));
    vector<std::string_view> names;
    for (const option_row& row : option_table)
        names.emplace_back(row.name);
    // A letter after one dash is a known option, or it is part of a word.
    const bool is_word = is_long || row_named(name) != nullptr || name.size() > 3;
    const std::string_view near = is_word ? nearest_or_longer(name, names) : std::string_view();
    const std::string meant = near.empty() ? "" : "; did you mean " + quoted("--" + std::string(near)) + "?";
    return wrong(said + meant + std::string(see_help));
}

/// An option found on the command line.
struct occurrence {
    const option_row* row;
    std::string_view value;
    std::string spelled;  ///< "--jobs" or "-j", for errors
};

/// Splits the arguments into options and patterns. It does not check values, because the environment comes first.
class splitter {
  public:
    splitter(const vector<std::string_view>& arguments, vector<std::string>& patterns)
        : arguments_(arguments), patterns_(patterns) {}

    const vector<occurrence>& found() const { return found_; }

    status split() {
        bool options_ended = false;
        while (at_ < arguments_.size()) {
            const std::string_view argument = arguments_[at_++];
            if (options_ended || argument.size() < 2 || argument[0] != '-') {
                patterns_.emplace_back(argument);
            } else if (argument == "--") {
                options_ended = true;
            } else {
                const bool is_long = argument[1] == '-';
                status taken = is_long ? take_long(argument.substr(2)) : take_letters(argument.substr(1));
                if (!taken) return taken;
            }
        }
        return ok();
    }

  private:
    status take_long(std::string_view text) {
        const std::size_t sign = text.find('=');
        const std::string_view name = text.substr(0, sign);
        const option_row* row = row_named(name);
        if (!row) return unknown_option("--" + std::string(text));
        std::string spelled = "--" + std::string(name);
        if (sign == std::string_view::npos) return take_without(*row, std::move(spelled));
        found_.push_back({row, text.substr(sign + 1), std::move(spelled)});
        return ok();
    }

    /// `-qj4`: several flags; the rest of the word is the value of the first option that takes one.
    status take_letters(std::string_view letters) {
        const std::string_view whole = letters;
        while (!letters.empty()) {
            const option_row* row = row_of_letter(letters[0]);
            std::string spelled = "-" + std::string(letters.substr(0, 1));
            if (!row) return unknown_letter(whole, spelled);
            letters.remove_prefix(1);
            if (row->how == takes::value && !letters.empty()) {
                found_.push_back({row, letters, std::move(spelled)});
                return ok();
            }
            if (status taken = take_without(*row, std::move(spelled)); !taken) return taken;
        }
        return ok();
    }

    /// Errors show `-tc=x` and `-version` as a whole, because they are not several letters.
    static error unknown_letter(std::string_view whole, const std::string& letter) {
        const std::string argument = "-" + std::string(whole);
        const bool is_first = letter[1] == whole[0];
        const bool is_name = row_named(whole.substr(0, whole.find('='))) != nullptr || !foreign_hint(argument).empty();
        if (is_first && !is_name && foreign_letter_takes_value(letter))
            return wrong("unknown option " + quoted(letter) +
                         foreign_hint(letter + "=" + std::string(whole.substr(1))) + " (see --help)");
        const bool is_word = is_first || is_name;
        return unknown_option(is_word ? argument : letter);
    }

    /// `--help timeout` means `--help=timeout`: help needs no pattern.
    bool takes_topic(const option_row& row) const {
        if (row.apply != set_help || at_ == arguments_.size()) return false;
        const std::string_view next = arguments_[at_];
        return next.substr(0, 1) != "-" || row_named(next.substr(std::min(next.find_first_not_of('-'), next.size())));
    }

    /// Handles an option without a value in its own argument.
    status take_without(const option_row& row, std::string spelled) {
        std::string_view value = row.how == takes::flag ? "true" : "";
        if (row.how == takes::value) {
            if (at_ == arguments_.size()) return wrong(spelled + " needs a value: " + row.value);
            value = arguments_[at_++];
        } else if (takes_topic(row)) {
            value = arguments_[at_++];
        }
        found_.push_back({&row, value, std::move(spelled)});
        return ok();
    }

    const vector<std::string_view>& arguments_;
    vector<std::string>& patterns_;
    vector<occurrence> found_;
    std::size_t at_ = 0;
};

/// Adds the option and its value to the error of `apply`.
status apply(const occurrence& met, environment_lookup lookup, options& chosen) {
    const status applied = met.row->apply(chosen, {*met.row, met.value, lookup});
    if (applied) return ok();
    return wrong(met.spelled + " " + quoted(met.value) + ": " + applied.failure().detail);
}

/// The variable of a repeatable option holds one value on each line.
status apply_variable(const option_row& row, std::string_view text, environment_lookup lookup, options& chosen,
                      const std::string& variable) {
    do {
        const std::size_t end = row.repeatable ? std::min(text.find('\n'), text.size()) : text.size();
        const std::string_view value = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (value.empty()) continue;
        if (status applied = apply({&row, value, variable}, lookup, chosen); !applied) return applied;
    } while (!text.empty());
    return ok();
}

bool is_among(const vector<occurrence>& met, const option_row& row) {
    for (const occurrence& one : met) {
        if (one.row == &row) return true;
    }
    return false;
}

/// The environment variable of an option: --fail-fast reads CORDON_FAIL_FAST.
std::string variable_of(const option_row& row) {
    std::string name = "CORDON_";
    for (const char* c = row.name; *c; ++c) {
        name += *c == '-' ? '_' : static_cast<char>(*c >= 'a' && *c <= 'z' ? *c - 'a' + 'A' : *c);
    }
    return name;
}

/// Finds an option by its long name or its letter, with or without dashes. Returns null if there is none.
const option_row* find_option(std::string_view spelled) {
    while (!spelled.empty() && spelled.front() == '-')
        spelled.remove_prefix(1);
    if (spelled.size() == 1) return row_of_letter(spelled.front());
    return row_named(spelled);
}

status apply_environment(const vector<occurrence>& met, environment_lookup lookup, options& chosen) {
    for (const option_row& row : option_table) {
        if (!lookup || !row.in_environment || is_among(met, row)) continue;
        const std::string variable = variable_of(row);
        const char* text = lookup(variable.c_str());
        if (!text || !*text) continue;
        if (status applied = apply_variable(row, text, lookup, chosen, variable); !applied) return applied;
    }
    return ok();
}

status check_help_topic(const options& chosen) {
    const std::string& topic = chosen.help_topic;
    if (topic.empty() || topic == "man" || topic == "all" || find_option(topic)) return ok();
    return unknown_option(topic[0] == '-' ? topic : "--" + topic);
}

/// Rejects options that cannot be combined.
status check_recording(options& chosen) {
    for (const report_choice& each : chosen.reports) {
        if (!chosen.record.empty() && each.path == chosen.record)
            return wrong("--record " + quoted(chosen.record) + ": expected another place: the report " +
                         quoted(each.format) + " goes there already");
    }
    if (chosen.replays.empty()) {
        if (chosen.merge_partial) return wrong("--merge-partial: expected --replay with it");
        return chosen.replay_strict ? wrong("--replay-strict: expected --replay with it") : ok();
    }
    chosen.replays.append(chosen.patterns.begin(), chosen.patterns.end());
    chosen.patterns.clear();
    if (chosen.stress || chosen.failed)
        return wrong(std::string("--replay runs nothing: it cannot be combined with ") +
                     (chosen.stress ? "--stress" : "--failed"));
    const bool selects = !chosen.filters.empty() || !chosen.excludes.empty() || chosen.shard;
    if (selects || chosen.list != list_format::none)
        return wrong("--replay reports everything that was recorded: it cannot be combined with " +
                     std::string(selects ? "--filter, --exclude or --shard" : "--list"));
    for (const std::string& path : chosen.replays) {
        if (path == chosen.record) return wrong("--record " + quoted(path) + ": this command replays that recording");
        for (const report_choice& each : chosen.reports) {
            if (path == each.path) return wrong("--report " + quoted(path) + ": this command replays that recording");
        }
    }
    return ok();
}

status check_terminal(const options& chosen) {
    if (!chosen.tty || chosen.capture) return ok();
    return wrong("--tty captures the output of tests from a terminal: it cannot be combined with --no-capture");
}

/// `arguments` do not include the program's name and may hold any bytes. An option on the command line replaces its
/// variable, even if it is repeatable. An empty variable counts as not set. The detail of an error is one line that
/// names the option or the variable.
result<options> parse_arguments(const vector<std::string_view>& arguments, environment_lookup lookup) {
    options chosen;
    splitter splitter(arguments, chosen.patterns);
    if (status split = splitter.split(); !split) return split.failure();
    const vector<occurrence>& met = splitter.found();
    if (status set = apply_bazel(chosen, lookup); !set) return set.failure();
    if (status read = apply_environment(met, lookup, chosen); !read) return read.failure();
    for (const occurrence& one : met) {
        if (status applied = apply(one, lookup, chosen); !applied) return applied.failure();
    }
    chosen.history.by_option = is_among(met, *row_named("history"));
    const bool shard_given = is_among(met, *row_named("shard")) || !value_of(lookup, "CORDON_SHARD").empty();
    if (status set = complete_for_bazel(chosen, lookup, shard_given); !set) return set.failure();
    if (status checked = check_help_topic(chosen); !checked) return checked.failure();
    if (status checked = check_recording(chosen); !checked) return checked.failure();
    if (status checked = check_terminal(chosen); !checked) return checked.failure();
    const bool seeks_cause = chosen.flake_detect || chosen.flake_diagnose || !chosen.find_polluter.empty();
    if (chosen.stress && seeks_cause)
        return wrong(std::string("--stress cannot be combined with ") + (chosen.flake_detect     ? "--flake-detect"
                                                                         : chosen.flake_diagnose ? "--flake-diagnose"
                                                                                                 : "--find-polluter"));
    if (chosen.no_local_jobs && chosen.agents.empty())
        return wrong("--jobs '0': expected a whole number from 1 to " + std::to_string(most_jobs) +
                     ", or auto; 0 needs --agent");
    if (!chosen.agents.empty() && (chosen.flake_diagnose || !chosen.find_polluter.empty() || chosen.under.any()))
        return wrong(std::string("--agent cannot be combined with ") + (chosen.flake_diagnose ? "--flake-diagnose"
                                                                        : chosen.under.any()  ? "--condition"
                                                                                              : "--find-polluter"));
    if ((chosen.flake_detect || chosen.flake_diagnose) && !chosen.find_polluter.empty())
        return wrong(std::string(chosen.flake_detect ? "--flake-detect" : "--flake-diagnose") +
                     " cannot be combined with --find-polluter");
    return chosen;
}

/// The same with arguments that may be in the words of another framework.
result<options> parse_any_words(const vector<std::string_view>& arguments, environment_lookup lookup) {
    const foreign::dialect* const spoken = foreign::dialect_of(arguments);
    if (spoken == nullptr) return parse_arguments(arguments, lookup);
    foreign::translator translator(arguments, *spoken);
    const result<vector<std::string>> words = translator.translate();
    if (!words) return wrong(words.failure().detail);
    const vector<std::string_view> own(words.value().begin(), words.value().end());
    result<options> chosen = parse_arguments(own, lookup);
    if (chosen) chosen.value().for_tool = translator.is_foreign();
    return chosen;
}

/// The same with the arguments of main, and those of files that they name with @FILE.
result<options> parse_command_line(int argc, const char* const* argv, environment_lookup lookup) {
    response_files files;
    for (int i = 1; i < argc; ++i) {
        if (status added = files.add(argv[i]); !added) return added.failure();
    }
    return parse_any_words(files.arguments(), lookup);
}

}  // namespace cordon::engine::app

CORDON_CHEAP_END
