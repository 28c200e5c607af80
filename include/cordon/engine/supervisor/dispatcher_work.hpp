#pragma once

#include <cordon/engine/supervisor/dispatcher.hpp>

// dispatcher: handing out work, and taking it back.

namespace cordon::engine::supervisor {

void dispatcher::top_up(std::uint32_t index) {
    slot& target = slots_[index];
    const std::size_t wanted =
        policy::batch_size(schedule_.pending() + target.outstanding.size(), static_cast<std::uint32_t>(slots_.size()),
                           mean_, settings_.isolation);
    if (!target.outstanding.empty() && target.outstanding.size() * 2 > wanted) return;
    if (target.asked_to_surrender) return;
    vector<std::size_t> tests = schedule_.take(index, wanted - std::min(wanted, target.outstanding.size()));
    if (tests.empty()) return;
    target.held = std::move(tests);
    go_on(index);
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
    if (is_below) return enter_group(index, wanted[target.entered.size()]);
    port_.send(index, wire::leave{});
}

void dispatcher::enter_group(std::uint32_t index, std::uint32_t group) {
    slot& target = slots_[index];
    target.entering = group;
    target.setup_failures.clear();
    target.setup_output = {};
    port_.send(index, wire::enter{group, setups_.groups[group].setups, chosen_.timeout});
}

void dispatcher::send_held(std::uint32_t index) {
    slot& target = slots_[index];
    wire::run batch;
    batch.items.reserve(target.held.size());
    for (const std::size_t test : target.held) {
        batch.items.push_back(make_item(test));
        target.outstanding.push_back(batch.items.back().ticket);
    }
    target.held.clear();
    target.quiet_since = now();
    port_.send(index, batch);
}

wire::work_item dispatcher::make_item(std::size_t test) {
    const test_settings wanted = results_.settings(test);
    wire::work_item item;
    item.ticket = static_cast<std::uint32_t>(tickets_.size());
    item.test = static_cast<std::uint32_t>(test);
    item.number = results_.next_attempt(test);
    item.of = results_.most_attempts(test);
    item.mode = wanted.isolation;
    item.seed = seed_of(test, item.number);
    item.timeout = wanted.timeout;
    item.memory_limit = wanted.memory_limit;
    tickets_.push_back({item.test, item.number});
    return item;
}

// Depends on the test's name, not on its place: adding a test does not change what another one draws.
std::uint64_t dispatcher::seed_of(std::size_t test, std::uint32_t number) const {
    const test_info& info = list_.tests[test];
    return mix_bits(fast_hash(info.name, fast_hash(info.suite, settings_.seed)) + number);
}

bool dispatcher::somebody_could_steal() const {
    if (slots_.size() < 2 || schedule_.pending() != 0 || stopping_) return false;
    const bool idle = std::any_of(slots_.begin(), slots_.end(), [](const slot& each) { return !each.is_busy(); });
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
        tests.push_back(tickets_[ticket].test);
    }
    schedule_.put_back(index, tests);
}

}  // namespace cordon::engine::supervisor
