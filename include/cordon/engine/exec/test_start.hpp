#pragma once

#include <cordon/engine/base/result.hpp>
#include <cordon/engine/exec/leftover_policy.hpp>
#include <cordon/engine/exec/process_life.hpp>
#include <cordon/engine/exec/test_process.hpp>
#include <cordon/engine/exec/workplace.hpp>
#include <cordon/engine/os/lineage.hpp>
#include <cordon/engine/os/machine.hpp>
#include <cordon/engine/os/signal.hpp>

#include <cerrno>
#include <string>

namespace cordon::engine::exec {

/// In the fork of a worker: does what the batch says, and leaves. Writes to nothing of the worker's: each page would
/// have to be copied.
[[noreturn]] CORDON_HOT void become_test(const workplace& from, const work_batch& batch) {
    os::die_with_parent(from.own_id);
    if (from.has_terminal()) {
        os::lead_own_session();
    } else {
        os::lead_own_group(0);
    }
    os::restore_signals();
    if (from.settings.on_timeout != timeout_view::stacks) os::allow_debuggers();
    if (from.settings.capture) os::redirect_output(from.output.out().write, from.output.err().write);
    os::close_in_copy(from.connection.memory.object());
    os::close_in_copy(from.ends_of_children);  // or it passes for one that handles signals
    if (!os::can_die_with_parent()) from.lane->process.store(os::own_process_id());
    if (batch.size() == 1) os::expect_few_clock_reads();
    journal_outlet outlet(from.lane, from.connection.events, from.lane.test_level());
    test_process work(from.tests, from.lane, outlet, from.temp, from.settings);
    const test_process::own_output output{&from.output.out().read, &from.output.err().read};
    if (batch.size() > 1 && batch.front().mode == isolate::rewind) work.run_rewound(batch, output);
    work.run(batch, output);
    leave_after_tests();
}

CORDON_HOT result<os::process_id> fork_test(const workplace& from, const work_batch& batch) {
    if (errno != 0) errno = 0;  // a test finds none; here it costs no test a page
    result<os::process_id> made = os::fork_process(os::fork_patience);
    if (made && made.value() == 0) become_test(from, batch);
    return made;
}

/// In exec mode the test process is this program, started again. It reads its items from its own pipe, as a worker
/// reads commands.
result<os::process_id> execute_test(const workplace& from, const work_batch& batch) {
    wire::run work;
    work.items.append(batch.begin(), batch.end());
    result<os::pipe_ends> commands = os::make_pipe();
    if (!commands) return commands.failure();
    std::string frames;
    wire::append_command(frames, from.connection.marker.key, 1, from.settings);
    wire::append_command(frames, from.connection.marker.key, 2, work);
    const status written = os::write_all(commands.value().write, frames);  // the pipe has room for a batch
    if (!written) return written.failure();
    wire::marker marker = from.connection.marker;
    marker.as = wire::marker::role::test_process;
    marker.parent = os::own_process_id();
    marker.wrapped = !from.settings.wrapper.empty();
    marker.commands = os::number_of(commands.value().read.native());
    os::spawn_request request;
    request.arguments = os::own_arguments();
    request.wrapper = from.settings.wrapper;
    if (from.settings.capture) {
        request.output = from.output.out().write.native();
        request.errors = from.output.err().write.native();
    }
    request.new_session = from.has_terminal();
    request.inherited = {os::handle_of(marker.commands), os::handle_of(marker.events), os::handle_of(marker.lane)};
    if (batch.size() > 1) {
        marker.out = os::number_of(from.output.out().read.native());
        marker.err = os::number_of(from.output.err().read.native());
        request.inherited.push_back(os::handle_of(marker.out));
        request.inherited.push_back(os::handle_of(marker.err));
    }
    request.environment = os::environment();
    request.environment.push_back(std::string(wire::marker_name) + "=" + wire::marker_text(marker));
    request.patience = os::fork_patience;
    return os::spawn_self(request);
}

/// Starts the process of the batch, in which there is at least one item.
CORDON_HOT result<os::process_id> start_test(workplace& from, const work_batch& batch) {
    const wire::work_item& first = batch.front();
    from.prepare_lane(batch);
    environment_of_tests().describe(*from.tests.tests[first.test], first);
    if (first.mode == isolate::exec || !from.may_fork) return execute_test(from, batch);
    return fork_test(from, batch);
}

}  // namespace cordon::engine::exec
