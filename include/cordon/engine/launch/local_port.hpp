#pragma once

#include <cordon/engine/os/descriptor.hpp>
#include <cordon/engine/os/own_state.hpp>
#include <cordon/engine/os/process.hpp>
#include <cordon/engine/os/signal.hpp>
#include <cordon/engine/run/port.hpp>

#include <string>

namespace cordon::engine::launch {

/// A port whose tests run on this machine: describes the machine.
class local_port : public run::port {
  public:
    run::machine_facts machine() const override { return {os::can_see_threads(), os::reports_undefined_behaviour()}; }

    run::signal_facts signal(int number) const override {
        run::signal_facts known;
        known.name = os::signal_name(number);
        known.meaning = os::signal_meaning(number);
        known.from_others = os::comes_from_others(number);
        known.kills = number == os::kill_signal();
        known.from_keyboard = number == os::interrupt_signal();
        known.guards_terminal = os::is_stop_by_terminal(number);
        return known;
    }

    std::string describe(const error& failure) const override { return os::describe(failure); }
};

}  // namespace cordon::engine::launch
