#pragma once

#include <cassert>
#include <new>
#include <string>
#include <utility>

namespace cordon::engine {

/// What went wrong in a call to the system or on bad input. `operation` says what was tried ("open"), `code` is the
/// errno or 0, `detail` what a user must know to mend it (a path, a limit).
struct error {
    std::string operation;
    int code = 0;
    std::string detail;
};

/// A value or the error that took its place. Made by hand: a std::variant for each of the engine's some fifty kinds of
/// result would be a tenth of what the engine costs to compile.
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
    /// For failures that change nothing: says so in the code.
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
