#include <cordon/engine/launch/symbolizer.hpp>
#include <cordon/engine/os/system.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

// The input is what addr2line answers. Each frame is of one line, and what is told is part of the answer.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace cordon::engine;
    const std::string_view answer(reinterpret_cast<const char*>(data), size);
    std::size_t told = 0;
    for (const stack_frame& each : launch::parse_frames(answer, "/src/")) {
        if (each.function.find('\n') != std::string_view::npos || each.file.find('\n') != std::string_view::npos)
            std::abort();
        told += each.function.size() + each.file.size();
    }
    if (told > size) std::abort();
    return 0;
}
