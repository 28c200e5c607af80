#pragma once

#include <cordon/api/test_case.hpp>
#include <cordon/engine/base/hash.hpp>
#include <cordon/engine/model/test_names.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace cordon::engine {

/// The hash of a test list after one more test. `test_hash` is the hash of its suite and name.
inline std::uint64_t list_hash_with(std::uint64_t before, std::uint64_t test_hash, std::string_view file) {
    return mix_bits(before + fast_hash(file, test_hash));
}

/// Nested suites joined by '/'.
inline std::string suite_path(const cordon::detail::suite* suite) {
    if (suite == nullptr) return {};
    const std::string outer = suite_path(suite->parent);
    const std::string_view own = suite->name();
    if (outer.empty() || own.empty()) return outer + std::string(own);
    return outer + "/" + std::string(own);
}

/// True if `outer` is the suite `path` or contains it. The empty path contains all.
inline bool suite_holds(std::string_view outer, std::string_view path) {
    if (outer.empty()) return true;
    return path.substr(0, outer.size()) == outer && (path.size() == outer.size() || path[outer.size()] == '/');
}

}  // namespace cordon::engine
