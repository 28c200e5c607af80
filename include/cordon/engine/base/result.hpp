#pragma once

#include <cassert>
#include <new>
#include <string>
#include <utility>

namespace cordon::engine {

/// A failed system call, or bad input. `operation` is what was tried ("open"), `code` is the errno or 0, `detail` is
/// what the user must know to fix it (a path, a limit).
struct error {
    std::string operation;
    int code = 0;
    std::string detail;
};

/// A value, or the error instead of it. Not a std::variant: for about fifty kinds of result it would be a tenth of the
/// engine's compile time.
template <class T>
class [[nodiscard]] result {
  public:
    result(T value) : good_(true), value_(std::move(value)) {}
    result(error failure) : good_(false), failure_(std::move(failure)) {}
    result(result&& other) noexcept { take(other); }
    result& operator=(result&& other) noexcept {
        if (this == &other) return *this;
        clear();
        take(other);
        return *this;
    }
    ~result() { clear(); }

    explicit operator bool() const { return good_; }
    T& value() {
        assert(good_);
        return value_;
    }
    const T& value() const {
        assert(good_);
        return value_;
    }
    /// Marks a failure that may be ignored.
    void ignore() const {}
    const error& failure() const {
        assert(!good_);
        return failure_;
    }

  private:
    void take(result& other) {
        good_ = other.good_;
        if (good_) {
            new (&value_) T(std::move(other.value_));
        } else {
            new (&failure_) error(std::move(other.failure_));
        }
    }
    void clear() {
        if (good_) {
            value_.~T();
        } else {
            failure_.~error();
        }
    }

    bool good_;
    union {
        T value_;
        error failure_;
    };
};

struct nothing {};
using status = result<nothing>;
inline status ok() { return nothing{}; }

}  // namespace cordon::engine
