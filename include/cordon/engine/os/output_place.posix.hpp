#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/os/descriptor.posix.hpp>
#include <cordon/engine/os/output_place.hpp>
#include <cordon/engine/os/poll.hpp>
#include <cordon/engine/os/signal.posix.hpp>

#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::os {

namespace output_place_posix {

/// Keeps SIGPIPE and SIGXFSZ from ending the process because of this thread's writes. The program's own actions for
/// these signals stay, because tests in this process may use them.
class quiet_writes {
  public:
    quiet_writes() {
        sigemptyset(&signals_);
        sigaddset(&signals_, SIGPIPE);
        sigaddset(&signals_, SIGXFSZ);
        ::pthread_sigmask(SIG_BLOCK, &signals_, &before_);
    }
    ~quiet_writes() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
    quiet_writes(const quiet_writes&) = delete;
    quiet_writes& operator=(const quiet_writes&) = delete;

    /// After a call that failed with `code`: removes the signal that came with it.
    void swallow(int code) const {
        const int number = code == EPIPE ? SIGPIPE : code == EFBIG ? SIGXFSZ : 0;
        sigset_t pending;
        if (number == 0 || ::sigismember(&before_, number) == 1) return;
        if (::sigpending(&pending) != 0 || ::sigismember(&pending, number) != 1) return;
        sigset_t only;
        sigemptyset(&only);
        sigaddset(&only, number);
        int got = 0;
        ::sigwait(&only, &got);
    }

  private:
    sigset_t signals_;
    sigset_t before_;
};

output_place::kind kind_of(int file) {
    struct stat about {};
    if (::fstat(file, &about) != 0) return output_place::kind::other;
    if (S_ISREG(about.st_mode)) return output_place::kind::file;
    if (S_ISFIFO(about.st_mode)) return output_place::kind::pipe;
    return S_ISSOCK(about.st_mode) ? output_place::kind::socket : output_place::kind::other;
}

/// The size of one call if the call itself could wait. A pipe that is ready accepts this much at once.
constexpr std::size_t one_portion = PIPE_BUF;

ssize_t write_once(int file, std::string_view bytes, output_place::kind what) {
    const quiet_writes quiet;
    const ssize_t put = what == output_place::kind::socket ? ::send(file, bytes.data(), bytes.size(), MSG_DONTWAIT)
                                                           : ::write(file, bytes.data(), bytes.size());
    const int code = errno;
    if (put < 0) quiet.swallow(code);
    errno = code;
    return put;
}

/// Writes everything to a regular file.
status write_file(const descriptor& file, const std::string& path, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t put = write_once(file.native(), bytes, output_place::kind::file);
        if (put >= 0) bytes.remove_prefix(static_cast<std::size_t>(put));
        if (put < 0 && errno != EINTR) return last_error("write", path);
    }
    return ok();
}

bool has_room(int file) {
    struct pollfd one {};
    one.fd = file;
    one.events = POLLOUT;
    return ::poll(&one, 1, 0) > 0;
}

constexpr duration after_cancelling = std::chrono::seconds(1);

}  // namespace output_place_posix

void let_time_pass(duration time) { wait_for(nullptr, 0, now() + time).ignore(); }

deadline end_of_patience(instant since, duration patience, deadline until) {
    using output_place_posix::after_cancelling;
    deadline end;
    if (patience != duration{0}) end = since + patience;
    if (until) end = earlier(end, std::max(since, *until) + after_cancelling);
    const int cancelled = cancellations();
    if (cancelled == 1) end = earlier(end, std::max(since, last_cancellation()) + after_cancelling);
    return cancelled > 1 ? since : end;
}

output_place::output_place(descriptor file, std::string name, bool own)
    : file_(std::move(file)), name_(std::move(name)), own_(own), kind_(output_place_posix::kind_of(file_.native())) {}

error output_place::failed() const { return last_error("write", name_); }

status output_place::write(std::string_view bytes, const write_patience& patience) {
    using namespace output_place_posix;
    const bool may_block = !own_ && kind_ != kind::file && kind_ != kind::socket;
    while (!bytes.empty()) {
        if (may_block && !has_room(file_.native())) {
            if (status waited = wait_for_room(patience); !waited) return waited;
        }
        const std::string_view part = bytes.substr(0, may_block ? one_portion : bytes.size());
        const ssize_t put = write_once(file_.native(), part, kind_);
        if (put >= 0) {
            bytes.remove_prefix(static_cast<std::size_t>(put));
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            if (status waited = wait_for_room(patience); !waited) return waited;
        } else if (errno != EINTR) {
            return failed();
        }
    }
    return ok();
}

status output_place::wait_for_room(const write_patience& patience) {
    const instant since = now();
    while (true) {
        const deadline end = end_of_patience(since, patience.for_room, patience.until);
        if (end && now() >= *end) return error{"write", 0, name_ + ": nobody reads what is written there"};
        watch room;
        room.native = file_.native();
        room.want_room = true;
        if (status waited = wait_for(&room, 1, end); !waited) return waited;
        if (room.ready) return ok();
    }
}

status output_place::close() {
    if (::close(file_.release()) == 0 || errno == EINTR) return ok();
    return failed();
}

}  // namespace cordon::engine::os

CORDON_CHEAP_END
