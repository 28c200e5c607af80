#pragma once

#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/fields.hpp>
#include <cordon/engine/base/vector.hpp>

#include <cstdint>
#include <string>

namespace cordon::engine {

/// One call on a stack. Unknown values are empty or 0.
struct stack_frame {
    std::string function;  ///< readable, with the types of its parameters
    std::string file;
    std::uint32_t line = 0;
    std::uint64_t address = 0;  ///< in the running process
    std::string module;         ///< the program or library that the address lies in
    std::uint64_t offset = 0;   ///< in the module, as tools such as addr2line want it

    template <class Archive>
    void fields(Archive& a) {
        a(function, file, line, address, module, offset);
    }
};

/// What is missing for line numbers in stacks.
enum class missing_lines : std::uint8_t {
    none,
    debug_information,  ///< the program was compiled without it
    tool,               ///< that reads it
};

/// A thread at the time of the look.
struct thread_stack {
    std::int64_t thread = 0;  ///< the system's number
    std::string name;
    std::string doing;           ///< "runs", "waits for a lock", "waits in poll"; empty after a crash
    duration cpu{-1};            ///< used between two looks; negative: not known
    vector<stack_frame> frames;  ///< innermost first

    template <class Archive>
    void fields(Archive& a) {
        a(thread, name, doing, cpu, frames);
    }
};

/// The last known place of a test that ended unexpectedly.
struct test_place {
    std::string macro;  ///< macro of the last assertion that was reached; empty: there was none
    std::string expression;
    std::string file;
    std::uint32_t line = 0;
    vector<std::string> subcase;  ///< path of subcases, the outermost first
    vector<std::string> info;     ///< INFO and CAPTURE lines in scope, outermost first

    template <class Archive>
    void fields(Archive& a) {
        a(named_if_any("macro", macro), named_if_any("expression", expression), named_if_any("file", file),
          named_if_any("line", line), named("subcase", subcase), named("info", info));
    }
};

}  // namespace cordon::engine
