#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/lasting.hpp>
#include <cordon/engine/os/direct_call.linux.hpp>
#include <cordon/engine/os/machine.posix.hpp>

#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

CORDON_CHEAP_BEGIN

namespace cordon::engine::os {

namespace machine_linux {

bool& few_clock_reads = *make_lasting<bool>();

}  // namespace machine_linux

CORDON_HOT void expect_few_clock_reads() { machine_linux::few_clock_reads = true; }

// CLOCK_MONOTONIC is what std::chrono::steady_clock is here. The library's way to it needs no call into the system, but
// leads through two pages more: that is worth it from some ten reads on.
CORDON_HOT instant steady_now() {
    struct timespec time {};
    if (machine_linux::few_clock_reads) {
        direct::monotonic_time(time);
    } else {
        ::clock_gettime(CLOCK_MONOTONIC, &time);
    }
    return instant(std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec));
}

bool draw_random(std::uint64_t& bits) {
    constexpr unsigned at_once = 1;  // GRND_NONBLOCK
    return ::syscall(SYS_getrandom, &bits, sizeof bits, at_once) == static_cast<long>(sizeof bits);
}

namespace machine_linux {

std::string first_line(const std::string& path) {
    FILE* file = ::fopen(path.c_str(), "re");
    if (file == nullptr) return {};
    char line[512] = {};
    const bool got = ::fgets(line, sizeof line, file) != nullptr;
    ::fclose(file);
    return got ? line : "";
}

// The group's path below the hierarchy of `controller` ("" is version 2).
std::string group_of(const char* controller) {
    FILE* file = ::fopen("/proc/self/cgroup", "re");
    if (file == nullptr) return {};
    std::string found;
    char line[1024];
    while (::fgets(line, sizeof line, file) != nullptr) {
        char* names = ::strchr(line, ':');
        char* path = names != nullptr ? ::strchr(names + 1, ':') : nullptr;
        if (path == nullptr) continue;
        *path = '\0';
        path[::strcspn(path + 1, "\n") + 1] = '\0';
        const std::string padded = "," + std::string(names + 1) + ",";
        if (padded == std::string(",") + controller + "," ||
            (*controller != '\0' && padded.find(std::string(",") + controller + ",") != std::string::npos))
            found = path + 1;
    }
    ::fclose(file);
    return found;
}

double quota_v2(const std::string& folder) {
    const std::string line = first_line(folder + "/cpu.max");
    double quota = 0;
    double period = 0;
    return ::sscanf(line.c_str(), "%lf %lf", &quota, &period) == 2 && period > 0 ? quota / period : 0;
}

double quota_v1(const std::string& folder) {
    const double quota = ::atof(first_line(folder + "/cpu.cfs_quota_us").c_str());
    const double period = ::atof(first_line(folder + "/cpu.cfs_period_us").c_str());
    return quota > 0 && period > 0 ? quota / period : 0;
}

// The smallest quota from the group up to the root: an outer quota applies too.
double smallest_quota(const std::string& root, std::string group, double (*read)(const std::string&)) {
    double smallest = 0;
    while (true) {
        const double quota = read(root + group);
        if (quota > 0 && (smallest == 0 || quota < smallest)) smallest = quota;
        if (group.empty() || group == "/") return smallest;
        group.erase(group.rfind('/'));
    }
}

int take_build_id(struct dl_phdr_info* info, size_t, void* to) {
    auto& text = *static_cast<std::string*>(to);
    for (int i = 0; i < info->dlpi_phnum; ++i) {
        const auto& segment = info->dlpi_phdr[i];
        if (segment.p_type != PT_NOTE) continue;
        const char* at = reinterpret_cast<const char*>(info->dlpi_addr + segment.p_vaddr);
        const char* end = at + segment.p_memsz;
        while (at + sizeof(ElfW(Nhdr)) <= end) {
            ElfW(Nhdr) note;
            ::memcpy(&note, at, sizeof note);
            const char* name = at + sizeof note;
            const char* body = name + ((note.n_namesz + 3u) & ~3u);
            if (note.n_type == NT_GNU_BUILD_ID && note.n_namesz == 4 && ::memcmp(name, "GNU", 4) == 0) {
                char hex[3];
                for (unsigned byte = 0; byte < note.n_descsz; ++byte) {
                    ::snprintf(hex, sizeof hex, "%02x", static_cast<unsigned char>(body[byte]));
                    text += hex;
                }
                return 1;
            }
            at = body + ((note.n_descsz + 3u) & ~3u);
        }
    }
    return 1;  // the first object is the program itself; libraries do not matter
}

}  // namespace machine_linux

std::uint32_t usable_processors() {
    using namespace machine_linux;
    cpu_set_t allowed;
    CPU_ZERO(&allowed);
    double count = ::sched_getaffinity(0, sizeof allowed, &allowed) == 0
                       ? CPU_COUNT(&allowed)
                       : static_cast<double>(::sysconf(_SC_NPROCESSORS_ONLN));
    const double quotas[] = {smallest_quota("/sys/fs/cgroup", group_of(""), quota_v2),
                             smallest_quota("/sys/fs/cgroup/cpu", group_of("cpu"), quota_v1)};
    for (const double quota : quotas) {
        if (quota > 0) count = std::min(count, quota + 0.5);  // half a processor is worth a worker
    }
    return static_cast<std::uint32_t>(std::max(1.0, count));
}

namespace machine_linux {

duration time_of(const struct timeval& time) {
    return std::chrono::seconds(time.tv_sec) + std::chrono::microseconds(time.tv_usec);
}

duration used_by(int whom) {
    struct rusage used {};
    return ::getrusage(whom, &used) == 0 ? time_of(used.ru_utime) + time_of(used.ru_stime) : duration{0};
}

}  // namespace machine_linux

// Time that a virtual machine was denied ("steal") counts as used by others.
optional<processor_times> read_processor_times() {
    using namespace machine_linux;
    unsigned long long user = 0, nice = 0, system = 0, idle = 0, waiting = 0, interrupts = 0, soft = 0, stolen = 0;
    const std::string line = first_line("/proc/stat");
    if (::sscanf(line.c_str(), "cpu %llu %llu %llu %llu %llu %llu %llu %llu", &user, &nice, &system, &idle, &waiting,
                 &interrupts, &soft, &stolen) < 4 ||
        user + system + idle == 0)
        return nullopt;
    const duration tick = duration(std::chrono::seconds(1)) / std::max(1L, ::sysconf(_SC_CLK_TCK));
    const auto ticks = [tick](unsigned long long count) { return tick * static_cast<std::int64_t>(count); };
    processor_times times;
    times.busy = ticks(user + nice + system + interrupts + soft + stolen);
    times.idle = ticks(idle + waiting);
    times.own = used_by(RUSAGE_SELF) + used_by(RUSAGE_CHILDREN);
    return times;
}

std::uint64_t used_address_space() {
    char text[64];
    const int file = ::open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    if (file < 0) return 0;
    const ssize_t size = ::read(file, text, sizeof text - 1);
    ::close(file);
    text[size > 0 ? size : 0] = '\0';
    return ::strtoull(text, nullptr, 10) * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

std::string linked_build_id() {
    std::string text;
    ::dl_iterate_phdr(machine_linux::take_build_id, &text);
    return text;
}

std::string build_id() {
    std::string text = linked_build_id();
    return text.empty() ? machine_posix::file_identity("/proc/self/exe") : text;
}

}  // namespace cordon::engine::os

CORDON_CHEAP_END
