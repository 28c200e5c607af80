#pragma once

#include <new>
#include <optional>
#include <type_traits>

namespace cordon::engine {

using std::nullopt;

/// The part of std::optional that the engine uses: about ten functions to compile for each type, instead of forty.
template <typename T>
class optional {
  public:
    using value_type = T;

    optional() {}
    optional(std::nullopt_t) {}
    template <typename From, typename = std::enable_if_t<std::is_convertible_v<From&&, T> &&
                                                         !std::is_same_v<std::decay_t<From>, optional>>>
    optional(From&& from) : has_(true), value_(static_cast<From&&>(from)) {}
    optional(const optional& other) { take(other); }
    optional(optional&& other) noexcept { take(static_cast<optional&&>(other)); }
    optional& operator=(const optional& other) {
        if (this == &other) return *this;
        reset();
        take(other);
        return *this;
    }
    optional& operator=(optional&& other) noexcept {
        if (this == &other) return *this;
        reset();
        take(static_cast<optional&&>(other));
        return *this;
    }
    ~optional() { reset(); }

    explicit operator bool() const { return has_; }
    bool has_value() const { return has_; }
    T& operator*() { return value_; }
    const T& operator*() const { return value_; }
    T* operator->() { return &value_; }
    const T* operator->() const { return &value_; }
    T& value() { return value_; }
    const T& value() const { return value_; }
    T value_or(T otherwise) const { return has_ ? value_ : otherwise; }

    void reset() {
        if (!has_) return;
        has_ = false;
        value_.~T();
    }
    template <typename... Arguments>
    T& emplace(Arguments&&... arguments) {
        reset();
        T* made = new (static_cast<void*>(&value_)) T(static_cast<Arguments&&>(arguments)...);
        has_ = true;
        return *made;
    }

    friend bool operator==(const optional& a, const optional& b) {
        return a.has_ == b.has_ && (!a.has_ || a.value_ == b.value_);
    }
    friend bool operator!=(const optional& a, const optional& b) { return !(a == b); }

  private:
    template <typename Other>
    void take(Other&& other) {
        if (!other.has_) return;
        new (static_cast<void*>(&value_)) T(static_cast<Other&&>(other).value_);
        has_ = true;
    }

    bool has_ = false;
    union {
        T value_;
    };
};

}  // namespace cordon::engine
