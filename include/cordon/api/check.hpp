#pragma once

#include <cordon/api/config.hpp>
#include <cordon/api/stringify.hpp>

// What the assertion macros call. Defined by the engine (engine/worker/hooks.hpp); a test file sees declarations only.

namespace cordon::detail {

enum class severity : unsigned char { warn, check, require };

/// One assertion in the source; the macros make one constant per place.
struct assertion_site {
    const char* file;
    const char* macro;
    const char* expression;
    unsigned line;
    severity level;
};

/// What one thread has asserted. Constant-initialised, so that a passing assertion costs two plain stores.
struct thread_tally {
    unsigned long long passed;
    const assertion_site* last;
    bool adopted;
};

extern thread_local thread_tally current_thread;

/// A value with the function that writes it, so that failures are reported by code compiled once.
struct operand_text {
    void (*write)(text_sink&, const void*);
    const void* value;
};

// Each of these records a failed assertion. At severity::require they do not return: they leave the test by exception,
// or, without exceptions, by a jump (test thread) or by ending the test's process (any other thread).
void fail_comparison(const assertion_site& site, const char* op, operand_text left, operand_text right);
void fail_value(const assertion_site& site, operand_text value, bool negated);
/// For assertions with no operands: FAIL, a throw that did not happen. `what` says what went wrong.
void fail_plain(const assertion_site& site, const char* what);
/// As fail_plain, with text that the macro's message writer makes.
void fail_message(const assertion_site& site, operand_text message);

/// Called in a catch (...) block around an assertion's expression: records the current exception as that assertion's
/// failure. Lets pass on what is not the user's (a REQUIRE inside, a SKIP).
void fail_by_exception(const assertion_site& site);

/// Called in the catch block of _THROWS_AS and its kin when another type arrived. `expected` names the wanted type.
void fail_wrong_exception(const assertion_site& site, const char* expected);
/// The current exception's text: what(), a thrown string, or the name of its type.
bool exception_text_is(const assertion_site& site, const char* expected, size_t size);

/// Leaves the test with the ending `skipped`.
[[noreturn]] void skip_test(const assertion_site& site, operand_text reason);

/// First assertion of a thread other than the test's own: its counts are folded in when the thread ends.
void adopt_thread();

inline void pass(const assertion_site& site) {
    thread_tally& tally = current_thread;
    if (!CORDON_LIKELY(tally.adopted)) {
        adopt_thread();
    }
    // Relaxed atomic stores compile to plain ones; the engine sums the tallies of threads that still run.
    __atomic_store_n(&tally.passed, tally.passed + 1, __ATOMIC_RELAXED);
    __atomic_store_n(&tally.last, &site, __ATOMIC_RELAXED);
}

/// SUBCASE: whether this pass through the test enters the block. Leaving is the destructor's business.
class subcase {
  public:
    subcase(const char* name, const char* file, unsigned line);
    ~subcase();
    subcase(const subcase&) = delete;
    subcase& operator=(const subcase&) = delete;
    explicit operator bool() const { return entered_; }

  private:
    bool entered_;
};

/// An INFO or CAPTURE in scope. Its text is written only when something fails while it is alive.
class info_scope {
  public:
    explicit info_scope(operand_text text);
    ~info_scope();
    info_scope(const info_scope&) = delete;
    info_scope& operator=(const info_scope&) = delete;

    operand_text text;
    info_scope* outer;
};

}  // namespace cordon::detail
