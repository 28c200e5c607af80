#pragma once

#include <cordon/engine/os/rewind_memory.linux.hpp>

// Compares a rewound process with what it was, byte for byte. For tests of cordon: it takes far longer than a rewind.

#if defined(__x86_64__) && !defined(__ILP32__)

namespace cordon::engine::os::rewind_linux {

inline address first_difference(address at, const char* expected, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) {
        if (reinterpret_cast<const char*>(at)[i] != (expected == nullptr ? 0 : expected[i])) return at + i;
    }
    return 0;
}

address process_memory::differs_from_kept(const kept_pages& each) const {
    address found = 0;
    skip_kernels(each.begin, each.end, [&](address begin, address end) {
        while (begin < end && found == 0) {
            const std::size_t size = end - begin < page ? end - begin : page;
            const char* expected = each.contents + (begin - each.begin);
            if (each.contents == nullptr) {
                expected = work->text;
                if (!read_bytes(kept->origin.number, begin, work->text, size)) found = begin;
            }
            if (found == 0) found = first_difference(begin, expected, size);
            begin += size;
        }
    });
    return found;
}

address process_memory::find_difference() const {
    for (std::size_t i = 0; i < kept->kept_count; ++i) {
        if (const address found = differs_from_kept(kept->kept[i])) return found;
    }
    address found = 0;
    page_scan there = own_contents();
    there.any_of = page_present;  // what is only watched, and not there, passes for swapped
    const bool scanned = scan(there, [&](const page_range* ranges, std::size_t count) {
        for (std::size_t i = 0; i < count && found == 0; ++i) {
            for (address at = ranges[i].begin; at < ranges[i].end && found == 0; at += page) {
                const std::size_t next = first_kept_after(at);
                if (next == kept->kept_count || kept->kept[next].begin > at)
                    found = first_difference(at, nullptr, page);
            }
        }
        return true;
    });
    return scanned ? found : kept->spans[0].begin;
}

}  // namespace cordon::engine::os::rewind_linux

#endif
