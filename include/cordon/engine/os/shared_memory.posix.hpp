#pragma once

#include <cordon/engine/os/descriptor.posix.hpp>
#include <cordon/engine/os/output_place.posix.hpp>
#include <cordon/engine/os/shared_memory.hpp>

#include <errno.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <sys/stat.h>

namespace cordon::engine::os {

namespace shared_memory_posix {

result<void*> map(const descriptor& object, std::size_t size) {
    void* address = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, object.native(), 0);
    if (address == MAP_FAILED) return last_error("map shared memory");
    return address;
}

/// A handle for a segment: the numbers of segments begin at 0.
handle_number handle_of_segment(int id) { return -2 - handle_number{id}; }
int segment_of_handle(handle_number handle) { return static_cast<int>(-2 - handle); }

/// Sets the file's whole size at once. Above the process's limit this is an error instead of SIGXFSZ.
bool set_size(int file, std::size_t size) {
    const output_place_posix::quiet_writes quiet;
    if (::ftruncate(file, static_cast<off_t>(size)) == 0) return true;
    const int code = errno;
    quiet.swallow(code);
    errno = code;
    return false;
}

}  // namespace shared_memory_posix

result<shared_memory> shared_memory::create(std::size_t size) {
    result<descriptor> object = make_memory_object(size);
    if (!object && object.failure().code == EFBIG) return create_segment(size);
    if (!object) return object.failure();
    const result<void*> address = shared_memory_posix::map(object.value(), size);
    if (!address) return address.failure();
    shared_memory made;
    made.object_ = std::move(object.value());
    made.address_ = address.value();
    made.size_ = size;
    return made;
}

result<shared_memory> shared_memory::attach(descriptor object, std::size_t size) {
    struct stat about {};
    if (::fstat(object.native(), &about) != 0 || static_cast<std::size_t>(about.st_size) < size) {
        return error{"attach shared memory", 0, "it is smaller than this program's layout"};
    }
    const result<void*> address = shared_memory_posix::map(object, size);
    if (!address) return address.failure();
    shared_memory made;
    made.object_ = std::move(object);
    made.address_ = address.value();
    made.size_ = size;
    return made;
}

result<shared_memory> shared_memory::create_segment(std::size_t size) {
    const int id = ::shmget(IPC_PRIVATE, size, IPC_CREAT | 0600);
    if (id < 0) return last_error("make shared memory");
    void* address = ::shmat(id, nullptr, 0);
    const error failure = last_error("map shared memory");
    const bool mapped = address != reinterpret_cast<void*>(-1);
    if (!mapped || removed_segments_can_be_attached()) ::shmctl(id, IPC_RMID, nullptr);
    if (!mapped) return failure;
    shared_memory made;
    made.segment_ = shared_memory_posix::handle_of_segment(id);
    made.removes_segment_ = !removed_segments_can_be_attached();
    made.address_ = address;
    made.size_ = size;
    return made;
}

result<shared_memory> shared_memory::attach(handle_number handle, std::size_t size) {
    if (handle >= -1) return attach(adopt_descriptor(handle, descriptor_kind::memory), size);
    struct shmid_ds about {};
    const int id = shared_memory_posix::segment_of_handle(handle);
    if (::shmctl(id, IPC_STAT, &about) != 0 || about.shm_segsz < size)
        return error{"attach shared memory", 0, "it is smaller than this program's layout"};
    void* address = ::shmat(id, nullptr, 0);
    if (address == reinterpret_cast<void*>(-1)) return last_error("map shared memory");
    shared_memory made;
    made.segment_ = handle;
    made.address_ = address;
    made.size_ = size;
    return made;
}

shared_memory::shared_memory(shared_memory&& other) noexcept
    : object_(std::move(other.object_)),
      segment_(std::exchange(other.segment_, -1)),
      removes_segment_(std::exchange(other.removes_segment_, false)),
      address_(std::exchange(other.address_, nullptr)),
      size_(std::exchange(other.size_, 0)) {}

shared_memory& shared_memory::operator=(shared_memory&& other) noexcept {
    std::swap(object_, other.object_);
    std::swap(segment_, other.segment_);
    std::swap(removes_segment_, other.removes_segment_);
    std::swap(address_, other.address_);
    std::swap(size_, other.size_);
    return *this;
}

shared_memory::~shared_memory() {
    if (address_ != nullptr && segment_ == -1) ::munmap(address_, size_);
    if (address_ != nullptr && segment_ != -1) ::shmdt(address_);
    if (removes_segment_) ::shmctl(shared_memory_posix::segment_of_handle(segment_), IPC_RMID, nullptr);
}

}  // namespace cordon::engine::os
