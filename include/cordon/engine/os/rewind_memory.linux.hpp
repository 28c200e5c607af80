#pragma once

#include <cordon/engine/os/rewind_kernel.linux.hpp>
#include <cordon/engine/os/rewind_origin.linux.hpp>
#include <cordon/engine/os/rewind_text.linux.hpp>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>

// The memory of a process: what it was, and which pages were written since. Linux tells these (userfaultfd in its
// asynchronous mode, PAGEMAP_SCAN), so a rewind costs time for what a test has written, not for what there is.

#if defined(__x86_64__) && !defined(__ILP32__)

namespace cordon::engine::os::rewind_linux {

/// Memory that belongs together: addresses from begin to end - 1.
struct span {
    address begin, end;
};
/// Pages that had contents of their own. `contents`: where those are kept; null if the origin has them.
struct kept_pages {
    address begin, end;
    const char* contents;
};

/// What is the program's own business in the middle of a test: written at any time, and worth nothing between calls.
struct workspace {
    static constexpr std::size_t stack_size = 256 * 1024;
    static constexpr std::size_t most_ranges = 1024;

    alignas(page) char selector;  ///< the kernel reads it before each system call
    bool printed;                 ///< the test has written to its output
    unsigned calls;               ///< of the test, that were stopped
    unsigned rewinds;             ///< since what was written was protected again
    alignas(page) char text[4 * page];
    page_range ranges[most_ranges];
    wanted_bytes wanted;
    alignas(page) char stack[stack_size];

    void begin_test() {
        printed = false;
        calls = 0;
    }
};

/// What is kept of the process. Tests cannot write to it: only the code that stops their system calls makes it
/// writable, as long as it writes.
struct record {
    static constexpr std::size_t most_frame = 16 * 1024;
    static constexpr std::size_t most_mappings = 1024;

    alignas(64) char frame[most_frame];  ///< of the signal, with all registers
    const char* frame_at;                ///< null until the process is remembered
    std::uint64_t segments;              ///< the selectors of data, which no signal frame has
    std::uint64_t gs;                    ///< the base of GS, if `asks_for_gs`
    bool asks_for_gs;                    ///< the system does not say that a program can change that without a call
    bool has_keys;                       ///< the processor has a register of rights for memory (PKRU)
    unsigned long waiting_signals;
    int faults, pagemap;
    int process;  ///< its number
    origin_process origin;
    address heap_end;
    bool heap_changed;
    address thread_area;         ///< which the kernel writes to (rseq); 0: none
    address robust;              ///< the head of the list of robust mutexes; 0: none
    stack_t other_stack;         ///< for signals, of the process as it was
    kernel_action other_action;  ///< of SIGSYS
    std::size_t size;            ///< of this record with `spans`
    const kept_pages* kept;
    std::size_t kept_count;
    std::size_t made_count;
    span made[most_mappings];  ///< mappings that the test has made
    std::size_t hidden_count;
    span hidden[most_mappings];  ///< former mappings that the test has removed
    bool odd_rights;             ///< some memory can be written, but not read, or also executed
    bool has_stack;
    std::size_t emptied_count;
    span emptied[16];  ///< which each fork finds empty (MAP_DROPPABLE)
    std::size_t span_count, most_spans;
    span spans[1];  ///< private memory that can be written, in order
};

/// find_difference() is in rewind_check.linux.hpp.
struct process_memory {
    workspace* work;
    record* kept;

    // ---- taking ----

    bool take();
    /// Puts back all that was written since. False: it could not, and the process must end.
    bool put_back() const;
    /// Compares all memory with what was remembered. Returns an address where it differs; 0: it does not.
    address find_difference() const;
    void open_record() const { call(SYS_mprotect, as_long(kept), long(kept->size), PROT_READ | PROT_WRITE); }
    void close_record() const { call(SYS_mprotect, as_long(kept), long(kept->size), PROT_READ); }

  private:
    bool open_tools() const;
    bool find_spans() const;
    bool add_line(const char* line, std::size_t size) const;
    bool add_span(span what) const;
    void remove_from_spans(span what) const;
    bool find_droppable() const;
    bool watch_spans() const;
    bool keep_pages() const;
    bool keep(kept_pages* to, std::size_t most, char* contents, std::size_t bytes) const;
    template <class Use>
    bool scan(const page_scan& what, Use use) const;
    bool protect_what_is_there() const;
    bool protect_what_was_written() const;
    bool may_stay_written(std::size_t bytes) const;
    bool put_back(address begin, address end) const;
    void copy_back(address to, const char* from, std::size_t size) const;
    template <class Use>
    void skip_kernels(address begin, address end, Use use) const;
    bool empty_droppable() const;
    bool forget_mappings() const;
    std::size_t first_kept_after(address begin) const;
    address differs_from_kept(const kept_pages& each) const;
};

// ---- the memory that can be written ----

bool process_memory::add_span(span what) const {
    const span own[] = {{address(work), address(work + 1)}, {address(kept), address(kept) + kept->size}};
    for (const span& each : own) {
        if (each.end <= what.begin || what.end <= each.begin) continue;
        if (what.begin < each.begin && !add_span({what.begin, each.begin})) return false;
        if (each.end >= what.end) return true;
        what.begin = each.end;
    }
    if (kept->span_count != 0 && kept->spans[kept->span_count - 1].end == what.begin) {
        kept->spans[kept->span_count - 1].end = what.end;
        return true;
    }
    if (kept->span_count == kept->most_spans) return false;
    kept->spans[kept->span_count++] = what;
    return true;
}

// 7ffc1000-7ffc2000 rw-p 00000000 00:00 0     [stack]
bool process_memory::add_line(const char* line, std::size_t size) const {
    const char* at = line;
    span found{};
    found.begin = hexadecimal(at);
    ++at;
    found.end = hexadecimal(at);
    if (at + 5 > line + size) return false;
    if (at[2] != 'w' || at[4] != 'p') return true;
    if (at[1] != 'r' || at[3] == 'x') kept->odd_rights = true;
    constexpr std::size_t longest = 7;
    if (size >= longest && begins_with(line + size - longest, line + size, "[stack]")) {
        if (kept->span_count == 0) return false;  // it grows to below all that is scanned
        kept->has_stack = true;
    }
    return add_span(found);
}

bool process_memory::find_spans() const {
    const auto add = [this](const char* line, std::size_t size) { return add_line(line, size); };
    return read_lines("/proc/self/maps", work->text, sizeof work->text, add) && kept->has_stack;
}

// ---- watching ----

bool process_memory::open_tools() const {
    constexpr long high = 700;  // tests rely on the low ones
    const auto raise = [](long descriptor) {
        if (descriptor < 0) return static_cast<int>(descriptor);
        const long raised = call(SYS_fcntl, descriptor, F_DUPFD_CLOEXEC, high);
        call(SYS_close, descriptor);
        return static_cast<int>(raised);
    };
    kept->faults = raise(call(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK | user_mode_only));
    userfault_api api{api_version, write_protect_async | write_protect_unpopulated, 0};
    if (kept->faults < 0 || call(SYS_ioctl, kept->faults, userfault_api_call, as_long(&api)) != 0) return false;
    kept->pagemap = raise(call(SYS_open, as_long("/proc/self/pagemap"), O_RDONLY | O_CLOEXEC));
    return kept->pagemap >= 0;
}

void process_memory::remove_from_spans(span what) const {
    const std::size_t count = kept->span_count;
    for (std::size_t i = 0; i < count; ++i) {
        span& each = kept->spans[i];
        if (what.begin < each.begin || what.end > each.end) continue;
        const span rest{what.end, each.end};
        each.end = what.begin;
        if (rest.begin == rest.end || kept->span_count == kept->most_spans) return;
        for (std::size_t j = kept->span_count++; j > i + 1; --j)
            kept->spans[j] = kept->spans[j - 1];
        kept->spans[i + 1] = rest;
        return;
    }
}

// Memory that the kernel may empty at any time, and that a fork finds empty: random numbers of the C library must not
// come twice. It cannot be watched. Only /proc/self/smaps tells it ("VmFlags: rd wr ... dp"), which is slow to read.
bool process_memory::find_droppable() const {
    span last{};
    return read_lines("/proc/self/smaps", work->text, sizeof work->text, [&](const char* line, std::size_t size) {
        const char* at = line;
        const char* const end = line + size;
        const span found{hexadecimal(at), *at == '-' ? hexadecimal(++at) : 0};
        if (found.end != 0) last = found;
        if (!begins_with(line, end, "VmFlags:")) return true;
        for (at = line; at + 3 <= end; ++at) {
            if (!begins_with(at, end, " dp")) continue;
            if (kept->emptied_count == sizeof kept->emptied / sizeof(span)) return false;
            kept->emptied[kept->emptied_count++] = last;
            remove_from_spans(last);
            break;
        }
        return true;
    });
}

bool process_memory::watch_spans() const {
    for (std::size_t i = 0; i < kept->span_count; ++i) {
        const span& each = kept->spans[i];
        if (each.begin == each.end) continue;
        userfault_register wanted{each.begin, each.end - each.begin, register_write_protect, 0};
        if (call(SYS_ioctl, kept->faults, userfault_register_call, as_long(&wanted)) != 0) return false;
    }
    return true;
}

/// Calls use(begin, end, properties) for pages that follow one another and are as `what` says, in all memory that is
/// watched. False: the system, or a use, gave up.
template <class Use>
bool process_memory::scan(const page_scan& what, Use use) const {
    page_scan wanted = what;
    wanted.size = sizeof wanted;
    wanted.begin = 0;  // the first mapping may have grown (MAP_GROWSDOWN)
    wanted.end = kept->spans[kept->span_count - 1].end;
    wanted.to = address(work->ranges);
    wanted.most = workspace::most_ranges;
    wanted.all_of = what.all_of | what.inverted | page_watched;
    while (wanted.begin < wanted.end) {
        const long found = call(SYS_ioctl, kept->pagemap, page_scan_call, as_long(&wanted));
        if (found < 0 || wanted.stopped_at <= wanted.begin) return false;
        if (!use(work->ranges, static_cast<std::size_t>(found))) return false;
        wanted.begin = wanted.stopped_at;
    }
    return true;
}

bool process_memory::protect_what_is_there() const {
    page_scan there{};
    there.flags = scan_protects;
    there.any_of = page_present | page_swapped;
    there.wanted = page_watched;
    return scan(there, [](const page_range*, std::size_t) { return true; });
}

bool process_memory::protect_what_was_written() const {
    page_scan written{};
    written.flags = scan_protects;
    written.all_of = page_written;
    written.wanted = page_watched;
    return scan(written, [](const page_range*, std::size_t) { return true; });
}

// ---- keeping ----

// Pages without contents of their own are those of the file, or zeros.
inline page_scan own_contents() {
    page_scan what{};
    what.inverted = page_of_file | page_of_zeros;
    what.any_of = page_present | page_swapped;
    what.wanted = page_present;
    return what;
}

bool process_memory::keep(kept_pages* to, std::size_t most, char* contents, std::size_t bytes) const {
    kept->kept = to;
    kept->kept_count = 0;
    return scan(own_contents(), [&](const page_range* ranges, std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            const page_range& each = ranges[i];
            const std::size_t size = each.end - each.begin;
            if (kept->kept_count == most || size > bytes) return false;
            to[kept->kept_count++] = {each.begin, each.end, contents};
            if (contents == nullptr) continue;
            // What is not present may be a page that nobody can read (MADV_GUARD_INSTALL): the kernel finds out.
            if (each.categories == 0 && !read_bytes(kept->process, each.begin, contents, size)) return false;
            if (each.categories != 0)
                copy_bytes(contents, reinterpret_cast<const void*>(static_cast<address>(each.begin)), size);
            contents += size;
            bytes -= size;
        }
        return true;
    });
}

// A few pages are copied. Many are kept by a copy of the process, which shares them until they are written.
bool process_memory::keep_pages() const {
    constexpr std::size_t few = 1024 * page;
    std::size_t ranges = 0;
    std::size_t bytes = 0;
    const bool counted = scan(own_contents(), [&](const page_range* found, std::size_t count) {
        ranges += count;
        for (std::size_t i = 0; i < count; ++i)
            bytes += found[i].end - found[i].begin;
        return true;
    });
    if (!counted) return false;
    const std::size_t table = (ranges * sizeof(kept_pages) + page - 1) / page * page;
    const bool copies = bytes <= few || !kept->origin.start(kept->process, kept->spans[0].begin);
    const std::size_t size = table + (copies ? bytes : 0);
    const long at =
        call(SYS_mmap, 0, long(size), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    if (at < 0 && at > -4096) return false;
    char* const to = reinterpret_cast<char*>(at);
    if (!keep(reinterpret_cast<kept_pages*>(to), ranges, copies ? to + table : nullptr, bytes)) return false;
    return call(SYS_mprotect, at, long(size), PROT_READ) == 0;
}

bool process_memory::take() {
    kept->span_count = kept->made_count = kept->hidden_count = kept->emptied_count = 0;
    kept->odd_rights = kept->has_stack = kept->heap_changed = false;
    kept->heap_end = static_cast<address>(call(SYS_brk, 0));
    if (!open_tools() || !find_spans()) return false;
    if (!watch_spans() && (!find_droppable() || !watch_spans())) return false;
    return keep_pages() && protect_what_is_there();
}

// ---- putting back ----

// The kernel writes the number of the processor and the like into the thread's area (struct rseq of linux/rseq.h):
// these stay. What the program writes there lies between.
template <class Use>
void process_memory::skip_kernels(address begin, address end, Use use) const {
    constexpr address kernels[][2] = {{0, 8}, {20, 28}};
    for (const auto& each : kernels) {
        const address from = kept->thread_area + each[0];
        const address to = kept->thread_area + each[1];
        if (kept->thread_area == 0 || to <= begin || from >= end) continue;
        if (from > begin) use(begin, from);
        begin = to;
    }
    if (begin < end) use(begin, end);
}

void process_memory::copy_back(address to, const char* from, std::size_t size) const {
    skip_kernels(to, to + size, [this, to, from](address begin, address end) {
        if (from != nullptr) {
            copy_bytes(reinterpret_cast<void*>(begin), from + (begin - to), end - begin);
        } else {
            work->wanted.add(kept->origin.number, begin, end - begin);
        }
    });
}

std::size_t process_memory::first_kept_after(address begin) const {
    std::size_t low = 0;
    for (std::size_t high = kept->kept_count; low < high;) {
        const std::size_t middle = (low + high) / 2;
        if (kept->kept[middle].end <= begin) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

bool process_memory::put_back(address begin, address end) const {
    const auto drop = [](address from, address to) {
        return from >= to || call(SYS_madvise, long(from), long(to - from), MADV_DONTNEED) == 0;
    };
    for (std::size_t at = first_kept_after(begin); begin < end; ++at) {
        const bool none = at == kept->kept_count || kept->kept[at].begin >= end;
        const address next = none ? end : kept->kept[at].begin;
        if (!drop(begin, next)) return false;
        if (none) break;
        if (begin < next) begin = next;
        const kept_pages& each = kept->kept[at];
        const address until = each.end < end ? each.end : end;
        copy_back(begin, each.contents == nullptr ? nullptr : each.contents + (begin - each.begin), until - begin);
        begin = until;
    }
    return true;
}

bool process_memory::empty_droppable() const {
    for (std::size_t i = 0; i < kept->emptied_count; ++i) {
        const span& each = kept->emptied[i];
        if (call(SYS_madvise, long(each.begin), long(each.end - each.begin), MADV_DONTNEED) != 0) return false;
    }
    return true;
}

bool process_memory::forget_mappings() const {
    for (std::size_t i = 0; i < kept->made_count; ++i) {
        const span& each = kept->made[i];
        if (call(SYS_munmap, long(each.begin), long(each.end - each.begin)) != 0) return false;
    }
    for (std::size_t i = 0; i < kept->hidden_count; ++i) {
        const span& each = kept->hidden[i];
        if (call(SYS_mprotect, long(each.begin), long(each.end - each.begin), PROT_READ | PROT_WRITE) != 0)
            return false;
    }
    if (kept->heap_changed && static_cast<address>(call(SYS_brk, long(kept->heap_end))) != kept->heap_end) return false;
    if (kept->made_count != 0 || kept->hidden_count != 0 || kept->heap_changed) {
        open_record();
        kept->made_count = kept->hidden_count = 0;
        kept->heap_changed = false;
        close_record();
    }
    return true;
}

// A few pages are written by almost every test. To copy such a page each time costs less than the fault of its next
// write, so it is not protected again at once: it counts as written until then.
bool process_memory::may_stay_written(std::size_t bytes) const {
    constexpr std::size_t few = 64 * page;
    constexpr unsigned longest = 32;
    if (bytes <= few && ++work->rewinds < longest) return true;
    work->rewinds = 0;
    return false;
}

// A stack that has grown is part of what is scanned. Its new pages were not there, so they go.
bool process_memory::put_back() const {
    if (!forget_mappings() || !empty_droppable()) return false;
    page_scan written{};
    written.all_of = page_written;
    written.wanted = page_watched;
    std::size_t bytes = 0;
    const bool done = scan(written, [this, &bytes](const page_range* ranges, std::size_t count) {
        work->wanted.begin();
        for (std::size_t i = 0; i < count; ++i) {
            bytes += ranges[i].end - ranges[i].begin;
            if (!put_back(ranges[i].begin, ranges[i].end)) return false;
        }
        return work->wanted.fetch(kept->origin.number);
    });
    return done && (may_stay_written(bytes) || protect_what_was_written());
}

}  // namespace cordon::engine::os::rewind_linux

#endif
