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

// ---- cordon/snapshot.hpp ----

// Snapshots: CHECK_SNAPSHOT(value) compares the text of a value with a file beside the test, CHECK_INLINE_SNAPSHOT with
// a literal in the source. cordon writes both: `--update-snapshots`. docs/snapshots.md explains them.

#if !defined(CORDON_CONTAINS_CORDON_API_ALL_HPP_) || defined(CORDON_MAIN) || defined(CORDON_IMPLEMENT)
#include "cordon.hpp"
#endif

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

// ---- cordon/api/snapshot/check.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_API_SNAPSHOT_CHECK_HPP_)
#define CORDON_CONTAINS_CORDON_API_SNAPSHOT_CHECK_HPP_

// Functions that the snapshot macros call. engine/exec/snapshots.hpp defines those that are only declared.

namespace cordon::detail {

/// A value whose text is compared: a string's own characters, or what cordon writes for other values.
struct snapshot_value {
    const char* data;  ///< null: `other` writes the text
    size_t size;
    operand_text other;
};

/// A null `name.data`: numbered.
outcome check_snapshot(const assertion_site& site, const snapshot_value& value, text_view name);
outcome check_inline_snapshot(const assertion_site& site, const snapshot_value& value, text_view literal);

template <class T>
auto snapshot_value_of(const T& text, rank<3>)
    -> only_if<sizeof(typename T::traits_type*) != 0 && is_same<decltype(text.data()), const char*>, snapshot_value> {
    return {text.data(), text.size(), {}};
}
template <size_t N>
snapshot_value snapshot_value_of(const char (&text)[N], rank<3>) {
    size_t size = 0;
    while (size < N && text[size] != '\0')
        ++size;
    return {text, size, {}};
}
template <class T, class = only_if<is_same<T, const char*> || is_same<T, char*>>>
snapshot_value snapshot_value_of(const T& text, rank<2>) {
    if (text == nullptr) return {nullptr, 0, text_of(text)};
    return {text, __builtin_strlen(text), {}};
}
template <class T>
snapshot_value snapshot_value_of(const T& value, rank<1>) {
    return {nullptr, 0, text_of(value)};
}

template <class T>
outcome snapshot(const assertion_site& site, const T& value) {
    text_view unnamed("");
    unnamed.data = nullptr;
    return check_snapshot(site, snapshot_value_of(value, rank<3>()), unnamed);
}
template <class T>
outcome snapshot(const assertion_site& site, const T& value, text_view name) {
    return check_snapshot(site, snapshot_value_of(value, rank<3>()), name);
}

template <class T, size_t N>
outcome inline_snapshot(const assertion_site& site, const T& value, const char (&literal)[N]) {
    text_view text("");
    text.data = literal;  // which may hold null characters
    text.size = N - 1;
    return check_inline_snapshot(site, snapshot_value_of(value, rank<3>()), text);
}

}  // namespace cordon::detail
#endif

// ---- cordon/api/snapshot/macros.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_API_SNAPSHOT_MACROS_HPP_)
#define CORDON_CONTAINS_CORDON_API_SNAPSHOT_MACROS_HPP_

// The snapshot macros with their long names; see api/macros.hpp. The empty literal before the user's one makes anything
// but a literal an error.

#define CORDON_CHECK_SNAPSHOT(...)                                                                               \
    CORDON_ASSERT_BY_(CORDON_RUN_, check, "CHECK_SNAPSHOT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), snapshot, \
                      __VA_ARGS__)
#define CORDON_REQUIRE_SNAPSHOT(...)                                                                                \
    CORDON_ASSERT_BY_(CORDON_RUN_OR_LEAVE_, require, "REQUIRE_SNAPSHOT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                      snapshot, __VA_ARGS__)
#define CORDON_CHECK_INLINE_SNAPSHOT(value, ...)                                                        \
    CORDON_ASSERT_BY_(CORDON_RUN_, check, "CHECK_INLINE_SNAPSHOT", #value, CORDON_UNIQUE(cordon_site_), \
                      inline_snapshot, (value), "" __VA_ARGS__)
#define CORDON_REQUIRE_INLINE_SNAPSHOT(value, ...)                                                                   \
    CORDON_ASSERT_BY_(CORDON_RUN_OR_LEAVE_, require, "REQUIRE_INLINE_SNAPSHOT", #value, CORDON_UNIQUE(cordon_site_), \
                      inline_snapshot, (value), "" __VA_ARGS__)
#endif
#if !defined(CORDON_CONFIG_PREFIX_ONLY)

// ---- cordon/api/snapshot/short_macros.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_API_SNAPSHOT_SHORT_MACROS_HPP_)
#define CORDON_CONTAINS_CORDON_API_SNAPSHOT_SHORT_MACROS_HPP_
// Generated from macros.hpp by tools/short_macros.py. Change the long macros there, not these.

// The public macros with their short names. CORDON_CONFIG_PREFIX_ONLY leaves them out.

// clang-format off
#define CHECK_SNAPSHOT(...) CORDON_ASSERT_BY_(CORDON_RUN_, check, "CHECK_SNAPSHOT", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), snapshot, __VA_ARGS__)
#define REQUIRE_SNAPSHOT(...) CORDON_ASSERT_BY_(CORDON_RUN_OR_LEAVE_, require, "REQUIRE_SNAPSHOT", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), snapshot, __VA_ARGS__)
#define CHECK_INLINE_SNAPSHOT(value, ...) CORDON_ASSERT_BY_(CORDON_RUN_, check, "CHECK_INLINE_SNAPSHOT", #value, \
    CORDON_UNIQUE(cordon_site_), inline_snapshot, (value), "" __VA_ARGS__)
#define REQUIRE_INLINE_SNAPSHOT(value, ...) CORDON_ASSERT_BY_(CORDON_RUN_OR_LEAVE_, require, \
    "REQUIRE_INLINE_SNAPSHOT", #value, CORDON_UNIQUE(cordon_site_), inline_snapshot, (value), "" __VA_ARGS__)
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
