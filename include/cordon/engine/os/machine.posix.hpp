#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/os/machine.hpp>
#include <cordon/engine/os/process.hpp>

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

CORDON_CHEAP_BEGIN

namespace cordon::engine::os {

/// What setrlimit() limits for `memory_limit`: the address space, or what comes next to it.
int memory_resource();

std::string system_name() {
    struct utsname about {};
    if (::uname(&about) != 0) return "unknown";
    std::string name = about.sysname;
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return name;
}

std::string architecture() {
    struct utsname about {};
    return ::uname(&about) == 0 ? about.machine : "unknown";
}

std::string host_name() {
    struct utsname about {};
    if (::uname(&about) != 0) return {};
    const std::string name = about.nodename;
    return name.substr(0, name.find('.'));
}

std::string wall_clock_utc() {
    struct timeval moment {};
    ::gettimeofday(&moment, nullptr);
    struct tm parts {};
    ::gmtime_r(&moment.tv_sec, &parts);
    char text[40];
    const std::size_t length = ::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
    std::snprintf(text + length, sizeof text - length, ".%03dZ", static_cast<int>(moment.tv_usec / 1000));
    return text;
}

std::uint64_t entropy() {
    if (std::uint64_t drawn = 0; draw_random(drawn)) return drawn;
    struct timespec moment {};
    ::clock_gettime(CLOCK_REALTIME, &moment);
    auto state = static_cast<std::uint64_t>(moment.tv_nsec) ^ (static_cast<std::uint64_t>(moment.tv_sec) << 30) ^
                 (static_cast<std::uint64_t>(::getpid()) << 48);
    state ^= reinterpret_cast<std::uintptr_t>(&moment);  // address randomization
    state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9u;
    state = (state ^ (state >> 27)) * 0x94D049BB133111EBu;
    return state ^ (state >> 31);
}

void limit_memory(std::uint64_t bytes) {
    static struct rlimit before {};
    static const bool known = ::getrlimit(memory_resource(), &before) == 0;
    if (!known) return;
    struct rlimit limit = before;
    if (bytes != 0) limit.rlim_cur = static_cast<rlim_t>(std::min<std::uint64_t>(limit.rlim_cur, bytes));
    ::setrlimit(memory_resource(), &limit);
}

namespace machine_posix {

std::string file_identity(const char* path) {
    struct stat about {};
    if (::stat(path, &about) != 0) return "unknown";
    char text[64];
    std::snprintf(text, sizeof text, "file-%llx-%llx", static_cast<unsigned long long>(about.st_size),
                  static_cast<unsigned long long>(about.st_mtime));
    return text;
}

}  // namespace machine_posix

}  // namespace cordon::engine::os

CORDON_CHEAP_END
