#pragma once

#include <cordon/engine/exec/attempt.hpp>
#include <cordon/engine/exec/branch_note.hpp>
#include <cordon/engine/exec/brief_lock.hpp>
#include <cordon/engine/exec/early_exit.hpp>
#include <cordon/engine/exec/temp_folder.hpp>
#include <cordon/engine/exec/test_environment.hpp>
#include <cordon/engine/model/outcome.hpp>
#include <cordon/engine/model/test_list.hpp>
#include <cordon/engine/os/shared_memory.hpp>
#include <cordon/engine/wire/message.hpp>

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace cordon::engine::exec {

/// In shared memory: what copies of this process say that a test made with fork(). Several may speak at once.
struct note_of_copies {
    brief_lock lock;
    std::atomic<std::uint32_t> ticket;  ///< of the test that runs
    std::atomic<std::uint32_t> failed;  ///< its failures in copies, including those that `said` has no room for
    branch_note said;

    void add(std::uint8_t type, std::string_view payload, const wire::failed_assertion& what) {
        if (what.ticket != ticket) return;  // from a process that an earlier test left behind
        if (fails_test(what.what.kind)) failed.fetch_add(1);
        if (!lock.lock_or_give_up()) return;
        said.append(type, payload);
        lock.unlock();
    }
};

/// Returns null if the system has no memory for it; then copies are not heard.
note_of_copies* copies_of_supervisor() {
    static result<os::shared_memory> memory = os::shared_memory::create(sizeof(note_of_copies));
    if (memory) memory.value().close_object();  // it is no descriptor of the test
    return memory ? static_cast<note_of_copies*>(memory.value().address()) : nullptr;
}

/// Decodes each message and passes it to a callable: for a test that runs in the supervisor itself.
template <class Receiver>
class direct_outlet : public outlet {
  public:
    direct_outlet(Receiver receive, std::uint32_t ticket) : receive_(std::move(receive)), ticket_(ticket) {
        if (copies_ == nullptr) return;
        copies_->ticket = ticket;
        copies_->lock.unlock();  // a copy may have died while it held the lock
        copies_->failed = 0;
        copies_->said.clear();
    }

    /// Passes on the failures of copies of this process. They could not call the receiver themselves, as it works in
    /// the memory of this process.
    void hear_copies() {
        if (copies_ == nullptr) return;
        bool heard = copies_->failed == 0;
        copies_->said.read([&](std::uint8_t type, std::string_view payload) {
            optional<wire::report> message = decoded(type, payload);
            const auto* const failed = message ? message->template get_if<wire::failed_assertion>() : nullptr;
            if (failed == nullptr || failed->ticket != ticket_) return;  // the test has overwritten it
            heard = heard || fails_test(failed->what.kind);
            receive_(*message);
        });
        if (heard) return;
        wire::failed_assertion unheard;
        unheard.ticket = ticket_;
        unheard.what.kind = failure_kind::process;
        unheard.what.message = "an assertion failed in a process that a test forked, and its text was lost";
        wire::report message(std::move(unheard));
        receive_(message);
    }

  private:
    static optional<wire::report> decoded(std::uint8_t type, std::string_view payload) {
        return wire::decode<wire::report>({wire::frame_version, type, 0, payload});
    }

    void put(std::uint8_t type, std::string_view payload) override {
        optional<wire::report> message = decoded(type, payload);
        if (!message) return;
        if (process_ == os::own_process_id()) return receive_(*message);
        const auto* const failed = message->template get_if<wire::failed_assertion>();
        if (failed != nullptr && copies_ != nullptr) copies_->add(type, payload, *failed);
    }

    Receiver receive_;
    const std::uint32_t ticket_;
    const os::process_id process_ = os::own_process_id();
    note_of_copies* const copies_ = copies_of_supervisor();
};

/// Runs one attempt in this process, directly on the terminal.
template <class Receiver>
void run_in_process(const test_list& tests, const wire::work_item& item, std::uint32_t slot, Receiver receive) {
    static const bool is_debugged = os::under_debugger();
    if (is_debugged) context().break_on_failure();
    static const bool exit_is_watched = os::call_at_exit(refuse_early_exit);
    static_cast<void>(exit_is_watched);
    static std::atomic<std::uint32_t> folder{0};
    direct_outlet<Receiver> to(std::move(receive), item.ticket);
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
    to.hear_copies();
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
