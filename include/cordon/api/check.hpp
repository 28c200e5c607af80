#pragma once

#include <cordon/api/config.hpp>
#include <cordon/api/stringify.hpp>

// What the assertion macros call. Defined by the engine (engine/worker/hooks.hpp); a test file sees declarations only.

namespace cordon::detail {

/// Text that somebody else owns. Converts from a literal and from whatever has data() and size().
struct text_view {
    text_view(const char* text) : data(text), size(__builtin_strlen(text)) {}
    template <class S, class = decltype(declare<const S&>().data())>
    text_view(const S& text) : data(text.data()), size(text.size()) {}

    const char* data;
    size_t size;
};

/// A callable that writes: what INFO and the message forms pass on.
template <class F>
operand_text text_by(const F& writer) {
    return {[](text_sink& out, const void* address) { (*static_cast<const F*>(address))(out); }, &writer};
}

enum class severity : unsigned char { warn, check, require };

/// One assertion in the source; the macros make one constant per place.
struct assertion_site {
    const char* file;
    const char* macro;
    const char* expression;
    unsigned line;
    severity level;
    /// The assertion wants the expression to be false (CHECK_FALSE).
    bool negated;
};

/// What became of one assertion. `pending`: its expression ended without an exception, and no operand was looked at.
struct outcome {
    enum kind : unsigned char { failed, passed, pending };

    template <class Unused = void>
    explicit constexpr operator bool() const {
        static_assert(sizeof(Unused*) == 0, "?: at the top of an assertion: put parentheses around it");
        return false;
    }

    kind is;
};

/// A comparison that did not come out as wanted.
struct comparison {
    const char* op;
    operand_text left;
    operand_text right;
    /// The compiler's name of a function template whose parameters L and R are the operands' types.
    const char* types;
    size_t left_size;
    size_t right_size;
};

/// An operand that the language converted for the comparison.
struct converted_operand {
    operand_text as;
    bool changed;  ///< its value is another one now
};

/// What one thread has asserted. Constant-initialized, so that a passing assertion costs two plain stores.
struct thread_tally {
    unsigned long long passed;
    const assertion_site* last;
    bool adopted;
};

extern CORDON_THREAD_LOCAL thread_tally current_thread;

// Each of these records a failed assertion, whatever its severity, and returns: the macros of the REQUIRE family call
// leave_test() afterwards, outside of their try block. None of them throws.
void fail_comparison(const assertion_site& site, const comparison& what) noexcept;
/// Both operands are texts by their addresses, and these were compared.
void fail_addresses(const assertion_site& site, const comparison& what, const void* left, const void* right) noexcept;
/// Two numbers of different types. `floating`: both are, so that they are shown as they were compared.
void fail_mixed(const assertion_site& site, const comparison& what, converted_operand left, converted_operand right,
                bool floating) noexcept;
void fail_value(const assertion_site& site, operand_text value) noexcept;
/// For assertions with no operands. `what` says what went wrong.
void fail_plain(const assertion_site& site, const char* what) noexcept;
/// FAIL, FAIL_CHECK: as fail_plain, with the user's text.
void fail_message(const assertion_site& site, operand_text message) noexcept;

/// A REQUIRE has failed: leaves the test by exception, or, without exceptions, by a jump (test thread) or by ending the
/// test's process (any other thread).
[[noreturn]] void leave_test();
/// Leaves the test with the ending `skipped`.
[[noreturn]] void skip_test(const assertion_site& site, operand_text reason);

// Called in a catch (...) block around an assertion's expression. What is not the user's (leave_test inside of the
// expression, a skip) is thrown on.

/// The expression threw where it should not: records the current exception as the assertion's failure.
void fail_by_exception(const assertion_site& site);
/// The expression threw, as _THROWS wants: counts as passed.
void pass_by_exception(const assertion_site& site);
/// An exception of another type than _THROWS_AS wants: records a failure that names both. `expected` is the wanted type
/// as written.
void fail_wrong_exception(const assertion_site& site, const char* expected);
/// _THROWS_WITH: passes or fails by the current exception's text, which is what(), or a thrown string.
outcome check_exception_text(const assertion_site& site, text_view expected);

/// First assertion of a thread other than the test's own: its counts are folded in when the thread ends.
void adopt_thread() noexcept;

CORDON_CONSTEXPR inline outcome pass(const assertion_site& site) noexcept {
    if (CORDON_IN_CONSTANT_EVALUATION()) {
        return outcome{outcome::passed};
    } else {
        auto* tally = &current_thread;
        if (!CORDON_LIKELY(tally->adopted)) {
            adopt_thread();
        }
        // Relaxed atomic stores compile to plain ones; the engine sums the tallies of threads that still run.
        __atomic_store_n(&tally->passed, tally->passed + 1, __ATOMIC_RELAXED);
        __atomic_store_n(&tally->last, &site, __ATOMIC_RELAXED);
        return outcome{outcome::passed};
    }
}

/// The place of an assertion in a constexpr function, while the compiler evaluates it: nobody asks for more.
template <bool Negated>
inline constexpr assertion_site no_site = {"", "", "", 0, severity::check, Negated};

/// Where an assertion stands. `make` may not be called in constant evaluation: what it returns is static.
template <bool Negated, class F>
CORDON_CONSTEXPR const assertion_site* site_of(F make) {
    if (CORDON_IN_CONSTANT_EVALUATION()) return &no_site<Negated>;
    return make();
}

/// SUBCASE: whether this pass through the test enters the block. Leaving is the destructor's business. The name is
/// copied.
class subcase {
  public:
    subcase(text_view name, const char* file, unsigned line);
    ~subcase();
    subcase(const subcase&) = delete;
    subcase& operator=(const subcase&) = delete;
    explicit operator bool() const { return entered_; }

  private:
    bool entered_;
};

/// An INFO or CAPTURE in scope, or the text of a _MESSAGE assertion. Its text is written only when something fails
/// while it is alive. When an exception of the user's ends the scope, the engine keeps the text for the failure to
/// come.
class info_scope {
  public:
    /// `owner`: the assertion whose message this is; null for INFO and CAPTURE, which belong to every failure.
    info_scope(operand_text text, const assertion_site* owner);
    ~info_scope();
    info_scope(const info_scope&) = delete;
    info_scope& operator=(const info_scope&) = delete;

    operand_text text;
    const assertion_site* owner;
    info_scope* outer;
};

}  // namespace cordon::detail
