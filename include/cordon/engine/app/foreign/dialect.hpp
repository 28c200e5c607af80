#pragma once

#include <cordon/api/compat/support.hpp>
#include <cordon/api/config.hpp>
#include <cordon/engine/app/foreign/catch2_options.hpp>
#include <cordon/engine/app/foreign/doctest_options.hpp>
#include <cordon/engine/app/foreign/request.hpp>
#include <cordon/engine/app/option_table.hpp>
#include <cordon/engine/base/vector.hpp>

#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

// Editors and build systems drive a test program in the words of the framework for which they take it. Such a command
// line becomes one in cordon's words, before it is parsed. It is recognized by an option that only one framework has.

CORDON_CHEAP_BEGIN

namespace cordon::engine::app::foreign {

/// Another framework's way to write a command line.
struct dialect {
    const row* rows;
    std::size_t count;
    const char* prefix;         ///< may stand before the name of an option; empty: none
    const char* value_signs;    ///< what may stand between the name of an option and its value
    const char* short_markers;  ///< short forms, with blanks between them, that tell the dialect
    void (*finish)(request& to);
    bool words_are_specs;  ///< of words without a dash
};

constexpr dialect doctest_dialect = {doctest_words::table,
                                     std::size(doctest_words::table),
                                     "dt-",
                                     "=",
                                     " ltc lts lr tc tce sf sfe ts tse sc sce r= ob rs aa cs ne nr nb ns ",
                                     doctest_words::finish,
                                     false};
constexpr dialect catch2_dialect = {
    catch2_words::table, std::size(catch2_words::table), "", "=: ", " r d ", catch2_words::finish, true};

/// How a program understands words that no option explains. Null: as cordon does. It is set by detail::understand().
const dialect* home = nullptr;
bool is_home_disputed = false;

bool is_at_home(const dialect& how) { return home == &how; }

/// One word of a command line, taken apart.
struct option_word {
    std::string_view dashes, name, sign, value;

    option_word(std::string_view word, const dialect& how) {
        const std::size_t start = word.substr(0, 2) == "--" ? 2 : 1;
        dashes = word.substr(0, start);
        name = word.substr(start);
        const std::string_view prefix = how.prefix;
        if (!prefix.empty() && name.substr(0, prefix.size()) == prefix) name.remove_prefix(prefix.size());
        const std::size_t end = name.find_first_of(how.value_signs);
        if (end == std::string_view::npos) return;
        sign = name.substr(end, 1);
        value = name.substr(end + 1);
        name = name.substr(0, end);
    }

    bool is_long() const { return dashes.size() == 2; }
};

bool is_option(std::string_view word) { return word.size() > 1 && word[0] == '-'; }

const row* find(const option_word& word, const dialect& how) {
    for (std::size_t i = 0; i < how.count; ++i) {
        const char* const spelled = word.is_long() ? how.rows[i].name : how.rows[i].letter;
        if (spelled != nullptr && word.name == spelled) return &how.rows[i];
    }
    return nullptr;
}

/// True if the word is of this dialect and no other.
bool tells(std::string_view text, const dialect& how) {
    const option_word word(text, how);
    if (word.is_long()) {
        const row* found = find(word, how);
        return found != nullptr && found->is_marker;
    }
    const std::string_view markers = how.short_markers;
    const auto among = [markers](const std::string& name) { return markers.find(" " + name + " ") != markers.npos; };
    const std::string name(word.name);
    return !name.empty() && (among(name) || (word.sign == "=" && among(name + "=")));
}

/// Null for cordon's own words.
const dialect* dialect_of(const vector<std::string_view>& words) {
    for (const std::string_view word : words) {
        if (word == "--") break;
        if (!is_option(word)) continue;
        const bool is_short = word.substr(0, 2) != "--";
        if (home != nullptr && is_short && find(option_word(word, *home), *home) != nullptr) continue;
        if (tells(word, doctest_dialect)) return &doctest_dialect;
        if (tells(word, catch2_dialect)) return &catch2_dialect;
    }
    // catch_discover_tests() of Catch2 2 ends the command of each test with two empty words.
    const std::size_t count = words.size();
    if (count > 2 && words[count - 1].empty() && words[count - 2].empty()) return &catch2_dialect;
    return home;
}

/// Translates the words of one command line.
class translator {
  public:
    translator(const vector<std::string_view>& words, const dialect& how) : words_(words), how_(how) {}

    /// The words for cordon, or what is wrong.
    result<vector<std::string>> translate() {
        while (at_ < words_.size() && words_[at_] != "--")
            one(words_[at_++]);
        for (++at_; at_ < words_.size(); ++at_)
            words_without_dash().emplace_back(words_[at_]);
        how_.finish(to_);
        if (!to_.complaint().empty()) return error{"command line", 0, to_.complaint()};
        vector<std::string> all = std::move(to_.words());
        if (!to_.patterns.empty()) all.push_back("--");
        for (const std::string& each : to_.patterns)
            all.push_back(each);
        return all;
    }

    /// True if the words are another framework's, and not only could be.
    bool is_foreign() const { return to_.has_option || !is_at_home(how_); }

  private:
    vector<std::string>& words_without_dash() { return how_.words_are_specs ? to_.specs : to_.patterns; }

    void plain(std::string_view text) {
        const bool is_exact = text.front() == '=' && is_at_home(how_);  // from "Run again" in a report
        (is_exact ? to_.patterns : words_without_dash()).emplace_back(text);
    }

    void one(std::string_view text) {
        if (text.empty()) return;  // CMake's modules pass empty words where an option is not wanted
        if (!is_option(text)) return plain(text);
        const option_word word(text, how_);
        const row* found = find(word, how_);
        if (found == nullptr || !is_meant(*found, word)) return native(text);
        to_.has_option = true;
        std::string_view value = word.value;
        if (found->value == value_at::next_word && word.sign.empty()) {
            if (at_ == words_.size()) return to_.complain(std::string(text) + " needs a value");
            value = words_[at_++];
        }
        found->apply(to_, value);
    }

    /// Some options of cordon are spelled alike, and take their values in another way.
    bool is_meant(const row& found, const option_word& word) const {
        if (found.value == value_at::sign_only) return !word.sign.empty();
        if (!word.is_long() && word.name == "v" && found.value == value_at::next_word) {
            const std::string_view next = at_ < words_.size() ? words_[at_] : std::string_view();
            return next == "quiet" || next == "normal" || next == "high";
        }
        return true;
    }

    /// An option of cordon goes on as it is, with its value.
    void native(std::string_view text) {
        to_.add(std::string(text));
        if (text.find('=') != std::string_view::npos || at_ == words_.size()) return;
        for (const option_row& row : option_table) {
            const bool is_it =
                text.substr(0, 2) == "--" ? text.substr(2) == row.name : text.size() == 2 && text[1] == row.letter;
            if (is_it && row.how == takes::value) to_.add(std::string(words_[at_++]));
        }
    }

    const vector<std::string_view>& words_;
    const dialect& how_;
    std::size_t at_ = 0;
    request to_;
};

}  // namespace cordon::engine::app::foreign

namespace cordon::detail {

bool understand(command_words words) noexcept {
    using namespace engine::app::foreign;
    const dialect* const wanted = words == command_words::doctest ? &doctest_dialect : &catch2_dialect;
    is_home_disputed = is_home_disputed || (home != nullptr && home != wanted);
    home = is_home_disputed ? nullptr : wanted;
    return true;
}

}  // namespace cordon::detail

CORDON_CHEAP_END
