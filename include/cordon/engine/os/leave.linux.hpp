#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/lasting.hpp>
#include <cordon/engine/os/coverage.posix.hpp>
#include <cordon/engine/os/direct_call.linux.hpp>
#include <cordon/engine/os/leave.hpp>

#include <elf.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cstdlib>
#include <ostream>
#include <string_view>

// glibc's exit() calls the exit handlers, latest first, and last of all the dynamic linker's, which finalizes each
// object in turn. Our handler is registered before those of the program, so it comes just before the linker's and
// replaces it: it finalizes only the program.

namespace cordon::engine::os {

#if defined(__GLIBC__)

namespace leave_linux {

using finalizer = void (*)();

/// The program's own finalizers: DT_FINI_ARRAY and DT_FINI of its dynamic section.
struct program_end {
    finalizer* first = nullptr;
    std::size_t count = 0;
    finalizer last = nullptr;
    std::size_t objects = 0;  ///< loaded, the program and the libraries
    bool quick = false;
};

program_end known_end;
int& code_to_leave_with = *make_lasting<int>();  // 0: not in order

/// Libraries whose finalizers have no effect beyond the process, except those that leave_quickly() does itself.
bool belongs_to_run_time(std::string_view path) {
    const std::string_view name = path.substr(path.rfind('/') + 1);
    for (const std::string_view each : {"libc.so.6", "libm.so.6", "libgcc_s.so.1", "libstdc++.so.6", "libpthread.so.0",
                                        "linux-vdso.so.1", "ld-linux"}) {
        if (name.substr(0, each.size()) == each) return true;
    }
    return false;
}

CORDON_HOT std::size_t count_objects() {
    std::size_t count = 0;
    for (const link_map* each = _r_debug.r_map; each != nullptr; each = each->l_next)
        ++count;
    return count;
}

void read_dynamic_section(const link_map& program, program_end& end) {
    std::size_t size = 0;
    for (const ElfW(Dyn)* entry = program.l_ld; entry != nullptr && entry->d_tag != DT_NULL; ++entry) {
        const auto at = [&] { return program.l_addr + entry->d_un.d_ptr; };
        if (entry->d_tag == DT_FINI_ARRAY) end.first = reinterpret_cast<finalizer*>(at());
        if (entry->d_tag == DT_FINI_ARRAYSZ) size = entry->d_un.d_val;
        if (entry->d_tag == DT_FINI) end.last = reinterpret_cast<finalizer>(at());
    }
    end.count = size / sizeof(finalizer);
}

// Sanitizers work in their own finalizers.
static void sanitized_by_address() __attribute__((weakref("__asan_init")));
static void sanitized_by_thread() __attribute__((weakref("__tsan_init")));
static void sanitized_by_memory() __attribute__((weakref("__msan_init")));
static void sanitized_for_leaks() __attribute__((weakref("__lsan_do_leak_check")));
static void sanitized_for_undefined() __attribute__((weakref("__ubsan_handle_add_overflow")));

bool is_sanitized() {
    return sanitized_by_address != nullptr || sanitized_by_thread != nullptr || sanitized_by_memory != nullptr ||
           sanitized_for_leaks != nullptr || sanitized_for_undefined != nullptr;
}

program_end find_end() {
    program_end end;
    const link_map* program = _r_debug.r_map;
    if (program == nullptr) return end;
    read_dynamic_section(*program, end);
    end.objects = count_objects();
    end.quick = end.first != nullptr;
    for (const link_map* each = program->l_next; each != nullptr; each = each->l_next)
        end.quick = end.quick && belongs_to_run_time(each->l_name);
    return end;
}

// Up to version 12 of libstdc++, the last finalizer of the files that include <iostream> flushes std::cout. Newer
// libraries do it themselves, and have this function.
extern std::ostream out __asm__("_ZSt4cout") __attribute__((weak));
static void library_flushes_out() __attribute__((weakref("_ZSt21ios_base_library_initv")));

CORDON_HOT void leave_quickly(int code, void*) {
    if (code == 0 || code != code_to_leave_with || count_objects() != known_end.objects) return;
    for (std::size_t i = known_end.count; i > 0; --i)
        known_end.first[i - 1]();
    if (known_end.last != nullptr) known_end.last();
    if (library_flushes_out != nullptr && &out != nullptr) out.flush();
    ::fflush(nullptr);
    direct::exit_group(code);
}

__attribute__((constructor(101))) void register_first() { ::on_exit(leave_quickly, nullptr); }

}  // namespace leave_linux

void prepare_to_leave() {
    if (!leave_linux::is_sanitized() && !coverage_posix::counts()) leave_linux::known_end = leave_linux::find_end();
}

CORDON_HOT void leave_in_order(int code) {
    if (leave_linux::known_end.quick) leave_linux::code_to_leave_with = code;
    std::exit(code);
}

#else

void prepare_to_leave() {}

void leave_in_order(int code) { std::exit(code); }

#endif

}  // namespace cordon::engine::os
