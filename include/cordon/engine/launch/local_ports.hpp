#pragma once

#include <cordon/engine/base/owned.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/launch/os_port.hpp>
#include <cordon/engine/launch/own_process_port.hpp>
#include <cordon/engine/model/options.hpp>
#include <cordon/engine/model/test_list.hpp>
#include <cordon/engine/os/process.hpp>
#include <cordon/engine/os/surroundings.hpp>
#include <cordon/engine/os/touch_watch.hpp>
#include <cordon/engine/run/port_factory.hpp>

#include <string>
#include <utility>

namespace cordon::engine::launch {

/// Ports to this machine: workers are its processes, or without isolation this process.
class local_ports : public run::port_factory {
  public:
    /// `withheld` names environment variables that tests must not see: cordon's own options, shard settings of CI
    /// systems. `tests` and `chosen` must outlive this object.
    local_ports(const test_list& tests, const options& chosen, vector<std::string> withheld)
        : tests_(tests), chosen_(chosen), withheld_(std::move(withheld)) {}

    owned<run::port> make(const run::port_wishes& wanted) override {
        if (wanted.isolation != isolate::none)
            return make_owned<os_port>(withheld_, chosen_.capture, chosen_.wrapper, wanted);
        return make_owned<own_process_port>(tests_, chosen_, wanted.under.hogs);
    }

    run::variable_world can_vary() const override {
        return {os::can_change_scheduling(), os::can_fix_addresses(), os::addresses_are_fixed()};
    }

    optional<processor_times> processors() const override { return os::read_processor_times(); }

    owned<run::touch_source> watch_touches() override {
        if (!os::can_watch_touches()) return {};
        return make_owned<local_touches>();
    }

  private:
    struct local_touches final : run::touch_source {
        vector<touch> finish() override { return watch.finish(); }
        os::touch_watch watch;
    };

    const test_list& tests_;
    const options& chosen_;
    vector<std::string> withheld_;
};

}  // namespace cordon::engine::launch
