#pragma once

#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/owned.hpp>
#include <cordon/engine/base/result.hpp>
#include <cordon/engine/model/bounded_output.hpp>
#include <cordon/engine/os/descriptor.hpp>
#include <cordon/engine/os/machine.hpp>
#include <cordon/engine/os/process.hpp>
#include <cordon/engine/os/shared_memory.hpp>
#include <cordon/engine/wire/frame.hpp>
#include <cordon/engine/wire/lane.hpp>

#include <cstdint>
#include <string>
#include <utility>

namespace cordon::engine::launch {

/// A worker's process as its port sees it: the ends of its pipes, the memory shared with it, and its output so far.
struct worker_process {
    os::process_id pid = 0;
    os::descriptor commands;
    os::descriptor events;
    os::descriptor out;
    os::descriptor err;
    os::shared_memory memory;
    std::uint64_t key = 0;
    std::uint64_t commands_sent = 0;
    std::uint64_t last_sequence = 0;
    optional<wire::frame_reader> frames;
    bounded_output printed{64 * 1024};
    std::string broken;
    bool keeps_folders = false;
    bool is_gone = false;  ///< and was waited for: its number may be reused
    // The ends for the worker, until it is started.
    os::descriptor far_commands, far_events, far_out, far_err;

    /// With everything that the worker will inherit, but without a process.
    static result<owned<worker_process>> open() {
        auto made = make_owned<worker_process>();
        made->key = os::entropy();
        made->frames.emplace(made->key);
        const std::pair<os::descriptor*, os::descriptor*> pipes[] = {{&made->far_commands, &made->commands},
                                                                     {&made->events, &made->far_events},
                                                                     {&made->out, &made->far_out},
                                                                     {&made->err, &made->far_err}};
        for (const auto& [reading, writing] : pipes) {
            result<os::pipe_ends> ends = os::make_pipe();
            if (!ends) return ends.failure();
            *reading = std::move(ends.value().read);
            *writing = std::move(ends.value().write);
        }
        result<os::shared_memory> memory = os::shared_memory::create(sizeof(wire::lane_block));
        if (!memory) return memory.failure();
        made->memory = std::move(memory.value());
        return made;
    }

    wire::lane lane() const { return {&block(), key}; }
    wire::lane_block& block() const { return *static_cast<wire::lane_block*>(memory.address()); }

    /// The process of the running test; 0: none. The number comes from memory that tests can write to, so it is used
    /// only if the process still leads its own group.
    os::process_id test_process() const {
        const os::process_id process = block().process.load();
        return process > 1 && os::leads_own_group(process) ? process : 0;
    }

    void read_print(stream which) {
        os::descriptor& pipe = which == stream::out ? out : err;
        char buffer[4096];
        const os::read_outcome got = os::read_available(pipe, buffer, sizeof buffer);
        printed.add(which, {buffer, got.bytes});
        if (got.at_end) pipe.close();
    }
};

}  // namespace cordon::engine::launch
