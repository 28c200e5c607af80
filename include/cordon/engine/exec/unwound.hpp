#pragma once

#include <cordon/api/check.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/exec/context.hpp>
#include <cordon/engine/exec/text_sink.hpp>

#include <cstddef>
#include <string>
#include <utility>

// Texts that outlive their scope, in this thread.

CORDON_CHEAP_BEGIN

namespace cordon::engine::exec {

/// Scopes ended by an exception of the user, whose texts belong to the failure that the exception will become, and the
/// texts of UNSCOPED_INFO, which belong to the next assertion.
struct unwound_scopes {
    vector<std::string> infos;      ///< texts of INFO, innermost first
    vector<std::string> path;       ///< of the innermost SUBCASE
    vector<std::string> unscoped;   ///< texts of UNSCOPED_INFO
    unsigned long long passed = 0;  ///< the assertions that had passed in this thread before `unscoped`
};

// A plain pointer: a thread_local object with a destructor would cost every forked test process its registration and
// destruction.
thread_local unwound_scopes* unwound = nullptr;

unwound_scopes& unwound_here() {
    hold_until_thread_ends();
    if (unwound == nullptr) unwound = new unwound_scopes;
    return *unwound;
}

CORDON_COLD void forget_all_unwound() {
    delete unwound;
    unwound = nullptr;
}

CORDON_HOT void forget_unwound() {
    if (unwound != nullptr) forget_all_unwound();
}

void take_unwound_infos(vector<std::string>& to) {
    if (unwound == nullptr) return;
    for (; !unwound->infos.empty(); unwound->infos.pop_back())
        to.push_back(std::move(unwound->infos.back()));
    // A passed assertion has ended their life. It only counted itself.
    if (unwound->passed == detail::current_thread.passed) {
        for (std::string& text : unwound->unscoped)
            to.push_back(std::move(text));
    }
    unwound->unscoped.clear();
}

void keep_unscoped_info(detail::operand_text text) {
    constexpr std::size_t most = 100;
    unwound_scopes& here = unwound_here();
    if (here.passed != detail::current_thread.passed) here.unscoped.clear();
    here.passed = detail::current_thread.passed;
    if (here.unscoped.size() < most) here.unscoped.push_back(test_context::shortened(written(text)));
}

}  // namespace cordon::engine::exec

namespace cordon::detail {

void add_unscoped_info(operand_text text) noexcept { engine::exec::keep_unscoped_info(text); }
void log_text(operand_text text) noexcept { engine::exec::context().log(engine::exec::written(text)); }
void text_into(operand_text text, void* to, void (*take)(void* to, const char* data, std::size_t size)) {
    const std::string bytes = engine::exec::written(text);
    take(to, bytes.data(), bytes.size());
}

}  // namespace cordon::detail

CORDON_CHEAP_END
