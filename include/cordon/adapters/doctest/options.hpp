#pragma once

#include <cordon/adapters/shared/command.hpp>

#include <cstring>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

// doctest's options. Which words of a command line are doctest's, and what each of them means to cordon.

namespace cordon::doctest_adapter {

enum class use : unsigned char {
    select,   ///< chooses tests
    inside,   ///< works inside a test
    ask,      ///< doctest answers, and no test runs
    order,    ///< becomes an option of cordon
    ignored,  ///< concerns doctest's own lines
    report,   ///< doctest's if it answers, else cordon's
};

struct option_row {
    const char* name;
    const char* shorter;
    bool has_value;
    use is;
};

constexpr option_row option_rows[] = {
    {"source-file", "sf", true, use::select},
    {"source-file-exclude", "sfe", true, use::select},
    {"test-suite", "ts", true, use::select},
    {"test-suite-exclude", "tse", true, use::select},
    {"test-case", "tc", true, use::select},
    {"test-case-exclude", "tce", true, use::select},
    {"first", "f", true, use::select},
    {"last", "l", true, use::select},
    {"no-skip", "ns", false, use::select},
    {"case-sensitive", "cs", false, use::inside},
    {"subcase", "sc", true, use::inside},
    {"subcase-exclude", "sce", true, use::inside},
    {"subcase-filter-levels", "scfl", true, use::inside},
    {"abort-after", "aa", true, use::inside},
    {"no-throw", "nt", false, use::inside},
    {"no-breaks", "nb", false, use::inside},
    {"count", "c", false, use::ask},
    {"list-test-cases", "ltc", false, use::ask},
    {"list-test-suites", "lts", false, use::ask},
    {"list-reporters", "lr", false, use::ask},
    {"no-run", "nr", false, use::ask},
    {"order-by", "ob", true, use::order},
    {"rand-seed", "rs", true, use::order},
    {"no-colors", "nc", false, use::order},
    {"force-colors", "fc", false, use::order},
    {"reporters", "r", true, use::report},
    {"out", "o", true, use::report},
    {"success", "s", false, use::ignored},
    {"exit", "e", false, use::ignored},
    {"duration", "d", false, use::ignored},
    {"minimal", "m", false, use::ignored},
    {"no-exitcode", "ne", false, use::ignored},
    {"no-intro", "ni", false, use::ignored},
    {"no-version", "nv", false, use::ignored},
    {"gnu-file-line", "gfl", false, use::ignored},
    {"no-path-filenames", "npf", false, use::ignored},
    {"no-line-numbers", "nln", false, use::ignored},
    {"no-debug-output", "ndo", false, use::ignored},
    {"no-skipped-summary", "nss", false, use::ignored},
    {"no-time-in-output", "ntio", false, use::ignored},
};

/// A word of doctest: the option, and the text behind its '='.
struct option_word {
    const option_row* row = nullptr;  ///< null: the word is not doctest's
    std::string value;
    bool is_on() const { return value != "0" && value != "false" && value != "off" && value != "no"; }
};

inline option_word option_of(std::string_view word) {
    if (word.size() < 2 || word.front() != '-') return {};
    word.remove_prefix(word.find_first_not_of('-') == std::string_view::npos ? word.size()
                                                                             : word.find_first_not_of('-'));
    if (word.substr(0, 3) == "dt-") word.remove_prefix(3);
    const std::size_t equal = word.find('=');
    const std::string_view name = word.substr(0, equal);
    for (const option_row& each : option_rows) {
        if (name != each.name && name != each.shorter) continue;
        if (equal == std::string_view::npos) return each.has_value ? option_word() : option_word{&each, ""};
        const std::string value(word.substr(equal + 1));
        // -f is --filter of cordon, too.
        if (std::strcmp(each.shorter, "f") == 0 && name == "f" && value.find_first_not_of("0123456789") != value.npos)
            return {};
        return {&each, value};
    }
    return {};
}

/// The words of a command line.
class word_split {
  public:
    explicit word_split(const detail::adapted_command& command) {
        std::vector<std::string> reports;
        for (int i = 0; i < command.count; ++i) {
            const std::string word = command.words[i];
            if (i == 0) program_ = word;
            const option_word option = i == 0 ? option_word() : option_of(word);
            if (option.row == nullptr) {
                own.push_back(word);
            } else if (option.row->is == use::report) {
                reports.push_back(word);
            } else {
                take(word, option);
            }
        }
        std::vector<std::string>& owner = doctest_answers ? for_doctest : own;
        owner.insert(owner.end(), reports.begin(), reports.end());
        if (!seed_.empty() && is_random_) options.add("--seed", seed_);
    }

    /// For doctest: the program's name and these words. doctest takes the last of several.
    adapters::lasting_words with(std::vector<std::string> words, std::initializer_list<const char*> more = {}) const {
        words.insert(words.begin(), program_);
        words.insert(words.end(), more.begin(), more.end());
        return adapters::lasting_words(words);
    }

    std::vector<std::string> own;          ///< for cordon
    std::vector<std::string> for_doctest;  ///< to choose tests or to answer
    std::vector<std::string> inside;       ///< of them, those that work inside a test
    /// The subcases that cordon's words select, in doctest's. A comma is in no pattern.
    std::vector<std::string> subcases() const {
        const std::vector<std::string> names = adapters::subcases_of(own);
        if (names.empty()) return {};
        std::string all = "--subcase=";
        for (const std::string& each : names) {
            if (all.back() != '=') all += ',';
            for (const char c : each)
                all += c == ',' ? '?' : c;
        }
        return {all, "--subcase-filter-levels=" + std::to_string(names.size())};
    }

    adapters::translated_options options;
    bool doctest_answers = false;
    bool selects = false;
    bool runs_skipped = false;

  private:
    void take(const std::string& word, const option_word& option) {
        for_doctest.push_back(word);
        const std::string_view name = option.row->name;
        if (option.row->is == use::select) selects = true;
        if (name == "no-skip") runs_skipped = option.is_on();
        if (option.row->is == use::inside) inside.push_back(word);
        if (option.row->is == use::ask && option.is_on()) doctest_answers = true;
        if (name == "abort-after" && option.value != "0") options.add_word("--fail-fast=" + option.value);
        if (name == "order-by" && option.value == "name") options.add("--order", "name");
        if (name == "order-by" && option.value == "rand") is_random_ = true, options.add("--order", "random");
        if (name == "rand-seed") seed_ = option.value;
        if (name == "no-colors" && option.is_on()) options.add("--color", "never");
        if (name == "force-colors" && option.is_on()) options.add("--color", "always");
    }

    std::string program_;
    bool is_random_ = false;
    std::string seed_;
};

}  // namespace cordon::doctest_adapter
