#pragma once

#include <cordon/api/adapters/adapter.hpp>
#include <cordon/engine/exec/context.hpp>
#include <cordon/engine/exec/unwind.hpp>

#include <cstddef>
#include <string>
#include <utility>

namespace cordon::engine::exec {

detail::adapter* first_adapter = nullptr;  // plain, because adapters register in static initializers

/// Lets the adapters of other frameworks add their tests.
void add_adapted_tests(detail::adapted_command& command) {
    for (const detail::adapter* each = first_adapter; each != nullptr && !command.done; each = each->next)
        each->prepare(command);
}

std::string copied(const detail::text_view& text) { return {text.data, text.size}; }

failure_kind kind_of(detail::adapted_failure::kind is) {
    switch (is) {
        case detail::adapted_failure::message:
            return failure_kind::explicit_;
        case detail::adapted_failure::exception:
            return failure_kind::exception;
        case detail::adapted_failure::warning:
            return failure_kind::warning;
        case detail::adapted_failure::assertion:
            break;
    }
    return failure_kind::assertion;
}

}  // namespace cordon::engine::exec

namespace cordon::detail {

adapter::adapter(void (*prepare_)(adapted_command&)) noexcept : prepare(prepare_), next(engine::exec::first_adapter) {
    engine::exec::first_adapter = this;
}

CORDON_COLD void tell_adapted_failure(const adapted_failure& told) noexcept {
    using namespace engine;
    failure what;
    what.kind = exec::kind_of(told.is);
    what.macro = exec::copied(told.macro);
    what.expression = exec::copied(told.expression);
    what.left = exec::copied(told.values);
    what.message = exec::copied(told.words);
    what.file = told.file;
    what.line = told.line;
    for (size_t i = 0; i < told.info_count; ++i)
        what.info.push_back(exec::test_context::shortened(exec::copied(told.infos[i])));
    // The exception has left its subcases before the other framework could tell it.
    if (told.is == adapted_failure::exception && exec::unwound != nullptr)
        what.subcase = std::move(exec::unwound->path);
    exec::context().record(std::move(what));
}

CORDON_COLD void count_adapted(unsigned long long passed) noexcept { engine::exec::context().count().add(passed); }

CORDON_COLD void enter_adapted_subcase(text_view name, const char* file, unsigned line) noexcept {
    engine::exec::test_context& current = engine::exec::context();
    if (!current.in_own_process()) return;
    engine::exec::forget_unwound_path();
    current.leaves().stay_in_one_process();
    current.subcases().join({name.data, name.size}, file, line);
    current.enter_subcase();
}

CORDON_COLD void leave_adapted_subcase() noexcept {
    engine::exec::test_context& current = engine::exec::context();
    if (!current.in_own_process() || current.subcases().depth() == 0) return;
    if (engine::exec::is_unwinding()) engine::exec::keep_unwound_path();
    current.leave_subcase(false);
}

CORDON_COLD void begin_adapted_pass() noexcept {
    engine::exec::test_context& current = engine::exec::context();
    if (!current.in_own_process()) return;
    current.note_return();
    current.end_pass();
    engine::exec::forget_unwound();
    current.begin_pass();
}

CORDON_COLD bool is_in_test_process() noexcept { return engine::exec::context().in_own_process(); }

}  // namespace cordon::detail
