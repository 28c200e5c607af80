#pragma once

#include <cordon/api/config.hpp>
#include <cordon/api/listener/listener.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/exec/listeners.hpp>
#include <cordon/engine/exec/told_test.hpp>
#include <cordon/engine/model/sink.hpp>

#include <algorithm>
#include <exception>
#include <memory>
#include <string>

CORDON_CHEAP_BEGIN

namespace cordon::engine::app {

/// Tells the listeners of the program what they hear in the supervisor. One that throws hears no more here.
class told_listeners final : public sink {
  public:
    void on(const event& happened) override {
        if (const auto* run = happened.get_if<engine::run_started>()) begin(*run);
        if (const auto* test = happened.get_if<engine::test_finished>()) judge(*test);
        if (const auto* run = happened.get_if<engine::run_finished>()) end(*run);
    }

    status finish() override {
        if (failure_) return *failure_;
        return ok();
    }

  private:
    void begin(const run_started& run) {
        list_ = run.list;
        program_ = run.info.program;
        run_ = {program_.c_str(), run.selected.size(), list_->tests.size(), run.info.seed};
        each([this](listener& to) { to.run_started(run_); });
    }

    void judge(const test_finished& test) {
        const std::string verdict(name_of(test.what));
        count(test);
        const exec::told_test told(list_->tests[test.test], 1, 0, false);
        each([&](listener& to) { to.test_judged(told.facts(), verdict.c_str()); });
    }

    void count(const test_finished& test) {
        ++summary_.verdicts;
        const auto is = [&test](auto... any) { return ((test.what == any) || ...); };
        if (is(verdict::skipped, verdict::todo, verdict::not_run)) {
            ++summary_.skipped;
        } else if (is(verdict::failed, verdict::unexpected_pass, verdict::lost) || !test.against.empty()) {
            ++summary_.failed;
        } else {
            ++summary_.passed;
        }
    }

    void end(const run_finished& run) {
        summary_.cancelled = run.cancelled_by != 0;
        summary_.seconds = seconds(run.took);
        each([this](listener& to) { to.run_ended(run_, summary_); });
    }

    template <class Call>
    void each(const Call& call) {
        for (const detail::listener_entry* entry = exec::first_listener; entry != nullptr; entry = entry->next) {
            if (std::find(silent_.begin(), silent_.end(), entry) == silent_.end()) tell(*entry, call);
        }
    }

    template <class Call>
    void tell(const detail::listener_entry& entry, const Call& call) {
#if defined(CORDON_CONFIG_NO_EXCEPTIONS)
        call(entry.object());
#else
        try {
            call(entry.object());
        } catch (const std::exception& thrown) {
            fail(entry, thrown.what());
        } catch (...) {
            fail(entry, "an exception of unknown type");
        }
#endif
    }

    void fail(const detail::listener_entry& entry, const char* what) {
        silent_.push_back(&entry);
        failure_ = error{"go on with the listener", 0, std::string(entry.name) + ", which threw: " + what};
    }

    std::shared_ptr<const test_list> list_;
    std::string program_;
    listener::run run_{"", 0, 0, 0};
    listener::summary summary_{0, 0, 0, 0, false, 0};
    vector<const detail::listener_entry*> silent_;
    optional<error> failure_;
};

}  // namespace cordon::engine::app

CORDON_CHEAP_END
