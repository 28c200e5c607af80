#pragma once

#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/result.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/outcome.hpp>
#include <cordon/engine/model/stack.hpp>
#include <cordon/engine/run/machine.hpp>
#include <cordon/engine/wire/message.hpp>

#include <cstdint>
#include <string>

namespace cordon::engine::run {

/// What a worker does now, as far as its port can see. A test may have scribbled over what tells it, so it is never
/// trusted for a verdict alone.
struct glimpse {
    std::uint32_t ticket = 0;  ///< 0: nothing has begun
    std::int64_t process = 0;
    duration started{};  ///< steady-clock nanoseconds
};

/// An address in a process, and where it lies in the file that is mapped there.
struct code_place {
    std::string module;
    std::uint64_t file_offset = 0;
    std::uint64_t address = 0;
};

/// A worker is gone, in order or not. Everything it had said came before.
struct worker_end {
    std::int64_t pid = 0;
    bool by_signal = false;
    int code = 0;
    glimpse last;            ///< what it was at
    std::string broken;      ///< why the port ended it; empty if it ended by itself
    captured_output output;  ///< what the worker itself printed, not its tests
};

/// What comes back through the port.
class inbox {
  public:
    virtual ~inbox() = default;
    virtual void on_report(std::uint32_t slot, wire::report& what) = 0;
    virtual void on_worker_end(std::uint32_t slot, const worker_end& how) = 0;
    /// The user wants the run to end; `count` signals came in all.
    virtual void on_cancel(int signal, int count) = 0;
    /// The user wants to know what runs now.
    virtual void on_status_request() = 0;
};

/// The seam between the dispatcher and the world: what it may ask for. Tests put a fake here.
class port {
  public:
    virtual ~port() = default;
    /// Starts the slot's worker, which reports `hello` when it is ready. Returns its process id.
    virtual result<std::int64_t> start(std::uint32_t slot) = 0;
    virtual void send(std::uint32_t slot, wire::command what) = 0;
    /// No more commands: the worker leaves in order.
    virtual void finish(std::uint32_t slot) = 0;
    /// Ends the worker and what it runs, at once.
    virtual void kill(std::uint32_t slot) = 0;
    virtual glimpse look(std::uint32_t slot) = 0;
    /// The frames at an address of a process that the port has started, the innermost inlined call first; at least one.
    /// May take a second the first time that a file is asked for.
    virtual vector<stack_frame> name(const code_place& place) = 0;
    /// Asks for the names at these places without waiting. True once name() answers at once; until then it is to be
    /// called again.
    virtual bool prepare_names(const vector<code_place>&) { return true; }
    /// Why a place in that file has no line; the file has been asked for names before.
    virtual missing_lines lacks(const std::string&) { return missing_lines::none; }
    /// The time it is in the world behind the port.
    virtual instant now() const = 0;
    /// What holds for the machine that tests run on.
    virtual machine_facts machine() const = 0;
    virtual signal_facts signal(int number) const = 0;
    /// A failure of start() or wait() in words, on one line.
    virtual std::string describe(const error& failure) const = 0;
    /// Where there is no room for a process: gives up what the run can go without. False: there is nothing.
    virtual bool make_room() { return false; }
    /// The run is over: ends what its tests have left running and nobody has ended yet.
    virtual void end_leftovers() {}
    /// Waits until something happens or `until`, and hands over all that did.
    virtual status wait(deadline until, inbox& to) = 0;
};

}  // namespace cordon::engine::run
