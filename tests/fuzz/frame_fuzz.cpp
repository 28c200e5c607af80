#include <cordon/engine/wire/frame.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

// The first byte says how the rest is split up. A stream gives the same frames however it arrives, whether it is any
// bytes or one whose checksums were mended so that they let the bytes pass; once damaged it stays so.

namespace {

namespace codec = cordon::engine::codec;
using namespace cordon::engine::wire;

constexpr std::uint64_t key = 0xC0FFEE;

void demand(bool holds) {
    if (!holds) std::abort();
}

struct outcome {
    std::vector<std::string> frames;
    std::string damage;
    std::size_t pending = 0;
    bool operator==(const outcome& other) const {
        return frames == other.frames && damage == other.damage && (!damage.empty() || pending == other.pending);
    }
};

outcome read_in_portions(std::string_view stream, std::size_t portion) {
    frame_reader reader(key);
    outcome seen;
    while (true) {
        while (const cordon::engine::optional<frame> next = reader.next()) {
            demand(seen.damage.empty());
            seen.frames.push_back(std::to_string(next->type) + " " + std::to_string(next->number) + " " +
                                  std::string(next->payload));
        }
        if (reader.damage() != nullptr) {
            demand(seen.damage.empty() || seen.damage == reader.damage());
            seen.damage = reader.damage();
        }
        if (stream.empty()) break;
        const std::size_t size = std::min(stream.size(), portion);
        reader.feed(stream.substr(0, size));
        stream.remove_prefix(size);
    }
    seen.pending = reader.pending();
    return seen;
}

/// Writes the right checksum into every whole frame, as if the bytes came from one who knows the key.
std::string mended(std::string stream) {
    std::size_t at = 0;
    while (stream.size() - at >= frame_header_size) {
        char* header = stream.data() + at;
        const auto size = codec::load<std::uint32_t>(header + 4);
        if (size > stream.size() - at - frame_header_size) break;
        const std::string_view payload(header + frame_header_size, size);
        codec::store(header + 16, codec::sum_of(header, payload, key));
        at += frame_header_size + size;
    }
    return stream;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string stream(reinterpret_cast<const char*>(data) + 1, size - 1);
    const std::size_t portion = std::size_t{1} + *data;
    demand(read_in_portions(stream, portion) == read_in_portions(stream, stream.size() + 1));
    const std::string passing = mended(stream);
    demand(read_in_portions(passing, portion) == read_in_portions(passing, passing.size() + 1));
    std::string framed;
    codec::append_record(framed, seal_of(key), *data, size, stream);
    demand(read_in_portions(framed, portion).frames.size() == 1);
    return 0;
}
