#pragma once

#include <cordon/adapters/catch2/edition.hpp>
#include <cordon/adapters/shared/telling.hpp>

#include <string>
#include <vector>

namespace cordon::catch2_adapter {

/// What the reporter has seen of the running test. Catch2 makes a new reporter for each run.
struct seen {
    unsigned failures = 0;
    bool ran = false;
    std::string skip_reason;
};

inline seen& seen_here() {
    static auto* const only = new seen;
    return *only;
}

/// Passes what Catch2 says about the running test on to cordon.
class reporter : public listener_base {
  public:
    using listener_base::listener_base;
    static std::string getDescription() { return "passes everything on to cordon"; }

    /// The outermost section is the test itself. It begins again for each path through its sections.
    void sectionStarting(const ::Catch::SectionInfo& section) override {
        const auto line = static_cast<unsigned>(section.lineInfo.line);
        if (depth_++ != 0) {
            detail::enter_adapted_subcase(adapters::trimmed(section.name), section.lineInfo.file, line);
        } else if (passes_++ != 0) {
            detail::begin_adapted_pass();
        }
    }
    void sectionEnded(const ::Catch::SectionStats& section) override {
        if (section.missingAssertions) tell_missing(section.sectionInfo);
        if (--depth_ != 0) detail::leave_adapted_subcase();
    }

    void testCaseEnded(const ::Catch::TestCaseStats& test) override {
        const auto passed = static_cast<unsigned long long>(test.totals.assertions.passed);
        if (passed != 0) detail::count_adapted(passed);
        seen_here().ran = true;
    }

    told_by_listener assertionEnded(const ::Catch::AssertionStats& stats) override {
        tell_assertion(stats);
        return told_by_listener();
    }

    // Version 2 collects data of these for its own reporters.
    void testCaseStarting(const ::Catch::TestCaseInfo&) override {}
    void testRunStarting(const ::Catch::TestRunInfo&) override {}
    void testRunEnded(const ::Catch::TestRunStats&) override {}

  private:
    static void tell(const adapters::foreign_failure& what) {
        if (what.is != adapters::adapted_failure::warning) ++seen_here().failures;
        adapters::tell(what);
    }

    static void tell_missing(const ::Catch::SectionInfo& section) {
        adapters::foreign_failure what;
        what.file = section.lineInfo.file;
        what.line = static_cast<unsigned>(section.lineInfo.line);
        what.words = "no assertions in '" + section.name + "'";
        tell(what);
    }

    static void tell_assertion(const ::Catch::AssertionStats& stats) {
        const ::Catch::AssertionResult& result = stats.assertionResult;
        const ::Catch::ResultWas::OfType type = result.getResultType();
        const std::string message = text_of(result.getMessage());
        if (is_skip(type, 0)) seen_here().skip_reason = message;
        if (type == ::Catch::ResultWas::Warning) adapters::tell_text(message);
        if (result.succeeded() || is_skip(type, 0)) return;
        adapters::foreign_failure what;
        if (result.isOk()) what.is = adapters::adapted_failure::warning;  // CHECK_NOFAIL
        what.file = result.getSourceInfo().file;
        what.line = static_cast<unsigned>(result.getSourceInfo().line);
        what.macro = text_of(result.getTestMacroName());
        what.expression = result.getExpression();
        describe(result, message, what);
        // The message of the assertion itself is the last one.
        const std::size_t count = stats.infoMessages.size() - (result.hasMessage() ? 1 : 0);
        for (std::size_t i = 0; i < count; ++i)
            what.infos.push_back(stats.infoMessages[i].message);
        tell(what);
    }

    static void describe(const ::Catch::AssertionResult& result, const std::string& message,
                         adapters::foreign_failure& what) {
        using was = ::Catch::ResultWas;
        switch (result.getResultType()) {
            case was::ThrewException:
                what.words = "threw " + message;
                if (what.macro != "TEST_CASE" && !what.macro.empty()) return;
                what.words = "the test was left by an exception: " + message;
                what.is = adapters::adapted_failure::exception;
                what.macro.clear();
                what.expression.clear();
                return;
            case was::DidntThrowException:
                what.words = "threw nothing";
                return;
            case was::ExplicitFailure:
                what.is = adapters::adapted_failure::message;
                what.words = message;
                return;
            default:
                if (result.hasExpandedExpression()) what.values = result.getExpandedExpression();
                what.words = message;
        }
    }

    unsigned depth_ = 0;
    unsigned passes_ = 0;
};

}  // namespace cordon::catch2_adapter
