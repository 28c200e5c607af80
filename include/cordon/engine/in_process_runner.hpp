#pragma once

#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/test_list.hpp>
#include <cordon/engine/os/process.hpp>
#include <cordon/engine/supervisor/supervisor.hpp>
#include <cordon/engine/worker/worker.hpp>

#include <cstdint>
#include <string>

namespace cordon::engine {

namespace session_detail {

/// The supervisor's side of `--isolate=none`.
class in_process_runner : public supervisor::in_process_runner {
  public:
    in_process_runner(const test_list& tests, const vector<std::string>& subcases) : tests_(tests) {
        worker::prepare_for_tests();
        worker::context().subcases().choose(subcases);
    }

    void run(const wire::work_item& item, std::uint32_t slot, supervisor::inbox& to) override {
        worker::run_in_process(tests_, item, slot, [&](wire::report& message) {
            os::flush_standard_streams();  // before anything that a report says of it
            to.on_report(slot, message);
        });
    }
    bool set_up(const wire::enter& what, std::uint32_t slot, supervisor::inbox& to) override {
        auto tell = [&](wire::report& message) { to.on_report(slot, message); };
        worker::direct_outlet<decltype(tell)> outlet(tell);
        return worker::run_setups(worker::setups_at(what.setups), outlet, 0);
    }

  private:
    const test_list& tests_;
};

}  // namespace session_detail

}  // namespace cordon::engine
