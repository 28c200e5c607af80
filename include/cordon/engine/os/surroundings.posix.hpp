#pragma once

#include <cordon/engine/os/lineage.hpp>
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
