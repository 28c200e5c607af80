#pragma once

#include <cordon/api/check.hpp>
#include <cordon/engine/base/text.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/worker/context.hpp>
#include <cordon/engine/worker/memory_limit.hpp>
#include <cordon/engine/worker/stringify.hpp>
#include <cordon/engine/worker/unwind.hpp>

#include <algorithm>
#include <cerrno>
#include <exception>
#include <string>
#include <string_view>
#include <utility>

// Definitions of what the assertion macros call.

namespace cordon::engine::worker {

thread_local detail::info_scope* innermost_info = nullptr;

// INFO texts are written now, when something failed. What writes them is the user's code: an assertion in there must
// not come back here.
struct shown_infos {
    vector<std::string> info;
    std::string message;  // of the _MESSAGE form that failed
};

shown_infos infos_for(const detail::assertion_site* failed) {
    constexpr std::size_t most = 100;
    shown_infos shown;
    detail::info_scope* const innermost = std::exchange(innermost_info, nullptr);
    for (const detail::info_scope* scope = innermost; scope != nullptr && shown.info.size() < most;
         scope = scope->outer) {
        if (scope->owner == nullptr) {
            shown.info.push_back(test_context::shortened(written(scope->text)));
        } else if (scope->owner == failed) {
            shown.message = written(scope->text);
        }
    }
    innermost_info = innermost;
    std::reverse(shown.info.begin(), shown.info.end());
    return shown;
}

failure failure_at(const detail::assertion_site& site, failure_kind kind) {
    failure what;
    what.kind = site.level == detail::severity::warn ? failure_kind::warning : kind;
    what.macro = site.macro;
    what.expression = site.expression;
    what.file = site.file;
    what.line = site.line;
    return what;
}

void record_at(const detail::assertion_site& site, failure what) {
    const bool refused = limit_here.is_reason(errno);
    shown_infos shown = infos_for(&site);
    what.info = std::move(shown.info);
    take_unwound_infos(what.info);
    if (refused) what.info.push_back("the memory limit of " + size_text(limit_here.bytes()) + " was reached");
    if (!shown.message.empty())
        what.message = what.message.empty() ? shown.message : shown.message + "\n" + what.message;
    context().record(std::move(what));
}

struct thread_membership {
    ~thread_membership() {
        forget_unwound();
        context().count().fold(&detail::current_thread);
    }
};

}  // namespace cordon::engine::worker

namespace cordon::detail {

CORDON_COLD void fail_comparison(const assertion_site& site, const char* op, operand_text left,
                                 operand_text right) noexcept {
    if (engine::worker::context().counts_only(site)) return;
    engine::failure what = engine::worker::failure_at(site, engine::failure_kind::assertion);
    what.left = engine::worker::written(left);
    what.op = op;
    what.right = engine::worker::written(right);
    engine::worker::record_at(site, std::move(what));
}

CORDON_COLD void fail_value(const assertion_site& site, operand_text value) noexcept {
    if (engine::worker::context().counts_only(site)) return;
    engine::failure what = engine::worker::failure_at(site, engine::failure_kind::assertion);
    what.left = engine::worker::written(value);
    engine::worker::record_at(site, std::move(what));
}

CORDON_COLD void fail_plain(const assertion_site& site, const char* words) noexcept {
    if (engine::worker::context().counts_only(site)) return;
    engine::failure what = engine::worker::failure_at(site, engine::failure_kind::assertion);
    what.message = words;
    engine::worker::record_at(site, std::move(what));
}

CORDON_COLD void fail_message(const assertion_site& site, operand_text message) noexcept {
    if (engine::worker::context().counts_only(site)) return;
    engine::failure what = engine::worker::failure_at(site, engine::failure_kind::explicit_);
    what.message = engine::worker::written(message);
    engine::worker::record_at(site, std::move(what));
}

[[noreturn]] CORDON_COLD void leave_test() { engine::worker::leave_test(); }

[[noreturn]] CORDON_COLD void skip_test(const assertion_site&, operand_text reason) {
    engine::worker::context().skip(engine::worker::written(reason));
    engine::worker::leave_test();
}

CORDON_COLD void adopt_thread() noexcept {
    thread_local engine::worker::thread_membership membership;
    static_cast<void>(membership);
    current_thread.adopted = true;
    engine::worker::context().count().adopt(&current_thread);
}

#if !defined(CORDON_CONFIG_NO_EXCEPTIONS)

CORDON_COLD void fail_by_exception(const assertion_site& site) {
    if (engine::worker::current_exception_leaves_test()) throw;
    const bool refused = engine::worker::limit_here.is_reason(errno);
    if (engine::worker::current_exception_is_of_memory_limit(refused)) engine::worker::context().note_out_of_memory();
    if (engine::worker::context().counts_only(site)) return;
    engine::failure what = engine::worker::failure_at(site, engine::failure_kind::exception);
    what.message = "threw " + engine::worker::current_exception_text();
    engine::worker::record_at(site, std::move(what));
}

CORDON_COLD void pass_by_exception(const assertion_site& site) {
    if (engine::worker::current_exception_leaves_test()) throw;
    engine::worker::forget_unwound();
    pass(site);
}

CORDON_COLD void fail_wrong_exception(const assertion_site& site, const char* expected) {
    if (engine::worker::current_exception_leaves_test()) throw;
    if (engine::worker::context().counts_only(site)) return;
    engine::failure what = engine::worker::failure_at(site, engine::failure_kind::exception);
    what.message = "threw " + engine::worker::current_exception_text() + ", expected " + expected;
    engine::worker::record_at(site, std::move(what));
}

CORDON_COLD outcome check_exception_text(const assertion_site& site, text_view expected) {
    if (engine::worker::current_exception_leaves_test()) throw;
    const std::string words = engine::worker::current_exception_words();
    const std::string_view wanted(expected.data, expected.size);
    if (words == wanted) {
        pass(site);
        return outcome::passed;
    }
    if (engine::worker::context().counts_only(site)) return outcome::failed;
    engine::failure what = engine::worker::failure_at(site, engine::failure_kind::exception);
    what.left = engine::worker::written(text_of(words));
    what.op = "==";
    what.right = engine::worker::written(text_of(wanted));
    what.message = "threw " + engine::worker::current_exception_text();
    engine::worker::record_at(site, std::move(what));
    return outcome::failed;
}

#endif

subcase::subcase(text_view name, const char* file, unsigned line)
    : entered_(engine::worker::context().subcases().reach({name.data, name.size}, file, line)) {
    if (!entered_) return;
    engine::worker::forget_unwound_path();
    engine::worker::context().enter_subcase();
}

subcase::~subcase() {
    if (!entered_) return;
    const bool unwinding = engine::worker::is_unwinding();
    if (unwinding) engine::worker::keep_unwound_path();
    engine::worker::context().leave_subcase(unwinding);
}

info_scope::info_scope(operand_text text_, const assertion_site* owner_)
    : text(text_), owner(owner_), outer(engine::worker::innermost_info) {
    engine::worker::innermost_info = this;
}

info_scope::~info_scope() {
    engine::worker::innermost_info = outer;
    if (owner == nullptr && engine::worker::is_unwinding()) engine::worker::keep_unwound_info(text);
}

}  // namespace cordon::detail
