#pragma once

#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/os/descriptor.hpp>
#include <cordon/engine/os/process.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace cordon::engine::os {

/// A tool of the system that answers one question after another: written to its standard input, answered on its
/// standard output. If it is not found, dead or too slow, it is given up, and every later question fails.
class helper_program {
  public:
    /// `arguments`: the program, searched in PATH unless it contains a slash, and its arguments. `hears_errors`: its
    /// standard error is read too; otherwise it is dropped.
    explicit helper_program(const vector<std::string>& arguments, bool hears_errors = false);
    helper_program(const helper_program&) = delete;
    helper_program& operator=(const helper_program&) = delete;
    ~helper_program();

    bool usable() const { return process_ != 0; }

    /// Sends `question` and returns the answer up to `last` and this many `lines` after it. Empty if there was no such
    /// answer within `limit`.
    std::string ask(std::string_view question, std::string_view last, std::size_t lines, duration limit);

    /// Sends a question without waiting for the answer. False: it is given up.
    bool tell(std::string_view question);

    /// For a program that answers without a question, or was told something: the descriptor to wait for, and the output
    /// so far, appended to `to`. False: there is no more output, and it is given up.
    const descriptor& answers() const { return from_; }
    bool read(std::string& to);

    /// To write to it without waiting (write_some()).
    const descriptor& questions() const { return to_; }
    /// Its standard error.
    const descriptor& errors() const { return errors_; }
    void end_errors() { errors_.close(); }
    /// It gets no more input.
    void end_input() { to_.close(); }
    /// Its end, once: then it is given up. Nothing while it runs.
    optional<process_end> take_end();

    /// Kills it and its group.
    void give_up();

  private:
    process_id process_ = 0;
    descriptor to_;
    descriptor from_;
    descriptor errors_;
};

}  // namespace cordon::engine::os
