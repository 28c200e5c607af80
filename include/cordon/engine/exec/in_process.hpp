#pragma once

#include <cordon/engine/exec/attempt.hpp>
#include <cordon/engine/exec/early_exit.hpp>
#include <cordon/engine/exec/temp_folder.hpp>
#include <cordon/engine/exec/test_environment.hpp>
#include <cordon/engine/model/test_list.hpp>

#include <string>
#include <utility>

namespace cordon::engine::exec {

/// Decodes each message and passes it to a callable: for a test that runs in the supervisor itself.
template <class Receiver>
class direct_outlet : public outlet {
  public:
    explicit direct_outlet(Receiver receive) : receive_(std::move(receive)) {}

  private:
    void put(std::uint8_t type, std::string_view payload) override {
        if (optional<wire::report> message = wire::decode<wire::report>({wire::frame_version, type, 0, payload}))
            receive_(*message);
    }

    Receiver receive_;
};

/// Runs one attempt in this process, directly on the terminal.
template <class Receiver>
void run_in_process(const test_list& tests, const wire::work_item& item, std::uint32_t slot, Receiver receive) {
    static const bool is_debugged = os::under_debugger();
    if (is_debugged) context().break_on_failure();
    static const bool exit_is_watched = os::call_at_exit(refuse_early_exit);
    static_cast<void>(exit_is_watched);
    static std::atomic<std::uint32_t> folder{0};
    direct_outlet<Receiver> to(std::move(receive));
    environment_of_tests().set_slot(slot);
    environment_of_tests().describe(*tests.tests[item.test].registered, item);
    static const std::string root = os::temp_root();  // a test's own folder is one later
    const temp_folder::owner owner{&root, os::own_process_id(), item.ticket};
    current_temp_folder().begin(owner, &folder);
    test_of_supervisor = &tests.tests[item.test].name;
    const wire::finished& message = run_attempt(*tests.tests[item.test].registered, item, to, nullptr);
    // A process that the test forked and that returned here must not continue as the run.
    if (!context().in_own_process()) os::leave_with_coverage(message.how == wire::finish::failed ? 1 : 0);
    test_of_supervisor = nullptr;
    if (const std::uint32_t number = folder.exchange(0)) os::remove_folder(owner.path(number)).ignore();
    os::flush_standard_streams();
    to.say(message);
    static bool reused = false;
    wire::ended end;
    end.ticket = item.ticket;
    end.process_reused = std::exchange(reused, true);
    end.pid = os::own_process_id();
    end.forked = end.started = message.started;
    end.gone = message.ended;
    to.say(end);
}

}  // namespace cordon::engine::exec
