#pragma once

#include <cordon/engine/base/sort.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/test_list.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace cordon::engine::select {

/// A serial group or a resource, with the number of tests that may hold it at the same time.
struct shared_thing {
    std::string_view name;
    bool is_group = false;
    std::uint32_t limit = 1;
    std::uint32_t held = 0;
};

/// Pending tests with equal constraints: either all of them may start now, or none.
struct demand {
    std::uint32_t load = 1;  ///< how many of --jobs one test occupies
    bool exclusive = false;
    vector<std::size_t> things;
    vector<std::size_t> queue;
    std::size_t head = 0;

    bool empty() const { return head == queue.size(); }
    std::size_t front() const { return queue[head]; }
};

/// The work of a worker slot: several unconstrained tests one after another, or one other test.
struct lane {
    std::size_t demand = 0;
    std::uint64_t batch_key = 0;
    std::size_t outstanding = 0;
};

/// True if the test may run beside any other, and in a row with any other. A test that may not gets a worker's process
/// for itself.
bool is_unconstrained(const test_info& test) {
    return !test.serial && !test.exclusive && test.threads <= 1 && test.resources.empty();
}

/// Decides which pending test may start now. Tests go in order. A test that must wait because of its serial group,
/// resource or exclusiveness is overtaken. So exclusive tests mostly come last. But tests that are added again and
/// again (retries, repeated runs) do not overtake it forever: when everything that was pending at first could have run
/// once more, it is overdue, and what it needs is kept free for it. A test that only waits for more of --jobs is not
/// overtaken, because it could wait forever behind small ones. Unconstrained tests share one queue, so
/// their number does not matter. There is no clock and no process here: the caller reports what is taken and done.
/// `list` must outlive it.
class schedule {
  public:
    /// `order` without tests that never start. A batch holds only tests with equal `batch_keys` (one for each test of
    /// the list; empty: all equal), so the caller can separate tests that one worker cannot run in a row.
    schedule(const test_list& list, const vector<std::size_t>& order, std::uint32_t jobs,
             vector<std::uint64_t> batch_keys = {})
        : jobs_(std::max<std::uint32_t>(jobs, 1)), batch_keys_(std::move(batch_keys)) {
        demands_.emplace_back();
        position_.resize(list.tests.size());
        demand_of_.resize(list.tests.size());
        for (std::size_t test : order) {
            demand_of_[test] = demand_for(list.tests[test]);
            add(test);
        }
        patience_ = next_position_;
    }

    std::size_t pending() const { return pending_; }
    bool idle() const { return busy_lanes_ == 0; }

    /// Returns up to `most` tests for the worker in `slot`, to run one after another; none if none may start now. A
    /// busy worker gets only tests that may follow its present ones.
    vector<std::size_t> take(std::uint32_t slot, std::size_t most) {
        lane& lane = lane_of(slot);
        const bool busy = lane.outstanding != 0;
        const std::size_t chosen = choose(busy);
        if (chosen == none || most == 0) return {};
        const std::uint64_t key = batch_key(demands_[chosen].front());
        const bool follows = chosen == unconstrained && lane.demand == unconstrained && lane.batch_key == key;
        if (busy && !follows) return {};
        lane.batch_key = key;
        vector<std::size_t> batch = pop_batch(demands_[chosen], chosen == unconstrained ? most : 1);
        if (!busy) occupy(lane, chosen);
        lane.outstanding += batch.size();
        pending_ -= batch.size();
        return batch;
    }

    /// A test of the slot has ended, with any result.
    void done(std::uint32_t slot) {
        lane& lane = lane_of(slot);
        if (lane.outstanding != 0 && --lane.outstanding == 0) release(lane);
    }

    /// The slot returns tests that it did not start, in the order in which it took them. They are pending again, in
    /// their old positions.
    void put_back(std::uint32_t slot, const vector<std::size_t>& tests) {
        for (std::size_t i = tests.size(); i-- > 0;) {
            insert(demands_[demand_of_[tests[i]]], tests[i]);
            ++pending_;
            done(slot);
        }
    }

    /// The test is pending (again), after all others.
    void add(std::size_t test) {
        position_[test] = next_position_++;
        demands_[demand_of_[test]].queue.push_back(test);
        ++pending_;
    }

    /// The same, but at a random position (`drawn`) among the last half of similar tests. So repeated tests have
    /// different neighbors each time, and eventually each runs beside each other one.
    void add_anywhere_late(std::size_t test, std::uint64_t drawn) {
        add(test);
        demand& among = demands_[demand_of_[test]];
        const std::size_t late = (among.queue.size() - among.head + 1) / 2;
        std::size_t& other = among.queue[among.queue.size() - 1 - static_cast<std::size_t>(drawn % late)];
        std::swap(position_[test], position_[other]);
        std::swap(among.queue.back(), other);
    }

    /// Empties the schedule: the remaining tests will not run.
    vector<std::size_t> drop_pending() {
        vector<std::size_t> left;
        for (demand& demand : demands_) {
            left.append(demand.queue.begin() + static_cast<std::ptrdiff_t>(demand.head), demand.queue.end());
            demand.head = demand.queue.size();
        }
        sort(left, [this](std::size_t a, std::size_t b) { return is_before(a, b); });
        pending_ = 0;
        return left;
    }

  private:
    static constexpr std::size_t unconstrained = 0;
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    bool is_before(std::size_t a, std::size_t b) const { return position_[a] < position_[b]; }

    /// Mostly at the very front, where taken tests have left room.
    void insert(demand& into, std::size_t test) {
        const bool first = into.empty() || is_before(test, into.front());
        if (first && into.head != 0) {
            into.queue[--into.head] = test;
            return;
        }
        const auto begin = into.queue.begin() + static_cast<std::ptrdiff_t>(into.head);
        const auto before = [this](std::size_t a, std::size_t b) { return is_before(a, b); };
        into.queue.insert(std::lower_bound(begin, into.queue.end(), test, before), test);
    }

    std::size_t thing_for(std::string_view name, bool is_group, std::uint32_t limit) {
        for (std::size_t i = 0; i < things_.size(); ++i) {
            if (things_[i].is_group != is_group || things_[i].name != name) continue;
            // If tests disagree on the limit of a resource, the smallest one applies.
            things_[i].limit = std::min(things_[i].limit, limit);
            return i;
        }
        things_.push_back({name, is_group, limit, 0});
        return things_.size() - 1;
    }

    std::size_t demand_for(const test_info& test) {
        if (is_unconstrained(test)) return unconstrained;
        demand wanted;
        wanted.load = std::min(std::max<std::uint32_t>(test.threads, 1), jobs_);
        wanted.exclusive = test.exclusive;
        if (test.serial) wanted.things.push_back(thing_for(*test.serial, true, 1));
        for (const test_info::resource_use& use : test.resources) {
            wanted.things.push_back(thing_for(use.name, false, use.limit));
        }
        sort(wanted.things);
        const auto equal = [&wanted](const demand& other) {
            return other.load == wanted.load && other.exclusive == wanted.exclusive && other.things == wanted.things;
        };
        const auto known = std::find_if(demands_.begin(), demands_.end(), equal);
        if (known != demands_.end()) return static_cast<std::size_t>(known - demands_.begin());
        demands_.push_back(std::move(wanted));
        return demands_.size() - 1;
    }

    bool things_are_free(const demand& demand) const {
        return std::all_of(demand.things.begin(), demand.things.end(),
                           [this](std::size_t thing) { return things_[thing].held < things_[thing].limit; });
    }

    bool may_start(const demand& wanted) const {
        return !(wanted.exclusive && busy_lanes_ != 0) && things_are_free(wanted);
    }

    /// True if a test of `one` could keep a test of the other from starting.
    static bool are_in_the_way(const demand& one, const demand& other) {
        const auto is_shared = [&other](std::size_t thing) {
            return std::find(other.things.begin(), other.things.end(), thing) != other.things.end();
        };
        return one.exclusive || other.exclusive || std::any_of(one.things.begin(), one.things.end(), is_shared);
    }

    /// The demand with the earliest test: of all, or of those that may start now. `overdue`: a demand that the others
    /// must not hinder.
    std::size_t earliest(std::size_t overdue, bool startable) const {
        std::size_t best = none;
        for (std::size_t i = 0; i < demands_.size(); ++i) {
            const demand& demand = demands_[i];
            if (demand.empty() || (startable && !may_start(demand))) continue;
            if (overdue != none && i != overdue && are_in_the_way(demand, demands_[overdue])) continue;
            if (best == none || is_before(demand.front(), demands_[best].front())) best = i;
        }
        return best;
    }

    /// The demand whose first test is next: the earliest that may start. None if that one must wait for more of --jobs.
    /// `busy`: for a worker whose own load is already counted.
    std::size_t choose(bool busy) const {
        if (exclusive_runs_) return none;
        std::size_t best = earliest(none, true);
        if (best == none) return none;
        const std::size_t at = position_[demands_[best].front()];
        if (at >= patience_) {
            const std::size_t oldest = earliest(none, false);
            if (at - position_[demands_[oldest].front()] > patience_) best = earliest(oldest, true);
            if (best == none) return none;
        }
        const std::uint32_t added = busy ? 0 : demands_[best].load;
        return load_ + added <= jobs_ ? best : none;
    }

    std::uint64_t batch_key(std::size_t test) const { return batch_keys_.empty() ? 0 : batch_keys_[test]; }

    vector<std::size_t> pop_batch(demand& from, std::size_t most) {
        vector<std::size_t> batch;
        const std::uint64_t key = batch_key(from.front());
        while (!from.empty() && batch.size() < most && batch_key(from.front()) == key) {
            batch.push_back(from.front());
            ++from.head;
        }
        return batch;
    }

    void occupy(lane& lane, std::size_t demand_index) {
        const demand& demand = demands_[demand_index];
        lane.demand = demand_index;
        load_ += demand.load;
        ++busy_lanes_;
        exclusive_runs_ = demand.exclusive;
        for (std::size_t thing : demand.things)
            ++things_[thing].held;
    }

    void release(const lane& lane) {
        const demand& demand = demands_[lane.demand];
        load_ -= demand.load;
        --busy_lanes_;
        if (demand.exclusive) exclusive_runs_ = false;
        for (std::size_t thing : demand.things)
            --things_[thing].held;
    }

    lane& lane_of(std::uint32_t slot) {
        if (slot >= lanes_.size()) lanes_.resize(slot + 1);
        return lanes_[slot];
    }

    std::uint32_t jobs_;
    vector<std::uint64_t> batch_keys_;
    vector<demand> demands_;  // [0]: the unconstrained
    vector<shared_thing> things_;
    vector<lane> lanes_;
    vector<std::size_t> demand_of_;  // by test
    vector<std::size_t> position_;   // by test
    std::size_t next_position_ = 0;
    std::size_t patience_ = 0;  // a test with an earlier position by more than this is overdue
    std::size_t pending_ = 0;
    std::size_t busy_lanes_ = 0;
    std::uint32_t load_ = 0;
    bool exclusive_runs_ = false;
};

}  // namespace cordon::engine::select
