#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/exec/outlet.hpp>
#include <cordon/engine/exec/subcase_tree.hpp>
#include <cordon/engine/os/machine.hpp>
#include <cordon/engine/os/process.hpp>
#include <cordon/engine/wire/leaf_log.hpp>
#include <cordon/engine/wire/message.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

CORDON_CHEAP_BEGIN

namespace cordon::engine::exec {

/// Reports each pass through a test with subcases. The supervisor receives the entered subcases and their endings. The
/// lane holds the subcases that must not run again if the process ends now. Does nothing for a test without subcases.
class leaf_notes {
  public:
    /// An attempt begins. `log` is null if no other process can continue it; `to` is null if nobody listens.
    CORDON_HOT void begin(outlet* to, wire::leaf_log* log, std::uint32_t ticket, os::process_id process) {
        process_ = process;
        to_ = to;
        log_ = log;
        ticket_ = ticket;
        begun_ = false;
    }

    /// The test continues in this process: marks the subcases that are done.
    CORDON_HOT void resume(subcase_tree& tree) const {
        if (log_ != nullptr && log_->ticket.load(std::memory_order_relaxed) == ticket_)
            tree.skip(log_->done, log_->known());
    }

    /// True in a process that continues the test of another one.
    bool is_continued() const { return log_ != nullptr && log_->ticket.load(std::memory_order_relaxed) == ticket_; }

    /// No other process continues the test: another framework chooses its subcases.
    void stay_in_one_process() { log_ = nullptr; }

    void entered(const subcase_tree& tree) {
        if (!is_asked()) return;
        if (!begun_) begin_log();
        if (log_ != nullptr) log_->inside.store(tree.identity(), std::memory_order_release);
        const std::size_t depth = tree.depth() - 1;
        to_->say(wire::entered{ticket_, static_cast<std::uint32_t>(depth), shortened(tree.name_at(depth))});
    }

    // ---- with --subcases=fork: a copy of the process runs the innermost block ----

    /// In the original, before the fork.
    void begin_copy() {
        if (!begun_ && is_asked()) begin_log();
    }
    /// In the copy. `to`: the messages arrive through it. `continues`: it is a part of the attempt.
    void become_copy(outlet* to, os::process_id process, bool continues) {
        to_ = to;
        process_ = process;
        if (!continues) log_ = nullptr;
    }
    /// Says the whole path: a copy has ended, or begins.
    void entered_all(const subcase_tree& tree) const {
        if (!is_asked()) return;
        for (std::size_t depth = 0; depth < tree.depth(); ++depth)
            to_->say(wire::entered{ticket_, static_cast<std::uint32_t>(depth), shortened(tree.name_at(depth))});
    }
    /// In the original, after the end of the copy that ran the block.
    void end_copy(std::uint64_t block) {
        told_ = os::steady_now().time_since_epoch();
        if (log_ == nullptr || !is_asked()) return;
        log_->note_done(block);
        log_->inside.store(0, std::memory_order_release);
    }

    /// Leaves the innermost block.
    void leave(subcase_tree& tree, bool by_exception) {
        const std::uint64_t left = tree.identity();
        const bool over = tree.leave(by_exception);
        if (log_ == nullptr || !begun_ || !is_asked()) return;
        if (over) log_->note_done(left);
        log_->inside.store(0, std::memory_order_release);
    }

    /// A pass is over. Without exceptions, blocks left by a jump could not report it themselves.
    CORDON_HOT void end_pass(subcase_tree& tree, bool returned) {
        while (tree.depth() != 0)
            leave(tree, !returned || !tree.is_on_value());
        tree.end_pass();
    }

    /// Called after a pass of a test with subcases. `since` is the start of the first pass.
    CORDON_COLD void tell_pass(const subcase_tree& tree, wire::finish how, duration since, std::uint64_t passed) {
        if (!is_asked()) return;
        const duration at = os::steady_now().time_since_epoch();
        const duration from = begun_ && told_ != duration{0} ? told_ : since;
        to_->say(wire::pass_over{ticket_, how, tree.entered_leaf(), at - from, passed});
        told_ = at;
    }

    /// All passes are over: no other process continues the test from here on.
    void end() {
        if (begun_ && log_ != nullptr) log_->ticket.store(0, std::memory_order_release);
    }

  private:
    static constexpr std::size_t longest_name = 8 * 1024;

    // False in a process forked by the test.
    bool is_asked() const { return to_ != nullptr && process_ == os::own_process_id(); }

    static std::string shortened(const std::string& name) {
        return name.size() <= longest_name ? name : name.substr(0, longest_name) + " [...]";
    }

    void begin_log() {
        begun_ = true;
        told_ = duration{0};
        if (log_ == nullptr || log_->ticket.load(std::memory_order_relaxed) == ticket_) return;
        log_->count.store(0, std::memory_order_relaxed);
        log_->ticket.store(ticket_, std::memory_order_release);
    }

    os::process_id process_ = 0;
    outlet* to_ = nullptr;
    wire::leaf_log* log_ = nullptr;
    std::uint32_t ticket_ = 0;
    bool begun_ = false;
    duration told_{};
};

}  // namespace cordon::engine::exec

CORDON_CHEAP_END
