#pragma once

// The settings of Catch2 that a test file defines before it includes one of its headers.

#if !defined(CORDON_CONFIG_PREFIX_ONLY)
#if defined(CORDON_VERSION)
#error "cordon: include Catch2's header before <cordon/cordon.hpp>, or define CORDON_CONFIG_PREFIX_ONLY"
#endif
#define CORDON_CONFIG_PREFIX_ONLY  // CHECK and its like are Catch2's here
#endif

#if defined(CATCH_CONFIG_FALLBACK_STRINGIFIER)
#error "cordon: CATCH_CONFIG_FALLBACK_STRINGIFIER is not supported: write a Catch::StringMaker or an operator<<"
#endif
#if defined(CATCH_CONFIG_DEFAULT_REPORTER)
#error "cordon: CATCH_CONFIG_DEFAULT_REPORTER is not supported: choose a report with --report or CORDON_REPORT"
#endif
#if defined(CATCH_CONFIG_DISABLE_EXCEPTIONS) && !defined(CORDON_CONFIG_NO_EXCEPTIONS)
#define CORDON_CONFIG_NO_EXCEPTIONS
#endif

// As in Catch2's single header: main(), or the engine for a main() of the user; neither if the program is linked with
// cordon::main.
#if defined(CORDON_CONFIG_LINKED_ENGINE)
#elif defined(CATCH_CONFIG_MAIN) && !defined(CORDON_MAIN)
#define CORDON_MAIN
#elif defined(CATCH_CONFIG_RUNNER) && !defined(CORDON_IMPLEMENT)
#define CORDON_IMPLEMENT
#endif
