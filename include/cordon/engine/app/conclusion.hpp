#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/app/exit_code.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/model/sink.hpp>
#include <cordon/engine/report/tally.hpp>
#include <cordon/engine/text/shell.hpp>

#include <cstddef>

CORDON_CHEAP_BEGIN

namespace cordon::engine::app {

/// Collects from the events what decides the exit code, as a report does.
class conclusion final : public sink {
  public:
    void on(const event& happened) override {
        tally_.on(happened);
        if (const auto* run = happened.get_if<run_started>()) {
            text::quote_for(run->info.os);
            summary_.selected = run->info.shard ? run->unsharded.size() : run->selected.size();
        } else if (const auto* ended = happened.get_if<attempt_ended>()) {
            exit_cut_short_ = exit_cut_short_ || ended->result.exit_cut_short;
            const bool missed = ended->result.how == ending::skipped && ended->result.reason == no_such_subcase;
            ++(missed ? without_subcase_ : attempted_);
        } else if (const auto* end = happened.get_if<run_finished>()) {
            summary_.cancelled_by = end->cancelled_by;
            summary_.report_failed = end->in_trouble;
        }
    }

    run_summary summary() const {
        run_summary all = summary_;
        for (std::size_t i = 0; i < verdict_count; ++i) {
            all.verdicts[i] = static_cast<std::size_t>(tally_.count(static_cast<verdict>(i)));
        }
        all.flaky_against = static_cast<std::size_t>(tally_.flaky_against());
        if (missed_all_subcases()) all.selected = 0;
        return all;
    }

    /// True if no test that ran has a subcase that --subcase names.
    bool missed_all_subcases() const { return without_subcase_ != 0 && attempted_ == 0; }

    /// True if an exit handler or a destructor ended a test's process. This process may have the same one.
    bool exit_cut_short() const { return exit_cut_short_; }

  private:
    report::tally tally_;
    run_summary summary_;
    bool exit_cut_short_ = false;
    std::size_t without_subcase_ = 0;  // attempts in which --subcase left nothing to run
    std::size_t attempted_ = 0;        // others
};

}  // namespace cordon::engine::app

CORDON_CHEAP_END
