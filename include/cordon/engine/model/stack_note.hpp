#pragma once

#include <atomic>
#include <cstdint>

namespace cordon::engine {

// What a process that is dying, or hangs, writes of itself into shared memory. Signal handlers write here: plain words
// of fixed size, nothing allocated, and each part in place before the word that says so.

/// The calls of one thread, innermost first: where each goes on. The first is the instruction itself.
struct stack_note {
    static constexpr std::uint32_t most_frames = 64;

    std::int32_t thread;
    std::uint32_t count;
    std::uint64_t frames[most_frames];
    std::uint64_t slots[most_frames];  ///< where on the stack each return address lies; 0: not known
};

/// A file that is mapped into the process, and where.
struct module_note {
    std::uint64_t start;
    std::uint64_t end;
    std::uint64_t offset;  ///< of `start` in the file
    char path[232];
};

/// Where a test was.
struct place_note {
    char file[256];  ///< of the last assertion that passed or failed; empty: there was none
    char macro[32];
    char expression[256];
    std::uint32_t line;
    std::uint32_t subcases;
    std::uint32_t subcases_left_out;  ///< further out than those here
    std::uint32_t infos;
    std::uint32_t infos_left_out;
    char subcase[8][128];
    char info[8][256];

    /// Nothing is known. What was written of another test is not to be taken for this one's.
    void clear() {
        file[0] = macro[0] = expression[0] = '\0';
        line = subcases = subcases_left_out = infos = infos_left_out = 0;
    }
};

/// What the system told of the address of a fault. An x86 processor tells none where it takes the address for none at
/// all (not canonical) or the instruction for one that may not be at that address.
enum class fault_address : std::uint8_t { none, known, not_told };
constexpr fault_address last_of(fault_address) { return fault_address::not_told; }

struct crash_note {
    static constexpr std::uint32_t most_modules = 16;
    enum : std::uint32_t { nothing, begun, told };

    std::atomic<std::uint32_t> state;  ///< told: at least the signal, the address and the first frame are there
    std::int32_t signal;
    std::int32_t by_program;  ///< it was sent, not caused by an instruction
    fault_address told_address;
    std::int32_t out_of_memory;  ///< it was refused memory before
    std::uint64_t address;       ///< that could not be accessed or executed
    std::uint64_t stack_pointer;
    stack_note stack;
    std::uint32_t modules;
    module_note module[most_modules];
    place_note place;
};

/// Stacks of the threads of a process that hangs, taken on demand.
struct hang_note {
    static constexpr std::uint32_t most_stacks = 64;

    std::atomic<std::uint32_t> wanted;  ///< 0: leave the signal alone
    std::atomic<std::uint32_t> taken;   ///< slots given out
    std::atomic<std::uint32_t> ready[most_stacks];
    stack_note stack[most_stacks];
    place_note place;
};

}  // namespace cordon::engine
