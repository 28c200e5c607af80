#pragma once

// Runs the tests of doctest under cordon, each in its own process. One file of the program, instead of
// DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN:
//
//     #define CORDON_MAIN
//     #include <cordon/adapters/doctest.hpp>
//
// It compiles doctest's implementation, too. docs/doctest-adapter.md says what becomes of doctest's features and
// options.

#if !defined(CORDON_CONFIG_PREFIX_ONLY)
#define CORDON_CONFIG_PREFIX_ONLY  // both frameworks have a CHECK
#endif

#include <cordon/cordon.hpp>

#if !defined(DOCTEST_CONFIG_IMPLEMENT)
#define DOCTEST_CONFIG_IMPLEMENT
#endif
#if !defined(DOCTEST_CONFIG_NO_POSIX_SIGNALS)
#define DOCTEST_CONFIG_NO_POSIX_SIGNALS  // cordon tells how a test has crashed
#endif
#if __has_include(<doctest/doctest.h>)
#include <doctest/doctest.h>
#else
#include <doctest.h>
#endif

#include <cordon/api/one_letter_macros_begin.hpp>
CORDON_SILENCE_BEGIN
#include <cordon/adapters/doctest/options.hpp>
#include <cordon/adapters/doctest/tests.hpp>
#include <cordon/api/adapters/adapter.hpp>

#include <string>
#include <vector>

namespace cordon::doctest_adapter {

/// Runs tests. The worker has parsed doctest's options before it forks.
inline ::doctest::Context*& context() {
    static ::doctest::Context* only = nullptr;
    return only;
}

inline void run_test(const void* wanted) {
    const auto& test = static_cast<const TestCase&>(*static_cast<const test_data*>(wanted));
    seen& what = seen_here();
    what.failures = 0;
    what.ran = false;
    const only_test alone(test);
    const int code = context()->run();
    if (what.ran && (code == 0 || what.failures != 0)) return;
    adapters::foreign_failure failure;
    failure.file = test.m_file.c_str();
    failure.line = test.m_line;
    failure.words = what.ran ? "doctest has failed outside of the test" : "doctest did not run this test";
    adapters::tell(failure);
}

inline int answer(const adapters::lasting_words& words) { return ::doctest::Context(words.count, words.get()).run(); }

inline void take_over(detail::adapted_command& command) {
    const word_split split(command);
    if (split.doctest_answers) return adapters::finish(command, answer(split.with(split.for_doctest)));
    if (adapters::has_option(split.own, "--help")) answer(split.with({}, {"--help"}));
    if (!adapters::go_on(command, split.own, split.options)) return;
    std::vector<std::string> again = split.inside;
    if (split.runs_skipped) again.emplace_back("--no-skip");
    adapters::repeat_with(command, again);
    ::doctest::registerReporter<reporter>("cordon", 0, true);
    registration(split, run_test).add_all();
    hide_tests();
    std::vector<std::string> within = split.inside;
    for (const std::string& each : split.subcases())
        within.push_back(each);
    const adapters::lasting_words inside = split.with(within, {"--reporters=cordon"});
    context() = new ::doctest::Context(inside.count, inside.get());
}

inline const detail::adapter registered(take_over);

}  // namespace cordon::doctest_adapter
CORDON_SILENCE_END
#include <cordon/api/one_letter_macros_end.hpp>
