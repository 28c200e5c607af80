#pragma once

#include <cordon/api/test_case.hpp>
#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/owned.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/outcome.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace cordon::engine {

/// A test as the engine sees it: its decorators are resolved, and include those of its suites. Texts are views: into
/// the program in a live run, into test_list::storage for a recorded list.
struct test_info {
    std::string_view name;
    std::string_view suite;  ///< nested suites joined by '/'; empty outside any
    std::string_view file;
    std::uint32_t line = 0;
    std::string_view description;
    vector<std::string_view> tags;  ///< those of the suites first, without duplicates

    optional<duration> timeout;  ///< 0: no limit; nullopt: the limit of the command line
    optional<duration> slow_after;
    optional<std::uint32_t> retries;
    optional<std::string_view> skip;  ///< the reason
    optional<std::string_view> todo;
    optional<std::string_view> quarantine;
    bool only = false;
    bool should_fail = false;
    bool may_fail = false;
    std::uint32_t expected_failures = 0;
    std::string_view failure_reason;  ///< why it is declared to fail, of --overrides; not recorded: verdicts say it

    optional<std::string_view> serial;  ///< group
    bool exclusive = false;
    std::uint32_t threads = 1;
    struct resource_use {
        std::string_view name;
        std::uint32_t limit;

        template <class Archive>
        void fields(Archive& a) {
            a(name, limit);
        }
    };
    vector<resource_use> resources;
    std::uint64_t memory_limit = 0;  ///< bytes; 0: no limit
    isolate isolation = isolate::by_default;
    optional<bool> require_assertions;  ///< nullopt: as the command line says; not recorded
    bool hidden = false;                ///< Catch2's "[.]": runs only if the command line selects it
    bool left_out = false;              ///< no option of cordon selects it; not in recordings

    bool is_property = false;                       ///< false for a recorded list
    const detail::test_case* registered = nullptr;  ///< null for a recorded list

    /// The fields that a recording keeps, as for the structs in model/outcome.hpp.
    template <class Archive>
    void fields(Archive& a) {
        a(name, suite, file, line, description, tags, timeout, slow_after, retries, skip, todo, quarantine, only,
          should_fail, may_fail, expected_failures, serial, exclusive, threads, resources, memory_limit, isolation,
          hidden);
    }
};

/// Every test of the program in the order of registration, which is the same in each process of one binary.
struct test_list {
    vector<test_info> tests;
    std::uint64_t hash = 0;  ///< of names, files and suites: two processes with the same hash have the same list
    vector<owned<std::string>> storage;

    template <class Archive>
    void fields(Archive& a) {
        a(tests, hash);
    }
};

}  // namespace cordon::engine
