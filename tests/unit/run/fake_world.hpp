#pragma once

#include <doctest/doctest.h>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/os/system.hpp>
#include <cordon/engine/run/dispatcher.hpp>

#include <algorithm>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>

// A world behind the port with a clock of its own: workers that behave as a script says, and take no time to do so.

namespace fake {

using namespace cordon::engine;
using run::glimpse;
using run::inbox;
using run::worker_end;

constexpr duration us(std::int64_t count) { return std::chrono::microseconds(count); }
constexpr duration ms(std::int64_t count) { return std::chrono::milliseconds(count); }

/// What an attempt does.
enum class deed {
    pass,
    fail,
    skip,
    crash,
    exit_early,    // the process ends before the test does
    exit_failure,  // the test passes, then its process crashes
    hang,          // until it is ended
    kill_worker,
    kill_host,   // the process that its setup ran in
    vanish,      // the process dies before it begins the test
    no_process,  // the worker cannot start one
    silent,      // its end is never said (its process had no way to)
};

struct behaviour {
    deed what = deed::pass;
    duration takes = ms(1);
    bool prints = false;
    duration works{};            ///< of that time, by processors
    std::uint64_t switches = 0;  ///< how often it gives up its processor
};

enum class setup_deed { succeed, fail, crash, hang, kill_worker, die_later, no_process };

/// What an attempt finds where it runs.
struct surroundings {
    std::size_t test = 0;
    std::uint32_t number = 0;
    std::uint64_t seed = 0;
    cordon::isolate mode = cordon::isolate::fork;
    std::uint64_t worker = 0;  ///< names the start of the program that it comes from
    instant at{};
    vector<std::size_t> before;  ///< tests that have left something in its process, in order
    vector<std::size_t> beside;  ///< tests that run now in other workers
    const condition* under = nullptr;

    bool has_before(std::size_t other) const { return std::find(before.begin(), before.end(), other) != before.end(); }
    bool has_beside(std::size_t other) const { return std::find(beside.begin(), beside.end(), other) != beside.end(); }
    /// True with that probability: the same each time that this attempt asks, whatever else runs.
    bool draws(double probability, std::uint64_t salt = 0) const {
        const std::uint64_t bits = mix_bits(seed + mix_bits(number + (salt << 32)));
        return static_cast<double>(bits >> 11) * 0x1p-53 < probability;
    }
    /// The same for all attempts of one worker.
    bool start_draws(double probability) const {
        return static_cast<double>(mix_bits(worker) >> 11) * 0x1p-53 < probability;
    }
};

struct script {
    /// Where set, it decides; else `test` does.
    std::function<behaviour(const surroundings&)> attempt;
    std::function<behaviour(std::size_t test, std::uint32_t number)> test = [](std::size_t, std::uint32_t) {
        return behaviour();
    };
    std::function<setup_deed(std::uint32_t group)> setup = [](std::uint32_t) { return setup_deed::succeed; };
    /// How the n-th worker of all comes up (1 is the first): false means that it dies before it speaks.
    std::function<bool(std::uint32_t nth)> comes_up = [](std::uint32_t) { return true; };
    int dies_starting_by = 11;  ///< the signal
    /// What delays there are, from nothing to the argument.
    std::function<duration(duration)> up_to = [](duration most) { return most; };
};

/// One begun attempt.
struct begun {
    std::size_t test;
    std::uint32_t number;
    std::uint32_t slot;
    instant at;
};

class world : public run::port {
  public:
    using clock = std::shared_ptr<instant>;
    static clock new_clock() { return std::make_shared<instant>(std::chrono::seconds(1000)); }

    /// Worlds that follow one another may have one clock.
    explicit world(script plays, clock time = new_clock()) : plays_(std::move(plays)), time_(std::move(time)) {}

    // What the tests look at.
    vector<begun> begun_attempts;
    vector<vector<wire::command>> sent;  ///< by slot
    std::uint32_t starts = 0;
    std::uint32_t killed = 0;
    std::uint32_t waits = 0;
    std::function<void(const wire::work_item&, std::uint32_t slot)> on_begin;
    std::function<void(const wire::work_item&, std::uint32_t slot)> on_over;
    std::uint64_t list_hash = 0;
    std::uint32_t tests = 0;
    condition under;                ///< what attempts find
    std::uint64_t first_birth = 0;  ///< of the workers that worlds before this one have had
    bool deaf = false;              ///< workers do not answer
    bool waiting_fails = false;
    result<std::int64_t> start_outcome = 1;
    std::size_t room = 1000;  ///< for workers that are alive at once
    /// Workers that do not react to the end of their commands, nor to anything but kill().
    bool workers_stay = false;

    const vector<std::uint32_t>& entered(std::uint32_t slot) { return at(slot).entered; }

    std::size_t workers_alive() const {
        const auto alive = [](const worker& each) { return each.alive; };
        return static_cast<std::size_t>(std::count_if(workers_.begin(), workers_.end(), alive));
    }

    /// Processes that the run can go without.
    std::uint32_t spare = 0;
    bool make_room() override { return spare != 0 && spare-- != 0; }

    /// Something happens at that time, from outside.
    void later(duration after, std::function<void(inbox&)> what) { queue_.emplace(*time_ + after, std::move(what)); }
    void kill_worker_now(std::uint32_t slot, inbox& to) { die(slot, at(slot).birth, to, true, 9); }
    /// Its machine is gone, with all that it has not said yet.
    void lose_host_now(std::uint32_t slot, inbox& to) {
        worker& lost = at(slot);
        if (!lost.alive) return;
        worker_end how;
        how.pid = 1000 + lost.birth;
        how.last = look(slot);
        how.broken = "the agent was lost";
        how.with_host = true;
        if (lost.running != 0) over(slot);
        lost.alive = false;
        to.on_worker_end(slot, how);
    }
    /// Slots whose machine cannot be reached now.
    std::set<std::uint32_t> unreachable;
    bool may_start(std::uint32_t slot) const override { return unreachable.count(slot) == 0; }
    duration trip{};  ///< to the workers and back
    duration round_trip(std::uint32_t) const override { return trip; }
    bool two_machines = false;
    std::set<std::string> full;  ///< machines on which no process of a test can be made
    std::string host_of(std::uint32_t slot) const override { return !two_machines || slot % 2 == 0 ? "" : "build2"; }

    /// Says something in a worker's name.
    void forge(std::uint32_t slot, wire::report what, inbox& to) { to.on_report(slot, what); }

    // ---- the port ----

    instant now() const override { return *time_; }
    run::machine_facts machine() const override { return {true, false}; }
    run::signal_facts signal(int number) const override {
        run::signal_facts known;
        const char* name = number == 2 ? "SIGINT" : number == 9 ? "SIGKILL" : number == 11 ? "SIGSEGV" : nullptr;
        known.name = name != nullptr ? name : "signal " + std::to_string(number);
        known.meaning = number == 9 ? "killed" : number == 11 ? "invalid memory reference" : "";
        known.kills = number == 9;
        known.from_others = number == 9 || number == 15;
        known.from_keyboard = number == 2;
        return known;
    }
    std::string describe(const error& failure) const override { return failure.operation + " " + failure.detail; }

    result<std::int64_t> start(std::uint32_t slot) override {
        if (!start_outcome) return start_outcome.failure();
        if (workers_alive() >= room) return error{"start a worker (fork)", 0, "no more"};
        worker& made = at(slot);
        CHECK_FALSE(made.alive);
        made = worker();
        made.alive = true;
        made.birth = ++starts;
        const std::uint32_t birth = made.birth;
        if (plays_.comes_up(birth)) {
            then(slot, plays_.up_to(ms(2)), [this, slot](inbox&) { greet(slot); });
        } else {
            later(plays_.up_to(ms(2)),
                  [this, slot, birth](inbox& to) { die(slot, birth, to, true, plays_.dies_starting_by); });
        }
        return static_cast<std::int64_t>(1000 + birth);
    }

    void send(std::uint32_t slot, wire::command what) override {
        CHECK(at(slot).alive);
        if (sent.size() <= slot) sent.resize(slot + 1);
        sent[slot].push_back(what);
        at(slot).commands.push_back(what);
        if (const wire::run* batch = what.get_if<wire::run>()) {
            for (const wire::work_item& item : batch->items)
                CHECK(tickets_.insert(item.ticket).second);  // never reused
        }
        then(slot, plays_.up_to(us(50)), [this, slot](inbox&) { obey(slot); });
    }

    void finish(std::uint32_t slot) override {
        at(slot).finishing = true;
        then(slot, plays_.up_to(us(50)), [this, slot](inbox& to) { leave_if_idle(slot, to); });
    }

    void kill(std::uint32_t slot) override {
        ++killed;
        const std::uint32_t birth = at(slot).birth;
        later(plays_.up_to(us(100)), [this, slot, birth](inbox& to) { die(slot, birth, to, true, 9); });
    }

    vector<stack_frame> name(const run::code_place& place) override {
        stack_frame frame;
        frame.function = "function at " + std::to_string(place.file_offset);
        frame.module = place.module;
        return {frame};
    }
    glimpse look(std::uint32_t slot) override {
        const worker& of = at(slot);
        return {of.running, 77, of.began.time_since_epoch()};
    }

    status wait(deadline until, inbox& to) override {
        if (waiting_fails) return error{"wait for the workers", 0, "nothing goes"};
        if (++waits > 200'000 || (queue_.empty() && !until)) {
            FAIL_CHECK("the dispatcher waits for what never comes");
            waiting_fails = true;
            return error{"wait", 0, "forever"};
        }
        if (queue_.empty() || (until && queue_.begin()->first > *until)) {
            *time_ = std::max(*time_ + us(1), *until);
            return ok();
        }
        *time_ = std::max(*time_, queue_.begin()->first);
        const std::function<void(inbox&)> next = std::move(queue_.begin()->second);
        queue_.erase(queue_.begin());
        next(to);
        return ok();
    }

  private:
    struct worker {
        bool alive = false;
        bool greeted = false;
        bool finishing = false;
        bool switching = false;
        bool refuses = false;
        bool one_by_one = false;
        bool awaits_word = false;
        std::uint32_t birth = 0;
        std::deque<wire::command> commands;
        std::deque<wire::work_item> waiting;
        vector<wire::work_item> batch;  // of the process that lives now; empty when there is none
        std::size_t claimed = 0;
        std::uint32_t process = 0;  // counts them
        std::uint32_t running = 0;
        instant began{};
        wire::stopped_by why = wire::stopped_by::itself;
        vector<std::size_t> left_something;  // tests that its process has run
        duration worked{};                   // by that process
        std::uint64_t switches = 0;
        vector<wire::report> deferred_output;
        vector<std::uint32_t> entered;
        vector<wire::report> journal;
        bool flush_due = false;
    };

    worker& at(std::uint32_t slot) {
        if (slot >= workers_.size()) workers_.resize(slot + 1);
        return workers_[slot];
    }

    /// As later(), unless the slot's worker is another one by then.
    void then(std::uint32_t slot, duration after, std::function<void(inbox&)> what) {
        const std::uint32_t birth = at(slot).birth;
        later(after, [this, slot, birth, what](inbox& to) {
            if (at(slot).alive && at(slot).birth == birth) what(to);
        });
    }
    /// As then(), unless the slot runs another test process by then.
    void in_process(std::uint32_t slot, duration after, std::function<void(inbox&)> what) {
        const std::uint32_t process = at(slot).process;
        then(slot, after, [this, slot, process, what](inbox& to) {
            if (at(slot).process == process && !at(slot).batch.empty()) what(to);
        });
    }

    // ---- a worker's words ----

    void say(std::uint32_t slot, wire::report what) {
        worker& from = at(slot);
        from.journal.push_back(std::move(what));
        if (std::exchange(from.flush_due, true)) return;
        then(slot, plays_.up_to(ms(2)), [this, slot](inbox& to) { flush(slot, to); });
    }

    void flush(std::uint32_t slot, inbox& to) {
        at(slot).flush_due = false;
        for (wire::report& each : std::exchange(at(slot).journal, {}))
            to.on_report(slot, each);
    }

    void greet(std::uint32_t slot) {
        at(slot).greeted = true;
        say(slot, wire::hello{list_hash, tests, 1});
        obey(slot);
    }

    void die(std::uint32_t slot, std::uint32_t birth, inbox& to, bool by_signal, int code) {
        worker& dead = at(slot);
        if (!dead.alive || dead.birth != birth) return;
        flush(slot, to);
        if (dead.running != 0) over(slot);
        dead.alive = false;
        worker_end how;
        how.pid = 1000 + birth;
        how.by_signal = by_signal;
        how.code = code;
        how.last = look(slot);
        to.on_worker_end(slot, how);
    }

    void leave_if_idle(std::uint32_t slot, inbox& to) {
        worker& leaving = at(slot);
        if (!leaving.finishing || !leaving.batch.empty() || !leaving.waiting.empty() || workers_stay) return;
        die(slot, leaving.birth, to, false, 0);
    }

    // ---- commands ----

    void obey(std::uint32_t slot) {
        worker& one = at(slot);
        while (one.greeted && !one.refuses && !one.switching && !one.commands.empty()) {
            const wire::command next = std::move(one.commands.front());
            one.commands.pop_front();
            next.visit([this, slot](const auto& command) { carry_out(slot, command); });
        }
        start_next(slot);
    }

    void carry_out(std::uint32_t slot, const wire::configure& what) {
        if (what.list_hash != list_hash) at(slot).refuses = true;
        at(slot).one_by_one = what.one_by_one;
    }
    void carry_out(std::uint32_t slot, const wire::proceed&) { at(slot).awaits_word = false; }
    void carry_out(std::uint32_t slot, const wire::run& what) {
        worker& one = at(slot);
        one.waiting.insert(one.waiting.end(), what.items.begin(), what.items.end());
    }
    void carry_out(std::uint32_t slot, const wire::surrender&) { give_back(slot); }
    void carry_out(std::uint32_t, const wire::suspend&) {}
    void carry_out(std::uint32_t, const wire::resume&) {}
    void carry_out(std::uint32_t slot, const wire::ping&) {
        if (!deaf) say(slot, wire::alive());
    }
    void carry_out(std::uint32_t slot, const wire::cancel&) {
        give_back(slot);
        if (!at(slot).batch.empty()) stop(slot, wire::stopped_by::cancelled);
    }
    void carry_out(std::uint32_t slot, const wire::enter& what) {
        worker& one = at(slot);
        CHECK(one.batch.empty());
        CHECK(one.waiting.empty());
        one.switching = true;
        const wire::enter command = what;
        then(slot, plays_.up_to(ms(3)), [this, slot, command](inbox& to) { set_up(slot, command, to); });
    }
    void carry_out(std::uint32_t slot, const wire::leave&) {
        worker& one = at(slot);
        CHECK(one.batch.empty());
        REQUIRE_FALSE(one.entered.empty());
        const std::uint32_t group = one.entered.back();
        one.entered.pop_back();
        say(slot, wire::left{group, true, false, false, 0});
    }

    void give_back(std::uint32_t slot) {
        worker& one = at(slot);
        wire::returned back;
        for (std::size_t i = one.claimed; i < one.batch.size(); ++i)
            back.tickets.push_back(one.batch[i].ticket);
        one.batch.resize(std::min(one.claimed, one.batch.size()));
        for (const wire::work_item& item : std::exchange(one.waiting, {}))
            back.tickets.push_back(item.ticket);
        say(slot, back);
    }

    void set_up(std::uint32_t slot, const wire::enter& command, inbox& to) {
        worker& one = at(slot);
        one.switching = false;
        switch (plays_.setup(command.group)) {
            case setup_deed::succeed:
                one.entered.push_back(command.group);
                say(slot, wire::setup_ready{command.group, 1});
                break;
            case setup_deed::die_later:
                one.entered.push_back(command.group);
                say(slot, wire::setup_ready{command.group, 1});
                then(slot, ms(1), [this, slot, command](inbox&) { host_dies(slot, command.group); });
                break;
            case setup_deed::fail:
                say(slot, wire::failed_assertion{0, failure()});
                say(slot, wire::left{command.group, false, false, false, 3});
                break;
            case setup_deed::crash:
                say(slot, wire::output{0, stream::err, 0, false, "setting up\n"});
                say(slot, wire::left{command.group, false, false, true, 11});
                break;
            case setup_deed::hang:
                say(slot, wire::left{command.group, false, true, true, 15});
                break;
            case setup_deed::kill_worker:
                return die(slot, one.birth, to, true, 9);
            case setup_deed::no_process:
                say(slot, wire::trouble{0, "no process"});
                break;
        }
        obey(slot);
    }

    void host_dies(std::uint32_t slot, std::uint32_t group) {
        worker& one = at(slot);
        const auto found = std::find(one.entered.begin(), one.entered.end(), group);
        if (found == one.entered.end()) return;
        if (one.running != 0) over(slot);
        one.batch.clear();
        ++one.process;
        // Whatever else is on its way to the setup's process must not be run without it: the worker ends too.
        one.refuses = true;
        one.waiting.clear();
        say(slot, wire::left{group, false, false, true, 9});
        then(slot, plays_.up_to(us(50)), [this, slot](inbox& to) { die(slot, at(slot).birth, to, false, 1); });
    }

    // ---- test processes ----

    void start_next(std::uint32_t slot) {
        worker& one = at(slot);
        if (!one.greeted || one.awaits_word || !one.batch.empty() || one.waiting.empty()) return;
        one.running = 0;
        one.began = {};
        one.claimed = 0;
        one.why = wire::stopped_by::itself;
        ++one.process;
        do {
            one.batch.push_back(one.waiting.front());
            one.waiting.pop_front();
        } while (one.batch.front().mode == cordon::isolate::shard && !one.waiting.empty() &&
                 one.waiting.front().mode == cordon::isolate::shard && !one.waiting.front().fresh);
        one.left_something.clear();
        one.worked = {};
        one.switches = 0;
        const deed first = behaviour_of(slot, one.batch.front()).what;
        if (first == deed::no_process || full.count(host_of(slot)) != 0) {
            for (const wire::work_item& item : std::exchange(one.batch, {}))
                say(slot, wire::trouble{item.ticket, "no process"});
            return start_next(slot);
        }
        in_process(slot, plays_.up_to(us(80)), [this, slot, first](inbox&) {
            if (first == deed::vanish) return end_process(slot, true, 11);
            begin_next(slot);
        });
    }

    behaviour behaviour_of(std::uint32_t slot, const wire::work_item& item) {
        if (!plays_.attempt) return plays_.test(item.test, item.number);
        surroundings found;
        found.test = item.test;
        found.number = item.number;
        found.seed = item.seed;
        found.mode = item.mode;
        found.worker = first_birth + at(slot).birth;
        // The program is started anew for it.
        if (item.mode == cordon::isolate::exec) found.worker = mix_bits(found.worker) + item.ticket;
        found.at = *time_;
        found.before = at(slot).left_something;
        found.under = &under;
        for (const worker& other : workers_) {
            if (&other == &at(slot) || !other.alive || other.running == 0) continue;
            for (const wire::work_item& each : other.batch)
                if (each.ticket == other.running) found.beside.push_back(each.test);
        }
        return plays_.attempt(found);
    }

    void begin_next(std::uint32_t slot) {
        worker& one = at(slot);
        if (one.claimed == one.batch.size()) return end_process(slot, false, 0);
        const wire::work_item item = one.batch[one.claimed++];
        one.running = item.ticket;
        one.began = *time_;
        begun_attempts.push_back({item.test, item.number, slot, *time_});
        if (on_begin) on_begin(item, slot);
        const behaviour what = behaviour_of(slot, item);
        if (what.what == deed::hang) {
            if (item.timeout != duration{0})
                in_process(slot, item.timeout, [this, slot](inbox&) { stop(slot, wire::stopped_by::timeout); });
            return;
        }
        in_process(slot, what.takes, [this, slot, item, what](inbox& to) { act(slot, item, what, to); });
    }

    void stop(std::uint32_t slot, wire::stopped_by why) {
        if (at(slot).why != wire::stopped_by::itself) return;
        at(slot).why = why;
        in_process(slot, ms(1), [this, slot](inbox&) { end_process(slot, true, 15); });
    }

    void over(std::uint32_t slot) {
        worker& one = at(slot);
        for (const wire::work_item& item : one.batch) {
            if (item.ticket == one.running && on_over) on_over(item, slot);
        }
    }

    void act(std::uint32_t slot, const wire::work_item& item, behaviour what, inbox& to) {
        worker& one = at(slot);
        // A copy of the process dies, not the process.
        const bool dies = what.what == deed::crash || what.what == deed::exit_early || what.what == deed::exit_failure;
        if (item.snapshot && dies) what.what = deed::fail;
        if (!item.snapshot) one.left_something.push_back(item.test);
        one.worked += what.works;
        one.switches += what.switches;
        if (what.what == deed::kill_worker) return die(slot, one.birth, to, true, 9);
        if (what.what == deed::kill_host && !one.entered.empty()) return host_dies(slot, one.entered.back());
        over(slot);
        if (what.what == deed::crash || what.what == deed::kill_host) return end_process(slot, true, 11);
        if (what.what == deed::exit_early) return end_process(slot, false, 0);
        if (what.what == deed::silent && one.batch.size() > one.claimed) return begin_next(slot);
        wire::finished done;
        done.ticket = item.ticket;
        done.started = one.began.time_since_epoch();
        done.ended = time_->time_since_epoch();
        done.assertions = 3;
        done.has_output = what.prints && item.mode == cordon::isolate::shard;
        if (what.what == deed::fail) {
            done.how = wire::finish::failed;
            done.failed_assertions = 1;
            failure why;
            why.macro = "CHECK";
            say(slot, wire::failed_assertion{item.ticket, why});
        }
        if (what.what == deed::skip) {
            done.how = wire::finish::skipped;
            done.reason = "not here";
        }
        if (what.prints) one.deferred_output.push_back(wire::output{item.ticket, stream::out, 0, false, "printed"});
        say(slot, done);
        if (one.deferred_output.size() > 1) say_output(slot);
        if (what.what == deed::exit_failure) return end_process(slot, true, 6);
        begin_next(slot);
    }

    void say_output(std::uint32_t slot) {
        for (wire::report& each : std::exchange(at(slot).deferred_output, {})) {
            const std::uint32_t ticket = each.get_if<wire::output>()->ticket;
            say(slot, std::move(each));
            say(slot, wire::output_done{ticket});
        }
    }

    void end_process(std::uint32_t slot, bool by_signal, int code) {
        worker& one = at(slot);
        if (one.why != wire::stopped_by::itself && one.running != 0) over(slot);
        say_output(slot);
        wire::ended end;
        end.ticket = one.running != 0 ? one.running : one.batch.front().ticket;
        end.pid = 5000;
        end.by_signal = by_signal;
        end.code = code;
        end.why = one.why;
        end.forked = end.started = one.began.time_since_epoch();
        end.gone = time_->time_since_epoch();
        end.usage.user = one.worked;
        end.usage.voluntary_switches = one.switches;
        say(slot, end);
        const std::size_t from = std::max<std::size_t>(one.claimed, one.running != 0 ? 0 : 1);
        if (from < one.batch.size())
            one.waiting.insert(one.waiting.begin(), one.batch.begin() + static_cast<std::ptrdiff_t>(from),
                               one.batch.end());
        one.batch.clear();
        one.awaits_word = one.one_by_one;
        then(slot, duration{0}, [this, slot](inbox& to) {
            obey(slot);
            leave_if_idle(slot, to);
        });
    }

    script plays_;
    clock time_;
    std::multimap<instant, std::function<void(inbox&)>> queue_;
    std::deque<worker> workers_;
    std::set<std::uint32_t> tickets_;
};

/// Keeps the events and holds them to what every run must keep to.
class witness : public sink {
  public:
    vector<event> events;
    std::map<std::size_t, vector<attempt_result>> attempts;
    std::map<std::size_t, vector<verdict>> verdicts;
    std::map<std::size_t, std::string> reasons;
    vector<std::string> notices;
    vector<std::string> workers_lost;
    std::uint32_t workers_started = 0;
    run_finished end;

    /// False where attempts that were given back are not made up for under their numbers.
    bool counts_every_attempt = true;

    void on(const event& happened) override {
        CHECK_FALSE(finished_);
        happened.visit([this](const auto& what) { take(what); });
        events.push_back(happened);
    }

    verdict verdict_of(std::size_t test) const {
        const auto found = verdicts.find(test);
        REQUIRE(found != verdicts.end());
        return found->second.front();
    }
    std::string endings_of(std::size_t test) const {
        std::string text;
        const auto found = attempts.find(test);
        if (found == attempts.end()) return text;
        for (const attempt_result& each : found->second)
            text += (text.empty() ? "" : " ") + std::string(name_of(each.how));
        return text;
    }

  private:
    template <class Other>
    void take(const Other&) {}
    void take(const attempt_started& what) {
        CHECK(verdicts.count(what.test) == 0);
        CHECK(what.number > started_[what.test]);
        if (counts_every_attempt) CHECK(what.number == started_[what.test] + 1);
        if (counts_every_attempt) CHECK(started_[what.test] == attempts[what.test].size());
        started_[what.test] = what.number;
    }
    void take(const attempt_ended& what) {
        CHECK(verdicts.count(what.result.test) == 0);
        CHECK(what.result.number == started_[what.result.test]);
        CHECK(what.result.number <= what.result.of);
        attempts[what.result.test].push_back(what.result);
        if (counts_every_attempt) CHECK(attempts[what.result.test].size() == what.result.number);
    }
    void take(const test_finished& what) {
        verdicts[what.test].push_back(what.what);
        reasons[what.test] = what.reason;
        CHECK(verdicts[what.test].size() == 1);
    }
    void take(const notice& what) { notices.push_back(what.text); }
    void take(const worker_lost& what) { workers_lost.push_back(what.reason); }
    void take(const worker_started&) { ++workers_started; }
    void take(const run_finished& what) {
        end = what;
        finished_ = true;
    }

    std::map<std::size_t, std::uint32_t> started_;
    bool finished_ = false;
};

/// A run to be put together, then run.
struct scenario {
    test_list list;
    setup_plan setups;
    options chosen;
    run::run_settings settings;
    script plays;
    std::function<void(world&)> prepare;
    bool counts_every_attempt = true;
    /// Tests of a lost machine begin again under the same number.
    bool loses_machines = false;
    std::deque<std::string> names;

    explicit scenario(std::size_t tests, std::uint32_t jobs = 1, cordon::isolate mode = cordon::isolate::fork) {
        for (std::size_t i = 0; i < tests; ++i) {
            names.push_back("test " + std::to_string(i));
            test_info made;
            made.name = names.back();
            list.tests.push_back(made);
        }
        list.hash = 4711;
        settings.isolation = mode;
        settings.jobs = jobs;
        chosen.timeout = ms(500);
    }

    /// Setup groups, each inside of the one before; tests want all of them from the given one outwards.
    void nest_setups(std::uint32_t groups) {
        setups.chains.assign(1, {});
        for (std::uint32_t group = 0; group < groups; ++group) {
            setups.groups.push_back({list.tests.front().name, {"s.cpp", group}, {group}});
            setups.chains.push_back(setups.chains.back());
            setups.chains.back().push_back(group);
        }
        setups.chain_of_test.assign(list.tests.size(), groups);
    }

    struct outcome {
        bool fine;
        witness seen;
        world after;
    };

    outcome run() {
        plan what;
        for (std::size_t i = 0; i < list.tests.size(); ++i)
            what.order.push_back(i);
        outcome made{false, {}, world(plays)};
        made.after.list_hash = list.hash;
        made.after.tests = static_cast<std::uint32_t>(list.tests.size());
        settings.started = made.after.now();
        made.seen.counts_every_attempt = counts_every_attempt;
        if (prepare) prepare(made.after);
        run::dispatcher work(list, what, setups, chosen, settings, made.after, made.seen);
        made.fine = work.run();
        for (std::size_t i = 0; i < list.tests.size(); ++i)
            CHECK(made.seen.verdicts[i].size() == 1);
        if (loses_machines) return made;
        // Nothing runs twice: what has begun under one number never begins under it again.
        std::set<std::pair<std::size_t, std::uint32_t>> once;
        for (const begun& each : made.after.begun_attempts)
            CHECK(once.insert({each.test, each.number}).second);
        return made;
    }
};

}  // namespace fake
