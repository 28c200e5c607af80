#pragma once

#include <cordon/compat/parts/catch2/templates/for_each.hpp>
#include <cordon/compat/parts/catch2/templates/type_tests.hpp>

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
