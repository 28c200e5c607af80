#include <cordon/engine/os/system.hpp>

#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>

// The input is a program's file. Whatever it is, it is refused, or has an answer for any place.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace cordon::engine;
    static const int file = ::memfd_create("program", 0);
    static const std::string path = "/proc/self/fd/" + std::to_string(file);
    if (::ftruncate(file, 0) != 0 || ::pwrite(file, data, size, 0) != static_cast<ssize_t>(size)) return 0;
    const owned<os::program_file> program = os::open_program(path);
    if (!program) return 0;
    std::uint64_t word = 0;
    std::memcpy(&word, data + size / 2, size / 2 < sizeof word ? size / 2 : sizeof word);
    for (const std::uint64_t place : {std::uint64_t{0}, std::uint64_t{64}, std::uint64_t{0x1000}, word, ~word}) {
        program->function_at(program->address_of(place));
        program->place_at(program->address_of(place));
    }
    return 0;
}
