#pragma once

#include <cordon/engine/os/command_line.windows.hpp>
#include <cordon/engine/os/descriptor.windows.hpp>
#include <cordon/engine/os/lineage.hpp>
#include <cordon/engine/os/process.hpp>
#include <cordon/engine/os/signal.windows.hpp>

#include <fcntl.h>
#include <io.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>
#include <typeinfo>
#include <utility>

#if __has_include(<cxxabi.h>)
#include <cxxabi.h>
#endif

namespace cordon::engine::os {

namespace windows {

/// A process that this one has started. Its job holds its descendants too. Nobody else has the job's handle, so the
/// system ends them all when this process ends, however it ends.
struct child {
    process_id id = 0;
    HANDLE process = nullptr;
    HANDLE job = nullptr;
    HANDLE wait = nullptr;  ///< tells of its end
};

vector<child>& children() {
    static auto* only = new vector<child>;  // never destroyed
    return *only;
}

child* find_child(process_id id) {
    for (child& each : children()) {
        if (each.id == id) return &each;
    }
    return nullptr;
}

VOID CALLBACK on_child_end(PVOID, BOOLEAN) {
    child_ended = true;
    wake_waiting_thread();
}

duration as_duration(const FILETIME& time) {
    const auto ticks =
        static_cast<std::int64_t>(time.dwHighDateTime) << 32 | static_cast<std::int64_t>(time.dwLowDateTime);
    return duration{ticks * 100};
}

// PROCESS_MEMORY_COUNTERS of <psapi.h>, whose function is in kernel32 under this name.
struct memory_counters {
    DWORD size;
    DWORD page_faults;
    SIZE_T peak_working_set;
    SIZE_T working_set;
    SIZE_T quota_peak_paged;
    SIZE_T quota_paged;
    SIZE_T quota_peak_nonpaged;
    SIZE_T quota_nonpaged;
    SIZE_T pagefile;
    SIZE_T peak_pagefile;
};

memory_counters memory_of(HANDLE process) {
    using function = BOOL(WINAPI*)(HANDLE, memory_counters*, DWORD);
    static const auto ask = function_of<function>(L"kernel32.dll", "K32GetProcessMemoryInfo");
    memory_counters counters{};
    counters.size = sizeof counters;
    if (ask == nullptr || ask(process, &counters, sizeof counters) == 0) return memory_counters{};
    return counters;
}

resource_usage usage_of(HANDLE process) {
    resource_usage usage;
    FILETIME made, ended, system, user;
    if (::GetProcessTimes(process, &made, &ended, &system, &user) != 0) {
        usage.user = as_duration(user);
        usage.system = as_duration(system);
    }
    const memory_counters memory = memory_of(process);
    usage.max_rss_bytes = memory.peak_working_set;
    usage.minor_faults = memory.page_faults;
    return usage;
}

process_end end_of(HANDLE process) {
    process_end end;
    DWORD code = 0;
    ::GetExitCodeProcess(process, &code);
    end.code = as_code(code);
    end.by_signal = is_exception_code(end.code);
    end.usage = usage_of(process);
    return end;
}

std::wstring job_name(DWORD process) { return L"Local\\cordon-job-" + std::to_wstring(process); }

constexpr std::size_t most_listed = 64;
struct job_members {
    DWORD assigned;
    DWORD listed;
    ULONG_PTR ids[most_listed];
};

std::string image_of(DWORD id) {
    const HANDLE process = ::OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, id);
    if (process == nullptr) return "process " + std::to_string(id);
    wchar_t path[MAX_PATH];
    DWORD length = MAX_PATH;
    const bool known = ::QueryFullProcessImageNameW(process, 0, path, &length) != 0;
    ::CloseHandle(process);
    return known ? neutral_path({path, length}) : "process " + std::to_string(id);
}

/// The processes of its job that still run, without itself; ends them.
void end_survivors(const child& of, process_end& end) {
    constexpr std::size_t most_described = 8;
    job_members members{};
    if (of.job == nullptr) return;
    ::QueryInformationJobObject(of.job, JobObjectBasicProcessIdList, &members, sizeof members, nullptr);
    for (DWORD i = 0; i < members.listed && i < most_listed; ++i) {
        const auto id = static_cast<DWORD>(members.ids[i]);
        if (static_cast<process_id>(id) == of.id) continue;
        ++end.survivors;
        if (end.survivor_commands.size() < most_described) end.survivor_commands.push_back(image_of(id));
    }
    ::TerminateJobObject(of.job, static_cast<UINT>(ended_by_cordon));
}

void forget_child(process_id id) {
    vector<child>& all = children();
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].id != id) continue;
        if (all[i].wait != nullptr) ::UnregisterWaitEx(all[i].wait, INVALID_HANDLE_VALUE);
        if (all[i].job != nullptr) ::CloseHandle(all[i].job);
        ::CloseHandle(all[i].process);
        all[i] = all.back();
        all.pop_back();
        return;
    }
}

bool has_ended(const child& which) { return ::WaitForSingleObject(which.process, 0) == WAIT_OBJECT_0; }

// ---- starting ----

vector<std::string>& remembered_arguments() {
    static auto* only = new vector<std::string>;  // never destroyed
    return *only;
}

std::wstring own_file() {
    return filled([](wchar_t* to, DWORD size) {
        const DWORD length = ::GetModuleFileNameW(nullptr, to, size);
        return length == size ? size + 32768 : length;
    });
}

}  // namespace windows

void remember_arguments(int, const char* const*) {
    windows::remembered_arguments() = windows::parse_command_line(::GetCommandLineW());
}

void replace_arguments(vector<std::string> words) { windows::remembered_arguments() = std::move(words); }

status find_self(int argc, const char* const* argv) {
    remember_arguments(argc, argv);
    return find_self_file(argc > 0 ? argv[0] : "");
}

// A program may have taken words out of the command line. Other words than those of the command line are kept.
const char* const* arguments_in_utf8(int argc, const char* const* argv) {
    const auto in_code_page = [](const std::string& word) {
        const std::wstring text = windows::wide(word);
        std::string to(text.size() * 4 + 1, '\0');
        ::WideCharToMultiByte(CP_ACP, 0, text.c_str(), -1, &to[0], static_cast<int>(to.size()), nullptr, nullptr);
        return std::string(to.c_str());
    };
    auto* const words = new vector<const char*>;  // never destroyed
    std::size_t next = 0;
    for (int i = 0; i < argc; ++i) {
        const vector<std::string>& all = own_arguments();
        std::size_t at = next;
        while (at < all.size() && in_code_page(all[at]) != argv[i])
            ++at;
        words->push_back(at < all.size() ? (new std::string(all[at]))->c_str() : argv[i]);
        if (at < all.size()) next = at + 1;
    }
    words->push_back(nullptr);
    return words->data();
}
const vector<std::string>& own_arguments() { return windows::remembered_arguments(); }
process_id own_process_id() { return static_cast<process_id>(::GetCurrentProcessId()); }
resource_usage own_usage() { return windows::usage_of(::GetCurrentProcess()); }

process_id parent_process_id() {
    struct basic_information {
        PVOID unused[5];
        ULONG_PTR parent;
    };
    using function = LONG(WINAPI*)(HANDLE, int, PVOID, ULONG, ULONG*);
    static const auto ask = windows::function_of<function>(L"ntdll.dll", "NtQueryInformationProcess");
    basic_information about{};
    ULONG length = 0;
    if (ask == nullptr || ask(::GetCurrentProcess(), 0, &about, sizeof about, &length) != 0) return 0;
    return static_cast<process_id>(about.parent);
}

bool can_fork() { return false; }
result<process_id> fork_process(duration) {
    return error{"copy the process", 0, "Windows has no fork: a test runs in a process of its own"};
}

// A process reads this event only if it shares the console, and leads its group.
void ask_group_to_end(process_id leader) { ::GenerateConsoleCtrlEvent(CTRL_BREAK_EVENT, static_cast<DWORD>(leader)); }
void ask_to_end(process_id process) { ask_group_to_end(process); }
void kill_group(process_id leader) {
    if (const windows::child* which = windows::find_child(leader))
        ::TerminateJobObject(which->job, static_cast<UINT>(windows::ended_by_cordon));
}
void kill_process(process_id process) {
    if (const windows::child* which = windows::find_child(process))
        ::TerminateProcess(which->process, static_cast<UINT>(windows::ended_by_cordon));
}
void end_group(process_id leader) { kill_group(leader); }
bool leads_own_group(process_id process) { return windows::find_child(process) != nullptr; }

// Each process starts with its group, its job and its streams.
void lead_own_group(process_id) {}
void lead_own_session() {}
void redirect_output(const descriptor&, const descriptor&) {}
void empty_standard_input() {}

// Without a console nobody can be asked.
answer_to_asking answer_of(process_id) {
    DWORD first = 0;
    return ::GetConsoleProcessList(&first, 1) == 0 ? answer_to_asking::refuses : answer_to_asking::unknown;
}

int stop_signal_of(process_id) { return 0; }
bool is_stop_by_terminal(int) { return false; }
void stop_this_process() {}

bool has_ended(process_id id) {
    const windows::child* which = windows::find_child(id);
    return which != nullptr && windows::has_ended(*which);
}

optional<process_end> reap(process_id id) {
    const windows::child* which = windows::find_child(id);
    if (which == nullptr || !windows::has_ended(*which)) return nullopt;
    process_end end = windows::end_of(which->process);
    windows::end_survivors(*which, end);
    windows::forget_child(id);
    return end;
}

optional<process_end> reap_only(process_id id) { return reap(id); }

process_end wait_for_end(process_id id) {
    const windows::child* which = windows::find_child(id);
    if (which == nullptr) return {};
    ::WaitForSingleObject(which->process, INFINITE);
    return *reap(id);
}

// Their jobs have ended them.
std::uint32_t end_orphans() { return 0; }

void leave_now(int code) {
    ::TerminateProcess(::GetCurrentProcess(), static_cast<UINT>(code));
    std::abort();  // not reached
}

// Functions are bound when the program is loaded.
std::string link_eagerly() { return {}; }
void forget_link_eagerly() {}

vector<std::string> environment() {
    vector<std::string> all;
    wchar_t* const block = ::GetEnvironmentStringsW();
    for (const wchar_t* each = block; each != nullptr && *each != L'\0'; each += std::wcslen(each) + 1) {
        if (*each != L'=') all.push_back(windows::narrow(each));  // the system keeps the folders of drives so
    }
    ::FreeEnvironmentStringsW(block);
    return all;
}

// The C library has a copy, which getenv() reads. An empty value would remove the variable from both.
void set_environment(const std::string& name, const std::string& value) {
    const std::wstring key = windows::wide(name);
    ::_wputenv((key + L"=" + windows::wide(value)).c_str());
    if (value.empty()) ::SetEnvironmentVariableW(key.c_str(), L"");
}
void unset_environment(const std::string& name) { ::_wputenv((windows::wide(name) + L"=").c_str()); }
bool put_environment(char* assignment) {
    ::_wputenv(windows::wide(assignment).c_str());
    return false;
}

void pause_briefly() { ::Sleep(1); }

// The C library has no buffering by lines, and would add a carriage return to each.
void print_line_by_line() {
    std::setvbuf(stdout, nullptr, _IONBF, 0);
    ::_setmode(1, _O_BINARY);
    ::_setmode(2, _O_BINARY);
}

void flush_standard_streams() {
    std::fflush(stdout);
    std::fflush(stderr);
}

void break_into_debugger() { ::DebugBreak(); }
void allow_debuggers() {}
bool under_debugger() { return ::IsDebuggerPresent() != 0; }

// A program cannot be replaced: this one waits for the other, and ends with its code.
error execute_program(const vector<std::string>& arguments) {
    std::wstring line = windows::command_line_of(arguments);
    STARTUPINFOW start{};
    start.cb = sizeof start;
    PROCESS_INFORMATION made{};
    if (::CreateProcessW(nullptr, &line[0], nullptr, nullptr, TRUE, 0, nullptr, nullptr, &start, &made) == 0)
        return last_error("start", arguments.front());
    ::SetConsoleCtrlHandler(nullptr, TRUE);  // Ctrl-C is the other one's
    ::WaitForSingleObject(made.hProcess, INFINITE);
    DWORD code = 1;
    ::GetExitCodeProcess(made.hProcess, &code);
    leave_now(windows::as_code(code));
}

bool reports_undefined_behaviour() { return false; }
std::uint32_t thread_count() { return 0; }
std::uint64_t resident_unit() { return 1; }
bool call_at_exit(void (*last)()) { return std::atexit(last) == 0; }

std::string readable_name(const std::type_info& type) {
#if __has_include(<cxxabi.h>)
    int failed = 0;
    char* readable = abi::__cxa_demangle(type.name(), nullptr, nullptr, &failed);
    const std::string name = failed == 0 ? readable : type.name();
    std::free(readable);
#else
    const std::string name = type.name();  // "class std::runtime_error"
#endif
    const std::size_t word = name.rfind("class ", 0) == 0 ? 6 : name.rfind("struct ", 0) == 0 ? 7 : 0;
    const bool is_string = name.rfind("std::", word) == word && name.find("basic_string<char,") != std::string::npos &&
                           name.find("std::allocator<char>", word) != std::string::npos && name.back() == '>';
    return is_string ? "std::string" : name.substr(word);
}

std::string current_exception_type() {
#if __has_include(<cxxabi.h>)
    const std::type_info* type = abi::__cxa_current_exception_type();
    return type == nullptr ? std::string() : readable_name(*type);
#else
    return {};
#endif
}

// ---- lineage ----

// The job of a test ends with its worker, and the job of a worker with the supervisor.
bool can_die_with_parent() { return true; }
void die_with_parent(process_id) {}
void adopt_orphans() {}
void execute_self(char**, char**) {}
void name_process_after_program() {}

namespace windows {

std::string& self_name() {
    static auto* only = new std::string;  // never destroyed
    return *only;
}

}  // namespace windows

status find_self_file(const char*) {
    const vector<std::string>& all = own_arguments();
    windows::self_name() = all.empty() ? std::string() : windows::neutral_path(windows::wide(all.front()));
    return ok();
}

bool can_wrap() { return false; }
std::string own_file() { return windows::neutral_path(windows::own_file()); }
process_id parent_of(process_id) { return 0; }
const std::string& self_path() { return windows::self_name(); }

}  // namespace cordon::engine::os
