#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/os/descriptor.posix.hpp>
#include <cordon/engine/os/files.posix.hpp>

#include <fcntl.h>

#include <string>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::os {

result<descriptor> open_folder(const std::string& path) {
    descriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!folder) return last_error("open", path);
    return descriptor_posix::raise_high(std::move(folder));
}

descriptor make_unnamed_file(const descriptor&) { return {}; }
bool name_unnamed_file(const descriptor&, const descriptor&, const std::string&) { return false; }
bool swap_names(const descriptor&, const std::string&, const std::string&) { return false; }
descriptor reopen_unblocked(int) { return {}; }

}  // namespace cordon::engine::os

CORDON_CHEAP_END
