#pragma once

#include <cordon/engine/base/copy.hpp>
#include <cordon/engine/model/stack_note.hpp>
#include <cordon/engine/wire/frame.hpp>
#include <cordon/engine/wire/leaf_log.hpp>
#include <cordon/engine/wire/message.hpp>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace cordon::engine::wire {

/// The memory shared by one worker, its test processes and the supervisor. It holds the *journal*: frames on their way
/// to the event pipe. A process may die at any time, so no message may wait in its own memory. In the journal it
/// survives, and one write can carry the messages of many quick tests. Beside it are a few words that others must read
/// while a test runs: which test, since when, in which process. A test can overwrite all of this. So readers treat it
/// as hints and check all bounds, and the journal's frames have checksums.
struct lane_block {
    static constexpr std::uint32_t journal_capacity = 256 * 1024;

    // What a test process reads first, the words that it writes and the beginning of the journal follow one another:
    // the system maps a piece of 16 pages at once.
    leaf_log leaves;

    std::atomic<std::uint32_t> owner;     ///< level of the process that holds the journal; 0 is free
    std::atomic<std::uint32_t> used;      ///< bytes of whole frames in the journal
    std::atomic<std::uint64_t> sequence;  ///< of the last frame

    std::atomic<std::uint64_t> claims;       ///< low half: next item of the batch; high half: its end
    std::atomic<std::uint32_t> running;      ///< ticket of the test that runs or ran last; 0 before the first
    std::atomic<std::uint32_t> over;         ///< ticket of the last test that reported its end
    std::atomic<std::int64_t> started;       ///< when `running` began, steady-clock nanoseconds
    std::atomic<std::int64_t> process;       ///< pid of the test process; 0 when there is none
    std::atomic<std::int64_t> branch;        ///< pid of the copy of it that runs at the moment; 0: none
    std::atomic<std::uint32_t> temp_folder;  ///< number of the running test's temporary folder; 0: none

    std::atomic<std::uint32_t> out_of_memory;  ///< ticket of the last test that ended because of its memory limit

    std::atomic<std::uint32_t> hosts;       ///< processes with a setup done that serve tests, one inside the other
    std::atomic<std::uint32_t> setting_up;  ///< the current setup block of an executed test process, from 1; 0: none.
                                            ///< Of a host: ~0 if its setup has exceeded its time limit

    // Written by the supervisor, because nobody reads commands while a setup runs.
    std::atomic<std::uint32_t> suspended;     ///< the user has suspended the run
    std::atomic<std::int64_t> suspended_for;  ///< nanoseconds, the sum of all earlier pauses

    std::atomic<std::uint32_t> reading;   ///< the worker is between choosing a ticket for output and having read it
    std::atomic<std::uint32_t> captured;  ///< the ticket whose output the worker holds

    std::atomic<std::int64_t> flushed;  ///< when a test process last sent the journal, steady-clock nanoseconds

    char journal[journal_capacity];

    crash_note crash;
    hang_note hang;
};
static_assert(std::atomic<std::uint64_t>::is_always_lock_free && std::atomic<std::uint32_t>::is_always_lock_free);

/// A process's view of a lane.
class lane {
  public:
    lane() = default;
    lane(lane_block* block, std::uint64_t key) : block_(block), key_(key) {}

    lane_block* operator->() const { return block_; }

    /// Holds the journal for one process (threads of a process exclude each other before). Waits at most `patience`
    /// rounds for another holder: a process that was stopped or killed inside must not block the others forever. A
    /// holder is known by its level: 1 is the worker's, and each process has a higher level than its parent.
    class hold {
      public:
        hold(const lane& on, std::uint32_t level, void (*pause)(), int patience) : block_(on.block_) {
            for (int round = 0; round < patience; ++round) {
                std::uint32_t free = 0;
                if (block_->owner.compare_exchange_strong(free, level, std::memory_order_acquire)) {
                    held_ = true;
                    return;
                }
                pause();
            }
        }
        ~hold() {
            if (held_) block_->owner.store(0, std::memory_order_release);
        }
        hold(const hold&) = delete;
        hold& operator=(const hold&) = delete;
        explicit operator bool() const { return held_; }

      private:
        lane_block* block_;
        bool held_ = false;
    };

    /// Levels of the worker, or of the innermost process with a finished setup, and of the test process that it makes.
    std::uint32_t server_level() const { return 2 * block_->hosts.load() + 1; }
    std::uint32_t test_level() const { return server_level() + 1; }

    /// Frees the journal if a process above `level` holds it. To be called by the process of that level when all its
    /// child processes are dead: one may have died during a hold.
    void end_holds_above(std::uint32_t level) {
        std::uint32_t owner = block_->owner.load();
        if (owner > level) block_->owner.compare_exchange_strong(owner, 0);
    }

    /// The complete frames of the journal. Only under a hold, or if no other process is left.
    std::string_view journal() const {
        const std::uint32_t used = block_->used.load(std::memory_order_acquire);
        return {block_->journal, used <= lane_block::journal_capacity ? used : 0};
    }
    void clear() { block_->used.store(0, std::memory_order_release); }

    bool fits(std::size_t payload) const {
        return journal().size() + frame_header_size + payload <= lane_block::journal_capacity;
    }

    /// Appends a frame under a hold. The size is written last: a crash in the middle leaves the journal unchanged.
    void append(std::uint8_t type, std::string_view payload) {
        const std::string_view before = journal();
        const std::uint64_t sequence = block_->sequence.load(std::memory_order_relaxed) + 1;
        char* to = block_->journal + before.size();
        copy_few(to + frame_header_size, payload.data(), payload.size());
        codec::write_record_header(to, seal_of(key_), type, sequence, {to + frame_header_size, payload.size()});
        block_->sequence.store(sequence, std::memory_order_relaxed);
        block_->used.store(static_cast<std::uint32_t>(before.size() + frame_header_size + payload.size()),
                           std::memory_order_release);
    }

    // -- claims: which item of the batch comes next. One word, so that taking and giving back exclude each other
    // exactly. --

    void offer(std::uint32_t items) { block_->claims.store(std::uint64_t{items} << 32, std::memory_order_release); }

    /// Index of the next item for the caller, or -1 if none is left.
    std::int64_t claim() {
        std::uint64_t seen = block_->claims.load(std::memory_order_acquire);
        while (next_of(seen) < end_of(seen)) {
            if (block_->claims.compare_exchange_weak(seen, seen + 1, std::memory_order_acq_rel)) return next_of(seen);
        }
        return -1;
    }

    /// Takes back all unclaimed items but the first `kept`. Returns the index of the first item taken back.
    std::uint32_t withdraw(std::uint32_t kept = 0) {
        std::uint64_t seen = block_->claims.load(std::memory_order_acquire);
        while (!block_->claims.compare_exchange_weak(seen, next_of(seen) | (std::uint64_t{from(seen, kept)} << 32),
                                                     std::memory_order_acq_rel)) {
        }
        return from(seen, kept);
    }

  private:
    static std::uint32_t next_of(std::uint64_t claims) { return static_cast<std::uint32_t>(claims); }
    static std::uint32_t end_of(std::uint64_t claims) { return static_cast<std::uint32_t>(claims >> 32); }
    static std::uint32_t from(std::uint64_t claims, std::uint32_t kept) { return std::max(next_of(claims), kept); }

    lane_block* block_ = nullptr;
    std::uint64_t key_ = 0;
};

}  // namespace cordon::engine::wire
