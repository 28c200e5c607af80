#pragma once

#include <cordon/engine/base/result.hpp>
#include <cordon/engine/os/native_handle.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace cordon::engine::os {

/// The error of the last failed system call, with the attempted operation.
error last_error(std::string operation, std::string detail = {});
/// The system's text for an error code ("No space left on device").
std::string describe_code(int code);
/// Operation, detail and the system's text in one line.
std::string describe(const error& failure);

/// An open file, pipe end or memory object. Closed on destruction.
class descriptor {
  public:
    descriptor() = default;
    explicit descriptor(native_handle native) : native_(native) {}
    descriptor(descriptor&& other) noexcept : native_(std::exchange(other.native_, no_handle)) {}
    descriptor& operator=(descriptor&& other) noexcept {
        if (this != &other) {
            close();
            native_ = std::exchange(other.native_, no_handle);
        }
        return *this;
    }
    ~descriptor() { close(); }

    explicit operator bool() const { return native_ != no_handle; }
    native_handle native() const { return native_; }
    native_handle release() { return std::exchange(native_, no_handle); }
    void close();

  private:
    native_handle native_ = no_handle;
};

struct pipe_ends {
    descriptor read;
    descriptor write;
};

/// A one-way byte channel, closed in executed programs, at high descriptors, because some tests rely on the low ones.
/// The reading end does not block.
result<pipe_ends> make_pipe();

/// This process's standard input, for read_available(). Fails where it cannot be watched with others (Windows).
result<descriptor> standard_input();

/// Makes standard input and output a private channel of this process: returns both, and leaves an empty input in
/// place of the one and standard error in place of the other. Fails where standard_input() does.
result<pipe_ends> take_standard_streams();

/// The result of a read that does not block.
struct read_outcome {
    std::size_t bytes = 0;
    bool at_end = false;  ///< every writing end is closed, or the channel failed
};

/// Reads the available bytes. No bytes and not at_end: there are none at the moment.
read_outcome read_available(const descriptor& from, char* to, std::size_t size);

/// Writes all bytes, and waits for a slow reader. A broken pipe is an error, never a signal.
status write_all(const descriptor& to, std::string_view bytes);

/// Writes what there is room for, without waiting, also where others write to the same open file. `at_end`: nobody
/// reads it.
read_outcome write_some(const descriptor& to, std::string_view bytes);

/// True if reading would return bytes now, for up to two descriptors in one call.
bool anything_to_read(const descriptor& a, const descriptor& b);

/// Waits for bytes (or the end) on one descriptor, without limit.
void wait_readable(const descriptor& on);

void set_blocking(const descriptor& on, bool blocking);
/// Sets whether programs executed by this process inherit the descriptor.
void set_inherited(const descriptor& which, bool inherited);

/// A descriptor passed by number; nothing if there is none or it is not of this kind.
enum class descriptor_kind { pipe, memory };
descriptor adopt_descriptor(handle_number number, descriptor_kind kind);

}  // namespace cordon::engine::os
