#pragma once

#include <cordon/engine/os/own_state.posix.hpp>

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>

namespace cordon::engine::os {

namespace own_state_posix {

vector<int> open_descriptors() {
    struct rlimit limit {};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    const int end = static_cast<int>(std::min<rlim_t>(limit.rlim_cur, 1024));
    vector<int> found;
    for (int each = first_descriptor; each < end; ++each) {
        if (::fcntl(each, F_GETFD) >= 0) found.push_back(each);
    }
    return found;
}

std::string target_of(int) { return {}; }
bool poll_now(struct pollfd* polled, int count) { return ::poll(polled, static_cast<nfds_t>(count), 0) >= 0; }
bool stat_now(const char* path, struct stat* about) { return ::stat(path, about) == 0; }
mode_t set_mask(mode_t mask) { return ::umask(mask); }
signal_way way_of(int signal) {
    struct sigaction now;
    return ::sigaction(signal, nullptr, &now) == 0 ? now.sa_handler : SIG_DFL;
}
bool read_blocked(sigset_t* blocked) { return ::sigprocmask(SIG_BLOCK, nullptr, blocked) == 0; }
bool may_have_other_locale(const remembered_state&) { return true; }
void remember_locale(remembered_state&) {}
bool has_new_threads() { return false; }
vector<thread_entry> threads_now() { return {}; }

}  // namespace own_state_posix

bool can_see_threads() { return false; }
void end_children(vector<leftover>&, bool) {}

}  // namespace cordon::engine::os
