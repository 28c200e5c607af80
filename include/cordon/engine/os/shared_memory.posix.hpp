#pragma once

#include <cordon/engine/os/descriptor.posix.hpp>
#include <cordon/engine/os/shared_memory.hpp>

#include <sys/mman.h>
#include <sys/stat.h>

namespace cordon::engine::os {

namespace shared_memory_posix {

result<void*> map(const descriptor& object, std::size_t size) {
    void* address = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, object.native(), 0);
    if (address == MAP_FAILED) return last_error("map shared memory");
    return address;
}

}  // namespace shared_memory_posix

result<shared_memory> shared_memory::create(std::size_t size) {
    result<descriptor> object = make_memory_object(size);
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

shared_memory::shared_memory(shared_memory&& other) noexcept
    : object_(std::move(other.object_)),
      address_(std::exchange(other.address_, nullptr)),
      size_(std::exchange(other.size_, 0)) {}

shared_memory& shared_memory::operator=(shared_memory&& other) noexcept {
    std::swap(object_, other.object_);
    std::swap(address_, other.address_);
    std::swap(size_, other.size_);
    return *this;
}

shared_memory::~shared_memory() {
    if (address_ != nullptr) ::munmap(address_, size_);
}

}  // namespace cordon::engine::os
