#pragma once

#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/result.hpp>
#include <cordon/engine/os/descriptor.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace cordon::engine::os {

/// How long a writer waits for those who read. A signal that cancels the run (see signal.hpp) ends every wait one
/// second later, a second such signal at once.
struct write_patience {
    /// For somebody to open the reading end of a named pipe.
    duration for_reader = std::chrono::seconds(10);
    /// For a reader that has stopped reading; 0: without limit.
    duration for_room = std::chrono::seconds(30);
    /// The end of the run's time: as if it was cancelled then.
    deadline until;
};

inline write_patience endless_patience() {
    write_patience endless;
    endless.for_room = duration{0};
    return endless;
}

/// Something open that bytes are written to: a file, a pipe, a terminal, a device, a socket. A write never raises a
/// signal: a broken pipe, a full disk and the process's limit on the size of files are errors. It waits only as long as
/// the patience lasts, and then nothing more is written.
/// POSIX: a descriptor. Windows: a HANDLE.
class output_place {
  public:
    enum class kind : std::uint8_t { file, pipe, socket, other };

    output_place() = default;
    /// `own`: opened here, and so that it does not block. Otherwise others may hold it too, and it is left as it is.
    output_place(descriptor file, std::string name, bool own);

    explicit operator bool() const { return static_cast<bool>(file_); }
    const descriptor& file() const { return file_; }
    kind what() const { return kind_; }
    status write(std::string_view bytes, const write_patience& patience);
    /// Some file systems tell of a full disk only now.
    status close();

  private:
    status wait_for_room(const write_patience& patience);
    error failed() const;

    descriptor file_;
    std::string name_;  ///< for errors
    bool own_ = false;
    kind kind_ = kind::other;
};

/// Lets `time` pass; shorter if a signal arrives.
void let_time_pass(duration time);

/// Until when a wait that began at `since` may last, by what has happened so far. Nothing: without limit.
deadline end_of_patience(instant since, duration patience, deadline until);

}  // namespace cordon::engine::os
