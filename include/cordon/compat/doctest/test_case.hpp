#pragma once

#include <cordon/compat/doctest/values.hpp>

// Decorators and registration.

namespace doctest {

#define CORDON_DOCTEST_DECORATOR_(name, type, standard, made)                          \
    struct name {                                                                      \
        constexpr name(type in = standard) noexcept : data(in) {}                      \
        constexpr operator cordon::detail::decorator() const noexcept { return made; } \
        type data;                                                                     \
    };
#define CORDON_DOCTEST_MADE_(kind, text, number) \
    cordon::detail::decorator(cordon::detail::decoration::kind, text, number)
CORDON_DOCTEST_DECORATOR_(description, const char*, "", CORDON_DOCTEST_MADE_(description, data, 0))
CORDON_DOCTEST_DECORATOR_(skip, bool, true, CORDON_DOCTEST_MADE_(skip, "", data ? 1 : 0))
CORDON_DOCTEST_DECORATOR_(timeout, double, 0, CORDON_DOCTEST_MADE_(timeout, nullptr, data))
CORDON_DOCTEST_DECORATOR_(may_fail, bool, true, CORDON_DOCTEST_MADE_(may_fail, nullptr, data ? 1 : 0))
CORDON_DOCTEST_DECORATOR_(should_fail, bool, true, CORDON_DOCTEST_MADE_(should_fail, nullptr, data ? 1 : 0))
CORDON_DOCTEST_DECORATOR_(expected_failures, int, 0, CORDON_DOCTEST_MADE_(expected_failures, nullptr, data))
// cordon stops in a debugger only with --debug, and shows what a failed test printed.
CORDON_DOCTEST_DECORATOR_(no_breaks, bool, true, cordon::detail::decorator())
CORDON_DOCTEST_DECORATOR_(no_output, bool, true, cordon::detail::decorator())
#undef CORDON_DOCTEST_DECORATOR_
#undef CORDON_DOCTEST_MADE_

struct test_suite {
    explicit constexpr test_suite(const char* in = "") noexcept : data(in) {}
    const char* data;
};

namespace detail {

using cordon::detail::decoration;
using cordon::detail::decorator;

/// What stands in the parentheses of a TEST_CASE or TEST_SUITE, as a list for cordon. The number of its items does not
/// depend on what is given, so that it is known at compile time.
struct attributes {
    static constexpr size_t most = 10;  // the first two, one of each kind, and a last one that is empty

    constexpr explicit attributes(decoration first = decoration::none) noexcept
        : items{{first, nullptr, 0}, {decoration::shares_name, nullptr, 1}} {}

    constexpr attributes operator*(const decorator& added) const {
        attributes more = *this;
        size_t at = 2;
        while (more.items[at].kind != decoration::none && more.items[at].kind != added.kind)
            ++at;
        more.items[at] = added;
        return more;
    }
    constexpr attributes operator*(const test_suite& of) const {
        attributes more = *this;
        more.suite = of.data;
        return more;
    }

    decorator items[most];
    const char* suite = nullptr;  ///< of the decorator test_suite, instead of the block's
};

/// A registered test.
struct registered_test : cordon::detail::test_case {
    registered_test(void (*body)(const void*), cordon::location where, const cordon::detail::suite* block,
                    const attributes& given, const void* context = nullptr) noexcept;
};

}  // namespace detail
}  // namespace doctest
