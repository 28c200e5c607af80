#pragma once

#include <cordon/adapters/shared/command.hpp>

#include <string>
#include <string_view>
#include <vector>

// Catch2's options. Which words of a command line are Catch2's, and what each of them means to cordon.

namespace cordon::catch2_adapter {

enum class use : unsigned char {
    inside,   ///< Catch2 obeys it, where it chooses tests or runs one
    ask,      ///< Catch2 answers, and no test runs
    order,    ///< becomes an option of cordon
    ignored,  ///< concerns Catch2's own lines
    report,   ///< Catch2's if it answers, else becomes a report of cordon
};

struct option_row {
    const char* name;
    const char* letter;  ///< null: none, or cordon's
    bool has_value;
    use is;
};

constexpr option_row option_rows[] = {
    {"list-tests", "l", false, use::ask},
    {"list-tags", "t", false, use::ask},
    {"list-test-names-only", nullptr, false, use::ask},
    {"list-reporters", nullptr, false, use::ask},
    {"list-listeners", nullptr, false, use::ask},
    {"libidentify", nullptr, false, use::ask},
    {"input-file", nullptr, true, use::inside},
    {"filenames-as-tags", "#", false, use::inside},
    {"nothrow", "e", false, use::inside},
    {"break", "b", false, use::inside},
    {"invisibles", "i", false, use::inside},
    {"section", "c", true, use::inside},
    {"warn", "w", true, use::inside},
    {"rng-seed", nullptr, true, use::inside},
    {"skip-benchmarks", nullptr, false, use::inside},
    {"benchmark-samples", nullptr, true, use::inside},
    {"benchmark-resamples", nullptr, true, use::inside},
    {"benchmark-confidence-interval", nullptr, true, use::inside},
    {"benchmark-no-analysis", nullptr, false, use::inside},
    {"benchmark-warmup-time", nullptr, true, use::inside},
    {"order", nullptr, true, use::order},
    {"abort", "a", false, use::order},
    {"abortx", "x", true, use::order},
    {"use-colour", nullptr, true, use::order},
    {"colour-mode", nullptr, true, use::order},
    {"shard-count", nullptr, true, use::order},
    {"shard-index", nullptr, true, use::order},
    {"allow-running-no-tests", nullptr, false, use::order},
    {"reporter", "r", true, use::report},
    {"out", "o", true, use::report},
    {"success", "s", false, use::ignored},
    {"name", "n", true, use::ignored},
    {"durations", "d", true, use::ignored},
    {"min-duration", "D", true, use::ignored},
    {"verbosity", "v", true, use::ignored},
    {"wait-for-keypress", nullptr, true, use::ignored},
};

/// A word of Catch2: the option, and its value.
struct option_word {
    const option_row* row = nullptr;  ///< null: the word is not Catch2's
    std::string value;
    bool used_next = false;  ///< the value was the next word
};

/// -x, -v and --order are options of cordon, too; the value tells whose they are.
inline bool is_value_for(const option_row& row, const std::string& value) {
    const std::string_view name = row.name;
    if (name == "abortx") return !value.empty() && value.find_first_not_of("0123456789") == value.npos;
    if (name == "verbosity") return value == "quiet" || value == "normal" || value == "high";
    if (name == "order") return value == "decl" || value == "lex" || value == "rand";
    return true;
}

inline option_word option_of(std::string_view word, const char* next) {
    const bool is_long = word.substr(0, 2) == "--";
    if (word.size() < 2 || word.front() != '-') return {};
    word.remove_prefix(is_long ? 2 : 1);
    const std::size_t cut = word.find_first_of("=:");
    const std::string_view name = word.substr(0, cut);
    for (const option_row& each : option_rows) {
        if (is_long ? name != each.name : each.letter == nullptr || name != each.letter) continue;
        if (!each.has_value) return {&each, {}, false};
        const bool used_next = cut == std::string_view::npos;
        if (used_next && next == nullptr) return {};
        const std::string value = used_next ? next : std::string(word.substr(cut + 1));
        return is_value_for(each, value) ? option_word{&each, value, used_next} : option_word();
    }
    return {};
}

/// The words of a command line. What is no option is Catch2's: names, patterns and tags of tests.
class word_split {
  public:
    explicit word_split(const detail::adapted_command& command) {
        for (int i = 0; i < command.count; ++i) {
            const std::string word = command.words[i];
            const char* const next = i + 1 < command.count ? command.words[i + 1] : nullptr;
            const option_word option = i == 0 ? option_word() : option_of(word, next);
            if (option.row != nullptr) {
                if (option.used_next) ++i;
                take(word, option);
            } else if (i == 0) {
                own.push_back(word);
                for_catch2.push_back(word);
            } else if (is_for_cordon(word)) {
                own.push_back(word);
                if (next != nullptr && detail::takes_next_word(word)) own.push_back(command.words[++i]);
            } else {
                for_catch2.push_back(word);
            }
        }
        for (const std::string& each : adapters::subcases_of(own))
            for_catch2.insert(for_catch2.end(), {"--section", each});
        reports();
        order();
    }

    std::vector<std::string> own;         ///< for cordon
    std::vector<std::string> for_catch2;  ///< to choose and run tests, or to answer
    std::vector<std::string> inside;      ///< of them, the options that work inside a test
    adapters::translated_options options;
    bool catch2_answers = false;

  private:
    /// Options, and =NAME, with which cordon's reports tell how to run a test again.
    static bool is_for_cordon(const std::string& word) {
        return word.size() > 1 && (word.front() == '-' || word.front() == '=');
    }

    void take(const std::string& word, const option_word& option) {
        const std::string_view name = option.row->name;
        if (option.row->is == use::ask) catch2_answers = true;
        if (option.row->is == use::ask || option.row->is == use::inside) {
            std::vector<std::string> words = {word};
            if (option.used_next) words.push_back(option.value);
            for_catch2.insert(for_catch2.end(), words.begin(), words.end());
            if (option.row->is == use::inside) inside.insert(inside.end(), words.begin(), words.end());
        }
        if (name == "reporter") reporter_ = option.value;
        if (name == "out") out_ = option.value;
        if (name == "rng-seed") seed_ = option.value;
        if (name == "order") order_ = option.value;
        if (name == "shard-count") shards_ = option.value;
        if (name == "shard-index") shard_ = option.value;
        if (name == "abort") options.add("--fail-fast");
        if (name == "abortx") options.add_word("--fail-fast=" + option.value);
        if (name == "allow-running-no-tests") options.add("--allow-empty");
        if (name == "use-colour" || name == "colour-mode") color(option.value);
    }

    void color(const std::string& value) {
        if (value == "yes" || value == "ansi") options.add("--color", "always");
        if (value == "no" || value == "none") options.add("--color", "never");
    }

    void order() {
        if (order_ == "lex") options.add("--order", "name");
        if (order_ == "rand") options.add("--order", "random");
        if (order_ == "rand" && seed_.find_first_not_of("0123456789") == seed_.npos && !seed_.empty())
            options.add("--seed", seed_);
        if (shards_.empty()) return;
        if (shard_.empty() || shard_.find_first_not_of("0123456789") != shard_.npos)
            return options.refuse("--shard-count needs --shard-index N");
        options.add("--shard", std::to_string(std::stoul(shard_) + 1) + "/" + shards_);
    }

    void reports() {
        if (catch2_answers) {
            for (const auto& [option, value] : {std::pair("--reporter", reporter_), std::pair("--out", out_)}) {
                if (!value.empty()) for_catch2.insert(for_catch2.end(), {option, value});
            }
            return;
        }
        if (reporter_.empty() || reporter_ == "console" || reporter_ == "compact") return;
        for (const char* each : {"junit", "tap", "teamcity", "JUnit", "TAP", "TeamCity"}) {
            if (reporter_ != each) continue;
            std::string format = reporter_;
            for (char& letter : format)
                letter = static_cast<char>(letter >= 'A' && letter <= 'Z' ? letter - 'A' + 'a' : letter);
            return options.add("--report", format + (out_.empty() ? "" : "=" + out_));
        }
        // Others are cordon's concern.
        own.insert(own.end(), {"--reporter", reporter_});
        if (!out_.empty()) own.insert(own.end(), {"--out", out_});
    }

    std::string reporter_, out_, seed_, order_, shards_, shard_;
};

}  // namespace cordon::catch2_adapter
