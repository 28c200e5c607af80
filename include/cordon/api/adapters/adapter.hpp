#pragma once

#include <cordon/api/check.hpp>

// How an optional header takes over the tests of another framework.

namespace cordon::detail {

/// The command line of a program with tests of another framework.
struct adapted_command {
    int count;
    const char* const* words;
    bool runs_tests = false;  ///< in a process that cordon has started for tests
    bool done = false;        ///< the other framework did what was asked for: the program ends with `exit_code`
    int exit_code = 0;
    /// The words that started the program. Workers get them if the system does not tell. Null: those that cordon::run
    /// got.
    const char* const* all_words = nullptr;
    int all_count = 0;
    /// Words for the other framework that a command needs to show a failure again, besides the names of tests.
    const char* const* again_words = nullptr;
    int again_count = 0;
};

/// `prepare` runs once in each process of a run, before the list of tests is built. It adds the tests and replaces the
/// words that are meant for the other framework.
struct adapter {
    explicit adapter(void (*prepare)(adapted_command&)) noexcept;

    void (*prepare)(adapted_command&);
    adapter* next;
};

/// True for an option of cordon whose value is the next word: "--jobs", "-j".
bool takes_next_word(text_view word) noexcept;

/// What another framework reports about the running test.
struct adapted_failure {
    enum kind : unsigned char { assertion, message, exception, warning };

    kind is;
    const char* file;
    unsigned line;
    text_view macro;       ///< empty: no assertion has failed
    text_view expression;  ///< as written in the source
    text_view values;      ///< the expression with its values
    text_view words;       ///< a text of the user, or the reason
    const text_view* infos;
    size_t info_count;
};

// Functions for the reporters of other frameworks. Any thread of the test may call them.

/// Texts are copied.
void tell_adapted_failure(const adapted_failure& told) noexcept;
/// Assertions that passed.
void count_adapted(unsigned long long passed) noexcept;
/// The other framework has entered a subcase, which it has chosen itself, or leaves the innermost one.
void enter_adapted_subcase(text_view name, const char* file, unsigned line) noexcept;
void leave_adapted_subcase() noexcept;
/// The other framework runs the test again, for its other subcases.
void begin_adapted_pass() noexcept;
/// False in a process that the test has forked: the other framework counts nothing that happens there.
bool is_in_test_process() noexcept;

}  // namespace cordon::detail
