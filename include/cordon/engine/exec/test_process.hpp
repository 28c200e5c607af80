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
#include <cordon/engine/model/setup_failure.hpp>
#include <cordon/engine/os/coverage.hpp>
#include <cordon/engine/os/leave.hpp>
#include <cordon/engine/os/own_state.hpp>
#include <cordon/engine/os/signal.hpp>
#include <cordon/engine/wire/lane.hpp>

#include <cstdlib>

namespace cordon::engine::exec {

/// Does once what every test process would do otherwise: each page that a forked process is the first to touch costs it
/// about a microsecond.
void prepare_for_tests() {
    if (!detail::current_thread.adopted) adopt_first_thread();
    watch_terminate();
    os::prepare_to_leave();
    current_temp_folder();
    context().begin_pass();
}

/// The exit code of a test process that has done its work. exit() passes it on only where all exit handlers and
/// destructors return: one that calls _exit(0), say, leaves another code. The worker reports it as 0.
constexpr int complete_exit_code = 92;

/// Leaves as any program does at its end: with exit handlers and destructors.
[[noreturn]] CORDON_HOT void leave_after_tests() { os::leave_in_order(complete_exit_code); }

/// What unused stack is filled with before a test, plus one (--condition stack); 0: nothing.
std::uint32_t stack_fill = 0;

/// What a test then reads from a local variable that it did not initialize is this, and not what happens to lie there.
void fill_stack() {
    volatile char unused[64 * 1024];
    for (volatile char& each : unused)
        each = static_cast<char>(stack_fill - 1);
}

/// A test is not green while a subcase that it has shown did not run: one that depends on what another subcase did, or
/// on chance, may not be met again.
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

/// Runs one attempt in this process and returns what it came to; failures have gone to the outlet as they happened.
/// `leaves`: where a process that goes on with the test finds what is over; null where none will.
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

/// Runs one setup block; its failures are said under `ticket`. SKIP counts as failing: what the tests rely on is not
/// there.
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

/// Runs setup blocks one after another until one fails.
bool run_setups(const vector<const detail::setup*>& blocks, outlet& to, std::uint32_t ticket) {
    for (const detail::setup* block : blocks) {
        if (!run_setup(*block, to, ticket)) return false;
    }
    return true;
}

/// The failure of a test whose process ended in the setup block of that number (0: in none), which it could not tell
/// itself.
optional<failure> failure_by_setup(std::uint32_t number, const wire::ended& end) {
    const bool timed_out = end.why == wire::stopped_by::timeout;
    if (number == 0 || (end.why != wire::stopped_by::itself && !timed_out)) return nullopt;
    const vector<const detail::setup*> blocks = setups_at({number - 1});
    if (blocks.empty()) return nullopt;
    const ending how = timed_out ? ending::timed_out : end.by_signal ? ending::crashed : ending::exited;
    return setup_failure(suite_path(blocks.front()->owner), blocks.front()->where,
                         describe_setup_end(how, os::signal_name(end.code), end.code));
}

/// Where temporary folders are, and which of them stay.
struct temp_policy {
    std::string root;
    os::process_id worker = 0;
    bool keep_failed = false;

    /// What is in the attempt's folder, if it made one.
    vector<std::string> files_of(const wire::lane& lane, std::uint32_t ticket) const {
        const std::uint32_t number = lane->temp_folder.load();
        if (number == 0) return {};
        return os::entries_of(temp_folder::owner{&root, worker, ticket}.path(number), leftovers::most_kept);
    }

    /// Who may still write there, and who comes after to remove what they have put there meanwhile.
    enum class others { none, for_the_worker, for_nobody };

    /// Removes the attempt's folder if it made one.
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

    static constexpr int most_rounds = 100;  // of about 50 microseconds
};

/// Whether tests say what they leave behind in their process, and how closely they look.
bool looks_back(const wire::configure& settings) { return settings.leaks != leak_policy::ignore; }
os::attention attention_to_leftovers(const wire::configure& settings) {
    return settings.leaks == leak_policy::fail ? os::attention::thorough : os::attention::quick;
}

/// The part of a test process: claims items of its batch and runs them, one in fork and exec mode, many in shard mode.
class test_process {
  public:
    /// The reading ends of its own output; only shard mode needs them, to tell one test's output from the next one's.
    struct own_output {
        const os::descriptor* out = nullptr;
        const os::descriptor* err = nullptr;
    };

    /// `looks_back`: says what each test leaves behind in this process, whose state must have been remembered.
    test_process(const registered_tests& tests, wire::lane lane, journal_outlet& to, const temp_policy& temp,
                 bool looks_back)
        : tests_(tests), lane_(lane), to_(to), temp_(temp), looks_back_(looks_back) {}

    CORDON_HOT void run(const work_batch& batch, own_output output) {
        if (batch.size() > 1) last_flush_ = now();
        const auto count = static_cast<std::int64_t>(batch.size());
        for (std::int64_t index = lane_.claim(); index >= 0 && index < count; index = lane_.claim()) {
            const wire::work_item& item = batch[static_cast<std::size_t>(index)];
            const bool more = batch.size() > 1;
            if (more) environment_of_tests().describe(*tests_.tests[item.test], item);
            run_one(item, more ? output : own_output{});
        }
    }

  private:
    static constexpr duration flush_interval = std::chrono::milliseconds(2);
    static constexpr duration shortest_life = std::chrono::microseconds(20);  // of a process, begun and waited for

    CORDON_HOT void run_one(const wire::work_item& item, own_output output) {
        limit_here.begin(item.memory_limit, lane_->out_of_memory);
        begin_temp_folder(item);
        lane_->started.store(os::steady_now().time_since_epoch().count(), std::memory_order_relaxed);
        lane_->running.store(item.ticket, std::memory_order_seq_cst);
        wait_for_reader(output);
        const os::state_mark before = looks_back_ ? os::mark_state() : os::state_mark();
        wire::finished& message =
            item.snapshot ? run_in_copy(item) : run_attempt(*tests_.tests[item.test], item, to_, &lane_->leaves);
        // A copy that the test forked and that returned here must not go on as if it were the test.
        if (!context().in_own_process()) os::leave_with_coverage(message.how == wire::finish::failed ? 1 : 0);
        // Where tests follow in this process, its end comes too late for what this one has started.
        const bool shared = output.out != nullptr;
        vector<leftover> found;
        if (shared) os::end_children(found, message.ended - message.started >= shortest_life);
        if (looks_back_) look_back(before, item, shared, found);
        temp_.remove(lane_, item.ticket, message.how == wire::finish::failed,
                     output.out != nullptr ? temp_policy::others::for_nobody : temp_policy::others::for_the_worker);
        settle_output(output);
        message.has_output = output.out != nullptr && lane_->captured.load(std::memory_order_seq_cst) == item.ticket;
        to_.say(message);
        lane_->over.store(item.ticket, std::memory_order_release);
        if (output.out != nullptr) flush_now_and_then(instant(message.ended));
    }

    CORDON_HOT void look_back(const os::state_mark& before, const wire::work_item& item, bool shared,
                              vector<leftover>& found) {
        const std::uint32_t changes = os::changed_state(before);
        if (changes != 0 || shared || lane_->temp_folder.load(std::memory_order_relaxed) != 0)
            tell_leftovers(changes, item, shared, found);
    }

    CORDON_COLD void tell_leftovers(std::uint32_t changes, const wire::work_item& item, bool shared,
                                    vector<leftover>& found) {
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
        if (shared) os::remember_state_again();  // the next one shall not be charged with it
    }

    // In a copy of this process, which so stays as it is: what the tests before have left behind can be shown to one
    // test after the other. The copy tells what failed as it happens, this process tells the end.
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
    // changed: then the new test waits until that read is over.
    void wait_for_reader(own_output output) const {
        if (output.out == nullptr) return;
        for (int round = 0; lane_->reading.load(std::memory_order_seq_cst) != 0 && round < reader_patience; ++round) {
            os::pause_briefly();
        }
    }

    // All that this test printed shall be read, and so labelled, before the next one starts. Bounded: a process left
    // behind by the test may keep on printing.
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

    static constexpr int reader_patience = 20'000;  // about a second

    const registered_tests& tests_;
    wire::lane lane_;
    journal_outlet& to_;
    const temp_policy& temp_;
    bool looks_back_;
    instant last_flush_{};
};

}  // namespace cordon::engine::exec
