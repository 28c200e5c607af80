#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/exec/crash.hpp>
#include <cordon/engine/exec/exit_check.hpp>
#include <cordon/engine/exec/generate.hpp>
#include <cordon/engine/exec/hooks.hpp>
#include <cordon/engine/exec/in_process.hpp>
#include <cordon/engine/exec/link.hpp>
#include <cordon/engine/exec/matchers.hpp>
#include <cordon/engine/exec/process_life.hpp>
#include <cordon/engine/exec/property.hpp>
#include <cordon/engine/exec/registry.hpp>
#include <cordon/engine/exec/setup_blocks.hpp>
#include <cordon/engine/exec/snapshots.hpp>
#include <cordon/engine/exec/stack_fill.hpp>
#include <cordon/engine/exec/worker.hpp>
#include <cordon/engine/os/coverage.hpp>
#include <cordon/engine/os/surroundings.hpp>

#include <cerrno>
#include <string>
#include <type_traits>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::exec {

/// Waits for the command that fills `wanted`; ignores others. False: the pipe closed first.
template <class Wanted>
bool await(command_reader& commands, const os::descriptor& pipe, Wanted& wanted) {
    bool found = false;
    const auto take = [&](auto& command) {
        if constexpr (std::is_same_v<Wanted, std::decay_t<decltype(command)>>) {
            wanted = std::move(command);
            found = true;
        }
    };
    while (true) {
        while (!found && commands.next(take)) {
        }
        if (found) return true;
        if (commands.damaged()) return false;
        os::wait_readable(pipe);
        if (!commands.read()) return false;
    }
}

/// Changes the conditions of this process, and so of its tests.
status change_surroundings(const condition::for_worker& wanted) {
    stack_fill = wanted.stack_fill;
    if (!wanted.any()) return ok();
    status done = ok();
    const auto unless_failed = [&done](bool asked, auto change) {
        if (done && asked) done = change();
    };
    unless_failed(wanted.processors != 0, [&] { return os::use_processors(wanted.processors); });
    unless_failed(wanted.timer_slack != duration{0}, [&] { return os::set_timer_slack(wanted.timer_slack); });
    unless_failed(wanted.niceness != 0, [&] { return os::be_nice(wanted.niceness); });
    unless_failed(wanted.open_files != 0, [&] { return os::limit_open_files(wanted.open_files); });
    unless_failed(!wanted.folder.empty(), [&] { return os::change_folder(wanted.folder); });
    if (wanted.file_mask != 0) os::set_file_mask(wanted.file_mask - 1);
    return done;
}

void set_environment(const wire::configure& settings) {
    for (const auto& [name, value] : settings.environment) {
        os::set_environment(name, value);
    }
}

/// The main function of a worker: sends hello, reads the settings of the run, serves. Returns the process's exit code.
int be_worker(link& connection) {
    const registered_tests tests = all_tests();
    os::name_process_after_program();
    os::hold_back_signals();
    os::hold_back_broken_pipes();
    // A worker does not die with its parent. It sees that the command pipe closes, and then must end the processes of
    // its tests.
    os::adopt_orphans();
    prepare_for_tests();
    describe_crashes(connection.lane());
    os::write_coverage_when_asked_to_end();
    os::print_line_by_line();
    journal_outlet outlet(connection.lane(), connection.events, connection.lane().server_level());
    outlet.say(wire::hello{tests.hash, static_cast<std::uint32_t>(tests.tests.size()), os::thread_count()});
    outlet.flush();
    command_reader commands(connection.commands, connection.marker.key);
    wire::configure settings;
    if (!await(commands, connection.commands, settings) || settings.list_hash != tests.hash) return 0;
    set_environment(settings);
    context().subcases().choose(settings.subcases);
    snapshots_here.settings = settings.snapshots;
    context().choose_way(settings.way);
    result<capture> output = capture::open(settings);
    const status changed = change_surroundings(settings.under);
    if (!output || !changed) {
        outlet.say(wire::trouble{0, os::describe(output ? changed.failure() : output.failure())});
        outlet.flush();
        return 0;
    }
    workplace at(connection, tests, settings, std::move(output.value()));
    worker(at, commands).serve();
    return 0;
}

/// The index of a test means nothing here, because this process has made other tests than the supervisor.
int refuse_other_tests(const wire::work_item& item, journal_outlet& outlet) {
    context().begin(outlet, item.ticket);
    failure what;
    what.kind = failure_kind::process;
    what.message =
        "the test's process has other tests than the run: values of TEST_CASE_PARAMS and tests of add_test must be the "
        "same in each process";
    context().record(std::move(what));
    outlet.say(context().end());
    leave_after_tests();
}

/// What executed processes of tests do first. False: there is nothing to do.
bool begin_executed(link& connection, const registered_tests& tests, wire::configure& settings, wire::run& work) {
    prepare_for_tests();
    describe_crashes(connection.lane());
    os::write_coverage_when_asked_to_end();
    os::print_line_by_line();
    os::name_process_after_program();
    os::die_with_parent(connection.marker.wrapped ? os::parent_process_id() : connection.marker.parent);
    command_reader commands(connection.commands, connection.marker.key);
    if (!await(commands, connection.commands, settings) || !await(commands, connection.commands, work)) return false;
    for (const wire::work_item& each : work.items) {
        if (each.test >= tests.tests.size()) return false;
    }
    if (work.items.empty()) return false;
    if (settings.on_timeout != timeout_view::stacks) os::allow_debuggers();
    stack_fill = settings.under.stack_fill;
    context().subcases().choose(settings.subcases);
    snapshots_here.settings = settings.snapshots;
    context().choose_way(settings.way);
    environment_of_tests().set_slot(settings.slot);
    environment_of_tests().describe(*tests.tests[work.items[0].test], work.items[0]);
    return true;
}

/// An executed test process: runs the setups that its test needs, then the test.
int be_test_process(link& connection) {
    const registered_tests tests = all_tests();
    if (os::can_fork()) connection.memory.close_object();
    wire::configure settings;
    wire::run work;
    if (!begin_executed(connection, tests, settings, work)) return 0;
    const wire::work_item& item = work.items[0];
    const wire::lane lane = connection.lane();
    journal_outlet outlet(lane, connection.events, lane.test_level());
    replica_here.connection = &connection;
    replica_here.settings = &settings;
    const temp_policy temp{os::temp_root(), settings.worker, settings.keep_temp};
    if (settings.list_hash != tests.hash) return refuse_other_tests(item, outlet);
    errno = 0;
    if (set_up_for(item, *tests.tests[item.test], lane, outlet, settings.setup_limit)) {
        if (looks_back(settings)) os::remember_state(attention_to_leftovers(settings));
        const os::descriptor out = os::adopt_descriptor(connection.marker.out, os::descriptor_kind::pipe);
        const os::descriptor err = os::adopt_descriptor(connection.marker.err, os::descriptor_kind::pipe);
        test_process(tests, lane, outlet, temp, settings)
            .run(work_batch(work.items, 0, work.items.size()), {out ? &out : nullptr, err ? &err : nullptr});
    }
    // It does not return, because static destructors and leftover threads of the test still report through objects in
    // this function.
    leave_after_tests();
}

/// A replica of a test: see replica.hpp. Never reports anything itself.
int be_replica(link& connection) {
    const registered_tests tests = all_tests();
    wire::configure settings;
    wire::run work;
    result<os::shared_memory> note = os::shared_memory::attach(connection.marker.out, sizeof(branch_note));
    if (!note || !begin_executed(connection, tests, settings, work) || settings.list_hash != tests.hash) return 0;
    replica_here.target = static_cast<branch_note*>(note.value().address());
    os::describe_crash_in(replica_here.target->crash);
    const wire::work_item& item = work.items[0];
    silent_outlet nobody;
    errno = 0;
    for (const detail::setup* block : setups_for(*tests.tests[item.test])) {
        if (!run_setup(*block, nobody, item.ticket)) os::leave_now(0);
    }
    const std::string root = os::temp_root();
    current_temp_folder().begin({&root, settings.worker, item.ticket}, &connection.lane()->temp_folder);
    run_attempt(*tests.tests[item.test], item, nobody);
    os::leave_now(0);  // it has not met its check
}

}  // namespace cordon::engine::exec

CORDON_CHEAP_END
