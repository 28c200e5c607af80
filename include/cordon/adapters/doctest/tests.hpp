#pragma once

#include <cordon/adapters/doctest/options.hpp>
#include <cordon/adapters/doctest/reporter.hpp>
#include <cordon/adapters/shared/enrolment.hpp>

#include <set>
#include <string>
#include <vector>

// Needs doctest's implementation before it.

namespace cordon::doctest_adapter {

using ::doctest::detail::TestCase;

using test_data = ::doctest::TestCaseData;

/// The tests that doctest selects by these words, in its order.
inline std::vector<const test_data*> ask(const adapters::lasting_words& words) {
    seen_here().listed.clear();
    ::doctest::Context(words.count, words.get()).run();
    return seen_here().listed;
}

/// Adds doctest's tests to cordon's.
class registration {
  public:
    registration(const word_split& words, void (*body)(const void*)) : words_(words), enrolment_(body) {}

    void add_all() {
        constexpr const char* list = "--list-test-cases";
        constexpr const char* to_reporter = "--reporters=cordon";
        const std::vector<const test_data*> all = ask(words_.with({}, {list, to_reporter, "--no-skip"}));
        if (words_.selects) {
            select(ask(words_.with(words_.for_doctest, {list, to_reporter})));
            if (!words_.runs_skipped)
                select_skipped(ask(words_.with(words_.for_doctest, {list, to_reporter, "--no-skip"})));
        }
        for (const test_data* each : all)
            add(*each);
    }

  private:
    void select(const std::vector<const test_data*>& tests) { selected_.insert(tests.begin(), tests.end()); }
    void select_skipped(const std::vector<const test_data*>& tests) {
        for (const test_data* each : tests) {
            if (each->m_skip) selected_.insert(each);
        }
    }

    void add(const test_data& test) {
        adapters::new_test made;
        made.suite = test.m_test_suite;
        made.name = std::string(adapters::trimmed(test.m_name));  // SCENARIO begins with spaces
        made.where = {test.m_file.c_str(), test.m_line};
        made.context = &test;
        using scope = detail::decorator_scope;
        if (test.m_description != nullptr) made.decorate(scope::description(test.m_description));
        if (test.m_timeout > 0) made.decorate(scope::timeout(test.m_timeout));
        if (test.m_may_fail) made.decorate(scope::may_fail());
        if (test.m_should_fail) made.decorate(scope::should_fail());
        if (test.m_expected_failures > 0) made.decorate(scope::expected_failures(test.m_expected_failures));
        if (test.m_skip && !words_.runs_skipped) made.decorate(scope::skip("--no-skip runs it"));
        if (words_.selects && selected_.count(&test) == 0) made.leave_out();
        enrolment_.add(made);
    }

    const word_split& words_;
    std::set<const test_data*> selected_;
    adapters::enrolment enrolment_;
};

/// doctest knows no test any more. So a run looks at no others, and a test process does not free them at its end, which
/// would copy the memory that it shares with the worker.
inline void hide_tests() { (new std::set<TestCase>)->swap(::doctest::detail::getRegisteredTests()); }

/// While it lives, doctest knows this test, without what cordon judges itself.
class only_test {
  public:
    explicit only_test(const TestCase& test) {
        TestCase alone(test);
        alone.m_skip = alone.m_may_fail = alone.m_should_fail = false;
        alone.m_expected_failures = 0;
        alone.m_timeout = 0;
        ::doctest::detail::getRegisteredTests().insert(alone);
    }
    ~only_test() { ::doctest::detail::getRegisteredTests().clear(); }
    only_test(const only_test&) = delete;
    only_test& operator=(const only_test&) = delete;
};

}  // namespace cordon::doctest_adapter
