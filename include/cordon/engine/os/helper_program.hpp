#pragma once

#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/os/descriptor.hpp>
#include <cordon/engine/os/process.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace cordon::engine::os {

/// A tool of the system's that is asked one thing after another: written to its standard input, answered on its
/// standard output. Not found, dead or too slow, it is given up and every later question fails.
class helper_program {
  public:
    /// `arguments`: the program, looked for in PATH unless it holds a slash, and what it is told.
    explicit helper_program(const vector<std::string>& arguments);
    helper_program(const helper_program&) = delete;
    helper_program& operator=(const helper_program&) = delete;
    ~helper_program();

    bool usable() const { return process_ != 0; }

    /// Sends `question` and returns what comes back up to `last` and so many `lines` after it. Empty: there was no such
    /// answer within `limit`.
    std::string ask(std::string_view question, std::string_view last, std::size_t lines, duration limit);

    /// Sends a question without waiting for the answer. False: it is given up.
    bool tell(std::string_view question);

    /// For a program that speaks unasked, or has been told something: what to wait for, and what has come so far,
    /// appended to `to`. False: there was no more to come, and it is given up.
    const descriptor& answers() const { return from_; }
    bool read(std::string& to);

    void give_up();

  private:
    process_id process_ = 0;
    descriptor to_;
    descriptor from_;
};

}  // namespace cordon::engine::os
