#pragma once

#include <atomic>
#include <cstdint>

namespace cordon::engine {

// Data that a crashing or hanging process writes about itself into shared memory. Signal handlers write it: plain
// values of fixed size, no allocation. Each part is complete before the word that announces it.

/// The calls of one thread, innermost first: the address where each continues. The first is the instruction itself.
struct stack_note {
    static constexpr std::uint32_t most_frames = 64;

    std::int32_t thread;
    std::uint32_t count;
    std::uint64_t frames[most_frames];
    std::uint64_t slots[most_frames];  ///< position on the stack of each return address; 0: unknown
};

/// A file that is mapped into the process, and its addresses.
struct module_note {
    std::uint64_t start;
    std::uint64_t end;
    std::uint64_t offset;  ///< of `start` in the file
    char path[232];
};

/// The place of a test.
struct place_note {
    char file[256];  ///< file of the last assertion that passed or failed; empty: there was none
    char macro[32];
    char expression[256];
    std::uint32_t line;
    std::uint32_t subcases;
    std::uint32_t subcases_left_out;  ///< number of omitted subcases, further out
    std::uint32_t infos;
    std::uint32_t infos_left_out;
    char subcase[8][128];
    char info[8][256];

    /// Marks everything as unknown, so that notes about another test are not taken for this one's.
    void clear() {
        file[0] = macro[0] = expression[0] = '\0';
        line = subcases = subcases_left_out = infos = infos_left_out = 0;
    }
};

/// What the system reports about the address of a fault. An x86 processor reports none if the address is not canonical
/// or is misaligned for the instruction.
enum class fault_address : std::uint8_t { none, known, not_told };
constexpr fault_address last_of(fault_address) { return fault_address::not_told; }

struct crash_note {
    static constexpr std::uint32_t most_modules = 16;
    enum : std::uint32_t { nothing, begun, told };

    std::atomic<std::uint32_t> state;  ///< written: at least the signal, the address and the first frame are valid
    std::int32_t signal;
    std::int32_t by_program;  ///< the signal was sent, not caused by an instruction
    fault_address told_address;
    std::int32_t out_of_memory;  ///< memory was refused before
    std::uint64_t address;       ///< that could not be accessed or executed
    std::uint64_t stack_pointer;
    stack_note stack;
    std::uint32_t modules;
    module_note module[most_modules];
    place_note place;
};

/// The stacks of the threads of a hanging process, taken on demand.
struct hang_note {
    static constexpr std::uint32_t most_stacks = 64;

    std::atomic<std::uint32_t> wanted;  ///< 0: ignore the signal
    std::atomic<std::uint32_t> taken;   ///< slots given out
    std::atomic<std::uint32_t> ready[most_stacks];
    stack_note stack[most_stacks];
    place_note place;
};

}  // namespace cordon::engine
