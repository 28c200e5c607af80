#pragma once

#include <cordon/engine/base/vector.hpp>

#include <cstddef>
#include <initializer_list>

namespace cordon::engine {

/// First in, first out. A vector with a moving front; used space is released now and then.
template <typename T>
class queue {
  public:
    queue() = default;
    queue(std::initializer_list<T> from) : items_(from) {}

    T* begin() { return items_.begin() + head_; }
    T* end() { return items_.end(); }
    const T* begin() const { return items_.begin() + head_; }
    const T* end() const { return items_.end(); }
    std::size_t size() const { return items_.size() - head_; }
    bool empty() const { return size() == 0; }
    T& front() { return items_[head_]; }
    const T& front() const { return items_[head_]; }
    T& back() { return items_.back(); }

    void push_back(T item) { items_.push_back(static_cast<T&&>(item)); }
    void pop_front() {
        items_[head_] = T();  // releases the content at once
        ++head_;
        if (head_ * 2 <= items_.size() && !empty()) return;
        items_.erase(items_.begin(), begin());
        head_ = 0;
    }
    void erase(const T* first, const T* last) { items_.erase(first, last); }

  private:
    vector<T> items_;
    std::size_t head_ = 0;
};

}  // namespace cordon::engine
