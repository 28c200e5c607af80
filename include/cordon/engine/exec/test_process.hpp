#pragma once

#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/exec/context.hpp>
#include <cordon/engine/exec/memory_limit.hpp>
#include <cordon/engine/exec/outlet.hpp>
#include <cordon/engine/exec/registry.hpp>
#include <cordon/engine/exec/temp_folder.hpp>
#include <cordon/engine/exec/test_environment.hpp>
#include <cordon/engine/exec/unwind.hpp>
#include <cordon/engine/exec/watched.hpp>
#include <cordon/engine/model/ending_of.hpp>
#include <cordon/engine/model/setup_failure.hpp>
#include <cordon/engine/os/coverage.hpp>
#include <cordon/engine/os/leave.hpp>
#include <cordon/engine/os/own_state.hpp>
#include <cordon/engine/os/signal.hpp>
#include <cordon/engine/wire/lane.hpp>

#include <cerrno>
#include <cstdlib>

namespace cordon::engine::exec {

/// Does the work once that every test process would repeat: a page that a forked process touches first costs it about a
/// microsecond.
void prepare_for_tests() {
    if (!detail::current_thread.adopted) adopt_first_thread();
    watch_terminate();
    os::prepare_to_leave();
    current_temp_folder();
    context().begin_pass();
}

/// The exit code of a complete test process. exit() returns it only if all exit handlers and destructors return: one
/// that calls _exit(0), for example, leaves another code. The worker reports it as 0.
constexpr int complete_exit_code = 92;

/// Ends the process as any program ends: with exit handlers and destructors.
[[noreturn]] CORDON_HOT void leave_after_tests() { os::leave_in_order(complete_exit_code); }

/// The value that fills unused stack before a test, plus one (--condition stack); 0: no filling.
std::uint32_t stack_fill = 0;

/// A local variable that the test does not initialize then has this value, not a random one.
void fill_stack() {
    volatile char unused[64 * 1024];
    for (volatile char& each : unused)
        each = static_cast<char>(stack_fill - 1);
}

/// A test must not pass if a subcase that it reached did not run. A subcase that depends on another one, or on chance,
/// may not be reached again.
CORDON_COLD void end_passes(test_context& current, const detail::test_case& test) {
    current.end_passes();
    if (current.failed() || current.skipped()) return;
    failure what;
    what.kind = failure_kind::process;
    what.subcase = current.subcases().unfinished();
    what.message = "a subcase did not run: no later pass through the test reached it again";
    what.file = test.where.file;
    what.line = test.where.line;
    if (!what.subcase.empty()) current.record(std::move(what));
}

/// Runs one attempt in this process and returns its result. Failures have gone to the outlet at once. `leaves` tells a
/// process that continues the test which subcases are done; null if none will.
CORDON_HOT wire::finished& run_attempt(const detail::test_case& test, const wire::work_item& item, outlet& to,
                                       wire::leaf_log* leaves = nullptr) {
    test_context& current = context();
    current.begin(to, item.ticket, leaves);
    if (stack_fill != 0) {
        void (*volatile in_a_frame_of_its_own)() = fill_stack;
        in_a_frame_of_its_own();
    }
    do {
        current.begin_pass();
        run_guarded(test.body);
        current.end_pass();
    } while (current.subcases().wants_another_pass() && !current.skipped());
    if (current.subcases().any()) end_passes(current, test);
    if (current.subcases().missed_choice() && !current.skipped()) current.skip(std::string(no_such_subcase));
    return current.end();
}

/// Runs one setup block and reports its failures under `ticket`. SKIP counts as a failure, because the tests do not get
/// what they need.
bool run_setup(const detail::setup& block, outlet& to, std::uint32_t ticket) {
    test_context& current = context();
    current.begin(to, ticket);
    current.begin_pass();
    run_guarded(block.body);
    if (current.skipped() || current.skipped_in_subcase()) {
        failure what;
        what.kind = failure_kind::explicit_;
        what.macro = "SKIP";
        what.message = "a setup cannot be skipped: " + current.skip_reason();
        what.file = block.where.file;
        what.line = block.where.line;
        current.record(std::move(what));
    }
    os::flush_standard_streams();
    return !current.failed();
}

/// Runs setup blocks in order, until one fails.
bool run_setups(const vector<const detail::setup*>& blocks, outlet& to, std::uint32_t ticket) {
    for (const detail::setup* block : blocks) {
        if (!run_setup(*block, to, ticket)) return false;
    }
    return true;
}

/// The failure of a test whose process ended in the setup block with that number (0: in none), which the process could
/// not report itself.
optional<failure> failure_by_setup(std::uint32_t number, const wire::ended& end) {
    const bool timed_out = end.why == wire::stopped_by::timeout;
    if (number == 0 || (end.why != wire::stopped_by::itself && !timed_out)) return nullopt;
    const vector<const detail::setup*> blocks = setups_at({number - 1});
    if (blocks.empty()) return nullopt;
    seen all;
    all.process = seen::process_end{end.by_signal, end.code, end.cut_short, end.why};
    return setup_failure(suite_path(blocks.front()->owner), blocks.front()->where,
                         describe_setup_end(ending_of(all).how, os::signal_name(end.code), end.code));
}

/// The place of temporary folders, and which of them stay.
struct temp_policy {
    std::string root;
    os::process_id worker = 0;
    bool keep_failed = false;

    /// The files in the attempt's folder, if it made one.
    vector<std::string> files_of(const wire::lane& lane, std::uint32_t ticket) const {
        const std::uint32_t number = lane->temp_folder.load();
        if (number == 0) return {};
        return os::entries_of(temp_folder::owner{&root, worker, ticket}.path(number), leftovers::most_kept);
    }

    /// Who may still write there, and who removes those files later.
    enum class others { none, for_the_worker, for_nobody };

    /// Removes the attempt's folder, if it made one.
    CORDON_HOT void remove(const wire::lane& lane, std::uint32_t ticket, bool failed, others who) const {
        const std::uint32_t number = lane->temp_folder.exchange(0);
        if (number != 0 && !(failed && keep_failed)) remove_made(lane, ticket, number, who);
    }

  private:
    CORDON_COLD void remove_made(const wire::lane& lane, std::uint32_t ticket, std::uint32_t number, others who) const {
        const std::string path = temp_folder::owner{&root, worker, ticket}.path(number);
        status removed = os::remove_folder(path);
        for (int round = 0; who != others::for_the_worker && !removed && round < most_rounds; ++round) {
            os::pause_briefly();
            removed = os::remove_folder(path);
        }
        if (removed) return;
        if (who == others::for_the_worker) return lane->temp_folder.store(number);
        os::write_standard_error("cordon: " + os::describe(removed.failure()) + "\n");
    }

    static constexpr int most_rounds = 100;  // each about 50 microseconds
};

/// True if tests report leftovers in their process; also says how thoroughly they look.
bool looks_back(const wire::configure& settings) { return settings.leaks != leak_policy::ignore; }
os::attention attention_to_leftovers(const wire::configure& settings) {
    return settings.leaks == leak_policy::fail ? os::attention::thorough : os::attention::quick;
}

/// The work of a test process: claims items of its batch and runs them; one in fork and exec mode, many in shard mode.
class test_process {
  public:
    /// The reading ends of its own output. Only shard mode needs them, to separate the output of tests.
    struct own_output {
        const os::descriptor* out = nullptr;
        const os::descriptor* err = nullptr;
    };

    /// `looks_back`: reports what each test leaves behind in this process, whose state must have been remembered.
    test_process(const registered_tests& tests, wire::lane lane, journal_outlet& to, const temp_policy& temp,
                 bool looks_back)
        : tests_(tests), lane_(lane), to_(to), temp_(temp), looks_back_(looks_back) {}

    CORDON_HOT void run(const work_batch& batch, own_output output) {
        if (batch.size() > 1) last_flush_ = now();
        const auto count = static_cast<std::int64_t>(batch.size());
        for (std::int64_t index = lane_.claim(); index >= 0 && index < count; index = lane_.claim()) {
            const wire::work_item& item = batch[static_cast<std::size_t>(index)];
            const bool more = batch.size() > 1;
            if (more) prepare_next(item);
            run_one(item, more ? output : own_output{});
        }
    }

  private:
    CORDON_COLD void prepare_next(const wire::work_item& item) const {
        environment_of_tests().describe(*tests_.tests[item.test], item);
        errno = 0;
    }

    static constexpr duration flush_interval = std::chrono::milliseconds(2);
    static constexpr duration shortest_life = std::chrono::microseconds(20);  // time to start a process and wait for it

    CORDON_HOT void run_one(const wire::work_item& item, own_output output) {
        limit_here.begin(item.memory_limit, lane_->out_of_memory);
        begin_temp_folder(item);
        lane_->started.store(os::steady_now().time_since_epoch().count(), std::memory_order_relaxed);
        lane_->running.store(item.ticket, std::memory_order_seq_cst);
        wait_for_reader(output);
        const os::state_mark before = looks_back_ ? os::mark_state() : os::state_mark();
        wire::finished& message =
            item.snapshot ? run_in_copy(item) : run_attempt(*tests_.tests[item.test], item, to_, &lane_->leaves);
        // A process that the test forked and that returned here must not continue as the test.
        if (!context().in_own_process()) os::leave_with_coverage(message.how == wire::finish::failed ? 1 : 0);
        // If more tests follow in this process, its end is too late to kill the processes of this test.
        const bool shared = output.out != nullptr;
        const std::uint32_t changes = looks_back_ ? os::changed_state(before) : 0;
        if (shared || has_left_something(changes)) tell_leftovers(changes, item, shared, message);
        temp_.remove(lane_, item.ticket, message.how == wire::finish::failed,
                     output.out != nullptr ? temp_policy::others::for_nobody : temp_policy::others::for_the_worker);
        settle_output(output);
        message.has_output = output.out != nullptr && lane_->captured.load(std::memory_order_seq_cst) == item.ticket;
        to_.say_end(message);
        lane_->over.store(item.ticket, std::memory_order_release);
        if (output.out != nullptr) flush_now_and_then(instant(message.ended));
    }

    CORDON_HOT bool has_left_something(std::uint32_t changes) const {
        return changes != 0 || (looks_back_ && lane_->temp_folder.load(std::memory_order_relaxed) != 0);
    }

    CORDON_COLD void tell_leftovers(std::uint32_t changes, const wire::work_item& item, bool shared,
                                    const wire::finished& end) {
        vector<leftover> found;
        if (shared) os::end_children(found, end.ended - end.started >= shortest_life);
        if (!looks_back_) return;
        os::describe_changes(changes, found);
        for (std::string& name : temp_.files_of(lane_, item.ticket)) {
            found.push_back({leftover_kind::file, std::move(name)});
        }
        if (found.empty()) return;
        wire::left_behind message;
        message.ticket = item.ticket;
        for (const leftover& each : found) {
            message.items.emplace_back(each.kind, each.what.substr(0, leftovers::longest_text));
        }
        to_.say(message);
        if (shared) os::remember_state_again();  // the next test must not be charged with it
    }

    // Runs the test in a copy of this process. So this process stays unchanged, and one test after another can see what
    // the earlier tests left behind. The copy reports failures at once, this process reports the end.
    wire::finished& run_in_copy(const wire::work_item& item) {
        constexpr int failed_code = 1;
        constexpr int skipped_code = 2;
        os::flush_standard_streams();
        const result<os::process_id> made = os::fork_process(os::fork_patience);
        if (made && made.value() == 0) {
            to_.set_level(to_.level() + 1);
            const wire::finished& said = run_attempt(*tests_.tests[item.test], item, to_, nullptr);
            const int code = said.how == wire::finish::failed    ? failed_code
                             : said.how == wire::finish::skipped ? skipped_code
                                                                 : 0;
            os::flush_standard_streams();
            os::leave_with_coverage(code);
        }
        context().begin(to_, item.ticket);
        os::process_end end;
        if (made) end = os::wait_for_end(made.value());
        lane_.end_holds_above(to_.level());
        if (!made) context().skip(os::describe(made.failure()));
        if (end.by_signal || end.code > skipped_code) context().record(end_of_copy(end));
        if (!end.by_signal && end.code == skipped_code) context().skip("skipped in a copy of the process");
        wire::finished& message = context().end();
        if (!end.by_signal && end.code == failed_code) message.how = wire::finish::failed;
        return message;
    }

    static failure end_of_copy(const os::process_end& end) {
        failure what;
        what.kind = failure_kind::process;
        what.message = end.by_signal ? "its process was ended by " + os::signal_name(end.code)
                                     : "its process ended with exit code " + std::to_string(end.code);
        return what;
    }

    void begin_temp_folder(const wire::work_item& item) {
        lane_->temp_folder.store(0, std::memory_order_relaxed);
        current_temp_folder().begin({&temp_.root, temp_.worker, item.ticket}, &lane_->temp_folder);
    }

    // The worker labels output with the test that runs while it reads. It may have taken the label just before the test
    // changed. Then the new test waits until that read is over.
    void wait_for_reader(own_output output) const {
        if (output.out == nullptr) return;
        for (int round = 0; lane_->reading.load(std::memory_order_seq_cst) != 0 && round < reader_patience; ++round) {
            os::pause_briefly();
        }
    }

    // All output of this test must be read, and so labeled, before the next one starts. Limited, because a leftover
    // process may keep printing.
    void settle_output(own_output output) const {
        if (output.out == nullptr) return;
        os::flush_standard_streams();
        for (int round = 0; os::anything_to_read(*output.out, *output.err) && round < reader_patience; ++round) {
            os::pause_briefly();
        }
        wait_for_reader(output);
    }

    void flush_now_and_then(instant at) {
        if (at - last_flush_ < flush_interval && to_.unsent() < wire::lane_block::journal_capacity / 2) return;
        last_flush_ = at;
        to_.flush();
    }

    static constexpr int reader_patience = 20'000;  // about one second

    const registered_tests& tests_;
    wire::lane lane_;
    journal_outlet& to_;
    const temp_policy& temp_;
    bool looks_back_;
    instant last_flush_{};
};

}  // namespace cordon::engine::exec
