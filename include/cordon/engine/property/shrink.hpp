#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/hash.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/property/choices.hpp>

#include <cstddef>
#include <cstdint>

CORDON_CHEAP_BEGIN

namespace cordon::engine::property {

/// Runs an example from its choices, for the shrinker.
class example_trial {
  public:
    virtual ~example_trial() = default;
    /// True if it fails. `seen` is what it drew, which may differ from the candidate.
    virtual bool fails(const choices& candidate, drawn& seen) = 0;
    /// True if no more trials are allowed.
    virtual bool is_over() = 0;
};

/// Searches the simplest example that fails, after the internal test-case reduction of Hypothesis (MacIver and
/// Donaldson, ECOOP 2020): it changes the choices and lets the generators build the value again. So every candidate is
/// a value that the generators can make.
class shrinker {
  public:
    shrinker(example_trial& trial, drawn failing) : trial_(trial), best_(static_cast<drawn&&>(failing)) {}

    void run() {
        for (std::size_t before = 0; !trial_.is_over(); ++rounds_) {
            before = improvements_;
            remove_elements();
            replace_by_parts();
            remove_choices();
            simplify_each();
            lower_and_remove();
            change_pairs();
            sort_elements();
            if (improvements_ == before) return;
        }
    }

    const drawn& best() const { return best_; }
    /// Candidates that were run.
    std::size_t steps() const { return tried_.size(); }
    std::size_t improvements() const { return improvements_; }

  private:
    using run_of_siblings = vector<std::size_t>;

    /// Runs a candidate that is simpler than the best one, and keeps it if it fails.
    bool accept(const choices& candidate) {
        if (!is_simpler(candidate, best_.made) || trial_.is_over()) return false;
        const std::uint64_t key = hash_of(candidate);
        for (const std::uint64_t each : tried_) {
            if (each == key) return false;
        }
        tried_.push_back(key);
        drawn seen;
        if (!trial_.fails(candidate, seen) || !is_simpler(seen.made, best_.made)) return false;
        best_ = static_cast<drawn&&>(seen);
        ++improvements_;
        return true;
    }

    static std::uint64_t hash_of(const choices& all) {
        std::uint64_t state = all.size();
        for (const choice& each : all)
            state = mix_bits(state * 31 + each.distance * 2 + (each.below ? 1 : 0) + 0x9e3779b97f4a7c15u);
        return state;
    }

    choices without(std::size_t begin, std::size_t end) const {
        choices left = best_.made;
        left.erase(left.begin() + begin, left.begin() + end);
        return left;
    }

    // ---- fewer choices ----

    /// Elements that follow each other in one container, for each container.
    vector<run_of_siblings> siblings() const {
        vector<run_of_siblings> runs;
        for (std::size_t i = 0; i < best_.spans.size(); ++i) {
            const span& each = best_.spans[i];
            if (!each.is_element || each.begin == each.end) continue;
            run_of_siblings* home = nullptr;
            for (run_of_siblings& run : runs) {
                if (best_.spans[run.back()].end == each.begin && best_.spans[run.back()].label == each.label)
                    home = &run;
            }
            if (home == nullptr) home = &runs.emplace_back();
            home->push_back(i);
        }
        return runs;
    }

    /// From the largest containers on, in blocks that become smaller.
    void remove_elements() {
        for (std::size_t at = 0; at < siblings().size(); ++at) {
            std::size_t block = siblings()[at].size();
            for (; block != 0; block /= 2)
                remove_blocks(at, block);
        }
    }
    void remove_blocks(std::size_t at, std::size_t block) {
        for (std::size_t removed_before = static_cast<std::size_t>(-1);;) {
            const vector<run_of_siblings> runs = siblings();
            if (at >= runs.size()) return;
            const run_of_siblings& run = runs[at];
            const std::size_t last = run.size() < removed_before ? run.size() : removed_before;
            if (last < block) return;
            const std::size_t first = last - block;
            accept(without(best_.spans[run[first]].begin, best_.spans[run[last - 1]].end));
            removed_before = first;
        }
    }

    /// A tree becomes one of its branches.
    void replace_by_parts() {
        constexpr std::size_t most = 64;
        for (std::size_t i = 0; i < best_.spans.size(); ++i) {
            std::size_t tries = 0;
            for (std::size_t j = i + 1; j < best_.spans.size() && tries < most; ++j) {
                const span outer = best_.spans[i];
                const span inner = best_.spans[j];
                if (inner.begin >= outer.end) break;
                if (outer.label == nullptr || inner.label != outer.label || inner.is_element != outer.is_element)
                    continue;
                ++tries;
                choices candidate = without(inner.end, outer.end);
                candidate.erase(candidate.begin() + outer.begin, candidate.begin() + inner.begin);
                if (accept(candidate)) j = i;
            }
        }
    }

    /// Whatever the generators made of them; so two lists become one.
    void remove_choices() {
        constexpr std::size_t longest = 1000;
        for (std::size_t count = 3; count != 0 && best_.made.size() <= longest; --count) {
            for (std::size_t i = best_.made.size(); i-- > 1;) {
                if (i + count <= best_.made.size()) accept(without(i, i + count));
            }
        }
    }

    /// For a value that says how many values follow: lowers one and removes a span after it.
    void lower_and_remove() {
        constexpr std::size_t most = 32;
        for (std::size_t i = 0; i < best_.made.size(); ++i) {
            std::size_t tries = 0;
            for (std::size_t j = 0; j < best_.spans.size() && tries < most; ++j) {
                if (i >= best_.made.size() || best_.made[i].distance == 0) break;
                const span each = best_.spans[j];
                if (each.begin <= i || each.begin == each.end) continue;
                ++tries;
                choices candidate = without(each.begin, each.end);
                --candidate[i].distance;
                if (accept(candidate)) j = 0;
            }
        }
    }

    // ---- simpler choices ----

    bool with_choice(std::size_t at, choice value) {
        choices candidate = best_.made;
        candidate[at] = value;
        return accept(candidate);
    }

    void simplify_each() {
        for (std::size_t i = 0; i < best_.made.size(); ++i) {
            const choice now = best_.made[i];
            if (now.distance == 0) continue;
            if (with_choice(i, {0, false}) || choose_first(i)) continue;
            if (now.below) with_choice(i, {now.distance, false});
            lower(i);
            if (other_side(i)) lower(i);
        }
    }

    bool other_side(std::size_t at) {
        if (at >= best_.made.size() || best_.made[at].distance < 2) return false;
        return with_choice(at, {best_.made[at].distance - 1, !best_.made[at].below});
    }

    /// If a choice selects the meaning of the next one, the largest next one may fail.
    bool choose_first(std::size_t at) {
        choices candidate = best_.made;
        if (rounds_ != 0 || at + 1 == candidate.size()) return false;
        candidate[at] = {0, false};
        candidate[at + 1] = {~0ull, false};
        return accept(candidate);
    }

    /// The smallest distance at which it fails, if it fails at all larger ones. Later rounds look only whether a little
    /// less fails now.
    void lower(std::size_t at) {
        if (at >= best_.made.size() || best_.made[at].distance == 0) return;
        const choice now = best_.made[at];
        const bool little = with_choice(at, {now.distance - 1, now.below}) ||
                            (now.distance > 1 && with_choice(at, {now.distance - 2, now.below}));
        if (!little && rounds_ != 0) return;
        std::uint64_t passes = 0;
        while (at < best_.made.size() && best_.made[at].distance > passes + 1) {
            const std::uint64_t middle = passes + (best_.made[at].distance - passes) / 2;
            if (!with_choice(at, {middle, best_.made[at].below})) passes = middle;
        }
    }

    /// Two choices that depend on each other: equal ones, a difference, a sum.
    void change_pairs() {
        constexpr std::size_t near = 8;
        for (std::size_t i = 0; i < best_.made.size(); ++i) {
            for (std::size_t j = i + 1; j < best_.made.size(); ++j) {
                if (i >= best_.made.size() || best_.made[i].distance == 0) break;
                const bool equal = best_.made[i].distance == best_.made[j].distance && best_.made[i].distance > 1;
                if (j > i + near && !equal) continue;
                if (best_.made[j].distance != 0) move_pair(i, j, false);
                if (j <= i + near && !equal) move_pair(i, j, true);
            }
        }
    }

    /// Lowers the first by as much as possible, and with it lowers or raises the second by as much.
    void move_pair(std::size_t i, std::size_t j, bool raises) {
        const std::uint64_t most = most_step(i, j, raises);
        if (!move_by(i, j, most, raises) && !move_by(i, j, most / 2, raises) && !move_by(i, j, 1, raises)) return;
        for (std::uint64_t step = most_step(i, j, raises); step != 0; step /= 2) {
            while (move_by(i, j, step, raises))
                continue;
        }
    }
    bool move_by(std::size_t i, std::size_t j, std::uint64_t step, bool raises) {
        if (step == 0 || step > most_step(i, j, raises)) return false;
        choices candidate = best_.made;
        candidate[i].distance -= step;
        candidate[j].distance += raises ? step : 0 - step;
        return accept(candidate);
    }
    std::uint64_t most_step(std::size_t i, std::size_t j, bool raises) const {
        if (j >= best_.made.size()) return 0;
        const std::uint64_t first = best_.made[i].distance;
        const std::uint64_t second = best_.made[j].distance;
        return raises ? (first < ~second ? first : ~second) : first < second ? first : second;
    }

    /// Exchanges neighbors of one container where this makes the choices simpler.
    void sort_elements() {
        for (bool changed = true; changed;) {
            changed = false;
            for (const run_of_siblings& run : siblings()) {
                for (std::size_t k = 0; k + 1 < run.size() && !changed; ++k)
                    changed = accept(exchanged(best_.spans[run[k]], best_.spans[run[k + 1]]));
            }
        }
    }
    choices exchanged(const span& first, const span& second) const {
        choices candidate = best_.made;
        choice* to = candidate.begin() + first.begin;
        for (std::size_t i = second.begin; i < second.end; ++i)
            *to++ = best_.made[i];
        for (std::size_t i = first.begin; i < first.end; ++i)
            *to++ = best_.made[i];
        return candidate;
    }

    example_trial& trial_;
    drawn best_;
    vector<std::uint64_t> tried_;
    std::size_t improvements_ = 0;
    std::size_t rounds_ = 0;
};

}  // namespace cordon::engine::property

CORDON_CHEAP_END
