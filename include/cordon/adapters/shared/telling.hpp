#pragma once

#include <cordon/api/adapters/adapter.hpp>
#include <cordon/api/logging.hpp>

#include <atomic>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

// Passes on what another framework says about the running test.

namespace cordon::adapters {

using detail::adapted_failure;

/// A failure with texts of its own.
struct foreign_failure {
    adapted_failure::kind is = adapted_failure::assertion;
    std::string file;
    unsigned line = 0;
    std::string macro;
    std::string expression;
    std::string values;
    std::string words;
    std::vector<std::string> infos;  ///< outermost first
};

inline void print(const foreign_failure& what) {
    std::printf("%s:%u: %s\n%s\n", what.file.c_str(), what.line,
                what.macro.empty() ? "failure" : (what.macro + "(" + what.expression + ")").c_str(),
                what.words.empty() ? what.values.c_str() : what.words.c_str());
}

/// Tells cordon. A process that the test has forked cannot fail it, with the other framework neither: it prints.
inline void tell(const foreign_failure& what) {
    if (!detail::is_in_test_process()) return print(what);
    const std::vector<detail::text_view> infos(what.infos.begin(), what.infos.end());
    detail::tell_adapted_failure({what.is, what.file.c_str(), what.line, what.macro, what.expression, what.values,
                                  what.words, infos.data(), infos.size()});
}

inline void tell_text(std::string_view text) {
    if (!detail::is_in_test_process()) return void(std::printf("%.*s\n", static_cast<int>(text.size()), text.data()));
    cordon::log(text);
}

inline std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == '\n' || text.front() == ' '))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == '\n' || text.back() == ' '))
        text.remove_suffix(1);
    return text;
}

[[noreturn]] inline void skip(std::string_view why) {
    const detail::assertion_site nowhere = {"", "", "", 0, detail::severity::check, false};
    const auto writer = [why](text_sink& out) { out << why; };
    detail::skip_test(nowhere, detail::text_by(writer));
}

}  // namespace cordon::adapters
