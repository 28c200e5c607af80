#pragma once

#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/variant.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/codec/codec.hpp>
#include <cordon/engine/model/condition.hpp>
#include <cordon/engine/model/options.hpp>
#include <cordon/engine/model/outcome.hpp>
#include <cordon/engine/model/stack.hpp>
#include <cordon/engine/model/stack_note.hpp>
#include <cordon/engine/wire/frame.hpp>
#include <cordon/engine/wire/leaf_message.hpp>
#include <cordon/engine/wire/snapshot_message.hpp>

#include <cstdint>
#include <string>
#include <type_traits>
#include <utility>

namespace cordon::engine::wire {

// ---- commands: supervisor to worker ----

/// First command of every connection: the settings for all tests of the run.
struct configure {
    std::uint64_t list_hash = 0;  ///< a worker with another test list refuses
    std::uint32_t slot = 0;
    std::int64_t worker = 0;  ///< its process id, used in the names of temporary folders
    duration grace{};
    duration setup_limit{};  ///< for a test process that runs its setups itself; 0: none
    std::uint64_t output_limit = 0;
    bool live_output = false;
    bool keep_temp = false;
    bool capture = true;                 ///< false: tests print where the supervisor does
    std::uint16_t terminal_columns = 0;  ///< of the terminal that tests print to; 0: a pipe
    std::uint16_t terminal_rows = 0;
    leak_policy leaks = leak_policy::warn;
    timeout_view on_timeout = timeout_view::stacks;
    vector<std::pair<std::string, std::string>> environment;
    condition::for_worker under;
    vector<std::string> subcases;  ///< globs, one for each level
    snapshot_settings snapshots;
    subcase_way way = subcase_way::rerun;
    bool one_by_one = false;      ///< --fail-fast: after the end of a process no other starts before a `proceed`
    vector<std::string> wrapper;  ///< words of a command that starts each executed test process

    template <class Archive>
    void fields(Archive& a) {
        a(list_hash, slot, worker, grace, setup_limit, output_limit, live_output, keep_temp, capture, terminal_columns,
          terminal_rows, leaks, on_timeout, environment, under, subcases, snapshots, way, one_by_one, wrapper);
    }
};

/// One attempt to run.
struct work_item {
    std::uint32_t ticket = 0;  ///< names this attempt in all later messages; not reused in a run
    std::uint32_t test = 0;    ///< index into the test list
    std::uint32_t number = 1;
    std::uint32_t of = 1;
    isolate mode = isolate::fork;
    bool fresh = false;     ///< shard mode: begins a process of its own
    bool snapshot = false;  ///< shard mode: runs in a copy of the process after the earlier items
    std::uint64_t seed = 0;
    duration timeout{};  ///< 0: none
    std::uint64_t memory_limit = 0;

    template <class Archive>
    void fields(Archive& a) {
        a(ticket, test, number, of, mode, fresh, snapshot, seed, timeout, memory_limit);
    }
};

struct run {
    vector<work_item> items;
    template <class Archive>
    void fields(Archive& a) {
        a(items);
    }
};

/// Runs a group of setup blocks in a fork of the worker, which then replaces the worker until `leave`. Nothing else may
/// be sent before the worker's `setup_ready` or `left`.
struct enter {
    std::uint32_t group = 0;
    vector<std::uint32_t> setups;  ///< indices in order of registration
    duration limit{};              ///< for all of them; 0: none
    template <class Archive>
    void fields(Archive& a) {
        a(group, setups, limit);
    }
};

/// Ends the innermost `enter`. Nothing else may be sent before the worker's `left`.
struct leave {
    template <class Archive>
    void fields(Archive&) {}
};

/// Hands back every item that has not started.
struct surrender {
    template <class Archive>
    void fields(Archive&) {}
};

/// Ends the running test (TERM, grace, KILL) and drops items that have not started.
struct cancel {
    template <class Archive>
    void fields(Archive&) {}
};

/// Stops the running test and its clocks: the user has suspended the run.
struct suspend {
    template <class Archive>
    void fields(Archive&) {}
};

/// Ends the suspension. No effect without a `suspend` before it.
struct resume {
    template <class Archive>
    void fields(Archive&) {}
};

/// Asks for an `alive`. A healthy worker answers at once, whatever its test does.
struct ping {
    template <class Archive>
    void fields(Archive&) {}
};

/// The end of the test process is known, and the run goes on: see `one_by_one`.
struct proceed {
    template <class Archive>
    void fields(Archive&) {}
};

using command = variant<configure, run, enter, leave, surrender, cancel, suspend, resume, ping, proceed>;

// ---- events: worker to supervisor ----

struct hello {
    std::uint64_t list_hash = 0;
    std::uint32_t tests = 0;
    std::uint32_t threads = 1;  ///< of the worker now; with more than one it cannot fork safely
    std::int64_t process = 0;   ///< of a worker on another machine, noted by its port

    template <class Archive>
    void fields(Archive& a) {
        a(list_hash, tests, threads, process);
    }
};

struct setup_ready {
    std::uint32_t group = 0;
    std::uint32_t threads = 1;
    template <class Archive>
    void fields(Archive& a) {
        a(group, threads);
    }
};

/// How much of a failed assertion is known. The user's code writes its values and may end the process. So the failure
/// is announced first, and sent again when all is written.
enum class telling : std::uint8_t { whole, announced, completed };
constexpr telling last_of(telling) { return telling::completed; }

/// A failed assertion or exception, of a test (ticket) or of a setup block (ticket 0).
struct failed_assertion {
    std::uint32_t ticket = 0;
    failure what;
    telling how = telling::whole;

    template <class Archive>
    void fields(Archive& a) {
        a(ticket, what, how);
    }
};

/// The test reported its own end. Times are nanoseconds of the steady clock, which all processes of a machine share.
struct finished {
    std::uint32_t ticket = 0;
    finish how = finish::passed;
    bool has_output = false;     ///< shard mode: an `output_done` for this ticket will follow
    bool out_of_memory = false;  ///< an allocation failed under a memory limit
    duration started{};
    duration ended{};
    std::uint64_t assertions = 0;
    std::uint64_t failed_assertions = 0;
    std::uint64_t failures_dropped = 0;
    bool process_reused = false;  ///< others have run in its process before
    std::int64_t pid = 0;         ///< with `usage`: if its process is rewound, so that there is no `ended`
    resource_usage usage;
    std::string reason;  ///< why skipped

    template <class Archive>
    void fields(Archive& a) {
        a(ticket, how, has_output, out_of_memory, started, ended, assertions, failed_assertions, failures_dropped,
          process_reused, pid, usage, reason);
    }
};

/// Leftovers of a test in its own process. Sent before its `finished`, and only if there are any.
struct left_behind {
    std::uint32_t ticket = 0;
    vector<std::pair<leftover_kind, std::string>> items;

    template <class Archive>
    void fields(Archive& a) {
        a(ticket, items);
    }
};

struct output {
    std::uint32_t ticket = 0;  ///< 0: of a setup block
    stream from = stream::out;
    std::uint64_t dropped_before = 0;
    bool live = false;  ///< shown at once; comes again, limited, at the end
    std::string text;

    template <class Archive>
    void fields(Archive& a) {
        a(ticket, from, dropped_before, live, text);
    }
};

struct output_done {
    std::uint32_t ticket = 0;
    template <class Archive>
    void fields(Archive& a) {
        a(ticket);
    }
};

using engine::stopped_by;

/// A test process has ended: all its messages and output came before this.
struct ended {
    std::uint32_t ticket = 0;  ///< its running attempt, or the last one it reported; 0: it had not begun any
    std::int64_t pid = 0;
    bool by_signal = false;
    std::int32_t code = 0;  ///< exit code or signal
    /// It exited with code 0, but an exit handler or a destructor ended it before the others had run.
    bool cut_short = false;
    stopped_by why = stopped_by::itself;
    bool out_of_memory = false;    ///< it died of an allocation that was refused
    std::int32_t stop_signal = 0;  ///< the signal that had stopped it at its limit; -1: unknown; 0: it ran
    duration forked{};             ///< instants, as in `finished`
    duration started{};            ///< of `ticket`; 0 when it never did
    duration gone{};
    resource_usage usage;
    std::uint32_t orphans = 0;            ///< processes that outlived it; they were ended
    vector<std::string> orphan_commands;  ///< descriptions of the first of them
    bool goes_on = false;                 ///< the test's other subcases follow, in a fresh process
    bool process_reused = false;          ///< as in `finished`
    bool is_copy = false;                 ///< with goes_on: in the process that made this one, by a fork at the subcase

    template <class Archive>
    void fields(Archive& a) {
        a(ticket, pid, by_signal, code, cut_short, why, out_of_memory, stop_signal, forked, started, gone, usage,
          orphans, orphan_commands, goes_on, process_reused, is_copy);
    }
};

/// Items that will not be run here, after `surrender` or `cancel`.
struct returned {
    vector<std::uint32_t> tickets;
    template <class Archive>
    void fields(Archive& a) {
        a(tickets);
    }
};

/// The process that `enter` made has ended. If `clean` is false, its setup or something later ended it.
struct left {
    std::uint32_t group = 0;
    bool clean = true;
    bool timed_out = false;
    bool by_signal = false;
    std::int32_t code = 0;
    template <class Archive>
    void fields(Archive& a) {
        a(group, clean, timed_out, by_signal, code);
    }
};

/// The worker cannot do what was asked, for a reason of the system: no process, no memory. Items stay with the
/// supervisor.
struct trouble {
    std::uint32_t ticket = 0;
    std::string text;
    template <class Archive>
    void fields(Archive& a) {
        a(ticket, text);
    }
};

/// A thread's stack as addresses, and the system's data about the thread.
struct thread_trace {
    std::int64_t thread = 0;
    std::string name;
    duration cpu{};     ///< used so far
    duration queued{};  ///< time spent in the queue for a processor so far
    bool waits = false;
    std::uint64_t waits_so_far = 0;  ///< how often it has given up its processor by itself so far
    bool stopped = false;            ///< by a signal or a tracer
    bool changed = false;            ///< calls that it is in now are others than at the glance
    std::uint64_t place = 0;         ///< where it waits; 0: not known
    std::string call;                ///< of the system, that it waits in; or what it threw
    std::int64_t holder = 0;
    vector<std::uint64_t> frames;
    template <class Archive>
    void fields(Archive& a) {
        a(thread, name, cpu, queued, waits, waits_so_far, stopped, changed, place, call, holder, frames);
    }
};

/// A file that is mapped into a process.
struct mapped_file {
    std::uint64_t start = 0;
    std::uint64_t end = 0;
    std::uint64_t offset = 0;
    std::string path;
    template <class Archive>
    void fields(Archive& a) {
        a(start, end, offset, path);
    }
};

/// The moment of a look at a process. Near the limit it is only from outside, without calls. `branch`: the crash of a
/// copy that the test has made; the test goes on.
enum class moment : std::uint8_t { crash, out_of_time, exception, near_limit, branch };
constexpr moment last_of(moment) { return moment::branch; }

/// The state of a test's process (ticket 0: of a setup block): when it crashed, shortly before its time limit, at the
/// limit, soon after it, or when an exception was thrown that left the test.
struct trace {
    std::uint32_t ticket = 0;
    moment when = moment::crash;
    duration at{};  ///< steady clock
    bool by_program = false;
    fault_address told_address = fault_address::none;
    std::uint64_t address = 0;
    std::uint64_t stack_pointer = 0;
    test_place place;
    vector<thread_trace> threads;
    vector<mapped_file> modules;
    template <class Archive>
    void fields(Archive& a) {
        a(ticket, when, at, by_program, told_address, address, stack_pointer, place, threads, modules);
    }
};

/// A part of a debugger's view of a process over its time limit.
struct debugger_view {
    std::uint32_t ticket = 0;
    std::string text;
    template <class Archive>
    void fields(Archive& a) {
        a(ticket, text);
    }
};

/// With `--subcases=both`: a message of the run that forked, of which only the subcases matter.
struct of_other_way {
    std::uint32_t ticket = 0;
    std::uint8_t type = 0;
    std::string payload;
    template <class Archive>
    void fields(Archive& a) {
        a(ticket, type, payload);
    }
};

/// The answer to `ping`.
struct alive {
    template <class Archive>
    void fields(Archive&) {}
};

using report =
    variant<hello, setup_ready, failed_assertion, finished, output, output_done, ended, returned, left, trouble,
            left_behind, trace, alive, debugger_view, entered, pass_over, snapshot_met, snapshot_changed, of_other_way>;

// ---- as bytes ----

template <class Message, class Receiver>
bool receive_as(const frame& in, Receiver& receive) {
    Message body;
    codec::decoder reader(in.payload);
    reader(body);
    if (!reader.complete()) return false;
    receive(body);
    return true;
}

/// Calls receive(message) with the message of `Variant` in the frame. Returns false if its bytes are not a valid
/// message.
template <class Variant, class Receiver>
bool dispatch(const frame& in, Receiver receive) {
    bool understood = false;
    Variant::name_type(in.type, [&](auto* nothing) {
        understood = receive_as<std::remove_pointer_t<decltype(nothing)>>(in, receive);
    });
    return understood;
}

/// The message in a frame; nothing if its bytes are not a valid message.
template <class Variant>
optional<Variant> decode(const frame& in) {
    optional<Variant> message;
    dispatch<Variant>(in, [&message](auto& body) { message.emplace(std::move(body)); });
    return message;
}

template <class Message, class Variant>
constexpr std::uint8_t type_of() {
    return static_cast<std::uint8_t>(Variant::template index_of<Message>());
}

template <class Out, class Message>
CORDON_HOT void encode_payload(Out& out, const Message& message) {
    codec::encoder writer(out);
    const_cast<Message&>(message).fields(writer);
}

/// Appends one command as a complete frame to `out`.
template <class Command>
void append_command(std::string& out, std::uint64_t key, std::uint64_t sequence, const Command& message) {
    std::string payload;
    encode_payload(payload, message);
    codec::append_record(out, seal_of(key), type_of<Command, command>(), sequence, payload);
}

}  // namespace cordon::engine::wire
