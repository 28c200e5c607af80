#pragma once

#include <cordon/api/check.hpp>
#include <cordon/engine/base/text.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/exec/context.hpp>
#include <cordon/engine/exec/focus.hpp>
#include <cordon/engine/exec/info_list.hpp>
#include <cordon/engine/exec/leaf_forks.hpp>
#include <cordon/engine/exec/listeners.hpp>
#include <cordon/engine/exec/memory_limit.hpp>
#include <cordon/engine/exec/remarks.hpp>
#include <cordon/engine/exec/stringify.hpp>
#include <cordon/engine/exec/unwind.hpp>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdint>
#include <exception>
#include <string>
#include <string_view>
#include <utility>

// Definitions of the functions that assertion macros call.

namespace cordon::engine::exec {

failure failure_at(const detail::assertion_site& site, failure_kind kind) {
    failure what;
    what.kind = site.level == detail::severity::warn ? failure_kind::warning : kind;
    what.macro = site.macro;
    what.expression = site.expression;
    what.file = site.file;
    what.line = site.line;
    return what;
}

/// True if a function of the user takes part in writing the failure.
bool is_written_by_user(const detail::assertion_site& site, const detail::operand_text* first,
                        const detail::operand_text* last) {
    for (; first != last; ++first) {
        if (!is_own_writer(first->write)) return true;
    }
    return has_info_for(&site);
}

/// A failure that is being written. It stays known even if writing it goes wrong.
class told_failure {
  public:
    template <class... Text>
    told_failure(const detail::assertion_site& site, failure_kind kind, const Text&... texts)
        : what(failure_at(site, kind)), site_(site), refused_(limit_here.is_reason(errno)) {
        const detail::operand_text all[] = {texts..., detail::operand_text{}};
        announced_ = is_written_by_user(site, all, all + sizeof...(texts)) ||
                     (kind == failure_kind::exception && first_translator != nullptr);
        if (announced_) context().announce(what);
    }

    void tell() {
        shown_infos shown = infos_for(&site_);
        what.info = std::move(shown.info);
        take_unwound_infos(what.info);
        if (refused_) what.info.push_back("the memory limit of " + size_text(limit_here.bytes()) + " was reached");
        if (!shown.message.empty())
            what.message = what.message.empty() ? shown.message : shown.message + "\n" + what.message;
        context().record(std::move(what), announced_);
    }

    failure what;

  private:
    const detail::assertion_site& site_;
    bool refused_;  // errno at the time of the failure
    bool announced_ = false;
};

/// Adds "0x2a" to a number.
void add_hex(std::string& number) {
    std::uint64_t value = 0;
    const auto end = std::from_chars(number.data(), number.data() + number.size(), value);
    if (end.ec != std::errc() || end.ptr != number.data() + number.size() || value <= 9) return;
    char digits[16];
    const auto written = std::to_chars(digits, digits + sizeof digits, value, 16);
    number += " (0x" + std::string(digits, written.ptr) + ")";
}

/// Of an object that is only known by its bytes its truth says more: "std::function<int()> that converts to false".
void name_truth(std::string& text, bool truth) {
    const std::size_t open = text.find('{');
    const std::size_t words = text.find("-byte object");
    if (open == std::string::npos || words == std::string::npos || text.back() != '}') return;
    if (text.find_first_not_of("0123456789", open + 1) != words) return;
    text.replace(open, std::string::npos, truth ? " that converts to true" : " that converts to false");
}

/// The value of a number in the form that the expression suggests.
void add_forms(std::string& text, const detail::operand_text& value, std::string_view expression) {
    if (!is_integer_writer(value.write)) return;
    if (detail::stringify_detail::mentions_errno(expression)) return detail::stringify_detail::add_errno_name(text);
    if (looks_at_bits(expression)) add_hex(text);
}

/// The code of a character that is compared with a number.
void add_character_code(std::string& text, const detail::operand_text& value, const detail::operand_text& other) {
    if (!is_integer_writer(other.write)) return;
    const auto add = [&](auto type) {
        using unit = decltype(type);
        if (is_one_of<unit>(value.write))
            text += " (" + std::to_string(static_cast<long long>(*static_cast<const unit*>(value.value))) + ")";
    };
    add(char());
    add(wchar_t());
    add(char16_t());
    add(char32_t());
}

/// Writes both sides. Where they must be equal, all elements are compared; else the first ones are shown.
void write_sides(failure& what, const detail::comparison& seen) {
    what.op = seen.op;
    const bool whole = what.op == "==";
    const auto room = [&] { return whole ? detail::bounded_text(focus_reach, focus_reach) : detail::bounded_text(); };
    what.left = written(seen.left, room());
    what.right = written(seen.right, room());
    if (whole) focus_on_difference(what.left, what.right);
    add_forms(what.left, seen.left, what.expression);
    add_forms(what.right, seen.right, what.expression);
    add_character_code(what.left, seen.left, seen.right);
    add_character_code(what.right, seen.right, seen.left);
}

struct thread_membership {
    ~thread_membership() {
        forget_unwound();
        release_infos();
        context().count().fold(&detail::current_thread);
    }
};

#if defined(__MINGW32__) && !defined(__clang__)
// This compiler keeps thread-local data in memory that is freed before destructors of the thread run. So nothing there
// can be held until its end: what a thread holds is lost, and its assertions are counted one by one.
constexpr bool holds_until_thread_ends = false;
#else
constexpr bool holds_until_thread_ends = true;
#endif

void hold_until_thread_ends() {
    if (!holds_until_thread_ends || detail::current_thread.adopted || context().in_branch()) return;
    thread_local thread_membership membership;
    static_cast<void>(membership);
    detail::current_thread.adopted = true;
    context().count().adopt(&detail::current_thread);
}

/// A SUBCASE was reached and is not entered in this pass. A process forked by the test makes only one pass, and only it
/// knows the blocks that it reaches. Without this check they would be left out silently.
void mind_left_out(detail::text_view name, const char* file, unsigned line) {
    test_context& current = context();
    if (!current.subcases().found_new() || !current.is_level_of_copy()) return;
    failure what;
    what.kind = failure_kind::process;
    what.message = "the subcase \"" + std::string(name.data, name.size) +
                   "\" did not run: a process that the test forked enters only the first of several";
    what.file = file;
    what.line = line;
    current.record(std::move(what));
}

}  // namespace cordon::engine::exec

namespace cordon::detail {

CORDON_COLD void fail_comparison(const assertion_site& site, const comparison& seen) noexcept {
    if (engine::exec::context().counts_only(site)) return;
    engine::exec::told_failure told(site, engine::failure_kind::assertion, seen.left, seen.right);
    engine::exec::write_sides(told.what, seen);
    const bool differ = told.what.op == "==" ? !site.negated : told.what.op == "!=" && site.negated;
    if (differ && told.what.left == told.what.right)
        told.what.message = engine::exec::what_differs(seen, told.what.left);
    told.tell();
}

CORDON_COLD void fail_addresses(const assertion_site& site, const comparison& seen, const void* left,
                                const void* right) noexcept {
    if (engine::exec::context().counts_only(site)) return;
    engine::exec::told_failure told(site, engine::failure_kind::assertion, seen.left, seen.right);
    engine::exec::write_sides(told.what, seen);
    if (left != nullptr && right != nullptr)
        told.what.message = "addresses were compared, not texts: " + engine::exec::address_text(left) + " and " +
                            engine::exec::address_text(right);
    told.tell();
}

CORDON_COLD void fail_mixed(const assertion_site& site, const comparison& seen, converted_operand left,
                            converted_operand right, bool floating) noexcept {
    if (engine::exec::context().counts_only(site)) return;
    engine::exec::told_failure told(site, engine::failure_kind::assertion, seen.left, seen.right);
    engine::exec::write_sides(told.what, seen);
    const std::string left_as = engine::exec::written(left.as);
    const std::string right_as = engine::exec::written(right.as);
    if (floating) {
        told.what.left = left_as;
        told.what.right = right_as;
    }
    if (left.changed) told.what.message = engine::exec::conversion_text(told.what.left, left_as);
    if (right.changed) told.what.message = engine::exec::conversion_text(told.what.right, right_as);
    told.tell();
}

CORDON_COLD void fail_value(const assertion_site& site, operand_text value) noexcept {
    if (engine::exec::context().counts_only(site)) return;
    engine::exec::told_failure told(site, engine::failure_kind::assertion, value);
    told.what.left = engine::exec::written(value);
    engine::exec::name_truth(told.what.left, site.negated);
    engine::exec::add_forms(told.what.left, value, told.what.expression);
    told.tell();
}

CORDON_COLD void fail_plain(const assertion_site& site, const char* words) noexcept {
    if (engine::exec::context().counts_only(site)) return;
    engine::exec::told_failure told(site, engine::failure_kind::assertion);
    told.what.message = words;
    told.tell();
}

CORDON_COLD outcome refuse_number(const assertion_site& site) noexcept {
    fail_plain(site, "a pointer was compared with a number");
    return outcome{outcome::failed};
}

CORDON_COLD void fail_message(const assertion_site& site, operand_text message) noexcept {
    if (engine::exec::context().counts_only(site)) return;
    engine::exec::told_failure told(site, engine::failure_kind::explicit_, message);
    told.what.message = engine::exec::written(message);
    told.tell();
}

[[noreturn]] CORDON_COLD void leave_test() { engine::exec::leave_test(); }

[[noreturn]] CORDON_COLD void skip_test(const assertion_site&, operand_text reason) {
    engine::exec::context().skip(engine::exec::written(reason));
    engine::exec::leave_test();
}

CORDON_COLD void adopt_thread() noexcept {
    if (engine::exec::context().count_in_branch()) return;
    if (!engine::exec::holds_until_thread_ends) return engine::exec::context().count().add(1);
    engine::exec::hold_until_thread_ends();
}

#if !defined(CORDON_CONFIG_NO_EXCEPTIONS)

CORDON_COLD void fail_by_exception(const assertion_site& site) {
    if (engine::exec::current_exception_leaves_test()) throw;
    const bool refused = engine::exec::limit_here.is_reason(errno);
    if (engine::exec::current_exception_is_of_memory_limit(refused)) engine::exec::context().note_out_of_memory();
    if (engine::exec::context().counts_only(site)) return;
    engine::exec::told_failure told(site, engine::failure_kind::exception);
    told.what.message = "threw " + engine::exec::current_exception_text();
    told.tell();
}

CORDON_COLD outcome pass_by_exception(const assertion_site& site) {
    if (engine::exec::current_exception_leaves_test()) throw;
    engine::exec::forget_unwound();
    return pass(site);
}

CORDON_COLD outcome fail_wrong_exception(const assertion_site& site, const char* expected) {
    if (engine::exec::current_exception_leaves_test()) throw;
    if (engine::exec::context().counts_only(site)) return outcome{outcome::failed};
    engine::exec::told_failure told(site, engine::failure_kind::exception);
    told.what.message = "threw " + engine::exec::current_exception_text() + ", expected " + expected;
    told.tell();
    return outcome{outcome::failed};
}

CORDON_COLD void conclude_throwing(const assertion_site& site, outcome result, const char* missing) {
    if (result.is == outcome::passed) return;
    if (result.is == outcome::pending) fail_plain(site, missing);
    if (site.level == severity::require) leave_test();
}

CORDON_COLD outcome check_exception_text(const assertion_site& site, text_view expected) {
    if (engine::exec::current_exception_leaves_test()) throw;
    const std::string words = engine::exec::current_exception_words();
    const std::string_view wanted(expected.data, expected.size);
    if (words == wanted) {
        pass(site);
        return outcome{outcome::passed};
    }
    if (engine::exec::context().counts_only(site)) return outcome{outcome::failed};
    engine::exec::told_failure told(site, engine::failure_kind::exception);
    told.what.left = engine::exec::written(text_of(words));
    told.what.op = "==";
    told.what.right = engine::exec::written(text_of(wanted));
    told.what.message = "threw " + engine::exec::current_exception_text();
    told.tell();
    return outcome{outcome::failed};
}

#endif

subcase::subcase(text_view name, const char* file, unsigned line)
    : entered_(engine::exec::context().subcases().reach({name.data, name.size}, file, line)) {
    if (!entered_) {
        engine::exec::mind_left_out(name, file, line);
    } else {
        engine::exec::forget_unwound_path();
        if (engine::exec::context().forks_leaves()) {
            entered_ = engine::exec::fork_at_subcase();
        } else {
            engine::exec::context().enter_subcase();
        }
        if (entered_ && engine::exec::first_listener != nullptr) engine::exec::listeners_here().enter_subcase();
    }
}

subcase::~subcase() {
    if (!entered_) return;
    const bool unwinding = engine::exec::is_unwinding();
    if (unwinding) engine::exec::keep_unwound_path();
    engine::exec::context().leave_subcase(unwinding);
    if (engine::exec::first_listener != nullptr)
        engine::exec::listeners_here().leave_subcases(engine::exec::context().subcases().depth());
}

info_scope::info_scope(operand_text text_, const assertion_site* owner_) : text(text_), owner(owner_) {
    engine::exec::infos_here().add(*this);
}

info_scope::~info_scope() {
    list->remove(*this);
    if (owner == nullptr && engine::exec::is_unwinding()) engine::exec::keep_unwound_info(text);
}

}  // namespace cordon::detail
