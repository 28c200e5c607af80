// cordon 0.1.0: a C++ test framework that runs every test in its own process.
// Generated from include/cordon/ by tools/amalgamate.py. Change the parts, not this file.
//
// MIT License
//
// Copyright (c) 2026 The cordon authors
//
// Permission is hereby granted, free of charge, to any person obtaining a copy
// of this software and associated documentation files (the "Software"), to deal
// in the Software without restriction, including without limitation the rights
// to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
// copies of the Software, and to permit persons to whom the Software is
// furnished to do so, subject to the following conditions:
//
// The above copyright notice and this permission notice shall be included in all
// copies or substantial portions of the Software.
//
// THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
// IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
// FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
// AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
// LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
// OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
// SOFTWARE.
#pragma once

// ---- cordon/compat/catch2_listeners.hpp ----

// Listeners that were written for Catch2.

#include "catch2_test_macros.hpp"
#include "../listener.hpp"

// ---- cordon/api/one_letter_macros_begin.hpp ----

// A user's macros of one letter (-DC, complex.h's I) must not replace cordon's template parameters. Included before the
// code of each light header; one_letter_macros_end.hpp brings the macros back.

#pragma push_macro("A")
#undef A
#pragma push_macro("B")
#undef B
#pragma push_macro("C")
#undef C
#pragma push_macro("D")
#undef D
#pragma push_macro("E")
#undef E
#pragma push_macro("F")
#undef F
#pragma push_macro("G")
#undef G
#pragma push_macro("H")
#undef H
#pragma push_macro("I")
#undef I
#pragma push_macro("J")
#undef J
#pragma push_macro("K")
#undef K
#pragma push_macro("L")
#undef L
#pragma push_macro("M")
#undef M
#pragma push_macro("N")
#undef N
#pragma push_macro("O")
#undef O
#pragma push_macro("P")
#undef P
#pragma push_macro("Q")
#undef Q
#pragma push_macro("R")
#undef R
#pragma push_macro("S")
#undef S
#pragma push_macro("T")
#undef T
#pragma push_macro("U")
#undef U
#pragma push_macro("V")
#undef V
#pragma push_macro("W")
#undef W
#pragma push_macro("X")
#undef X
#pragma push_macro("Y")
#undef Y
#pragma push_macro("Z")
#undef Z
CORDON_SILENCE_BEGIN

// ---- cordon/compat/parts/catch2/listeners/expansion.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_LISTENERS_EXPANSION_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_LISTENERS_EXPANSION_HPP_

// ---- cordon/compat/parts/catch2/listeners/events.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_LISTENERS_EVENTS_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_LISTENERS_EVENTS_HPP_

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
#endif

#include <string>
#include <type_traits>

// CATCH_REGISTER_LISTENER. The listener is told in the process of each test; that the run starts it is told there too,
// before the first test, so that it can set things up for the test.

namespace Catch::cordon_compat {

template <class L>
L& made_listener() {
    if constexpr (std::is_constructible<L, const IConfig*>::value) {
        static L only(getCurrentContext().getConfig());
        return only;
    } else if constexpr (std::is_constructible<L, const ReporterConfig&>::value) {
        static L only{ReporterConfig()};
        return only;
    } else {
        static L only;
        return only;
    }
}

template <class L>
class told_listener : public ::cordon::listener {
  public:
    void test_started(const test& which) override {
        begin_run();
        inner_.testCaseStarting(info_of(which));
    }
    void subcase_started(const test& which, const leaf& at) override { inner_.sectionStarting(section_of(which, at)); }
    void subcase_ended(const test& which, const leaf& at) override {
        inner_.sectionEnded({section_of(which, at), {}, 0, false});
    }
    void assertion_failed(const test&, const failure& what) override {
        const std::string expanded =
            *what.op == 0 ? what.left : std::string(what.left) + ' ' + what.op + ' ' + what.right;
        AssertionStats stats{{what.macro, what.expression, expanded, what.message, {what.file, what.line}}, {}, {}};
        stats.totals.assertions.failed = 1;
        for (const char* each : what.infos)
            stats.infoMessages.push_back({each});
        static_cast<void>(inner_.assertionEnded(stats));
    }
    void test_ended(const test& which, const result& what) override {
        TestCaseStats stats{TestCaseInfoAccess(info_of(which)), {}, {}, {}, false};
        stats.totals.assertions.failed = what.failed_assertions;
        stats.totals.assertions.passed = what.assertions - what.failed_assertions;
        Counts& tests = stats.totals.testCases;
        (what.how == ending::failed ? tests.failed : what.how == ending::skipped ? tests.skipped : tests.passed) = 1;
        inner_.testCaseEnded(stats);
    }
    void run_started(const run&) override { begin_run(); }
    void run_ended(const run&, const summary& what) override {
        TestRunStats stats{{"cordon"}, {}, what.cancelled};
        stats.totals.testCases.passed = what.passed;
        stats.totals.testCases.failed = what.failed;
        stats.totals.testCases.skipped = what.skipped;
        inner_.testRunEnded(stats);
    }

  private:
    void begin_run() {
        if (has_begun_) return;
        has_begun_ = true;
        inner_.testRunStarting({"cordon"});
    }
    static TestCaseInfo info_of(const test& which) {
        TestCaseInfo info{which.name, "", which.description, {}, {which.file, which.line}};
        for (const char* each : which.tags)
            info.tags.emplace_back(each);
        return info;
    }
    static SectionInfo section_of(const test& which, const leaf& at) {
        const char* const name = at.path.size == 0 ? which.name : at.path[at.path.size - 1];
        return {name, {which.file, which.line}};
    }

    L& inner_ = made_listener<L>();
    bool has_begun_ = false;
};

template <class>
inline constexpr bool is_never_supported = false;

}  // namespace Catch::cordon_compat

#if defined(CATCH_CONFIG_DISABLE)
#define CATCH_REGISTER_LISTENER(Class) static_assert(true, "disabled")
#else
#define CATCH_REGISTER_LISTENER(Class) \
    CORDON_REGISTER_LISTENER_(CORDON_UNIQUE(cordon_listener_), ::Catch::cordon_compat::told_listener<Class>, 0, );
#endif
#define CATCH_REGISTER_REPORTER(name, Class)                         \
    static_assert(::Catch::cordon_compat::is_never_supported<Class>, \
                  "cordon: reporters of Catch2 are not supported: choose a report with --report, or write a listener")
#endif
CORDON_SILENCE_END

// ---- cordon/api/one_letter_macros_end.hpp ----

// After the code of each light header: the user's macros are as they were before one_letter_macros_begin.hpp.

#pragma pop_macro("A")
#pragma pop_macro("B")
#pragma pop_macro("C")
#pragma pop_macro("D")
#pragma pop_macro("E")
#pragma pop_macro("F")
#pragma pop_macro("G")
#pragma pop_macro("H")
#pragma pop_macro("I")
#pragma pop_macro("J")
#pragma pop_macro("K")
#pragma pop_macro("L")
#pragma pop_macro("M")
#pragma pop_macro("N")
#pragma pop_macro("O")
#pragma pop_macro("P")
#pragma pop_macro("Q")
#pragma pop_macro("R")
#pragma pop_macro("S")
#pragma pop_macro("T")
#pragma pop_macro("U")
#pragma pop_macro("V")
#pragma pop_macro("W")
#pragma pop_macro("X")
#pragma pop_macro("Y")
#pragma pop_macro("Z")
