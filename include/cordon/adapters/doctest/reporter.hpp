#pragma once

#include <cordon/adapters/shared/telling.hpp>

#include <atomic>
#include <sstream>
#include <string>
#include <vector>

// Needs doctest's header before it.

namespace cordon::doctest_adapter {

/// What the reporter has seen. doctest makes a new reporter for each of its runs.
struct seen {
    std::vector<const ::doctest::TestCaseData*> listed;
    std::atomic<unsigned> failures{0};
    bool ran = false;
};

inline seen& seen_here() {
    static auto* const only = new seen;
    return *only;
}

inline std::string text_of(const ::doctest::String& text) { return text.c_str(); }

/// Passes what doctest says about the running test on to cordon.
class reporter : public ::doctest::IReporter {
  public:
    explicit reporter(const ::doctest::ContextOptions&) {}

    void report_query(const ::doctest::QueryData& found) override {
        seen_here().listed.assign(found.data, found.data + found.num_data);
    }

    void test_case_start(const ::doctest::TestCaseData& test) override { test_ = &test; }
    void test_case_reenter(const ::doctest::TestCaseData&) override { detail::begin_adapted_pass(); }
    void test_case_end(const ::doctest::CurrentTestCaseStats& stats) override {
        const int passed = stats.numAssertsCurrentTest - stats.numAssertsFailedCurrentTest;
        if (passed > 0) detail::count_adapted(static_cast<unsigned long long>(passed));
        seen_here().ran = true;
    }

    void subcase_start(const ::doctest::SubcaseSignature& entered) override {
        detail::enter_adapted_subcase(adapters::trimmed(entered.m_name.c_str()), entered.m_file,
                                      static_cast<unsigned>(entered.m_line));
    }
    void subcase_end() override { detail::leave_adapted_subcase(); }

    void test_case_exception(const ::doctest::TestCaseException& thrown) override {
        // doctest says this where a subcase is left, and the text of the exception afterwards.
        if (text_of(thrown.error_string).rfind("exception thrown in subcase", 0) == 0) return;
        adapters::foreign_failure what;
        what.is = adapters::adapted_failure::exception;
        if (test_ != nullptr) {
            what.file = test_->m_file.c_str();
            what.line = test_->m_line;
        }
        what.words = "the test was left by an exception: " + text_of(thrown.error_string);
        const int count = get_num_stringified_contexts();
        for (int i = count; i-- > 0;)
            what.infos.push_back(text_of(get_stringified_contexts()[i]));
        tell(what);
    }

    void log_assert(const ::doctest::AssertData& assertion) override {
        if (!assertion.m_failed) return;
        adapters::foreign_failure what;
        if ((assertion.m_at & ::doctest::assertType::is_warn) != 0) what.is = adapters::adapted_failure::warning;
        what.file = assertion.m_file;
        what.line = static_cast<unsigned>(assertion.m_line);
        what.macro = ::doctest::assertString(assertion.m_at);
        what.expression = expression_of(assertion);
        if (assertion.m_threw) {
            what.words = "threw " + text_of(assertion.m_exception);
        } else if ((assertion.m_at & ::doctest::assertType::is_normal) != 0) {
            what.values = text_of(assertion.m_decomp);
        } else {
            what.words = "threw nothing";
        }
        what.infos = active_infos();
        tell(what);
    }

    void log_message(const ::doctest::MessageData& message) override {
        const std::string text = text_of(message.m_string);
        if ((message.m_severity & ::doctest::assertType::is_warn) != 0) return adapters::tell_text(text);
        adapters::foreign_failure what;
        what.is = adapters::adapted_failure::message;
        what.file = message.m_file;
        what.line = static_cast<unsigned>(message.m_line);
        what.macro = (message.m_severity & ::doctest::assertType::is_require) != 0 ? "FAIL" : "FAIL_CHECK";
        what.words = text;
        what.infos = active_infos();
        tell(what);
    }

    void test_run_start() override {}
    void test_run_end(const ::doctest::TestRunStats&) override {}
    void test_case_skipped(const ::doctest::TestCaseData&) override {}

  private:
    static void tell(const adapters::foreign_failure& what) {
        if (what.is != adapters::adapted_failure::warning) seen_here().failures.fetch_add(1);
        adapters::tell(what);
    }

    /// With the type or text that the exception must have, as it is written in the macro.
    static std::string expression_of(const ::doctest::AssertData& assertion) {
        using namespace ::doctest::assertType;
        std::string all = assertion.m_expr;
        if ((assertion.m_at & is_throws_with) != 0) all += ", \"" + text_of(assertion.m_exception_string) + "\"";
        if ((assertion.m_at & is_throws_as) != 0) all += std::string(", ") + assertion.m_exception_type;
        return all;
    }

    static std::vector<std::string> active_infos() {
        std::vector<std::string> all;
        const ::doctest::IContextScope* const* const scopes = get_active_contexts();
        for (int i = 0; i < get_num_active_contexts(); ++i) {
            std::ostringstream text;
            scopes[i]->stringify(&text);
            all.push_back(text.str());
        }
        return all;
    }

    const ::doctest::TestCaseData* test_ = nullptr;
};

}  // namespace cordon::doctest_adapter
