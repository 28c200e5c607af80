#pragma once

#include <cordon/engine/base/result.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/os/descriptor.hpp>
#include <cordon/engine/os/output_place.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cordon::engine::os {

/// The folder that this process is in; empty where it is gone.
std::string current_folder();

/// The parts of which written_file is made. Those that fail leave the system's error in errno.

/// For finding and making files in it.
result<descriptor> open_folder(const std::string& path);
/// A file in the folder, without a name as yet, for writing and reading: it goes with whoever had it open. Nothing
/// where the system or the folder's file system has no such files.
descriptor make_unnamed_file(const descriptor& folder);
/// Gives it a name that nothing has. False: it has got none.
bool name_unnamed_file(const descriptor& file, const descriptor& folder, const std::string& name);
/// Two files of the folder take each other's names in one step. False where that cannot be done, and nothing was.
bool swap_names(const descriptor& folder, const std::string& one, const std::string& other);
/// For a file that is not finished: 128 bits of the system's randomness.
std::string unguessable_name();
/// The same pipe or terminal, for writing without being blocked, without a change for others that have it open. Nothing
/// where that cannot be had.
descriptor reopen_unblocked(int file);

/// For reading, from its beginning.
result<descriptor> open_file(const std::string& path);
/// What comes next, at most `size` bytes; 0 at the end. Waits where it is a pipe. `path` is for the error.
result<std::size_t> read_some(const descriptor& file, char* to, std::size_t size, const std::string& path);
/// Whether a file can be read more than once, which a pipe cannot.
bool can_be_read_again(const descriptor& file);

/// Where temporary folders go: TEST_TMPDIR, TMPDIR or /tmp.
std::string temp_root();
/// Makes a folder only this user can enter. False: something of that name exists.
result<bool> make_new_folder(const std::string& path);
/// The names of what is in a folder, sorted, at most so many; none if it cannot be read.
vector<std::string> entries_of(const std::string& path, std::size_t most);
/// Removes a folder with all it holds; links are not followed. Missing is no error.
status remove_folder(const std::string& path);

/// Makes descriptors of our own of standard output and standard error, so that they cannot be closed under us. Called
/// before anything else is opened: with standard output closed another file could get its number.
void keep_standard_streams();
/// Waits for the reader without limit, if the patience does not say otherwise. Once it has failed it is not tried
/// again.
status write_standard_output(std::string_view bytes, const write_patience& patience = endless_patience());
/// The reader of what was written has gone away.
bool is_broken_pipe(const error& failure);
void write_standard_error(std::string_view bytes);

/// Columns of the terminal that standard output leads to; 0 if it leads elsewhere.
std::uint32_t terminal_width();

}  // namespace cordon::engine::os
