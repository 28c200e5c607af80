#pragma once

#include <cordon/engine/os/rewind_kernel.linux.hpp>

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
/// Pages that had contents of their own, and where those are kept.
struct kept_pages {
    address begin, end;
    const char* contents;
};

/// What is the program's own business in the middle of a test: written at any time, and worth nothing between calls.
struct workspace {
    static constexpr std::size_t stack_size = 256 * 1024;
    static constexpr std::size_t most_ranges = 1024;

    alignas(page) char selector;  ///< the kernel reads it before each system call
    alignas(page) char text[4 * page];
    page_range ranges[most_ranges];
    alignas(page) char stack[stack_size];
};

/// What is kept of the process. Tests cannot write to it: only the code that stops their system calls makes it
/// writable, as long as it writes.
struct record {
    static constexpr std::size_t most_frame = 16 * 1024;
    static constexpr std::size_t most_mappings = 1024;

    alignas(64) char frame[most_frame];  ///< of the signal, with all registers
    const char* frame_at;
    int faults, pagemap;
    address heap_end;
    address stack_begin, stack_lowest;
    std::size_t stack_limit;     ///< how long it may grow
    address thread_area;         ///< which the kernel writes to (rseq); 0: none
    stack_t other_stack;         ///< for signals, of the process as it was
    kernel_action other_action;  ///< of SIGSYS
    std::size_t size;            ///< of this record with `spans`
    address pages_at;            ///< the mapping of `kept` and its contents
    std::size_t pages_size;
    const kept_pages* kept;
    std::size_t kept_count;
    std::size_t made_count;
    span made[most_mappings];  ///< mappings that the test has made
    std::size_t hidden_count;
    span hidden[most_mappings];  ///< former mappings that the test has removed
    bool any_code;               ///< some memory can be written and executed
    std::size_t span_count, most_spans;
    span spans[1];  ///< private memory that can be written, in order
};

struct process_memory {
    workspace* work;
    record* kept;

    // ---- taking ----

    bool take();
    /// Puts back all that was written since. False: it could not, and the process must end.
    bool put_back() const;
    void open_record() const { call(SYS_mprotect, as_long(kept), long(kept->size), PROT_READ | PROT_WRITE); }
    void close_record() const { call(SYS_mprotect, as_long(kept), long(kept->size), PROT_READ); }

  private:
    bool open_tools() const;
    bool find_spans() const;
    bool add_line(const char* line, std::size_t size) const;
    bool add_span(span what) const;
    bool watch_spans() const;
    bool keep_pages() const;
    bool protect(address begin, address end) const;
    template <class Use>
    bool scan(span in, std::uint64_t not_these, std::uint64_t all_of, std::uint64_t any_of, Use use) const;
    bool put_back(address begin, address end) const;
    void copy_back(address to, const char* from, std::size_t size) const;
    bool forget_stack() const;
    bool forget_mappings() const;
};

// ---- the memory that can be written ----

inline address hexadecimal(const char*& at) {
    address value = 0;
    for (;; ++at) {
        const char c = *at;
        const bool digit = c >= '0' && c <= '9';
        if (!digit && (c < 'a' || c > 'f')) return value;
        value = value * 16 + static_cast<address>(digit ? c - '0' : c - 'a' + 10);
    }
}

inline bool ends_with(const char* text, std::size_t size, const char* end, std::size_t end_size) {
    for (std::size_t i = 0; i < end_size; ++i) {
        if (size < end_size || text[size - end_size + i] != end[i]) return false;
    }
    return true;
}

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
    if (at[3] == 'x') kept->any_code = true;
    if (ends_with(line, size, "[stack]", 7)) {
        kept->stack_begin = found.begin;
        kept->stack_lowest = found.end - kept->stack_limit;
    }
    return add_span(found);
}

bool process_memory::find_spans() const {
    const int maps = static_cast<int>(call(SYS_open, as_long("/proc/self/maps"), O_RDONLY | O_CLOEXEC));
    if (maps < 0) return false;
    bool good = true;
    std::size_t used = 0;
    while (good) {
        const long got = call(SYS_read, maps, as_long(work->text + used), long(sizeof work->text - used));
        if (got <= 0) {
            good = got == 0 && used == 0;
            break;
        }
        used += static_cast<std::size_t>(got);
        std::size_t line = 0;
        for (std::size_t i = 0; i < used && good; ++i) {
            if (work->text[i] != '\n') continue;
            good = add_line(work->text + line, i - line);
            line = i + 1;
        }
        copy_bytes(work->text, work->text + line, used - line);
        used -= line;
        good = good && used != sizeof work->text;
    }
    call(SYS_close, maps);
    return good && kept->stack_begin != 0;
}

// ---- watching ----

bool process_memory::open_tools() const {
    constexpr long high = 700;  // tests rely on the low ones
    const auto raise = [](long descriptor) {
        if (descriptor < 0) return static_cast<int>(descriptor);
        const long raised = call(SYS_fcntl, descriptor, F_DUPFD_CLOEXEC, high);
        if (raised < 0) return static_cast<int>(descriptor);
        call(SYS_close, descriptor);
        return static_cast<int>(raised);
    };
    kept->faults = raise(call(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK | user_mode_only));
    userfault_api api{api_version, write_protect_async | write_protect_unpopulated, 0};
    if (kept->faults < 0 || call(SYS_ioctl, kept->faults, userfault_api_call, as_long(&api)) != 0) return false;
    kept->pagemap = raise(call(SYS_open, as_long("/proc/self/pagemap"), O_RDONLY | O_CLOEXEC));
    return kept->pagemap >= 0;
}

bool process_memory::watch_spans() const {
    for (std::size_t i = 0; i < kept->span_count; ++i) {
        const span& each = kept->spans[i];
        userfault_register wanted{each.begin, each.end - each.begin, register_write_protect, 0};
        if (call(SYS_ioctl, kept->faults, userfault_register_call, as_long(&wanted)) != 0) return false;
    }
    return true;
}

bool process_memory::protect(address begin, address end) const {
    userfault_protect wanted{begin, end - begin, rewind_linux::protect};
    return call(SYS_ioctl, kept->faults, userfault_protect_call, as_long(&wanted)) == 0;
}

/// Calls use(begin, end) for pages that follow one another and have these properties. False: the system, or a use, gave
/// up.
template <class Use>
bool process_memory::scan(span in, std::uint64_t not_these, std::uint64_t all_of, std::uint64_t any_of, Use use) const {
    for (address at = in.begin; at < in.end;) {
        page_scan wanted{};
        wanted.size = sizeof wanted;
        wanted.begin = at;
        wanted.end = in.end;
        wanted.to = address(work->ranges);
        wanted.most = workspace::most_ranges;
        wanted.inverted = not_these;
        wanted.all_of = not_these | all_of;
        wanted.any_of = any_of;
        wanted.wanted = all_of != 0 ? all_of : page_of_file;
        const long found = call(SYS_ioctl, kept->pagemap, page_scan_call, as_long(&wanted));
        if (found < 0 || wanted.stopped_at <= at) return false;
        for (long i = 0; i < found; ++i) {
            if (!use(work->ranges[i].begin, work->ranges[i].end)) return false;
        }
        at = wanted.stopped_at;
    }
    return true;
}

// ---- keeping ----

// Pages without contents of their own are those of the file, or zeros.
bool process_memory::keep_pages() const {
    constexpr std::uint64_t without_contents = page_of_file | page_of_zeros;
    constexpr std::uint64_t somewhere = page_present | page_swapped;
    std::size_t ranges = 0;
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < kept->span_count; ++i) {
        const bool scanned = scan(kept->spans[i], without_contents, 0, somewhere, [&](address begin, address end) {
            ++ranges;
            bytes += end - begin;
            return true;
        });
        if (!scanned) return false;
    }
    const std::size_t table = (ranges * sizeof(kept_pages) + page - 1) / page * page;
    kept->pages_size = table + bytes;
    const long at = call(SYS_mmap, 0, long(kept->pages_size), PROT_READ | PROT_WRITE,
                         MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    if (at < 0 && at > -4096) return false;
    kept->pages_at = static_cast<address>(at);
    auto* const to = reinterpret_cast<kept_pages*>(at);
    char* contents = reinterpret_cast<char*>(at) + table;
    kept->kept = to;
    kept->kept_count = 0;
    for (std::size_t i = 0; i < kept->span_count; ++i) {
        const bool scanned = scan(kept->spans[i], without_contents, 0, somewhere, [&](address begin, address end) {
            if (kept->kept_count == ranges || end - begin > bytes) return false;
            to[kept->kept_count++] = {begin, end, contents};
            copy_bytes(contents, reinterpret_cast<const void*>(begin), end - begin);
            contents += end - begin;
            bytes -= end - begin;
            return true;
        });
        if (!scanned) return false;
    }
    return call(SYS_mprotect, at, long(kept->pages_size), PROT_READ) == 0;
}

bool process_memory::take() {
    kept->span_count = kept->made_count = kept->hidden_count = 0;
    kept->any_code = false;
    kept->stack_begin = 0;
    kept->heap_end = static_cast<address>(call(SYS_brk, 0));
    if (!open_tools() || !find_spans() || !watch_spans() || !keep_pages()) return false;
    for (std::size_t i = 0; i < kept->span_count; ++i) {
        if (!protect(kept->spans[i].begin, kept->spans[i].end)) return false;
    }
    return true;
}

// ---- putting back ----

// The kernel writes the number of the processor and the like into the thread's area (struct rseq of linux/rseq.h):
// these stay. What the program writes there lies between.
void process_memory::copy_back(address to, const char* from, std::size_t size) const {
    constexpr address kernels[][2] = {{0, 8}, {20, 32}};
    address done = to;
    for (const auto& each : kernels) {
        const address begin = kept->thread_area + each[0];
        const address end = kept->thread_area + each[1];
        if (kept->thread_area == 0 || end <= done || begin >= to + size) continue;
        if (begin > done) copy_bytes(reinterpret_cast<void*>(done), from + (done - to), begin - done);
        done = end;
    }
    if (done < to + size) copy_bytes(reinterpret_cast<void*>(done), from + (done - to), to + size - done);
}

bool process_memory::put_back(address begin, address end) const {
    std::size_t low = 0;
    for (std::size_t high = kept->kept_count; low < high;) {
        const std::size_t middle = (low + high) / 2;
        if (kept->kept[middle].end <= begin) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    const auto drop = [](address from, address to) {
        return from >= to || call(SYS_madvise, long(from), long(to - from), MADV_DONTNEED) == 0;
    };
    for (; begin < end; ++low) {
        const bool none = low == kept->kept_count || kept->kept[low].begin >= end;
        const address next = none ? end : kept->kept[low].begin;
        if (!drop(begin, next)) return false;
        if (none) break;
        if (begin < next) begin = next;
        const kept_pages& each = kept->kept[low];
        const address until = each.end < end ? each.end : end;
        copy_back(begin, each.contents + (begin - each.begin), until - begin);
        begin = until;
    }
    return true;
}

// The stack has grown: what is below its former begin was zeros, or nothing.
bool process_memory::forget_stack() const {
    unsigned char is_there = 0;
    if (call(SYS_mincore, long(kept->stack_begin - page), page, as_long(&is_there)) != 0) return true;
    const long done =
        call(SYS_madvise, long(kept->stack_lowest), long(kept->stack_begin - kept->stack_lowest), MADV_DONTNEED);
    return done == 0 || done == -ENOMEM;  // a part of it is not there
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
    if (kept->made_count != 0 || kept->hidden_count != 0) {
        open_record();
        kept->made_count = kept->hidden_count = 0;
        close_record();
    }
    const auto end = static_cast<address>(call(SYS_brk, 0));
    return end == kept->heap_end || static_cast<address>(call(SYS_brk, long(kept->heap_end))) == kept->heap_end;
}

bool process_memory::put_back() const {
    if (!forget_mappings() || !forget_stack()) return false;
    for (std::size_t i = 0; i < kept->span_count; ++i) {
        const bool done = scan(kept->spans[i], 0, page_written, 0, [this](address begin, address end) {
            return put_back(begin, end) && protect(begin, end);
        });
        if (!done) return false;
    }
    return true;
}

}  // namespace cordon::engine::os::rewind_linux

#endif
