#pragma once

#include <cordon/engine/os/descriptor.posix.hpp>
#include <cordon/engine/os/shared_memory.hpp>

#include <sys/mman.h>
#include <unistd.h>

namespace cordon::engine::os {

result<descriptor> make_memory_object(std::size_t size) {
    descriptor object(::memfd_create("cordon", MFD_CLOEXEC));
    if (!object || ::ftruncate(object.native(), static_cast<off_t>(size)) != 0) return last_error("make shared memory");
    return descriptor_posix::raise_high(std::move(object));
}

}  // namespace cordon::engine::os
