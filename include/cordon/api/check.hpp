#pragma once

#include <cordon/api/config.hpp>
#include <cordon/api/stringify.hpp>

// Functions that the assertion macros call. The engine defines them (engine/exec/hooks.hpp); a test file sees only
// declarations.

namespace cordon::engine::exec {
class info_list;
}

namespace cordon::detail {

/// Text that someone else owns. Converts from a literal and from any type with data() and size().
struct text_view {
    text_view(const char* text) : data(text), size(__builtin_strlen(text)) {}
    template <class S, class = decltype(declare<const S&>().data())>
    text_view(const S& text) : data(text.data()), size(text.size()) {}

    const char* data;
    size_t size;
};

/// The text of a callable that writes: INFO and the message forms use it.
template <class F>
operand_text text_by(const F& writer) {
    return {[](text_sink& out, const void* address) { (*static_cast<const F*>(address))(out); }, &writer};
}

enum class severity : unsigned char { warn, check, require };

/// One assertion in the source. The macros make one constant for each place.
struct assertion_site {
    const char* file;
    const char* macro;
    const char* expression;
    unsigned line;
    severity level;
    /// The expression must be false (CHECK_FALSE).
    bool negated;
};

/// The result of one assertion. `pending`: the expression threw nothing, and no operand was examined.
struct outcome {
    enum kind : unsigned char { failed, passed, pending };

    template <class Unused = void>
    explicit constexpr operator bool() const {
        static_assert(sizeof(Unused*) == 0, "?: at the top of an assertion: put parentheses around it");
        return false;
    }

    kind is;
};

/// A failed comparison.
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
    bool changed;  ///< the conversion changed its value
};

/// The assertions of one thread. Constant-initialized, so a passing assertion costs two plain stores.
struct thread_tally {
    alignas(8) unsigned long long passed;  // as an atomic access of 8 bytes wants it, also on 32-bit systems
    const assertion_site* last;
    bool adopted;
};

extern CORDON_THREAD_LOCAL thread_tally current_thread;

// Each of these functions records a failed assertion of any severity and returns. None of them throws. The macros of
// the REQUIRE family then call leave_test(), outside their try block.
void fail_comparison(const assertion_site& site, const comparison& what) noexcept;
/// Both operands are texts that were compared by address.
void fail_addresses(const assertion_site& site, const comparison& what, const void* left, const void* right) noexcept;
/// Two numbers of different types. `floating`: both are floating-point numbers, and are shown as they were compared.
void fail_mixed(const assertion_site& site, const comparison& what, converted_operand left, converted_operand right,
                bool floating) noexcept;
void fail_value(const assertion_site& site, operand_text value) noexcept;
/// For assertions without operands. `what` is the reason.
void fail_plain(const assertion_site& site, const char* what) noexcept;
/// A pointer was compared with a number. This compiles for a literal 0, so its value decides.
outcome refuse_number(const assertion_site& site) noexcept;
/// FAIL, FAIL_CHECK: the same as fail_plain, with the user's text.
void fail_message(const assertion_site& site, operand_text message) noexcept;

/// A REQUIRE has failed: leaves the test by exception. Without exceptions, jumps out of the test (test thread) or ends
/// the test's process (any other thread).
[[noreturn]] void leave_test();
/// Leaves the test with the ending `skipped`.
[[noreturn]] void skip_test(const assertion_site& site, operand_text reason);

// Called in a catch (...) block around an assertion's expression. Rethrows cordon's own exceptions: a leave_test()
// inside the expression, a skip.

/// The expression threw and should not: records the current exception as the assertion's failure.
void fail_by_exception(const assertion_site& site);
/// The expression threw, as _THROWS expects: counts as passed.
outcome pass_by_exception(const assertion_site& site);
/// The exception has another type than _THROWS_AS expects: records a failure that names both. `expected` is the type as
/// written.
outcome fail_wrong_exception(const assertion_site& site, const char* expected);
/// Runs after the try block of a _THROWS. `missing` is the failure if nothing was thrown.
void conclude_throwing(const assertion_site& site, outcome result, const char* missing);
/// _THROWS_WITH: passes or fails by the text of the current exception: its what(), or the thrown string.
outcome check_exception_text(const assertion_site& site, text_view expected);

/// First assertion of a thread that is not the test's own. Its counts are added when the thread ends.
void adopt_thread() noexcept;

CORDON_CONSTEXPR inline outcome pass(const assertion_site& site) noexcept {
    if (CORDON_IN_CONSTANT_EVALUATION()) {
        return outcome{outcome::passed};
    } else {
        auto* tally = &current_thread;
        if (!CORDON_LIKELY(tally->adopted)) {
            adopt_thread();
        }
        // Relaxed atomic stores compile to plain stores. The engine sums the tallies of running threads.
        CORDON_STORE_(tally->passed, tally->passed + 1);
        CORDON_STORE_(tally->last, &site);
        return outcome{outcome::passed};
    }
}

/// The place of an assertion while the compiler evaluates a constexpr function. Nobody reads its text.
template <bool Negated>
inline constexpr assertion_site no_site = {"", "", "", 0, severity::check, Negated};

/// The place of an assertion. Constant evaluation must not call `make`, because it returns a static object.
template <bool Negated, class F>
CORDON_CONSTEXPR const assertion_site* site_of(F make) {
    if (CORDON_IN_CONSTANT_EVALUATION()) return &no_site<Negated>;
    return make();
}

/// SUBCASE: true if this pass through the test enters the block. The destructor leaves it. The name is copied.
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

/// An INFO or CAPTURE in scope, or the text of a _MESSAGE assertion. The text is written only if something fails in its
/// scope. If an exception of the user ends the scope, the engine keeps the text for the failure that follows.
class info_scope {
  public:
    /// `owner`: the assertion that this message belongs to; null for INFO and CAPTURE, which belong to every failure.
    info_scope(operand_text text, const assertion_site* owner);
    ~info_scope();
    info_scope(const info_scope&) = delete;
    info_scope& operator=(const info_scope&) = delete;

    operand_text text;
    const assertion_site* owner;
    engine::exec::info_list* list;  ///< of the thread that has begun the scope
    info_scope* outer;
};

}  // namespace cordon::detail
