#pragma once

#include <cordon/engine/os/descriptor.posix.hpp>
#include <cordon/engine/os/shared_memory.posix.hpp>

#include <sys/mman.h>
#include <unistd.h>

namespace cordon::engine::os {

result<descriptor> make_memory_object(std::size_t size) {
    descriptor object(::memfd_create("cordon", MFD_CLOEXEC));
    if (!object || !shared_memory_posix::set_size(object.native(), size)) return last_error("make shared memory");
    return descriptor_posix::raise_high(std::move(object));
}

bool removed_segments_can_be_attached() { return true; }

void shared_memory::close_object() { object_.close(); }

}  // namespace cordon::engine::os
