#pragma once

#include <cordon/compat/parts/catch2/templates/expansion.hpp>

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
