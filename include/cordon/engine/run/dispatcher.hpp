#pragma once

#include <cordon/engine/base/owned.hpp>
#include <cordon/engine/base/variant.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/model/plan.hpp>
#include <cordon/engine/model/setup_plan.hpp>
#include <cordon/engine/model/sink.hpp>
#include <cordon/engine/run/assignments.hpp>
#include <cordon/engine/run/attempts.hpp>
#include <cordon/engine/run/news.hpp>
#include <cordon/engine/run/once_with_retries.hpp>
#include <cordon/engine/run/port.hpp>
#include <cordon/engine/run/repeated_runs.hpp>
#include <cordon/engine/run/results.hpp>
#include <cordon/engine/run/run_context.hpp>
#include <cordon/engine/run/run_state.hpp>
#include <cordon/engine/run/schedule_of.hpp>
#include <cordon/engine/run/slot_marks.hpp>
#include <cordon/engine/run/worker_pool.hpp>
#include <cordon/engine/select/schedule.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>
#include <utility>

namespace cordon::engine::run {

/// Owns the state of a run. It has one loop. Everything that happens comes through the port as a typed event.
class dispatcher : private inbox, private attempt_listener {
  public:
    dispatcher(const test_list& list, const plan& what, const setup_plan& setups, const options& chosen,
               const run_settings& settings, port& through, sink& out)
        : run_{list, what, setups, chosen, settings, through, out},
          results_(list, chosen, settings.isolation, what.order.size(), out),
          schedule_(schedule_of(run_)),
          slots_(std::max<std::size_t>(1, std::min<std::size_t>(settings.jobs, schedule_.pending()))),
          kind_(make_kind()),
          pool_(run_, state_, slots_),
          attempts_(run_, state_, *kind_, slots_, *this),
          assignments_(run_, *kind_, results_, schedule_, pool_, attempts_),
          changed_(slots_) {
        changed_.add_all();
    }

    /// Runs everything. Returns false after an error of cordon itself (exit code 4).
    bool run();
    int cancelled_by() const { return state_.cancelled_by; }

  private:
    static constexpr duration look_for_names = std::chrono::milliseconds(5);

    owned<repeats> make_kind();

    // ---- the loop ----

    bool over();
    void count_changed();
    void feed_slots();
    void feed(std::uint32_t slot);
    deadline next_deadline();
    void look_around();
    void tick_now(instant at);

    // ---- what comes in ----

    void on_report(std::uint32_t slot, wire::report& what) override;
    template <class Word>
    void take(std::uint32_t slot, Word& what) {
        assignments_.hear(slot, what);
    }
    void take(std::uint32_t slot, wire::hello& what);
    void on_worker_end(std::uint32_t slot, const worker_end& how) override {
        changed_.add(slot);
        assignments_.on_worker_end(slot, how);
    }
    void on_cancel(int signal, int count) override;
    void on_status_request() override { tell_status(run_, attempts_, results_, slots_); }
    void on_notice(const std::string& text) override { run_.say(notice::level::warning, text); }
    void on_attempt_over(std::uint32_t slot, std::size_t turn, optional<duration> cost) override;
    void on_result(attempt_result what) override { stop_early(kind_->record(std::move(what))); }
    void on_unstartable(attempt_result what) override { stop_early(kind_->record_unstartable(std::move(what))); }

    // ---- the end ----

    void stop_early(std::string why);
    void give_up(std::string why);
    void cancel_all(std::string why);
    void kill_all();
    void settle_the_rest();

    const run_context run_;
    run_state state_;
    results results_;
    select::schedule schedule_;
    const std::size_t slots_;
    const owned<repeats> kind_;
    worker_pool pool_;
    attempts attempts_;
    assignments assignments_;
    slot_marks changed_;  // about which something was heard since they were last fed
    deadline global_deadline_;
    deadline force_end_at_;
    instant last_tick_{};
};

bool dispatcher::run() {
    if (run_.chosen.global_timeout != duration{0})
        global_deadline_ = run_.settings.started + run_.chosen.global_timeout;
    for (const std::size_t test : run_.what.order) {
        if (select::is_never_started(run_.list.tests[test]))
            results_.settle(test, select::judge(run_.list.tests[test], {}));
    }
    while (!over()) {
        feed_slots();
        if (over()) break;
        const status waited = run_.world.wait(next_deadline(), *this);
        if (!waited) {
            give_up(run_.world.describe(waited.failure()));
            break;  // the workers can no longer be heard
        }
        look_around();
    }
    settle_the_rest();
    pool_.see_off(*this);
    run_.out.on(run_finished{run_.elapsed(), state_.cancelled_by, state_.stopped_because, results_.peak_rss(),
                             state_.in_trouble});
    return !state_.in_trouble;
}

owned<repeats> dispatcher::make_kind() {
    if (run_.settings.repeats == nullptr) return make_owned<once_with_retries>(run_, state_, results_, schedule_);
    return make_owned<repeated_runs>(run_, *run_.settings.repeats, slots_, results_, schedule_);
}

// ---- the loop ----

bool dispatcher::over() {
    count_changed();
    if (!assignments_.nobody_is_busy() || attempts_.any_unnamed()) return false;
    return state_.stopping || (schedule_.pending() == 0 && !kind_->any_waiting());
}

void dispatcher::count_changed() {
    for (const std::uint32_t slot : changed_.slots())
        assignments_.recount(slot);
}

// Workers about which nothing was heard have the work that they had; only those that have none may get some because of
// what others did.
void dispatcher::feed_slots() {
    bool again = true;
    while (again && !state_.stopping) {
        if (pool_.take_again()) changed_.add_all();
        count_changed();
        // Retries come after all other tests, when the machine is quiet.
        if (schedule_.pending() == 0 && kind_->any_waiting() && assignments_.nobody_is_busy())
            kind_->release(run_.now());
        for (const std::uint32_t slot : changed_.take())
            feed(slot);
        if (schedule_.pending() != 0 && assignments_.anybody_is_free()) {
            for (std::uint32_t slot = 0; slot < slots_; ++slot)
                feed(slot);
        }
        again = pool_.take_again();
        if (again) changed_.add_all();
        again = assignments_.take_again() || again;
    }
}

void dispatcher::feed(std::uint32_t slot) {
    if (schedule_.pending() != 0 && pool_.may_start(slot)) {
        if (optional<std::string> trouble = pool_.start(slot)) give_up(std::move(*trouble));
    }
    assignments_.feed(slot);
    assignments_.recount(slot);
}

deadline dispatcher::next_deadline() {
    const bool busy = !assignments_.nobody_is_busy();
    deadline until = earlier(earlier(global_deadline_, force_end_at_), pool_.next_look(busy));
    if (run_.settings.live) until = earlier(until, run_.now() + run_.settings.tick_every);
    if (attempts_.any_unnamed()) until = earlier(until, run_.now() + look_for_names);
    if (!state_.stopping && assignments_.could_steal()) until = earlier(until, run_.now() + assignments::steal_after);
    if (schedule_.pending() == 0 && !busy) until = earlier(until, kind_->next_release());
    return until;
}

void dispatcher::look_around() {
    count_changed();
    const instant at = run_.now();
    if (global_deadline_ && at >= *global_deadline_) {
        global_deadline_.reset();
        state_.out_of_time = true;
        cancel_all("the global timeout was reached");
    }
    if (force_end_at_ && at >= *force_end_at_) kill_all();
    if (attempts_.any_unnamed()) attempts_.tell_named();
    pool_.look_after(at, [this](std::uint32_t slot) { return assignments_.is_busy(slot); });
    if (!state_.stopping && assignments_.could_steal()) assignments_.steal(at);
    if (run_.settings.live && at - last_tick_ >= run_.settings.tick_every) tick_now(at);
}

void dispatcher::tick_now(instant at) {
    last_tick_ = at;
    for (std::uint32_t slot = 0; slot < slots_; ++slot)
        attempts_.see(slot, run_.world.look(slot));
    run_.out.on(tick{at - run_.settings.started, 0, 0, {}});
}

// ---- what comes in ----

void dispatcher::on_report(std::uint32_t slot, wire::report& what) {
    changed_.add(slot);
    pool_.on_word(slot);
    what.visit([this, slot](auto& word) { take(slot, word); });
}

void dispatcher::take(std::uint32_t slot, wire::hello& what) {
    if (what.list_hash != run_.list.hash || what.tests != run_.list.tests.size())
        return give_up("a worker has other tests than this process (" + std::to_string(what.tests) + ", here " +
                       std::to_string(run_.list.tests.size()) +
                       "): values of TEST_CASE_PARAMS and tests of add_test must be the same in each process; or was "
                       "the program rebuilt meanwhile?");
    pool_.on_hello(slot, what);
    assignments_.on_hello(what);
}

void dispatcher::on_attempt_over(std::uint32_t slot, std::size_t turn, optional<duration> cost) {
    pool_.on_progress(slot);
    kind_->end_run(slot, turn);
    assignments_.on_attempt_over(slot, cost);
}

void dispatcher::on_cancel(int signal, int count) {
    if (state_.cancelled_by == 0) {
        state_.cancelled_by = signal;
        state_.stopped_because = "cancelled by " + run_.world.signal(signal).name;
        tell_cancelled(run_, state_, attempts_, slots_);
        cancel_all(state_.stopped_because);
    }
    if (count > 1) kill_all();
}

// ---- the end ----

// Running tests may end, but no new test begins.
void dispatcher::stop_early(std::string why) {
    if (why.empty() || std::exchange(state_.stopping, true)) return;
    state_.stopped_because = std::move(why);
    for (std::uint32_t slot = 0; slot < slots_; ++slot)
        assignments_.withdraw(slot);
    changed_.add_all();
}

void dispatcher::give_up(std::string why) {
    if (std::exchange(state_.in_trouble, true)) return;
    state_.stopping = true;
    state_.stopped_because = why;
    run_.say(notice::level::error, std::move(why));
    kill_all();
}

void dispatcher::cancel_all(std::string why) {
    state_.stopping = true;
    state_.stopped_because = std::move(why);
    force_end_at_ = run_.now() + run_.chosen.grace + std::chrono::seconds(3);
    for (std::uint32_t slot = 0; slot < slots_; ++slot)
        assignments_.cancel(slot);
    changed_.add_all();
}

void dispatcher::kill_all() {
    force_end_at_.reset();
    pool_.kill_all();
}

void dispatcher::settle_the_rest() {
    attempts_.tell_named();
    const std::string why = state_.stopped_because.empty() ? "the run ended early" : state_.stopped_because;
    for (const std::size_t test : run_.what.order) {
        if (!results_.is_settled(test)) kind_->settle_unfinished(test, why);
    }
}

}  // namespace cordon::engine::run
