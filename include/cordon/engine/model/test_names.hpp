#pragma once

#include <cordon/api/test_case.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

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

/// Copies a text that must live as long as the process. A zero byte is written as "\0", because names end at one.
const char* keep_text(std::string_view text) {
    constexpr std::size_t usual = 32 * 1024;
    static auto& blocks = *new std::vector<const char*>();  // for those who look for leaks
    static char* free_room = nullptr;
    static std::size_t free_size = 0;
    const std::size_t most = 2 * text.size() + 1;
    if (most > free_size) {
        free_size = most > usual ? most : usual;
        free_room = new char[free_size];
        blocks.push_back(free_room);
    }
    char* const kept = free_room;
    for (const char c : text) {
        if (c == '\0') *free_room++ = '\\';
        *free_room++ = c == '\0' ? '0' : c;
    }
    *free_room++ = '\0';
    free_size -= static_cast<std::size_t>(free_room - kept);
    return kept;
}

/// Numbers the tests without a name, in the order of registration, over all suites. Call it before name(). Further
/// calls change nothing.
void name_tests(const cordon::detail::test_case* first) {
    std::uint32_t nameless = 0;
    for (const cordon::detail::test_case* test = first; test != nullptr; test = test->next) {
        if (*first_string(test->decorators, test->count) != '\0') continue;
        ++nameless;
        if (test->made_name == nullptr) test->made_name = keep_text("Anonymous test case " + std::to_string(nameless));
    }
}

}  // namespace cordon::engine

namespace cordon::detail {

const char* suite::name() const { return engine::first_string(decorators, count); }

const char* test_case::name() const {
    return made_name != nullptr ? made_name : engine::first_string(decorators, count);
}

}  // namespace cordon::detail
