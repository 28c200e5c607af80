#pragma once

#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/result.hpp>
#include <cordon/engine/os/descriptor.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace cordon::engine::os {

/// How long a writer waits for readers. A signal that cancels the run (see signal.hpp) ends every wait one second
/// later, a second signal at once.
struct write_patience {
    /// For a reader to open a named pipe.
    duration for_reader = std::chrono::seconds(10);
    /// For a reader that has stopped reading; 0: without limit.
    duration for_room = std::chrono::seconds(30);
    /// The time limit of the run: the same effect as cancelling it then.
    deadline until;
};

inline write_patience endless_patience() {
    write_patience endless;
    endless.for_room = duration{0};
    return endless;
}

/// An open destination of bytes: a file, a pipe, a terminal, a device, a socket. A write never raises a signal: a
/// broken pipe, a full disk and the process's limit on file sizes are errors. It waits only as long as the patience
/// allows; after that nothing more is written. POSIX: a descriptor. Windows: a HANDLE.
class output_place {
  public:
    enum class kind : std::uint8_t { file, pipe, socket, other };

    output_place() = default;
    /// `own`: opened here, without blocking. Otherwise other processes may use it too, and it is not changed.
    output_place(descriptor file, std::string name, bool own);

    explicit operator bool() const { return static_cast<bool>(file_); }
    const descriptor& file() const { return file_; }
    kind what() const { return kind_; }
    status write(std::string_view bytes, const write_patience& patience);
    /// Some file systems report a full disk only now.
    status close();

  private:
    status wait_for_room(const write_patience& patience);
    error failed() const;

    descriptor file_;
    std::string name_;  ///< for errors
    bool own_ = false;
    kind kind_ = kind::other;
};

/// Waits for `time`; shorter if a signal arrives.
void let_time_pass(duration time);

/// The end of a wait that began at `since`, from what has happened so far. Nothing: no limit.
deadline end_of_patience(instant since, duration patience, deadline until);

}  // namespace cordon::engine::os
