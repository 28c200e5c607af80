#pragma once

#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/hash.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/outcome.hpp>
#include <cordon/engine/model/test_list.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

// The history's file: a title, then one record for each run, each written with one call and never changed.
//
//     title    "cordon-history 1"
//     record   "run\n"  size  check(8)  run  size  "end\n"
//     run      time(8)  build(8)  reserved(4)  count(4)  { test(5)  outcome(1)  time(2) }
//
// Numbers are little-endian, four bytes where nothing else is said. `size` is that of `run`, `check` is fast_hash() of
// it. The size at the end lets a writer see with one look whether the last record is whole.

namespace cordon::engine::archive {

inline constexpr std::string_view title = "cordon-history 1";

/// What became of a test in a run.
struct entry {
    std::uint64_t test = 0;  ///< id_of()
    verdict what = verdict::passed;
    duration took{};  ///< of its last attempt that passed, else of its last one
};

/// One run.
struct run_record {
    std::uint64_t time = 0;   ///< seconds since 1970
    std::uint64_t build = 0;  ///< build_key()
    vector<entry> entries;
};

/// A test by its full name, 40 bits: of 10,000 tests two are the same once in 20,000 programs, and then share a past.
std::uint64_t id_of(const test_info& test) {
    std::uint64_t hash = fnv1a(test.suite);
    if (!test.suite.empty()) hash = fnv1a("/", hash);
    return mix_bits(fnv1a(test.name, hash)) >> 24;
}

/// A build under one kind of isolation and with the same inputs, as inputs_of() says: what shares a process with others
/// may fail where it passes alone, and what is given another seed where it passes with the first, which is no flake.
std::uint64_t build_key(std::string_view build_id, isolate mode, std::string_view inputs) {
    const char isolation = static_cast<char>(mode);
    return mix_bits(fnv1a(inputs, fnv1a(std::string_view(&isolation, 1), fnv1a(build_id))));
}

constexpr std::string_view record_begin = "run\n";
constexpr std::string_view record_end = "end\n";
constexpr std::size_t head_size = 16;  // begin, size, check
constexpr std::size_t tail_size = 8;   // size, end
constexpr std::size_t run_head_size = 24;
constexpr std::size_t entry_size = 8;

void put(std::string& out, std::uint64_t value, unsigned bytes) {
    for (unsigned i = 0; i < bytes; ++i)
        out += static_cast<char>(value >> (8 * i) & 0xFF);
}

std::uint64_t get(std::string_view from, std::size_t at, unsigned bytes) { return load(from.data() + at, bytes); }

/// Ten bits of the number and where they stand in it: exact to a thousandth over the whole range.
std::uint16_t packed(duration value) {
    auto number = static_cast<std::uint64_t>(value.count() < 0 ? 0 : value.count());
    unsigned shift = 0;
    while (number >> 11 != 0) {
        number >>= 1;
        ++shift;
    }
    if (number < 1024) return static_cast<std::uint16_t>(number);
    return static_cast<std::uint16_t>((shift + 1) << 10 | (number & 1023));
}

duration unpacked(std::uint64_t code) {
    const std::uint64_t exponent = code >> 10;
    const std::uint64_t digits = code & 1023;
    if (exponent == 0) return duration(static_cast<duration::rep>(digits));
    if (exponent > 53) return duration::max();
    return duration(static_cast<duration::rep>((1024 | digits) << (exponent - 1)));
}

bool decode_run(std::string_view from, run_record& to) {
    if (from.size() < run_head_size) return false;
    to.time = get(from, 0, 8);
    to.build = get(from, 8, 8);
    const std::uint64_t count = get(from, 20, 4);
    from.remove_prefix(run_head_size);
    if (from.size() != count * entry_size) return false;
    to.entries.reserve(static_cast<std::size_t>(count));
    for (; !from.empty(); from.remove_prefix(entry_size)) {
        const std::uint64_t what = get(from, 5, 1);
        if (what >= verdict_count) return false;
        to.entries.push_back({get(from, 0, 5), static_cast<verdict>(what), unpacked(get(from, 6, 2))});
    }
    return true;
}

/// The bytes of one record.
std::string encode(const run_record& run) {
    std::string payload;
    payload.reserve(run_head_size + entry_size * run.entries.size());
    put(payload, run.time, 8);
    put(payload, run.build, 8);
    put(payload, 0, 4);
    put(payload, run.entries.size(), 4);
    for (const entry& each : run.entries) {
        put(payload, each.test, 5);
        put(payload, static_cast<std::uint64_t>(each.what), 1);
        put(payload, packed(each.took), 2);
    }
    std::string record(record_begin);
    put(record, payload.size(), 4);
    put(record, fast_hash(payload), 8);
    record += payload;
    put(record, payload.size(), 4);
    return record += record_end;
}

/// What is in a history's file.
struct contents {
    vector<run_record> runs;         ///< oldest first
    vector<std::string_view> whole;  ///< the bytes of each of them
    bool foreign = false;            ///< it is no history, or one of another version
    std::size_t damaged = 0;         ///< bytes that belong to no record, but for a last one that is not whole
    std::size_t unfinished = 0;      ///< bytes of a last record that is not whole: a writer died, or is at it
};

/// The size of the record at the front, if there is a good one.
std::size_t take_record(std::string_view from, run_record& to) {
    if (from.size() < head_size + tail_size || from.substr(0, 4) != record_begin) return 0;
    const std::uint64_t size = get(from, 4, 4);
    if (size > from.size() - head_size - tail_size) return 0;
    const std::string_view payload = from.substr(head_size, static_cast<std::size_t>(size));
    const std::string_view tail = from.substr(head_size + payload.size(), tail_size);
    if (tail.substr(4) != record_end || get(tail, 0, 4) != size || get(from, 8, 8) != fast_hash(payload)) return 0;
    return decode_run(payload, to) ? head_size + payload.size() + tail_size : 0;
}

/// Whether a record begins here whose size says that it goes beyond the end.
bool is_unfinished(std::string_view from) {
    if (from.size() < 8) return record_begin.substr(0, from.size()) == from.substr(0, 4);
    return from.substr(0, 4) == record_begin && get(from, 4, 4) + head_size + tail_size > from.size();
}

/// Reads a whole file. Trusts nothing: what has no right check sum is left out and counted. `bytes` must outlive the
/// result.
contents decode(std::string_view bytes) {
    contents found;
    if (bytes.substr(0, title.size()) != title) {
        found.foreign = !bytes.empty();
        return found;
    }
    std::string_view rest = bytes.substr(title.size());
    while (!rest.empty()) {
        run_record run;
        const std::size_t size = take_record(rest, run);
        if (size != 0) {
            found.runs.push_back(std::move(run));
            found.whole.push_back(rest.substr(0, size));
            rest.remove_prefix(size);
            continue;
        }
        const std::size_t next = std::min(rest.find(record_begin, 1), rest.size());
        if (next == rest.size() && is_unfinished(rest)) {
            found.unfinished = next;
        } else {
            found.damaged += next;
        }
        rest.remove_prefix(next);
    }
    return found;
}

/// The last record of a file that goes on to `end`; 0 if there is no good one right there.
std::size_t take_last_record(std::string_view bytes, std::size_t end, run_record& to) {
    const std::size_t room = end - title.size();
    if (room < head_size + tail_size) return 0;
    const std::uint64_t size = get(bytes, end - tail_size, 4);
    if (size > room - head_size - tail_size) return 0;
    const std::size_t whole = head_size + static_cast<std::size_t>(size) + tail_size;
    return take_record(bytes.substr(end - whole, whole), to) == whole ? whole : 0;
}

/// As decode(), but reads no older runs than it takes to have so many entries: a long history costs no more than a
/// short one. Where something is wrong with the newest ones it is decode().
contents decode_newest(std::string_view bytes, std::size_t entries) {
    contents found;
    if (bytes.substr(0, title.size()) != title) return decode(bytes);
    std::size_t seen = 0;
    for (std::size_t end = bytes.size(); end > title.size() && seen < entries;) {
        run_record run;
        const std::size_t size = take_last_record(bytes, end, run);
        if (size == 0) return decode(bytes);
        end -= size;
        seen += run.entries.size() + 1;
        found.runs.push_back(std::move(run));
        found.whole.push_back(bytes.substr(end, size));
    }
    std::reverse(found.runs.begin(), found.runs.end());
    std::reverse(found.whole.begin(), found.whole.end());
    return found;
}

/// Whether a file that ends so ends with a whole record, or has none yet. `tail`: its last 8 bytes, or the whole title
/// where there is no more.
bool ends_well(std::string_view tail, std::size_t file_size) {
    if (file_size == title.size()) return tail == title.substr(title.size() - tail.size());
    return tail.size() == tail_size && tail.substr(4) == record_end &&
           get(tail, 0, 4) + head_size + tail_size <= file_size - title.size();
}

/// The file again, without what is damaged, and without the oldest records where it would be larger than `most` bytes.
std::string rewritten(const contents& from, std::size_t most) {
    std::size_t size = title.size();
    std::size_t first = from.whole.size();
    while (first > 0 && size + from.whole[first - 1].size() <= most)
        size += from.whole[--first].size();
    std::string bytes(title);
    bytes.reserve(size);
    for (; first < from.whole.size(); ++first)
        bytes += from.whole[first];
    return bytes;
}

}  // namespace cordon::engine::archive
