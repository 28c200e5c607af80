// Simulates a run on many agents: the real dispatcher and the real codec of the stream, a clock that is only counted,
// and tests that only take time.
//
//   agents_simulation [--agents N] [--workers N] [--tests N] [--latency MS] [--lost N] [--median MS] [--sigma X]
//   [--seed N]
//                     [--slowest-first 1]
//
// Times of tests are log-normal. What the run's process itself takes is real: the clock goes on by it, so a run that is
// slow to answer gets its messages in heaps, as it would. One agent of a hundred is lost at a random time: it says
// nothing more, and the run learns of it after ten seconds.

#include <cordon/engine/base/random.hpp>
#include <cordon/engine/os/system.hpp>
#include <cordon/engine/run/dispatcher.hpp>
#include <cordon/engine/wire/agent_message.hpp>
#include <cordon/engine/wire/agent_stream.hpp>

#include <sys/resource.h>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <deque>
#include <functional>
#include <queue>
#include <string>

using namespace cordon::engine;

namespace {

struct setting {
    std::uint32_t agents = 100;
    std::uint32_t workers = 64;
    std::size_t tests = 100'000;
    double latency = 20;  // ms, each way
    std::uint32_t lost = 1;
    double median = 2000;  // ms
    double sigma = 1;
    std::uint64_t seed = 1;
    bool slowest_first = false;  // as with --order slowest and a history
};

duration ms(double count) { return duration(static_cast<std::int64_t>(count * 1e6)); }
double in_seconds(duration time) { return static_cast<double>(time.count()) / 1e9; }

duration processor_time() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
}

/// A number from a normal distribution (Box and Muller, 1958).
double normal(random_source& random) {
    const double u = (static_cast<double>(random.below(1u << 30)) + 1) / static_cast<double>(1u << 30);
    const double v = static_cast<double>(random.below(1u << 30)) / static_cast<double>(1u << 30);
    return std::sqrt(-2 * std::log(u)) * std::cos(2 * 3.14159265358979 * v);
}

/// The agents, their workers and the streams to them.
class world final : public run::port {
  public:
    world(const setting& of, const vector<duration>& takes, std::uint64_t list_hash)
        : of_(of), takes_(takes), list_hash_(list_hash), agents_(of.agents) {
        for (std::uint32_t i = 0; i < of.agents; ++i) {
            host& each = agents_[i];
            each.workers.resize(of.workers);
            each.orders_in = wire::agent_reader(i + 1);
            each.orders_out.use_key(i + 1);
            each.answers_in = wire::agent_reader(i + 1);
            each.answers_out.use_key(i + 1);
        }
        resumed_at_ = processor_time();
    }

    void lose_at(std::uint32_t agent, duration when) {
        at(start_ + when, [this, agent](run::inbox&) { agents_[agent].silent = true; });
        at(start_ + when + std::chrono::seconds(10), [this, agent](run::inbox& to) { lose(agent, to); });
    }

    duration used() const { return used_; }
    std::uint64_t bytes() const { return bytes_; }
    std::uint64_t waits() const { return waits_; }
    std::uint64_t runs() const { return runs_; }
    duration busy() const { return busy_; }

    // ---- the port ----

    instant now() const override { return now_; }
    run::machine_facts machine() const override { return {true, false}; }
    run::signal_facts signal(int) const override { return {}; }
    std::string describe(const error& failure) const override { return failure.operation; }
    bool may_start(std::uint32_t slot) const override { return !agents_[slot % of_.agents].gone; }
    std::string host_of(std::uint32_t slot) const override { return "host" + std::to_string(slot % of_.agents); }
    duration round_trip(std::uint32_t) const override { return ms(2 * of_.latency); }
    vector<stack_frame> name(const run::code_place&) override { return {stack_frame()}; }
    run::glimpse look(std::uint32_t) override { return {}; }

    result<std::int64_t> start(std::uint32_t slot) override {
        order(slot, wire::agent_start{slot / of_.agents});
        host& to = agents_[slot % of_.agents];
        to.workers[slot / of_.agents] = {};
        to.workers[slot / of_.agents].lives = true;
        return std::int64_t{slot + 1};
    }
    void send(std::uint32_t slot, wire::command what) override {
        std::string payload;
        what.visit([&](const auto& command) { wire::encode_payload(payload, command); });
        order(slot, wire::agent_tell{slot / of_.agents, static_cast<std::uint8_t>(what.index()), payload});
    }
    void finish(std::uint32_t slot) override { order(slot, wire::agent_finish{slot / of_.agents}); }
    void kill(std::uint32_t slot) override { order(slot, wire::agent_kill{slot / of_.agents}); }

    status wait(deadline until, run::inbox& to) override {
        ++waits_;
        post_orders();
        const duration passed = processor_time() - resumed_at_;
        used_ += passed;
        now_ += passed;
        const bool due = !events_.empty() && (!until || events_.top().when <= *until);
        if (!due && !until) return error{"wait for what never comes", 0, {}};
        now_ = std::max(now_, due ? events_.top().when : *until);
        // Everything that has come meanwhile.
        while (!events_.empty() && events_.top().when <= now_) {
            const std::function<void(run::inbox&)> what = events_.top().what;
            events_.pop();
            what(to);
        }
        resumed_at_ = processor_time();
        for (std::uint32_t i = 0; i < agents_.size(); ++i)
            hear(i, to);
        return ok();
    }

  private:
    struct worker {
        bool lives = false;  ///< for the run
        bool greeted = false;
        bool works = false;
        std::deque<wire::work_item> waiting;
    };
    struct host {
        std::deque<worker> workers;
        wire::agent_writer orders_out, answers_out;
        wire::agent_reader orders_in, answers_in;
        bool posts = false;    ///< its answers will be sent
        bool arrived = false;  ///< there is something to hear
        bool silent = false;
        bool gone = false;  ///< the run knows that it is lost
    };
    struct happening {
        instant when;
        std::uint64_t number;
        std::function<void(run::inbox&)> what;
        bool operator<(const happening& other) const {
            return when != other.when ? when > other.when : number > other.number;
        }
    };

    void at(instant when, std::function<void(run::inbox&)> what) {
        events_.push({when, ++happenings_, std::move(what)});
    }

    template <class Message>
    void order(std::uint32_t slot, const Message& what) {
        agents_[slot % of_.agents].orders_out.template add<wire::agent_order>(what);
    }

    // ---- the streams ----

    void post_orders() {
        for (std::uint32_t i = 0; i < agents_.size(); ++i) {
            wire::agent_writer& out = agents_[i].orders_out;
            if (out.pending().empty()) continue;
            std::string bytes(out.pending());
            out.drop(bytes.size());
            bytes_ += bytes.size();
            at(now_ + ms(of_.latency), [this, i, bytes](run::inbox&) { obey(i, bytes); });
        }
    }

    template <class Report>
    void say(std::uint32_t agent, std::uint32_t slot, const Report& what) {
        std::string payload;
        wire::encode_payload(payload, what);
        answer(agent, wire::agent_said{slot, wire::type_of<Report, wire::report>(), payload});
    }
    template <class Message>
    void answer(std::uint32_t agent, const Message& what) {
        host& from = agents_[agent];
        if (from.silent) return;
        from.answers_out.template add<wire::agent_answer>(what);
        if (std::exchange(from.posts, true)) return;
        at(now_, [this, agent](run::inbox&) {
            host& sender = agents_[agent];
            sender.posts = false;
            std::string bytes(sender.answers_out.pending());
            sender.answers_out.drop(bytes.size());
            bytes_ += bytes.size();
            at(now_ + ms(of_.latency), [this, agent, bytes](run::inbox&) {
                agents_[agent].answers_in.feed(bytes);
                agents_[agent].arrived = true;
            });
        });
    }

    void hear(std::uint32_t agent, run::inbox& to) {
        host& from = agents_[agent];
        if (!std::exchange(from.arrived, false) || from.gone) return;
        while (const optional<wire::frame> next = from.answers_in.next()) {
            wire::dispatch<wire::agent_answer>(*next, [&](auto& message) { take(agent, message, to); });
        }
    }

    void take(std::uint32_t agent, wire::agent_said& what, run::inbox& to) {
        optional<wire::report> report = wire::decode<wire::report>({wire::frame_version, what.type, 0, what.payload});
        to.on_report(what.slot * of_.agents + agent, *report);
    }
    void take(std::uint32_t agent, wire::agent_gone& what, run::inbox& to) {
        run::worker_end how;
        how.pid = what.pid;
        agents_[agent].workers[what.last.slot].lives = false;
        to.on_worker_end(what.last.slot * of_.agents + agent, how);
    }
    template <class Message>
    void take(std::uint32_t, Message&, run::inbox&) {}

    void lose(std::uint32_t agent, run::inbox& to) {
        agents_[agent].gone = true;
        for (std::uint32_t slot = 0; slot < of_.workers; ++slot) {
            if (!std::exchange(agents_[agent].workers[slot].lives, false)) continue;
            run::worker_end how;
            how.broken = "lost";
            how.with_host = true;
            to.on_worker_end(slot * of_.agents + agent, how);
        }
    }

    // ---- what an agent and its workers do ----

    void obey(std::uint32_t agent, const std::string& bytes) {
        host& one = agents_[agent];
        if (one.silent) return;
        one.orders_in.feed(bytes);
        while (const optional<wire::frame> next = one.orders_in.next()) {
            wire::dispatch<wire::agent_order>(*next, [&](auto& message) { carry_out(agent, message); });
        }
    }
    void carry_out(std::uint32_t agent, wire::agent_start& what) {
        const std::uint32_t slot = what.slot;
        at(now_ + ms(5), [this, agent, slot](run::inbox&) {
            worker& one = agents_[agent].workers[slot];
            one.greeted = true;
            say(agent, slot, wire::hello{list_hash_, static_cast<std::uint32_t>(takes_.size()), 1});
            begin_next(agent, slot);
        });
    }
    void carry_out(std::uint32_t agent, wire::agent_tell& what) {
        optional<wire::command> command =
            wire::decode<wire::command>({wire::frame_version, what.type, 0, what.payload});
        worker& one = agents_[agent].workers[what.slot];
        if (auto* batch = command->get_if<wire::run>()) {
            one.waiting.insert(one.waiting.end(), batch->items.begin(), batch->items.end());
            begin_next(agent, what.slot);
        } else if (command->get_if<wire::surrender>() != nullptr) {
            wire::returned back;
            for (const wire::work_item& item : one.waiting)
                back.tickets.push_back(item.ticket);
            one.waiting.clear();
            say(agent, what.slot, back);
        } else if (command->get_if<wire::ping>() != nullptr) {
            say(agent, what.slot, wire::alive());
        }
    }
    void carry_out(std::uint32_t agent, wire::agent_finish& what) {
        wire::agent_gone gone;
        gone.last.slot = what.slot;
        answer(agent, gone);
    }
    template <class Message>
    void carry_out(std::uint32_t, Message&) {}

    void begin_next(std::uint32_t agent, std::uint32_t slot) {
        worker& one = agents_[agent].workers[slot];
        if (!one.greeted || one.works || one.waiting.empty()) return;
        const wire::work_item item = one.waiting.front();
        one.waiting.pop_front();
        one.works = true;
        const instant began = now_;
        at(now_ + takes_[item.test], [this, agent, slot, item, began](run::inbox&) {
            if (agents_[agent].silent) return;
            ++runs_;
            busy_ += takes_[item.test];
            wire::finished done;
            done.ticket = item.ticket;
            done.started = began.time_since_epoch();
            done.ended = now_.time_since_epoch();
            done.assertions = 3;
            say(agent, slot, done);
            wire::ended end;
            end.ticket = item.ticket;
            end.pid = 5000;
            end.forked = end.started = done.started;
            end.gone = done.ended;
            say(agent, slot, end);
            agents_[agent].workers[slot].works = false;
            begin_next(agent, slot);
        });
    }

    const setting& of_;
    const vector<duration>& takes_;
    const std::uint64_t list_hash_;
    std::deque<host> agents_;
    std::priority_queue<happening> events_;
    std::uint64_t happenings_ = 0;
    const instant start_ = instant(std::chrono::seconds(1000));
    instant now_ = start_;
    duration resumed_at_{};
    duration used_{};
    duration busy_{};
    std::uint64_t bytes_ = 0;
    std::uint64_t waits_ = 0;
    std::uint64_t runs_ = 0;
};

struct counting final : sink {
    void on(const event& happened) override {
        if (const auto* ended = happened.get_if<test_finished>()) {
            ++tests;
            passed += ended->what == verdict::passed ? 1u : 0u;
        } else if (const auto* over = happened.get_if<run_finished>()) {
            took = over->took;
        }
    }
    std::size_t tests = 0;
    std::size_t passed = 0;
    duration took{};
};

setting read_arguments(int count, char** words) {
    setting of;
    for (int i = 1; i + 1 < count; i += 2) {
        const std::string name = words[i];
        const double value = std::atof(words[i + 1]);
        const auto whole = static_cast<std::uint32_t>(value);
        if (name == "--agents")
            of.agents = whole;
        else if (name == "--workers")
            of.workers = whole;
        else if (name == "--tests")
            of.tests = whole;
        else if (name == "--latency")
            of.latency = value;
        else if (name == "--lost")
            of.lost = whole;
        else if (name == "--median")
            of.median = value;
        else if (name == "--sigma")
            of.sigma = value;
        else if (name == "--seed")
            of.seed = whole;
        else if (name == "--slowest-first")
            of.slowest_first = whole != 0;
        else
            std::exit((std::fprintf(stderr, "unknown option %s\n", words[i]), 2));
    }
    return of;
}

}  // namespace

int main(int count, char** words) {
    const setting of = read_arguments(count, words);
    random_source random(of.seed);
    vector<duration> takes;
    duration sum{};
    duration longest{};
    for (std::size_t i = 0; i < of.tests; ++i) {
        takes.push_back(ms(of.median * std::exp(of.sigma * normal(random))));
        sum += takes.back();
        longest = std::max(longest, takes.back());
    }
    test_list list;
    std::deque<std::string> names;
    plan what;
    for (std::size_t i = 0; i < of.tests; ++i) {
        names.push_back("test " + std::to_string(i));
        test_info made;
        made.name = names.back();
        list.tests.push_back(made);
        what.order.push_back(i);
    }
    list.hash = 1;
    if (of.slowest_first) sort(what.order, [&](std::size_t a, std::size_t b) { return takes[a] > takes[b]; });
    const setup_plan setups;
    const options chosen;
    run::run_settings settings;
    settings.isolation = cordon::isolate::fork;
    settings.jobs = of.agents * of.workers;

    rusage before{};
    getrusage(RUSAGE_SELF, &before);
    world through(of, takes, list.hash);
    settings.started = through.now();
    const duration bound = std::max(longest, sum / static_cast<std::int64_t>(settings.jobs));
    for (std::uint32_t i = 0; i < of.lost; ++i)
        through.lose_at(static_cast<std::uint32_t>(random.below(of.agents)),
                        ms(static_cast<double>(random.below(1000)) * 1e3 * in_seconds(bound) / 1000));
    counting seen;
    run::dispatcher work(list, what, setups, chosen, settings, through, seen);
    const bool fine = work.run();
    rusage after{};
    getrusage(RUSAGE_SELF, &after);

    std::printf("%u agents of %u workers, %zu tests (median %.0f ms, longest %.1f s), %.0f ms away, %u lost\n",
                of.agents, of.workers, of.tests, of.median, in_seconds(longest), of.latency, of.lost);
    std::printf("verdicts: %zu, passed %zu; runs: %llu\n", seen.tests, seen.passed,
                static_cast<unsigned long long>(through.runs()));
    std::printf("makespan: %.2f s, bound %.2f s: %.1f %% over\n", in_seconds(seen.took), in_seconds(bound),
                (in_seconds(seen.took) / in_seconds(bound) - 1) * 100);
    std::printf("the run's process: %.2f s of processor time: %.1f %% of one\n", in_seconds(through.used()),
                100 * in_seconds(through.used()) / in_seconds(seen.took));
    std::printf("messages: %.1f MB in all, %llu wakes\n", static_cast<double>(through.bytes()) / 1e6,
                static_cast<unsigned long long>(through.waits()));
    std::printf("peak memory: %.0f MiB, of the whole simulation; before the run %.0f MiB\n",
                static_cast<double>(after.ru_maxrss) / 1024, static_cast<double>(before.ru_maxrss) / 1024);
    return fine && seen.tests == of.tests ? 0 : 1;
}
