#pragma once

#include <cordon/engine/os/rewind_kernel.linux.hpp>

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/uio.h>
#include <sys/wait.h>

// The origin: a copy of the process as it was, asleep. It shares all pages with the process until one of them is
// written, so much memory is remembered at the price of a fork, and only what is needed is copied. A test cannot see
// it: it ends before the first call that could.

namespace cordon::engine::os::rewind_linux {

/// The name of its thread. Workers do not take a process of this name for one that a test has left behind.
constexpr const char* name_of_origin = "cordon origin";

}  // namespace cordon::engine::os::rewind_linux

#if defined(__x86_64__) && !defined(__ILP32__)

namespace cordon::engine::os::rewind_linux {

/// Reads memory of a process. False: it could not read all of it.
inline bool read_bytes(int process, address from, void* to, std::size_t size) {
    const struct iovec local { to, size };
    const struct iovec remote { reinterpret_cast<void*>(from), size };
    return call(SYS_process_vm_readv, process, as_long(&local), 1, as_long(&remote), 1) == static_cast<long>(size);
}

/// Memory that is to become what it is in the origin.
struct wanted_bytes {
    static constexpr std::size_t most = 512;

    struct iovec parts[most];
    std::size_t count;
    bool failed;

    void begin() {
        count = 0;
        failed = false;
    }
    void add(int origin, address at, std::size_t size) {
        if (count == most) fetch(origin);
        parts[count++] = {reinterpret_cast<void*>(at), size};
    }
    /// False: some of it could not be read since begin().
    bool fetch(int origin) {
        for (std::size_t done = 0; done < count && !failed;) {
            // The kernel reads at most 2 GB at once, and may stop between two parts.
            const long got = call(SYS_process_vm_readv, origin, as_long(parts + done), long(count - done),
                                  as_long(parts + done), long(count - done));
            failed = got <= 0;
            for (auto left = static_cast<std::size_t>(failed ? 0 : got); left != 0;) {
                struct iovec& part = parts[done];
                const std::size_t size = part.iov_len < left ? part.iov_len : left;
                part = {static_cast<char*>(part.iov_base) + size, part.iov_len - size};
                left -= size;
                if (part.iov_len == 0) ++done;
            }
        }
        count = 0;
        return !failed;
    }
};

struct origin_process {
    int number;  ///< 0: none

    /// False: it cannot be made, or not be read. `sample`: an address that can be read.
    bool start(int parent, address sample) {
        constexpr long without_signal = 0;  // so that nobody who waits for children meets it
        const long made = call(SYS_clone, without_signal);
        if (made == 0) sleep(parent);
        if (made < 0) return false;
        number = static_cast<int>(made);
        char byte;
        if (read_bytes(number, sample, &byte, 1)) return true;
        end();
        return false;
    }

    void end() {
        if (number == 0) return;
        call(SYS_kill, number, SIGKILL);
        call(SYS_wait4, number, 0, __WALL);
        number = 0;
    }

  private:
    [[noreturn]] static void sleep(int parent) {
        call(SYS_rt_sigprocmask, SIG_SETMASK, as_long(&all_signals), 0, signal_mask_size);
        call(SYS_prctl, PR_SET_NAME, as_long(name_of_origin));
        call(SYS_prctl, PR_SET_PDEATHSIG, SIGKILL);
        constexpr long close_range = 436;
        call(close_range, 0, ~0u, 0);
        while (call(SYS_getppid) == parent)
            call(SYS_ppoll, 0, 0, 0, 0, 0);
        for (;;)
            call(SYS_exit_group, 0);
    }
};

}  // namespace cordon::engine::os::rewind_linux

#endif
