#pragma once

#include <cordon/compat/parts/catch2/test_info.hpp>

#include <cstdint>
#include <string>
#include <vector>

// What a listener of Catch2 is told. Some members exist for version 2, others for version 3.

namespace Catch {

struct Counts {
    std::uint64_t total() const { return passed + failed + failedButOk + skipped; }
    bool allPassed() const { return failed == 0 && failedButOk == 0 && skipped == 0; }
    bool allOk() const { return failed == 0; }

    std::uint64_t passed = 0;
    std::uint64_t failed = 0;
    std::uint64_t failedButOk = 0;
    std::uint64_t skipped = 0;
};

struct Totals {
    Counts assertions;
    Counts testCases;
};

/// A tag: text in version 2, with a member `original` in version 3.
struct Tag : std::string {
    explicit Tag(const char* text) : std::string(text), original(*this) {}

    std::string original;
};

struct TestCaseInfo {
    std::string name;
    std::string className;
    std::string description;
    std::vector<Tag> tags;
    SourceLineInfo lineInfo;
};

/// An object in version 2, a pointer in version 3.
struct TestCaseInfoAccess : TestCaseInfo {
    explicit TestCaseInfoAccess(const TestCaseInfo& info) : TestCaseInfo(info) {}
    const TestCaseInfo* operator->() const { return this; }
    const TestCaseInfo& operator*() const { return *this; }
};

struct TestRunInfo {
    std::string name;
};
struct SectionInfo {
    std::string name;
    SourceLineInfo lineInfo;
};
struct SectionStats {
    SectionInfo sectionInfo;
    Counts assertions;
    double durationInSeconds = 0;
    bool missingAssertions = false;
};
struct TestCaseStats {
    TestCaseInfoAccess testInfo;
    Totals totals;
    std::string stdOut;
    std::string stdErr;
    bool aborting = false;
};
struct TestRunStats {
    TestRunInfo runInfo;
    Totals totals;
    bool aborting = false;
};
struct MessageInfo {
    std::string message;
};

/// A failed assertion; others are not told.
class AssertionResult {
  public:
    AssertionResult(std::string macro, std::string expression, std::string expanded, std::string message,
                    SourceLineInfo place)
        : macro_(std::move(macro)),
          expression_(std::move(expression)),
          expanded_(std::move(expanded)),
          message_(std::move(message)),
          place_(place) {}

    bool isOk() const { return false; }
    bool succeeded() const { return false; }
    bool hasExpression() const { return !expression_.empty(); }
    bool hasMessage() const { return !message_.empty(); }
    bool hasExpandedExpression() const { return !expanded_.empty(); }
    const std::string& getExpression() const { return expression_; }
    std::string getExpressionInMacro() const { return macro_ + "( " + expression_ + " )"; }
    const std::string& getExpandedExpression() const { return expanded_; }
    const std::string& getMessage() const { return message_; }
    const std::string& getTestMacroName() const { return macro_; }
    SourceLineInfo getSourceInfo() const { return place_; }

  private:
    std::string macro_;
    std::string expression_;
    std::string expanded_;
    std::string message_;
    SourceLineInfo place_;
};
struct AssertionStats {
    AssertionResult assertionResult;
    std::vector<MessageInfo> infoMessages;
    Totals totals;
};

struct ReporterConfig {
    const IConfig* fullConfig() const { return getCurrentContext().getConfig(); }
};

namespace cordon_compat {

/// What both versions' listeners are told.
struct listener_events {
    virtual ~listener_events() = default;
    virtual void testRunStarting(const TestRunInfo&) {}
    virtual void testCaseStarting(const TestCaseInfo&) {}
    virtual void sectionStarting(const SectionInfo&) {}
    virtual void sectionEnded(const SectionStats&) {}
    virtual void testCaseEnded(const TestCaseStats&) {}
    virtual void testRunEnded(const TestRunStats&) {}
};

}  // namespace cordon_compat

/// The base of a listener, version 3.
struct EventListenerBase : cordon_compat::listener_events {
    explicit EventListenerBase(const IConfig* config) : m_config(config) {}
    virtual void assertionEnded(const AssertionStats&) {}

  protected:
    const IConfig* m_config;
};

/// The base of a listener, version 2.
struct TestEventListenerBase : cordon_compat::listener_events {
    explicit TestEventListenerBase(const ReporterConfig&) {}
    virtual bool assertionEnded(const AssertionStats&) { return true; }
};

}  // namespace Catch
