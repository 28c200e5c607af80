#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/hash.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/codec/codec.hpp>
#include <cordon/engine/codec/sealed.hpp>
#include <cordon/engine/codec/title.hpp>
#include <cordon/engine/model/outcome.hpp>
#include <cordon/engine/model/test_list.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

// The history's file: a title (codec/title.hpp), then a sealed record for each run, each written with one call and
// never changed. The payload is the run as codec::form::lasting; its last eight bytes are the size of the whole record
// and "end\n", so that a writer sees with one look whether the last record is whole, and the newest ones are read
// first.

CORDON_CHEAP_BEGIN

namespace cordon::engine::archive {

inline constexpr std::string_view history_kind = "cordon-history";
inline constexpr std::uint8_t history_version = 1;
inline constexpr codec::seal history_seal{0x9E37C0DE0000415Bu, history_version, 0x7FFFFFFF};

/// The result of a test in a run.
struct entry {
    std::uint64_t test = 0;  ///< id_of()
    verdict what = verdict::passed;
    duration took{};  ///< of its last passed attempt, else of its last one

    template <class Archive>
    void fields(Archive& a) {
        a(test, what, took);
    }
};

/// One run.
struct run_record {
    std::uint64_t time = 0;   ///< of its beginning, in seconds since 1970
    std::uint64_t build = 0;  ///< build_key()
    vector<entry> entries;

    template <class Archive>
    void fields(Archive& a) {
        a(time, build, entries);
    }
};

/// The id of a test by its full name, 40 bits. Among 10,000 tests two have the same id once in 20,000 programs; then
/// they share a history.
std::uint64_t id_of(const test_info& test) {
    std::uint64_t hash = fnv1a(test.suite);
    if (!test.suite.empty()) hash = fnv1a("/", hash);
    return mix_bits(fnv1a(test.name, hash)) >> 24;
}

/// A build with an isolation mode and inputs, as of inputs_of(). A test that shares a process may fail although it
/// passes alone, and a test with another seed may fail although it passes with the first: neither makes it flaky.
/// Rewinding isolates as a fork does.
std::uint64_t build_key(std::string_view build_id, isolate mode, std::string_view inputs) {
    const char isolation = static_cast<char>(mode == isolate::rewind ? isolate::fork : mode);
    return mix_bits(fnv1a(inputs, fnv1a(std::string_view(&isolation, 1), fnv1a(build_id))));
}

constexpr std::string_view record_end = "end\n";
constexpr std::size_t tail_size = 8;  // size, end

/// The bytes of one record.
std::string encode(const run_record& run) {
    std::string payload;
    codec::encoder<std::string, codec::form::lasting>{payload}(run);
    char size[4];
    const std::size_t whole = codec::record_header_size + payload.size() + tail_size;
    codec::store(size, static_cast<std::uint32_t>(whole));
    payload.append(size, sizeof size).append(record_end);
    std::string record;
    record.reserve(whole);
    codec::append_record(record, history_seal, 0, 0, payload);
    return record;
}

/// The content of a history file.
struct contents {
    vector<run_record> runs;         ///< oldest first
    vector<std::string_view> whole;  ///< the bytes of each of them
    bool foreign = false;            ///< it is no history
    std::uint8_t newer = 0;          ///< the highest version of records that this program is too old for
    std::size_t damaged = 0;         ///< bytes that belong to no record, but for a last one that is not whole
    std::size_t unfinished = 0;      ///< bytes of a last record that is not whole: a writer died, or is at it
};

/// The size of a record according to its last bytes; 0 if they are not the end of a record.
std::size_t size_in_tail(std::string_view tail) {
    if (tail.size() < tail_size || tail.substr(tail.size() - 4) != record_end) return 0;
    return codec::load<std::uint32_t>(tail.data() + tail.size() - tail_size);
}

/// The size of the record at the front, if there is a good one. The run of a newer record is not read, only counted.
std::size_t take_record(std::string_view from, contents& to) {
    codec::record found;
    if (codec::look(from, history_seal, found) != codec::sight::record) return 0;
    const std::size_t size = found.size();
    if (size_in_tail(found.payload) != size) return 0;
    found.payload.remove_suffix(tail_size);
    if (found.version > history_version) {
        to.newer = std::max(to.newer, found.version);
        return size;
    }
    run_record run;
    codec::decoder<codec::form::lasting> read(found.payload);
    read(run);
    if (!read.complete()) return 0;
    to.runs.push_back(std::move(run));
    to.whole.push_back(from.substr(0, size));
    return size;
}

/// The next position after the front at which a record may begin.
std::size_t next_record(std::string_view from) {
    char begin[4] = {};
    codec::store(begin, std::uint32_t{codec::record_mark} | std::uint32_t{history_version} << 16);
    return std::min(from.find(std::string_view(begin, 4), 1), from.size());
}

/// True if a record begins here whose size exceeds the rest of the file.
bool is_unfinished(std::string_view from) {
    codec::record found;
    char mark[2] = {};
    codec::store(mark, codec::record_mark);
    return from.substr(0, 2) == std::string_view(mark, 2).substr(0, from.size()) &&
           codec::look(from, history_seal, found) == codec::sight::unfinished;
}

/// Reads a whole file. Trusts nothing: records without a correct checksum are left out and counted. `bytes` must
/// outlive the result.
contents decode(std::string_view bytes) {
    contents found;
    if (!codec::is_titled(bytes, history_kind)) {
        found.foreign = !bytes.empty();
        return found;
    }
    std::string_view rest = bytes.substr(codec::title_size);
    while (!rest.empty()) {
        std::size_t size = take_record(rest, found);
        if (size == 0) {
            size = next_record(rest);
            (size == rest.size() && is_unfinished(rest) ? found.unfinished : found.damaged) += size;
        }
        rest.remove_prefix(size);
    }
    return found;
}

/// The last record of a file that ends at `end`; 0 if there is no valid one there.
std::size_t take_last_record(std::string_view bytes, std::size_t end, contents& to) {
    const std::size_t size = size_in_tail(bytes.substr(codec::title_size, end - codec::title_size));
    if (size == 0 || size > end - codec::title_size) return 0;
    return take_record(bytes.substr(end - size, size), to) == size ? size : 0;
}

/// The same as decode(), but reads only as many of the newest runs as have this many entries: a long history costs no
/// more than a short one. If something is wrong with the newest ones, it calls decode().
contents decode_newest(std::string_view bytes, std::size_t entries) {
    contents found;
    if (!codec::is_titled(bytes, history_kind)) return decode(bytes);
    std::size_t seen = 0;
    for (std::size_t end = bytes.size(); end > codec::title_size && seen < entries;) {
        const std::size_t size = take_last_record(bytes, end, found);
        if (size == 0) return decode(bytes);
        end -= size;
        seen += found.runs.empty() ? 1 : found.runs.back().entries.size() + 1;
    }
    std::reverse(found.runs.begin(), found.runs.end());
    std::reverse(found.whole.begin(), found.whole.end());
    return found;
}

/// True if a file with this end has a complete last record, or no record yet. `tail`: its last 8 bytes.
bool ends_well(std::string_view tail, std::size_t file_size) {
    if (file_size == codec::title_size) return !tail.empty() && tail.back() == '\n';
    const std::size_t size = size_in_tail(tail);
    return size != 0 && size + codec::title_size <= file_size;
}

/// The file without damaged parts, and without the oldest records if it would exceed `most` bytes.
std::string rewritten(const contents& from, std::size_t most) {
    std::size_t size = codec::title_size;
    std::size_t first = from.whole.size();
    while (first > 0 && size + from.whole[first - 1].size() <= most)
        size += from.whole[--first].size();
    std::string bytes(codec::title_of(history_kind));
    bytes.reserve(size);
    for (; first < from.whole.size(); ++first)
        bytes += from.whole[first];
    return bytes;
}

}  // namespace cordon::engine::archive

CORDON_CHEAP_END
