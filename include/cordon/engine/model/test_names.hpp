#pragma once

#include <cordon/api/test_case.hpp>
#include <cordon/engine/base/lasting.hpp>
#include <cordon/engine/base/owned.hpp>
#include <cordon/engine/base/vector.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

// The names of tests and suites. The supervisor and its workers both use these functions: if their names differed, a
// worker would seem to belong to another program.

namespace cordon::engine {

/// Returns the first bare string among the arguments of TEST_CASE or TEST_SUITE; empty if there is none.
const char* first_string(const cordon::detail::decorator* items, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        if (items[i].kind != cordon::detail::decoration::name) continue;
        return items[i].text == nullptr ? "" : items[i].text;
    }
    return "";
}

/// Catch2's name for such a test.
const char* numbered(std::uint32_t number) {
    static auto& texts = *make_lasting<vector<owned<std::string>>>();
    texts.push_back(make_owned<std::string>("Anonymous test case " + std::to_string(number)));
    return texts.back()->c_str();
}

/// Numbers the tests without a name, in the order of registration, over all suites. Call it before name(). Further
/// calls change nothing.
void name_tests(const cordon::detail::test_case* first) {
    std::uint32_t nameless = 0;
    for (const cordon::detail::test_case* test = first; test != nullptr; test = test->next) {
        if (*first_string(test->decorators, test->count) != '\0') continue;
        ++nameless;
        if (test->numbered_name == nullptr) test->numbered_name = numbered(nameless);
    }
}

}  // namespace cordon::engine

namespace cordon::detail {

const char* suite::name() const { return engine::first_string(decorators, count); }

const char* test_case::name() const {
    return numbered_name != nullptr ? numbered_name : engine::first_string(decorators, count);
}

}  // namespace cordon::detail
