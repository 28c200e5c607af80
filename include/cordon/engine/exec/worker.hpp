#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/exec/host.hpp>
#include <cordon/engine/exec/leftover_policy.hpp>
#include <cordon/engine/exec/link.hpp>
#include <cordon/engine/exec/resumption.hpp>
#include <cordon/engine/exec/rewind_hope.hpp>
#include <cordon/engine/exec/test_start.hpp>
#include <cordon/engine/exec/test_watch.hpp>
#include <cordon/engine/exec/workplace.hpp>
#include <cordon/engine/os/lineage.hpp>
#include <cordon/engine/os/own_state.hpp>
#include <cordon/engine/os/process.hpp>
#include <cordon/engine/os/rewind.hpp>

#include <algorithm>
#include <cstdlib>

CORDON_CHEAP_BEGIN

namespace cordon::engine::exec {

/// Carries out commands, one test process at a time, until the command pipe ends. It runs no test itself, so nothing
/// that a test does can spoil what the next one is forked from. While a host runs, that reads the commands.
class worker {
  public:
    worker(workplace& at, command_reader& commands) : at_(at), commands_(commands), test_(at), host_(at) {}

    /// Returns when the process shall exit: with its setups, if it has become a host meanwhile.
    void serve();

  private:
    // ---- commands ----

    void obey() {
        const auto obeyed = [this](auto& command) { carry_out(command); };
        while (!host_.running() && commands_.next(obeyed)) {
        }
        if (commands_.damaged()) hang_up();
    }

    void carry_out(wire::configure&) {}
    void carry_out(wire::run& command) { waiting_.append(command.items.begin(), command.items.end()); }
    void carry_out(wire::surrender&) { give_back(); }
    void carry_out(wire::cancel&) {
        give_back();
        if (test_.running()) test_.cancel(now());
        if (rest_.waits()) give_up_rest();
    }
    void carry_out(wire::leave&) { done_ = true; }
    void carry_out(wire::suspend&) {
        if (suspended_at_) return;
        suspended_at_ = now();
        if (test_.running()) test_.suspend();
    }
    void carry_out(wire::resume&) {
        if (!suspended_at_) return;
        if (test_.running()) test_.resume(*suspended_at_);
        suspended_at_.reset();
    }
    void carry_out(wire::ping&) {
        at_.outlet.say(wire::alive());
        at_.outlet.flush();
    }
    void carry_out(wire::proceed&) { awaits_word_ = false; }
    void carry_out(wire::enter& command) {
        if (host_.start(command)) begin_as_host();
    }

    // The state in which its tests begin; for a host, after its setups.
    void remember_state() const {
        if (looks_back(at_.settings)) os::remember_state(attention_to_leftovers(at_.settings));
    }
    void begin_as_host() {
        is_host_ = true;
        remember_state();
    }

    void give_back();

    // ---- starting ----

    bool busy() const { return test_.running() || host_.running(); }
    bool has_work() const { return rest_.waits() || waiting_.size() > next_waiting_; }
    work_batch next_batch();
    void forget_done();
    void start_next();

    // ---- waiting ----

    void wait();
    process_watch* watched() {
        if (host_.running()) return &host_;
        return test_.running() ? &test_ : nullptr;
    }
    void look_at_commands(bool listening);
    void look_at(process_watch& process);

    // ---- endings ----

    void conclude(const os::process_end& end, bool quiet);
    bool goes_on(wire::ended& message);
    void give_up_rest();
    void requeue_unclaimed(bool begun);
    void remove_temp_folder(std::uint32_t ticket);
    [[noreturn]] void hang_up();

    workplace& at_;
    command_reader& commands_;
    vector<wire::work_item> waiting_;
    std::size_t next_waiting_ = 0;
    test_watch test_;
    host host_;
    resumption rest_;
    rewind_hope hope_{os::rewinds_are_checked()};
    deadline suspended_at_;     ///< the run, since when
    bool awaits_word_ = false;  ///< whether the run goes on
    bool is_host_ = false;
    bool ended_ = false;  ///< the command pipe is at its end
    bool done_ = false;   ///< `leave` came
};

void worker::serve() {
    remember_state();
    while (!done_) {
        obey();
        while (!busy() && !suspended_at_ && !awaits_word_ && has_work()) {
            start_next();
        }
        if (!busy() && ended_) break;
        if (!done_) wait();
    }
    if (is_host_) std::exit(0);
}

void worker::give_back() {
    wire::returned back;
    if (test_.running()) test_.withdraw([&](const wire::work_item& item) { back.tickets.push_back(item.ticket); });
    for (; next_waiting_ < waiting_.size(); ++next_waiting_) {
        back.tickets.push_back(waiting_[next_waiting_].ticket);
    }
    at_.outlet.say(back);
    at_.outlet.flush();
}

work_batch worker::next_batch() {
    if (rest_.waits()) return rest_.batch();
    const auto from = waiting_.begin() + static_cast<std::ptrdiff_t>(next_waiting_);
    // Tests that may share a process share one; each other test gets its own. An executed process runs setups, so its
    // tests need the same ones.
    const isolate mode = from->mode;
    const bool executes = !os::can_fork();
    const bool goes_together = mode == isolate::shard
                                   ? at_.may_fork || executes
                                   : at_.may_fork && mode == isolate::rewind && hope_.is_worth_trying();
    const auto ends_batch = [&, mode](const wire::work_item& item) {
        return item.mode != mode || item.fresh ||
               (executes && setups_for(*at_.tests.tests[item.test]) != setups_for(*at_.tests.tests[from->test]));
    };
    constexpr std::ptrdiff_t most_executed = 256;  // their command fits into a pipe
    const auto end = executes ? from + std::min(most_executed, waiting_.end() - from) : waiting_.end();
    auto to = goes_together ? std::find_if(from + 1, end, ends_batch) : from + 1;
    const auto is_user = [this](const wire::work_item& item) { return hope_.is_user(item.test); };
    // No process can be rewound after such a test, so it is the last one there.
    const auto user = mode == isolate::rewind ? std::find_if(from, to, is_user) : to;
    if (user != to) to = user + 1;
    const work_batch batch(waiting_, next_waiting_, static_cast<std::size_t>(to - from));
    next_waiting_ += batch.size();
    return batch;
}

// Removes the items that are done. Called while nothing runs.
void worker::forget_done() {
    constexpr std::size_t many = 1024;
    if (next_waiting_ != waiting_.size() && next_waiting_ < many) return;
    const auto next = waiting_.begin() + static_cast<std::ptrdiff_t>(next_waiting_);
    if (next == waiting_.end()) {
        waiting_.clear();  // which keeps its memory
    } else {
        waiting_ = vector<wire::work_item>(next, waiting_.end());
    }
    next_waiting_ = 0;
}

CORDON_HOT void worker::start_next() {
    const bool is_rest = rest_.waits();
    const instant forked = now();
    const work_batch batch = next_batch();
    const result<os::process_id> made = start_test(at_, batch);
    if (made) return test_.begin(made.value(), forked, batch);
    if (is_rest) return give_up_rest();
    for (const wire::work_item& item : batch) {
        at_.outlet.say(wire::trouble{item.ticket, os::describe(made.failure())});
    }
    forget_done();
    at_.outlet.flush();
}

void worker::wait() {
    process_watch* const process = watched();
    const bool listen = !host_.running();
    watches& to = at_.watched;
    to.set(watches::ends_of_children, process != nullptr ? &at_.ends_of_children : nullptr);
    to.set(watches::commands, ended_ ? nullptr : &at_.connection.commands, listen);
    to.set(watches::debugger, process != nullptr ? process->debugger() : nullptr);
    to.set(watches::out, process != nullptr ? &at_.output.out().read : nullptr);
    to.set(watches::err, process != nullptr ? &at_.output.err().read : nullptr);
    const status waited = to.wait(process != nullptr && !suspended_at_ ? process->next_look() : nullopt);
    if (!waited) return hang_up();
    if (!ended_) look_at_commands(listen);
    if (process != nullptr) look_at(*process);
}

void worker::look_at_commands(bool listening) {
    if (listening) {
        if (at_.watched.ready(watches::commands) && !commands_.read()) ended_ = true;
        // The supervisor has ended and did not wait for the running test.
        if (ended_ && busy()) hang_up();
    } else if (at_.watched.hung_up(watches::commands)) {
        ended_ = true;
        host_.expect_end();
    }
}

void worker::look_at(process_watch& process) {
    const watches& seen = at_.watched;
    if (process.debugger() != nullptr) process.look_at_debugger(seen.ready(watches::debugger));
    const bool printed = seen.ready(watches::out) || seen.ready(watches::err);
    if (printed) process.read_output();
    const os::descriptor& ends = at_.ends_of_children;
    if ((seen.ready(watches::ends_of_children) || !ends) && os::take_child_ended(ends)) {
        // What it printed was there before its end was seen; a terminal takes its time.
        const bool quiet = ends && !printed && !at_.has_terminal();
        if (const optional<os::process_end> end = process.reap()) return conclude(*end, quiet && end->survivors == 0);
    }
    process.look(suspended_at_.has_value());
    if (at_.flush_is_due()) at_.flush();
}

// `quiet`: it has printed nothing that was not read.
void worker::conclude(const os::process_end& end, bool quiet) {
    at_.lane->process.store(0);  // the number may be given to somebody else now
    if (host_.running()) return host_.conclude(end, quiet);
    const bool begun = test_.item() != nullptr;
    wire::ended message = test_.describe(end);
    at_.lane.end_holds_above(at_.outlet.level());
    test_.say_findings(message);
    if (!quiet) test_.drain_output();
    if (!goes_on(message)) at_.output.send(at_.outlet);  // of a test that goes on, all is sent at its end
    at_.outlet.say(message);
    remove_temp_folder(message.ticket);
    requeue_unclaimed(begun);
    test_.forget();
    forget_done();
    awaits_word_ = at_.settings.one_by_one;
    if (awaits_word_ || next_waiting_ == waiting_.size() || at_.flush_is_due()) at_.flush();
}

// A test whose process ended in the middle of a subcase: its other subcases continue.
bool worker::goes_on(wire::ended& message) {
    const wire::work_item* begun = test_.item();
    if (begun == nullptr || at_.lane->over.load() == begun->ticket || ended_ || done_) return false;
    message.goes_on = rest_.take(*begun, message, at_.lane->leaves);
    if (message.goes_on) at_.lane->out_of_memory.store(0);
    return message.goes_on;
}

// The run is cancelled, or no process can be started.
void worker::give_up_rest() {
    at_.output.send(at_.outlet);
    at_.outlet.say(rest_.give_up());
    at_.flush();
}

// Items that a dead test process had not begun continue in a new one. The first item always counts as begun; otherwise
// a process that dies before its first test would be restarted forever.
void worker::requeue_unclaimed(bool begun) {
    const work_batch& batch = test_.batch();
    if (batch.size() == 1) return;
    const std::size_t from = std::max<std::size_t>(at_.lane.withdraw(), begun ? 0 : 1);
    if (batch.front().mode == isolate::rewind) {
        hope_.learn(from, batch.size());
        if (from != 0 && from < batch.size()) hope_.note_user(batch[from - 1].test);
    }
    if (from >= batch.size()) return;
    vector<wire::work_item> rest(batch.begin() + from, batch.end());
    rest.append(waiting_.begin() + static_cast<std::ptrdiff_t>(next_waiting_), waiting_.end());
    waiting_ = std::move(rest);
    next_waiting_ = 0;
}

// Files that a test process leaves for removal are not kept for a failed test.
void worker::remove_temp_folder(std::uint32_t ticket) {
    at_.temp.remove(at_.lane, ticket, at_.lane->over.load() != ticket, temp_policy::others::none);
}

// The supervisor has ended: the running test has nobody to report to.
void worker::hang_up() {
    // Waited for, so that it makes nothing any more in the folder that is removed.
    if (const process_watch* process = watched()) process->kill();
    os::end_orphans();
    if (host_.running()) host_.remove_folder();
    if (test_.running()) {
        const wire::work_item* item = test_.item();
        remove_temp_folder(item != nullptr ? item->ticket : test_.batch().front().ticket);
    }
    os::leave_now(0);
}

}  // namespace cordon::engine::exec

CORDON_CHEAP_END
