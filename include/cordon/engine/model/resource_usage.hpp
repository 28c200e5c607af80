#pragma once

#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/fields.hpp>

#include <cstdint>

namespace cordon::engine {

/// Resources of a process, as the system counts them. In shard mode they belong to the whole process and are charged to
/// the test that ended it. In rewind mode they are of each test, and only the maximum memory is of its process. To add
/// a figure: name it here, set it where the system reports it (os/process.posix.hpp), and describe it in
/// docs/json-report.md and docs/report.schema.json.
struct resource_usage {
    duration user{};
    duration system{};
    std::uint64_t max_rss_bytes = 0;
    std::uint64_t minor_faults = 0;          ///< pages that were in memory and only had to be mapped
    std::uint64_t major_faults = 0;          ///< pages that were read from a file
    std::uint64_t voluntary_switches = 0;    ///< it waited for something
    std::uint64_t involuntary_switches = 0;  ///< how often it lost its processor to another process

    template <class Archive>
    void fields(Archive& a) {
        a(named("user_ms", user), named("system_ms", system), named("max_rss_bytes", max_rss_bytes),
          named("minor_faults", minor_faults), named("major_faults", major_faults),
          named("voluntary_switches", voluntary_switches), named("involuntary_switches", involuntary_switches));
    }

    /// Adds those of one more process.
    void operator+=(const resource_usage& more) {
        user += more.user;
        system += more.system;
        max_rss_bytes = max_rss_bytes < more.max_rss_bytes ? more.max_rss_bytes : max_rss_bytes;
        minor_faults += more.minor_faults;
        major_faults += more.major_faults;
        voluntary_switches += more.voluntary_switches;
        involuntary_switches += more.involuntary_switches;
    }
    /// Subtracts earlier resources. Of the maximum memory only the latest value is known.
    void operator-=(const resource_usage& before) {
        user -= before.user;
        system -= before.system;
        minor_faults -= before.minor_faults;
        major_faults -= before.major_faults;
        voluntary_switches -= before.voluntary_switches;
        involuntary_switches -= before.involuntary_switches;
    }
};

}  // namespace cordon::engine
