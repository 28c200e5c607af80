#pragma once

#include <cordon/engine/model/event.hpp>
#include <cordon/engine/model/plan.hpp>
#include <cordon/engine/model/setup_plan.hpp>
#include <cordon/engine/os/process.hpp>
#include <cordon/engine/os/signal.hpp>
#include <cordon/engine/policy/batch.hpp>
#include <cordon/engine/policy/schedule.hpp>
#include <cordon/engine/report/sink.hpp>
#include <cordon/engine/supervisor/port.hpp>
#include <cordon/engine/supervisor/results.hpp>
#include <cordon/engine/supervisor/setup_troubles.hpp>
#include <cordon/engine/supervisor/slot.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace cordon::engine::supervisor {

/// What a run works on and by.
struct run_settings {
    isolate isolation = isolate::fork;  ///< never by_default
    std::uint32_t jobs = 1;
    std::uint64_t seed = 0;
    instant started{};
    bool live = false;  ///< somebody watches: send ticks, and starts as they happen
};

/// Owns the state of a run. One loop; whatever happens comes in through the port as a typed event and is answered
/// there.
class dispatcher : private inbox {
  public:
    dispatcher(const test_list& list, const plan& what, const setup_plan& setups, const options& chosen,
               const run_settings& settings, port& through, report::sink& out)
        : list_(list),
          plan_(what),
          setups_(setups),
          chosen_(chosen),
          settings_(settings),
          port_(through),
          out_(out),
          results_(list, chosen, settings.isolation, out),
          schedule_(list, runnable(list, what), settings.jobs,
                    batch_keys(list, what, setups, chosen, settings.isolation)),
          troubles_(setups),
          tickets_(1),
          slots_(std::max<std::uint32_t>(
              1, std::min<std::uint32_t>(settings.jobs, static_cast<std::uint32_t>(schedule_.pending())))) {}

    /// Runs everything. Returns false if cordon itself was in trouble (exit code 4).
    bool run() {
        if (chosen_.global_timeout != duration{0}) global_deadline_ = settings_.started + chosen_.global_timeout;
        for (const std::size_t test : plan_.order) {
            if (policy::is_never_started(list_.tests[test]))
                results_.settle(test, policy::judge(list_.tests[test], {}));
        }
        while (!over()) {
            feed_slots();
            if (over()) break;
            const status waited = port_.wait(next_deadline(), *this);
            if (!waited) give_up(os::describe(waited.failure()));
            look_around();
        }
        settle_the_rest();
        say_goodbye();
        out_.on(run_finished{now() - settings_.started, cancelled_by_, stopped_because_, results_.peak_rss()});
        return !in_trouble_;
    }

    int cancelled_by() const { return cancelled_by_; }

  private:
    struct ticket_info {
        std::uint32_t test = 0;
        std::uint32_t number = 0;
    };

    static constexpr duration tick_interval = std::chrono::milliseconds(100);
    static constexpr duration steal_after = std::chrono::milliseconds(5);
    static constexpr duration start_limit = std::chrono::seconds(60);
    static constexpr duration leave_limit = std::chrono::seconds(10);
    static constexpr std::uint32_t most_futile_starts = 3;

    static std::vector<std::size_t> runnable(const test_list& list, const plan& what) {
        std::vector<std::size_t> tests;
        for (const std::size_t test : what.order) {
            if (!policy::is_never_started(list.tests[test])) tests.push_back(test);
        }
        return tests;
    }

    // Tests that one worker can run in a row: the same setups, the same kind of isolation.
    static std::vector<std::uint64_t> batch_keys(const test_list& list, const plan& what, const setup_plan& setups,
                                                 const options& chosen, isolate isolation) {
        std::vector<std::uint64_t> keys;
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

    // ---- the loop ----

    bool over() const {
        for (const slot& each : slots_) {
            if (each.is_busy() && each.has_worker()) return false;
        }
        return stopping_ || (schedule_.pending() == 0 && retries_.empty());
    }

    void feed_slots() {
        if (stopping_) return;
        if (schedule_.pending() == 0 && !retries_.empty() && nobody_is_busy()) {
            for (const std::size_t test : std::exchange(retries_, {}))
                schedule_.add(test);
        }
        for (std::uint32_t index = 0; index < slots_.size(); ++index) {
            if (!slots_[index].has_worker() && schedule_.pending() != 0) start_worker(index);
            if (slots_[index].can_be_sent_to()) top_up(index);
        }
    }

    bool nobody_is_busy() const {
        return std::none_of(slots_.begin(), slots_.end(), [](const slot& each) { return each.is_busy(); });
    }

    deadline next_deadline() const {
        deadline until = earlier(global_deadline_, force_end_at_);
        if (settings_.live) until = earlier(until, now() + tick_interval);
        if (somebody_could_steal()) until = earlier(until, now() + steal_after);
        for (const slot& each : slots_) {
            if (each.now_in == slot::phase::starting) until = earlier(until, each.started_at + start_limit);
        }
        return until;
    }

    void look_around() {
        const instant at = now();
        if (global_deadline_ && at >= *global_deadline_) {
            global_deadline_.reset();
            stopped_because_ = "the global timeout was reached";
            cancel_all();
        }
        if (force_end_at_ && at >= *force_end_at_) kill_all();
        for (std::uint32_t index = 0; index < slots_.size(); ++index) {
            if (slots_[index].now_in == slot::phase::starting && at - slots_[index].started_at >= start_limit)
                port_.kill(index);
        }
        if (somebody_could_steal()) steal(at);
        if (settings_.live && at - last_tick_ >= tick_interval) tick_now(at);
    }

    void tick_now(instant at) {
        last_tick_ = at;
        for (std::uint32_t index = 0; index < slots_.size(); ++index) {
            const glimpse seen = port_.look(index);
            if (seen.ticket != 0 && slots_[index].owns(seen.ticket))
                announce(index, seen.ticket, seen.process, seen.started);
        }
        out_.on(tick{at - settings_.started});
    }

    // ---- workers ----

    void start_worker(std::uint32_t index) {
        slot& target = slots_[index];
        if (futile_starts_ >= most_futile_starts) return give_up("workers end before they are ready");
        const result<std::int64_t> made = port_.start(index);
        if (!made) return give_up(os::describe(made.failure()));
        target.now_in = slot::phase::starting;
        target.started_at = now();
        target.pid = made.value();
        ++target.starts;
        target.entered.clear();
        wire::configure hello;
        hello.list_hash = list_.hash;
        hello.slot = index;
        hello.grace = chosen_.grace;
        hello.output_limit = chosen_.output_limit;
        hello.live_output = chosen_.output == show_output::live;
        hello.keep_temp = chosen_.keep_temp;
        hello.environment = chosen_.environment;
        port_.send(index, hello);
    }

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
        os::end_orphans();
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

    // ---- handing out work ----

    void top_up(std::uint32_t index) {
        slot& target = slots_[index];
        const std::size_t wanted =
            policy::batch_size(schedule_.pending() + target.outstanding.size(),
                               static_cast<std::uint32_t>(slots_.size()), mean_, settings_.isolation);
        if (!target.outstanding.empty() && target.outstanding.size() * 2 > wanted) return;
        if (target.asked_to_surrender) return;
        std::vector<std::size_t> tests = schedule_.take(index, wanted - std::min(wanted, target.outstanding.size()));
        if (tests.empty()) return;
        target.held = std::move(tests);
        go_on(index);
    }

    /// Brings the worker one step nearer to running what it holds.
    void go_on(std::uint32_t index) {
        slot& target = slots_[index];
        if (target.held.empty()) return;
        const std::size_t first = target.held.front();
        const bool sets_up_itself = results_.settings(first).isolation == isolate::exec;
        const setup_plan::chain& wanted = sets_up_itself ? target.entered : setups_.chain_of(first);
        if (const auto* trouble = troubles_.find(sets_up_itself ? setup_plan::chain() : wanted))
            return fail_held(index, *trouble);
        if (target.entered == wanted) return send_held(index);
        const bool is_below = target.entered.size() < wanted.size() &&
                              std::equal(target.entered.begin(), target.entered.end(), wanted.begin());
        target.now_in = slot::phase::switching;
        if (is_below) return enter_group(index, wanted[target.entered.size()]);
        port_.send(index, wire::leave{});
    }

    void enter_group(std::uint32_t index, std::uint32_t group) {
        slot& target = slots_[index];
        target.entering = group;
        target.setup_failures.clear();
        target.setup_output = {};
        port_.send(index, wire::enter{group, setups_.groups[group].setups, chosen_.timeout});
    }

    void send_held(std::uint32_t index) {
        slot& target = slots_[index];
        wire::run batch;
        batch.items.reserve(target.held.size());
        for (const std::size_t test : target.held) {
            batch.items.push_back(make_item(test));
            target.outstanding.push_back(batch.items.back().ticket);
        }
        target.held.clear();
        target.quiet_since = now();
        port_.send(index, batch);
    }

    wire::work_item make_item(std::size_t test) {
        const test_settings wanted = results_.settings(test);
        wire::work_item item;
        item.ticket = static_cast<std::uint32_t>(tickets_.size());
        item.test = static_cast<std::uint32_t>(test);
        item.number = results_.next_attempt(test);
        item.of = results_.most_attempts(test);
        item.mode = wanted.isolation;
        item.seed = seed_of(test, item.number);
        item.timeout = wanted.timeout;
        item.memory_limit = wanted.memory_limit;
        tickets_.push_back({item.test, item.number});
        return item;
    }

    // Depends on the test's name, not on its place: adding a test does not change what another one draws.
    std::uint64_t seed_of(std::size_t test, std::uint32_t number) const {
        const test_info& info = list_.tests[test];
        return mix_bits(fast_hash(info.name, fast_hash(info.suite, settings_.seed)) + number);
    }

    // ---- taking work back ----

    bool somebody_could_steal() const {
        if (slots_.size() < 2 || schedule_.pending() != 0 || stopping_) return false;
        const bool idle = std::any_of(slots_.begin(), slots_.end(), [](const slot& each) { return !each.is_busy(); });
        return idle && std::any_of(slots_.begin(), slots_.end(), [](const slot& each) {
                   return each.outstanding.size() > 1 && !each.asked_to_surrender;
               });
    }

    // A worker that is held up by one test gives the others back: there are workers with nothing to do.
    void steal(instant at) {
        for (std::uint32_t index = 0; index < slots_.size(); ++index) {
            slot& from = slots_[index];
            if (from.outstanding.size() < 2 || from.asked_to_surrender || at - from.quiet_since < steal_after) continue;
            from.asked_to_surrender = true;
            port_.send(index, wire::surrender{});
        }
    }

    void take_back(std::uint32_t index, const std::vector<std::uint32_t>& tickets) {
        std::vector<std::size_t> tests;
        for (const std::uint32_t ticket : tickets) {
            if (!slots_[index].owns(ticket)) continue;
            slots_[index].forget(ticket);
            tests.push_back(tickets_[ticket].test);
        }
        schedule_.put_back(index, tests);
    }

    // ---- what comes in ----

    void on_report(std::uint32_t index, wire::report& what) override {
        std::visit([this, index](auto& message) { hear(index, message); }, what);
    }

    // A word about a ticket that the worker does not have: it is not the worker that speaks.
    bool trusts(std::uint32_t index, std::uint32_t ticket) {
        if (slots_[index].owns(ticket)) return true;
        port_.kill(index);
        return false;
    }

    void hear(std::uint32_t index, wire::hello& what) {
        slot& from = slots_[index];
        if (what.list_hash != list_.hash || what.tests != list_.tests.size()) {
            return give_up("a worker has other tests than this process: was the program rebuilt meanwhile?");
        }
        futile_starts_ = 0;
        if (from.now_in == slot::phase::starting) from.now_in = slot::phase::ready;
        out_.on(worker_started{index, from.pid, now() - settings_.started, now() - from.started_at, from.starts > 1});
        if (what.threads > 1) note_threads("a static initialiser");
    }

    void hear(std::uint32_t index, wire::setup_ready& what) {
        slot& from = slots_[index];
        from.entering.reset();
        from.entered.push_back(what.group);
        from.now_in = slot::phase::ready;
        if (what.threads > 1) note_threads("a setup block");
        go_on(index);
    }

    void note_threads(const char* who) {
        if (std::exchange(threads_noted_, true) || settings_.isolation == isolate::exec) return;
        out_.on(notice{notice::level::warning,
                       std::string(who) + " has started a thread, so processes can not be forked safely: " +
                           "tests are executed instead (as with --isolate=exec), which is slower"});
    }

    void hear(std::uint32_t index, wire::failed_assertion& what) {
        if (what.ticket == 0) return slots_[index].setup_failures.push_back(std::move(what.what));
        if (!trusts(index, what.ticket)) return;
        slots_[index].part(what.ticket).on(what);
    }

    void hear(std::uint32_t index, wire::output& what) {
        if (what.ticket == 0) {
            return slots_[index].setup_output.pieces.push_back({what.from, std::move(what.text), what.dropped_before});
        }
        if (!trusts(index, what.ticket)) return;
        if (what.live) return out_.on(output_arrived{tickets_[what.ticket].test, what.from, std::move(what.text)});
        slots_[index].part(what.ticket).on(what);
    }

    void hear(std::uint32_t index, wire::output_done& what) {
        if (what.ticket == 0 || !trusts(index, what.ticket)) return;
        slots_[index].part(what.ticket).output_complete = true;
        settle_complete(index);
    }

    void hear(std::uint32_t index, wire::finished& what) {
        if (!trusts(index, what.ticket)) return;
        move_on(index, what.ticket);
        slots_[index].part(what.ticket).said = std::move(what);
        settle_complete(index);
    }

    void hear(std::uint32_t index, wire::ended& what) {
        if (!trusts(index, what.ticket)) return;
        move_on(index, what.ticket);
        slots_[index].part(what.ticket).process = what;
        settle_complete(index);
    }

    void hear(std::uint32_t index, wire::returned& what) {
        slots_[index].asked_to_surrender = false;
        slots_[index].quiet_since = now();
        take_back(index, what.tickets);
    }

    void hear(std::uint32_t index, wire::left& what) {
        slot& from = slots_[index];
        if (from.entering) {
            const std::uint32_t group = *std::exchange(from.entering, std::nullopt);
            troubles_.note(group, what, std::move(from.setup_failures), std::move(from.setup_output));
            from.now_in = slot::phase::ready;
            return go_on(index);
        }
        if (from.entered.empty()) return port_.kill(index);
        from.entered.pop_back();
        from.setup_output = {};
        if (!what.clean)
            abandon(index, "the process that its setup ran in " + describe_end(what.by_signal, what.code),
                    port_.look(index).ticket);
        if (from.now_in == slot::phase::switching) from.now_in = slot::phase::ready;
        go_on(index);
    }

    void hear(std::uint32_t index, wire::trouble& what) {
        if (what.ticket == 0) {
            out_.on(notice{notice::level::warning, "worker " + std::to_string(index) + ": " + what.text});
            return port_.kill(index);
        }
        if (!trusts(index, what.ticket)) return;
        lose(index, what.ticket, what.text);
    }

    static std::string describe_end(bool by_signal, int code) {
        return by_signal ? "was ended by " + std::string(os::signal_name(code))
                         : "ended with exit code " + std::to_string(code);
    }

    void on_worker_end(std::uint32_t index, const worker_end& how) override {
        slot& from = slots_[index];
        const bool spoke = from.now_in != slot::phase::starting;
        const bool in_order = from.now_in == slot::phase::leaving;
        const std::string reason = !how.broken.empty() ? "its worker was ended: " + how.broken
                                                       : "its worker " + describe_end(how.by_signal, how.code);
        from.now_in = slot::phase::absent;
        from.entering.reset();
        from.asked_to_surrender = false;
        if (in_order) {
            if (how.by_signal || how.code != 0) report_bad_leave(index, how);
            return;
        }
        if (!spoke) {
            ++futile_starts_;
            out_.on(notice{notice::level::error, "a worker " + describe_end(how.by_signal, how.code) +
                                                     " before it was ready: does a static initialiser crash?" +
                                                     printed_by(how)});
        }
        out_.on(worker_lost{index, how.pid, now() - settings_.started, reason});
        abandon(index, reason, how.last.ticket);
        schedule_.put_back(index, std::exchange(from.held, {}));
    }

    void report_bad_leave(std::uint32_t index, const worker_end& how) {
        out_.on(notice{notice::level::warning, "worker " + std::to_string(index) + " " +
                                                   describe_end(how.by_signal, how.code) + " when it left" +
                                                   printed_by(how)});
    }

    static std::string printed_by(const worker_end& how) {
        const std::string text = how.output.text(stream::err) + how.output.text(stream::out);
        return text.empty() ? "" : "\n" + text;
    }

    /// The process that tests came from is gone: the one that ran is lost, the others go back.
    void abandon(std::uint32_t index, const std::string& reason, std::uint32_t running) {
        slot& from = slots_[index];
        if (from.owns(running)) from.part(running);
        for (attempt& part : from.parts) {
            part.moved_on = part.ticket != from.parts.back().ticket;
            part.output_complete = true;
        }
        settle_complete(index);
        for (const attempt& part : std::vector<attempt>(from.parts))
            lose(index, part.ticket, reason);
        take_back(index, std::vector<std::uint32_t>(from.outstanding.begin(), from.outstanding.end()));
    }

    void lose(std::uint32_t index, std::uint32_t ticket, const std::string& reason) {
        attempt& part = slots_[index].part(ticket);
        conclude(index, part, {stopping_ ? ending::lost : ending::lost, reason, stopping_});
    }

    // ---- settling ----

    // A process has turned to another test: what it said of the ones before is its last word.
    void move_on(std::uint32_t index, std::uint32_t to) {
        for (attempt& each : slots_[index].parts) {
            if (each.ticket != to && each.said) each.moved_on = true;
        }
        settle_complete(index);
    }

    void settle_complete(std::uint32_t index) {
        auto& parts = slots_[index].parts;
        for (std::size_t i = 0; i < parts.size();) {
            if (!parts[i].complete()) {
                ++i;
                continue;
            }
            const std::uint64_t limit = results_.settings(tickets_[parts[i].ticket].test).memory_limit;
            conclude(index, parts[i], classify(parts[i].said, parts[i].process, limit, chosen_.leaks));
        }
    }

    void conclude(std::uint32_t index, attempt& part, const classification& what) {
        slot& from = slots_[index];
        attempt done = std::move(part);
        from.parts.erase(from.parts.begin() + (&part - from.parts.data()));
        from.forget(done.ticket);
        from.quiet_since = now();
        schedule_.done(index);
        const ticket_info& ticket = tickets_[done.ticket];
        if (what.cancelled) return;  // settle_the_rest() finds it without a verdict
        attempt_result& result = done.result;
        result.test = ticket.test;
        result.number = ticket.number;
        result.of = results_.most_attempts(ticket.test);
        result.how = what.how;
        result.reason = what.reason;
        result.slot = index;
        result.seed = seed_of(ticket.test, ticket.number);
        done.fill(settings_.started.time_since_epoch());
        name_signal(result);
        announce(index, done.ticket, result.pid, result.started + settings_.started.time_since_epoch());
        learn(result);
        pass_on(std::move(result));
    }

    static void name_signal(attempt_result& result) {
        if (result.signal == 0) return;
        result.signal_name = os::signal_name(result.signal);
        result.signal_meaning = os::signal_meaning(result.signal);
    }

    void announce(std::uint32_t index, std::uint32_t ticket, std::int64_t pid, duration started) {
        if (slots_[index].announced >= ticket) return;
        slots_[index].announced = ticket;
        const ticket_info& info = tickets_[ticket];
        out_.on(attempt_started{info.test, info.number, index, pid, started - settings_.started.time_since_epoch()});
    }

    // A moving mean: batches follow what tests cost now.
    void learn(const attempt_result& result) {
        const duration cost = result.took + result.spawn + result.cleanup;
        mean_ = mean_ == duration{0} ? cost : mean_ + (cost - mean_) / 8;
    }

    void pass_on(attempt_result result) {
        const std::size_t test = result.test;
        switch (results_.record(std::move(result))) {
            case results::next::settled:
                break;
            case results::next::repeat:
                schedule_.add(test);
                break;
            case results::next::retry:
                retries_.push_back(test);
                break;
        }
        if (chosen_.fail_fast != 0 && results_.failed() >= chosen_.fail_fast && !stopping_) stop_early();
    }

    // Fail-fast: what runs may end, nothing new begins.
    void stop_early() {
        stopping_ = true;
        stopped_because_ = "stopped after " + std::to_string(results_.failed()) +
                           (results_.failed() == 1 ? " failure" : " failures") + " (--fail-fast)";
        for (std::uint32_t index = 0; index < slots_.size(); ++index) {
            drop_held(index);
            if (slots_[index].outstanding.size() > 1) port_.send(index, wire::surrender{});
        }
    }

    void drop_held(std::uint32_t index) { schedule_.put_back(index, std::exchange(slots_[index].held, {})); }

    void fail_held(std::uint32_t index, const setup_troubles::trouble& why) {
        for (const std::size_t test : std::exchange(slots_[index].held, {})) {
            attempt_result result = troubles_.result_for(why);
            result.test = test;
            result.number = results_.next_attempt(test);
            result.of = result.number;
            result.slot = index;
            result.started = now() - settings_.started;
            name_signal(result);
            schedule_.done(index);
            out_.on(attempt_started{test, result.number, index, 0, result.started});
            pass_on(std::move(result));
        }
    }

    // ---- the end ----

    void on_cancel(int signal, int count) override {
        if (count > 1) return kill_all();
        cancelled_by_ = signal;
        stopped_because_ = "cancelled by " + std::string(os::signal_name(signal));
        cancel_all();
    }

    void cancel_all() {
        stopping_ = true;
        force_end_at_ = now() + chosen_.grace + std::chrono::seconds(3);
        for (std::uint32_t index = 0; index < slots_.size(); ++index) {
            drop_held(index);
            if (slots_[index].can_be_sent_to() && slots_[index].is_busy()) port_.send(index, wire::cancel{});
            if (slots_[index].now_in == slot::phase::switching) port_.kill(index);
        }
    }

    void settle_the_rest() {
        const std::string why = stopped_because_.empty() ? "the run ended early" : stopped_because_;
        for (const std::size_t test : plan_.order) {
            if (results_.is_settled(test)) continue;
            if (in_trouble_) {
                results_.settle(test, {verdict::lost, why});
            } else {
                results_.settle_unfinished(test, why);
            }
        }
    }

    const test_list& list_;
    const plan& plan_;
    const setup_plan& setups_;
    const options& chosen_;
    run_settings settings_;
    port& port_;
    report::sink& out_;
    results results_;
    policy::schedule schedule_;
    setup_troubles troubles_;
    std::vector<ticket_info> tickets_;  // [0] names no attempt
    std::vector<slot> slots_;
    std::vector<std::size_t> retries_;
    duration mean_{};
    deadline global_deadline_;
    deadline force_end_at_;
    instant last_tick_{};
    std::uint32_t futile_starts_ = 0;
    int cancelled_by_ = 0;
    std::string stopped_because_;
    bool stopping_ = false;
    bool in_trouble_ = false;
    bool threads_noted_ = false;
};

}  // namespace cordon::engine::supervisor
