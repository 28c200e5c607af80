#pragma once

#include <cordon/engine/os/descriptor.posix.hpp>
#include <cordon/engine/os/shared_memory.posix.hpp>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

namespace cordon::engine::os {

namespace memory_object_posix {

descriptor open_unnamed() {
    static unsigned count = 0;
    char name[64];
    ::snprintf(name, sizeof name, "/cordon-%ld-%u", static_cast<long>(::getpid()), ++count);
    descriptor object(::shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0600));
    if (object) {
        ::shm_unlink(name);
        return object;
    }
    const char* folder = ::getenv("TMPDIR");
    std::string path = std::string(folder != nullptr ? folder : "/tmp") + "/cordon-XXXXXX";
    object = descriptor(::mkstemp(path.data()));
    if (object) ::unlink(path.c_str());
    return object;
}

}  // namespace memory_object_posix

result<descriptor> make_memory_object(std::size_t size) {
    descriptor object = memory_object_posix::open_unnamed();
    if (!object || !shared_memory_posix::set_size(object.native(), size)) {
        return last_error("make shared memory", "(neither a shm object nor a file in TMPDIR)");
    }
    return descriptor_posix::raise_high(std::move(object));
}

bool removed_segments_can_be_attached() { return false; }

void shared_memory::close_object() { object_.close(); }

}  // namespace cordon::engine::os
