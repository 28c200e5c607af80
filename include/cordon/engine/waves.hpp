#pragma once

#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/model/options.hpp>
#include <cordon/engine/model/plan.hpp>
#include <cordon/engine/model/setup_plan.hpp>
#include <cordon/engine/os/process.hpp>
#include <cordon/engine/os/surroundings.hpp>
#include <cordon/engine/report/rerun.hpp>
#include <cordon/engine/report/sink.hpp>
#include <cordon/engine/supervisor/supervisor.hpp>

#include <string>
#include <utility>

namespace cordon::engine {

/// What the waves of a session have in common.
struct wave_setting {
    const test_list& list;
    const setup_plan& setups;
    const options& chosen;
    supervisor::run_settings run;
    const vector<std::string>& withheld;  ///< environment variables that tests must not see
    report::sink& out;
};

/// A session that runs tests again and again is a row of waves, each of them a dispatcher's run with something that
/// decides what is run.
class waves {
  public:
    explicit waves(const wave_setting& with) : with_(with) {}

    const test_list& list() const { return with_.list; }
    const options& chosen() const { return with_.chosen; }
    report::sink& out() const { return with_.out; }
    std::uint32_t jobs() const { return with_.run.jobs; }
    std::uint64_t seed() const { return with_.run.seed; }

    /// False once cordon itself was in trouble, or the run was cancelled: nothing more is run.
    bool going() const { return fine_ && cancelled_by_ == 0; }

    /// Whatever `what` asks for of these tests, in the world that `under` describes.
    void run(const vector<std::size_t>& tests, supervisor::repeater& what, report::sink& to, const condition& under,
             isolate mode = isolate::by_default) {
        if (!going() || tests.empty()) return;
        plan wanted;
        wanted.order = tests;
        wanted.selected = tests.size();
        supervisor::run_settings settings = with_.run;
        settings.repeats = &what;
        settings.under = &under;
        if (mode != isolate::by_default) settings.isolation = mode;
        const os::busy_processes beside(under.hogs);
        supervisor::os_port processes(with_.withheld, true, with_.chosen.capture, under);
        supervisor::dispatcher work(with_.list, wanted, with_.setups, with_.chosen, settings, processes, to);
        fine_ = work.run();
        cancelled_by_ = work.cancelled_by();
    }
    template <class Repeater>
    void run(const vector<std::size_t>& tests, Repeater& what) {
        run(tests, what, what, with_.chosen.under);
    }

    /// The end of the session.
    void finish(std::string stopped_because, std::uint64_t peak_rss) {
        with_.out.on(
            run_finished{now() - with_.run.started, cancelled_by_, std::move(stopped_because), peak_rss, !fine_});
    }

    /// A command line that selects these tests, with options.
    std::string command(const vector<std::size_t>& tests, const std::string& options) const {
        return report::rerun_command(os::self_path(), with_.list, tests) + options;
    }
    std::string command(std::size_t test, const std::string& options) const {
        vector<std::size_t> only;
        only.push_back(test);
        return command(only, options);
    }

    /// A command line that selects what this one does, with options.
    std::string command_for_all(const vector<std::size_t>& selected, const std::string& options) const {
        return report::rerun_selection(os::self_path(), with_.list, with_.chosen, selected) + options;
    }

  private:
    wave_setting with_;
    bool fine_ = true;
    int cancelled_by_ = 0;
};

}  // namespace cordon::engine
