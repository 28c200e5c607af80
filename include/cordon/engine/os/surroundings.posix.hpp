#pragma once

#include <cordon/engine/os/lineage.hpp>
#include <cordon/engine/os/machine.posix.hpp>
#include <cordon/engine/os/surroundings.hpp>

#include <errno.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace cordon::engine::os {

status be_nice(std::uint32_t niceness) {
    if (::setpriority(PRIO_PROCESS, 0, static_cast<int>(niceness)) == 0) return ok();
    return last_error("lower the priority");
}

status limit_open_files(std::uint32_t count) {
    struct rlimit limit {};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return last_error("read the limit of open files");
    limit.rlim_cur = count;
    if (::setrlimit(RLIMIT_NOFILE, &limit) == 0) return ok();
    return last_error("limit open files");
}

status change_folder(const std::string& path) {
    if (::chdir(path.c_str()) == 0) return ok();
    return last_error("change to the folder", path);
}

namespace surroundings_posix {

int resource_of(limit what) {
    // memory, cpu, files, file_size, stack, core, processes
    const int resources[] = {memory_resource(), RLIMIT_CPU,  RLIMIT_NOFILE, RLIMIT_FSIZE,
                             RLIMIT_STACK,      RLIMIT_CORE, RLIMIT_NPROC};
    return resources[static_cast<std::size_t>(what)];
}

}  // namespace surroundings_posix

result<std::uint64_t> limit_now(limit what) {
    struct rlimit now {};
    if (::getrlimit(surroundings_posix::resource_of(what), &now) != 0) return last_error("read a limit");
    return std::uint64_t{now.rlim_cur};
}

status change_limit(limit what, std::uint64_t value) {
    const int resource = surroundings_posix::resource_of(what);
    struct rlimit wanted {};
    if (::getrlimit(resource, &wanted) != 0) return last_error("read a limit");
    wanted.rlim_cur = static_cast<rlim_t>(value);
    if (::setrlimit(resource, &wanted) == 0) return ok();
    const std::string most = std::to_string(std::uint64_t{wanted.rlim_max});
    return last_error("set a limit", "to " + std::to_string(value) + " (the system allows " + most + ")");
}

std::uint64_t used_cpu_seconds() {
    const resource_usage usage = own_usage();
    return static_cast<std::uint64_t>(((usage.user + usage.system).count() + 999'999'999) / 1'000'000'000);
}

void set_file_mask(std::uint32_t mask) { ::umask(static_cast<mode_t>(mask)); }

void stop_group(process_id leader) { ::kill(-static_cast<pid_t>(leader), SIGSTOP); }
void continue_group(process_id leader) { ::kill(-static_cast<pid_t>(leader), SIGCONT); }

namespace surroundings_posix {

[[noreturn]] void keep_busy(process_id parent) {
    die_with_parent(parent);
    volatile unsigned long work = 0;
    while (true) {
        for (int i = 0; i < 10'000'000; ++i)
            work = work + 1;
        if (!can_die_with_parent() && ::getppid() != static_cast<pid_t>(parent)) ::_exit(0);
    }
}

}  // namespace surroundings_posix

busy_processes::busy_processes(std::uint32_t count) {
    const process_id self = own_process_id();
    for (std::uint32_t i = 0; i < count; ++i) {
        const result<process_id> made = fork_process();
        if (!made) return;
        if (made.value() == 0) surroundings_posix::keep_busy(self);
        running_.push_back(made.value());
    }
}

busy_processes::~busy_processes() {
    for (const process_id each : running_)
        kill_process(each);
    for (const process_id each : running_)
        wait_for_end(each);
}

}  // namespace cordon::engine::os
