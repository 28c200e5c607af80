#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/model/outcome.hpp>
#include <cordon/engine/text/plain_text.hpp>
#include <cordon/engine/text/wording.hpp>

#include <cstdint>
#include <string>
#include <string_view>

// What GoogleTest's reports have in common: names, and a failure as GoogleTest prints it.

CORDON_CHEAP_BEGIN

namespace cordon::engine::report::googletest {

/// "Suite.Test"
std::string full_name(const test_info& test) {
    return printable(test.suite) + (test.suite.empty() ? "" : ".") + printable(test.name);
}

std::uint64_t milliseconds(duration took) {
    return took.count() > 0 ? static_cast<std::uint64_t>(took.count()) / 1'000'000 : 0;
}

/// The expression and its values, or the text of GoogleTest itself.
std::string body_of(const failure& wrong) {
    std::string body;
    if (!wrong.expression.empty()) {
        body = wrong.macro + "(" + wrong.expression + ")\n";
        if (!wrong.expanded().empty()) body += "  Actual: " + wrong.expanded() + "\n";
    }
    if (!wrong.message.empty()) body += wrong.message + "\n";
    for (const std::string& line : wrong.info)
        body += line + "\n";
    return body;
}

/// "file.cpp:12: Failure" and what follows, as far as XML can hold it.
std::string failure_text(const failure& wrong) {
    const std::string place =
        wrong.file.empty() ? std::string("unknown file") : wrong.file + ":" + std::to_string(wrong.line);
    return place + ": Failure\n" + body_of(wrong);
}

/// What ended the process of the test, which GoogleTest does not live to tell.
std::string ending_text(const test_info& test, const attempt_result& attempt) {
    const text::source_place at = text::place_of(test, &attempt);
    return std::string(at.file) + ":" + std::to_string(at.line) + ": Failure\n" + text::ending_in_words(attempt) +
           "\n" + text::circumstances_of(attempt);
}

/// Calls use(text) for each failure, and for an ending that is none.
template <class Use>
void each_failure(const test_info& test, const test_finished& finished, const vector<attempt_result>& attempts,
                  Use use) {
    const attempt_result* const shown = text::telling_attempt(attempts);
    if (!text::is_bad(finished)) return;
    bool told = false;
    if (shown != nullptr) {
        for (const failure& each : shown->failures) {
            if (!fails_test(each.kind)) continue;
            use(failure_text(each));
            told = true;
        }
        if (shown->how != ending::failed && shown->how != ending::passed) {
            use(ending_text(test, *shown));
            told = true;
        }
    }
    if (told) return;
    use(std::string(test.file) + ":" + std::to_string(test.line) + ": Failure\n" +
        text::verdict_in_words(finished, attempts) + "\n");
}

bool is_skipped(const test_finished& finished) {
    return finished.what == verdict::skipped || finished.what == verdict::todo || finished.what == verdict::not_run;
}

/// The adapter describes a parameter as GoogleTest does.
std::string parameter_of(const test_info& test) {
    const std::string_view known[] = {"GetParam() = ", "TypeParam = "};
    for (const std::string_view each : known) {
        if (test.description.substr(0, each.size()) == each) return printable(test.description);
    }
    return {};
}

}  // namespace cordon::engine::report::googletest

CORDON_CHEAP_END
