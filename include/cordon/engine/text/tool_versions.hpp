#pragma once

#include <cordon/api/config.hpp>

// The versions of other frameworks whose lists and reports are followed. Their tools look for them.

CORDON_CHEAP_BEGIN

namespace cordon::engine::text {

constexpr const char* doctest_version = "2.4.9";

}  // namespace cordon::engine::text

CORDON_CHEAP_END
