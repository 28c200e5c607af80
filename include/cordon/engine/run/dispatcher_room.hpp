#pragma once

#include <cordon/engine/run/dispatcher.hpp>

#include <string>

// dispatcher: when there are fewer workers than --jobs says: where the system's limits (descriptors, processes, memory)
// leave no room for all, and where they are killed as they start.

namespace cordon::engine::run {

// No worker, or no process of a setup or a test, could be made. A half of the workers that there are goes, when it has
// ended what it runs: their tests, and what this process still has to open, need about as much again as they
// themselves.
void dispatcher::make_room(const std::string& why) {
    if (stopping_ || port_.make_room()) return;
    std::size_t workers = 0;
    for (const slot& each : slots_) {
        if (each.has_worker() && each.spared) return;  // room is being made
        if (each.has_worker()) ++workers;
    }
    const std::size_t kept = (workers + 1) / 2;
    std::size_t seen = 0;
    for (std::uint32_t index = 0; index < slots_.size(); ++index) {
        slot& each = slots_[index];
        each.spared = !each.has_worker() || seen++ >= kept;
        if (!each.spared || !each.can_be_sent_to() || each.asked_to_surrender || each.outstanding.size() < 2) continue;
        each.asked_to_surrender = true;
        port_.send(index, wire::surrender());
    }
    if (scarcity_ == first_scarcity) {
        out_.on(
            notice{notice::level::warning, "no room for " + counted(slots_.size(), "worker") + " (" + why +
                                               "): the run continues with fewer; raise the limit (ulimit), or lower "
                                               "--jobs"});
    }
    room_again_at_ = now() + scarcity_;
    scarcity_ *= 2;
}

// The process of a setup could not be made, while others have what it needs.
void dispatcher::postpone_setup(std::uint32_t index, const std::string& why) {
    slot& from = slots_[index];
    from.entering.reset();
    from.now_in = slot::phase::ready;
    drop_held(index);
    if (others_work(index)) make_room(why);
}

// What took the room may be gone: others' processes, or a test's.
void dispatcher::try_all_slots() {
    room_again_at_.reset();
    for (slot& each : slots_)
        each.spared = false;
}

bool dispatcher::may_start_worker(std::uint32_t index) const {
    if (schedule_.pending() == 0 || (slots_[index].spared && others_work(index))) return false;
    if (!fresh_starts_.may_start(now())) return false;
    // One that lives can do all of it.
    if (fresh_starts_.is_hopeless() && others_work(index)) return false;
    const auto is_awaited = [](const slot& each) { return each.is_awaited(); };
    return !fresh_starts_.is_probing() || std::none_of(slots_.begin(), slots_.end(), is_awaited);
}

bool dispatcher::others_work(std::uint32_t index) const {
    for (std::uint32_t other = 0; other < slots_.size(); ++other) {
        if (other != index && slots_[other].has_worker()) return true;
    }
    return false;
}

}  // namespace cordon::engine::run
