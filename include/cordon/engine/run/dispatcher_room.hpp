#pragma once

#include <cordon/engine/run/dispatcher.hpp>

#include <string>

// dispatcher: fewer workers than --jobs, if the system's limits (descriptors, processes, memory) do not allow more, or
// if workers are killed while they start.

namespace cordon::engine::run {

// A worker, or a process for a setup or a test, could not be created. Half of the workers are removed after they end
// their tests: their tests, and the files that this process must still open, need about as much as they do.
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

// The process of a setup could not be created, while other processes use the resources.
void dispatcher::postpone_setup(std::uint32_t index, const std::string& why) {
    slot& from = slots_[index];
    from.entering.reset();
    from.now_in = slot::phase::ready;
    drop_held(index);
    if (others_work(index)) make_room(why);
}

// The processes that used the resources, of tests or of other programs, may have ended.
void dispatcher::try_all_slots() {
    room_again_at_.reset();
    for (slot& each : slots_)
        each.spared = false;
}

bool dispatcher::may_start_worker(std::uint32_t index) const {
    if (schedule_.pending() == 0 || (slots_[index].spared && others_work(index))) return false;
    if (!fresh_starts_.may_start(now())) return false;
    // A single living worker can run all tests.
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
