#pragma once

#include <cordon/engine/exec/unwind.hpp>

#include <stdexcept>
#include <string>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::detail::matching {

/// A matcher was made of impossible values: fails the assertion that made it, or else the test, which ends.
[[noreturn]] void refuse(std::string words) {
#if !defined(CORDON_CONFIG_NO_EXCEPTIONS)
    throw std::invalid_argument(words);
#else
    engine::failure what;
    what.kind = engine::failure_kind::explicit_;
    what.message = std::move(words);
    engine::exec::context().record(std::move(what));
    engine::exec::leave_test();
#endif
}

}  // namespace cordon::detail::matching

CORDON_CHEAP_END
