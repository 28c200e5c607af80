#pragma once

#include <cordon/engine/os/family.linux.hpp>
#include <cordon/engine/os/process.posix.hpp>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <atomic>

namespace cordon::engine::os {

/// Shared with keeper and guard, which are older than some of the workers.
struct watched_workers {
    static constexpr std::size_t most_workers = 1024;  // workers in higher slots are not spared
    std::atomic<std::int32_t> ids[most_workers];

    bool has(pid_t process) const {
        for (const std::atomic<std::int32_t>& each : ids) {
            if (each.load(std::memory_order_relaxed) == process) return true;
        }
        return false;
    }
};

// The code of keeper and guard. They are forks of a process that may have had other threads, so they allocate nothing.
namespace guardian_linux {

using namespace family_linux;

// Two more processes are too many if only few are allowed.
bool is_crowded() {
    struct rlimit allowed {};
    return ::getrlimit(RLIMIT_NPROC, &allowed) == 0 && allowed.rlim_cur < 64;
}

void close_everything() {
#if defined(SYS_close_range)
    if (::syscall(SYS_close_range, 0, ~0U, 0) == 0) return;
#endif
    const long most = std::min(::sysconf(_SC_OPEN_MAX), 65'536L);
    for (int each = 0; each < most; ++each)
        ::close(each);
}

void sleep_for(long microseconds) {
    struct timespec pause {};
    pause.tv_sec = microseconds / 1'000'000;
    pause.tv_nsec = microseconds % 1'000'000 * 1'000;
    ::nanosleep(&pause, nullptr);
}

/// Kills the family of a process that has ended.
class sweep {
  public:
    sweep(family_mark mark, const watched_workers& family) : mark_(mark), family_(family) {}

    void run() {
        const instant began = now();
        long pause = 1'000;
        for (int quiet = 0, round = 1; quiet < enough && now() - began < give_up_after; ++round) {
            spares_workers_ = now() - began < time_to_leave;
            signal_strays(SIGKILL);
            if (hit_ != 0 && round % patient_rounds == 0) stop_strays();
            // A process that was listed and died a moment later may have made another one before.
            quiet = alive_ != 0 ? 0 : quiet + (fleeting_ == 0 ? enough / 2 : 1);
            pause = hit_ != 0 ? 100 : std::min(pause * 2, 20'000L);
            sleep_for(pause);
        }
    }

  private:
    static constexpr duration time_to_leave = std::chrono::seconds(10);
    static constexpr duration give_up_after = std::chrono::seconds(60);
    static constexpr int patient_rounds = 16;
    static constexpr int enough = 64;
    static constexpr int most_generations = 64;

    // The same as stop_all(): for processes that make others faster than they are killed.
    void stop_strays() {
        constexpr int most_rounds = 1'000;
        for (int quiet = 0, round = 0; quiet < 2 && round < most_rounds; ++round) {
            signal_strays(SIGSTOP);
            quiet = hit_ == 0 ? quiet + 1 : 0;
        }
        signal_strays(SIGKILL);
    }

    void signal_strays(int number) {
        hit_ = alive_ = fleeting_ = 0;
        const int folder = ::open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (folder < 0) return;
        char entries[4096];
        for (long size = 0; (size = ::syscall(SYS_getdents64, folder, entries, sizeof entries)) > 0;)
            look_at(entries, size, number);
        ::close(folder);
    }

    // The last ones first: in a chain of processes that fork and exit only the newest matters, and not for long.
    void look_at(const char* entries, long size, int number) {
        constexpr std::size_t name_at = 19;  // in struct linux_dirent64
        pid_t found[256];
        std::size_t count = 0;
        for (long at = 0; at < size && count < 256;) {
            std::uint16_t length = 0;
            ::memcpy(&length, entries + at + 16, sizeof length);
            const int process = ::atoi(entries + at + name_at);
            if (process > 1) found[count++] = process;
            at += length;
        }
        while (count-- > 0) {
            if (found[count] == ::getpid()) continue;
            const family_mark its = mark_of(found[count]);
            if (its == 0 && errno == ESRCH) ++fleeting_;
            if (its == mark_) look_at_member(found[count], number);
        }
    }

    void look_at_member(pid_t process, int number) {
        const state seen = state_of(process);
        if (seen.is_dead()) return void(++fleeting_);
        ++alive_;
        if (is_below_worker(process, seen) || (number == SIGSTOP && seen.is_stopped())) return;
        ++hit_;
        signal_if(process, number, [&] { return mark_of(process) == mark_; });
    }

    // A living worker kills its descendants and removes its folders. A stopped worker never will.
    bool is_below_worker(pid_t process, state seen) const {
        for (int generation = 0; spares_workers_ && generation < most_generations; ++generation) {
            if (family_.has(process)) return !seen.is_stopped();
            process = seen.parent;
            if (process <= 1 || mark_of(process) != mark_) return false;
            seen = state_of(process);
            if (seen.is_dead()) return false;
        }
        return false;
    }

    family_mark mark_;
    const watched_workers& family_;
    bool spares_workers_ = true;
    std::size_t hit_ = 0;    // of the last look: signalled
    std::size_t alive_ = 0;  // and all living ones
    std::size_t fleeting_ = 0;
};

// So that neither `ps` nor a user who kills processes by name takes it for the program.
void be_called_guard() {
    ::prctl(PR_SET_NAME, "cordon-guard");
    char text[1024] = {};
    const int file = ::open("/proc/self/stat", O_RDONLY | O_CLOEXEC);
    if (file < 0) return;
    const ssize_t size = ::read(file, text, sizeof text - 1);
    ::close(file);
    const char* after_name = size > 0 ? ::strrchr(text, ')') : nullptr;
    constexpr int fields_between = 45;  // from the state, number 3, to arg_start, number 48
    for (int i = 0; after_name != nullptr && i <= fields_between; ++i)
        after_name = ::strchr(after_name + 1, ' ');
    unsigned long long from = 0;
    unsigned long long to = 0;
    if (after_name == nullptr || ::sscanf(after_name, "%llu %llu", &from, &to) != 2 || from == 0 || to <= from) return;
    char* arguments = reinterpret_cast<char*>(static_cast<std::uintptr_t>(from));
    ::memset(arguments, 0, static_cast<std::size_t>(to - from));
    ::snprintf(arguments, static_cast<std::size_t>(to - from), "cordon-guard");
}

[[noreturn]] void be_guard(int watched, family_mark mark, const watched_workers& family) {
    struct pollfd until_gone = {watched, POLLIN, 0};
    while (::poll(&until_gone, 1, -1) < 0 && errno == EINTR) {
    }
    ::close(watched);
    sweep(mark, family).run();
    ::_exit(0);
}

void end_guard(pid_t guard) {
    if (guard <= 0) return;
    ::kill(guard, SIGKILL);
    ::waitpid(guard, nullptr, 0);
}

// Ends with its parent, or when it is asked to; then the guard ends too.
[[noreturn]] void be_keeper(pid_t parent, family_mark mark, const watched_workers& family) {
    sigset_t all;
    sigfillset(&all);
    ::sigprocmask(SIG_SETMASK, &all, nullptr);
    close_everything();
    ::setsid();
    if (::chdir("/") != 0) ::_exit(1);  // it must not keep a folder in use
    be_called_guard();
    bear_mark(mark);
    ::prctl(PR_SET_PDEATHSIG, SIGUSR1);
    const int watched = open_process(parent);
    constexpr long pause_between = 10'000;
    constexpr struct timespec second = {1, 0};
    for (pid_t guard = 0;;) {
        // The parent's death is a signal like any other. If there is no guard (yet), this process is the guard.
        if (::getppid() != parent) {
            if (guard <= 0) sweep(mark, family).run();
            ::_exit(0);
        }
        if (watched >= 0 && guard <= 0 && (guard = ::fork()) == 0) be_guard(watched, mark, family);
        const int number = ::sigtimedwait(&all, nullptr, &second);  // in vain if only a fork has failed
        if (number == SIGTERM) {
            end_guard(guard);
            ::_exit(0);
        }
        if (guard > 0 && ::waitpid(guard, nullptr, WNOHANG) == guard) guard = 0;
        if (guard <= 0 && ::getppid() == parent) sleep_for(pause_between);
    }
}

}  // namespace guardian_linux

guardian::~guardian() {
    end();
    if (workers_ != nullptr) ::munmap(workers_, sizeof(watched_workers));
}

void guardian::watch_over(family_mark mark) {
    mark_ = mark;
    if (mark == 0 || keeper_ != 0 || stands_down_ || guardian_linux::is_crowded()) return;
    if (workers_ == nullptr) {
        void* made =
            ::mmap(nullptr, sizeof(watched_workers), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (made == MAP_FAILED) return;
        workers_ = static_cast<watched_workers*>(made);  // zeros
    }
    const auto parent = static_cast<pid_t>(own_process_id());
    const result<process_id> made = fork_process();
    if (!made) return;
    if (made.value() == 0) guardian_linux::be_keeper(parent, mark, *workers_);
    keeper_ = made.value();
}

void guardian::note_worker(std::size_t slot, process_id worker) {
    if (workers_ != nullptr && slot < watched_workers::most_workers)
        workers_->ids[slot] = static_cast<std::int32_t>(worker);
}

void guardian::look() {
    if (keeper_ == 0 || !reap_only(keeper_)) return;
    keeper_ = 0;
    watch_over(mark_);
}

bool guardian::stand_down() {
    if (keeper_ == 0) return false;
    stands_down_ = true;
    end();
    return true;
}

void guardian::end() {
    if (keeper_ == 0) return;
    ask_to_end(keeper_);
    ::kill(static_cast<pid_t>(keeper_), SIGCONT);  // a stopped process does not react
    constexpr int patience = 400'000;              // each about 50 microseconds
    for (int round = 0; !reap_only(keeper_); ++round) {
        // On a busy machine a reaction takes time. If the keeper is killed before it has ended the guard, the guard
        // runs for some more milliseconds.
        if (round == patience / 2) kill_process(keeper_);
        if (round == patience) break;
        pause_briefly();
    }
    keeper_ = 0;
}

}  // namespace cordon::engine::os
