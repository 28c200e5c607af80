#pragma once

#include <cordon/engine/base/result.hpp>
#include <cordon/engine/os/output_place.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace cordon::engine::os {

/// How the bytes reach the file.
enum class delivery : std::uint8_t {
    whole,     ///< the file appears when it is complete; what was there before stays until then
    growing,   ///< from an empty file on, to be read while it grows
    appended,  ///< after the existing content
};

/// The one way in which cordon writes a file that a user has named.
///
/// Links are followed, to the file itself, which may be one that is not there yet. With delivery::whole a regular file,
/// or one to be made, is written aside, in the same folder, in a file of its own that nobody else can have prepared,
/// and is renamed at commit(). It keeps the mode and owner of the one it replaces; that one's other names (hard links)
/// keep the old content. Everything else is written in place: pipes, devices, terminals, this process's own descriptors
/// (/dev/stdout, /dev/fd/5), files in folders that cannot be written to, files of somebody else, files that cannot
/// be replaced because something is mounted on them.
///
/// A file that may not be written to is not replaced either. Folders, sockets and block devices are errors. A named
/// pipe that nobody reads, or a reader that stops reading, is an error when the patience is over. POSIX: rename.
/// Windows: ReplaceFile.
class written_file {
  public:
    static result<written_file> open(const std::string& path, delivery how, const write_patience& patience = {});
    written_file(written_file&&) = default;
    written_file& operator=(written_file&&) = default;
    /// Removes the unfinished file if it was not committed.
    ~written_file();

    status write(std::string_view bytes);
    /// Gives the file its name, if it has a temporary one. The file should survive a power failure, as far as renaming
    /// achieves that.
    status commit() { return finish(false); }
    /// The same without regard to power failures. When renaming over a file, some file systems first write the new one
    /// to the disk, which takes as long as dozens of tests.
    status commit_quickly() { return finish(true); }

  private:
    explicit written_file(std::string path) : path_(std::move(path)) {}
    bool is_aside() const { return static_cast<bool>(folder_); }
    status open_place(delivery how);
    status open_in_place(const std::string& path, bool exists, delivery how);
    status open_aside(const std::string& folder);
    bool take_after(const std::string& target);
    void drop_aside();
    status finish(bool quickly);
    status take_name(bool quickly);
    status name_unnamed();
    status check_swapped();
    status replace_in_place();
    status write_again(bool quickly);
    status copy_to(output_place& to);

    std::string path_;  ///< as the user wrote it, for errors
    write_patience patience_;
    output_place place_;
    // The temporary file:
    descriptor folder_;
    std::string name_;    ///< of the file to come, in the folder
    std::string aside_;   ///< of the unfinished one; empty while it has none
    bool again_ = false;  ///< a second try: there is no third
};

/// The target of a path, as far as it matters for writing.
struct written_place {
    enum class kind : std::uint8_t {
        nothing,     ///< it cannot be written there, or nobody knows
        descriptor,  ///< one that this process was started with: `number`
        file,        ///< a regular file
        new_file,    ///< one to be made
        other,       ///< a device, a pipe
    };
    kind what = kind::nothing;
    int number = -1;
    std::uint64_t device = 0;  ///< of the file, or of the folder of a new file
    std::uint64_t file = 0;
    std::string name;  ///< of a new file
};

written_place find_written_place(const std::string& path);
/// The same for an open descriptor, such as standard output (1).
written_place find_written_place(int descriptor);
/// Two reports there would damage each other. Devices such as /dev/null accept any number.
bool is_same_place(const written_place& a, const written_place& b);

}  // namespace cordon::engine::os
