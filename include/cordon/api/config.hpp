#pragma once

#include <stddef.h>

#define CORDON_VERSION_MAJOR 0
#define CORDON_VERSION_MINOR 1
#define CORDON_VERSION_PATCH 0
#define CORDON_VERSION "0.1.0"

#if defined(_MSVC_LANG)
#define CORDON_CPLUSPLUS _MSVC_LANG
#else
#define CORDON_CPLUSPLUS __cplusplus
#endif

#if CORDON_CPLUSPLUS < 201703L
#error "cordon needs C++17: compile with -std=c++17 or newer"
#endif

// Exceptions are found from the compiler's own macros; CORDON_CONFIG_NO_EXCEPTIONS states it by hand.
#if !defined(CORDON_CONFIG_NO_EXCEPTIONS) && !defined(__cpp_exceptions) && !defined(_CPPUNWIND)
#define CORDON_CONFIG_NO_EXCEPTIONS
#endif

#if defined(__GNUC__)
#define CORDON_COLD __attribute__((cold, noinline))
#define CORDON_LIKELY(x) __builtin_expect(static_cast<bool>(x), 1)
#else
#define CORDON_COLD
#define CORDON_LIKELY(x) (x)
#endif

#define CORDON_CONCAT_(a, b) a##b
#define CORDON_CONCAT(a, b) CORDON_CONCAT_(a, b)
#define CORDON_UNIQUE(prefix) CORDON_CONCAT(prefix, __COUNTER__)
