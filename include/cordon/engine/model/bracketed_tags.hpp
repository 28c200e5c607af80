#pragma once

#include <cordon/engine/base/quote.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

// Catch2's tags: the second string of TEST_CASE("name", "[a][b]").

namespace cordon::engine {

/// Catch2's words after "[!". Any other word is an error, as in Catch2.
constexpr std::string_view special_tags[] = {"!mayfail",     "!shouldfail", "!throws",
                                             "!nonportable", "!benchmark",  "!hide"};

bool is_unknown_special(std::string_view tag) {
    if (tag.front() != '!') return false;
    for (const std::string_view known : special_tags) {
        if (tag == known) return false;
    }
    return true;
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// Passes each tag of "[a][b]" to `take`. As in Catch2, spaces between tags and a text without tags are allowed.
/// Returns what is wrong with the text, or nothing. Tags before the mistake were passed. If `skips_words`, text outside
/// of the brackets is ignored, as Catch2 does.
template <class Take>
std::string each_bracketed_tag(std::string_view text, bool skips_words, Take take) {
    while (true) {
        if (skips_words) text.remove_prefix(std::min(text.find('['), text.size()));
        while (!text.empty() && is_blank(text.front()))
            text.remove_prefix(1);
        if (text.empty()) return {};
        if (text.front() != '[') return "is not a list of tags such as \"[slow][net]\"";
        const std::size_t end = text.find(']');
        if (end == std::string_view::npos) return "has a tag without its closing ]";
        const std::string_view tag = text.substr(1, end - 1);
        if (tag.find('[') != std::string_view::npos) return "has a [ inside a tag";
        if (tag.find_first_not_of(" \t\n\r") == std::string_view::npos) return "has an empty tag";
        if (is_unknown_special(tag))
            return "has the unknown special tag " + quoted(tag) + " (there are !mayfail, !shouldfail, !throws, " +
                   "!nonportable, !benchmark and !hide)";
        take(tag);
        text.remove_prefix(end + 1);
    }
}

}  // namespace cordon::engine
