#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/sort.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/exec/branch.hpp>
#include <cordon/engine/exec/context.hpp>
#include <cordon/engine/exec/unwind.hpp>
#include <cordon/engine/os/coverage.hpp>
#include <cordon/engine/os/machine.hpp>
#include <cordon/engine/os/process.hpp>
#include <cordon/engine/wire/message.hpp>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::exec {

// --subcases=fork. Where the test enters a subcase, its process forks. The copy enters it and runs the test to its end,
// as a pass does. The original waits, and then passes by the subcase, to the next one beside it. What it runs then is
// what the next pass would run. It stops at once if no copy has seen another subcase beside this one: no pass would
// come here. If a copy did not reach its end, nobody knows; then the original looks for more, as a pass does.

/// A subcase that a copy has seen and not run.
struct open_subcase {
    std::uint64_t identity = 0;
    std::uint32_t level = 0;
    std::string name;
};

/// The subcases that the copies of this process have seen, and not run.
class leaf_forks {
  public:
    /// This process has just become a copy.
    void become_copy() {
        level_ = static_cast<std::uint32_t>(context().subcases().depth());
        unsure_ = false;
        open_.clear();
    }
    void begin_test() {
        level_ = 0;
        unsure_ = false;
        open_.clear();
    }

    void ran(std::uint64_t identity) {
        for (std::size_t i = 0; i < open_.size(); ++i) {
            if (open_[i].identity == identity) return static_cast<void>(open_.erase(open_.begin() + i));
        }
    }

    /// A copy has ended. Null: not by itself.
    void hear(const branch_note* note) {
        unsure_ = note == nullptr || note->unsure != 0;
        if (note == nullptr) return;
        vector<open_subcase> said = read(*note);
        sort(said, is_before);
        vector<open_subcase> all;
        all.reserve(open_.size() + said.size());
        std::size_t i = 0;
        for (open_subcase& each : said) {
            while (i < open_.size() && is_before(open_[i], each))
                all.push_back(std::move(open_[i++]));
            if (i < open_.size() && open_[i].identity == each.identity) ++i;
            if (all.empty() || all.back().identity != each.identity) all.push_back(std::move(each));
        }
        for (; i < open_.size(); ++i)
            all.push_back(std::move(open_[i]));
        open_ = std::move(all);
    }

    /// True if there may be another subcase beside the last one.
    bool may_be_more() const { return unsure_ || first_here() != nullptr; }

    /// The first subcase of the present level that was not reached, or null.
    const open_subcase* first_here() const {
        for (const open_subcase& each : open_) {
            if (each.level >= level_) return &each;
        }
        return nullptr;
    }

    /// In a copy, at its end: says what is left. `looked`: its pass was run to its end.
    void tell(branch_note& note, bool looked) const {
        const subcase_tree& tree = context().subcases();
        note.unsure = looked ? tree.was_abandoned() : unsure_;
        note.met_choice = tree.met_choice();
        std::uint32_t used = 0;
        const auto add = [&](std::uint64_t level, std::uint64_t identity, std::string_view name) {
            if (!append(note, used, level, identity, name)) note.unsure = 1;
        };
        for (const open_subcase& each : open_) {
            if (each.level < level_) add(each.level, each.identity, each.name);
        }
        if (looked) tree.each_open_beside(add);
        note.answered = used;
    }

  private:
    static constexpr std::size_t head = 2 * sizeof(std::uint64_t) + sizeof(std::uint16_t);

    static bool is_before(const open_subcase& a, const open_subcase& b) { return a.identity < b.identity; }

    static bool append(branch_note& note, std::uint32_t& used, std::uint64_t level, std::uint64_t identity,
                       std::string_view name) {
        const auto size = static_cast<std::uint16_t>(std::min<std::size_t>(name.size(), 100));
        if (used + head + size > sizeof note.answer) return false;
        char* to = note.answer + used;
        std::memcpy(to, &level, sizeof level);
        std::memcpy(to + sizeof level, &identity, sizeof identity);
        std::memcpy(to + 2 * sizeof level, &size, sizeof size);
        std::memcpy(to + head, name.data(), size);
        used += static_cast<std::uint32_t>(head + size);
        return true;
    }

    static vector<open_subcase> read(const branch_note& note) {
        vector<open_subcase> all;
        const std::size_t end = std::min<std::size_t>(note.answered, sizeof note.answer);
        for (std::size_t at = 0; at + head <= end;) {
            std::uint64_t level = 0;
            std::uint16_t size = 0;
            open_subcase each;
            std::memcpy(&level, note.answer + at, sizeof level);
            std::memcpy(&each.identity, note.answer + at + sizeof level, sizeof each.identity);
            std::memcpy(&size, note.answer + at + 2 * sizeof level, sizeof size);
            if (size > end - at - head) break;
            each.level = static_cast<std::uint32_t>(level);
            each.name.assign(note.answer + at + head, size);
            all.push_back(std::move(each));
            at += head + size;
        }
        return all;
    }

    std::uint32_t level_ = 0;  ///< the number of subcases around those that this process forks for
    bool unsure_ = false;
    vector<open_subcase> open_;  // sorted by identity
};

leaf_forks& forks_of_leaves() {
    static auto* only = new leaf_forks;  // never destroyed
    return *only;
}

/// A subcase that a copy has seen, and that was not reached again: the test must not pass.
CORDON_COLD void mind_missed_subcase() {
    test_context& current = context();
    const open_subcase* missed = forks_of_leaves().first_here();
    if (missed == nullptr || current.failed() || current.skipped()) return;
    failure what;
    what.kind = failure_kind::process;
    what.subcase = current.subcases().path();
    what.subcase.push_back(missed->name);
    what.message = "a subcase did not run: no later pass through the test reached it again";
    current.record(std::move(what));
}

/// The copy that runs a subcase is at its end. `looked`: its pass is over; otherwise it stops at its last subcase.
[[noreturn]] CORDON_COLD void leave_leaf(bool looked) {
    branch_note& note = *context().branch();
    if (looked) mind_missed_subcase();
    forks_of_leaves().tell(note, looked);
    note.state.store(branch_note::returned);
    os::flush_standard_streams();
    os::leave_with_coverage(0);
}

/// The copy has ended by a signal, or by itself: its other half goes on.
void tell_end_of_leaf(branch_end& end, const branch_note& note, os::process_id child, duration forked) {
    test_context& current = context();
    if (end.crash) current.tell(*end.crash);
    wire::ended message;
    message.ticket = current.ticket();
    message.pid = child;
    message.by_signal = end.by_signal;
    message.code = end.code;
    message.out_of_memory = note.out_of_memory == message.ticket || (end.by_signal && note.crash.out_of_memory != 0);
    message.forked = message.started = forked;
    message.gone = os::steady_now().time_since_epoch();
    message.orphans = end.survivors;
    message.goes_on = message.is_copy = true;
    current.tell(message);
}

/// In the original, after the end of the copy.
void pass_by_subcase(branch& made, branch_end& end, duration forked) {
    test_context& current = context();
    subcase_tree& tree = current.subcases();
    const std::uint64_t block = tree.identity();
    if (made.note().met_choice != 0) tree.meet_choice();
    if (!end.returned) tell_end_of_leaf(end, made.note(), made.child(), forked);
    tree.hand_over();
    current.leaves().end_copy(block);
    leaf_forks& forks = forks_of_leaves();
    forks.ran(block);
    forks.hear(end.returned ? &made.note() : nullptr);
}

/// At a subcase that this process has entered. True in the copy that runs it. False in the original, which goes on
/// behind it; or does not return, if no pass would run the rest.
bool fork_at_subcase() {
    test_context& current = context();
    current.leaves().begin_copy();
    const duration forked = os::steady_now().time_since_epoch();
    {
        branch_options wanted;
        wanted.kind = branch_kind::leaf;
        branch made(wanted);
        if (made.fork()) {
            forks_of_leaves().become_copy();
            current.subcases().begin_copy();
            current.leaves().entered_all(current.subcases());
            current.enter_subcase();
            return true;
        }
        branch_end end = made.wait();
        if (end.how == ending::lost && made.child() == 0) {  // no process: this one runs it, as without --subcases=fork
            current.enter_subcase();
            return true;
        }
        pass_by_subcase(made, end, forked);
    }
    if (forks_of_leaves().may_be_more() && !current.skipped()) {
        current.leaves().entered_all(current.subcases());
        return false;
    }
    if (current.is_leaf()) leave_leaf(false);
    current.stop_pass();
    leave_test();
}

}  // namespace cordon::engine::exec

CORDON_CHEAP_END
