#pragma once

#include <cordon/engine/model/options.hpp>
#include <cordon/engine/os/own_state.hpp>
#include <cordon/engine/wire/message.hpp>

namespace cordon::engine::exec {

/// True if tests report leftovers in their process; also says how thoroughly they look.
bool looks_back(const wire::configure& settings) { return settings.leaks != leak_policy::ignore; }
os::attention attention_to_leftovers(const wire::configure& settings) {
    return settings.leaks == leak_policy::fail ? os::attention::thorough : os::attention::quick;
}

}  // namespace cordon::engine::exec
