#pragma once

#include <cordon/compat/parts/catch2/expansion.hpp>

// The macros that CATCH_CONFIG_PREFIX_MESSAGES concerns.

#define CATCH_INFO(...) \
    const auto CORDON_UNIQUE(cordon_info_) = ::cordon::detail::info_by(CORDON_CATCH2_WRITER_(cordon_info, __VA_ARGS__))
#define CATCH_UNSCOPED_INFO(...) ::cordon::detail::add_unscoped_info(CORDON_CATCH2_TEXT_(cordon_info, __VA_ARGS__))
#define CATCH_WARN(...) ::cordon::detail::log_text(CORDON_CATCH2_TEXT_(cordon_info, "warning: " << __VA_ARGS__))
#define CATCH_CAPTURE(...) CORDON_CAPTURE_(CORDON_UNIQUE(cordon_info_), #__VA_ARGS__, __VA_ARGS__)
