#pragma once

#include <cstdint>

namespace cordon::engine {

/// Failed runs among runs with a result.
struct run_counts {
    std::uint64_t runs = 0;
    std::uint64_t failures = 0;

    std::uint64_t passes() const { return runs - failures; }
    /// 0 without runs.
    double rate() const { return runs == 0 ? 0 : static_cast<double>(failures) / static_cast<double>(runs); }
    bool mixed() const { return failures != 0 && failures != runs; }
    void add(bool failed) {
        ++runs;
        if (failed) ++failures;
    }
    void add(const run_counts& more) {
        runs += more.runs;
        failures += more.failures;
    }

    template <class Archive>
    void fields(Archive& a) {
        a(runs, failures);
    }
};

}  // namespace cordon::engine
