#pragma once

#include <cordon/engine/base/result.hpp>
#include <cordon/engine/os/descriptor.hpp>

#include <cstddef>

namespace cordon::engine::os {

/// Zeroed memory that several processes share, without a name that could be left behind. Linux: memfd. POSIX: an
/// unlinked shm object, or an unlinked temporary file. Windows: a page-file mapping. If the process may not make files
/// of that size (`ulimit -f`): a System V segment.
class shared_memory {
  public:
    static result<shared_memory> create(std::size_t size);
    /// Takes over an inherited object.
    static result<shared_memory> attach(descriptor object, std::size_t size);
    /// The same by the number that handle() returned in another process.
    static result<shared_memory> attach(handle_number handle, std::size_t size);

    shared_memory() = default;
    shared_memory(shared_memory&& other) noexcept;
    shared_memory& operator=(shared_memory&& other) noexcept;
    ~shared_memory();

    void* address() const { return address_; }
    const descriptor& object() const { return object_; }
    /// A descriptor that is inherited under this number; below -1 the number of a segment.
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
/// True if other processes can still find a segment that will be removed with its last user.
bool removed_segments_can_be_attached();

}  // namespace cordon::engine::os
