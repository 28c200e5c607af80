#pragma once

#include <cordon/engine/base/result.hpp>
#include <cordon/engine/os/descriptor.hpp>

#include <cstddef>

namespace cordon::engine::os {

/// Zeroed memory that several processes see, without a name that could be left behind.
/// Linux: memfd. POSIX: an unlinked shm object, or an unlinked temporary file. Windows: a page-file mapping.
/// Where the process may not make files of that size (`ulimit -f`): a System V segment.
class shared_memory {
  public:
    static result<shared_memory> create(std::size_t size);
    /// Takes over an object that was handed down.
    static result<shared_memory> attach(descriptor object, std::size_t size);
    /// The same by the number that handle() told another process.
    static result<shared_memory> attach(handle_number handle, std::size_t size);

    shared_memory() = default;
    shared_memory(shared_memory&& other) noexcept;
    shared_memory& operator=(shared_memory&& other) noexcept;
    ~shared_memory();

    void* address() const { return address_; }
    const descriptor& object() const { return object_; }
    /// A descriptor, to be inherited under this number, or below -1 the name of a segment.
    handle_number handle() const { return object_ ? number_of(object_.native()) : segment_; }
    /// The mapping stays.
    void close_object();

  private:
    static result<shared_memory> create_segment(std::size_t size);

    descriptor object_;
    handle_number segment_ = -1;
    bool removes_segment_ = false;
    void* address_ = nullptr;
    std::size_t size_ = 0;
};

/// A memory object of that size, or the error.
result<descriptor> make_memory_object(std::size_t size);
/// Whether a segment that is to go with its last user can still be found by others.
bool removed_segments_can_be_attached();

}  // namespace cordon::engine::os
