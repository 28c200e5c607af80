// cordon 0.1.0: a C++ test framework that runs every test in its own process.
// Generated from include/cordon/ by tools/amalgamate.py. Change the parts, not this file.
//
// MIT License
//
// Copyright (c) 2026 The cordon authors
//
// Permission is hereby granted, free of charge, to any person obtaining a copy
// of this software and associated documentation files (the "Software"), to deal
// in the Software without restriction, including without limitation the rights
// to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
// copies of the Software, and to permit persons to whom the Software is
// furnished to do so, subject to the following conditions:
//
// The above copyright notice and this permission notice shall be included in all
// copies or substantial portions of the Software.
//
// THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
// IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
// FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
// AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
// LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
// OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
// SOFTWARE.
#pragma once

// ---- cordon/compat/catch2_templates.hpp ----

// Catch2's tests of types: TEMPLATE_TEST_CASE and its relatives.

#include "catch2_test_macros.hpp"

// ---- cordon/api/one_letter_macros_begin.hpp ----

// A user's macros of one letter (-DC, complex.h's I) must not replace cordon's template parameters. Included before the
// code of each light header; one_letter_macros_end.hpp brings the macros back.

#pragma push_macro("A")
#undef A
#pragma push_macro("B")
#undef B
#pragma push_macro("C")
#undef C
#pragma push_macro("D")
#undef D
#pragma push_macro("E")
#undef E
#pragma push_macro("F")
#undef F
#pragma push_macro("G")
#undef G
#pragma push_macro("H")
#undef H
#pragma push_macro("I")
#undef I
#pragma push_macro("J")
#undef J
#pragma push_macro("K")
#undef K
#pragma push_macro("L")
#undef L
#pragma push_macro("M")
#undef M
#pragma push_macro("N")
#undef N
#pragma push_macro("O")
#undef O
#pragma push_macro("P")
#undef P
#pragma push_macro("Q")
#undef Q
#pragma push_macro("R")
#undef R
#pragma push_macro("S")
#undef S
#pragma push_macro("T")
#undef T
#pragma push_macro("U")
#undef U
#pragma push_macro("V")
#undef V
#pragma push_macro("W")
#undef W
#pragma push_macro("X")
#undef X
#pragma push_macro("Y")
#undef Y
#pragma push_macro("Z")
#undef Z
CORDON_SILENCE_BEGIN

// ---- cordon/compat/parts/catch2/templates/expansion.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_TEMPLATES_EXPANSION_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_TEMPLATES_EXPANSION_HPP_

// ---- cordon/compat/parts/catch2/templates/for_each.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_TEMPLATES_FOR_EACH_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_TEMPLATES_FOR_EACH_HPP_

// CORDON_CATCH2_EACH_(f, data, a, b) is f(data, a) f(data, b), for up to 80 arguments. A macro cannot call itself: each
// step leaves a call that the next scan expands. The _IN_ form, for up to 25 arguments, and the
// _ARG_ form are for use inside of f.

#define CORDON_CATCH2_SCAN_(...) CORDON_CATCH2_SCAN_3_(CORDON_CATCH2_SCAN_3_(CORDON_CATCH2_SCAN_3_(__VA_ARGS__)))
#define CORDON_CATCH2_SCAN_3_(...) CORDON_CATCH2_SCAN_2_(CORDON_CATCH2_SCAN_2_(CORDON_CATCH2_SCAN_2_(__VA_ARGS__)))
#define CORDON_CATCH2_SCAN_2_(...) CORDON_CATCH2_SCAN_1_(CORDON_CATCH2_SCAN_1_(CORDON_CATCH2_SCAN_1_(__VA_ARGS__)))
#define CORDON_CATCH2_SCAN_1_(...) CORDON_CATCH2_SCAN_0_(CORDON_CATCH2_SCAN_0_(CORDON_CATCH2_SCAN_0_(__VA_ARGS__)))
#define CORDON_CATCH2_SCAN_0_(...) __VA_ARGS__
#define CORDON_CATCH2_SCAN_IN_(...) \
    CORDON_CATCH2_SCAN_IN_2_(CORDON_CATCH2_SCAN_IN_2_(CORDON_CATCH2_SCAN_IN_2_(__VA_ARGS__)))
#define CORDON_CATCH2_SCAN_IN_2_(...) \
    CORDON_CATCH2_SCAN_IN_1_(CORDON_CATCH2_SCAN_IN_1_(CORDON_CATCH2_SCAN_IN_1_(__VA_ARGS__)))
#define CORDON_CATCH2_SCAN_IN_1_(...) \
    CORDON_CATCH2_SCAN_IN_0_(CORDON_CATCH2_SCAN_IN_0_(CORDON_CATCH2_SCAN_IN_0_(__VA_ARGS__)))
#define CORDON_CATCH2_SCAN_IN_0_(...) __VA_ARGS__

#define CORDON_CATCH2_SCAN_ARG_(...) \
    CORDON_CATCH2_SCAN_ARG_1_(CORDON_CATCH2_SCAN_ARG_1_(CORDON_CATCH2_SCAN_ARG_1_(__VA_ARGS__)))
#define CORDON_CATCH2_SCAN_ARG_1_(...) \
    CORDON_CATCH2_SCAN_ARG_0_(CORDON_CATCH2_SCAN_ARG_0_(CORDON_CATCH2_SCAN_ARG_0_(__VA_ARGS__)))
#define CORDON_CATCH2_SCAN_ARG_0_(...) __VA_ARGS__

// Two pairs of parentheses end the list: an argument has at most one.
#define CORDON_CATCH2_EACH_(f, data, ...) CORDON_CATCH2_SCAN_(CORDON_CATCH2_STEP_(f, data, __VA_ARGS__, ()(), 0))
#define CORDON_CATCH2_EACH_IN_(f, data, ...) \
    CORDON_CATCH2_SCAN_IN_(CORDON_CATCH2_STEP_IN_(f, data, __VA_ARGS__, ()(), 0))
#define CORDON_CATCH2_IF_END_(...) CORDON_CATCH2_IF_END_2_
#define CORDON_CATCH2_IF_END_2_() 0, CORDON_CATCH2_STOP_
#define CORDON_CATCH2_STOP_(...)
#define CORDON_CATCH2_SECOND_(first, second, ...) second
#define CORDON_CATCH2_CHOOSE_(...) CORDON_CATCH2_SECOND_(__VA_ARGS__)
#define CORDON_CATCH2_NOT_YET_
#define CORDON_CATCH2_STEP_(f, data, item, ...) \
    CORDON_CATCH2_CHOOSE_(CORDON_CATCH2_IF_END_ item, CORDON_CATCH2_GO_, 0)(f, data, item, __VA_ARGS__)
#define CORDON_CATCH2_GO_(f, data, item, ...) \
    f(data, item) CORDON_CATCH2_AGAIN_ CORDON_CATCH2_NOT_YET_()(f, data, __VA_ARGS__)
#define CORDON_CATCH2_AGAIN_() CORDON_CATCH2_STEP_
#define CORDON_CATCH2_STEP_IN_(f, data, item, ...) \
    CORDON_CATCH2_CHOOSE_(CORDON_CATCH2_IF_END_ item, CORDON_CATCH2_GO_IN_, 0)(f, data, item, __VA_ARGS__)
#define CORDON_CATCH2_GO_IN_(f, data, item, ...) \
    f(data, item) CORDON_CATCH2_AGAIN_IN_ CORDON_CATCH2_NOT_YET_()(f, data, __VA_ARGS__)
#define CORDON_CATCH2_AGAIN_IN_() CORDON_CATCH2_STEP_IN_
#define CORDON_CATCH2_STEP_ARG_(f, data, item, ...) \
    CORDON_CATCH2_CHOOSE_(CORDON_CATCH2_IF_END_ item, CORDON_CATCH2_GO_ARG_, 0)(f, data, item, __VA_ARGS__)
#define CORDON_CATCH2_GO_ARG_(f, data, item, ...) \
    f(data, item) CORDON_CATCH2_AGAIN_ARG_ CORDON_CATCH2_NOT_YET_()(f, data, __VA_ARGS__)
#define CORDON_CATCH2_AGAIN_ARG_() CORDON_CATCH2_STEP_ARG_

// ((A<B, C>), 6) as template arguments: A<B, C>, 6. For up to 9 arguments.
#define CORDON_CATCH2_UNWRAP_(list) CORDON_CATCH2_UNWRAP_2_(CORDON_BARE_(list))
#define CORDON_CATCH2_UNWRAP_2_(...) \
    CORDON_CATCH2_AFTER_FIRST_(      \
        0 CORDON_CATCH2_SCAN_ARG_(CORDON_CATCH2_STEP_ARG_(CORDON_CATCH2_COMMA_AND_, 0, __VA_ARGS__, ()(), 0)))
#define CORDON_CATCH2_COMMA_AND_(data, item) , CORDON_BARE_(item)
#define CORDON_CATCH2_AFTER_FIRST_(...) CORDON_CATCH2_AFTER_FIRST_2_(__VA_ARGS__)
#define CORDON_CATCH2_AFTER_FIRST_2_(first, ...) __VA_ARGS__
#endif

// ---- cordon/compat/parts/catch2/templates/type_tests.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_TEMPLATES_TYPE_TESTS_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_TEMPLATES_TYPE_TESTS_HPP_

#include <initializer_list>
#include <string>

// The tests of a TEMPLATE_TEST_CASE, one a type.

namespace Catch::cordon_compat {

struct type_test {
    void (*body)(const void*);
    const char* type;  ///< as the user wrote it; null: its number
};

/// A registered test and its texts. It lives as long as the program.
struct named_test {
    named_test(std::string name_, const char* tags, ::cordon::location where, void (*body)(const void*))
        : name(std::move(name_)), items{shared_name, name.c_str(), tags}, entry(body, where, nullptr, items, 3) {}

    std::string name;
    ::cordon::detail::decorator items[3];
    ::cordon::detail::test_case entry;
};

/// Each name is "title - type", as in Catch2.
inline bool add_type_tests(const std::string& title, const char* tags, ::cordon::location where,
                           std::initializer_list<type_test> tests) {
    std::size_t number = 0;
    for (const type_test& each : tests) {
        if (each.body == nullptr) continue;
        new named_test(title + " - " + (each.type == nullptr ? std::to_string(number) : each.type), tags, where,
                       each.body);
        ++number;
    }
    return true;
}

}  // namespace Catch::cordon_compat
#endif

// How the macros of templates/macros.hpp expand. A signature is ((typename T, int N), T, N); a type with commas stands
// in parentheses.

#define CORDON_CATCH2_QUOTE_(...) CORDON_CATCH2_QUOTE_2_(__VA_ARGS__)
#define CORDON_CATCH2_QUOTE_2_(...) #__VA_ARGS__
#define CORDON_CATCH2_HEAD_(first, ...) first
#define CORDON_CATCH2_TAIL_(first, ...) __VA_ARGS__
#define CORDON_CATCH2_PARAMETERS_(signature) CORDON_BARE_(CORDON_CATCH2_HEAD_ signature)
#define CORDON_CATCH2_ARGUMENTS_(signature) CORDON_CATCH2_TAIL_ signature

// The elements of a list of type_test.
#define CORDON_CATCH2_TYPE_(name, type) {&name<CORDON_CATCH2_UNWRAP_(type)>, CORDON_CATCH2_QUOTE_(CORDON_BARE_(type))},
#define CORDON_CATCH2_ENTRIES_(name, ...) CORDON_CATCH2_EACH_(CORDON_CATCH2_TYPE_, name, __VA_ARGS__)
#define CORDON_CATCH2_PRODUCT_TYPE_(data, type) CORDON_CATCH2_PRODUCT_TYPE_2_(CORDON_BARE_(data), type)
#define CORDON_CATCH2_PRODUCT_TYPE_2_(...) CORDON_CATCH2_PRODUCT_TYPE_3_(__VA_ARGS__)
#define CORDON_CATCH2_PRODUCT_TYPE_3_(name, list, type) \
    {&name<list<CORDON_CATCH2_UNWRAP_(type)>>,          \
     CORDON_CATCH2_QUOTE_(list) "<" CORDON_CATCH2_QUOTE_(CORDON_BARE_(type)) ">"},
#define CORDON_CATCH2_PRODUCT_ROW_(data, list) CORDON_CATCH2_PRODUCT_ROW_2_(CORDON_BARE_(data), list)
#define CORDON_CATCH2_PRODUCT_ROW_2_(...) CORDON_CATCH2_PRODUCT_ROW_3_(__VA_ARGS__)
#define CORDON_CATCH2_PRODUCT_ROW_3_(name, types, list) \
    CORDON_CATCH2_EACH_IN_(CORDON_CATCH2_PRODUCT_TYPE_, (name, list), CORDON_BARE_(types))
#define CORDON_CATCH2_PRODUCT_ENTRIES_(name, lists, types) \
    CORDON_CATCH2_EACH_(CORDON_CATCH2_PRODUCT_ROW_, (name, types), CORDON_BARE_(lists))

#define CORDON_CATCH2_ADD_TYPES_(name, title, tags, ...)                                          \
    CORDON_GLOBAL_BEGIN_                                                                          \
    [[maybe_unused]] static const bool CORDON_CONCAT(name, _added) =                              \
        ::Catch::cordon_compat::add_type_tests(title, tags, {__FILE__, __LINE__}, {__VA_ARGS__}); \
    CORDON_GLOBAL_END_

#define CORDON_CATCH2_ADD_LIST_(name, title, tags, ...)                                                         \
    namespace {                                                                                                 \
    struct CORDON_CONCAT(name, _list) {                                                                         \
        template <template <class...> class List, class... Type>                                                \
        static bool add(List<Type...>*) {                                                                       \
            return ::Catch::cordon_compat::add_type_tests(title " - " #__VA_ARGS__, tags, {__FILE__, __LINE__}, \
                                                          {{&name<Type>, nullptr}..., {nullptr, nullptr}});     \
        }                                                                                                       \
    };                                                                                                          \
    }                                                                                                           \
    CORDON_GLOBAL_BEGIN_                                                                                        \
    [[maybe_unused]] static const bool CORDON_CONCAT(name, _added) =                                            \
        CORDON_CONCAT(name, _list)::add(static_cast<__VA_ARGS__*>(nullptr));                                    \
    CORDON_GLOBAL_END_

#if defined(CATCH_CONFIG_DISABLE)
#undef CORDON_CATCH2_ADD_TYPES_
#undef CORDON_CATCH2_ADD_LIST_
#define CORDON_CATCH2_ADD_TYPES_(...)
#define CORDON_CATCH2_ADD_LIST_(...)
#endif

// `add` is one of the two above; what follows the signature are its arguments.
#define CORDON_CATCH2_TEMPLATE_(name, signature, add, ...)                 \
    template <CORDON_CATCH2_PARAMETERS_(signature)>                        \
    [[maybe_unused]] static void name(const void*);                        \
    add(name, __VA_ARGS__) template <CORDON_CATCH2_PARAMETERS_(signature)> \
    [[maybe_unused]] static void name(const void*)

#define CORDON_CATCH2_TEMPLATE_METHOD_(name, signature, fixture, add, ...)                              \
    namespace {                                                                                         \
    template <CORDON_CATCH2_PARAMETERS_(signature)>                                                     \
    struct CORDON_CONCAT(name, _fixture) : CORDON_BARE_(fixture)<CORDON_CATCH2_ARGUMENTS_(signature)> { \
        void cordon_body();                                                                             \
    };                                                                                                  \
    }                                                                                                   \
    template <CORDON_CATCH2_PARAMETERS_(signature)>                                                     \
    [[maybe_unused]] static void name(const void*) {                                                    \
        CORDON_CONCAT(name, _fixture)<CORDON_CATCH2_ARGUMENTS_(signature)> cordon_object;               \
        cordon_object.cordon_body();                                                                    \
    }                                                                                                   \
    add(name, __VA_ARGS__) template <CORDON_CATCH2_PARAMETERS_(signature)>                              \
    void CORDON_CONCAT(name, _fixture)<CORDON_CATCH2_ARGUMENTS_(signature)>::cordon_body()

#define CORDON_CATCH2_ONE_TYPE_ ((typename TestType), TestType)
#define CORDON_CATCH2_ADD_EACH_(name, title, tags, ...) \
    CORDON_CATCH2_ADD_TYPES_(name, title, tags, CORDON_CATCH2_ENTRIES_(name, __VA_ARGS__))
#define CORDON_CATCH2_ADD_PRODUCT_(name, title, tags, lists, types) \
    CORDON_CATCH2_ADD_TYPES_(name, title, tags, CORDON_CATCH2_PRODUCT_ENTRIES_(name, lists, types))
#endif
#if defined(CATCH_CONFIG_PREFIX_ALL)

// ---- cordon/compat/parts/catch2/templates/macros.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_TEMPLATES_MACROS_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_TEMPLATES_MACROS_HPP_

// One body, a test for each type.

#define CATCH_TEMPLATE_TEST_CASE(title, tags, ...)                                                                \
    CORDON_CATCH2_TEMPLATE_(CORDON_UNIQUE(cordon_test_), CORDON_CATCH2_ONE_TYPE_, CORDON_CATCH2_ADD_EACH_, title, \
                            tags, __VA_ARGS__)
#define CATCH_TEMPLATE_TEST_CASE_SIG(title, tags, signature, ...) \
    CORDON_CATCH2_TEMPLATE_(CORDON_UNIQUE(cordon_test_), signature, CORDON_CATCH2_ADD_EACH_, title, tags, __VA_ARGS__)
#define CATCH_TEMPLATE_TEST_CASE_METHOD(fixture, title, tags, ...)                                \
    CORDON_CATCH2_TEMPLATE_METHOD_(CORDON_UNIQUE(cordon_test_), CORDON_CATCH2_ONE_TYPE_, fixture, \
                                   CORDON_CATCH2_ADD_EACH_, title, tags, __VA_ARGS__)
#define CATCH_TEMPLATE_TEST_CASE_METHOD_SIG(fixture, title, tags, signature, ...)                                   \
    CORDON_CATCH2_TEMPLATE_METHOD_(CORDON_UNIQUE(cordon_test_), signature, fixture, CORDON_CATCH2_ADD_EACH_, title, \
                                   tags, __VA_ARGS__)
#define CATCH_TEMPLATE_PRODUCT_TEST_CASE(title, tags, lists, ...)                                                    \
    CORDON_CATCH2_TEMPLATE_(CORDON_UNIQUE(cordon_test_), CORDON_CATCH2_ONE_TYPE_, CORDON_CATCH2_ADD_PRODUCT_, title, \
                            tags, lists, (CORDON_BARE_(__VA_ARGS__)))
#define CATCH_TEMPLATE_PRODUCT_TEST_CASE_SIG(title, tags, signature, lists, ...)                                     \
    CORDON_CATCH2_TEMPLATE_(CORDON_UNIQUE(cordon_test_), CORDON_CATCH2_ONE_TYPE_, CORDON_CATCH2_ADD_PRODUCT_, title, \
                            tags, lists, (CORDON_BARE_(__VA_ARGS__)))
#define CATCH_TEMPLATE_PRODUCT_TEST_CASE_METHOD(fixture, title, tags, lists, ...)                 \
    CORDON_CATCH2_TEMPLATE_METHOD_(CORDON_UNIQUE(cordon_test_), CORDON_CATCH2_ONE_TYPE_, fixture, \
                                   CORDON_CATCH2_ADD_PRODUCT_, title, tags, lists, (CORDON_BARE_(__VA_ARGS__)))
#define CATCH_TEMPLATE_PRODUCT_TEST_CASE_METHOD_SIG(fixture, title, tags, signature, lists, ...)  \
    CORDON_CATCH2_TEMPLATE_METHOD_(CORDON_UNIQUE(cordon_test_), CORDON_CATCH2_ONE_TYPE_, fixture, \
                                   CORDON_CATCH2_ADD_PRODUCT_, title, tags, lists, (CORDON_BARE_(__VA_ARGS__)))
#define CATCH_TEMPLATE_LIST_TEST_CASE(title, tags, ...)                                                           \
    CORDON_CATCH2_TEMPLATE_(CORDON_UNIQUE(cordon_test_), CORDON_CATCH2_ONE_TYPE_, CORDON_CATCH2_ADD_LIST_, title, \
                            tags, __VA_ARGS__)
#define CATCH_TEMPLATE_LIST_TEST_CASE_METHOD(fixture, title, tags, ...)                           \
    CORDON_CATCH2_TEMPLATE_METHOD_(CORDON_UNIQUE(cordon_test_), CORDON_CATCH2_ONE_TYPE_, fixture, \
                                   CORDON_CATCH2_ADD_LIST_, title, tags, __VA_ARGS__)
#endif
#else

// ---- cordon/compat/parts/catch2/templates/short_macros.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_TEMPLATES_SHORT_MACROS_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_TEMPLATES_SHORT_MACROS_HPP_
// Generated from macros.hpp by tools/short_macros.py. Change the long macros there, not these.

// The public macros with their short names. CATCH_CONFIG_PREFIX_ALL replaces them by the long ones.

// clang-format off
#define TEMPLATE_TEST_CASE(title, tags, ...) CORDON_CATCH2_TEMPLATE_(CORDON_UNIQUE(cordon_test_), \
    CORDON_CATCH2_ONE_TYPE_, CORDON_CATCH2_ADD_EACH_, title, tags, __VA_ARGS__)
#define TEMPLATE_TEST_CASE_SIG(title, tags, signature, ...) CORDON_CATCH2_TEMPLATE_(CORDON_UNIQUE(cordon_test_), \
    signature, CORDON_CATCH2_ADD_EACH_, title, tags, __VA_ARGS__)
#define TEMPLATE_TEST_CASE_METHOD(fixture, title, tags, ...) \
    CORDON_CATCH2_TEMPLATE_METHOD_(CORDON_UNIQUE(cordon_test_), CORDON_CATCH2_ONE_TYPE_, fixture, \
    CORDON_CATCH2_ADD_EACH_, title, tags, __VA_ARGS__)
#define TEMPLATE_TEST_CASE_METHOD_SIG(fixture, title, tags, signature, ...) \
    CORDON_CATCH2_TEMPLATE_METHOD_(CORDON_UNIQUE(cordon_test_), signature, fixture, CORDON_CATCH2_ADD_EACH_, title, \
    tags, __VA_ARGS__)
#define TEMPLATE_PRODUCT_TEST_CASE(title, tags, lists, ...) CORDON_CATCH2_TEMPLATE_(CORDON_UNIQUE(cordon_test_), \
    CORDON_CATCH2_ONE_TYPE_, CORDON_CATCH2_ADD_PRODUCT_, title, tags, lists, (CORDON_BARE_(__VA_ARGS__)))
#define TEMPLATE_PRODUCT_TEST_CASE_SIG(title, tags, signature, lists, ...) \
    CORDON_CATCH2_TEMPLATE_(CORDON_UNIQUE(cordon_test_), CORDON_CATCH2_ONE_TYPE_, CORDON_CATCH2_ADD_PRODUCT_, title, \
    tags, lists, (CORDON_BARE_(__VA_ARGS__)))
#define TEMPLATE_PRODUCT_TEST_CASE_METHOD(fixture, title, tags, lists, ...) \
    CORDON_CATCH2_TEMPLATE_METHOD_(CORDON_UNIQUE(cordon_test_), CORDON_CATCH2_ONE_TYPE_, fixture, \
    CORDON_CATCH2_ADD_PRODUCT_, title, tags, lists, (CORDON_BARE_(__VA_ARGS__)))
#define TEMPLATE_PRODUCT_TEST_CASE_METHOD_SIG(fixture, title, tags, signature, lists, ...) \
    CORDON_CATCH2_TEMPLATE_METHOD_(CORDON_UNIQUE(cordon_test_), CORDON_CATCH2_ONE_TYPE_, fixture, \
    CORDON_CATCH2_ADD_PRODUCT_, title, tags, lists, (CORDON_BARE_(__VA_ARGS__)))
#define TEMPLATE_LIST_TEST_CASE(title, tags, ...) CORDON_CATCH2_TEMPLATE_(CORDON_UNIQUE(cordon_test_), \
    CORDON_CATCH2_ONE_TYPE_, CORDON_CATCH2_ADD_LIST_, title, tags, __VA_ARGS__)
#define TEMPLATE_LIST_TEST_CASE_METHOD(fixture, title, tags, ...) \
    CORDON_CATCH2_TEMPLATE_METHOD_(CORDON_UNIQUE(cordon_test_), CORDON_CATCH2_ONE_TYPE_, fixture, \
    CORDON_CATCH2_ADD_LIST_, title, tags, __VA_ARGS__)
#endif
#endif
CORDON_SILENCE_END

// ---- cordon/api/one_letter_macros_end.hpp ----

// After the code of each light header: the user's macros are as they were before one_letter_macros_begin.hpp.

#pragma pop_macro("A")
#pragma pop_macro("B")
#pragma pop_macro("C")
#pragma pop_macro("D")
#pragma pop_macro("E")
#pragma pop_macro("F")
#pragma pop_macro("G")
#pragma pop_macro("H")
#pragma pop_macro("I")
#pragma pop_macro("J")
#pragma pop_macro("K")
#pragma pop_macro("L")
#pragma pop_macro("M")
#pragma pop_macro("N")
#pragma pop_macro("O")
#pragma pop_macro("P")
#pragma pop_macro("Q")
#pragma pop_macro("R")
#pragma pop_macro("S")
#pragma pop_macro("T")
#pragma pop_macro("U")
#pragma pop_macro("V")
#pragma pop_macro("W")
#pragma pop_macro("X")
#pragma pop_macro("Y")
#pragma pop_macro("Z")
