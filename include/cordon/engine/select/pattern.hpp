#pragma once

#include <cordon/engine/base/glob.hpp>
#include <cordon/engine/model/options.hpp>
#include <cordon/engine/model/test_list.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace cordon::engine::select {

/// "suite/name", or only the name outside any suite: the full name in lists, patterns and shards.
std::string full_name(const test_info& test) {
    std::string full;
    full.reserve(test.suite.size() + test.name.size() + 1);
    full += test.suite;
    if (!full.empty()) full += '/';
    full += test.name;
    return full;
}

letter_case case_of(const options& chosen) { return chosen.ignore_case ? letter_case::ignored : letter_case::matters; }

/// A PATTERN of the command line, or of --exclude. With a wildcard it must match the name or the full name as a whole.
/// Without one, the full name must contain it. Text after a leading `=` must equal the name or the full name.
class pattern {
  public:
    explicit pattern(std::string_view text, letter_case how = letter_case::matters)
        : case_(how),
          is_exact_(!text.empty() && text.front() == '='),
          is_glob_(!is_exact_ && has_wildcard(text)),
          text_(is_exact_  ? std::string(text.substr(1))
                : is_glob_ ? std::string(text)
                           : unescape_glob(text)) {
        if (how == letter_case::ignored) text_ = lowered(text_);
    }

    /// `full` is full_name(test); the caller computes it once for many patterns.
    bool selects(const test_info& test, std::string_view full) const {
        return case_ == letter_case::matters ? selects(test.name, full) : selects(lowered(test.name), lowered(full));
    }

  private:
    bool selects(std::string_view name, std::string_view full) const {
        if (is_exact_) return text_ == name || text_ == full;
        if (!is_glob_) return full.find(text_) != std::string_view::npos;
        return glob_matches(text_, name) || glob_matches(text_, full);
    }

    letter_case case_;
    bool is_exact_;
    bool is_glob_;
    std::string text_;
};

}  // namespace cordon::engine::select
