#pragma once

#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/parse.hpp>
#include <cordon/engine/base/quote.hpp>
#include <cordon/engine/base/result.hpp>
#include <cordon/engine/cli/option_row.hpp>
#include <cordon/engine/model/options.hpp>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <string>
#include <string_view>

// `--shard auto`: what systems that split a run over machines say in the environment.

namespace cordon::engine::cli {

namespace shard_detail {

struct shard_system {
    const char* name;
    const char* total;
    const char* index;
    std::uint32_t first;  ///< what the system counts from
};

constexpr shard_system systems[] = {
    {"Bazel", "TEST_TOTAL_SHARDS", "TEST_SHARD_INDEX", 0},
    {"GoogleTest", "GTEST_TOTAL_SHARDS", "GTEST_SHARD_INDEX", 0},
    {"GitLab", "CI_NODE_TOTAL", "CI_NODE_INDEX", 1},
    {"CircleCI", "CIRCLE_NODE_TOTAL", "CIRCLE_NODE_INDEX", 0},
    {"Buildkite", "BUILDKITE_PARALLEL_JOB_COUNT", "BUILDKITE_PARALLEL_JOB", 0},
    {"Slurm", "SLURM_NTASKS", "SLURM_PROCID", 0},
};

std::string_view value_of(environment_lookup lookup, const char* name) {
    const char* value = lookup ? lookup(name) : nullptr;
    return value ? std::string_view(value) : std::string_view();
}

error wrong_variable(const char* variable, std::string_view value, const std::string& expected) {
    return {"command line", 0,
            std::string("the environment's ") + variable + " " + quoted(value) + ": expected " + expected};
}

/// Sets `found` where the system splits this run.
status ask(const shard_system& system, environment_lookup lookup, optional<shard_choice>& found) {
    const std::string_view total_text = value_of(lookup, system.total);
    if (total_text.empty()) return ok();
    const auto total = parse_unsigned(total_text, std::numeric_limits<std::uint32_t>::max());
    if (!total || *total == 0) return wrong_variable(system.total, total_text, "a whole number from 1");
    if (*total == 1) return ok();
    const std::string_view index_text = value_of(lookup, system.index);
    const std::uint64_t last = *total - 1 + system.first;
    const auto index = parse_unsigned(index_text, last);
    if (!index || *index < system.first) {
        return wrong_variable(system.index, index_text,
                              std::to_string(system.first) + " to " + std::to_string(last) + ", as " + system.total +
                                  " is " + std::to_string(*total));
    }
    found.emplace();
    found->index = static_cast<std::uint32_t>(*index - system.first + 1);
    found->count = static_cast<std::uint32_t>(*total);
    return ok();
}

}  // namespace shard_detail

/// Sets `found` to the shard that the first of the known systems asks for. It stays empty where none of them splits the
/// run: then all tests are to run, because such systems leave their variables out when there is one machine only.
status find_shard(environment_lookup lookup, optional<shard_choice>& found) {
    found.reset();
    for (const shard_detail::shard_system& system : shard_detail::systems) {
        status asked = shard_detail::ask(system, lookup, found);
        if (!asked || found) return asked;
    }
    return ok();
}

/// Tells Bazel that this program shards: touches options::shard_status_file. Nothing to do where that is empty.
status announce_sharding(const std::string& path) {
    if (path.empty()) return ok();
    std::FILE* file = std::fopen(path.c_str(), "ab");
    if (!file) return error{"open", errno, path};
    std::fclose(file);
    return ok();
}

}  // namespace cordon::engine::cli
