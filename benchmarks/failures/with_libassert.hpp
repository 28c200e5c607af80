#pragma once

// libassert has assertions and no tests: a list of functions, run by name.

#include <cstdio>
#include <cstring>
#include <utility>
#include <vector>

inline std::vector<std::pair<const char*, void (*)()>>& all_tests() {
    static std::vector<std::pair<const char*, void (*)()>> tests;
    return tests;
}
struct test_registration {
    test_registration(const char* name, void (*body)()) { all_tests().emplace_back(name, body); }
};
struct assertion_failed {};

#define JOIN_(a, b) a##b
#define JOIN(a, b) JOIN_(a, b)
#define TEST_CASE_(name, id)                                                     \
    static void JOIN(test_, id)();                                               \
    static const test_registration JOIN(registered_, id)(name, JOIN(test_, id)); \
    static void JOIN(test_, id)()
#define TEST_CASE(name) TEST_CASE_(name, __LINE__)
#define CHECK(...)                          \
    do {                                    \
        try {                               \
            ASSERT(__VA_ARGS__);            \
        } catch (const assertion_failed&) { \
        }                                   \
    } while (false)

inline void report(const libassert::assertion_info& info) {
    std::printf("%s\n", info.to_string(100, libassert::color_scheme::blank).c_str());
    throw assertion_failed();
}
inline int run_all(int argc, char** argv) {
    libassert::set_failure_handler(report);
    for (const auto& [name, body] : all_tests())
        if (argc < 2 || std::strcmp(argv[1], name) == 0) body();
    return 0;
}
