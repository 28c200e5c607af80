#pragma once

#include <cordon/engine/base/result.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/os/descriptor.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cordon::engine::os {

/// The folder that this process is in; empty where it is gone.
std::string current_folder();

/// A file that appears under its name only when it is complete. What was there before stays until then.
class replaced_file {
  public:
    static result<replaced_file> create(const std::string& path);
    replaced_file(replaced_file&&) = default;
    replaced_file& operator=(replaced_file&&) = default;
    /// Removes the unfinished file if commit() was not called.
    ~replaced_file();

    status write(std::string_view bytes);
    /// Gives the file its name.
    status commit();
    /// The same where it need not outlast a power cut. Renaming over a file makes some file systems write the new one
    /// to the disk first, which takes as long as dozens of tests.
    status commit_quickly();

  private:
    status close_file();
    status take_name();
    replaced_file(descriptor file, std::string path, std::string temporary)
        : file_(std::move(file)), path_(std::move(path)), temporary_(std::move(temporary)) {}

    descriptor file_;
    std::string path_;
    std::string temporary_;
};

/// Two files take each other's names in one step. False where that can not be done, and nothing was.
bool swap_names(const std::string& one, const std::string& other);

/// A file that grows while others may read it: made new, or emptied.
result<descriptor> create_file(const std::string& path);
/// Made new, or written on at its end.
result<descriptor> append_file(const std::string& path);
/// For reading, from its beginning.
result<descriptor> open_file(const std::string& path);
/// What comes next, at most `size` bytes; 0 at the end. Waits where it is a pipe. `path` is for the error.
result<std::size_t> read_some(const descriptor& file, char* to, std::size_t size, const std::string& path);
/// Whether a file can be read more than once, which a pipe can not.
bool can_be_read_again(const descriptor& file);

/// Where temporary folders go: TEST_TMPDIR, TMPDIR or /tmp.
std::string temp_root();
/// Makes a folder only this user can enter. False: something of that name exists.
result<bool> make_new_folder(const std::string& path);
/// The names of what is in a folder, sorted, at most so many; none if it can not be read.
vector<std::string> entries_of(const std::string& path, std::size_t most);
/// Removes a folder with all it holds; links are not followed. Missing is no error.
status remove_folder(const std::string& path);

/// Standard output as a descriptor of our own, so that it can not be closed under us.
const descriptor& standard_output();
status write_standard_output(std::string_view bytes);
/// The reader of what was written has gone away.
bool is_broken_pipe(const error& failure);
void write_standard_error(std::string_view bytes);

/// Columns of the terminal that standard output leads to; 0 if it leads elsewhere.
std::uint32_t terminal_width();

}  // namespace cordon::engine::os
