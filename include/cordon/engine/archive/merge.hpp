#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/hash.hpp>
#include <cordon/engine/base/hash_index.hpp>
#include <cordon/engine/base/quote.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/codec/codec.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/model/sink.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

// Several recordings as one run. They are read twice. The first reading finds what is in each and whether they belong
// together. The second passes on their events, translated.

CORDON_CHEAP_BEGIN

namespace cordon::engine::archive {

/// How much a recording knows about a test.
enum class knowledge : std::uint8_t { nothing, selected, not_run, ran };

/// One of the recordings, after the first reading.
struct part {
    std::string path;
    run_started begin;
    run_finished end;
    bool whole = false;
    vector<knowledge> tests;  ///< by test of its list

    void on(const event& happened) {
        if (const auto* run = happened.get_if<run_started>()) {
            begin = run_started(*run);
            tests.assign(begin.list->tests.size(), knowledge::nothing);
            for (const std::size_t test : begin.selected)
                tests[test] = knowledge::selected;
        } else if (const auto* finished = happened.get_if<test_finished>()) {
            tests[finished->test] = finished->what == verdict::not_run ? knowledge::not_run : knowledge::ran;
        } else if (const auto* last = happened.get_if<run_finished>()) {
            end = run_finished(*last);
            whole = true;
        }
    }
};

class merge {
  public:
    /// The parts are sorted by shard; others keep the given order.
    explicit merge(vector<part> parts) : parts_(std::move(parts)) {
        order_parts();
        join_lists();
        check_parts();
        check_shards();
        share_out();
        describe();
    }

    const vector<part>& parts() const { return parts_; }
    /// Why these are not the parts of one run, one line each; empty if they are.
    const vector<std::string>& problems() const { return problems_; }

    const run_started& begin() const { return begin_; }
    const run_finished& end() const { return end_; }

    /// Passes on an event of a part as one of the whole run. Leaves out the beginning, the end, and tests that another
    /// part knows better.
    void pass(std::size_t from, event happened, sink& to) const {
        if (auto* begun = happened.get_if<attempt_started>()) {
            begun->slot += slots_[from];
            if (!translate(from, begun->test)) return;
        } else if (auto* arrived = happened.get_if<output_arrived>()) {
            if (!translate(from, arrived->test)) return;
        } else if (auto* ended = happened.get_if<attempt_ended>()) {
            ended->result.slot += slots_[from];
            if (!translate(from, ended->result.test)) return;
        } else if (auto* finished = happened.get_if<test_finished>()) {
            if (!translate(from, finished->test)) return;
        } else if (auto* flake = happened.get_if<flake_found>()) {
            if (!translate(from, flake->what.test)) return;
        } else if (auto* worker = happened.get_if<worker_started>()) {
            worker->slot += slots_[from];
        } else if (auto* lost = happened.get_if<worker_lost>()) {
            lost->slot += slots_[from];
        } else if (!happened.get_if<notice>()) {
            return;
        }
        to.on(happened);
    }

    /// After all parts: the tests that no part knows more about than that they were selected. Returns their number.
    std::size_t pass_missing(sink& to) const {
        std::size_t missing = 0;
        for (const std::size_t test : begin_.selected) {
            if (known_[test] != knowledge::nothing) continue;
            to.on(test_finished{test, verdict::not_run, "in no recording"});
            ++missing;
        }
        return missing;
    }

  private:
    static constexpr std::uint32_t nobody = 0xFFFFFFFF;
    static constexpr std::size_t most_named = 10;

    static std::uint32_t place_of(const part& of) { return of.begin.info.shard ? of.begin.info.shard->index : 0; }

    /// There are few parts: insert each at its place among those before it, which keeps equal ones in order.
    void order_parts() {
        for (std::size_t i = 1; i < parts_.size(); ++i) {
            for (std::size_t at = i; at > 0 && place_of(parts_[at]) < place_of(parts_[at - 1]); --at)
                std::swap(parts_[at], parts_[at - 1]);
        }
    }

    bool translate(std::size_t from, std::size_t& test) const {
        test = place(from, test);
        return owner_[test] == from;
    }
    std::size_t place(std::size_t from, std::size_t test) const {
        return places_[from].empty() ? test : places_[from][test];
    }

    std::string title(std::size_t test) const {
        const test_info& info = begin_.list->tests[test];
        return quoted((info.suite.empty() ? "" : std::string(info.suite) + "/") + std::string(info.name));
    }

    /// One list for all: the first part's list, followed by tests that only others have.
    void join_lists() {
        places_.resize(parts_.size());
        begin_.list = parts_[0].begin.list;
        test_list joined;
        hash_index names;
        for (std::size_t i = 0; i < parts_.size(); ++i) {
            const test_list& list = *parts_[i].begin.list;
            if (list.hash == begin_.list->hash && list.tests.size() == begin_.list->tests.size()) continue;
            if (joined.tests.empty()) enter(*begin_.list, joined, names);
            places_[i] = enter(list, joined, names);
        }
        if (joined.tests.empty()) return;
        joined.hash = begin_.list->hash;
        // Copied through its bytes, so that the list owns its texts.
        const std::shared_ptr<const test_list> borrowed(std::shared_ptr<void>(), &joined);
        std::string bytes;
        codec::encoder<std::string, codec::form::lasting>{bytes}(borrowed);
        codec::decoder<codec::form::lasting>{bytes}(begin_.list);
    }

    static vector<std::size_t> enter(const test_list& list, test_list& joined, hash_index& names) {
        vector<std::size_t> places;
        places.reserve(list.tests.size());
        for (const test_info& test : list.tests) {
            const std::size_t next = joined.tests.size();
            const std::uint64_t hash = fast_hash(test.name, fast_hash(test.suite));
            places.push_back(names.find_or_enter(hash, next, [&](std::size_t other) {
                return joined.tests[other].name == test.name && joined.tests[other].suite == test.suite;
            }));
            if (places.back() == next) joined.tests.push_back(test);
        }
        return places;
    }

    void check_parts() {
        const part& first = parts_[0];
        for (const part& each : parts_) {
            const run_info& run = each.begin.info;
            if (each.begin.list->hash != first.begin.list->hash) {
                problem(each.path + " has other tests than " + first.path);
            } else if (run.build_id != first.begin.info.build_id) {
                problem(each.path + " is of another build than " + first.path);
            }
            if (!each.whole) problem(each.path + " ends before its run did");
        }
    }

    void check_shards() {
        const optional<shard_choice>& first = parts_[0].begin.info.shard;
        std::uint32_t expected = 1;
        for (std::size_t i = 0; i < parts_.size(); ++i) {
            const optional<shard_choice>& shard = parts_[i].begin.info.shard;
            if (!shard != !first || (shard && (shard->count != first->count || shard->by_hash != first->by_hash ||
                                               shard->by_time != first->by_time))) {
                problem(parts_[i].path + " is " + in_words(shard) + ", but " + parts_[0].path + " is " +
                        in_words(first));
                return;
            }
            if (!shard) continue;
            missing(expected, shard->index, shard->count);
            if (shard->index + 1 == expected) {
                problem(parts_[i - 1].path + " and " + parts_[i].path + " are both " + in_words(shard));
            }
            expected = shard->index + 1;
        }
        if (first) missing(expected, first->count + 1, first->count);
    }

    void missing(std::uint32_t from, std::uint32_t to, std::uint32_t count) {
        for (std::uint32_t index = from; index < to; ++index) {
            if (index - from == most_named)
                return problem("and " + std::to_string(to - index) + " more shards are missing");
            problem("shard " + std::to_string(index) + " of " + std::to_string(count) + " is missing");
        }
    }

    static std::string in_words(const optional<shard_choice>& shard) {
        if (!shard) return "a whole run";
        return std::string("shard ") +
               (shard->by_hash   ? "hash:"
                : shard->by_time ? "time:"
                                 : "") +
               std::to_string(shard->index) + " of " + std::to_string(shard->count);
    }

    /// Decides which part reports each test: the one that knows most, the last of several.
    void share_out() {
        const std::size_t count = begin_.list->tests.size();
        owner_.assign(count, nobody);
        known_.assign(count, knowledge::nothing);
        vector<std::string> twice, nowhere;
        for (std::size_t i = 0; i < parts_.size(); ++i) {
            for (std::size_t old = 0; old < parts_[i].tests.size(); ++old) {
                const knowledge known = parts_[i].tests[old];
                const std::size_t test = place(i, old);
                if (known == knowledge::nothing || known < known_[test]) continue;
                if (known == knowledge::ran && known_[test] == knowledge::ran) {
                    twice.push_back("the test " + title(test) + " ran in " + parts_[owner_[test]].path + " and in " +
                                    parts_[i].path);
                }
                known_[test] = known;
                owner_[test] = static_cast<std::uint32_t>(i);
            }
        }
        select();
        for (const std::size_t test : begin_.selected) {
            if (known_[test] <= knowledge::selected)
                nowhere.push_back("the test " + title(test) + " ran in none of them");
        }
        name_some(twice, "ran twice");
        name_some(nowhere, "ran in none of them");
    }

    /// The plan of the whole run: the parts' tests in their order, then selected tests that are in no part.
    void select() {
        for (std::size_t i = 0; i < parts_.size(); ++i) {
            for (const std::size_t old : parts_[i].begin.selected) {
                const std::size_t test = place(i, old);
                if (owner_[test] == i) begin_.selected.push_back(test);
            }
        }
        vector<bool> entered(owner_.size(), false);
        for (std::size_t i = 0; i < parts_.size(); ++i) {
            for (const std::size_t old : parts_[i].begin.unsharded) {
                const std::size_t test = place(i, old);
                if (owner_[test] != nobody || entered[test]) continue;
                entered[test] = true;
                begin_.selected.push_back(test);
            }
        }
    }

    void name_some(const vector<std::string>& lines, const char* what) {
        for (std::size_t i = 0; i < lines.size(); ++i) {
            if (i == most_named) return problem("and " + std::to_string(lines.size() - i) + " more tests " + what);
            problem(std::string(lines[i]));
        }
    }

    void describe() {
        begin_.info = run_info(parts_[0].begin.info);
        begin_.info.shard.reset();
        begin_.info.jobs = 0;
        for (const part& each : parts_) {
            const run_info& run = each.begin.info;
            slots_.push_back(begin_.info.jobs);
            begin_.info.jobs += run.jobs;
            begin_.info.started_at = std::min(begin_.info.started_at, run.started_at);
            end_.took = std::max(end_.took, each.end.took);
            begin_.info.build_key = joined(begin_.info.build_key, run.build_key);
            if (end_.cancelled_by == 0) end_.cancelled_by = each.end.cancelled_by;
            if (end_.stopped_because.empty()) end_.stopped_because = each.end.stopped_because;
            end_.peak_rss_bytes = std::max(end_.peak_rss_bytes, each.end.peak_rss_bytes);
            end_.in_trouble = end_.in_trouble || each.end.in_trouble;
        }
        begin_.info.filtered_out = static_cast<std::uint32_t>(begin_.list->tests.size() - begin_.selected.size());
    }

    /// The whole run is as comparable as its parts. In shared processes the shard is an input: then each has its own.
    static std::uint64_t joined(std::uint64_t one, std::uint64_t other) {
        if (one == 0 || other == 0) return 0;
        return one == other ? one : mix_bits(one ^ mix_bits(other));
    }

    void problem(std::string line) { problems_.push_back(std::move(line)); }

    vector<part> parts_;
    vector<vector<std::size_t>> places_;  // by part, the indices of its tests in the whole list; empty: unchanged
    vector<std::uint32_t> slots_;         // by part, the first of its slots
    vector<std::uint32_t> owner_;         // by test
    vector<knowledge> known_;             // by test
    run_started begin_;
    run_finished end_;
    vector<std::string> problems_;
};

}  // namespace cordon::engine::archive

CORDON_CHEAP_END
