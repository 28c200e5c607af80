#pragma once

#include <cordon/engine/exec/attempt.hpp>
#include <cordon/engine/exec/leftover_policy.hpp>
#include <cordon/engine/exec/memory_limit.hpp>
#include <cordon/engine/exec/outlet.hpp>
#include <cordon/engine/exec/process_life.hpp>
#include <cordon/engine/exec/registry.hpp>
#include <cordon/engine/exec/replica.hpp>
#include <cordon/engine/exec/temp_folder.hpp>
#include <cordon/engine/exec/temp_policy.hpp>
#include <cordon/engine/exec/test_environment.hpp>
#include <cordon/engine/exec/work_batch.hpp>
#include <cordon/engine/os/coverage.hpp>
#include <cordon/engine/os/own_state.hpp>
#include <cordon/engine/os/process.hpp>
#include <cordon/engine/os/rewind.hpp>
#include <cordon/engine/os/signal.hpp>
#include <cordon/engine/wire/lane.hpp>

#include <cerrno>
#include <string>
#include <utility>

namespace cordon::engine::exec {

/// The work of a test process: claims items of its batch and runs them; one in fork and exec mode, many in shard mode.
class test_process {
  public:
    /// The reading ends of its own output. Only shard mode needs them, to separate the output of tests.
    struct own_output {
        const os::descriptor* out = nullptr;
        const os::descriptor* err = nullptr;
    };

    /// If the settings want it, reports what each test leaves behind in this process, whose state must have been
    /// remembered.
    test_process(const registered_tests& tests, wire::lane lane, journal_outlet& to, const temp_policy& temp,
                 const wire::configure& settings)
        : tests_(tests),
          lane_(lane),
          to_(to),
          temp_(temp),
          looks_back_(looks_back(settings)),
          ends_at_failure_(settings.one_by_one) {}

    CORDON_HOT void run(const work_batch& batch, own_output output) {
        const auto count = static_cast<std::int64_t>(batch.size());
        for (std::int64_t index = lane_.claim(); index >= 0 && index < count; index = lane_.claim()) {
            const wire::work_item& item = batch[static_cast<std::size_t>(index)];
            const bool more = batch.size() > 1;
            if (more) prepare_next(item);
            how_ = more ? process_use::shared : process_use::last;
            reused_ = index > 0;
            const wire::finish how = run_one(item, more ? output : own_output{});
            if (ends_at_failure_ && is_failure(how)) return;
        }
    }

    /// The same, but each item finds this process as it is now. Ends the process with the last item, or with one after
    /// which it cannot be rewound.
    [[noreturn]] void run_rewound(const work_batch& batch, own_output output) {
        if (looks_back_) before_ = os::mark_state();
        own_pid_ = os::own_process_id();
        const bool rewinds = os::remember_process();
        // From here on each item, and nothing of it is left but what is in the lane.
        flush_now_and_then(now());
        const std::int64_t index = lane_.claim();
        if (index < 0 || index >= static_cast<std::int64_t>(batch.size())) os::leave_now(complete_exit_code);
        const wire::work_item& item = batch[static_cast<std::size_t>(index)];
        prepare_next(item);
        const bool is_last = static_cast<std::size_t>(index) + 1 == batch.size();
        if (is_last) os::stop_watching();
        how_ = rewinds && !is_last ? process_use::rewound : process_use::last;
        is_counted_ = rewinds;
        reused_ = index > 0;
        const wire::finish how = run_one(item, output);
        // What a test broke before it failed may be of a kind that nobody knows. And the run may end with a failure.
        if (os::is_watched() && !is_failure(how)) os::rewind_at_exit(complete_exit_code);
        leave_after_tests();
    }

  private:
    /// What becomes of the process after an item.
    enum class process_use { last, shared, rewound };

    static bool is_failure(wire::finish how) { return how == wire::finish::failed || how == wire::finish::late; }

    CORDON_COLD void prepare_next(const wire::work_item& item) const {
        environment_of_tests().describe(*tests_.tests[item.test], item);
        errno = 0;
    }

    static constexpr duration flush_interval = std::chrono::milliseconds(2);
    static constexpr duration shortest_life = std::chrono::microseconds(20);  // time to start a process and wait for it

    CORDON_HOT wire::finish run_one(const wire::work_item& item, own_output output) {
        if (!os::can_fork()) begin_for_replicas(item);
        limit_here.begin(item.memory_limit, lane_->out_of_memory);
        begin_temp_folder(item);
        lane_->started.store(os::steady_now().time_since_epoch().count(), std::memory_order_relaxed);
        lane_->running.store(item.ticket, std::memory_order_seq_cst);
        wait_for_reader(output);
        const std::int64_t stopped = lane_->suspended_for.load(std::memory_order_relaxed);
        if (how_ != process_use::rewound && looks_back_) before_ = os::mark_state();
        if (is_counted_) used_before_ = os::own_usage();
        if (how_ == process_use::rewound) os::watch_calls();
        wire::finished& message =
            item.snapshot ? run_in_copy(item) : run_attempt(*tests_.tests[item.test], item, to_, &lane_->leaves);
        // A process that the test forked and that returned here must not continue as the test.
        if (!context().in_own_process()) os::leave_with_coverage(message.how == wire::finish::failed ? 1 : 0);
        // Its worker wakes up later than the limit, and may find that the test has ended.
        const duration left_out(lane_->suspended_for.load(std::memory_order_relaxed) - stopped);
        if (item.timeout != duration{0} && message.ended - message.started - left_out > item.timeout)
            message.how = wire::finish::late;
        // If more tests follow in this process, its end is too late to kill the processes of this test.
        const bool shared = how_ == process_use::shared;
        if (!os::is_watched() || (looks_back_ && os::changed_memory(before_) != 0)) look_back(item, shared, message);
        temp_.remove(lane_, item.ticket, is_failure(message.how),
                     shared ? temp_policy::others::for_nobody : temp_policy::others::for_the_worker);
        settle_output(output);
        if (reused_) message.process_reused = true;
        if (is_counted_) count_use(message);
        message.has_output = output.out != nullptr && lane_->captured.load(std::memory_order_seq_cst) == item.ticket;
        to_.say_end(message);
        lane_->over.store(item.ticket, std::memory_order_release);
        if (shared) flush_now_and_then(instant(message.ended));
        return message.how;
    }

    // The figures of the process itself are of all tests that have run in it.
    void count_use(wire::finished& message) const {
        const os::unwatched of_our_own;
        message.pid = own_pid_;
        message.usage = os::own_usage();
        message.usage -= used_before_;
    }

    void begin_for_replicas(const wire::work_item& item) const {
        replica_here.temp_root = &temp_.root;
        replica_here.item = &item;
        replica_here.checks = 0;
    }

    // A test that is still watched has made no system call that could leave anything behind, but may have changed what
    // is in memory. To look at the rest uses its process up.
    CORDON_HOT void look_back(const wire::work_item& item, bool shared, const wire::finished& message) {
        const std::uint32_t changes = looks_back_ ? os::changed_state(before_) : 0;
        if (shared || has_left_something(changes)) tell_leftovers(changes, item, shared, message);
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
        message.assertions = 1;  // the copy has not told their number
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
        if (!os::has_printed()) return;
        const os::unwatched of_our_own;
        for (int round = 0; os::anything_to_read(*output.out, *output.err) && round < reader_patience; ++round) {
            os::pause_briefly();
        }
        wait_for_reader(output);
    }

    void flush_now_and_then(instant at) {
        const duration last(lane_->flushed.load(std::memory_order_relaxed));
        const duration passed = at.time_since_epoch() - last;
        if (passed < flush_interval && to_.unsent() < wire::lane_block::journal_capacity / 2) return;
        lane_->flushed.store(at.time_since_epoch().count(), std::memory_order_relaxed);
        to_.flush();
    }

    static constexpr int reader_patience = 20'000;  // about one second

    const registered_tests& tests_;
    wire::lane lane_;
    journal_outlet& to_;
    const temp_policy& temp_;
    bool looks_back_;
    bool ends_at_failure_;
    os::state_mark before_{};
    process_use how_ = process_use::last;
    bool reused_ = false;
    bool is_counted_ = false;  ///< each test by itself
    os::process_id own_pid_ = 0;
    resource_usage used_before_;
};

}  // namespace cordon::engine::exec
