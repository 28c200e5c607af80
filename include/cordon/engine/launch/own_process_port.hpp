#pragma once

#include <cordon/engine/base/owned.hpp>
#include <cordon/engine/base/variant.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/exec/worker_main.hpp>
#include <cordon/engine/launch/local_port.hpp>
#include <cordon/engine/launch/symbolizer.hpp>
#include <cordon/engine/model/test_list.hpp>
#include <cordon/engine/os/process.hpp>
#include <cordon/engine/os/surroundings.hpp>
#include <cordon/engine/run/inbox.hpp>

#include <cstdint>
#include <string>
#include <utility>

namespace cordon::engine::launch {

/// No isolation: `--isolate=none`, and under a debugger. There is one worker, which is this process. There are no
/// limits and no capture, and whatever ends the process ends the run.
class own_process_port : public local_port {
  public:
    /// `chosen`: its choice of subcases matters. `hogs`: number of processes that keep a processor busy. `tests` must
    /// outlive this object.
    own_process_port(const test_list& tests, const options& chosen, std::uint32_t hogs) : hogs_(hogs), tests_(tests) {
        exec::prepare_for_tests();
        exec::context().subcases().choose(chosen.subcases);
        exec::snapshots_here.settings = chosen.snapshots;
        exec::context().choose_way(chosen.way);
    }

    result<std::int64_t> start(std::uint32_t) override {
        commands_.emplace_back(wire::configure());  // answered by hello
        return os::own_process_id();
    }
    void send(std::uint32_t, wire::command what) override {
        if (what.get_if<wire::configure>() == nullptr) commands_.push_back(std::move(what));
    }
    void finish(std::uint32_t) override { finished_ = true; }
    void kill(std::uint32_t) override { finished_ = true; }
    // All at once, as a tool may read the program for a second before its first answer. It is not kept: it is a child
    // of this process, and tests may wait for any child.
    bool prepare_names(const vector<run::code_place>& places) override {
        symbolizer& known = symbols();
        known.prepare(places);
        for (const run::code_place& each : places)
            known.name(each);
        known.rest();
        return true;
    }
    missing_lines lacks(const std::string& module) override {
        const missing_lines why = symbols().lacks(module);
        symbols().rest();
        return why;
    }
    vector<stack_frame> name(const run::code_place& place) override {
        vector<stack_frame> frames = symbols().name(place);
        symbols().rest();
        return frames;
    }
    run::glimpse look(std::uint32_t) override { return {}; }
    instant now() const override { return engine::now(); }
    void end_leftovers() override { os::end_orphans(); }

    status wait(deadline, run::inbox& to) override {
        if (finished_) {
            run::worker_end end;
            end.pid = os::own_process_id();
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
    symbolizer& symbols() {
        if (!symbols_) symbols_ = make_owned<symbolizer>();
        return *symbols_;
    }

    void tell(run::inbox& to, wire::report what) { to.on_report(0, what); }

    void carry_out(const wire::configure&, run::inbox& to) {
        tell(to, wire::hello{tests_.hash, static_cast<std::uint32_t>(tests_.tests.size()), 1});
    }
    void carry_out(const wire::run& command, run::inbox& to) {
        for (const wire::work_item& item : command.items) {
            exec::run_in_process(tests_, item, 0, [&to](wire::report& message) {
                os::flush_standard_streams();  // before any report about it
                to.on_report(0, message);
            });
        }
    }
    void carry_out(const wire::enter& command, run::inbox& to) {
        groups_.push_back(command.group);
        if (set_up(command, to)) return tell(to, wire::setup_ready{command.group, 1});
        wire::left failed;
        failed.group = command.group;
        failed.clean = false;
        failed.code = 3;
        groups_.pop_back();
        tell(to, failed);
    }
    // False: the setup failed, and its failures were reported under ticket 0.
    static bool set_up(const wire::enter& what, run::inbox& to) {
        auto tell = [&to](wire::report& message) { to.on_report(0, message); };
        exec::direct_outlet<decltype(tell)> outlet(tell, 0);
        return exec::run_setups(exec::setups_at(what.setups), outlet, 0);
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
    void carry_out(const wire::proceed&, run::inbox&) {}
    void carry_out(const wire::ping&, run::inbox& to) { tell(to, wire::alive()); }

    const os::busy_processes hogs_;
    const test_list& tests_;
    vector<wire::command> commands_;
    vector<std::uint32_t> groups_;
    bool finished_ = false;
    owned<symbolizer> symbols_;
};

}  // namespace cordon::engine::launch
