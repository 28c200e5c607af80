#pragma once

#include <cordon/api/listener/registration.hpp>
#include <cordon/compat/doctest/context.hpp>

// Listeners. They are told what happens in the process in which it happens: of the run in the supervisor, and of a test
// in its own process.

namespace doctest {

namespace assertType {
enum Enum {
    is_warn = 1,
    is_check = 2,
    is_require = 4,
    is_normal = 8,
    is_throws = 16,
    DT_WARN = 9,
    DT_CHECK = 10,
    DT_REQUIRE = 12
};
}  // namespace assertType
const char* assertString(assertType::Enum kind);
const char* failureString(assertType::Enum kind);

namespace TestCaseFailureReason {
enum Enum {
    None = 0,
    AssertFailure = 1,
    Exception = 2,
    Crash = 4,
    TooManyFailedAsserts = 8,
    Timeout = 16,
    ShouldHaveFailedButDidnt = 32,
    ShouldHaveFailedAndDid = 64,
    DidntFailExactlyNumTimes = 128,
    FailedExactlyNumTimes = 256,
    CouldHaveFailedAndDid = 512
};
}  // namespace TestCaseFailureReason

struct TestCaseData {
    String m_file;
    unsigned m_line = 0;
    const char* m_name = "";
    const char* m_test_suite = "";
    const char* m_description = "";
    bool m_skip = false, m_no_breaks = false, m_no_output = false, m_may_fail = false, m_should_fail = false;
    int m_expected_failures = 0;
    double m_timeout = 0;
};

/// Only failed assertions are told.
struct AssertData {
    const TestCaseData* m_test_case = nullptr;
    assertType::Enum m_at = assertType::DT_CHECK;
    const char* m_file = "";
    int m_line = 0;
    const char* m_expr = "";
    bool m_failed = true;
    bool m_threw = false;
    String m_exception;
    String m_decomp;
    bool m_threw_as = false;
    const char* m_exception_type = "";
};

struct MessageData {
    String m_string;
    const char* m_file = "";
    int m_line = 0;
    assertType::Enum m_severity = assertType::is_warn;
};

struct SubcaseSignature {
    String m_name;
    const char* m_file = "";
    int m_line = 0;

    bool operator==(const SubcaseSignature& other) const {
        return m_line == other.m_line && String(m_file) == other.m_file && m_name == other.m_name;
    }
    bool operator<(const SubcaseSignature& other) const {
        if (m_line != other.m_line) return m_line < other.m_line;
        const int files = String(m_file).compare(other.m_file);
        return files != 0 ? files < 0 : m_name.compare(other.m_name.c_str()) < 0;
    }
};

struct CurrentTestCaseStats {
    int numAssertsCurrentTest = 0;
    int numAssertsFailedCurrentTest = 0;
    double seconds = 0;
    int failure_flags = 0;
    bool testCaseSuccess = true;
};

struct TestCaseException {
    String error_string;
    bool is_crash = false;
};

struct TestRunStats {
    unsigned numTestCases = 0, numTestCasesPassingFilters = 0, numTestSuitesPassingFilters = 0, numTestCasesFailed = 0;
    int numAsserts = 0, numAssertsFailed = 0;
};

struct QueryData {
    const TestRunStats* run_stats = nullptr;
    const TestCaseData** data = nullptr;
    unsigned num_data = 0;
};

struct IReporter {
    virtual ~IReporter() = default;
    IReporter() = default;
    IReporter(const IReporter&) = delete;
    IReporter& operator=(const IReporter&) = delete;

    virtual void report_query(const QueryData&) = 0;
    virtual void test_run_start() = 0;
    virtual void test_run_end(const TestRunStats&) = 0;
    virtual void test_case_start(const TestCaseData&) = 0;
    virtual void test_case_reenter(const TestCaseData&) = 0;
    virtual void test_case_end(const CurrentTestCaseStats&) = 0;
    virtual void test_case_exception(const TestCaseException&) = 0;
    virtual void subcase_start(const SubcaseSignature&) = 0;
    virtual void subcase_end() = 0;
    virtual void log_assert(const AssertData&) = 0;
    virtual void log_message(const MessageData&) = 0;
    virtual void test_case_skipped(const TestCaseData&) = 0;
};

namespace detail {

/// Hands what cordon tells on to a listener of doctest.
template <class Reporter>
class told_listener : public cordon::listener {
  public:
    told_listener() : told_(*getContextOptions()) {}

    void test_started(const test& of) override {
        test_ = TestCaseData();
        test_.m_file = of.file;
        test_.m_line = of.line;
        test_.m_name = of.name;
        test_.m_test_suite = of.suite;
        test_.m_description = of.description;
        is_first_ = true;
        told_.test_case_start(test_);
    }
    void leaf_started(const test&) override {
        if (!is_first_) told_.test_case_reenter(test_);
        is_first_ = false;
    }
    void subcase_started(const test& of, const leaf& entered) override {
        SubcaseSignature subcase;
        subcase.m_name = entered.path[entered.path.size - 1];
        subcase.m_file = of.file;
        subcase.m_line = static_cast<int>(of.line);
        told_.subcase_start(subcase);
    }
    void subcase_ended(const test&, const leaf&) override { told_.subcase_end(); }
    void assertion_failed(const test&, const failure& what) override {
        if (*what.macro == '\0') return told_.test_case_exception({what.message, false});
        AssertData data;
        data.m_test_case = &test_;
        data.m_at = what.what == failure::kind::warning ? assertType::DT_WARN
                    : *what.macro == 'R'                ? assertType::DT_REQUIRE
                                                        : assertType::DT_CHECK;
        data.m_file = what.file;
        data.m_line = static_cast<int>(what.line);
        data.m_expr = what.expression;
        data.m_threw = what.what == failure::kind::exception;
        data.m_exception = what.message;
        data.m_decomp =
            String(what.left) + (*what.op == '\0' ? "" : " ") + what.op + (*what.op == '\0' ? "" : " ") + what.right;
        told_.log_assert(data);
    }
    void test_ended(const test&, const result& of) override {
        CurrentTestCaseStats stats;
        stats.numAssertsCurrentTest = static_cast<int>(of.assertions);
        stats.numAssertsFailedCurrentTest = static_cast<int>(of.failed_assertions);
        stats.seconds = of.seconds;
        stats.testCaseSuccess = of.how != ending::failed;
        stats.failure_flags =
            stats.testCaseSuccess ? TestCaseFailureReason::None : TestCaseFailureReason::AssertFailure;
        told_.test_case_end(stats);
    }
    void run_started(const run&) override { told_.test_run_start(); }
    void run_ended(const run& of, const summary& counts) override {
        TestRunStats stats;
        stats.numTestCases = static_cast<unsigned>(of.all_tests);
        stats.numTestCasesPassingFilters = static_cast<unsigned>(of.tests);
        stats.numTestCasesFailed = static_cast<unsigned>(counts.failed);
        told_.test_run_end(stats);
    }

  private:
    Reporter told_;
    TestCaseData test_;
    bool is_first_ = true;
};

}  // namespace detail
}  // namespace doctest
