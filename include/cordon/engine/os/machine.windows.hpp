#pragma once

#include <cordon/engine/os/machine.hpp>
#include <cordon/engine/os/process.windows.hpp>

#include <algorithm>
#include <cstdio>
#include <string>

namespace cordon::engine::os {

std::uint32_t usable_processors() {
    DWORD_PTR mine = 0, all = 0;
    std::uint32_t count = 0;
    if (::GetProcessAffinityMask(::GetCurrentProcess(), &mine, &all) != 0) {
        for (; mine != 0; mine &= mine - 1)
            ++count;
    }
    return std::max<std::uint32_t>(1, count);
}

optional<processor_times> read_processor_times() { return nullopt; }

std::string system_name() { return "windows"; }

std::string architecture() {
    SYSTEM_INFO about{};
    ::GetNativeSystemInfo(&about);
    constexpr WORD amd64 = 9, arm64 = 12, intel = 0;
    if (about.wProcessorArchitecture == amd64) return "x86_64";
    if (about.wProcessorArchitecture == arm64) return "aarch64";
    return about.wProcessorArchitecture == intel ? "i686" : "unknown";
}

isolate default_isolation() { return isolate::exec; }

std::string wall_clock_utc() {
    SYSTEMTIME now{};
    ::GetSystemTime(&now);
    char text[64];
    std::snprintf(text, sizeof text, "%04u-%02u-%02uT%02u:%02u:%02u.%03uZ", unsigned{now.wYear}, unsigned{now.wMonth},
                  unsigned{now.wDay}, unsigned{now.wHour}, unsigned{now.wMinute}, unsigned{now.wSecond},
                  unsigned{now.wMilliseconds});
    return text;
}

instant steady_now() { return now(); }
void expect_few_clock_reads() {}

bool draw_random(std::uint64_t& bits) {
    using function = BOOLEAN(APIENTRY*)(PVOID, ULONG);
    static const auto generate = windows::function_of<function>(L"advapi32.dll", "SystemFunction036");  // RtlGenRandom
    return generate != nullptr && generate(&bits, sizeof bits) != 0;
}

std::uint64_t entropy() {
    if (std::uint64_t drawn = 0; draw_random(drawn)) return drawn;
    LARGE_INTEGER moment{};
    ::QueryPerformanceCounter(&moment);
    auto state = static_cast<std::uint64_t>(moment.QuadPart) ^ std::uint64_t{::GetCurrentProcessId()} << 48;
    state ^= reinterpret_cast<std::uintptr_t>(&moment);  // address randomization
    state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9u;
    state = (state ^ (state >> 27)) * 0x94D049BB133111EBu;
    return state ^ (state >> 31);
}

// The limit of a job inside the test's own. It counts committed memory of each process, which is what an allocation
// asks for.
void limit_memory(std::uint64_t bytes) {
    static HANDLE job = nullptr;
    if (job == nullptr) {
        if (bytes == 0) return;
        job = ::CreateJobObjectW(nullptr, nullptr);
        ::AssignProcessToJobObject(job, ::GetCurrentProcess());
    }
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits{};
    if (bytes != 0) {
        limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_PROCESS_MEMORY;
        limits.ProcessMemoryLimit = static_cast<SIZE_T>(std::min<std::uint64_t>(bytes, SIZE_MAX));
    }
    ::SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limits, sizeof limits);
}

std::uint64_t used_address_space() { return windows::memory_of(::GetCurrentProcess()).pagefile; }

std::string host_name() {
    char name[MAX_COMPUTERNAME_LENGTH + 1];
    DWORD size = sizeof name;
    return ::GetComputerNameA(name, &size) != 0 ? name : "";
}

std::string linked_build_id() { return {}; }

std::string build_id() {
    WIN32_FILE_ATTRIBUTE_DATA about{};
    if (::GetFileAttributesExW(windows::own_file().c_str(), GetFileExInfoStandard, &about) == 0) return "unknown";
    char text[80];
    std::snprintf(text, sizeof text, "file-%lx%08lx-%lx%08lx", about.nFileSizeHigh, about.nFileSizeLow,
                  about.ftLastWriteTime.dwHighDateTime, about.ftLastWriteTime.dwLowDateTime);
    return text;
}

const char* cache_below_home() { return "/AppData/Local"; }

}  // namespace cordon::engine::os
