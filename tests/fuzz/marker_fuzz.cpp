#include <cordon/engine/wire/marker.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

// Whatever stands in the environment variable: it is refused, or is just what marker_text() writes.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace cordon::engine::wire;
    const std::string text(reinterpret_cast<const char*>(data), size);
    const cordon::engine::optional<marker> read = parse_marker(text.c_str());
    if (read && marker_text(*read) != text.c_str()) std::abort();
    return 0;
}
