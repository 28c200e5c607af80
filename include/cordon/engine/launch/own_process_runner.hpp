#pragma once

#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/exec/worker.hpp>
#include <cordon/engine/launch/inline_port.hpp>
#include <cordon/engine/model/test_list.hpp>
#include <cordon/engine/os/process.hpp>

#include <cstdint>
#include <string>

namespace cordon::engine::launch {

/// The supervisor's side of `--isolate=none`.
class own_process_runner : public launch::in_process_runner {
  public:
    own_process_runner(const test_list& tests, const vector<std::string>& subcases) : tests_(tests) {
        exec::prepare_for_tests();
        exec::context().subcases().choose(subcases);
    }

    void run(const wire::work_item& item, std::uint32_t slot, run::inbox& to) override {
        exec::run_in_process(tests_, item, slot, [&](wire::report& message) {
            os::flush_standard_streams();  // before any report about it
            to.on_report(slot, message);
        });
    }
    bool set_up(const wire::enter& what, std::uint32_t slot, run::inbox& to) override {
        auto tell = [&](wire::report& message) { to.on_report(slot, message); };
        exec::direct_outlet<decltype(tell)> outlet(tell);
        return exec::run_setups(exec::setups_at(what.setups), outlet, 0);
    }

  private:
    const test_list& tests_;
};

}  // namespace cordon::engine::launch
