#pragma once

#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/result.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/stack.hpp>
#include <cordon/engine/run/inbox.hpp>
#include <cordon/engine/run/machine.hpp>
#include <cordon/engine/wire/message.hpp>

#include <cstdint>
#include <string>

namespace cordon::engine::run {

/// An address in a process, and its offset in the mapped file.
struct code_place {
    std::string module;
    std::uint64_t file_offset = 0;
    std::uint64_t address = 0;
    std::uint32_t slot = 0;  ///< whose process it was: another machine has other files
};

/// The interface between the dispatcher and the world. Tests use a fake.
class port {
  public:
    virtual ~port() = default;
    /// False while the machine of that slot cannot be reached; it will be tried again.
    virtual bool may_start(std::uint32_t) const { return true; }
    /// Starts the slot's worker, which sends `hello` when it is ready. Returns its process id; 0: `hello` tells it.
    virtual result<std::int64_t> start(std::uint32_t slot) = 0;
    virtual void send(std::uint32_t slot, wire::command what) = 0;
    /// No more commands: the worker ends normally.
    virtual void finish(std::uint32_t slot) = 0;
    /// Kills the worker and its running test, at once.
    virtual void kill(std::uint32_t slot) = 0;
    virtual glimpse look(std::uint32_t slot) = 0;
    /// Returns the frames at an address of a process that the port has started, the innermost inlined call first; at
    /// least one. The first request for a file may take a second.
    virtual vector<stack_frame> name(const code_place& place) = 0;
    /// Requests the names at these places without waiting. Returns true if name() can answer at once; otherwise call it
    /// again.
    virtual bool prepare_names(const vector<code_place>&) { return true; }
    /// Why a place in that file has no line. The file's names must have been requested before.
    virtual missing_lines lacks(const std::string&) { return missing_lines::none; }
    /// The current time in the world behind the port.
    virtual instant now() const = 0;
    /// What holds for the machine that tests run on.
    virtual machine_facts machine() const = 0;
    virtual signal_facts signal(int number) const = 0;
    /// The name of the machine of that slot; empty: this one.
    virtual std::string host_of(std::uint32_t) const { return {}; }
    /// How long a command to that slot and its answer take.
    virtual duration round_trip(std::uint32_t) const { return {}; }
    /// A failure of start() or wait() in words, on one line.
    virtual std::string describe(const error& failure) const = 0;
    /// If there is no room for a process: gives up resources that the run can do without. Returns false if there are
    /// none.
    virtual bool make_room() { return false; }
    /// The run is over: kills leftover processes of its tests.
    virtual void end_leftovers() {}
    /// Waits until something happens, or until `until`, and passes everything on.
    virtual status wait(deadline until, inbox& to) = 0;
};

}  // namespace cordon::engine::run
