#pragma once

#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/vector.hpp>

#include <cstdint>
#include <string>

namespace cordon::engine {

/// One call on a stack. What could not be found out is empty or 0.
struct stack_frame {
    std::string function;  ///< readable, with its parameters' types
    std::string file;
    std::uint32_t line = 0;
    std::uint64_t address = 0;  ///< in the process as it ran
    std::string module;         ///< the program or library that the address lies in
    std::uint64_t offset = 0;   ///< in the module, as tools such as addr2line want it

    template <class Archive>
    void fields(Archive& a) {
        a(function, file, line, address, module, offset);
    }
};

/// What a stack's places lack, and what would give them.
enum class missing_lines : std::uint8_t {
    none,
    debug_information,  ///< the program was compiled without
    tool,               ///< that reads it
};

/// A thread when it was looked at.
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

/// Where in its own words a test was when it ended without having said so.
struct test_place {
    std::string macro;  ///< of the last assertion that was reached; empty: none was
    std::string expression;
    std::string file;
    std::uint32_t line = 0;
    vector<std::string> subcase;  ///< path from the outermost to the innermost
    vector<std::string> info;     ///< INFO and CAPTURE lines in scope, outermost first

    template <class Archive>
    void fields(Archive& a) {
        a(macro, expression, file, line, subcase, info);
    }
};

}  // namespace cordon::engine
