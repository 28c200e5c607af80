#pragma once

#include <cordon/api/test_case.hpp>

// How Catch2's tests become tests of cordon.

namespace Catch::cordon_compat {

/// The first decorator of every test: its name may be another test's name, too, as in Catch2, which tells tests apart
/// by their tags.
inline constexpr ::cordon::detail::decorator shared_name{::cordon::detail::decoration::shares_name, nullptr, 1};

template <class F>
F* method_of(F*);

/// The object of a TEST_CASE_METHOD lives for one pass through the test.
template <class C>
void call_method(void (C::*method)()) {
    C object;
    (object.*method)();
}

}  // namespace Catch::cordon_compat

// Catch2's arguments are the name and the tags in brackets; cordon reads two strings just so.
#define CORDON_CATCH2_REGISTER_(name, body, ...)                                                            \
    CORDON_GLOBAL_BEGIN_                                                                                    \
    namespace {                                                                                             \
    const ::cordon::detail::decorator CORDON_CONCAT(name, _items)[] = {::Catch::cordon_compat::shared_name, \
                                                                       __VA_ARGS__};                        \
    const ::cordon::detail::test_case CORDON_CONCAT(name, _entry){                                          \
        body, {__FILE__, __LINE__}, nullptr, CORDON_CONCAT(name, _items), CORDON_CATCH2_COUNT_(name)};      \
    }                                                                                                       \
    CORDON_GLOBAL_END_
#define CORDON_CATCH2_COUNT_(name) sizeof(CORDON_CONCAT(name, _items)) / sizeof(::cordon::detail::decorator)

#define CORDON_CATCH2_TEST_CASE_(name, ...)           \
    static void name(const void*);                    \
    CORDON_CATCH2_REGISTER_(name, &name, __VA_ARGS__) \
    static void name(const void*)

#define CORDON_CATCH2_METHOD_(name, kind, fixture, ...)            \
    namespace {                                                    \
    struct CORDON_CONCAT(name, _fixture) : CORDON_BARE_(fixture) { \
        void cordon_body();                                        \
    };                                                             \
    }                                                              \
    static void name(const void*) {                                \
        kind CORDON_CONCAT(name, _fixture) cordon_object;          \
        cordon_object.cordon_body();                               \
    }                                                              \
    CORDON_CATCH2_REGISTER_(name, &name, __VA_ARGS__)              \
    void CORDON_CONCAT(name, _fixture)::cordon_body()

// In any scope; in a function, its first call registers the test.
#define CORDON_CATCH2_REGISTER_CALL_(name, call, ...)                                                                  \
    CORDON_GLOBAL_BEGIN_                                                                                               \
    [[maybe_unused]] static const bool name = [] {                                                                     \
        static const ::cordon::detail::decorator CORDON_CONCAT(name, _items)[] = {::Catch::cordon_compat::shared_name, \
                                                                                  __VA_ARGS__};                        \
        static const ::cordon::detail::test_case CORDON_CONCAT(name, _entry){[](const void*) { call; },                \
                                                                             {__FILE__, __LINE__},                     \
                                                                             nullptr,                                  \
                                                                             CORDON_CONCAT(name, _items),              \
                                                                             CORDON_CATCH2_COUNT_(name)};              \
        return true;                                                                                                   \
    }();                                                                                                               \
    CORDON_GLOBAL_END_
