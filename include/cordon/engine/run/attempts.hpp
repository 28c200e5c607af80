#pragma once

#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/run/attempt.hpp>
#include <cordon/engine/run/attempt_listener.hpp>
#include <cordon/engine/run/post_mortem.hpp>
#include <cordon/engine/run/repeater.hpp>
#include <cordon/engine/run/repeats.hpp>
#include <cordon/engine/run/run_context.hpp>
#include <cordon/engine/run/run_state.hpp>
#include <cordon/engine/run/ticket_book.hpp>
#include <cordon/engine/run/workload.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

namespace cordon::engine::run {

/// The attempts of a run, from ticket to result: collects all messages of each, and settles it when no more can come.
class attempts {
  public:
    /// `kind` says how many attempts a test may have, and what happens to attempts that say nothing about the test.
    attempts(const run_context& of, const run_state& state, const repeats& kind, std::size_t slots,
             attempt_listener& to)
        : run_(of), state_(state), kind_(kind), to_(to), loads_(slots), post_mortem_(of) {}

    // ---- handing out ----

    /// A new attempt for that slot's worker, in the turn of `turn`.
    wire::work_item hand_out(std::uint32_t slot, const planned_run& what, std::size_t turn);
    /// The worker has not begun these and will not. Returns the tests whose turns they belong to.
    vector<std::size_t> take_back(std::uint32_t slot, const vector<std::uint32_t>& tickets);

    std::size_t in_hand(std::uint32_t slot) const { return loads_[slot].outstanding.size(); }
    bool owns(std::uint32_t slot, std::uint32_t ticket) const { return loads_[slot].owns(ticket); }
    std::size_t test_of(std::uint32_t ticket) const { return tickets_[ticket].test; }
    /// The running test of a slot that has attempts, or its next one.
    std::size_t current_test(std::uint32_t slot) const { return test_of(loads_[slot].outstanding.front()); }

    // ---- what comes in, under tickets that the slot owns ----

    template <class Word>
    void hear(std::uint32_t slot, Word& what) {
        loads_[slot].part(what.ticket).on(what);
    }
    void hear(std::uint32_t slot, wire::output& what);
    void hear(std::uint32_t slot, wire::output_done& what);
    void hear(std::uint32_t slot, wire::finished& what);
    void hear(std::uint32_t slot, wire::ended& what);
    /// Reports that the attempt has begun, if it is the slot's next one and this was not reported yet.
    void see(std::uint32_t slot, const glimpse& now_at);

    // ---- ends that nobody reports ----

    void lose(std::uint32_t slot, std::uint32_t ticket, const std::string& reason);
    /// The process of the tests has ended: the running attempt is lost. Returns the tickets of the others.
    vector<std::uint32_t> abandon(std::uint32_t slot, const std::string& reason, std::uint32_t running);

    /// The worker's machine is lost: nobody knows how far its tests came. Forgets what they have said, and returns the
    /// tickets of all.
    vector<std::uint32_t> forsake(std::uint32_t slot);

    /// A test that could not start because of a setup: reports an attempt all the same.
    void fail_unstarted(std::uint32_t slot, std::size_t test, attempt_result result, vector<wire::trace>& traces);

    // ---- names of functions ----

    bool any_unnamed() const { return !unnamed_.empty(); }
    /// Passes on the results whose stacks can be named by now; all results if the run is stopping.
    void tell_named();

  private:
    struct unnamed_attempt {
        std::uint32_t slot = 0;
        attempt what;
        vector<code_place> places;  ///< the places in its stacks
    };

    void lose_predecessors(std::uint32_t slot, std::uint32_t of);
    void move_on(std::uint32_t slot, std::uint32_t to);
    void settle_complete(std::uint32_t slot);
    /// Settles the attempt. `lost_because`: no more messages of it can come.
    void conclude(std::uint32_t slot, attempt& part, optional<std::string> lost_because = nullopt);
    void tell(std::uint32_t slot, attempt& done);
    void announce(std::uint32_t slot, attempt& part, std::int64_t pid, duration started);

    const run_context& run_;
    const run_state& state_;
    const repeats& kind_;
    attempt_listener& to_;
    vector<workload> loads_;  // by slot
    ticket_book tickets_;
    post_mortem post_mortem_;
    vector<unnamed_attempt> unnamed_;  // attempts that have ended and wait for names in their stacks
};

// ---- handing out ----

wire::work_item attempts::hand_out(std::uint32_t slot, const planned_run& what, std::size_t turn) {
    const test_settings wanted = run_.settings_of(what.test);
    wire::work_item item;
    item.test = static_cast<std::uint32_t>(what.test);
    item.number = what.number;
    item.of = std::max(what.number, kind_.most_attempts(what.test));
    item.mode = what.mode == isolate::by_default ? wanted.isolation : what.mode;
    item.fresh = what.fresh;
    item.snapshot = what.snapshot;
    item.seed = what.seed.value_or(run_.under().seed.value_or(run_.seed_of(what.test, what.number)));
    item.timeout = wanted.timeout;
    item.memory_limit = wanted.memory_limit;
    item.ticket = tickets_.add(item.test, item.number, static_cast<std::uint32_t>(turn), item.seed);
    loads_[slot].outstanding.push_back(item.ticket);
    return item;
}

vector<std::size_t> attempts::take_back(std::uint32_t slot, const vector<std::uint32_t>& given_back) {
    vector<std::size_t> turns;
    for (const std::uint32_t ticket : given_back) {
        if (!loads_[slot].owns(ticket)) continue;
        loads_[slot].forget(ticket);
        turns.push_back(tickets_[ticket].turn);
        tickets_.settle(ticket);
    }
    return turns;
}

// ---- what comes in ----

void attempts::hear(std::uint32_t slot, wire::output& what) {
    if (what.live) return run_.out.on(output_arrived{test_of(what.ticket), what.from, std::move(what.text)});
    loads_[slot].part(what.ticket).on(what);
}

void attempts::hear(std::uint32_t slot, wire::output_done& what) {
    loads_[slot].part(what.ticket).output_complete = true;
    settle_complete(slot);
}

void attempts::hear(std::uint32_t slot, wire::finished& what) {
    move_on(slot, what.ticket);
    loads_[slot].part(what.ticket).said = std::move(what);
    settle_complete(slot);
}

void attempts::hear(std::uint32_t slot, wire::ended& what) {
    lose_predecessors(slot, what.ticket);
    attempt& part = loads_[slot].part(what.ticket);
    part.on(what);
    if (part.process->goes_on) {
        const test_settings settings = run_.settings_of(test_of(part.ticket));
        part.go_on(settings.timeout, settings.memory_limit);
    }
    settle_complete(slot);
    if (run_.chosen.fail_fast != 0 && !state_.stopping) run_.world.send(slot, wire::proceed());
}

// A worker runs its items in order, and sends all messages about an item before the end of its process. So when a
// process has ended, no more messages can come for items sent before it.
void attempts::lose_predecessors(std::uint32_t slot, std::uint32_t of) {
    workload& from = loads_[slot];
    for (attempt& each : from.parts) {
        each.output_complete = each.output_complete || each.ticket < of;
    }
    move_on(slot, of);
    while (!from.is_next(of)) {
        lose(slot, from.outstanding.front(), "its end was not reported");
    }
}

void attempts::see(std::uint32_t slot, const glimpse& now_at) {
    // Only if no earlier message can still be on its way: parts keep their order.
    if (loads_[slot].is_next(now_at.ticket))
        announce(slot, loads_[slot].part(now_at.ticket), now_at.process, now_at.started);
}

// ---- settling ----

// A process has begun another test: its messages about the earlier ones are complete.
void attempts::move_on(std::uint32_t slot, std::uint32_t to) {
    for (attempt& each : loads_[slot].parts) {
        if (each.ticket != to && each.said) each.moved_on = true;
    }
    settle_complete(slot);
}

void attempts::settle_complete(std::uint32_t slot) {
    vector<attempt>& parts = loads_[slot].parts;
    for (std::size_t i = 0; i < parts.size();) {
        if (!parts[i].complete()) {
            ++i;
            continue;
        }
        conclude(slot, parts[i]);
    }
}

void attempts::lose(std::uint32_t slot, std::uint32_t ticket, const std::string& reason) {
    conclude(slot, loads_[slot].part(ticket), reason);
}

vector<std::uint32_t> attempts::abandon(std::uint32_t slot, const std::string& reason, std::uint32_t running) {
    workload& from = loads_[slot];
    if (from.owns(running)) {
        lose_predecessors(slot, running);
        from.part(running);
    }
    for (attempt& part : from.parts) {
        part.moved_on = part.ticket != from.parts.back().ticket;
        part.output_complete = true;
    }
    settle_complete(slot);
    while (!from.parts.empty())
        lose(slot, from.parts.front().ticket, reason);
    return vector<std::uint32_t>(from.outstanding.begin(), from.outstanding.end());
}

vector<std::uint32_t> attempts::forsake(std::uint32_t slot) {
    loads_[slot].parts.clear();
    return vector<std::uint32_t>(loads_[slot].outstanding.begin(), loads_[slot].outstanding.end());
}

void attempts::fail_unstarted(std::uint32_t slot, std::size_t test, attempt_result result,
                              vector<wire::trace>& traces) {
    result.test = test;
    result.number = kind_.next_attempt(test);
    result.of = result.number;
    result.slot = slot;
    result.started = run_.elapsed();
    post_mortem_.explain(traces, result);
    run_.out.on(attempt_started{test, result.number, slot, 0, result.started});
    to_.on_unstartable(std::move(result));
}

void attempts::conclude(std::uint32_t slot, attempt& part, optional<std::string> lost_because) {
    workload& from = loads_[slot];
    attempt done = std::move(part);
    from.parts.erase(from.parts.begin() + (&part - from.parts.data()));
    from.forget(done.ticket);
    const ticket_book::entry ticket = tickets_[done.ticket];
    attempt_result& result = done.result;
    result.test = ticket.test;
    result.number = ticket.number;
    result.of = std::max(ticket.number, kind_.most_attempts(ticket.test));
    result.slot = slot;
    result.host = run_.world.host_of(slot);
    result.seed = ticket.seed;
    seen all = done.what_was_seen();
    all.lost_because = std::move(lost_because);
    all.run_stops = state_.stopping;
    all.time_is_up = state_.out_of_time && kind_.judges_by_end_of_time();
    all.run_stopped_because = state_.stopped_because;
    // If the end of the run cut the test short, it has no verdict; this is reported at the end of the run. If a subcase
    // failed before, that result stays.
    const bool says_nothing = post_mortem_.examine(done, all) && done.pieces.empty();
    if (says_nothing) {
        tickets_.settle(done.ticket);
        return to_.on_attempt_over(slot, ticket.turn, nullopt);
    }
    to_.on_attempt_over(slot, ticket.turn, result.took + result.spawn + result.cleanup);
    vector<code_place> places = post_mortem::places_in(done);
    for (code_place& each : places)
        each.slot = slot;
    const bool at_once = kind_.needs_results_at_once() || state_.stopping;
    if (at_once || places.empty() || run_.world.prepare_names(places)) return tell(slot, done);
    unnamed_.push_back({slot, std::move(done), std::move(places)});
}

// Naming the calls of a stack takes time at first. Only those wait whose next step depends on the result.
void attempts::tell_named() {
    for (std::size_t i = 0; i < unnamed_.size();) {
        if (!state_.stopping && !run_.world.prepare_names(unnamed_[i].places)) {
            ++i;
            continue;
        }
        unnamed_attempt ready = std::move(unnamed_[i]);
        unnamed_.erase(unnamed_.begin() + i);
        tell(ready.slot, ready.what);
    }
}

void attempts::tell(std::uint32_t slot, attempt& done) {
    attempt_result& result = done.result;
    post_mortem_.explain(done);
    announce(slot, done, result.pid, result.started + run_.settings.started.time_since_epoch());
    tickets_.settle(done.ticket);
    const std::string without_lines = module_without_lines(result);
    to_.on_result(std::move(result));
    post_mortem_.hint_at_lines(without_lines);
}

void attempts::announce(std::uint32_t slot, attempt& part, std::int64_t pid, duration started) {
    if (std::exchange(part.announced, true)) return;
    const ticket_book::entry& info = tickets_[part.ticket];
    run_.out.on(attempt_started{info.test, info.number, slot, pid, started - run_.settings.started.time_since_epoch()});
}

}  // namespace cordon::engine::run
