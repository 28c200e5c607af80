#pragma once

#include <cassert>
#include <string>
#include <utility>
#include <variant>

namespace cordon::engine {

/// What went wrong in a call to the system or on bad input. `operation` says what was tried ("open"), `code` is the
/// errno or 0, `detail` what a user must know to mend it (a path, a limit).
struct error {
    std::string operation;
    int code = 0;
    std::string detail;
};

/// A value or the error that took its place.
template <class T>
class [[nodiscard]] result {
  public:
    result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    result(error failure) : state_(std::in_place_index<1>, std::move(failure)) {}

    explicit operator bool() const { return state_.index() == 0; }
    T& value() {
        assert(*this);
        return *std::get_if<0>(&state_);
    }
    const T& value() const {
        assert(*this);
        return *std::get_if<0>(&state_);
    }
    /// For failures that change nothing: says so in the code.
    void ignore() const {}
    const error& failure() const {
        assert(!*this);
        return *std::get_if<1>(&state_);
    }

  private:
    std::variant<T, error> state_;
};

struct nothing {};
using status = result<nothing>;
inline status ok() { return nothing{}; }

}  // namespace cordon::engine
