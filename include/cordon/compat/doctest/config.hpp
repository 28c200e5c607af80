#pragma once

// The macros by which doctest is configured and tells what it is.

#define DOCTEST_VERSION_MAJOR 2
#define DOCTEST_VERSION_MINOR 5
#define DOCTEST_VERSION_PATCH 0
#define DOCTEST_VERSION_STR "2.5.0"
#define DOCTEST_VERSION (DOCTEST_VERSION_MAJOR * 10000 + DOCTEST_VERSION_MINOR * 100 + DOCTEST_VERSION_PATCH)
/// For code that wants to know that it is not compiled with doctest itself.
#define DOCTEST_IS_CORDON 1

// Both frameworks have a CHECK.
#if !defined(CORDON_CONFIG_PREFIX_ONLY)
#define CORDON_CONFIG_PREFIX_ONLY
#endif

#if defined(DOCTEST_CONFIG_USE_IOSFWD) && !defined(DOCTEST_CONFIG_USE_STD_HEADERS)
#define DOCTEST_CONFIG_USE_STD_HEADERS
#endif
#if defined(DOCTEST_CONFIG_USE_STD_HEADERS)
#if !defined(CORDON_CONFIG_STD_HEADERS)
#define CORDON_CONFIG_STD_HEADERS
#endif
#if !defined(DOCTEST_CONFIG_INCLUDE_TYPE_TRAITS)
#define DOCTEST_CONFIG_INCLUDE_TYPE_TRAITS
#endif
#include <cstddef>
#include <istream>
#include <ostream>
#endif
#if defined(DOCTEST_CONFIG_INCLUDE_TYPE_TRAITS)
#include <type_traits>
#endif
#if defined(DOCTEST_CONFIG_NO_EXCEPTIONS_BUT_WITH_ALL_ASSERTS) && !defined(DOCTEST_CONFIG_NO_EXCEPTIONS)
#define DOCTEST_CONFIG_NO_EXCEPTIONS
#endif
#if defined(DOCTEST_CONFIG_NO_EXCEPTIONS) && !defined(CORDON_CONFIG_NO_EXCEPTIONS)
#define CORDON_CONFIG_NO_EXCEPTIONS
#endif
#if defined(DOCTEST_CONFIG_HANDLE_EXCEPTION)
#error \
    "cordon: DOCTEST_CONFIG_HANDLE_EXCEPTION is not supported: a failed REQUIRE leaves the test without exceptions, too"
#endif

#define DOCTEST_CPLUSPLUS __cplusplus
#define DOCTEST_COMPILER(MAJOR, MINOR, PATCH) ((MAJOR)*10000000 + (MINOR)*100000 + (PATCH))
#define DOCTEST_MSVC 0
#define DOCTEST_ICC 0
#if defined(__clang__)
#define DOCTEST_CLANG DOCTEST_COMPILER(__clang_major__, __clang_minor__, __clang_patchlevel__)
#define DOCTEST_GCC 0
#elif defined(__GNUC__)
#define DOCTEST_CLANG 0
#define DOCTEST_GCC DOCTEST_COMPILER(__GNUC__, __GNUC_MINOR__, __GNUC_PATCHLEVEL__)
#else
#define DOCTEST_CLANG 0
#define DOCTEST_GCC 0
#endif

#define DOCTEST_PRAGMA_TO_STR(x) _Pragma(#x)
#if defined(__clang__)
#define DOCTEST_CLANG_SUPPRESS_WARNING_PUSH _Pragma("clang diagnostic push")
#define DOCTEST_CLANG_SUPPRESS_WARNING(w) DOCTEST_PRAGMA_TO_STR(clang diagnostic ignored w)
#define DOCTEST_CLANG_SUPPRESS_WARNING_POP _Pragma("clang diagnostic pop")
#define DOCTEST_GCC_SUPPRESS_WARNING_PUSH
#define DOCTEST_GCC_SUPPRESS_WARNING(w)
#define DOCTEST_GCC_SUPPRESS_WARNING_POP
#else
#define DOCTEST_CLANG_SUPPRESS_WARNING_PUSH
#define DOCTEST_CLANG_SUPPRESS_WARNING(w)
#define DOCTEST_CLANG_SUPPRESS_WARNING_POP
#define DOCTEST_GCC_SUPPRESS_WARNING_PUSH _Pragma("GCC diagnostic push")
#define DOCTEST_GCC_SUPPRESS_WARNING(w) DOCTEST_PRAGMA_TO_STR(GCC diagnostic ignored w)
#define DOCTEST_GCC_SUPPRESS_WARNING_POP _Pragma("GCC diagnostic pop")
#endif
#define DOCTEST_CLANG_SUPPRESS_WARNING_WITH_PUSH(w) \
    DOCTEST_CLANG_SUPPRESS_WARNING_PUSH DOCTEST_CLANG_SUPPRESS_WARNING(w)
#define DOCTEST_GCC_SUPPRESS_WARNING_WITH_PUSH(w) DOCTEST_GCC_SUPPRESS_WARNING_PUSH DOCTEST_GCC_SUPPRESS_WARNING(w)
#define DOCTEST_MSVC_SUPPRESS_WARNING_PUSH
#define DOCTEST_MSVC_SUPPRESS_WARNING(w)
#define DOCTEST_MSVC_SUPPRESS_WARNING_POP
#define DOCTEST_MSVC_SUPPRESS_WARNING_WITH_PUSH(w)
#define DOCTEST_MAKE_STD_HEADERS_CLEAN_FROM_WARNINGS_ON_WALL_BEGIN
#define DOCTEST_MAKE_STD_HEADERS_CLEAN_FROM_WARNINGS_ON_WALL_END
#define DOCTEST_SUPPRESS_COMMON_WARNINGS_PUSH DOCTEST_CLANG_SUPPRESS_WARNING_PUSH DOCTEST_GCC_SUPPRESS_WARNING_PUSH
#define DOCTEST_SUPPRESS_COMMON_WARNINGS_POP DOCTEST_CLANG_SUPPRESS_WARNING_POP DOCTEST_GCC_SUPPRESS_WARNING_POP
#define DOCTEST_SUPPRESS_PUBLIC_WARNINGS_PUSH DOCTEST_SUPPRESS_COMMON_WARNINGS_PUSH
#define DOCTEST_SUPPRESS_PUBLIC_WARNINGS_POP DOCTEST_SUPPRESS_COMMON_WARNINGS_POP

#define DOCTEST_INTERFACE
#define DOCTEST_EMPTY
#define DOCTEST_PLATFORM_LINUX
#define DOCTEST_SYMBOL_EXPORT __attribute__((visibility("default")))
#define DOCTEST_SYMBOL_IMPORT
#define DOCTEST_NOINLINE __attribute__((noinline))
#define DOCTEST_INLINE_NOINLINE inline DOCTEST_NOINLINE
#define DOCTEST_UNUSED __attribute__((unused))
#define DOCTEST_ALIGNMENT(x) __attribute__((aligned(x)))
#define DOCTEST_NORETURN [[noreturn]]
#define DOCTEST_NOEXCEPT noexcept
#define DOCTEST_CONSTEXPR constexpr
#define DOCTEST_CAT_IMPL(s1, s2) s1##s2
#define DOCTEST_CAT(s1, s2) DOCTEST_CAT_IMPL(s1, s2)
#define DOCTEST_ANONYMOUS(x) DOCTEST_CAT(x, __COUNTER__)
#define DOCTEST_TOSTR_IMPL(x) #x
#define DOCTEST_TOSTR(x) DOCTEST_TOSTR_IMPL(x)
#define DOCTEST_STRINGIFY(...) toString(__VA_ARGS__)

#if !defined(DOCTEST_CONFIG_USE_STD_HEADERS)
// Test files written for doctest may use these names of std without a header, because doctest declares them.
#pragma GCC visibility push(default)
namespace std {
typedef decltype(nullptr) nullptr_t;
typedef decltype(sizeof(0)) size_t;
template <class>
struct char_traits;
template <class, class>
class basic_istream;
typedef basic_istream<char, char_traits<char>> istream;
template <class...>
class tuple;
}  // namespace std
#pragma GCC visibility pop
#endif
