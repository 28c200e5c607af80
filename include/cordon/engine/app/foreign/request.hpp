#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/app/option_row.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/quote.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/report/formats.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::app::foreign {

/// What a command line in the words of another framework asks for, in words of cordon.
class request {
  public:
    void add(std::string word) { words_.push_back(std::move(word)); }
    void add(std::string_view option, std::string_view value) {
        words_.push_back(std::string(option) + "=" + std::string(value));
    }
    /// The filter must select a test besides all others.
    void filter(const std::string& expression) {
        if (expression.empty()) return;
        add("--filter", expression);
        selects_ = true;
    }
    bool selects() const { return selects_; }
    /// Only the first complaint is kept.
    void complain(std::string why) {
        if (complaint_.empty()) complaint_ = std::move(why);
    }

    vector<std::string> patterns;  ///< words without a dash, as far as they are cordon's
    vector<std::string> specs;     ///< words without a dash that are the other framework's
    std::string list;              ///< of the framework; empty: run
    vector<std::string> reporters;
    std::string out;  ///< path for the reports
    vector<std::string> subcases;
    std::string subcase_levels;
    bool has_option = false;    ///< at least one of the framework's
    bool list_is_bare = false;  ///< names and nothing else
    bool case_matters = false;
    std::string shard_count, shard_index;

    vector<std::string>& words() { return words_; }
    const std::string& complaint() const { return complaint_; }

  private:
    vector<std::string> words_;
    std::string complaint_;
    bool selects_ = false;
};

/// Where the value of an option is.
enum class value_at : std::uint8_t {
    nowhere,    ///< a flag
    sign,       ///< only after '=', or no value: doctest
    sign_only,  ///< after '='; without it the option is cordon's
    next_word,  ///< after '=' or ':' or a blank, or in the next word: Catch2
};

/// One option of another framework.
struct row {
    const char* name;    ///< without dashes; null if there is only a short form
    const char* letter;  ///< the short form without its dash, or null
    value_at value;
    bool is_marker;  ///< no other framework has it, so that it tells in whose words a command line is
    void (*apply)(request& to, std::string_view value);
};

void ignore(request&, std::string_view) {}

/// Makes `--report FORMAT=PATH` of a reporter of the framework. `ours` is empty for names that cordon has as well.
void add_report(request& to, std::string_view theirs, std::string_view ours, std::string_view path) {
    const std::string format(ours.empty() ? theirs : ours);
    if (report::find_format(format) == nullptr) return to.complain("unknown reporter " + quoted(theirs));
    to.add("--report", format + (path.empty() ? "" : "=" + std::string(path)));
}

}  // namespace cordon::engine::app::foreign

CORDON_CHEAP_END
