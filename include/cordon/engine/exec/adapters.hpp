#pragma once

#include <cordon/api/adapters/adapter.hpp>

namespace cordon::engine::exec {

detail::adapter* first_adapter = nullptr;  // plain, because adapters register in static initializers

/// Lets the adapters of other frameworks add their tests.
void add_adapted_tests(detail::adapted_command& command) {
    for (const detail::adapter* each = first_adapter; each != nullptr && !command.done; each = each->next)
        each->prepare(command);
}

}  // namespace cordon::engine::exec

namespace cordon::detail {

adapter::adapter(void (*prepare_)(adapted_command&)) noexcept : prepare(prepare_), next(engine::exec::first_adapter) {
    engine::exec::first_adapter = this;
}

}  // namespace cordon::detail
