#pragma once

// Runs the tests of Catch2 under cordon, each in its own process. One file of the program, instead of CATCH_CONFIG_MAIN
// or the library Catch2Main:
//
//     #define CORDON_MAIN
//     #include <cordon/adapters/catch2.hpp>
//
// docs/catch2-adapter.md says what becomes of Catch2's features and options.

#if !defined(CORDON_CONFIG_PREFIX_ONLY)
#define CORDON_CONFIG_PREFIX_ONLY  // both frameworks have a CHECK
#endif

#include <cordon/cordon.hpp>

#include <cordon/adapters/catch2/edition.hpp>

#include <cordon/api/one_letter_macros_begin.hpp>
CORDON_SILENCE_BEGIN
#include <cordon/adapters/catch2/options.hpp>
#include <cordon/adapters/catch2/reporter.hpp>
#include <cordon/adapters/catch2/tests.hpp>
#include <cordon/api/adapters/adapter.hpp>

#include <cstdio>
#include <exception>
#include <string>

namespace cordon::catch2_adapter {

/// Only one may exist. Its destructor forgets the tests, so it lives as long as the program.
inline ::Catch::Session& session() {
    static auto* const only = new ::Catch::Session;
    return *only;
}

inline catch_config& config_of_tests() {
    static auto* const only = new catch_config;
    return *only;
}

inline ::Catch::Totals run_alone(const test_handle& test) {
    const catch_config& config = config_of_tests();
    ::Catch::RunContext context(config, all_listeners<reporter>(config));
    return run_in(context, text_of(config->name()), test);
}

inline void run_test(const void* wanted) {
    const auto& test = *static_cast<const test_handle*>(wanted);
    seen& what = seen_here();
    what.failures = 0;
    what.ran = false;
    const ::Catch::Totals totals = run_alone(test);
    if (what.failures == 0 && was_skipped(totals.assertions, 0)) adapters::skip(what.skip_reason);
    const ::Catch::TestCaseInfo& info = info_of(test);
    // Catch2 itself fails a test that should fail and passes; so does cordon.
    const bool has_failed = totals.assertions.failed != 0 && !info.expectedToFail();
    if (what.ran && (!has_failed || what.failures != 0)) return;
    adapters::foreign_failure failure;
    failure.file = info.lineInfo.file;
    failure.line = static_cast<unsigned>(info.lineInfo.line);
    failure.words = what.ran ? "Catch2 has failed outside of the test" : "Catch2 did not run this test";
    adapters::tell(failure);
}

/// Catch2 throws if two tests have one name, and if a filter is wrong.
inline bool add_tests() {
#if !defined(CORDON_CONFIG_NO_EXCEPTIONS)
    try {
        registration(*config_of_tests(), run_test).add_all();
        return true;
    } catch (const std::exception& wrong) {
        std::fprintf(stderr, "cordon: Catch2: %s\n", wrong.what());
        return false;
    }
#else
    registration(*config_of_tests(), run_test).add_all();
    return true;
#endif
}

inline void take_over(detail::adapted_command& command) {
    const word_split split(command);
    const adapters::lasting_words words(split.for_catch2);
    if (const int wrong = session().applyCommandLine(words.count, words.get()))
        return adapters::finish(command, wrong == 1 ? 1 : 2);
    if (split.catch2_answers) return adapters::finish(command, session().run());
    if (adapters::has_option(split.own, "--help")) session().showHelp();
    if (!adapters::go_on(command, split.own, split.options)) return;
    adapters::repeat_with(command, split.inside);
    if (session().configData().filenamesAsTags) add_tags_of_files(session().config());
    config_of_tests() = lasting_config(session());
    if (!add_tests()) adapters::finish(command, 2);
}

inline const detail::adapter registered(take_over);

}  // namespace cordon::catch2_adapter
CORDON_SILENCE_END
#include <cordon/api/one_letter_macros_end.hpp>
