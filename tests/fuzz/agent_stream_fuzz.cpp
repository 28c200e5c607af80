#include <cordon/engine/wire/agent_stream.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

// The first byte says how the rest is split up. A stream gives the same messages however it arrives: as it is, and as a
// banner before a title and frames with good checksums, whose payloads it is.

namespace {

using namespace cordon::engine;
using namespace cordon::engine::wire;

constexpr std::uint64_t key = 0xC0FFEE;

void demand(bool holds) {
    if (!holds) std::abort();
}

struct outcome {
    std::vector<std::string> frames;
    std::size_t understood = 0;
    std::string damage;
    bool operator==(const outcome& other) const {
        return frames == other.frames && understood == other.understood && damage == other.damage;
    }
};

outcome read_in_portions(std::string_view bytes, std::size_t portion) {
    agent_reader reader;
    outcome seen;
    while (true) {
        while (const cordon::engine::optional<frame> next = reader.next()) {
            seen.frames.push_back(std::to_string(next->type) + " " + std::string(next->payload));
            seen.understood += dispatch<agent_answer>(*next, [](auto&) {}) ? 1u : 0u;
            dispatch<agent_order>(*next, [](auto&) {});
        }
        if (bytes.empty()) break;
        const std::size_t size = std::min(bytes.size(), portion);
        reader.feed(bytes.substr(0, size));
        bytes.remove_prefix(size);
    }
    if (reader.damage() != nullptr) seen.damage = reader.damage();
    return seen;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    const std::string bytes(reinterpret_cast<const char*>(data) + 2, size - 2);
    const std::size_t portion = std::size_t{1} + *data;
    demand(read_in_portions(bytes, portion) == read_in_portions(bytes, bytes.size() + 1));
    std::string framed = bytes + agent_title(key);
    codec::append_record(framed, agent_seal_of(key), data[1], 1, bytes);
    codec::append_record(framed, agent_seal_of(key), data[1], 2, bytes);
    const outcome whole = read_in_portions(framed, framed.size());
    demand(read_in_portions(framed, portion) == whole);
    // Unless the bytes hold a title of their own.
    demand(whole.frames.size() == 2 || bytes.find(agent_magic.substr(0, 2)) != std::string::npos);
    return 0;
}
