#pragma once

#include <cordon/engine/os/branch.hpp>
#include <cordon/engine/os/descriptor.posix.hpp>
#include <cordon/engine/os/process.posix.hpp>

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>

namespace cordon::engine::os {

namespace branch_posix {

struct sigaction children_before {};

sigset_t child_signal() {
    sigset_t only;
    sigemptyset(&only);
    sigaddset(&only, SIGCHLD);
    return only;
}

/// The state of a child that has ended, or of one that was reaped by somebody else.
optional<process_end> end_of(pid_t child, int options) {
    int state = 0;
    pid_t got = 0;
    do {
        got = ::waitpid(child, &state, options);
    } while (got < 0 && errno == EINTR);
    if (got == 0) return nullopt;
    process_end end;
    end.code = -1;
    if (got == child) end = process_posix::describe_end(state, {});
    return end;
}

}  // namespace branch_posix

bool hold_back_child_signal() {
    const sigset_t only = branch_posix::child_signal();
    sigset_t before;
    return ::pthread_sigmask(SIG_BLOCK, &only, &before) == 0 && sigismember(&before, SIGCHLD) == 0;
}

void let_in_child_signal() {
    const sigset_t only = branch_posix::child_signal();
    ::pthread_sigmask(SIG_UNBLOCK, &only, nullptr);
}

bool keep_children() {
    struct sigaction now {};
    if (::sigaction(SIGCHLD, nullptr, &now) != 0) return false;
    if (now.sa_handler != SIG_IGN && (now.sa_flags & SA_NOCLDWAIT) == 0) return false;
    branch_posix::children_before = now;
    struct sigaction standard {};
    return ::sigaction(SIGCHLD, &standard, nullptr) == 0;
}

void forget_children() { ::sigaction(SIGCHLD, &branch_posix::children_before, nullptr); }

bool is_in_group(process_id process, process_id leader) {
    return ::getpgid(static_cast<pid_t>(process)) == static_cast<pid_t>(leader);
}

void drop_output() { ::lseek(1, 0, SEEK_SET); }

std::string written_text(const descriptor& file, std::size_t most) {
    const off_t end = ::lseek(file.native(), 0, SEEK_CUR);
    std::string text(end > 0 ? std::min(static_cast<std::size_t>(end), most) : 0, '\0');
    std::size_t got = 0;
    while (got < text.size()) {
        const ssize_t more = ::pread(file.native(), &text[got], text.size() - got, static_cast<off_t>(got));
        if (more <= 0) break;
        got += static_cast<std::size_t>(more);
    }
    text.resize(got);
    return text;
}

void forbid_core_file() {
    struct rlimit limit {};
    if (::getrlimit(RLIMIT_CORE, &limit) != 0 || limit.rlim_cur == 0) return;
    limit.rlim_cur = 0;
    ::setrlimit(RLIMIT_CORE, &limit);
}

}  // namespace cordon::engine::os
