#pragma once

#include <cordon/engine/base/owned.hpp>
#include <cordon/engine/base/variant.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/launch/local_port.hpp>
#include <cordon/engine/launch/symbolizer.hpp>
#include <cordon/engine/os/surroundings.hpp>
#include <cordon/engine/run/port.hpp>

#include <cstdint>
#include <utility>

namespace cordon::engine::launch {

/// Runs tests in this process. Implemented in the layer that knows both worker and supervisor. Reports go to `to` at
/// once.
class in_process_runner {
  public:
    virtual ~in_process_runner() = default;
    virtual void run(const wire::work_item& item, std::uint32_t slot, run::inbox& to) = 0;
    /// False: the setup failed, and its failures were reported under ticket 0.
    virtual bool set_up(const wire::enter& what, std::uint32_t slot, run::inbox& to) = 0;
};

/// No isolation: `--isolate=none`, and under a debugger. There is one worker, which is this process. There are no
/// limits and no capture, and whatever ends the process ends the run.
class inline_port : public local_port {
  public:
    /// `hogs`: number of processes that keep a processor busy.
    inline_port(owned<in_process_runner> runner, wire::hello about, std::int64_t own_pid, std::uint32_t hogs)
        : runner_(std::move(runner)), about_(about), own_pid_(own_pid), hogs_(hogs) {}

    result<std::int64_t> start(std::uint32_t) override {
        commands_.emplace_back(wire::configure());  // answered by hello
        return own_pid_;
    }
    void send(std::uint32_t, wire::command what) override {
        if (what.get_if<wire::configure>() == nullptr) commands_.push_back(std::move(what));
    }
    void finish(std::uint32_t) override { finished_ = true; }
    void kill(std::uint32_t) override { finished_ = true; }
    missing_lines lacks(const std::string& module) override { return symbolizer().lacks(module); }
    vector<stack_frame> name(const run::code_place& place) override {
        // Not kept: the tool that it asks is a child of this process, and tests may wait for any child.
        symbolizer symbols;
        return symbols.name(place);
    }
    run::glimpse look(std::uint32_t) override { return {}; }
    instant now() const override { return engine::now(); }
    void end_leftovers() override { os::end_orphans(); }

    status wait(deadline, run::inbox& to) override {
        if (finished_) {
            run::worker_end end;
            end.pid = own_pid_;
            to.on_worker_end(0, end);
            return ok();
        }
        const vector<wire::command> now = std::move(commands_);
        for (const wire::command& next : now) {
            next.visit([this, &to](const auto& command) { carry_out(command, to); });
        }
        return ok();
    }

  private:
    void tell(run::inbox& to, wire::report what) { to.on_report(0, what); }

    void carry_out(const wire::configure&, run::inbox& to) { tell(to, about_); }
    void carry_out(const wire::run& command, run::inbox& to) {
        for (const wire::work_item& item : command.items) {
            runner_->run(item, 0, to);
        }
    }
    void carry_out(const wire::enter& command, run::inbox& to) {
        groups_.push_back(command.group);
        if (runner_->set_up(command, 0, to)) return tell(to, wire::setup_ready{command.group, 1});
        wire::left failed;
        failed.group = command.group;
        failed.clean = false;
        failed.code = 3;
        groups_.pop_back();
        tell(to, failed);
    }
    // The results of a setup cannot be undone here: they stay.
    void carry_out(const wire::leave&, run::inbox& to) {
        wire::left back;
        back.group = groups_.empty() ? 0 : groups_.back();
        if (!groups_.empty()) groups_.pop_back();
        tell(to, back);
    }
    void carry_out(const wire::surrender&, run::inbox& to) { tell(to, wire::returned()); }
    void carry_out(const wire::cancel&, run::inbox&) {}
    void carry_out(const wire::suspend&, run::inbox&) {}
    void carry_out(const wire::resume&, run::inbox&) {}
    void carry_out(const wire::ping&, run::inbox& to) { tell(to, wire::alive()); }

    owned<in_process_runner> runner_;
    wire::hello about_;
    std::int64_t own_pid_;
    const os::busy_processes hogs_;
    vector<wire::command> commands_;
    vector<std::uint32_t> groups_;
    bool finished_ = false;
};

}  // namespace cordon::engine::launch
