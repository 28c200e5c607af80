#pragma once

#include <cordon/api/location.hpp>

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
