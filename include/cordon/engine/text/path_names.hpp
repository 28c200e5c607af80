#pragma once

#include <cordon/engine/base/path.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/base/width.hpp>
#include <cordon/engine/model/test_list.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace cordon::engine::text {

/// Short names of paths for people: relative to the working folder, or to the common folder of all test files. A path
/// that does not become shorter stays unchanged.
class path_names {
  public:
    path_names() = default;
    /// `folder` is the working folder; empty if unknown.
    path_names(std::string folder, const test_list& list) : folder_(std::move(folder)), root_(common_root(list)) {}

    std::string name(std::string_view given) const {
        if (!is_absolute_path(given)) return std::string(given);
        const std::string path = without_detours(given);
        std::string from_here = relative(path);
        if (!from_here.empty() && from_here.size() < path.size()) return from_here;
        if (!root_.empty() && path.compare(0, root_.size(), root_) == 0) return path.substr(root_.size());
        return path;
    }

    /// A program in the working folder as a shell needs it: with "./".
    static std::string program(std::string_view path, std::string_view folder) {
        const bool below = folder.size() > 1 && path.size() > folder.size() + 1 &&
                           separators_of(path).find(path[folder.size()]) != std::string_view::npos &&
                           path.substr(0, folder.size()) == folder;
        return below ? "." + std::string(path.substr(folder.size())) : std::string(path);
    }

  private:
    /// Compilers join "/home/me/build" and "../src/a.cpp" without resolving them.
    static std::string without_detours(std::string_view path) {
        const std::string_view separators = separators_of(path);
        std::string clean;
        for (std::size_t at = 0; at < path.size();) {
            const std::size_t end = std::min(path.find_first_of(separators, at + 1), path.size());
            const std::string_view part = path.substr(at, end - at);
            if (part.substr(1) == "..") {
                clean.resize(std::min(clean.find_last_of(separators), clean.size()));
            } else if (part.substr(1) != ".") {
                clean += part;
            }
            at = end;
        }
        return clean;
    }

    /// With "../" if the path leaves the working folder; empty if they share only "/".
    std::string relative(std::string_view path) const {
        if (folder_.size() < 2) return {};
        const std::string_view separators = separators_of(folder_);
        const std::string here = folder_ + separators.back();
        std::size_t shared = 0;
        for (std::size_t i = 0; i < here.size() && i < path.size() && here[i] == path[i]; ++i) {
            if (separators.find(here[i]) != std::string_view::npos) shared = i + 1;
        }
        if (shared <= 1) return {};
        std::string name;
        for (std::size_t i = shared; i < here.size(); ++i) {
            if (separators.find(here[i]) != std::string_view::npos) name.append("..") += here[i];
        }
        return name + std::string(path.substr(shared));
    }

    /// Ends with a slash; empty if there is none.
    static std::string common_root(const test_list& list) {
        std::string_view root;
        bool begun = false;
        for (const test_info& test : list.tests) {
            if (!is_absolute_path(test.file)) return {};
            if (!begun) root = test.file;
            begun = true;
            std::size_t same = 0;
            while (same < root.size() && same < test.file.size() && root[same] == test.file[same])
                ++same;
            root = root.substr(0, same);
        }
        const std::size_t slash = root.find_last_of(separators_of(root));
        return std::string(slash == std::string_view::npos ? root.substr(0, 0) : root.substr(0, slash + 1));
    }

    std::string folder_;
    std::string root_;
};

/// "src/deep/a.cpp:12" in this many columns. It is cut on the left, by whole folders if possible; the file's name and
/// line stay.
std::string shortened_place(const std::string& place, std::size_t columns, std::string_view ellipsis) {
    if (width_of(place) <= columns) return place;
    constexpr const char* any = "/\\";                     // the place may be a relative one of Windows
    const std::size_t name = place.find_last_of(any) + 1;  // 0 if there is no folder
    for (std::size_t slash = place.find_first_of(any, 1); slash != std::string::npos;
         slash = place.find_first_of(any, slash + 1)) {
        std::string cut = std::string(ellipsis) + place.substr(slash);
        if (width_of(cut) <= columns) return cut;
    }
    return place.substr(name);
}

}  // namespace cordon::engine::text
