#pragma once

#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <new>
#include <utility>

namespace cordon::engine {

/// The part of std::vector that the engine uses. The engine has about sixty kinds of vector. Each kind of the standard
/// one has about ninety functions to compile, this one fifteen. The standard ones were half of the engine's compile
/// time. Elements must be movable without exceptions.
template <typename T>
class vector {
  public:
    using value_type = T;
    using iterator = T*;
    using const_iterator = const T*;

    vector() = default;
    explicit vector(std::size_t count) { resize(count); }
    vector(std::size_t count, const T& value) { assign(count, value); }
    vector(std::initializer_list<T> from) : vector(from.begin(), from.end()) {}
    template <typename Iterator, typename = typename std::iterator_traits<Iterator>::iterator_category>
    vector(Iterator first, Iterator last) : vector() {
        append(first, last);
    }
    vector(const vector& from) : vector(from.first_, from.first_ + from.size_) {}
    vector(vector&& from) noexcept { swap(from); }
    vector& operator=(vector from) noexcept {
        swap(from);
        return *this;
    }
    ~vector() {
        clear();
        ::operator delete(first_);
    }

    T* begin() { return first_; }
    T* end() { return first_ + size_; }
    const T* begin() const { return first_; }
    const T* end() const { return first_ + size_; }
    T* data() { return first_; }
    const T* data() const { return first_; }
    std::size_t size() const { return size_; }
    std::size_t capacity() const { return capacity_; }
    bool empty() const { return size_ == 0; }
    T& operator[](std::size_t at) { return first_[at]; }
    const T& operator[](std::size_t at) const { return first_[at]; }
    T& front() { return *first_; }
    const T& front() const { return *first_; }
    T& back() { return first_[size_ - 1]; }
    const T& back() const { return first_[size_ - 1]; }

    void push_back(T value) { emplace_back(static_cast<T&&>(value)); }
    template <typename... Arguments>
    T& emplace_back(Arguments&&... arguments) {
        if (size_ == capacity_) reserve(capacity_ < 4 ? 4 : 2 * capacity_);
        T* made = new (static_cast<void*>(first_ + size_)) T(static_cast<Arguments&&>(arguments)...);
        ++size_;
        return *made;
    }
    void pop_back() { first_[--size_].~T(); }

    void clear() noexcept {
        while (size_ != 0)
            first_[--size_].~T();
    }

    void reserve(std::size_t capacity) {
        static_assert(noexcept(T(static_cast<T&&>(*static_cast<T*>(nullptr)))),
                      "a move that throws would lose elements");
        static_assert(alignof(T) <= alignof(std::max_align_t), "storage comes from plain operator new");
        if (capacity <= capacity_) return;
        T* moved = static_cast<T*>(::operator new(capacity * sizeof(T)));
        for (std::size_t i = 0; i != size_; ++i) {
            new (static_cast<void*>(moved + i)) T(static_cast<T&&>(first_[i]));
            first_[i].~T();
        }
        ::operator delete(first_);
        first_ = moved;
        capacity_ = capacity;
    }

    void resize(std::size_t count) {
        while (size_ > count)
            pop_back();
        reserve(count);
        while (size_ < count)
            emplace_back();
    }

    void assign(std::size_t count, const T& value) {
        const T kept(value);
        clear();
        reserve(count);
        while (size_ < count)
            emplace_back(kept);
    }
    template <typename Iterator, typename = typename std::iterator_traits<Iterator>::iterator_category>
    void assign(Iterator first, Iterator last) {
        *this = vector(first, last);
    }

    /// Inserts `value` at `at`; the elements from there on move up.
    T* insert(const T* at, T value) {
        const auto place = static_cast<std::size_t>(at - first_);
        push_back(static_cast<T&&>(value));
        for (std::size_t i = size_ - 1; i != place; --i)
            std::swap(first_[i], first_[i - 1]);
        return first_ + place;
    }

    /// Appends a copy of elements outside this vector.
    template <typename Iterator>
    void append(Iterator first, Iterator last) {
        reserve(size_ + static_cast<std::size_t>(last - first));
        for (; first != last; ++first)
            emplace_back(*first);
    }

    T* erase(const T* first, const T* last) {
        T* to = first_ + (first - first_);
        T* from = first_ + (last - first_);
        if (from == to) return to;
        T* const place = to;
        for (T* const stop = end(); from != stop; ++from, ++to)
            *to = static_cast<T&&>(*from);
        while (end() != to)
            pop_back();
        return place;
    }
    T* erase(const T* at) { return erase(at, at + 1); }

    void swap(vector& other) noexcept {
        T* const first = first_;  // by hand: std::swap would add three functions for each kind
        const std::size_t size = size_;
        const std::size_t capacity = capacity_;
        first_ = other.first_;
        size_ = other.size_;
        capacity_ = other.capacity_;
        other.first_ = first;
        other.size_ = size;
        other.capacity_ = capacity;
    }

    friend bool operator==(const vector& a, const vector& b) {
        if (a.size_ != b.size_) return false;
        for (std::size_t i = 0; i != a.size_; ++i) {
            if (!(a.first_[i] == b.first_[i])) return false;
        }
        return true;
    }
    friend bool operator!=(const vector& a, const vector& b) { return !(a == b); }

  private:
    T* first_ = nullptr;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
};

}  // namespace cordon::engine
