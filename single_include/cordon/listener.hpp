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

// ---- cordon/listener.hpp ----

// Listeners: objects of the program that are told what happens, in the process where it happens.
//
//     struct log_of_failures : cordon::listener {
//         void assertion_failed(const test& where, const failure& what) override { note(where.name, what.expression); }
//     };
//     CORDON_REGISTER_LISTENER(log_of_failures)
//
// docs/listeners.md explains them.

#if !defined(CORDON_CONTAINS_CORDON_API_ALL_HPP_) || defined(CORDON_MAIN) || defined(CORDON_IMPLEMENT)
#include "cordon.hpp"
#endif

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
