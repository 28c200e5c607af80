#pragma once

#include <cstddef>

namespace cordon::engine {

/// The only owner of an object made with new: the part of std::unique_ptr that the engine uses. About ten functions to
/// compile for each type, instead of sixty.
template <typename T>
class owned {
  public:
    owned() = default;
    owned(std::nullptr_t) {}
    explicit owned(T* made) : made_(made) {}
    owned(owned&& other) noexcept : made_(other.release()) {}
    template <typename Derived>
    owned(owned<Derived>&& other) noexcept : made_(other.release()) {}
    owned& operator=(owned&& other) noexcept {
        T* const taken = other.release();
        delete made_;
        made_ = taken;
        return *this;
    }
    ~owned() { delete made_; }

    T* get() const { return made_; }
    T& operator*() const { return *made_; }
    T* operator->() const { return made_; }
    explicit operator bool() const { return made_ != nullptr; }
    friend bool operator==(const owned& a, std::nullptr_t) { return a.made_ == nullptr; }
    friend bool operator!=(const owned& a, std::nullptr_t) { return a.made_ != nullptr; }

    T* release() {
        T* const given = made_;
        made_ = nullptr;
        return given;
    }
    void reset() { *this = owned(); }

  private:
    T* made_ = nullptr;
};

template <typename T, typename... Arguments>
owned<T> make_owned(Arguments&&... arguments) {
    return owned<T>(new T(static_cast<Arguments&&>(arguments)...));
}

}  // namespace cordon::engine
