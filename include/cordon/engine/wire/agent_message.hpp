#pragma once

#include <cordon/engine/base/variant.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/options.hpp>
#include <cordon/engine/model/outcome.hpp>
#include <cordon/engine/model/stack.hpp>
#include <cordon/engine/wire/frame.hpp>

#include <cstdint>
#include <string>
#include <string_view>

// The messages between a run and an agent: a process of the same program on another machine, that runs workers for it.
// The agent knows nothing about tests. It starts and ends workers, and hands on the commands to them and their reports,
// which are the same as those of local workers. Its slots are numbered from 0. Times are of the machine that sends
// them.

namespace cordon::engine::wire {

inline constexpr std::uint8_t agent_version = 1;
/// A frame of a worker, and its slot.
inline constexpr std::uint32_t largest_agent_payload = max_payload + 64;
inline constexpr codec::seal agent_seal_of(std::uint64_t key) { return {key, agent_version, largest_agent_payload}; }

// ---- run to agent ----

/// The command line and the working folder of the run, from which the agent makes its test list.
struct agent_prepare {
    vector<std::string> arguments;
    std::string folder;  ///< the agent goes there if it exists
    template <class Archive>
    void fields(Archive& a) {
        a(arguments, folder);
    }
};

/// A run begins: how workers are started. As run::port_wishes and the options of the run.
struct agent_begin {
    isolate isolation = isolate::fork;
    bool many_tests = false;
    bool capture = true;
    vector<std::string> wrapper;
    vector<std::string> withheld;  ///< names of environment variables
    duration silence{};            ///< after so long without a message the run is gone
    template <class Archive>
    void fields(Archive& a) {
        a(isolation, many_tests, capture, wrapper, withheld, silence);
    }
};

struct agent_start {
    std::uint32_t slot = 0;
    template <class Archive>
    void fields(Archive& a) {
        a(slot);
    }
};

/// A command for the worker of that slot.
struct agent_tell {
    std::uint32_t slot = 0;
    std::uint8_t type = 0;
    std::string_view payload;
    template <class Archive>
    void fields(Archive& a) {
        a(slot, type, payload);
    }
};

struct agent_finish {
    std::uint32_t slot = 0;
    template <class Archive>
    void fields(Archive& a) {
        a(slot);
    }
};

struct agent_kill {
    std::uint32_t slot = 0;
    template <class Archive>
    void fields(Archive& a) {
        a(slot);
    }
};

/// A place in a process of that machine, as run::code_place.
struct agent_place {
    std::string module;
    std::uint64_t file_offset = 0;
    std::uint64_t address = 0;
    template <class Archive>
    void fields(Archive& a) {
        a(module, file_offset, address);
    }
};

struct agent_name {
    vector<agent_place> places;
    template <class Archive>
    void fields(Archive& a) {
        a(places);
    }
};

/// Sent every second by the run, and echoed. `there` is the agent's clock.
struct agent_beat {
    duration here{};
    duration there{};
    template <class Archive>
    void fields(Archive& a) {
        a(here, there);
    }
};

/// The user suspends the run (Ctrl-Z), or continues it.
struct agent_pause {
    bool paused = false;
    template <class Archive>
    void fields(Archive& a) {
        a(paused);
    }
};

/// The run is over. Another one may begin.
struct agent_end {
    template <class Archive>
    void fields(Archive&) {}
};

using agent_order = variant<agent_prepare, agent_begin, agent_start, agent_tell, agent_finish, agent_kill, agent_name,
                            agent_beat, agent_pause, agent_end>;

// ---- agent to run ----

/// The first message: who it is.
struct agent_hello {
    std::string build;  ///< identifies the program's file
    std::string host;
    std::string architecture;
    std::uint32_t processors = 1;  ///< that it may use
    template <class Archive>
    void fields(Archive& a) {
        a(build, host, architecture, processors);
    }
};

/// The answer to agent_prepare.
struct agent_ready {
    std::uint64_t list_hash = 0;
    std::uint64_t tests = 0;
    std::string trouble;  ///< why it cannot run tests; else empty
    template <class Archive>
    void fields(Archive& a) {
        a(list_hash, tests, trouble);
    }
};

struct agent_started {
    std::uint32_t slot = 0;
    std::int64_t pid = 0;
    template <class Archive>
    void fields(Archive& a) {
        a(slot, pid);
    }
};

/// A report of the worker of that slot.
struct agent_said {
    std::uint32_t slot = 0;
    std::uint8_t type = 0;
    std::string_view payload;
    template <class Archive>
    void fields(Archive& a) {
        a(slot, type, payload);
    }
};

/// What a worker does now, as run::glimpse.
struct agent_glimpse {
    std::uint32_t slot = 0;
    std::uint32_t ticket = 0;
    std::int64_t process = 0;
    duration started{};
    template <class Archive>
    void fields(Archive& a) {
        a(slot, ticket, process, started);
    }
};

/// Where something has changed.
struct agent_seen {
    vector<agent_glimpse> workers;
    template <class Archive>
    void fields(Archive& a) {
        a(workers);
    }
};

/// A worker has ended, or could not be started. As run::worker_end.
struct agent_gone {
    agent_glimpse last;
    std::int64_t pid = 0;
    bool by_signal = false;
    std::int32_t code = 0;
    std::string broken;
    captured_output output;
    template <class Archive>
    void fields(Archive& a) {
        a(last, pid, by_signal, code, broken, output);
    }
};

struct agent_named_place {
    agent_place place;
    vector<stack_frame> frames;
    std::uint8_t lacks = 0;  ///< missing_lines
    template <class Archive>
    void fields(Archive& a) {
        a(place, frames, lacks);
    }
};

/// The answer to agent_name.
struct agent_named {
    vector<agent_named_place> places;
    template <class Archive>
    void fields(Archive& a) {
        a(places);
    }
};

using agent_answer =
    variant<agent_hello, agent_ready, agent_started, agent_said, agent_seen, agent_gone, agent_named, agent_beat>;

}  // namespace cordon::engine::wire
