#pragma once

#include <doctest/doctest.h>

#include <cstdio>
#include <cstdlib>
#include <string>

/// Compares with tests/golden/<name>. With UPDATE_GOLDEN=1 in the environment the file is written instead: read the
/// diff before you commit it.
inline void check_golden(const std::string& name, const std::string& actual) {
    const std::string path = std::string(CORDON_GOLDEN_DIR) + "/" + name;
    if (std::getenv("UPDATE_GOLDEN") != nullptr) {
        std::FILE* file = std::fopen(path.c_str(), "wb");
        REQUIRE_MESSAGE(file != nullptr, path);
        REQUIRE(std::fwrite(actual.data(), 1, actual.size(), file) == actual.size());
        std::fclose(file);
        return;
    }
    std::FILE* file = std::fopen(path.c_str(), "rb");
    REQUIRE_MESSAGE(file != nullptr, path);
    std::string expected;
    char part[4096];
    std::size_t size;
    while ((size = std::fread(part, 1, sizeof part, file)) != 0) {
        expected.append(part, size);
    }
    std::fclose(file);
    INFO(path);
    CHECK(actual == expected);
}
