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

// ---- cordon/compat/catch.hpp ----

// The single header of Catch2 v2.

#define CATCH_VERSION_MAJOR 2
#define CATCH_VERSION_MINOR 13
#define CATCH_VERSION_PATCH 10

#include "catch2_approx.hpp"
#include "catch2_generators.hpp"
#include "catch2_matchers.hpp"
#include "catch2_templates.hpp"
#if defined(CATCH_CONFIG_RUNNER) || defined(CATCH_CONFIG_MAIN)

// ---- cordon/compat/parts/catch2/session.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_SESSION_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_SESSION_HPP_

// ---- cordon/compat/parts/catch2/options.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_OPTIONS_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_OPTIONS_HPP_

#include <cstdlib>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

// Options of the program's own beside Catch2's: session.cli() | Opt(depth, "depth")["-g"]["--depth"]("how deep").

namespace Catch {
namespace Clara {

/// Sets a variable to the value of a word. False if the word is no such value. <sstream> must be included for types
/// that are no numbers.
template <class T>
bool set_from(const std::string& word, T& variable) {
    if constexpr (std::is_arithmetic<T>::value) {
        char* end = nullptr;
        if constexpr (std::is_floating_point<T>::value) {
            variable = static_cast<T>(std::strtold(word.c_str(), &end));
        } else {
            const long long number = std::strtoll(word.c_str(), &end, 10);
            variable = static_cast<T>(number);
            if (static_cast<long long>(variable) != number) return false;
        }
        return !word.empty() && *end == '\0';
    } else {
        using stream = typename std::conditional<sizeof(T) != 0, std::istringstream, T>::type;
        stream text(word);
        return static_cast<bool>(text >> variable);
    }
}
inline bool set_from(const std::string& word, std::string& variable) {
    variable = word;
    return true;
}
inline bool set_from(const std::string& word, bool& variable) {
    variable = word == "y" || word == "1" || word == "true" || word == "yes" || word == "on";
    return variable || word == "n" || word == "0" || word == "false" || word == "no" || word == "off";
}

/// What reading a command line came to; true if it could be read.
class ParserResult {
  public:
    static ParserResult ok() { return ParserResult({}); }
    static ParserResult runtimeError(std::string why) { return ParserResult(std::move(why)); }
    explicit operator bool() const { return why_.empty(); }
    const std::string& errorMessage() const { return why_; }

  private:
    explicit ParserResult(std::string why) : why_(std::move(why)) {}
    std::string why_;
};

/// One option. It sets a variable of the user, or calls a function with the value.
class Opt {
  public:
    explicit Opt(bool& flag) : takes_value_(false) {
        set_with([&flag](const std::string&) { flag = true; });
    }
    template <class T>
    Opt(T&& target, const std::string& hint) : hint_(hint) {
        if constexpr (std::is_invocable<T, std::string>::value) {
            set_with(target);
        } else {
            static_assert(std::is_lvalue_reference<T>::value, "cordon: an option of Catch2 sets a variable");
            set_with([&target](const std::string& word) { return set_from(word, target); });
        }
    }

    Opt& operator[](const std::string& name) {
        names_.push_back(name);
        return *this;
    }
    Opt& operator()(const std::string& description) {
        description_ = description;
        return *this;
    }

    bool is_called(const std::string& name) const {
        for (const std::string& each : names_) {
            if (each == name) return true;
        }
        return false;
    }
    bool takes_value() const { return takes_value_; }
    bool set(const std::string& word) const { return set_(callable_, word); }
    std::string help() const {
        std::string line = " ";
        for (const std::string& each : names_)
            line += " " + each;
        return line + (takes_value_ ? " <" + hint_ + ">" : "") + "  " + description_;
    }

  private:
    template <class F>
    void set_with(F function) {
        callable_ = new F(std::move(function));
        set_ = [](void* callable, const std::string& word) {
            F& call = *static_cast<F*>(callable);
            if constexpr (std::is_void<decltype(call(word))>::value) {
                call(word);
                return true;
            } else {
                return static_cast<bool>(call(word));
            }
        };
    }

    std::vector<std::string> names_;
    std::string hint_, description_;
    bool takes_value_ = true;
    bool (*set_)(void* callable, const std::string& word) = nullptr;
    void* callable_ = nullptr;  ///< lives as long as the program
};

/// The options of a program. Those of Catch2 and cordon need not be in it: what it does not know is theirs.
class Parser {
  public:
    Parser& operator|=(const Opt& added) {
        options_.push_back(added);
        return *this;
    }
    friend Parser operator|(Parser parser, const Opt& added) { return parser |= added; }

    /// Takes the words of the program's own options away.
    ParserResult take(std::vector<std::string>& words) const {
        std::vector<std::string> left;
        for (std::size_t i = 0; i < words.size(); ++i) {
            const std::size_t end = words[i].find_first_of("=:");
            const Opt* const found = i == 0 || words[i][0] != '-' ? nullptr : find(words[i].substr(0, end));
            if (found == nullptr) {
                left.push_back(words[i]);
                continue;
            }
            const std::string name = words[i].substr(0, end);
            if (found->takes_value() && end == std::string::npos && i + 1 == words.size())
                return ParserResult::runtimeError(name + " needs a value");
            const bool is_next = found->takes_value() && end == std::string::npos;
            const std::string value = is_next ? words[++i] : end == std::string::npos ? "" : words[i].substr(end + 1);
            if (!found->set(value)) return ParserResult::runtimeError(name + ": wrong value '" + value + "'");
        }
        words = left;
        return ParserResult::ok();
    }

    std::string help() const {
        std::string text;
        for (const Opt& each : options_)
            text += each.help() + "\n";
        return text;
    }

  private:
    const Opt* find(const std::string& name) const {
        for (const Opt& each : options_) {
            if (each.is_called(name)) return &each;
        }
        return nullptr;
    }

    std::vector<Opt> options_;
};

}  // namespace Clara

namespace clara = Clara;
}  // namespace Catch
#endif

#include <cstdio>
#include <string>
#include <vector>

namespace cordon {

int run(int argc, const char* const* argv);

}  // namespace cordon

namespace Catch {

/// The settings that a program may change before the run. cordon's options say the same.
struct ConfigData {
    std::vector<std::string> testsOrTags;  ///< patterns
    int abortAfter = -1;                   ///< --fail-fast
    std::uint32_t rngSeed = 0;             ///< --seed; 0: cordon's own
};

/// Worker processes run main(), too: a main() must reach run() soon, always, and return its result.
class Session {
  public:
    /// Returns 1 if an option of the program's own has a wrong value; cordon's and Catch2's are read by run().
    int applyCommandLine(int argc, const char* const* argv) {
        ::cordon::detail::keep_command_line(argc, argv);
        words_.assign(argv, argv + argc);
        const Clara::ParserResult taken = own_.take(words_);
        if (!taken) std::fprintf(stderr, "cordon: %s\n", taken.errorMessage().c_str());
        for (const std::string& each : words_) {
            if (each == "-?" || each == "-h" || each == "--help") std::fputs(own_.help().c_str(), stdout);
        }
        return taken ? 0 : 1;
    }
    /// Options of the program's own are added to it with `|`.
    const Clara::Parser& cli() const { return own_; }
    void cli(const Clara::Parser& parser) { own_ = parser; }

    ConfigData& configData() { return data_; }
    void useConfigData(const ConfigData& data) { data_ = data; }

    int run(int argc, const char* const* argv) {
        const int wrong = applyCommandLine(argc, argv);
        return wrong != 0 ? wrong : run();
    }
    /// 0 if all tests passed; cordon's other exit codes do not count failures.
    int run() {
        std::vector<std::string> all = words_;
        if (all.empty()) all.push_back("tests");
        if (data_.abortAfter > 0) all.push_back("--fail-fast=" + std::to_string(data_.abortAfter));
        if (data_.rngSeed != 0) all.push_back("--seed=" + std::to_string(data_.rngSeed));
        all.insert(all.end(), data_.testsOrTags.begin(), data_.testsOrTags.end());
        std::vector<const char*> words;
        for (const std::string& each : all)
            words.push_back(each.c_str());
        words.push_back(nullptr);
        return ::cordon::run(static_cast<int>(all.size()), words.data());
    }

  private:
    std::vector<std::string> words_;
    ConfigData data_;
    Clara::Parser own_;
};

}  // namespace Catch
#endif
#endif
#if defined(CATCH_CONFIG_EXTERNAL_INTERFACES) || defined(CATCH_CONFIG_RUNNER)

// ---- cordon/api/listener/registration.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_API_LISTENER_REGISTRATION_HPP_)
#define CORDON_CONTAINS_CORDON_API_LISTENER_REGISTRATION_HPP_

// ---- cordon/api/listener/listener.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_API_LISTENER_LISTENER_HPP_)
#define CORDON_CONTAINS_CORDON_API_LISTENER_LISTENER_HPP_

#include <stddef.h>

namespace cordon {

/// Base class of an object that is told what happens in a run. Override what you need. All texts and structs are valid
/// only during the call; no text is null. In a process a class has one object, made before its first call.
class listener {
  public:
    /// Texts, to be used in a loop.
    struct texts {
        const char* const* data;
        size_t size;

        const char* const* begin() const { return data; }
        const char* const* end() const { return data + size; }
        const char* operator[](size_t i) const { return data[i]; }
    };

    struct test {
        const char* name;
        const char* suite;  ///< nested suites joined by '/'; empty outside any
        const char* description;
        texts tags;  ///< those of the suites first
        const char* file;
        unsigned line;
        unsigned attempt;   ///< from 1
        unsigned attempts;  ///< so many are allowed; 0 in the supervisor
        /// The test has ended a process in one of its subcases, and goes on with the others in this one.
        bool continued;
    };

    struct leaf {
        texts path;  ///< the entered subcases and values of GENERATE, the outermost first
        /// False at the end of a pass that only looked for more subcases, and of the process whose copies ran them.
        bool is_whole;
    };

    struct failure {
        enum class kind : unsigned char {
            assertion,
            exception,  ///< in an assertion, or out of the test
            stated,     ///< FAIL and similar
            warning,    ///< WARN: the test does not fail
            process,    ///< found by cordon: std::terminate, a subcase that did not run
        };
        kind what;
        const char* macro;       ///< "CHECK_EQ"; empty for failures without an assertion
        const char* expression;  ///< as in the source
        const char* left;        ///< of a comparison: the values
        const char* op;
        const char* right;
        const char* message;
        const char* file;
        unsigned line;
        texts path;   ///< of subcases
        texts infos;  ///< INFO and CAPTURE
    };

    enum class ending : unsigned char { passed, failed, skipped };

    /// What the process knows at the end: before should_fail, retries and leftovers are looked at.
    struct result {
        ending how;
        const char* reason;  ///< of a skip
        unsigned long long assertions;
        unsigned long long failed_assertions;
        double seconds;
    };

    struct run {
        const char* program;  ///< path
        size_t tests;         ///< selected
        size_t all_tests;     ///< of the program
        unsigned long long seed;
    };

    struct summary {
        size_t verdicts;  ///< tests with a verdict
        size_t passed;    ///< including flaky ones and known failures
        size_t failed;    ///< including lost ones and unexpected passes
        size_t skipped;   ///< including those that did not run
        bool cancelled;
        double seconds;
    };

    listener() = default;
    listener(const listener&) = delete;
    listener& operator=(const listener&) = delete;
    virtual ~listener() = default;

    // ---- in the process of the test ----

    /// Before the body. An exception or a failed REQUIRE leaves the body out; SKIP skips the test.
    virtual void test_started(const test&) {}
    /// A pass through the body begins. A test without subcases has one.
    virtual void leaf_started(const test&) {}
    virtual void subcase_started(const test&, const leaf&) {}
    /// A failed assertion, or an exception. Called in the thread that failed, one call at a time.
    virtual void assertion_failed(const test&, const failure&) {}
    virtual void subcase_ended(const test&, const leaf&) {}
    /// The pass is over. The path is empty if it entered no subcase.
    virtual void leaf_ended(const test&, const leaf&, const result&) {}
    /// After the body. Not called if the process ends before.
    virtual void test_ended(const test&, const result&) {}

    // ---- in the supervisor ----

    virtual void run_started(const run&) {}
    /// A test has its final verdict, by its name in the reports: "passed", "failed", "flaky", ... Also of tests whose
    /// process crashed or hung, or that never ran.
    virtual void test_judged(const test&, const char*) {}
    virtual void run_ended(const run&, const summary&) {}
};

namespace detail {

/// A registered listener.
struct listener_entry {
    listener_entry(const char* name, location where, listener& (*object)(), int order) noexcept;

    const char* name;
    location where;
    listener& (*object)();
    int order;
    mutable const listener_entry* next;
};

template <class T>
listener& listener_object() {
    static_assert(__is_base_of(listener, T), "a listener derives from cordon::listener");
    static T only;
    return only;
}

}  // namespace detail
}  // namespace cordon
#endif

/// CORDON_REGISTER_LISTENER(Class) or (Class, order): a lower order is told first, 0 is the default. In any file of the
/// program, in the scope of a namespace.
#define CORDON_REGISTER_LISTENER(...) CORDON_REGISTER_LISTENER_(CORDON_UNIQUE(cordon_listener_), __VA_ARGS__, 0, )

#define CORDON_REGISTER_LISTENER_(entry, Class, order, ...)                              \
    CORDON_GLOBAL_BEGIN_                                                                 \
    static const ::cordon::detail::listener_entry entry{                                 \
        #Class, {__FILE__, __LINE__}, &::cordon::detail::listener_object<Class>, order}; \
    CORDON_GLOBAL_END_                                                                   \
    static_assert(true, "REGISTER_LISTENER")
#endif

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
#endif
#if defined(CATCH_CONFIG_ENABLE_BENCHMARKING)

// ---- cordon/compat/parts/catch2/benchmark/expansion.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_BENCHMARK_EXPANSION_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_BENCHMARK_EXPANSION_HPP_

#include <chrono>
#include <cstdlib>
#include <new>
#include <string>
#include <type_traits>
#include <utility>

// A benchmark is measured only if the environment variable CORDON_BENCHMARKS is set. Then the log of its test has the
// mean time of a call.

namespace Catch::Benchmark {

template <class F>
void call(F& function, int number) {
    if constexpr (std::is_invocable<F&, int>::value) {
        static_cast<void>(function(number));
    } else {
        static_cast<void>(function());
    }
}

/// Given to the function of BENCHMARK_ADVANCED, which calls measure() once.
class Chronometer {
  public:
    explicit Chronometer(int runs) : runs_(runs) {}
    int runs() const { return runs_; }
    template <class F>
    void measure(F&& function) {
        const auto start = std::chrono::steady_clock::now();
        for (int i = 0; i < runs_; ++i)
            call(function, i);
        taken_ = std::chrono::steady_clock::now() - start;
    }
    std::chrono::nanoseconds taken() const { return taken_; }

  private:
    int runs_;
    std::chrono::nanoseconds taken_{0};
};

class Benchmark {
  public:
    explicit Benchmark(std::string name) : name_(std::move(name)) {}
    explicit operator bool() const { return std::getenv("CORDON_BENCHMARKS") != nullptr; }

    template <class F>
    void measure_with(F function) {
        constexpr std::chrono::milliseconds enough(50);
        for (int runs = 1;; runs *= 2) {
            Chronometer meter(runs);
            function(meter);
            if (meter.taken() < enough && runs < (1 << 30)) continue;
            tell(static_cast<double>(meter.taken().count()) / runs);
            return;
        }
    }
    template <class F>
    void operator=(F function) {
        if constexpr (std::is_invocable<F&, Chronometer&>::value) {
            measure_with(function);
        } else {
            measure_with([&](Chronometer& meter) { meter.measure(function); });
        }
    }

  private:
    void tell(double nanoseconds) const {
        ::cordon::log("benchmark ", name_, ": ", std::to_string(nanoseconds), " ns a call");
    }

    std::string name_;
};

/// Memory for one T, so that a benchmark can measure its constructor alone. If `Destroys`, its destructor as well:
/// destruct() calls it. Otherwise the T is destroyed with its memory.
template <class T, bool Destroys>
class object_memory {
  public:
    object_memory() = default;
    object_memory(object_memory&&) noexcept {}  // an empty one: std::vector asks for it
    ~object_memory() {
        if (!Destroys && made_ != nullptr) made_->~T();
    }

    template <class... Arguments>
    void construct(Arguments&&... arguments) {
        made_ = new (static_cast<void*>(bytes_)) T(std::forward<Arguments>(arguments)...);
    }
    template <bool Can = Destroys, class = typename std::enable_if<Can>::type>
    void destruct() {
        made_->~T();
        made_ = nullptr;
    }
    T& stored_object() { return *made_; }

  private:
    alignas(T) unsigned char bytes_[sizeof(T)];
    T* made_ = nullptr;
};
template <class T>
using storage_for = object_memory<T, false>;
template <class T>
using destructable_object = object_memory<T, true>;

template <class T>
void deoptimize_value(T&& value) {
    __asm__ __volatile__("" : : "r,m"(value) : "memory");
}
inline void keep_memory() { __asm__ __volatile__("" : : : "memory"); }
template <class T>
void keep_memory(T* at) {
    __asm__ __volatile__("" : : "g"(at) : "memory");
}

}  // namespace Catch::Benchmark

// BENCHMARK("words") { ... }; or BENCHMARK("words", i) { ... }; where i numbers the calls.
#define CORDON_CATCH2_BENCHMARK_IN_(name, words, index, ...) \
    if (::Catch::Benchmark::Benchmark name{words}) name = [&]([[maybe_unused]] int index)
// BENCHMARK_ADVANCED("words")(Catch::Benchmark::Chronometer meter) { ... };
#define CORDON_CATCH2_BENCHMARK_ADVANCED_(name, words) \
    if (::Catch::Benchmark::Benchmark name{words}) name = [&]
#endif
#if defined(CATCH_CONFIG_PREFIX_ALL)

// ---- cordon/compat/parts/catch2/benchmark/macros.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_BENCHMARK_MACROS_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_BENCHMARK_MACROS_HPP_

#define CATCH_BENCHMARK(...) CORDON_CATCH2_BENCHMARK_IN_(CORDON_UNIQUE(cordon_benchmark_), __VA_ARGS__, i, )
#define CATCH_BENCHMARK_ADVANCED(words) CORDON_CATCH2_BENCHMARK_ADVANCED_(CORDON_UNIQUE(cordon_benchmark_), words)
#endif
#else

// ---- cordon/compat/parts/catch2/benchmark/short_macros.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_BENCHMARK_SHORT_MACROS_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_BENCHMARK_SHORT_MACROS_HPP_
// Generated from macros.hpp by tools/short_macros.py. Change the long macros there, not these.

// The public macros with their short names. CATCH_CONFIG_PREFIX_ALL replaces them by the long ones.

// clang-format off
#define BENCHMARK(...) CORDON_CATCH2_BENCHMARK_IN_(CORDON_UNIQUE(cordon_benchmark_), __VA_ARGS__, i, )
#define BENCHMARK_ADVANCED(words) CORDON_CATCH2_BENCHMARK_ADVANCED_(CORDON_UNIQUE(cordon_benchmark_), words)
#endif
#endif
#endif

// Catch2 includes many standard headers, cordon's replacement few. A test file that relies on them may ask for them.
#if defined(CORDON_CATCH2_INCLUDES)
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstring>
#include <functional>
#include <memory>
#include <ostream>
#include <random>
#endif

#if __has_include(<bits/unique_ptr.h>)
#include <bits/unique_ptr.h>  // many generators of users need it; <memory> would cost a third of this header
#else
#include <memory>
#endif

// v2 puts it here.
using Catch::Approx;
