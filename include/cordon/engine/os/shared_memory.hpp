#pragma once

#include <cordon/engine/base/result.hpp>
#include <cordon/engine/os/descriptor.hpp>

#include <cstddef>

namespace cordon::engine::os {

/// Zeroed memory that several processes see, without a name that could be left behind.
/// Linux: memfd. POSIX: an unlinked shm object, or an unlinked temporary file. Windows: a page-file mapping.
class shared_memory {
  public:
    static result<shared_memory> create(std::size_t size);
    /// Takes over an object that was handed down.
    static result<shared_memory> attach(descriptor object, std::size_t size);

    shared_memory() = default;
    shared_memory(shared_memory&& other) noexcept;
    shared_memory& operator=(shared_memory&& other) noexcept;
    ~shared_memory();

    void* address() const { return address_; }
    const descriptor& object() const { return object_; }
    /// The mapping stays.
    void close_object();

  private:
    descriptor object_;
    void* address_ = nullptr;
    std::size_t size_ = 0;
};

/// A memory object of that size, or the error.
result<descriptor> make_memory_object(std::size_t size);

}  // namespace cordon::engine::os
