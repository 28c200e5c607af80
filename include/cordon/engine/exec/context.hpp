#pragma once

#include <cordon/api/check.hpp>
#include <cordon/engine/base/lasting.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/exec/assertion_count.hpp>
#include <cordon/engine/exec/branch_note.hpp>
#include <cordon/engine/exec/brief_lock.hpp>
#include <cordon/engine/exec/leaf_notes.hpp>
#include <cordon/engine/exec/outlet.hpp>
#include <cordon/engine/exec/subcase_tree.hpp>
#include <cordon/engine/model/options.hpp>
#include <cordon/engine/model/outcome.hpp>
#include <cordon/engine/os/machine.hpp>
#include <cordon/engine/os/process.hpp>
#include <cordon/engine/os/rewind.hpp>
#include <cordon/engine/wire/announced_failure.hpp>
#include <cordon/engine/wire/message.hpp>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <string>

namespace cordon::engine::exec {

/// Called with each recorded failure, if there are listeners; see listeners.hpp.
void (*failure_hearer)(const failure&) = nullptr;

/// The test or setup block that runs in this process; the assertion hooks use it.
class test_context {
  public:
    /// Further failures are counted, not kept: a loop with ten million failing checks must end.
    static constexpr std::uint64_t most_failures = 200;
    static constexpr std::size_t most_failure_bytes = 2 * 1024 * 1024;
    static constexpr std::size_t longest_text = 32 * 1024;
    /// Limit for all INFO lines of one failure, and for all names of its subcases. A failure must fit into the journal.
    static constexpr std::size_t most_info = 80 * 1024;
    static constexpr std::size_t most_names = 16 * 1024;

    /// `leaves` belongs to a test that another process can continue; otherwise null.
    CORDON_HOT void begin(outlet& to, std::uint32_t ticket, wire::leaf_log* leaves = nullptr) {
        const std::lock_guard<brief_lock> lock(mutex_);
        outlet_ = &to;
        process_ = this_process();
        if (message_.started != duration{0})
            message_ = wire::finished();  // already empty for the first test of a process
        message_.ticket = ticket;
        reported_ = 0;
        reported_bytes_ = 0;
        if (logged_ != 0) logged_ = logged_bytes_ = 0;
        subcases_.clear();
        leaves_.begin(&to, leaves, ticket, process_);
        if (leaves != nullptr) leaves_.resume(subcases_);
        passed_before_ = count_.total();
        message_.started = os::steady_now().time_since_epoch();
    }

    /// The result so far, with the present time. It is a reference to the context's own message: most have no text, and
    /// a copy costs a dozen calls.
    CORDON_HOT wire::finished& end() {
        const std::lock_guard<brief_lock> lock(mutex_);
        return end_locked();
    }

    /// The same, sent at once: for a test that another thread ends.
    void end_now() {
        const std::lock_guard<brief_lock> lock(mutex_);
        if (branch_ != nullptr) return branch_->state.store(branch_note::left);
        if (outlet_ != nullptr) outlet_->say(end_locked());
    }

    /// Reports a failed assertion before its values are written by the user's code. So the failure is known even if
    /// that code crashes. `record` with `announced` reports the rest.
    void announce(failure what) {
        const std::lock_guard<brief_lock> lock(mutex_);
        if (outlet_ == nullptr) return;
        if (what.subcase.empty()) what.subcase = subcases_.path();
        bound(what.subcase, most_names);
        what.expression = shortened(std::move(what.expression));
        what.message = wire::values_unwritten;
        outlet_->say(wire::failed_assertion{message_.ticket, std::move(what), wire::telling::announced});
    }

    void record(failure what, bool announced = false) {
        if (failure_hearer == nullptr) return record_unheard(std::move(what), announced);
        const failure heard = what;
        record_unheard(std::move(what), announced);  // first: a listener may crash
        failure_hearer(heard);
    }

    /// Reports a text of cordon::log. Of very many, the last ones are left out.
    void log(std::string text) {
        constexpr std::size_t most = 200;
        constexpr std::size_t most_bytes = 1024 * 1024;
        const std::lock_guard<brief_lock> lock(mutex_);
        if (outlet_ == nullptr || logged_ > most || logged_bytes_ > most_bytes) return;
        failure what;
        what.kind = failure_kind::log;
        what.message = shortened(std::move(text));
        logged_bytes_ += what.message.size();
        if (++logged_ > most || logged_bytes_ > most_bytes)
            what.message = "[... further logged texts are left out ...]";
        what.subcase = subcases_.path();
        bound(what.subcase, most_names);
        outlet_->say(wire::failed_assertion{message_.ticket, std::move(what), wire::telling::whole});
    }

    /// For a failed assertion that would only be counted: counts it and returns true. Returns false if it must be
    /// recorded.
    bool counts_only(const detail::assertion_site& site) {
        const std::lock_guard<brief_lock> lock(mutex_);
        if (reported_ < most_failures || outlet_ == nullptr || breaks_on_failure_) return false;
        drop_failure();
        if (site.level != detail::severity::warn) fail(true);
        return true;
    }

    /// True if only few failures were reported, so that the next one may carry details.
    bool wants_details() {
        constexpr std::uint64_t most_detailed = 16;
        const std::lock_guard<brief_lock> lock(mutex_);
        return reported_ < most_detailed;
    }

    /// Reports details that do not fit into a failure.
    template <class Message>
    void tell(const Message& more) {
        const std::lock_guard<brief_lock> lock(mutex_);
        if (outlet_ != nullptr) outlet_->say(more);
    }

    /// For tests under a debugger: stop where an assertion fails.
    void break_on_failure() { breaks_on_failure_ = true; }

    /// In a subcase the other subcases continue; the test is skipped unless one of them fails.
    void skip(std::string reason) {
        const std::lock_guard<brief_lock> lock(mutex_);
        const bool whole = subcases_.depth() == 0;
        if (branch_ != nullptr) {
            branch_->say(reason);
            branch_->skipped.store(1);
            if (whole) branch_->skips_all.store(1);
        }
        if (!whole) pass_skipped_ = true;
        if (message_.how == wire::finish::failed) return;
        if (whole) message_.how = wire::finish::skipped;
        message_.reason = std::move(reason);
    }

    void note_out_of_memory() { message_.out_of_memory = true; }
    bool failed() const { return message_.how == wire::finish::failed; }
    const std::string& skip_reason() const { return message_.reason; }
    bool skipped() const { return message_.how == wire::finish::skipped; }
    bool skipped_in_subcase() const { return pass_skipped_; }
    std::uint32_t ticket() const { return message_.ticket; }
    duration started() const { return message_.started; }
    /// False in a process that the test itself forked.
    bool in_own_process() const { return process_ == this_process(); }

    subcase_tree& subcases() { return subcases_; }
    vector<std::string> subcase_path() {
        const std::lock_guard<brief_lock> lock(mutex_);
        return subcases_.path();
    }
    /// The number of passes that have begun in this process.
    std::uint32_t pass() const { return pass_; }

    // ---- branches, see branch.hpp ----

    /// Forks, while no other thread holds a lock of the context or its outlet: it would stay locked in the copy.
    template <class Fork>
    auto fork_whole(Fork fork) {
        const std::lock_guard<brief_lock> lock(mutex_);
        const std::lock_guard<brief_lock> counting(count_.mutex());
        if (outlet_ == nullptr) return fork();
        const std::lock_guard<brief_lock> saying(outlet_->mutex());
        return fork();
    }

    /// This process is a branch now. `relay`: instead of the outlet; null: the outlet reaches the run from here, too.
    void become_branch(branch_note& note, outlet* relay, branch_kind kind) {
        process_ = this_process();
        branch_ = &note;
        kind_ = kind;
        if (relay == nullptr && outlet_ != nullptr) outlet_->become_copy();
        if (relay != nullptr) outlet_ = relay;
        if (kind == branch_kind::trial) reported_ = reported_bytes_ = 0;
        if (is_block()) {
            leaves_.become_copy(nullptr, 0, false);  // it tells nothing of subcases
            level_of_copy_ = std::min(level_of_copy_, subcases_.depth());
        } else {
            leaves_.become_copy(outlet_, process_, kind == branch_kind::leaf);
        }
        breaks_on_failure_ = breaks_on_failure_ && os::under_debugger();
        detail::current_thread.adopted = false;  // so that each assertion calls count_in_branch()
    }

    /// An assertion has passed in a branch. Counted where it survives the process. False: this is no branch.
    bool count_in_branch() {
        if (branch_ == nullptr) return false;
        branch_->passed.fetch_add(1);
        return true;
    }
    bool in_branch() const { return branch_ != nullptr; }
    /// This process is the branch of a block in the test, not of a subcase.
    bool is_block() const { return branch_ != nullptr && kind_ != branch_kind::leaf && kind_ != branch_kind::whole; }
    /// What happens in this process is only tried.
    bool is_trial() const { return branch_ != nullptr && (kind_ == branch_kind::trial || kind_ == branch_kind::whole); }
    bool is_leaf() const { return branch_ != nullptr && kind_ == branch_kind::leaf; }

    // ---- --subcases=fork, see leaf_forks.hpp ----

    void choose_way(subcase_way way) { way_ = way; }
    subcase_way way() const { return way_; }
    /// True if this process, in this thread, forks at the subcases that it enters.
    bool forks_leaves() const { return way_ == subcase_way::fork && may_fork_leaves(); }
    leaf_notes& leaves() { return leaves_; }
    /// This pass is not one: it ends at the last subcase.
    void stop_pass() { pass_stopped_ = true; }
    bool is_stopped_pass() const { return pass_stopped_; }
    branch_note* branch() { return branch_; }

    /// A branch has ended: its assertions and failures count here.
    void join_branch(const branch_note& of, branch_kind kind) {
        count_.add(of.passed);
        const std::lock_guard<brief_lock> lock(mutex_);
        message_.failed_assertions += of.failed;
        message_.failures_dropped += of.dropped;
        reported_ += static_cast<std::size_t>(of.reported);
        reported_bytes_ += static_cast<std::size_t>(of.reported_bytes);
        const bool was_failed = pass_failed_;
        if (of.bad != 0) {
            message_.how = wire::finish::failed;
            pass_failed_ = true;
        }
        if (kind == branch_kind::leaf) {
            pass_failed_ = was_failed;
            if (message_.how != wire::finish::failed && of.skipped != 0) message_.reason = of.said();
            if (message_.how != wire::finish::failed && of.skips_all != 0) message_.how = wire::finish::skipped;
        }
        if (branch_ == nullptr) return;
        branch_->passed += of.passed;
        branch_->failed += of.failed;
        branch_->dropped += of.dropped;
        branch_->reported += of.reported;
        branch_->reported_bytes += of.reported_bytes;
        if (of.bad != 0) branch_->bad.store(1);
    }

    void adopt_first_thread(detail::thread_tally* tally) {
        first_thread_ = tally;
        count_.adopt(tally);
    }
    outlet* current_outlet() { return outlet_; }

    // ---- passes ----

    CORDON_HOT void begin_pass() {
        ++pass_;
        subcases_.begin_pass();
        if (pass_failed_) pass_failed_ = false;
        if (pass_skipped_) pass_skipped_ = false;
        if (pass_stopped_) pass_stopped_ = false;
        if (returned_) returned_ = false;
    }
    void enter_subcase() {
        leaves_.entered(subcases_);
        if (!in_own_process()) level_of_copy_ = std::min(level_of_copy_, subcases_.depth() - 1);
    }
    /// The innermost subcase is a value of a GENERATE, and is known now.
    CORDON_COLD void name_value(std::string name) {
        const std::lock_guard<brief_lock> lock(mutex_);
        subcases_.name_value(std::move(name));
        leaves_.entered(subcases_);
    }
    /// True in a process forked by the test that has entered another subcase at this level. Only this process knows the
    /// subcases that it reaches here.
    bool is_level_of_copy() const { return subcases_.depth() >= level_of_copy_ && (is_block() || !in_own_process()); }
    void leave_subcase(bool by_exception) {
        while (subcases_.is_on_value())
            leaves_.leave(subcases_, by_exception);
        leaves_.leave(subcases_, by_exception);
    }
    /// The body of the test has returned.
    CORDON_HOT void note_return() { returned_ = true; }
    /// What came of this pass, so far.
    wire::finish end_of_pass() const {
        return pass_failed_                 ? wire::finish::failed
               : skipped() || pass_skipped_ ? wire::finish::skipped
                                            : wire::finish::passed;
    }
    CORDON_HOT void end_pass() {
        leaves_.end_pass(subcases_, returned_);
        if (subcases_.any() && !pass_stopped_) tell_pass();
    }
    CORDON_COLD void end_passes() {
        const std::lock_guard<brief_lock> lock(mutex_);
        leaves_.end();
        if (message_.how == wire::finish::passed && !message_.reason.empty()) message_.how = wire::finish::skipped;
    }

    assertion_count& count() { return count_; }

    static std::string shortened(std::string text) {
        if (text.size() <= longest_text) return text;
        const std::string gap = " [... " + std::to_string(text.size() - longest_text) + " bytes left out ...] ";
        return text.substr(0, longest_text / 2) + gap + text.substr(text.size() - longest_text / 2);
    }

    /// If all lines exceed `most` bytes, drops the first lines and says how many.
    static void bound(vector<std::string>& lines, std::size_t most) {
        std::size_t size = 0;
        std::size_t left_out = lines.size();
        while (left_out > 0 && size + lines[left_out - 1].size() <= most) {
            size += lines[--left_out].size();
        }
        if (left_out == 0) return;
        lines.erase(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(left_out - 1));
        lines.front() = "[... " + std::to_string(left_out) + " left out ...]";
    }

  private:
    // A watched process need not ask the system, which would stop it.
    static os::process_id this_process() {
        const os::process_id known = os::watched_process();
        return known != 0 ? known : os::own_process_id();
    }

    void record_unheard(failure what, bool announced) {
        const std::lock_guard<brief_lock> lock(mutex_);
        // A failure without a macro is not an assertion: an exception that left the body, a std::terminate.
        if (fails_test(what.kind)) fail(!what.macro.empty());
        if (outlet_ == nullptr) return;
        if (what.subcase.empty()) what.subcase = subcases_.path();
        const bool is_failure = fails_test(what.kind);
        report(std::move(what), announced ? wire::telling::completed : wire::telling::whole);
        if (breaks_on_failure_ && is_failure) os::break_into_debugger();
    }

    void fail(bool by_assertion) {
        if (by_assertion) ++message_.failed_assertions;
        message_.how = wire::finish::failed;
        pass_failed_ = true;
        if (branch_ != nullptr) branch_->count_failure(by_assertion);
    }

    void drop_failure() {
        ++message_.failures_dropped;
        if (branch_ != nullptr) branch_->dropped.fetch_add(1);
    }

    bool may_fork_leaves() const {
        return in_own_process() && !is_block() && &detail::current_thread == first_thread_ && outlet_ != nullptr;
    }

    CORDON_HOT wire::finished& end_locked() {
        message_.assertions = count_.total() - passed_before_ + message_.failed_assertions;
        message_.ended = os::steady_now().time_since_epoch();
        return message_;
    }

    CORDON_COLD void tell_pass() {
        const std::lock_guard<brief_lock> lock(mutex_);
        leaves_.tell_pass(subcases_, end_of_pass(), message_.started, count_.total() - passed_before_);
    }

    void report(failure what, wire::telling how) {
        for (std::string* text : {&what.expression, &what.left, &what.right, &what.message}) {
            *text = shortened(std::move(*text));
        }
        bound(what.info, most_info);
        bound(what.subcase, most_names);
        std::size_t size = what.left.size() + what.right.size() + what.message.size();
        for (const std::string& line : what.info) {
            size += line.size();
        }
        if (reported_ == most_failures || reported_bytes_ + size > most_failure_bytes) {
            // The announced failure is kept, without its values.
            if (how != wire::telling::completed) drop_failure();
            return;
        }
        ++reported_;
        reported_bytes_ += size;
        if (branch_ != nullptr) {
            branch_->reported.fetch_add(1);
            branch_->reported_bytes.fetch_add(size);
        }
        outlet_->say(wire::failed_assertion{message_.ticket, std::move(what), how});
    }

    brief_lock mutex_;
    outlet* outlet_ = nullptr;
    os::process_id process_ = 0;
    branch_note* branch_ = nullptr;  ///< of this process; null: it is the test's own
    wire::finished message_;
    std::uint64_t reported_ = 0;
    std::size_t reported_bytes_ = 0;
    std::size_t logged_ = 0;
    std::size_t logged_bytes_ = 0;
    std::uint64_t passed_before_ = 0;
    bool breaks_on_failure_ = false;
    bool pass_failed_ = false;
    bool pass_skipped_ = false;
    std::uint32_t pass_ = 0;
    bool pass_stopped_ = false;
    bool returned_ = false;
    branch_kind kind_ = branch_kind::counted;
    subcase_way way_ = subcase_way::rerun;
    const detail::thread_tally* first_thread_ = nullptr;
    std::size_t level_of_copy_ = static_cast<std::size_t>(-1);
    subcase_tree subcases_;
    leaf_notes leaves_;
    assertion_count count_;
};

/// The only context of the process. Never destroyed: threads and static destructors may assert until the end.
CORDON_HOT test_context& context() {
    static auto* only = make_lasting<test_context>();
    return *only;
}

/// The thread that runs tests. It lives as long as its process, so its count need not be added at its end.
void adopt_first_thread() {
    detail::current_thread.adopted = true;
    context().adopt_first_thread(&detail::current_thread);
}

}  // namespace cordon::engine::exec
