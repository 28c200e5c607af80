#pragma once

#include <cordon/compat/parts/catch2/expansion.hpp>

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
