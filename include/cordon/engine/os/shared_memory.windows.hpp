#pragma once

#include <cordon/engine/os/descriptor.windows.hpp>
#include <cordon/engine/os/shared_memory.hpp>

#include <utility>

namespace cordon::engine::os {

namespace windows {

result<void*> map(const descriptor& object, std::size_t size) {
    void* address = ::MapViewOfFile(as_handle(object.native()), FILE_MAP_READ | FILE_MAP_WRITE, 0, 0, size);
    if (address == nullptr) return last_error("map shared memory");
    return address;
}

}  // namespace windows

result<descriptor> make_memory_object(std::size_t size) {
    const HANDLE made = ::CreateFileMappingW(INVALID_HANDLE_VALUE, nullptr, PAGE_READWRITE,
                                             static_cast<DWORD>(static_cast<std::uint64_t>(size) >> 32),
                                             static_cast<DWORD>(size), nullptr);
    if (made == nullptr) return last_error("make shared memory");
    return descriptor(windows::as_native(made));
}

bool removed_segments_can_be_attached() { return false; }

result<shared_memory> shared_memory::create(std::size_t size) {
    result<descriptor> object = make_memory_object(size);
    if (!object) return object.failure();
    return attach(std::move(object.value()), size);
}

// The system refuses to map more than the object has.
result<shared_memory> shared_memory::attach(descriptor object, std::size_t size) {
    const result<void*> address = windows::map(object, size);
    if (!address) return address.failure();
    shared_memory made;
    made.object_ = std::move(object);
    made.address_ = address.value();
    made.size_ = size;
    return made;
}

result<shared_memory> shared_memory::attach(handle_number handle, std::size_t size) {
    return attach(adopt_descriptor(handle, descriptor_kind::memory), size);
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
    if (address_ != nullptr) ::UnmapViewOfFile(address_);
}

void shared_memory::close_object() { object_.close(); }

}  // namespace cordon::engine::os
