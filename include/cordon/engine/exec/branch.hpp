#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/owned.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/exec/branch_note.hpp>
#include <cordon/engine/exec/context.hpp>
#include <cordon/engine/exec/memory_limit.hpp>
#include <cordon/engine/exec/replica.hpp>
#include <cordon/engine/exec/temp_folder.hpp>
#include <cordon/engine/exec/trace.hpp>
#include <cordon/engine/exec/unwind.hpp>
#include <cordon/engine/model/outcome.hpp>
#include <cordon/engine/os/branch.hpp>
#include <cordon/engine/os/coverage.hpp>
#include <cordon/engine/os/lineage.hpp>
#include <cordon/engine/os/poll.hpp>
#include <cordon/engine/os/process.hpp>
#include <cordon/engine/os/shared_memory.hpp>
#include <cordon/engine/os/signal.hpp>
#include <cordon/engine/os/stack.hpp>
#include <cordon/engine/wire/announced_failure.hpp>
#include <cordon/engine/wire/message.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::exec {

// A branch: a copy of the running test's process, made in the middle of the test. It does a piece of work, ends, and
// its parent goes on. Only the calling thread exists in it. Locks that other threads held stay locked there.

struct branch_options {
    branch_kind kind = branch_kind::counted;
    /// Its output goes to the result instead of the test's output.
    bool keeps_output = false;
    /// A crash by this signal is not described, and writes no core file. 0: none.
    int expected_signal = 0;
    /// Its own time limit; 0: only the test's.
    duration limit{};
};

/// What became of a branch.
struct branch_end {
    /// passed, failed (an assertion, or an exception), skipped; crashed, exited; timed_out: over its own limit; lost:
    /// it could not be started, or its end is not known.
    ending how = ending::lost;
    bool returned = false;  ///< the work is done
    bool left = false;      ///< a REQUIRE or SKIP left it: the caller must leave the test, too
    bool threw = false;     ///< an exception left it
    bool by_signal = false;
    int code = 0;              ///< signal or exit code
    std::string why;           ///< the exception; the reason of the skip; why std::terminate was called; why lost
    std::uint64_t passed = 0;  ///< assertions
    std::uint64_t failed = 0;
    vector<failure> failures;     ///< of a trial; those of other kinds are the test's
    std::string output;           ///< both streams, in order; at most most_output bytes
    std::string answer;           ///< see answer_of_branch()
    std::uint32_t survivors = 0;  ///< processes that it left running; they were ended (Linux)
    optional<wire::trace> crash;  ///< where it crashed, if that is known
};

constexpr std::size_t most_branch_output = 16 * 1024 * 1024;

/// Keeps messages in a note, for the parent of the branch.
class relay_outlet : public outlet {
  public:
    explicit relay_outlet(branch_note& to) : to_(to) {}

  private:
    void put(std::uint8_t type, std::string_view payload) override {
        if (!to_.append(type, payload)) to_.dropped.fetch_add(1);
    }

    branch_note& to_;
};

/// The branches that this process makes. They share its notes, which are made on demand and used again.
class branch_maker {
  public:
    /// A note, and what must be undone after the last branch that runs.
    branch_note* begin(std::string& why) {
        const std::lock_guard<brief_lock> lock(mutex_);
        if (process_ != os::own_process_id()) become_copy();
        branch_note* note = take_note(why);
        if (note == nullptr || running_++ != 0) return note;
        ignored_ = os::keep_children();
        adopting_ = os::adopt_orphans_for_now();
        return note;
    }

    /// Returns true if no branch runs any more.
    bool end(branch_note* note) {
        const std::lock_guard<brief_lock> lock(mutex_);
        free_.push_back(note);
        if (--running_ != 0) return false;
        if (adopting_) os::leave_orphans();
        if (ignored_) os::forget_children();
        return true;
    }

    /// In a branch: what the program's own processes have.
    void restore_in_copy() const {
        if (ignored_) os::forget_children();
    }

    brief_lock& mutex() { return mutex_; }

    /// The memory of a note.
    const os::shared_memory& memory_of(const branch_note* note) const {
        std::size_t at = 0;
        while (memory_[at].address() != note)
            ++at;
        return memory_[at];
    }

  private:
    // The notes belong to the parent.
    void become_copy() {
        process_ = os::own_process_id();
        free_.clear();
        running_ = 0;
    }

    branch_note* take_note(std::string& why) {
        if (!free_.empty()) {
            branch_note* note = free_.back();
            free_.pop_back();
            note->clear();
            return note;
        }
        result<os::shared_memory> made = os::shared_memory::create(sizeof(branch_note));
        if (!made) {
            why = os::describe(made.failure());
            return nullptr;
        }
        if (os::can_fork()) made.value().close_object();
        memory_.push_back(std::move(made.value()));
        return static_cast<branch_note*>(memory_.back().address());
    }

    brief_lock mutex_;
    os::process_id process_ = 0;
    vector<os::shared_memory> memory_;
    vector<branch_note*> free_;
    std::uint32_t running_ = 0;
    bool ignored_ = false;
    bool adopting_ = false;
};

branch_maker& branches() {
    static auto* only = new branch_maker;  // never destroyed
    return *only;
}

/// One branch, seen from its parent.
class branch {
  public:
    explicit branch(const branch_options& wanted) : wanted_(wanted) { note_ = branches().begin(end_.why); }
    branch(const branch&) = delete;
    branch& operator=(const branch&) = delete;
    ~branch() {
        if (!is_copy_ && note_ != nullptr && branches().end(note_) && outlet_ != nullptr) outlet_->end_copies();
    }

    /// Returns true in the branch.
    bool fork() {
        if (note_ == nullptr) return false;
        if (!os::can_fork()) {
            start_again();
            return false;
        }
        outlet_ = context().current_outlet();
        if (!outlet_reaches()) current_temp_folder().path();  // for both processes
        if (wanted_.keeps_output && !open_output()) return false;
        os::flush_standard_streams();
        kept_ = os::own_children();
        let_in_ = os::hold_back_child_signal();
        const os::process_id parent = os::own_process_id();
        const result<os::process_id> made = context().fork_whole([] {
            const std::lock_guard<brief_lock> lock(branches().mutex());
            return os::fork_process(os::fork_patience);
        });
        if (made && made.value() == 0) {
            is_copy_ = true;
            become_branch(parent);
            return true;
        }
        if (made) child_ = made.value();
        if (!made) end_.why = os::describe(made.failure());
        return false;
    }

    /// In the parent: waits for the end of the branch.
    branch_end wait() {
        if (child_ != 0) wait_for_child();
        if (let_in_) os::let_in_child_signal();
        if (child_ != 0) conclude();
        return std::move(end_);
    }

    /// In the branch; and in its parent, after its end.
    branch_note& note() { return *note_; }
    /// 0: it could not be started.
    os::process_id child() const { return child_; }

  private:
    bool is_trial() const { return wanted_.kind == branch_kind::trial || wanted_.kind == branch_kind::whole; }
    bool outlet_reaches() const { return outlet_ != nullptr && outlet_->reaches_from_copies(); }

    bool open_output() {
        result<os::descriptor> file = os::make_text_file(most_branch_output);
        if (file) output_ = std::move(file.value());
        if (!file) end_.why = os::describe(file.failure());
        return static_cast<bool>(output_);
    }

    void start_again() {
        outlet_ = context().current_outlet();
        if (wanted_.kind != branch_kind::counted || !wanted_.keeps_output) {
            end_.why = "this system cannot copy the test's process";
            return;
        }
        current_temp_folder().path();
        if (!open_output()) return;
        note_->check.store(replica_here.checks);
        const result<os::process_id> made = start_replica(branches().memory_of(note_), output_);
        if (made) child_ = made.value();
        if (!made) end_.why = os::describe(made.failure());
    }

    void become_branch(os::process_id parent) {
        os::die_with_parent(parent);
        branches().restore_in_copy();
        if (let_in_) os::let_in_child_signal();
        if (output_) os::redirect_output(output_, output_);
        if (output_ && !outlet_reaches()) os::print_line_by_line();
        os::close_in_copy(output_);
        const bool relays = is_trial() || !outlet_reaches();
        context().become_branch(*note_, relays ? new relay_outlet(*note_) : nullptr, wanted_.kind);
        if (outlet_ != nullptr && outlet_->running_copy() != nullptr)
            outlet_->running_copy()->store(os::own_process_id());
        limit_here.become_copy(note_->out_of_memory);
        os::describe_crash_in(note_->crash);
        if (wanted_.expected_signal != 0) os::expect_signal(wanted_.expected_signal);
        if (wanted_.expected_signal != 0) os::forbid_core_file();
    }

    void wait_for_child() {
        std::atomic<std::int64_t>* const running = outlet_ != nullptr ? outlet_->running_copy() : nullptr;
        const deadline until = wanted_.limit != duration{0} ? deadline(now() + wanted_.limit) : nullopt;
        optional<os::process_end> ended = os::wait_for_end(child_, until);
        if (!ended) {
            os::kill_process(child_);
            ended = os::wait_for_end(child_, nullopt);
            end_.how = ending::timed_out;
        }
        if (running != nullptr) running->store(context().in_branch() ? os::own_process_id() : 0);
        // Other threads may have made processes of their own meanwhile. They cannot be told from leftovers.
        if (os::has_children() && os::has_one_thread()) end_.survivors = os::end_other_children(kept_);
        end_.by_signal = ended->by_signal;
        end_.code = ended->code;
    }

    void conclude() {
        if (!os::can_fork() && note_->is_copy == 0) {
            end_.why =
                "the program was started again for it, and did not get to this check: a test must do the same "
                "each time up to its exit checks";
            return;
        }
        end_.returned = note_->state == branch_note::returned;
        end_.left = note_->state == branch_note::left;
        end_.threw = note_->state == branch_note::threw;
        end_.passed = note_->passed;
        end_.failed = note_->failed;
        if (end_.how != ending::timed_out) end_.how = ending_of_branch();
        end_.why = note_->said();
        end_.answer.assign(note_->answer, std::min<std::size_t>(note_->answered, sizeof note_->answer));
        if (output_) end_.output = os::written_text(output_, most_branch_output);
        if (note_->crash.state == crash_note::told) end_.crash = trace_of_crash(context().ticket(), note_->crash);
        if (wanted_.kind == branch_kind::trial) return read_failures();
        if (is_trial()) return;
        context().join_branch(*note_, wanted_.kind);
        note_->read([this](std::uint8_t type, std::string_view payload) {
            if (outlet_ != nullptr) outlet_->pass_on(type, payload);
        });
    }

    ending ending_of_branch() const {
        const bool complete = end_.returned || end_.left || end_.threw;
        if (!complete && end_.by_signal) return ending::crashed;
        if (!complete) return end_.code < 0 ? ending::lost : ending::exited;
        if (end_.threw || note_->bad != 0) return ending::failed;
        return note_->skipped != 0 ? ending::skipped : ending::passed;
    }

    void read_failures() {
        note_->read([this](std::uint8_t type, std::string_view payload) {
            optional<wire::report> message = wire::decode<wire::report>({wire::frame_version, type, 0, payload});
            if (!message) return;
            if (auto* failed = message->get_if<wire::failed_assertion>())
                wire::take_failure(end_.failures, std::move(*failed));
        });
    }

    branch_options wanted_;
    branch_note* note_ = nullptr;
    outlet* outlet_ = nullptr;
    os::descriptor output_;
    os::process_id child_ = 0;
    vector<os::process_id> kept_;
    bool let_in_ = false;
    bool is_copy_ = false;
    branch_end end_;
};

/// In a branch: bytes for its parent, which survive the end of the branch. At most 64 KiB: longer ones are cut.
void answer_of_branch(std::string_view bytes) {
    branch_note* const note = context().branch();
    if (note == nullptr) return;
    const std::size_t size = std::min(bytes.size(), sizeof note->answer);
    std::memcpy(note->answer, bytes.data(), size);
    note->answered.store(static_cast<std::uint32_t>(size));
}

#if !defined(CORDON_CONFIG_NO_EXCEPTIONS)

/// Does the work of a branch. No exception leaves this function.
void work_in_branch(branch_note& note, void (*work)(void*), void* argument) {
    is_leaving = false;
    try {
        work(argument);
        note.state.store(branch_note::returned);
    } catch (const leaving_the_test&) {
        note.state.store(branch_note::left);
    } catch (...) {
        note.say(current_exception_text());
        note.state.store(branch_note::threw);
    }
}

#else

void work_in_branch(branch_note& note, void (*work)(void*), void* argument) {
    std::jmp_buf here;
    way_out = &here;
    if (setjmp(here) == 0) {
        work(argument);
        note.state.store(branch_note::returned);
    } else {
        note.state.store(branch_note::left);
    }
}

#endif

/// In a replica, at its check: does the work, as the branch that the test waits for.
[[noreturn]] void become_branch_of_replica(void (*work)(void*), void* argument, int expected_signal) {
    branch_note& note = *replica_here.target;
    os::flush_standard_streams();
    os::drop_output();
    context().become_branch(note, new relay_outlet(note), branch_kind::counted);
    limit_here.become_copy(note.out_of_memory);
    if (expected_signal != 0) os::expect_signal(expected_signal);
    note.is_copy.store(1);
    work_in_branch(note, work, argument);
    os::flush_standard_streams();
    os::leave_with_coverage(0);
}

/// Runs work(argument) in a branch of this process, from any thread of a test. Its end is waited for; a process over
/// the test's time limit is ended as the test. When the work is done, the branch ends without destructors and exit
/// handlers.
branch_end run_branch(void (*work)(void*), void* argument, const branch_options& wanted) {
    branch made(wanted);
    if (!made.fork()) return made.wait();
    work_in_branch(made.note(), work, argument);
    os::flush_standard_streams();
    os::leave_with_coverage(0);
}

}  // namespace cordon::engine::exec

CORDON_CHEAP_END
