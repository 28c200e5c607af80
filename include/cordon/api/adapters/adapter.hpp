#pragma once

// How an optional header takes over the tests of another framework.

namespace cordon::detail {

/// The command line of a program with tests of another framework.
struct adapted_command {
    int count;
    const char* const* words;
    bool done = false;  ///< the other framework did what was asked for: the program ends with `exit_code`
    int exit_code = 0;
    /// With which workers are started. Null: with those that cordon::run got.
    const char* const* all_words = nullptr;
    int all_count = 0;
};

/// `prepare` runs once in each process of a run, before the list of tests is built. It adds the tests and replaces the
/// words that are meant for the other framework.
struct adapter {
    explicit adapter(void (*prepare)(adapted_command&)) noexcept;

    void (*prepare)(adapted_command&);
    adapter* next;
};

}  // namespace cordon::detail
