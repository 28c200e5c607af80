#pragma once

#include <cordon/engine/base/hash.hpp>
#include <cordon/engine/os/files.windows.hpp>
#include <cordon/engine/os/own_state.hpp>
#include <cordon/engine/os/process.windows.hpp>

#include <io.h>
#include <locale.h>
#include <stdlib.h>

#include <algorithm>
#include <string>
#include <string_view>

namespace cordon::engine::os {

namespace windows {

constexpr int first_file = 3;
constexpr int end_of_quick = 64;
constexpr int end_of_thorough = 512;

/// The C library ends a program that asks for a file that is not open, unless it is told not to.
class tolerant_library {
  public:
    tolerant_library() : before_(::_set_invalid_parameter_handler(ignore)) {}
    ~tolerant_library() { ::_set_invalid_parameter_handler(before_); }
    tolerant_library(const tolerant_library&) = delete;
    tolerant_library& operator=(const tolerant_library&) = delete;

  private:
    static void __cdecl ignore(const wchar_t*, const wchar_t*, const wchar_t*, unsigned, uintptr_t) {}

    _invalid_parameter_handler before_;
};

/// The open files of the C library, which fopen() and open() use.
vector<int> open_files(int end) {
    const tolerant_library tolerant;
    vector<int> open;
    for (int each = first_file; each < end; ++each) {
        if (::_get_osfhandle(each) != -1) open.push_back(each);
    }
    return open;
}

std::string path_of_file(int number) {
    const HANDLE file = reinterpret_cast<HANDLE>(::_get_osfhandle(number));
    return neutral_path(
        filled([&](wchar_t* to, DWORD size) { return ::GetFinalPathNameByHandleW(file, to, size, 0); }));
}

struct remembered_state {
    attention how = attention::quick;
    bool is_set = false;
    vector<int> files;
    std::string folder;
    std::string locale;
    vector<std::string> environment;
};

remembered_state& remembered() {
    static auto* only = new remembered_state;  // never destroyed
    return *only;
}

int last_file(const remembered_state& state) { return state.how == attention::quick ? end_of_quick : end_of_thorough; }

std::string current_locale() {
    const char* name = ::setlocale(LC_ALL, nullptr);
    return name != nullptr ? name : "";
}

std::uint64_t print_of(const vector<std::string>& environment) {
    std::uint64_t print = 0;
    for (const std::string& each : environment)
        print = fast_hash(each, print);
    return print;
}

bool has_new_files(const remembered_state& before) {
    const vector<int> now = open_files(last_file(before));
    return std::any_of(now.begin(), now.end(), [&](int each) {
        return std::find(before.files.begin(), before.files.end(), each) == before.files.end();
    });
}

void describe_files(const remembered_state& before, vector<leftover>& to) {
    for (const int each : open_files(last_file(before))) {
        if (std::find(before.files.begin(), before.files.end(), each) != before.files.end()) continue;
        const std::string path = path_of_file(each);
        to.push_back({leftover_kind::descriptor, std::to_string(each) + (path.empty() ? "" : " (" + path + ")")});
        if (to.size() > leftovers::most_kept) return;
    }
}

std::string_view variable_name(std::string_view assignment) { return assignment.substr(0, assignment.find('=')); }
bool is_own_variable(std::string_view name) { return name == "TEST_TMPDIR" || name.rfind("CORDON_", 0) == 0; }

const std::string* find_variable(const vector<std::string>& among, std::string_view name) {
    for (const std::string& each : among) {
        if (variable_name(each) == name) return &each;
    }
    return nullptr;
}

void describe_environment(const vector<std::string>& before, vector<leftover>& to) {
    const vector<std::string> now = environment();
    const auto add = [&](std::string_view name, const char* how) {
        if (!is_own_variable(name)) to.push_back({leftover_kind::environment, std::string(name) + how});
    };
    for (const std::string& each : now) {
        const std::string* known = find_variable(before, variable_name(each));
        if (known == nullptr) {
            add(variable_name(each), " was set");
        } else if (*known != each) {
            add(variable_name(each), " was changed");
        }
    }
    for (const std::string& each : before) {
        if (find_variable(now, variable_name(each)) == nullptr) add(variable_name(each), " was taken out");
    }
}

constexpr std::uint32_t bit(leftover_kind kind) { return 1u << static_cast<unsigned>(kind); }

}  // namespace windows

void remember_state(attention how) {
    windows::remembered().how = how;
    windows::remembered().is_set = true;
    remember_state_again();
}

void remember_state_again() {
    windows::remembered_state& state = windows::remembered();
    state.files = windows::open_files(windows::last_file(state));
    state.folder = current_folder();
    state.locale = windows::current_locale();
    state.environment = environment();
}

optional<attention> remembered_attention() {
    const windows::remembered_state& state = windows::remembered();
    return state.is_set ? optional<attention>(state.how) : nullopt;
}

state_mark mark_state() { return {windows::print_of(environment())}; }

std::uint32_t changed_memory(const state_mark& since) {
    std::uint32_t kinds = 0;
    if (windows::current_locale() != windows::remembered().locale) kinds |= windows::bit(leftover_kind::locale);
    if (windows::print_of(environment()) != since.environment) kinds |= windows::bit(leftover_kind::environment);
    return kinds;
}

std::uint32_t changed_state(const state_mark& since) {
    using windows::bit;
    const windows::remembered_state& before = windows::remembered();
    std::uint32_t kinds = changed_memory(since);
    if (windows::has_new_files(before)) kinds |= bit(leftover_kind::descriptor);
    if (current_folder() != before.folder) kinds |= bit(leftover_kind::working_folder);
    return kinds;
}

void describe_changes(std::uint32_t kinds, vector<leftover>& to) {
    const windows::remembered_state& before = windows::remembered();
    const auto has = [kinds](leftover_kind kind) { return (kinds & windows::bit(kind)) != 0; };
    if (has(leftover_kind::descriptor)) windows::describe_files(before, to);
    if (has(leftover_kind::working_folder))
        to.push_back({leftover_kind::working_folder, current_folder() + " (was " + before.folder + ")"});
    if (has(leftover_kind::locale))
        to.push_back({leftover_kind::locale, windows::current_locale() + " (was " + before.locale + ")"});
    if (has(leftover_kind::environment)) windows::describe_environment(before.environment, to);
}

// The system starts threads of its own at any time.
bool can_see_threads() { return false; }

// The job of this process holds all descendants, and itself.
void end_children(vector<leftover>& to, bool) {
    constexpr DWORD patience = 1000;
    static const HANDLE job =
        ::OpenJobObjectW(JOB_OBJECT_QUERY, FALSE, windows::job_name(::GetCurrentProcessId()).c_str());
    windows::job_members members{};
    if (job == nullptr) return;
    ::QueryInformationJobObject(job, JobObjectBasicProcessIdList, &members, sizeof members, nullptr);
    for (DWORD i = 0; i < members.listed && i < windows::most_listed; ++i) {
        const auto id = static_cast<DWORD>(members.ids[i]);
        const HANDLE process =
            id == ::GetCurrentProcessId() ? nullptr : ::OpenProcess(PROCESS_TERMINATE | SYNCHRONIZE, FALSE, id);
        if (process == nullptr) continue;
        std::string image = windows::image_of(id);
        if (::TerminateProcess(process, static_cast<UINT>(windows::ended_by_cordon)) != 0) {
            ::WaitForSingleObject(process, patience);
            to.push_back({leftover_kind::process, std::move(image)});
        }
        ::CloseHandle(process);
    }
}

}  // namespace cordon::engine::os
