// Generated from macros.hpp by tools/short_macros.py. Change the long macros there, not these.
#pragma once

#include <cordon/compat/parts/catch2/expansion.hpp>

// The public macros with their short names. CATCH_CONFIG_PREFIX_ALL replaces them by the long ones.

// clang-format off
#define INFO(...) const auto CORDON_UNIQUE(cordon_info_) = \
    ::cordon::detail::info_by(CORDON_CATCH2_WRITER_(cordon_info, __VA_ARGS__))
#define UNSCOPED_INFO(...) ::cordon::detail::add_unscoped_info(CORDON_CATCH2_TEXT_(cordon_info, __VA_ARGS__))
#define WARN(...) ::cordon::detail::log_text(CORDON_CATCH2_TEXT_(cordon_info, "warning: " << __VA_ARGS__))
#define CAPTURE(...) CORDON_CAPTURE_(CORDON_UNIQUE(cordon_info_), #__VA_ARGS__, __VA_ARGS__)
