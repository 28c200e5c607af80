#pragma once

#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/exec/capture.hpp>
#include <cordon/engine/exec/link.hpp>
#include <cordon/engine/exec/outlet.hpp>
#include <cordon/engine/exec/registry.hpp>
#include <cordon/engine/exec/temp_policy.hpp>
#include <cordon/engine/exec/test_environment.hpp>
#include <cordon/engine/exec/watches.hpp>
#include <cordon/engine/exec/work_batch.hpp>
#include <cordon/engine/os/files.hpp>
#include <cordon/engine/os/poll.hpp>
#include <cordon/engine/os/process.hpp>
#include <cordon/engine/wire/lane.hpp>
#include <cordon/engine/wire/message.hpp>

#include <cstdint>
#include <utility>

namespace cordon::engine::exec {

/// What a worker has to work with, which the watches on its processes share.
struct workplace {
    workplace(link& connection_, const registered_tests& tests_, wire::configure settings_, capture output_)
        : connection(connection_),
          tests(tests_),
          settings(std::move(settings_)),
          lane(connection.lane()),
          outlet(lane, connection.events, lane.server_level()),
          output(std::move(output_)),
          temp{os::temp_root(), settings.worker, settings.keep_temp} {
        environment_of_tests().set_slot(settings.slot);
    }

    // Then that of the user is none of its business.
    bool has_terminal() const { return settings.terminal_columns != 0; }

    void flush() {
        last_flush = now();
        outlet.flush();
    }
    bool flush_is_due() const { return now() - last_flush >= flush_delay; }

    /// Before a process is made. A batch without items: the host of a setup.
    CORDON_HOT void prepare_lane(const work_batch& batch) {
        lane.offer(static_cast<std::uint32_t>(batch.size()));
        lane->running.store(0);
        lane->over.store(0);
        lane->started.store(0);
        lane->branch.store(0);
        lane->setting_up.store(0);
        lane->captured.store(0);
        if (lane->crash.state.load() != crash_note::nothing) lane->crash.state.store(crash_note::nothing);
        output.relabel(batch.empty() ? 0 : batch.front().ticket);
    }

    static constexpr duration flush_delay = std::chrono::milliseconds(2);

    link& connection;
    const registered_tests& tests;
    wire::configure settings;
    wire::lane lane;
    journal_outlet outlet;
    capture output;
    temp_policy temp;
    watches watched;
    os::descriptor ends_of_children = os::watch_ends_of_children();  ///< empty where the system has none such
    os::process_id own_id = os::own_process_id();
    std::uint32_t hosts = 0;  ///< setups around this process
    instant last_flush{};
    // A fork copies only one thread. Locks held by other threads stay locked in the copy. exec is slower, and safe.
    bool may_fork = os::can_fork() && os::thread_count() <= 1;
};

}  // namespace cordon::engine::exec
