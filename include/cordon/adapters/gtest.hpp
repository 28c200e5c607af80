#pragma once

// Runs the tests of GoogleTest under cordon, each in its own process. One file of the program, instead of main():
//
//     #define CORDON_MAIN
//     #include <cordon/adapters/gtest.hpp>
//
// docs/googletest.md says what becomes of GoogleTest's features and flags.

#if !defined(CORDON_CONFIG_PREFIX_ONLY)
#define CORDON_CONFIG_PREFIX_ONLY  // both frameworks have a FAIL
#endif

#include <cordon/cordon.hpp>

#include <cordon/api/one_letter_macros_begin.hpp>
CORDON_SILENCE_BEGIN
#include <cordon/adapters/gtest/flags.hpp>
#include <cordon/adapters/gtest/listener.hpp>
#include <cordon/adapters/gtest/only_test.hpp>
#include <cordon/adapters/gtest/tests.hpp>
#include <cordon/api/adapters/adapter.hpp>

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>
#include <vector>

namespace testing {

// Of gmock, if the program is linked with it.
__attribute__((weak)) void InitGoogleMock(int* argc, char** argv);

}  // namespace testing

namespace cordon::gtest_adapter {

inline listener*& own_listener() {
    static listener* only = nullptr;
    return only;
}

inline int run_alone(const adapted_test& test) {
    const only_test alone(*test.suite, *test.info);
    return RUN_ALL_TESTS();
}

/// cordon has chosen the tests; the code under test must not see them either.
inline void hide_shard() {
    static bool is_hidden = false;
    if (is_hidden) return;
    is_hidden = true;
    ::unsetenv("GTEST_TOTAL_SHARDS");
    ::unsetenv("GTEST_SHARD_INDEX");
}

inline void run_test(const void* context) {
    const auto& test = *static_cast<const adapted_test*>(context);
    hide_shard();
    own_listener()->begin(test);
    own_listener()->conclude(run_alone(test) == 0);
}

/// GoogleTest reports nothing itself, and runs what cordon asks for.
inline void prepare_googletest() {
    ::testing::TestEventListeners& all = ::testing::UnitTest::GetInstance()->listeners();
    delete all.Release(all.default_result_printer());
    delete all.Release(all.default_xml_generator());
    own_listener() = new listener;
    all.Append(own_listener());
    CORDON_GTEST_FLAG_SET(filter, "*");
    CORDON_GTEST_FLAG_SET(shuffle, false);
    CORDON_GTEST_FLAG_SET(repeat, 1);
    CORDON_GTEST_FLAG_SET(also_run_disabled_tests, true);
    empty_suites();
    shorten_list_of_suites();
}

/// Takes GoogleTest's flags from the words.
inline void initialize(std::vector<char*>& words) {
    int count = static_cast<int>(words.size());
    words.push_back(nullptr);
    void (*const with_mocks)(int*, char**) = ::testing::InitGoogleMock;
    if (with_mocks != nullptr) {
        with_mocks(&count, words.data());
    } else {
        ::testing::InitGoogleTest(&count, words.data());
    }
    words.resize(static_cast<std::size_t>(count));
}

/// GoogleTest does all of it: lists its tests, or runs one as the process of a death test of style "threadsafe".
inline bool is_for_googletest() {
    using namespace ::testing::internal;  // where old versions have the second flag
    return CORDON_GTEST_FLAG_GET(list_tests) || !CORDON_GTEST_OWN_FLAG(internal_run_death_test).empty();
}

inline void take_over(detail::adapted_command& command) {
    std::vector<char*> words;
    for (int i = 0; i < command.count; ++i)
        words.push_back(const_cast<char*>(command.words[i]));
    initialize(words);
    ::unsetenv("TESTBRIDGE_TEST_ONLY");  // Bazel's filter, in GoogleTest's words: it is in the flag now
    if (is_for_googletest()) return adapters::finish(command, RUN_ALL_TESTS());
    std::vector<std::string> own(words.begin(), words.end());
    if (!adapters::go_on(command, own, translation(own))) return;
    // InitGoogleTest of the program may have taken flags away.
    const adapters::lasting_words all(::testing::internal::GetArgvs());
    command.all_words = all.get();
    command.all_count = all.count;
    adapters::repeat_with(command, flags_inside(::testing::internal::GetArgvs()));
    registration(CORDON_GTEST_FLAG_GET(filter), CORDON_GTEST_FLAG_GET(also_run_disabled_tests), run_test).add_all();
    prepare_googletest();
    if (command.runs_tests) hide_shard();  // here, because a test's process would copy the environment
}

inline const detail::adapter registered(take_over);

}  // namespace cordon::gtest_adapter
CORDON_SILENCE_END
#include <cordon/api/one_letter_macros_end.hpp>
