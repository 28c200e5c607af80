#pragma once

#include <cordon/api/property/property.hpp>

#define CORDON_PROPERTY_(name, title, text, ...)                                               \
    static void name(__VA_ARGS__);                                                             \
    CORDON_GLOBAL_BEGIN_                                                                       \
    namespace {                                                                                \
    struct CORDON_CONCAT(name, _record) : ::cordon::detail::property_scope {                   \
        static inline const auto cordon_list =                                                 \
            ::cordon::detail::list_of({::cordon::detail::property_mark, CORDON_BARE_(title)}); \
    };                                                                                         \
    }                                                                                          \
    static const ::cordon::detail::property CORDON_CONCAT(name, _property) =                   \
        ::cordon::detail::property_of(&name, text);                                            \
    static const ::cordon::detail::test_case CORDON_CONCAT(name, _entry){                      \
        &::cordon::detail::check_property,                                                     \
        {__FILE__, __LINE__},                                                                  \
        cordon_current_suite,                                                                  \
        CORDON_LIST_OF_(CORDON_CONCAT(name, _record)),                                         \
        &CORDON_CONCAT(name, _property)};                                                      \
    CORDON_GLOBAL_END_                                                                         \
    static void name(__VA_ARGS__)
