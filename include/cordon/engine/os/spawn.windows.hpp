#pragma once

#include <cordon/engine/os/command_line.windows.hpp>
#include <cordon/engine/os/process.windows.hpp>

#include <string>

namespace cordon::engine::os {

namespace windows {

/// The standard streams of a new process, and the list of all that it inherits.
class inheritance {
  public:
    explicit inheritance(const spawn_request& request) {
        for (const native_handle each : request.inherited)
            add(as_handle(each));
        input = request.empty_input ? open_nothing() : ::GetStdHandle(STD_INPUT_HANDLE);
        output = request.output != no_handle ? as_handle(request.output) : ::GetStdHandle(STD_OUTPUT_HANDLE);
        errors = request.errors != no_handle ? as_handle(request.errors) : ::GetStdHandle(STD_ERROR_HANDLE);
        for (const HANDLE each : {input, output, errors})
            add(each);
    }
    ~inheritance() {
        for (const changed& each : changed_)
            ::SetHandleInformation(each.handle, HANDLE_FLAG_INHERIT, each.flags & HANDLE_FLAG_INHERIT);
    }
    inheritance(const inheritance&) = delete;
    inheritance& operator=(const inheritance&) = delete;

    HANDLE input = nullptr;
    HANDLE output = nullptr;
    HANDLE errors = nullptr;
    vector<HANDLE> all;

  private:
    struct changed {
        HANDLE handle;
        DWORD flags;
    };

    static HANDLE open_nothing() {
        static const HANDLE nothing =
            ::CreateFileW(L"NUL", GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, nullptr, OPEN_EXISTING, 0, nullptr);
        return nothing;
    }

    // The system refuses a list that contains a handle twice, or an invalid one.
    void add(HANDLE handle) {
        DWORD flags = 0;
        if (handle == nullptr || handle == INVALID_HANDLE_VALUE || ::GetHandleInformation(handle, &flags) == 0) return;
        for (const HANDLE each : all) {
            if (each == handle) return;
        }
        if (::SetHandleInformation(handle, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT) == 0) return;
        changed_.push_back({handle, flags});
        all.push_back(handle);
    }

    vector<changed> changed_;
};

/// Ends with this process, and holds all descendants of the other one, which finds it by its name.
HANDLE make_job(DWORD process) {
    const HANDLE job = ::CreateJobObjectW(nullptr, job_name(process).c_str());
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits{};
    limits.BasicLimitInformation.LimitFlags =
        JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE | JOB_OBJECT_LIMIT_DIE_ON_UNHANDLED_EXCEPTION;
    ::SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limits, sizeof limits);
    return job;
}

result<PROCESS_INFORMATION> create_suspended(const spawn_request& request) {
    inheritance handles(request);
    SIZE_T size = 0;
    ::InitializeProcThreadAttributeList(nullptr, 1, 0, &size);
    std::string room(size, '\0');
    auto* const list = reinterpret_cast<LPPROC_THREAD_ATTRIBUTE_LIST>(&room[0]);
    if (::InitializeProcThreadAttributeList(list, 1, 0, &size) == 0) return last_error("start a process");
    ::UpdateProcThreadAttribute(list, 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST, handles.all.data(),
                                handles.all.size() * sizeof(HANDLE), nullptr, nullptr);
    STARTUPINFOEXW start{};
    start.StartupInfo.cb = sizeof start;
    start.StartupInfo.dwFlags = STARTF_USESTDHANDLES;
    start.StartupInfo.hStdInput = handles.input;
    start.StartupInfo.hStdOutput = handles.output;
    start.StartupInfo.hStdError = handles.errors;
    start.lpAttributeList = list;
    const std::wstring program = request.program.empty() ? own_file() : wide_path(request.program);
    std::wstring line = command_line_of(request.arguments);
    std::wstring variables = environment_block(request.environment);
    const DWORD flags = EXTENDED_STARTUPINFO_PRESENT | CREATE_UNICODE_ENVIRONMENT | CREATE_SUSPENDED |
                        (request.new_group || request.new_session ? CREATE_NEW_PROCESS_GROUP : 0u);
    PROCESS_INFORMATION made{};
    const BOOL started = ::CreateProcessW(program.c_str(), &line[0], nullptr, nullptr, TRUE, flags, &variables[0],
                                          nullptr, &start.StartupInfo, &made);
    const error failure = last_error("start a process", narrow(program));
    ::DeleteProcThreadAttributeList(list);
    if (started == 0) return failure;
    return made;
}

}  // namespace windows

result<process_id> spawn_self(const spawn_request& request) {
    const result<PROCESS_INFORMATION> created = windows::create_suspended(request);
    if (!created) return created.failure();
    const PROCESS_INFORMATION& made = created.value();
    windows::child added;
    added.id = static_cast<process_id>(made.dwProcessId);
    added.process = made.hProcess;
    added.job = windows::make_job(made.dwProcessId);
    if (::AssignProcessToJobObject(added.job, made.hProcess) == 0) {
        const error failure = last_error("put a process into a job");
        ::TerminateProcess(made.hProcess, 1);
        ::CloseHandle(added.job);
        ::CloseHandle(made.hThread);
        ::CloseHandle(made.hProcess);
        return failure;
    }
    ::RegisterWaitForSingleObject(&added.wait, made.hProcess, windows::on_child_end, nullptr, INFINITE,
                                  WT_EXECUTEONLYONCE);
    ::ResumeThread(made.hThread);
    ::CloseHandle(made.hThread);
    windows::children().push_back(added);
    return added.id;
}

}  // namespace cordon::engine::os
