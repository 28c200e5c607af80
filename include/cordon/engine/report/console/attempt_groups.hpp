#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/text.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/outcome.hpp>
#include <cordon/engine/text/plain_text.hpp>
#include <cordon/engine/text/wording.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

// Several attempts of a test may have failed in the same way. Equal attempts are shown once.

CORDON_CHEAP_BEGIN

namespace cordon::engine::report {

/// Attempts of one test that would be shown in the same way.
struct attempt_group {
    const attempt_result* shown = nullptr;  ///< the first of them
    vector<std::uint32_t> numbers;          ///< of all of them, rising
};

std::size_t end_of_number(std::string_view text, std::size_t at) {
    const auto digit = [&](std::size_t i, bool hex) {
        const char c = i < text.size() ? text[i] : ' ';
        return (c >= '0' && c <= '9') || (hex && ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')));
    };
    const bool hex = text.substr(at, 2) == "0x";
    std::size_t end = at + (hex ? 2 : 0);
    while (digit(end, hex))
        ++end;
    return end;
}

/// Process ids, addresses and times differ between any two attempts.
bool equal_but_for_numbers(std::string_view a, std::string_view b) {
    std::size_t in_a = 0, in_b = 0;
    while (in_a < a.size() && in_b < b.size()) {
        const std::size_t end_a = end_of_number(a, in_a);
        const std::size_t end_b = end_of_number(b, in_b);
        const bool number = end_a != in_a;
        if (number != (end_b != in_b)) return false;
        if (!number && a[in_a] != b[in_b]) return false;
        in_a = number ? end_a : in_a + 1;
        in_b = number ? end_b : in_b + 1;
    }
    return in_a == a.size() && in_b == b.size();
}

bool same_failure(const failure& a, const failure& b) {
    return a.kind == b.kind && a.line == b.line && a.file == b.file && a.macro == b.macro &&
           a.expression == b.expression && a.left == b.left && a.op == b.op && a.right == b.right &&
           a.message == b.message && a.subcase.size() == b.subcase.size() && a.info.size() == b.info.size();
}

bool tell_the_same(const attempt_result& a, const attempt_result& b) {
    if (a.how != b.how || a.signal != b.signal || a.exit_code != b.exit_code) return false;
    if (a.failed_assertions != b.failed_assertions || a.failures.size() != b.failures.size()) return false;
    for (std::size_t i = 0; i < a.failures.size(); ++i) {
        if (!same_failure(a.failures[i], b.failures[i])) return false;
    }
    return equal_but_for_numbers(text::ending_in_words(a), text::ending_in_words(b)) &&
           equal_but_for_numbers(text::account_of(a), text::account_of(b)) &&
           equal_but_for_numbers(a.output.text(stream::out), b.output.text(stream::out)) &&
           equal_but_for_numbers(a.output.text(stream::err), b.output.text(stream::err));
}

/// The attempts to show, in the order of the first of each group: the failed ones; if all passed, the last one.
vector<attempt_group> groups_of(const vector<attempt_result>& attempts) {
    vector<attempt_group> groups;
    for (const attempt_result& each : attempts) {
        if (each.how == ending::passed) continue;
        std::size_t i = 0;
        while (i < groups.size() && !tell_the_same(*groups[i].shown, each))
            ++i;
        if (i == groups.size()) groups.push_back({&each, {}});
        groups[i].numbers.push_back(each.number);
    }
    if (groups.empty() && !attempts.empty()) groups.push_back({&attempts.back(), {attempts.back().number}});
    return groups;
}

/// "attempt 2", "attempts 1 and 3", "attempts 1 to 4, 6 and 9".
std::string attempts_in_words(const vector<std::uint32_t>& numbers) {
    vector<std::string> parts;
    for (std::size_t i = 0; i < numbers.size();) {
        std::size_t last = i;
        while (last + 1 < numbers.size() && numbers[last + 1] == numbers[last] + 1)
            ++last;
        if (last < i + 2) last = i;  // a range of two is not shorter
        parts.push_back(std::to_string(numbers[i]) + (last == i ? "" : " to " + std::to_string(numbers[last])));
        i = last + 1;
    }
    std::string text = numbers.size() == 1 ? "attempt " : "attempts ";
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i != 0) text += i + 1 == parts.size() ? " and " : ", ";
        text += parts[i];
    }
    return text;
}

}  // namespace cordon::engine::report

CORDON_CHEAP_END
