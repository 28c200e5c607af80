#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/owned.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/exec/debugger_text.hpp>
#include <cordon/engine/model/options.hpp>
#include <cordon/engine/os/helper_program.hpp>
#include <cordon/engine/os/process.hpp>

#include <string>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::exec {

/// A debugger's view of a process over its time limit (--on-timeout). The debugger runs beside the worker, which
/// continues its other work.
class debugger_look {
  public:
    void begin(timeout_view which, os::process_id process) {
        const vector<std::string> command = command_of(which, std::to_string(process));
        name_ = command.front();
        tool_ = make_owned<os::helper_program>(command);
    }

    /// Ends the debugger, whether it is finished or not.
    void end() { tool_.reset(); }

    bool running() const { return tool_ && tool_->usable(); }
    const os::descriptor& answers() const { return tool_->answers(); }

    void read() {
        if (!tool_->read(text_)) tool_.reset();
        if (text_.size() > most) text_.resize(most);
    }

    /// Returns its output. Ends the debugger if it still runs.
    std::string take() {
        end();
        if (name_.empty()) return {};
        const std::string name = std::exchange(name_, {});
        if (text_.empty())
            return name +
                   " showed nothing: it is not installed, may not attach to processes here, or the test ended first\n";
        return exec::trim_debugger_text(std::exchange(text_, {}));
    }

  private:
    static constexpr std::size_t most = 128 * 1024;

    // The debugger must not use the user's settings, ask questions, or contact debuginfo servers.
    static vector<std::string> command_of(timeout_view which, const std::string& process) {
        if (which == timeout_view::lldb)
            return {"lldb", "--batch",       "--no-lldbinit", "-p", process, "-o", "thread backtrace all",
                    "-o",   "frame variable"};
        return {"gdb",  "-q",
                "-nx",  "-batch",
                "-iex", "set debuginfod enabled off",
                "-iex", "set pagination off",
                "-p",   process,
                "-ex",  "thread apply all backtrace full"};
    }

    std::string name_;  ///< name of the debugger that was started; empty: none
    std::string text_;
    owned<os::helper_program> tool_;
};

}  // namespace cordon::engine::exec

CORDON_CHEAP_END
