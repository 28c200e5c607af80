#pragma once

#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/os/process.hpp>
#include <cordon/engine/wire/message.hpp>
#include <cordon/engine/worker/pulses.hpp>
#include <cordon/engine/worker/stop_clock.hpp>

#include <algorithm>
#include <cstdint>

namespace cordon::engine::worker {

/// The process that a worker watches: a test process, or the host of a setup.
struct watched {
    os::process_id pid = 0;
    instant forked{};
    stop_clock clock;
    vector<wire::work_item> batch;
    optional<std::uint32_t> host_of;  ///< setup group; then there is no batch
    duration setup_limit{};
    optional<pulses> stops;
    duration left_out{};  ///< of a setup: how long the run was suspended before this, for its clock

    /// The item of that ticket; null if it is not in the batch.
    const wire::work_item* item_of(std::uint32_t ticket) const {
        // Tickets of one batch rise, but after a crash or a surrender they need not be consecutive.
        const auto at =
            std::lower_bound(batch.begin(), batch.end(), ticket,
                             [](const wire::work_item& item, std::uint32_t wanted) { return item.ticket < wanted; });
        return at != batch.end() && at->ticket == ticket ? &*at : nullptr;
    }
};

}  // namespace cordon::engine::worker
