#include <cordon/engine/archive/entry.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

// The input is read as a history's file: as it is, and as one whose checksums are right, so that what is in the
// records gets past them. Every byte belongs to a record or is counted as damaged; what is read and written again is
// the same; reading the newest runs only gives the end of what there is.

namespace {

using namespace cordon::engine;
using namespace cordon::engine::archive;

void demand(bool holds) {
    if (!holds) std::abort();
}

bool same(const run_record& a, const run_record& b) {
    return a.time == b.time && a.build == b.build && a.entries.size() == b.entries.size() &&
           std::equal(a.entries.begin(), a.entries.end(), b.entries.begin(), [](const entry& one, const entry& other) {
               return one.test == other.test && one.what == other.what && one.took == other.took;
           });
}

/// The title, and each portion of the input as the run of a record: a size in two bytes, then so many.
std::string file_of(std::string_view input) {
    std::string bytes = codec::title_of(history_kind);
    while (input.size() >= 2) {
        const std::size_t size = std::min<std::size_t>(
            static_cast<unsigned char>(input[0]) + 256u * static_cast<unsigned char>(input[1]), input.size() - 2);
        std::string payload(input.substr(2, size));
        char whole[4];
        codec::store(whole, static_cast<std::uint32_t>(codec::record_header_size + payload.size() + tail_size));
        payload.append(whole, sizeof whole).append(record_end);
        codec::append_record(bytes, history_seal, 0, 0, payload);
        input.remove_prefix(2 + size);
    }
    return bytes;
}

void read(std::string_view bytes) {
    const contents all = decode(bytes);
    if (all.foreign || bytes.empty() || all.newer != 0) return;
    std::size_t size = codec::title_size + all.damaged + all.unfinished;
    for (const std::string_view each : all.whole)
        size += each.size();
    demand(size == bytes.size() && all.whole.size() == all.runs.size());

    const std::string again = rewritten(all, bytes.size());
    const contents second = decode(again);
    demand(second.damaged == 0 && second.unfinished == 0 && second.runs.size() == all.runs.size());
    for (std::size_t i = 0; i < all.runs.size(); ++i)
        demand(same(all.runs[i], second.runs[i]));
    const std::size_t tail = std::min<std::size_t>(8, again.size());
    demand(all.runs.empty() || ends_well(std::string_view(again).substr(again.size() - tail), again.size()));

    const contents newest = decode_newest(again, 3);
    demand(newest.runs.size() <= all.runs.size());
    for (std::size_t i = 0; i < newest.runs.size(); ++i)
        demand(same(newest.runs[i], all.runs[all.runs.size() - newest.runs.size() + i]));
    decode_newest(bytes, 3);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    read(input);
    read(file_of(input));
    return 0;
}
