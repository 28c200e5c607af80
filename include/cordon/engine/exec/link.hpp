#pragma once

#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/result.hpp>
#include <cordon/engine/os/descriptor.hpp>
#include <cordon/engine/os/process.hpp>
#include <cordon/engine/os/shared_memory.hpp>
#include <cordon/engine/wire/lane.hpp>
#include <cordon/engine/wire/marker.hpp>
#include <cordon/engine/wire/message.hpp>

#include <cstdlib>
#include <string>

namespace cordon::engine::exec {

/// The connection of this process to its parent.
struct link {
    os::descriptor commands;
    os::descriptor events;
    os::shared_memory memory;
    wire::marker marker;

    wire::lane lane() const { return {static_cast<wire::lane_block*>(memory.address()), marker.key}; }
};

/// Removes the marker from the environment and returns it; nothing if this process is not a worker or test process.
optional<std::string> take_marker() {
    const char* text = std::getenv(wire::marker_name);
    if (text == nullptr) return nullopt;
    std::string taken = text;
    os::unset_environment(wire::marker_name);
    os::forget_link_eagerly();
    return taken;
}

/// Takes over the descriptors that the marker names. Fails if the marker was not meant for this process.
result<link> attach(const std::string& marker_text) {
    const optional<wire::marker> read = wire::parse_marker(marker_text.c_str());
    if (!read) return error{"start as a worker", 0, std::string(wire::marker_name) + " is not one of this version's"};
    const bool is_child = read->parent == os::parent_process_id();
    if (!is_child && !(read->wrapped && os::parent_of(os::parent_process_id()) == read->parent)) {
        return error{"start as a worker", 0,
                     "this process was not started by a cordon supervisor: remove " + std::string(wire::marker_name) +
                         " from its environment"};
    }
    link made;
    made.marker = *read;
    made.commands = os::adopt_descriptor(read->commands, os::descriptor_kind::pipe);
    made.events = os::adopt_descriptor(read->events, os::descriptor_kind::pipe);
    if (!made.commands || !made.events || read->lane == -1)
        return error{"start as a worker", 0, "its private pipes are not open"};
    result<os::shared_memory> memory = os::shared_memory::attach(read->lane, sizeof(wire::lane_block));
    if (!memory) return memory.failure();
    made.memory = std::move(memory.value());
    return made;
}

/// The received commands, decoded one by one.
class command_reader {
  public:
    command_reader(const os::descriptor& from, std::uint64_t key) : from_(from), frames_(key) {}

    /// Reads the available bytes. False: the pipe is closed, so the supervisor has ended or is done.
    bool read() {
        char buffer[16 * 1024];
        while (true) {
            const os::read_outcome got = os::read_available(from_, buffer, sizeof buffer);
            if (got.at_end) return false;
            if (got.bytes == 0) return true;
            frames_.feed({buffer, got.bytes});
            if (got.bytes < sizeof buffer) return true;
        }
    }

    /// Passes the next command to receive(command). False: no complete command has come.
    template <class Receiver>
    bool next(Receiver receive) {
        const optional<wire::frame> frame = frames_.next();
        return frame && wire::dispatch<wire::command>(*frame, receive);
    }

    /// The bytes are not a sequence of commands: nothing after them can be trusted.
    bool damaged() const { return frames_.damage() != nullptr; }

  private:
    const os::descriptor& from_;
    wire::frame_reader frames_;
};

}  // namespace cordon::engine::exec
