#pragma once

#include <cordon/engine/base/result.hpp>
#include <cordon/engine/base/sort.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/os/descriptor.hpp>
#include <cordon/engine/os/output_place.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cordon::engine::os {

/// The folder of this process; empty if it no longer exists.
std::string current_folder();

/// For an unfinished file: 128 random bits of the system.
std::string unguessable_name();

/// For reading, from its beginning.
result<descriptor> open_file(const std::string& path);
/// The next bytes, at most `size`; 0 at the end. Waits for a pipe. `path` is for the error.
result<std::size_t> read_some(const descriptor& file, char* to, std::size_t size, const std::string& path);
/// True if a file can be read more than once; a pipe cannot.
bool can_be_read_again(const descriptor& file);

/// The folder for temporary folders: TEST_TMPDIR, TMPDIR or /tmp.
std::string temp_root();
/// Creates a folder that only this user can enter. False: the name exists.
result<bool> make_new_folder(const std::string& path);
/// Creates a folder that others may enter as the umask says, if it is not there.
status make_folder(const std::string& path);
/// The names in a folder, sorted, at most this many; none if it cannot be read.
vector<std::string> entries_of(const std::string& path, std::size_t most);
/// Removes a folder with its content; does not follow links. A missing folder is not an error.
status remove_folder(const std::string& path);

/// Makes private descriptors for standard output and standard error, so that nobody can close them. Called before
/// anything else is opened: if standard output is closed, another file could get its number.
void keep_standard_streams();
/// Waits for the reader without limit, unless the patience limits it. After a failure it is not tried again.
status write_standard_output(std::string_view bytes, const write_patience& patience = endless_patience());
/// The reader of the output has ended.
bool is_broken_pipe(const error& failure);
void write_standard_error(std::string_view bytes);

/// Columns of the terminal of standard output; 0 if it is not a terminal.
std::uint32_t terminal_width();

}  // namespace cordon::engine::os
