#pragma once

#include <cordon/engine/base/path.hpp>
#include <cordon/engine/os/kept_file.hpp>
#include <cordon/engine/os/process.hpp>
#include <cordon/engine/os/stamp.hpp>

#include <string>

// Where snapshots are. The test process and the supervisor must agree on it.

namespace cordon::engine::wire {

/// The source file that the compiler called `file`; empty if it is not found. A relative name counts from the folder in
/// which the run was started, else from that of the program, or from one of the folders around it: compilers are
/// started in the build folder.
inline std::string source_path(const std::string& file, const std::string& folder) {
    if (file.empty()) return {};
    const auto found = [](const std::string& path) {
        return os::changed_at(path) != 0 ? os::real_path(path) : std::string();
    };
    if (is_absolute_path(file)) return found(file);
    std::string path = found(folder + "/" + file);
    std::string around = os::real_path(os::self_path());
    while (path.empty() && !around.empty()) {
        around.resize(around.find_last_of('/') == std::string::npos ? 0 : around.find_last_of('/'));
        path = found(around + "/" + file);
    }
    return path;
}

/// The folder of the snapshots of the tests in a source file, which is given as source_path() returned it.
inline std::string snapshot_folder(const std::string& source) {
    const std::string name(file_name_of(source));
    return source.substr(0, source.size() - name.size()) + "__snapshots__/" + name;
}

/// A path for messages: relative to that folder, if it is below.
inline std::string path_from(const std::string& folder, const std::string& path) {
    return !folder.empty() && path.rfind(folder + "/", 0) == 0 ? path.substr(folder.size() + 1) : path;
}

}  // namespace cordon::engine::wire
