#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/model/sink.hpp>
#include <cordon/engine/os/terminal.hpp>
#include <cordon/engine/text/wording.hpp>

#include <memory>
#include <string>

CORDON_CHEAP_BEGIN

namespace cordon::engine::app {

/// If a test has changed the modes of the terminal, restores them and reports it. So neither the next test nor the
/// user's shell is affected.
class terminal_guard final : public sink {
  public:
    explicit terminal_guard(sink& out) : out_(out) {}

    void on(const event& happened) override {
        if (const auto* started = happened.get_if<run_started>()) {
            list_ = started->list;
            os::remember_terminal_modes();
        }
        if (const auto* ended = happened.get_if<attempt_ended>()) look(ended->result.test);
        if (happened.get_if<run_finished>() != nullptr) look(last_);
    }

  private:
    void look(std::size_t test) {
        last_ = test;
        if (!os::put_back_terminal_modes()) return;
        const std::string name = test < list_->tests.size() ? text::full_name_of(list_->tests[test]) : std::string();
        out_.on(notice{notice::level::warning, "the terminal's modes were changed while \"" + name +
                                                   "\" ran, or a test beside it; they were restored"});
    }

    sink& out_;
    std::shared_ptr<const test_list> list_;
    std::size_t last_ = 0;
};

}  // namespace cordon::engine::app

CORDON_CHEAP_END
