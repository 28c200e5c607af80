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

// The compiler's macros say whether there are exceptions. Define CORDON_CONFIG_NO_EXCEPTIONS to say so by hand.
#if !defined(CORDON_CONFIG_NO_EXCEPTIONS) && !defined(__cpp_exceptions) && !defined(_CPPUNWIND)
#define CORDON_CONFIG_NO_EXCEPTIONS
#endif

#if defined(__GNUC__)
#define CORDON_COLD __attribute__((cold, noinline))
// Code that each forked test process runs. Linkers group sections with such names, so that it occupies few pages: a
// forked process pays for every page that it touches first. Each function has its own section, because GCC does not let
// an inline function share one with another function.
#if defined(__ELF__)
#define CORDON_HOT __attribute__((hot, section(".text.hot.cordon" CORDON_TEXT(__COUNTER__))))
#else
#define CORDON_HOT __attribute__((hot))
#endif
// A hot function that contains all that it calls. For templates, because GCC ignores their section.
#define CORDON_FLATTEN __attribute__((flatten))
#define CORDON_TEXT_(x) #x
#define CORDON_TEXT(x) CORDON_TEXT_(x)
#define CORDON_LIKELY(x) __builtin_expect(static_cast<bool>(x), 1)
// Constant-initialized thread-local data. Unlike `extern thread_local`, an access needs no call that checks for an
// initializer. This halves the cost of a passing assertion.
#define CORDON_THREAD_LOCAL __thread
// Relaxed atomic access to a plain variable.
#define CORDON_LOAD_(variable) __atomic_load_n(&(variable), __ATOMIC_RELAXED)
#define CORDON_STORE_(variable, value) __atomic_store_n(&(variable), value, __ATOMIC_RELAXED)
// Compiles an expression, which may contain lambdas, and does not evaluate it.
#define CORDON_UNEVALUATED_(...) static_cast<void>(__builtin_constant_p((static_cast<void>(__VA_ARGS__), 0)))
#else
#define CORDON_COLD
#define CORDON_HOT
#define CORDON_FLATTEN
#define CORDON_LIKELY(x) (x)
#define CORDON_THREAD_LOCAL __declspec(thread)
#define CORDON_LOAD_(variable) (*const_cast<decltype(variable) const volatile*>(&(variable)))
#define CORDON_STORE_(variable, value) static_cast<void>(*const_cast<decltype(variable) volatile*>(&(variable)) = value)
#define CORDON_UNEVALUATED_(...) static_cast<void>(0)
#endif

#if defined(_FORTIFY_SOURCE)
#if _FORTIFY_SOURCE + 0 > 0
#define CORDON_FORTIFIED_
#endif
#endif

// Put around cold functions of the engine. They are compiled without optimization, at any level that the user chose;
// but not where the C library checks the arguments of its functions, which it can do only in optimized code. Templates
// of the standard library keep the user's level, because their headers come first: include nothing in between.
#if defined(__OPTIMIZE__) && defined(__clang__)
#define CORDON_CHEAP_BEGIN _Pragma("clang optimize off")
#define CORDON_CHEAP_END _Pragma("clang optimize on")
#elif defined(__OPTIMIZE__) && defined(__GNUC__) && !defined(CORDON_FORTIFIED_)
#define CORDON_CHEAP_BEGIN _Pragma("GCC push_options") _Pragma("GCC optimize(\"O0\")")
#define CORDON_CHEAP_END _Pragma("GCC pop_options")
#else
#define CORDON_CHEAP_BEGIN
#define CORDON_CHEAP_END
#endif

// Around the whole engine. With g++ it compiles in three quarters of the time with -O1. A run of quick tests then takes
// 6 % more instructions in the supervisor, reports take none. clang has no such pragma.
#if defined(__OPTIMIZE__) && !defined(__OPTIMIZE_SIZE__) && defined(__GNUC__) && !defined(__clang__)
#define CORDON_MODEST_BEGIN _Pragma("GCC push_options") _Pragma("GCC optimize(\"O1\")")
#define CORDON_MODEST_END _Pragma("GCC pop_options")
#else
#define CORDON_MODEST_BEGIN
#define CORDON_MODEST_END
#endif

// From C++20 on, a constexpr function may contain assertions, because it may contain a try block.
#if CORDON_CPLUSPLUS >= 202002L
#define CORDON_CONSTEXPR constexpr
#define CORDON_IN_CONSTANT_EVALUATION() __builtin_is_constant_evaluated()
#else
#define CORDON_CONSTEXPR
#define CORDON_IN_CONSTANT_EVALUATION() false
#endif

// The enclosing function with its template arguments, as text.
#if defined(_MSC_VER) && !defined(__clang__)
#define CORDON_SIGNATURE __FUNCSIG__
#else
#define CORDON_SIGNATURE __PRETTY_FUNCTION__
#endif

// Put around the light headers. Libraries with tests, but without an engine, use the program's functions, so a program
// compiled with -fvisibility=hidden must not hide them. A comparison in an assertion must warn in the user's code, and
// not again inside cordon. A user's global variable may have the name of a cordon parameter.
#if defined(__clang__)
// Values that an enum cannot have are asked for their names. Other versions accept this, or let a template choose
// another function.
#if __clang_major__ >= 16 && __clang_major__ < 20
#define CORDON_SILENCE_ENUMS_ _Pragma("clang diagnostic ignored \"-Wenum-constexpr-conversion\"")
#else
#define CORDON_SILENCE_ENUMS_
#endif
#if __has_warning("-Wcast-function-type-strict")
#define CORDON_SILENCE_FUNCTIONS_ _Pragma("clang diagnostic ignored \"-Wcast-function-type-strict\"")
#else
#define CORDON_SILENCE_FUNCTIONS_
#endif
#define CORDON_SILENCE_BEGIN                                                                                          \
    _Pragma("GCC visibility push(default)") _Pragma("clang diagnostic push")                                          \
        _Pragma("clang diagnostic ignored \"-Wsign-compare\"") _Pragma("clang diagnostic ignored \"-Wfloat-equal\"")  \
            _Pragma("clang diagnostic ignored \"-Wconversion\"")                                                      \
                _Pragma("clang diagnostic ignored \"-Wsign-conversion\"")                                             \
                    _Pragma("clang diagnostic ignored \"-Wdouble-promotion\"")                                        \
                        _Pragma("clang diagnostic ignored \"-Wenum-compare\"")                                        \
                            _Pragma("clang diagnostic ignored \"-Wshadow\"")                                          \
                                _Pragma("clang diagnostic ignored \"-Wcomma\"")                                       \
                                    _Pragma("clang diagnostic ignored \"-Wpadded\"")                                  \
                                        _Pragma("clang diagnostic ignored \"-Wmissing-field-initializers\"")          \
                                            _Pragma("clang diagnostic ignored \"-Wmissing-braces\"")                  \
                                                _Pragma("clang diagnostic ignored \"-Wundefined-var-template\"")      \
                                                    _Pragma("clang diagnostic ignored \"-Wundefined-func-template\"") \
                                                        _Pragma("clang diagnostic ignored \"-Wundefined-internal\"")  \
                                                            CORDON_SILENCE_ENUMS_ CORDON_SILENCE_FUNCTIONS_
#define CORDON_SILENCE_END _Pragma("clang diagnostic pop") _Pragma("GCC visibility pop")
#elif defined(__GNUC__)
#define CORDON_SILENCE_BEGIN                                                                                           \
    _Pragma("GCC visibility push(default)") _Pragma("GCC diagnostic push")                                             \
        _Pragma("GCC diagnostic ignored \"-Wsign-compare\"") _Pragma("GCC diagnostic ignored \"-Wfloat-equal\"")       \
            _Pragma("GCC diagnostic ignored \"-Wconversion\"") _Pragma("GCC diagnostic ignored \"-Wsign-conversion\"") \
                _Pragma("GCC diagnostic ignored \"-Wdouble-promotion\"") _Pragma(                                      \
                    "GCC diagnostic ignored \"-Wenum-compare\"") _Pragma("GCC diagnostic ignored \"-Wbool-compare\"")  \
                    _Pragma("GCC diagnostic ignored \"-Wextra\"") _Pragma("GCC diagnostic ignored \"-Wuseless-cast\"") \
                        _Pragma("GCC diagnostic ignored \"-Wshadow\"") _Pragma("GCC diagnostic ignored \"-Weffc++\"")  \
                            _Pragma("GCC diagnostic ignored \"-Wmissing-field-initializers\"")                         \
                                _Pragma("GCC diagnostic ignored \"-Wmissing-braces\"")
#define CORDON_SILENCE_END _Pragma("GCC diagnostic pop") _Pragma("GCC visibility pop")
#else
#define CORDON_SILENCE_BEGIN
#define CORDON_SILENCE_END
#endif

#define CORDON_CONCAT_(a, b) a##b
#define CORDON_CONCAT(a, b) CORDON_CONCAT_(a, b)
#define CORDON_UNIQUE(prefix) CORDON_CONCAT(prefix, __COUNTER__)

// A namespace in a nameless one. `namespace name` after it opens it again, so equal names in such namespaces of two
// files are different entities. Clang gives what is added there external linkage all the same: `name` holds the number
// of the line, so that they rarely meet.
#define CORDON_NAMESPACE_OF_FILE_BEGIN_(name)     \
    inline namespace CORDON_CONCAT(name, _file) { \
        inline namespace {                        \
        namespace name {
#define CORDON_NAMESPACE_OF_FILE_END_ \
    }                                 \
    }                                 \
    }
