#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/path.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/test_list.hpp>
#include <cordon/engine/os/files.hpp>
#include <cordon/engine/os/stamp.hpp>
#include <cordon/engine/wire/snapshot_place.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

CORDON_CHEAP_BEGIN

namespace cordon::engine::app {

/// The folders in which the tests' source files are, each once.
vector<std::string> source_folders(const test_list& list) {
    vector<std::string_view> named;
    vector<std::string> folders;
    for (const test_info& test : list.tests) {
        const std::string_view file = test.file;
        const std::string_view folder = file.substr(0, file.size() - file_name_of(file).size());
        if (std::find(named.begin(), named.end(), folder) != named.end()) continue;
        named.push_back(folder);
        const std::string path =
            is_absolute_path(file) ? std::string(file) : wire::source_path(std::string(file), os::current_folder());
        folders.push_back(path.substr(0, path.size() - file_name_of(path).size()));
    }
    return folders;
}

/// A number that changes with the snapshots beside the tests; 0 if there are none.
std::uint64_t snapshot_state(const test_list& list) {
    std::uint64_t state = 0;
    for (const std::string& folder : source_folders(list))
        state += os::stamp_of(folder + "__snapshots__");
    return state;
}

}  // namespace cordon::engine::app

CORDON_CHEAP_END
