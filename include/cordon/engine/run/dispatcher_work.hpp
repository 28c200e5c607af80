#pragma once

#include <cordon/engine/run/dispatcher.hpp>

// dispatcher: handing out work, and taking it back.

namespace cordon::engine::run {

// The first word to a worker: what holds for the whole run.
wire::configure dispatcher::greeting(std::uint32_t index) const {
    wire::configure hello;
    hello.list_hash = list_.hash;
    hello.slot = index;
    hello.worker = slots_[index].pid;
    hello.grace = chosen_.grace;
    hello.setup_limit = chosen_.timeout;
    hello.output_limit = chosen_.output_limit;
    hello.live_output = chosen_.output == show_output::live;
    hello.keep_temp = chosen_.keep_temp;
    hello.capture = chosen_.capture;
    hello.terminal_columns = chosen_.terminal_columns;
    hello.terminal_rows = chosen_.terminal_rows;
    hello.leaks = chosen_.leaks;
    hello.on_timeout = chosen_.on_timeout;
    hello.environment = chosen_.environment;
    hello.under = under().worker;
    hello.subcases = chosen_.subcases;
    return hello;
}

void dispatcher::top_up(std::uint32_t index) {
    if (settings_.repeats != nullptr) return top_up_with_turns(index);
    slot& target = slots_[index];
    const std::size_t wanted =
        select::batch_size(schedule_.pending() + target.outstanding.size(), static_cast<std::uint32_t>(slots_.size()),
                           mean_, settings_.isolation);
    if (!target.outstanding.empty() && target.outstanding.size() * 2 > wanted) return;
    if (target.asked_to_surrender) return;
    vector<std::size_t> tests = schedule_.take(index, wanted - std::min(wanted, target.outstanding.size()));
    keep_suspects_alone(index, tests);
    if (tests.empty()) return;
    target.held = std::move(tests);
    go_on(index);
}

// A test of which an attempt was lost may take its worker down again, or have lost it by another one's doing: its last
// chance is not to be anybody else's trouble, nor the other way round.
void dispatcher::keep_suspects_alone(std::uint32_t index, vector<std::size_t>& tests) {
    const slot& target = slots_[index];
    const auto is_suspect = [this](std::size_t test) { return results_.was_lost(test); };
    const bool behind_one = !target.outstanding.empty() && is_suspect(tickets_[target.outstanding.front()].test);
    const auto first = behind_one ? tests.begin() : std::find_if(tests.begin(), tests.end(), is_suspect);
    const bool may_go = first == tests.begin() && target.outstanding.empty();
    const auto kept = may_go && first != tests.end() ? first + 1 : first;
    if (kept == tests.end()) return;
    schedule_.put_back(index, vector<std::size_t>(kept, tests.end()));
    tests.resize(static_cast<std::size_t>(kept - tests.begin()));
}

void dispatcher::go_on(std::uint32_t index) {
    slot& target = slots_[index];
    if (target.held.empty()) return;
    const std::size_t first = target.held.front();
    const bool sets_up_itself = results_.settings(first).isolation == isolate::exec;
    const setup_plan::chain& wanted = sets_up_itself ? target.entered : setups_.chain_of(first);
    if (const auto* trouble = troubles_.find(sets_up_itself ? setup_plan::chain() : wanted))
        return fail_held(index, *trouble);
    if (target.entered == wanted) return send_held(index);
    const bool is_below = target.entered.size() < wanted.size() &&
                          std::equal(target.entered.begin(), target.entered.end(), wanted.begin());
    target.now_in = slot::phase::switching;
    target.switching_since = now();
    if (is_below) return enter_group(index, wanted[target.entered.size()]);
    port_.send(index, wire::leave{});
}

void dispatcher::enter_group(std::uint32_t index, std::uint32_t group) {
    slot& target = slots_[index];
    target.entering = group;
    target.setup_said = {};
    port_.send(index, wire::enter{group, setups_.groups[group].setups, chosen_.timeout});
}

void dispatcher::send_held(std::uint32_t index) {
    slot& target = slots_[index];
    target.crowded = others_work(index) || (target.crowded && !target.outstanding.empty());
    wire::run batch;
    batch.items.reserve(target.held.size());
    for (const std::size_t test : std::exchange(target.held, {})) {
        const vector<planned_run> turn = turn_of(test);
        for (const planned_run& run : turn) {
            batch.items.push_back(make_item(run, test));
            target.outstanding.push_back(batch.items.back().ticket);
        }
        if (settings_.repeats == nullptr) continue;
        if (!turn.empty()) {
            target.turns.push_back({test, turn.size()});
            continue;
        }
        schedule_.done(index);
        results_.settle(test, settings_.repeats->verdict_on(test, {}));
        room_again_ = true;
    }
    if (batch.items.empty()) return;
    target.quiet_since = now();
    port_.send(index, batch);
}

wire::work_item dispatcher::make_item(const planned_run& what, std::size_t turn) {
    const test_settings wanted = results_.settings(what.test);
    wire::work_item item;
    item.test = static_cast<std::uint32_t>(what.test);
    item.number = what.number;
    item.of = std::max(what.number, results_.most_attempts(what.test));
    item.mode = what.mode == isolate::by_default ? wanted.isolation : what.mode;
    item.fresh = what.fresh;
    item.snapshot = what.snapshot;
    item.seed = what.seed.value_or(under().seed.value_or(seed_of(what.test, what.number)));
    item.timeout = wanted.timeout;
    item.memory_limit = wanted.memory_limit;
    item.ticket = tickets_.add(item.test, item.number, static_cast<std::uint32_t>(turn), item.seed);
    return item;
}

// What a test's turn consists of: mostly its next attempt.
vector<planned_run> dispatcher::turn_of(std::size_t test) {
    if (settings_.repeats != nullptr) return settings_.repeats->next_turn(test, now());
    vector<planned_run> once(1);
    once.front().test = test;
    once.front().number = results_.next_attempt(test);
    return once;
}

// Turns are of a size of their own (see policy/flake_plan.hpp), so a slot takes one at a time, or several where they
// are short. The next one is sent while one runs, so that the worker need not wait for it.
void dispatcher::top_up_with_turns(std::uint32_t index) {
    slot& target = slots_[index];
    if (target.greeted && settings_.repeats->is_worn_out(now() - target.started_at, target.start_took)) {
        if (target.outstanding.empty()) retire(index);
        return;
    }
    constexpr duration short_turn = std::chrono::milliseconds(1);
    const bool quick = mean_ != duration{0} && mean_ < short_turn;
    const std::size_t in_hand = quick ? 2 : 1;
    if (target.turns.size() >= in_hand) return;
    const std::size_t share = schedule_.pending() / (2 * slots_.size());
    const std::size_t most = quick ? std::max<std::size_t>(1, std::min<std::size_t>(share, 8)) : 1;
    vector<std::size_t> tests = schedule_.take(index, most);
    if (tests.empty()) return;
    target.held = std::move(tests);
    go_on(index);
}

void dispatcher::end_run_of_turn(std::uint32_t index, std::size_t test) {
    vector<slot::turn>& turns = slots_[index].turns;
    for (std::size_t i = 0; i < turns.size(); ++i) {
        if (turns[i].test != test) continue;
        if (--turns[i].left != 0) return;
        turns.erase(turns.begin() + i);
        schedule_.done(index);
        return schedule_.add_anywhere_late(test, mix_bits(settings_.seed + ++turns_ended_));
    }
}

void dispatcher::retire(std::uint32_t index) {
    slot& target = slots_[index];
    target.now_in = slot::phase::leaving;
    target.retired_at = now();
    target.renewed = true;
    port_.finish(index);
}

// Depends on the test's name, not on its place: adding a test does not change what another one draws.
std::uint64_t dispatcher::seed_of(std::size_t test, std::uint32_t number) const {
    const test_info& info = list_.tests[test];
    return mix_bits(fast_hash(info.name, fast_hash(info.suite, settings_.seed)) + number);
}

bool dispatcher::somebody_could_steal() const {
    if (slots_.size() < 2 || schedule_.pending() != 0 || stopping_ || settings_.repeats != nullptr) return false;
    const bool idle =
        std::any_of(slots_.begin(), slots_.end(), [](const slot& each) { return !each.is_busy() && !each.spared; });
    return idle && std::any_of(slots_.begin(), slots_.end(), [](const slot& each) {
               return each.outstanding.size() > 1 && !each.asked_to_surrender;
           });
}

// A worker that is held up by one test gives the others back: there are workers with nothing to do.
void dispatcher::steal(instant at) {
    for (std::uint32_t index = 0; index < slots_.size(); ++index) {
        slot& from = slots_[index];
        if (from.outstanding.size() < 2 || from.asked_to_surrender || at - from.quiet_since < steal_after) continue;
        from.asked_to_surrender = true;
        port_.send(index, wire::surrender{});
    }
}

void dispatcher::take_back(std::uint32_t index, const vector<std::uint32_t>& tickets) {
    vector<std::size_t> tests;
    for (const std::uint32_t ticket : tickets) {
        if (!slots_[index].owns(ticket)) continue;
        slots_[index].forget(ticket);
        if (settings_.repeats != nullptr) {
            end_run_of_turn(index, tickets_[ticket].turn);
        } else {
            tests.push_back(tickets_[ticket].test);
        }
        tickets_.settle(ticket);
    }
    schedule_.put_back(index, tests);
}

}  // namespace cordon::engine::run
