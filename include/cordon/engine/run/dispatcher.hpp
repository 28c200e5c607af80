#pragma once

#include <cordon/engine/base/variant.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/model/plan.hpp>
#include <cordon/engine/model/setup_plan.hpp>
#include <cordon/engine/model/sink.hpp>
#include <cordon/engine/run/explain.hpp>
#include <cordon/engine/run/port.hpp>
#include <cordon/engine/run/repeater.hpp>
#include <cordon/engine/run/results.hpp>
#include <cordon/engine/run/setup_troubles.hpp>
#include <cordon/engine/run/slot.hpp>
#include <cordon/engine/run/tickets.hpp>
#include <cordon/engine/select/batch.hpp>
#include <cordon/engine/select/fresh_starts.hpp>
#include <cordon/engine/select/schedule.hpp>

#include <cstdint>
#include <string>
#include <utility>

namespace cordon::engine::run {

/// What a run works on and by.
struct run_settings {
    isolate isolation = isolate::fork;  ///< never by_default
    std::uint32_t jobs = 1;
    std::uint64_t seed = 0;
    instant started{};
    bool live = false;  ///< somebody watches: send ticks, and starts as they happen
    duration tick_every = std::chrono::milliseconds(100);
    const condition* under = nullptr;  ///< null: as the options say
    repeater* repeats = nullptr;       ///< decides what runs; null: every test once, and again by --retries
};

/// Owns the state of a run. One loop; whatever happens comes in through the port as a typed event and is answered
/// there.
class dispatcher : private inbox {
  public:
    dispatcher(const test_list& list, const plan& what, const setup_plan& setups, const options& chosen,
               const run_settings& settings, port& through, sink& out)
        : list_(list),
          plan_(what),
          setups_(setups),
          chosen_(chosen),
          settings_(settings),
          port_(through),
          out_(out),
          results_(list, chosen, settings.isolation, what.order.size(), out),
          schedule_(list, runnable(list, what), settings.jobs,
                    batch_keys(list, what, setups, chosen, settings.isolation)),
          troubles_(setups),
          slots_(std::max<std::uint32_t>(
              1, std::min<std::uint32_t>(settings.jobs, static_cast<std::uint32_t>(schedule_.pending())))) {}

    /// Runs everything. Returns false if cordon itself was in trouble (exit code 4).
    bool run() {
        if (chosen_.global_timeout != duration{0}) global_deadline_ = settings_.started + chosen_.global_timeout;
        for (const std::size_t test : plan_.order) {
            if (select::is_never_started(list_.tests[test]))
                results_.settle(test, select::judge(list_.tests[test], {}));
        }
        while (!over()) {
            feed_slots();
            if (over()) break;
            const status waited = port_.wait(next_deadline(), *this);
            if (!waited) {
                give_up(port_.describe(waited.failure()));
                break;  // nothing will be heard of the workers any more
            }
            look_around();
        }
        settle_the_rest();
        say_goodbye();
        out_.on(
            run_finished{now() - settings_.started, cancelled_by_, stopped_because_, results_.peak_rss(), in_trouble_});
        return !in_trouble_;
    }

    int cancelled_by() const { return cancelled_by_; }

  private:
    struct waiting_retry {
        std::size_t test = 0;
        instant due{};
    };

    struct unnamed_attempt {
        std::uint32_t index = 0;
        std::uint32_t turn = 0;
        attempt what;
        vector<code_place> places;  ///< in its stacks
    };

    static constexpr duration steal_after = std::chrono::milliseconds(5);
    static constexpr duration start_limit = std::chrono::seconds(60);
    static constexpr duration leave_limit = std::chrono::seconds(10);
    static constexpr duration look_for_names = std::chrono::milliseconds(5);
    static constexpr duration pulse_interval = std::chrono::seconds(1);
    static constexpr std::uint32_t most_unanswered = 10;
    static constexpr duration first_scarcity = std::chrono::seconds(1);

    static vector<std::size_t> runnable(const test_list& list, const plan& what) {
        vector<std::size_t> tests;
        for (const std::size_t test : what.order) {
            if (!select::is_never_started(list.tests[test])) tests.push_back(test);
        }
        return tests;
    }

    // Tests that one worker can run in a row: the same setups, the same kind of isolation.
    static vector<std::uint64_t> batch_keys(const test_list& list, const plan& what, const setup_plan& setups,
                                            const options& chosen, isolate isolation) {
        vector<std::uint64_t> keys;
        const auto mode_of = [&](std::size_t test) {
            return settings_for(list.tests[test], chosen, isolation).isolation;
        };
        const bool plain =
            setups.chain_of_test.empty() && std::all_of(what.order.begin(), what.order.end(),
                                                        [&](std::size_t test) { return mode_of(test) == isolation; });
        if (plain) return keys;
        for (std::size_t test = 0; test < list.tests.size(); ++test) {
            const std::uint64_t chain = setups.chain_of_test.empty() ? 0 : setups.chain_of_test[test];
            keys.push_back(chain << 8 | static_cast<std::uint64_t>(mode_of(test)));
        }
        return keys;
    }

    instant now() const { return port_.now(); }
    const condition& under() const { return settings_.under != nullptr ? *settings_.under : chosen_.under; }

    // ---- the loop ----

    bool over() const {
        for (const slot& each : slots_) {
            if (each.is_busy() && each.has_worker()) return false;
        }
        return unnamed_.empty() && (stopping_ || (schedule_.pending() == 0 && retries_.empty()));
    }

    void feed_slots() {
        do {
            room_again_ = false;
            if (!stopping_) feed_each_slot();
        } while (room_again_);
    }

    void feed_each_slot() {
        if (retries_are_next()) release_retries();
        for (std::uint32_t index = 0; index < slots_.size(); ++index) {
            slot& each = slots_[index];
            if (!each.has_worker() && may_start_worker(index)) start_worker(index);
            if (!each.can_be_sent_to()) continue;
            if (!each.spared) {
                top_up(index);
            } else if (!each.is_busy()) {
                retire(index);
            }
        }
    }

    bool may_start_worker(std::uint32_t index) const;

    /// Tests are tried again when all others have had their turn, on a machine as quiet as it gets.
    bool retries_are_next() const { return schedule_.pending() == 0 && !retries_.empty() && nobody_is_busy(); }

    void release_retries() {
        const instant at = now();
        for (const waiting_retry& each : std::exchange(retries_, {})) {
            if (each.due <= at) {
                schedule_.add(each.test);
            } else {
                retries_.push_back(each);
            }
        }
    }

    bool nobody_is_busy() const {
        return std::none_of(slots_.begin(), slots_.end(), [](const slot& each) { return each.is_busy(); });
    }

    deadline next_deadline() const {
        deadline until = earlier(earlier(global_deadline_, force_end_at_), room_again_at_);
        if (settings_.live) until = earlier(until, now() + settings_.tick_every);
        if (!unnamed_.empty()) until = earlier(until, now() + look_for_names);
        if (!nobody_is_busy()) until = earlier(until, last_pulse_ + pulse_interval);
        if (somebody_could_steal()) until = earlier(until, now() + steal_after);
        if (!fresh_starts_.may_start(now())) until = earlier(until, fresh_starts_.not_before());
        for (const slot& each : slots_) {
            if (each.is_awaited()) until = earlier(until, each.started_at + start_limit);
            if (each.retired_at) until = earlier(until, *each.retired_at + leave_limit);
        }
        if (!retries_are_next()) return until;
        for (const waiting_retry& each : retries_)
            until = earlier(until, each.due);
        return until;
    }

    void look_around() {
        const instant at = now();
        if (global_deadline_ && at >= *global_deadline_) {
            global_deadline_.reset();
            out_of_time_ = true;
            stopped_because_ = "the global timeout was reached";
            cancel_all();
        }
        if (force_end_at_ && at >= *force_end_at_) kill_all();
        for (std::uint32_t index = 0; index < slots_.size(); ++index) {
            if (slots_[index].is_awaited() && at - slots_[index].started_at >= start_limit) {
                slots_[index].started_at = at;
                condemn(index, "it did not speak in time");
            }
            if (slots_[index].retired_at && at - *slots_[index].retired_at >= leave_limit) {
                slots_[index].retired_at.reset();
                port_.kill(index);
            }
        }
        if (!unnamed_.empty()) tell_what_is_named();
        if (room_again_at_ && at >= *room_again_at_) try_all_slots();
        if (at - last_pulse_ >= pulse_interval) feel_pulses(at);
        if (somebody_could_steal()) steal(at);
        if (settings_.live && at - last_tick_ >= settings_.tick_every) tick_now(at);
    }

    void tick_now(instant at) {
        last_tick_ = at;
        for (std::uint32_t index = 0; index < slots_.size(); ++index) {
            const glimpse seen = port_.look(index);
            // Not what words that are on their way may stand before: the parts keep their order.
            if (slots_[index].is_next(seen.ticket))
                announce(index, slots_[index].part(seen.ticket), seen.process, seen.started);
        }
        out_.on(tick{at - settings_.started});
    }

    // ---- workers ----

    void start_worker(std::uint32_t index) {
        slot& target = slots_[index];
        if (fresh_starts_.is_hopeless()) return give_up(no_progress());
        const result<std::int64_t> made = port_.start(index);
        if (!made) {
            if (port_.make_room()) return void(room_again_ = true);
            const std::string why = port_.describe(made.failure());
            return others_work(index) ? make_room(why) : give_up(why);
        }
        target.now_in = slot::phase::starting;
        target.spared = false;
        target.started_at = now();
        target.pid = made.value();
        ++target.starts;
        target.greeted = false;
        target.fruitful = false;
        target.start_took = {};
        target.entered.clear();
        target.condemned.clear();
        port_.send(index, greeting(index));
    }

    wire::configure greeting(std::uint32_t index) const;

    void say_goodbye() {
        for (std::uint32_t index = 0; index < slots_.size(); ++index) {
            if (!slots_[index].has_worker()) continue;
            slots_[index].now_in = slot::phase::leaving;
            port_.finish(index);
        }
        const instant limit = now() + leave_limit;
        const auto some_left = [this] {
            return std::any_of(slots_.begin(), slots_.end(), [](const slot& each) { return each.has_worker(); });
        };
        while (some_left()) {
            if (now() >= limit) kill_all();
            if (!port_.wait(now() < limit ? limit : now() + std::chrono::seconds(1), *this)) break;
            if (now() >= limit + leave_limit) break;
        }
        port_.end_leftovers();
    }

    void give_up(std::string why) {
        if (in_trouble_) return;
        in_trouble_ = true;
        stopping_ = true;
        stopped_because_ = why;
        out_.on(notice{notice::level::error, std::move(why)});
        kill_all();
    }

    void kill_all() {
        force_end_at_.reset();
        for (std::uint32_t index = 0; index < slots_.size(); ++index) {
            if (slots_[index].has_worker()) port_.kill(index);
        }
    }

    // ---- the system's limits ----

    void make_room(const std::string& why);
    void postpone_setup(std::uint32_t index, const std::string& why);
    void try_all_slots();
    bool others_work(std::uint32_t index) const;

    // ---- handing out work ----

    void top_up(std::uint32_t index);
    void keep_suspects_alone(std::uint32_t index, vector<std::size_t>& tests);
    /// Brings the worker one step nearer to running what it holds.
    void go_on(std::uint32_t index);
    void enter_group(std::uint32_t index, std::uint32_t group);
    void send_held(std::uint32_t index);
    wire::work_item make_item(const planned_run& what, std::size_t turn);
    std::uint64_t seed_of(std::size_t test, std::uint32_t number) const;

    // ---- repeated runs ----

    void top_up_with_turns(std::uint32_t index);
    vector<planned_run> turn_of(std::size_t test);
    void end_run_of_turn(std::uint32_t index, std::size_t test);
    void retire(std::uint32_t index);

    // ---- workers that have stopped ----

    void feel_pulses(instant at);
    bool is_stuck_in_setup(const slot& which, instant at) const;

    // ---- taking work back ----

    bool somebody_could_steal() const;
    void steal(instant at);
    void take_back(std::uint32_t index, const vector<std::uint32_t>& tickets);

    // ---- what comes in ----

    void on_report(std::uint32_t index, wire::report& what) override;
    bool trusts(std::uint32_t index, std::uint32_t ticket);
    void condemn(std::uint32_t index, std::string reason);
    void hear(std::uint32_t index, wire::hello& what);
    void hear(std::uint32_t, wire::alive&) {}  // that it speaks is noted for every word
    void hear(std::uint32_t index, wire::setup_ready& what);
    void note_threads(const char* who);
    void hear(std::uint32_t index, wire::failed_assertion& what);
    void hear(std::uint32_t index, wire::left_behind& what);
    void hear(std::uint32_t index, wire::output& what);
    void hear(std::uint32_t index, wire::output_done& what);
    void hear(std::uint32_t index, wire::finished& what);
    void hear(std::uint32_t index, wire::ended& what);
    void hear(std::uint32_t index, wire::entered& what);
    void hear(std::uint32_t index, wire::pass_over& what);
    void lose_predecessors(std::uint32_t index, std::uint32_t of);
    void hear(std::uint32_t index, wire::returned& what);
    void hear(std::uint32_t index, wire::left& what);
    void hear(std::uint32_t index, wire::trouble& what);
    void hear(std::uint32_t index, wire::trace& what);
    void hear(std::uint32_t index, wire::debugger_view& what);
    void fail_setup(std::uint32_t index, const wire::left& how);
    void lose_setup(std::uint32_t index, const wire::left& how);
    std::string describe_end(bool by_signal, int code) const;
    void on_worker_end(std::uint32_t index, const worker_end& how) override;
    std::string no_progress() const;
    void note_futile_end(const slot& of, const worker_end& how);
    void report_early_end(const slot& of, const worker_end& how);
    void report_bad_leave(std::uint32_t index, const worker_end& how);
    static std::string printed_by(const worker_end& how);
    /// The process that tests came from is gone: the one that ran is lost, the others go back.
    void abandon(std::uint32_t index, const std::string& reason, std::uint32_t running);
    void lose(std::uint32_t index, std::uint32_t ticket, const std::string& reason);

    // ---- settling ----

    void move_on(std::uint32_t index, std::uint32_t to);
    void settle_complete(std::uint32_t index);
    void conclude(std::uint32_t index, attempt& part, const classification& what);
    void join_pieces(attempt& done, const vector<std::string>& last_path);
    attempt_result end_of(piece& ended);
    void name_finding(attempt_result& result);
    void name_signal(attempt_result& result);
    void tell_what_is_named();
    void tell(std::uint32_t index, attempt& done, std::uint32_t turn);
    void explain_end(attempt& done, attempt_result& result);
    void hint_at_lines(const std::string& module);
    void cut_at_limit(attempt_result& result);
    void announce(std::uint32_t index, attempt& part, std::int64_t pid, duration started);
    void learn(const attempt_result& result);
    void pass_on(attempt_result result);
    duration delay_before_retry(std::size_t test) const;
    void stop_early(std::string why);
    void drop_held(std::uint32_t index);
    void fail_held(std::uint32_t index, const setup_troubles::trouble& why);

    // ---- the end ----

    void on_cancel(int signal, int count) override;
    void tell_cancelled() const;
    void on_status_request() override;
    void cancel_all();
    void settle_the_rest();

    const test_list& list_;
    const plan& plan_;
    const setup_plan& setups_;
    const options& chosen_;
    run_settings settings_;
    port& port_;
    sink& out_;
    results results_;
    select::schedule schedule_;
    setup_troubles troubles_;
    ticket_book tickets_;
    vector<slot> slots_;
    vector<waiting_retry> retries_;
    vector<unnamed_attempt> unnamed_;  // that are over, and wait for the names in their stacks
    duration mean_{};
    std::uint64_t turns_ended_ = 0;
    deadline global_deadline_;
    deadline force_end_at_;
    deadline room_again_at_;  // when slots that are spared are tried again
    duration scarcity_ = first_scarcity;
    instant last_tick_{};
    instant last_pulse_{};
    select::fresh_starts fresh_starts_;
    std::string last_futile_end_;  // of the last worker of which nothing came
    int cancelled_by_ = 0;
    std::string stopped_because_;
    bool room_again_ = false;  // tests were settled as they were handed out: nothing will come in for them
    bool stopping_ = false;
    bool out_of_time_ = false;
    bool in_trouble_ = false;
    bool lines_hinted_at_ = false;
    bool threads_noted_ = false;
    const machine_facts machine_ = port_.machine();
};

}  // namespace cordon::engine::run
