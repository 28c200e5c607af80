#pragma once

#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/stack_note.hpp>
#include <cordon/engine/os/process.windows.hpp>
#include <cordon/engine/os/stack.hpp>

#include <tlhelp32.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>

// The threads of another process, from outside. Their stacks are collected by a thread of that process, the watcher: a
// stack can be walked only where its code is loaded. The watcher waits for an event that has its number in its name.

namespace cordon::engine::os::windows {

std::wstring watcher_name(DWORD thread) { return L"Local\\cordon-watcher-" + std::to_wstring(thread); }

bool is_watcher(DWORD thread) {
    const HANDLE event = ::OpenEventW(EVENT_MODIFY_STATE, FALSE, watcher_name(thread).c_str());
    if (event == nullptr) return false;
    ::CloseHandle(event);
    return true;
}

// What the system tells of processes and threads (SYSTEM_PROCESS_INFORMATION), whose layout is documented only in part.
struct thread_row {
    LARGE_INTEGER kernel;
    LARGE_INTEGER user;
    LARGE_INTEGER created;
    ULONG wait_time;
    PVOID start;
    HANDLE process;
    HANDLE thread;
    LONG priority;
    LONG base_priority;
    ULONG switches;
    ULONG state;
    ULONG reason;
};
struct process_row {
    ULONG next;
    ULONG threads;
    unsigned char unused[72];
    HANDLE id;
    void* more[21];
};

// The state of a thread. Wine does not tell it: there a thread waits if it is in the system's library.
constexpr ULONG unknown_state = 0;
constexpr ULONG waiting = 5;
constexpr ULONG suspended_reason = 5;  // of a wait

/// Calls see(thread_row) for each thread of the process. Allocates nothing in a heap: the threads of this process may
/// hold its locks.
template <class See>
void each_thread(DWORD process, See see) {
    using function = LONG(WINAPI*)(int, PVOID, ULONG, ULONG*);
    constexpr int processes = 5;
    constexpr LONG too_small = static_cast<LONG>(0xC0000004);
    static const auto ask = function_of<function>(L"ntdll.dll", "NtQuerySystemInformation");
    if (ask == nullptr || sizeof(void*) != 8) return;
    LONG answer = too_small;
    for (ULONG size = 1u << 20; answer == too_small && size <= 1u << 26; size *= 4) {
        auto* const room = static_cast<char*>(::VirtualAlloc(nullptr, size, MEM_COMMIT | MEM_RESERVE, PAGE_READWRITE));
        if (room == nullptr) return;
        answer = ask(processes, room, size, nullptr);
        for (const char* at = room; answer == 0;) {
            const auto* row = reinterpret_cast<const process_row*>(at);
            const auto* threads = reinterpret_cast<const thread_row*>(row + 1);
            if (row->id == reinterpret_cast<HANDLE>(std::uintptr_t{process}))
                std::for_each(threads, threads + row->threads, see);
            if (row->next == 0) break;
            at += row->next;
        }
        ::VirtualFree(room, 0, MEM_RELEASE);
    }
}

DWORD number_of(const thread_row& thread) {
    return static_cast<DWORD>(reinterpret_cast<std::uintptr_t>(thread.thread));
}

bool is_in_system(DWORD id) {
    bool found = false;
    const HANDLE thread = ::OpenThread(THREAD_SUSPEND_RESUME | THREAD_GET_CONTEXT, FALSE, id);
    if (thread == nullptr) return false;
#if defined(_M_X64) || defined(__x86_64__)
    CONTEXT at{};
    at.ContextFlags = CONTEXT_CONTROL;
    HMODULE module = nullptr;  // mapped at the same place in each process
    if (::SuspendThread(thread) != static_cast<DWORD>(-1)) {
        if (::GetThreadContext(thread, &at) != 0)
            ::GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT,
                                 reinterpret_cast<LPCWSTR>(at.Rip), &module);
        ::ResumeThread(thread);
    }
    found = module != nullptr && module == ::GetModuleHandleW(L"ntdll.dll");
#endif
    ::CloseHandle(thread);
    return found;
}

thread_state state_of(const thread_row& row) {
    thread_state state;
    state.thread = number_of(row);
    state.cpu = duration((row.kernel.QuadPart + row.user.QuadPart) * 100);
    state.waits = row.state == unknown_state ? is_in_system(number_of(row)) : row.state == waiting;
    state.stopped = row.state == waiting && row.reason == suspended_reason;
    state.waits_so_far = row.switches;
    using describe = HRESULT(WINAPI*)(HANDLE, PWSTR*);
    static const auto ask = function_of<describe>(L"kernel32.dll", "GetThreadDescription");
    const HANDLE thread = ::OpenThread(THREAD_QUERY_LIMITED_INFORMATION, FALSE, number_of(row));
    PWSTR name = nullptr;
    if (thread != nullptr && ask != nullptr && ask(thread, &name) >= 0 && name != nullptr) state.name = narrow(name);
    ::LocalFree(name);
    if (thread != nullptr) ::CloseHandle(thread);
    return state;
}

/// The end of the memory of a thread's stack; 0: unknown.
std::uint64_t end_of_stack(HANDLE process, DWORD id) {
    struct basic_information {
        LONG status;
        char* block;  // NT_TIB
        PVOID unused[4];
    };
    using function = LONG(WINAPI*)(HANDLE, int, PVOID, ULONG, ULONG*);
    static const auto ask = function_of<function>(L"ntdll.dll", "NtQueryInformationThread");
    const HANDLE thread = ::OpenThread(THREAD_QUERY_INFORMATION, FALSE, id);
    if (thread == nullptr) return 0;
    basic_information about{};
    std::uint64_t end = 0;
    if (ask != nullptr && ask(thread, 0, &about, sizeof about, nullptr) == 0)
        ::ReadProcessMemory(process, about.block + sizeof(void*), &end, sizeof end, nullptr);
    ::CloseHandle(thread);
    return end;
}

}  // namespace cordon::engine::os::windows

namespace cordon::engine::os {

bool can_look_at_threads() { return sizeof(void*) == 8; }

vector<thread_state> threads_of(process_id process) {
    vector<thread_state> found;
    windows::each_thread(static_cast<DWORD>(process), [&](const windows::thread_row& row) {
        if (found.size() < hang_note::most_stacks / 2 && !windows::is_watcher(windows::number_of(row)))
            found.push_back(windows::state_of(row));
    });
    return found;
}

void ask_for_stacks(process_id process, const vector<thread_state>&, hang_note& hang) {
    hang.wanted.store(1);
    windows::each_thread(static_cast<DWORD>(process), [](const windows::thread_row& row) {
        const HANDLE event =
            ::OpenEventW(EVENT_MODIFY_STATE, FALSE, windows::watcher_name(windows::number_of(row)).c_str());
        if (event == nullptr) return;
        ::SetEvent(event);
        ::CloseHandle(event);
    });
}

stack_copy copy_first_stack(process_id id) {
    constexpr std::uint64_t most = 256 * 1024;
    const windows::child* process = windows::find_child(id);
    const vector<thread_state> threads = threads_of(id);
    if (process == nullptr || threads.empty()) return {};
    stack_copy copy;
    copy.end = windows::end_of_stack(process->process, static_cast<DWORD>(threads.front().thread));
    MEMORY_BASIC_INFORMATION about{};
    if (copy.end == 0 ||
        ::VirtualQueryEx(process->process, reinterpret_cast<const void*>(copy.end - 1), &about, sizeof about) == 0)
        return {};
    copy.bytes.resize(
        static_cast<std::size_t>(std::min(copy.end - reinterpret_cast<std::uint64_t>(about.BaseAddress), most)));
    if (::ReadProcessMemory(process->process, reinterpret_cast<const void*>(copy.end - copy.bytes.size()),
                            &copy.bytes[0], copy.bytes.size(), nullptr) == 0)
        return {};
    return copy;
}

vector<module_note> modules_of(process_id process) {
    vector<module_note> found;
    const HANDLE all = ::CreateToolhelp32Snapshot(TH32CS_SNAPMODULE, static_cast<DWORD>(process));
    MODULEENTRY32W each{};
    each.dwSize = sizeof each;
    for (BOOL more = ::Module32FirstW(all, &each); more != 0; more = ::Module32NextW(all, &each)) {
        module_note to{};
        to.start = reinterpret_cast<std::uint64_t>(each.modBaseAddr);
        to.end = to.start + each.modBaseSize;
        const std::string path = windows::neutral_path(each.szExePath);
        std::memcpy(to.path, path.c_str(), std::min(path.size(), sizeof to.path - 1));
        found.push_back(to);
    }
    if (all != INVALID_HANDLE_VALUE) ::CloseHandle(all);
    return found;
}

}  // namespace cordon::engine::os
