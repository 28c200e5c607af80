#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/setup_plan.hpp>
#include <cordon/engine/run/run_context.hpp>
#include <cordon/engine/run/setup_troubles.hpp>
#include <cordon/engine/run/worker_pool.hpp>
#include <cordon/engine/wire/announced_failure.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::run {

/// The setups that each worker has entered, and their results. Lets workers enter and leave setups.
class worker_setups {
  public:
    worker_setups(const run_context& of, worker_pool& workers)
        : run_(of), pool_(workers), slots_(workers.size()), troubles_(of.setups) {}

    enum class step {
        there,      ///< the worker can run the test
        under_way,  ///< the worker enters or leaves a setup, and reports when it is done
        impossible  ///< one of the setups that the test needs has failed
    };
    /// Brings the worker one step closer to the setups that the test needs.
    step go_towards(std::uint32_t slot, std::size_t test);
    /// The attempt of a test that needs a failed setup. `traces` receives what explains the setup's end.
    attempt_result failure_for(std::size_t test, vector<wire::trace>& traces);

    bool is_entering(std::uint32_t slot) const { return slots_[slot].entering.has_value(); }
    /// The process of the setup could not be created; it is tried again later.
    void postpone(std::uint32_t slot);

    // ---- what comes in ----

    // With ticket 0 a setup sends the messages of a test. Returns false if it is not a message of a setup.
    template <class Word>
    bool hear(std::uint32_t, Word&) {
        return false;
    }
    bool hear(std::uint32_t slot, wire::failed_assertion& what);
    bool hear(std::uint32_t slot, wire::trace& what);
    bool hear(std::uint32_t slot, wire::debugger_view& what);
    bool hear(std::uint32_t slot, wire::output& what);
    bool hear(std::uint32_t, wire::output_done&) { return true; }

    enum class change {
        none,      ///< the word was no setup's: the worker is condemned
        happened,  ///< the worker continues
        lost       ///< the setup's process, and what was to run in it
    };
    change on_ready(std::uint32_t slot, const wire::setup_ready& what);
    change on_left(std::uint32_t slot, const wire::left& what);
    void on_worker_end(std::uint32_t slot, const worker_end& how, bool in_order);
    /// Reports once that the program has a thread, so that processes cannot be forked. `who` has started it.
    void note_threads(const char* who);

  private:
    struct place {
        setup_plan::chain entered;  ///< setup groups, the outermost first
        optional<std::uint32_t> entering;
        setup_troubles::words said;
    };

    change refuse(std::uint32_t slot) {
        pool_.condemn(slot, "it reported on a setup that it was not given");
        return change::none;
    }
    void fail(std::uint32_t slot, const wire::left& how);

    const run_context& run_;
    worker_pool& pool_;
    vector<place> slots_;
    setup_troubles troubles_;
    const bool keeps_setups_ = run_.world.machine().keeps_setups;
    bool threads_noted_ = false;
};

worker_setups::step worker_setups::go_towards(std::uint32_t slot, std::size_t test) {
    // An executed test process runs its setups itself.
    if (run_.settings_of(test).isolation == isolate::exec || !keeps_setups_) return step::there;
    place& at = slots_[slot];
    const setup_plan::chain& wanted = run_.setups.chain_of(test);
    if (troubles_.find(wanted) != nullptr) return step::impossible;
    if (at.entered == wanted) return step::there;
    const bool is_below =
        at.entered.size() < wanted.size() && std::equal(at.entered.begin(), at.entered.end(), wanted.begin());
    pool_.begin_switch(slot);
    if (is_below) {
        const std::uint32_t group = wanted[at.entered.size()];
        at.entering = group;
        at.said = {};
        run_.world.send(slot, wire::enter{group, run_.setups.groups[group].setups, run_.chosen.timeout});
    } else {
        run_.world.send(slot, wire::leave{});
    }
    return step::under_way;
}

attempt_result worker_setups::failure_for(std::size_t test, vector<wire::trace>& traces) {
    const setup_troubles::trouble& why = *troubles_.find(run_.setups.chain_of(test));
    return troubles_.result_for(why, run_.world.signal(why.signal).name, traces);
}

void worker_setups::postpone(std::uint32_t slot) {
    slots_[slot].entering.reset();
    pool_.end_switch(slot);
}

bool worker_setups::hear(std::uint32_t slot, wire::failed_assertion& what) {
    wire::take_failure(slots_[slot].said.failures, std::move(what));
    return true;
}

bool worker_setups::hear(std::uint32_t slot, wire::trace& what) {
    slots_[slot].said.traces.push_back(std::move(what));
    return true;
}

bool worker_setups::hear(std::uint32_t slot, wire::debugger_view& what) {
    slots_[slot].said.debugger_view += what.text;
    return true;
}

bool worker_setups::hear(std::uint32_t slot, wire::output& what) {
    captured_output& printed = slots_[slot].said.output;
    printed.dropped += what.dropped_before;
    printed.pieces.push_back({what.from, std::move(what.text), what.dropped_before});
    return true;
}

worker_setups::change worker_setups::on_ready(std::uint32_t slot, const wire::setup_ready& what) {
    place& at = slots_[slot];
    if (at.entering != what.group) return refuse(slot);
    at.entering.reset();
    at.entered.push_back(what.group);
    pool_.on_setup_entered(slot);
    if (what.threads > 1) note_threads("a setup block");
    return change::happened;
}

worker_setups::change worker_setups::on_left(std::uint32_t slot, const wire::left& what) {
    place& at = slots_[slot];
    // When a setup's process ends, the processes of the setups inside it have ended too.
    const auto entered = std::find(at.entered.begin(), at.entered.end(), what.group);
    if (!at.entering && entered == at.entered.end()) return refuse(slot);
    at.entered.erase(entered, at.entered.end());
    if (!at.entering && !what.clean) return change::lost;
    if (at.entering) fail(slot, what);
    at.said = {};
    pool_.end_switch(slot);
    return change::happened;
}

void worker_setups::fail(std::uint32_t slot, const wire::left& how) {
    const std::uint32_t group = *std::exchange(slots_[slot].entering, nullopt);
    troubles_.note(group, how, std::move(slots_[slot].said));
    pool_.on_setup_tried(slot);
}

void worker_setups::on_worker_end(std::uint32_t slot, const worker_end& how, bool in_order) {
    place& at = slots_[slot];
    // A setup that ends its worker is not tried again either.
    const bool by_itself = !in_order && worker_ends::known_reason(pool_[slot], how).empty();
    if (at.entering && by_itself && pool_[slot].greeted)
        fail(slot, {*at.entering, false, false, how.by_signal, how.code});
    at = place();
}

void worker_setups::note_threads(const char* who) {
    if (std::exchange(threads_noted_, true) || run_.settings.isolation == isolate::exec) return;
    const char* or_wrapper = run_.chosen.wrapper.empty() ? "" : ", or the command of --wrap,";
    run_.say(notice::level::warning, std::string(who) + or_wrapper +
                                         " has started a thread, so cordon cannot fork safely: it starts the program "
                                         "anew for each test (as with --isolate=exec), which is slower");
}

}  // namespace cordon::engine::run

CORDON_CHEAP_END
