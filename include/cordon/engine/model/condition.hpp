#pragma once

#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/vector.hpp>

#include <cstdint>
#include <string>

namespace cordon::engine {

/// What is varied about the world that tests run in (--condition). The default is: nothing.
struct condition {
    // For the whole session, beside the tests.
    std::uint32_t hogs = 0;  ///< processes that keep a processor busy

    // When a worker is started.
    bool fixed_addresses = false;   ///< without address space layout randomization
    bool random_addresses = false;  ///< with it, where it is off for this process
    vector<std::string> variables;  ///< "NAME=value", in the environment from the very start

    // In a worker, once it runs.
    struct for_worker {
        std::uint32_t processors = 0;  ///< it may use so many; 0: all
        duration timer_slack{};        ///< how much later than asked for timers may fire; 0: as usual
        duration pulses{};             ///< test processes are stopped for about so long, again and again; 0: never
        std::uint32_t niceness = 0;
        std::uint32_t open_files = 0;  ///< how many a process may have; 0: as usual
        std::uint32_t file_mask = 0;   ///< umask plus one; 0: as usual
        std::uint32_t stack_fill = 0;  ///< what unused stack holds, plus one; 0: as it comes
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
