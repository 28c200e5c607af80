#pragma once

#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/exec/work_batch.hpp>
#include <cordon/engine/wire/leaf_log.hpp>
#include <cordon/engine/wire/message.hpp>

#include <cstdint>

namespace cordon::engine::exec {

/// A test whose process has ended in the middle of a subcase, and whose other subcases continue in a new process.
/// Decides how often this may happen.
class resumption {
  public:
    /// The number of processes that an attempt may have after its first; and how many of them may follow a time limit,
    /// because the limit starts again in each.
    static constexpr std::uint32_t most = 20;
    static constexpr std::uint32_t most_after_time_limit = 3;

    /// The process of `item` has ended before the test's end, as `how` says. True: another process continues the test;
    /// it waits for its start now.
    bool take(const wire::work_item& item, const wire::ended& how, wire::leaf_log& leaves) {
        waits_ = false;
        if (leaves.ticket.load() != item.ticket || item.snapshot) return false;
        const bool by_time = how.why == wire::stopped_by::timeout;
        if (!by_time && how.why != wire::stopped_by::itself) return false;
        if (ticket_ != item.ticket) begin(item.ticket);
        if (const std::uint64_t inside = leaves.inside.exchange(0)) leaves.note_done(inside);
        if (leaves.known() <= done_ || leaves.is_full() || processes_ == most) return false;
        if (by_time && ++over_time_ > most_after_time_limit) return false;
        done_ = leaves.known();
        ++processes_;
        items_ = {item};
        last_ = how;
        waits_ = true;
        return true;
    }

    bool waits() const { return waits_; }

    /// The process starts.
    work_batch batch() {
        waits_ = false;
        return work_batch(items_, 0, 1);
    }

    /// The process will not start: returns the end to report.
    wire::ended give_up() {
        waits_ = false;
        wire::ended none;
        none.ticket = last_.ticket;
        none.pid = last_.pid;
        none.why = wire::stopped_by::cancelled;
        none.forked = none.started = none.gone = last_.gone;
        return none;
    }

  private:
    void begin(std::uint32_t ticket) {
        ticket_ = ticket;
        done_ = processes_ = over_time_ = 0;
    }

    std::uint32_t ticket_ = 0;
    std::uint32_t done_ = 0;  ///< number of subcases that were done before the last process
    std::uint32_t processes_ = 0;
    std::uint32_t over_time_ = 0;
    vector<wire::work_item> items_;
    wire::ended last_;
    bool waits_ = false;
};

}  // namespace cordon::engine::exec
