#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/result.hpp>
#include <cordon/engine/exec/branch_note.hpp>
#include <cordon/engine/exec/link.hpp>
#include <cordon/engine/exec/outlet.hpp>
#include <cordon/engine/os/process.hpp>
#include <cordon/engine/os/shared_memory.hpp>
#include <cordon/engine/wire/marker.hpp>
#include <cordon/engine/wire/message.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::exec {

// Where processes cannot be copied, the block of an exit check runs in a replica: this program, started again, which
// runs the test up to that check. What the test does before happens there a second time.

/// Tells nobody: all that a replica does before its check was told by the test.
class silent_outlet : public outlet {
    void put(std::uint8_t, std::string_view) override {}
};

/// What a replica of the running test needs. In a replica: which check it is for.
struct replica_plan {
    const link* connection = nullptr;  ///< null: this process cannot be replicated
    const wire::configure* settings = nullptr;
    const wire::work_item* item = nullptr;
    const std::string* temp_root = nullptr;
    std::uint32_t checks = 0;       ///< exit checks that the test has met
    branch_note* target = nullptr;  ///< in a replica: its note

    /// At an exit check. True: its block is not for this replica, which goes on.
    bool passes_by() { return ++checks != wanted() && target != nullptr; }
    bool is_there() const { return target != nullptr && checks == wanted(); }

  private:
    std::uint32_t wanted() const { return target != nullptr ? target->check.load() : 0; }
};

replica_plan replica_here;

/// Starts a replica for the check that the test is at. `output` becomes both of its streams.
result<os::process_id> start_replica(const os::shared_memory& note, const os::descriptor& output) {
    const replica_plan& plan = replica_here;
    if (plan.connection == nullptr)
        return error{"start the program again", 0, "tests that run in the first process cannot be started again"};
    result<os::pipe_ends> commands = os::make_pipe();
    if (!commands) return commands.failure();
    wire::marker marker = plan.connection->marker;
    std::string frames;
    wire::append_command(frames, marker.key, 1, *plan.settings);
    wire::append_command(frames, marker.key, 2, wire::run{{*plan.item}});
    const status written = os::write_all(commands.value().write, frames);
    if (!written) return written.failure();
    marker.as = wire::marker::role::replica;
    marker.parent = os::own_process_id();
    marker.wrapped = false;
    marker.commands = os::number_of(commands.value().read.native());
    marker.events = os::number_of(plan.connection->events.native());
    marker.lane = plan.connection->memory.handle();
    marker.out = note.handle();
    marker.err = -1;
    os::spawn_request request;
    request.arguments = os::own_arguments();
    for (std::string& each : os::environment()) {
        if (each.rfind("TEST_TMPDIR=", 0) != 0) request.environment.push_back(std::move(each));
    }
    request.environment.push_back("TEST_TMPDIR=" + *plan.temp_root);  // not the folder that the test has there
    request.environment.push_back(std::string(wire::marker_name) + "=" + wire::marker_text(marker));
    request.output = request.errors = output.native();
    for (const long long each : {marker.commands, marker.events, marker.lane, marker.out})
        request.inherited.push_back(os::handle_of(each));
    request.patience = os::fork_patience;
    return os::spawn_self(request);
}

}  // namespace cordon::engine::exec

CORDON_CHEAP_END
