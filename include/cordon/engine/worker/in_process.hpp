#pragma once

#include <cordon/engine/worker/registry.hpp>
#include <cordon/engine/worker/test_process.hpp>

#include <utility>

namespace cordon::engine::worker {

/// Hands each message, decoded again, to a callable: the way of a test that runs in the supervisor itself.
template <class Receiver>
class direct_outlet : public outlet {
  public:
    explicit direct_outlet(Receiver receive) : receive_(std::move(receive)) {}

  private:
    void put(std::uint8_t type, const std::string& payload) override {
        if (std::optional<wire::report> message = wire::decode<wire::report>({type, 0, payload})) receive_(*message);
    }

    Receiver receive_;
};

/// Runs one attempt in this process, with nothing between it and the terminal.
template <class Receiver>
void run_in_process(const test_list& tests, const wire::work_item& item, std::uint32_t slot, Receiver receive) {
    static std::atomic<std::uint32_t> folder{0};
    static test_environment environment(slot);
    direct_outlet<Receiver> to(std::move(receive));
    if (!detail::current_thread.adopted) detail::adopt_thread();
    environment.describe(tests.tests[item.test], item);
    const std::string prefix = temp_folder_prefix(os::temp_root(), os::own_process_id(), item.ticket);
    current_temp_folder().begin(prefix, &folder);
    const wire::finished message = run_attempt(tests.tests[item.test], item, to);
    if (const std::uint32_t number = folder.exchange(0)) os::remove_folder(temp_folder::name(prefix, number)).ignore();
    os::flush_standard_streams();
    to.say(message);
    wire::ended end;
    end.ticket = item.ticket;
    end.pid = os::own_process_id();
    end.forked = end.started = message.started;
    end.gone = message.ended;
    to.say(end);
}

}  // namespace cordon::engine::worker
