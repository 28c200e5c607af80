#pragma once

#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/vector.hpp>

#include <cstdint>
#include <string>

namespace cordon::engine {

/// The conditions that tests run under (--condition). By default nothing is changed.
struct condition {
    // For the whole session, besides the tests.
    std::uint32_t hogs = 0;  ///< processes that keep a processor busy

    // When a worker is started.
    bool fixed_addresses = false;   ///< without address space layout randomization
    bool random_addresses = false;  ///< with it, if this process has none
    vector<std::string> variables;  ///< "NAME=value", set before the worker starts

    // In a worker, once it runs.
    struct for_worker {
        std::uint32_t processors = 0;  ///< number of processors that it may use; 0: all
        duration timer_slack{};        ///< how much later than asked for timers may fire; 0: as usual
        duration pulses{};             ///< test processes are stopped for about so long, again and again; 0: never
        std::uint32_t niceness = 0;
        std::uint32_t open_files = 0;  ///< number of files that a process may open; 0: unchanged
        std::uint32_t file_mask = 0;   ///< umask plus one; 0: as usual
        std::uint32_t stack_fill = 0;  ///< value of unused stack bytes, plus one; 0: unchanged
        std::string folder;            ///< working folder; empty: as usual

        bool any() const {
            return processors != 0 || timer_slack != duration{0} || pulses != duration{0} || niceness != 0 ||
                   open_files != 0 || file_mask != 0 || stack_fill != 0 || !folder.empty();
        }
        template <class Archive>
        void fields(Archive& a) {
            a(processors, timer_slack, pulses, niceness, open_files, file_mask, stack_fill, folder);
        }
    } worker;

    // For an attempt.
    optional<std::uint64_t> seed;  ///< CORDON_SEED of every attempt

    bool any() const {
        return hogs != 0 || fixed_addresses || random_addresses || !variables.empty() || worker.any() ||
               seed.has_value();
    }
};

}  // namespace cordon::engine
