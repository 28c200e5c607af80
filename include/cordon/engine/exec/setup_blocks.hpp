#pragma once

#include <cordon/api/config.hpp>
#include <cordon/api/test_case.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/sort.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/exec/context.hpp>
#include <cordon/engine/exec/outlet.hpp>
#include <cordon/engine/exec/registry.hpp>
#include <cordon/engine/exec/unwind.hpp>
#include <cordon/engine/model/setup_failure.hpp>
#include <cordon/engine/os/process.hpp>
#include <cordon/engine/os/signal.hpp>
#include <cordon/engine/wire/lane.hpp>
#include <cordon/engine/wire/message.hpp>

#include <string>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::exec {

/// The clock of the process that runs setups: its worker may wake up too late to see that they exceed their limit.
class setup_clock {
  public:
    /// A `limit` of 0 does not end the setup. `left_out`: how long the run was suspended before `began`.
    setup_clock(const wire::lane& lane, instant began, duration left_out, duration limit)
        : lane_(lane), began_(began), left_out_(left_out), limit_(limit) {}
    setup_clock(const wire::lane& lane, duration limit)
        : setup_clock(lane, now(), duration(lane->suspended_for.load()), limit) {}

    bool is_late() const {
        return limit_ != duration{0} && now() - began_ - (duration(lane_->suspended_for.load()) - left_out_) > limit_;
    }

  private:
    const wire::lane& lane_;
    instant began_;
    duration left_out_;
    duration limit_;
};

/// Runs one setup block and reports its failures under `ticket`. SKIP counts as a failure, because the tests do not get
/// what they need.
bool run_setup(const detail::setup& block, outlet& to, std::uint32_t ticket) {
    test_context& current = context();
    current.begin(to, ticket);
    current.begin_pass();
    run_guarded([](const void* body) { static_cast<const detail::setup*>(body)->body(); }, &block);
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

/// Runs setup blocks in order, until one fails.
bool run_setups(const vector<const detail::setup*>& blocks, outlet& to, std::uint32_t ticket) {
    for (const detail::setup* block : blocks) {
        if (!run_setup(*block, to, ticket)) return false;
    }
    return true;
}

/// The failure of a test whose process ended in the setup block with that number (0: in none), which the process could
/// not report itself.
optional<failure> failure_by_setup(std::uint32_t number, const wire::ended& end) {
    const bool timed_out = end.why == wire::stopped_by::timeout;
    if (number == 0 || (end.why != wire::stopped_by::itself && !timed_out)) return nullopt;
    const vector<const detail::setup*> blocks = setups_at({number - 1});
    if (blocks.empty()) return nullopt;
    seen all;
    all.process = seen::process_end{end.by_signal, end.code, end.cut_short, end.why};
    return setup_failure(suite_path(blocks.front()->owner), blocks.front()->where,
                         describe_setup_end(ending_of(all).how, os::signal_name(end.code), end.code));
}

/// The setups that a test needs, outermost first, without the plan of a whole run.
vector<const detail::setup*> setups_for(const detail::test_case& test) {
    vector<const detail::setup*> wanted;
    if (first_setup == nullptr) return wanted;
    const std::string path = suite_path(test.owner);
    for (const detail::setup* each : all_setups()) {
        if (suite_holds(suite_path(each->owner), path)) wanted.push_back(each);
    }
    sort(wanted, [](const detail::setup* a, const detail::setup* b) {
        return suite_path(a->owner).size() < suite_path(b->owner).size();
    });
    return wanted;
}

/// Runs the setups of an executed test. If one fails, the end of the test is reported. If one ends the process, its
/// number in the lane tells the worker which one it was. `limit`: of all of them.
bool set_up_for(const wire::work_item& item, const detail::test_case& test, wire::lane lane, journal_outlet& to,
                duration limit) {
    const setup_clock clock(lane, limit);
    for (const detail::setup* block : setups_for(test)) {
        if (lane->started.load() == 0) lane->started.store(now().time_since_epoch().count());
        lane->setting_up.store(number_of(*block));
        const bool succeeded = run_setup(*block, to, item.ticket);
        lane->setting_up.store(0);
        const bool late = clock.is_late();
        if (succeeded && !late) continue;
        const ending how = late ? ending::timed_out : ending::failed;
        context().record(setup_failure(suite_path(block->owner), block->where, describe_setup_end(how, {}, 0)));
        wire::finished& message = context().end();
        if (late) message.how = wire::finish::late;
        to.say(message);
        return false;
    }
    return true;
}

}  // namespace cordon::engine::exec

CORDON_CHEAP_END
