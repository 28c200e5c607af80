#pragma once

#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/wire/message.hpp>

#include <limits>
#include <string>

// One message of every kind, with no field at its default.

namespace samples {

using namespace cordon::engine;
using namespace cordon::engine::wire;

inline std::string any_bytes() {
    std::string text;
    for (int byte = 0; byte < 256; ++byte)
        text.push_back(static_cast<char>(byte));
    return text;
}

inline work_item item(std::uint32_t ticket) {
    work_item made;
    made.ticket = ticket;
    made.test = 7;
    made.number = 2;
    made.of = 4;
    made.mode = cordon::isolate::shard;
    made.fresh = true;
    made.snapshot = true;
    made.seed = std::numeric_limits<std::uint64_t>::max();
    made.timeout = std::chrono::milliseconds(1500);
    made.memory_limit = std::uint64_t{1} << 40;
    return made;
}

inline vector<command> commands() {
    configure all;
    all.list_hash = 0x8000000000000000u;
    all.slot = 3;
    all.worker = 4711;
    all.grace = std::chrono::seconds(2);
    all.setup_limit = std::chrono::seconds(60);
    all.setup_limit = std::chrono::seconds(3);
    all.output_limit = 1024 * 1024;
    all.live_output = true;
    all.keep_temp = true;
    all.capture = false;
    all.one_by_one = true;
    all.leaks = leak_policy::fail;
    all.environment = {{"NAME", "value"}, {"", any_bytes()}};
    all.snapshots = {snapshot_update::fresh, true, true, "/folder"};
    return {all,       run{{item(1), item(128), item(std::numeric_limits<std::uint32_t>::max())}},
            leave(),   enter{2, {0, 5, 300}, std::chrono::seconds(60)},
            cancel(),  surrender(),
            suspend(), resume(),
            ping(),    proceed()};
}

inline failed_assertion a_failure() {
    failed_assertion made;
    made.ticket = 9;
    made.what.kind = failure_kind::exception;
    made.what.macro = "CHECK_EQ";
    made.what.expression = "a == b";
    made.what.left = any_bytes();
    made.what.op = "==";
    made.what.right = std::string(70000, 'x');
    made.what.message = "why";
    made.what.file = "a.cpp";
    made.what.line = 77;
    made.what.subcase = {"outer", "", "inner"};
    made.what.info = {"one", "two"};
    return made;
}

inline ended an_end() {
    ended made;
    made.ticket = 9;
    made.pid = -5;
    made.by_signal = true;
    made.code = std::numeric_limits<std::int32_t>::min();
    made.why = stopped_by::cancelled;
    made.out_of_memory = true;
    made.forked = duration(1);
    made.started = duration(-2);
    made.gone = duration::max();
    made.usage.user = duration::min();
    made.usage.system = duration(4);
    made.usage.max_rss_bytes = 5;
    made.usage.minor_faults = 7;
    made.usage.major_faults = 8;
    made.usage.voluntary_switches = 9;
    made.usage.involuntary_switches = 10;
    made.orphans = 6;
    made.orphan_commands = {"sleep 100", any_bytes()};
    made.goes_on = true;
    return made;
}

inline trace a_trace() {
    trace made;
    made.ticket = 9;
    made.when = wire::moment::near_limit;
    made.at = duration(21);
    made.by_program = true;
    made.told_address = fault_address::not_told;
    made.address = 0xFFFFFFFFFFFFFFFFu;
    made.stack_pointer = 22;
    made.place.macro = "CHECK";
    made.place.expression = any_bytes();
    made.place.file = "a.cpp";
    made.place.line = 23;
    made.place.subcase = {"outer", ""};
    made.place.info = {any_bytes()};
    made.threads = {
        {24, "name", duration(25), duration(28), true, 32, true, true, 31, "futex", 26, {27, 0x7FFFFFFFFFFFFFFFu}}, {}};
    made.modules = {{28, 29, 30, "/bin/a"}};
    return made;
}

inline vector<report> reports() {
    finished done;
    done.ticket = 9;
    done.how = finish::skipped;
    done.has_output = true;
    done.out_of_memory = true;
    done.started = duration(11);
    done.ended = duration(12);
    done.assertions = 13;
    done.failed_assertions = 14;
    done.failures_dropped = 15;
    done.reason = "not here";
    return {hello{0xFEDCBA9876543210u, 100000, 2},
            setup_ready{4, 3},
            a_failure(),
            done,
            output{9, stream::err, 88, true, any_bytes()},
            output_done{9},
            an_end(),
            returned{{1, 127, 128, 16384}},
            left{4, false, true, true, -11},
            trouble{9, "no process"},
            alive(),
            debugger_view{9, any_bytes()},
            left_behind{9, {{leftover_kind::signal, "SIGINT"}, {leftover_kind::process, any_bytes()}}},
            a_trace(),
            entered{9, 2, any_bytes()},
            pass_over{9, finish::failed, false, duration(5), 77},
            snapshot_met{9, std::numeric_limits<std::uint64_t>::max()},
            snapshot_changed{9, {true, true, true, "name", any_bytes(), 7, true, "MACRO", "a + b", any_bytes()}},
            of_other_way{9, 3, any_bytes()}};
}

inline std::string payload_of(const command& what) {
    std::string bytes;
    what.visit([&bytes](const auto& message) { encode_payload(bytes, message); });
    return bytes;
}
inline std::string payload_of(const report& what) {
    std::string bytes;
    what.visit([&bytes](const auto& message) { encode_payload(bytes, message); });
    return bytes;
}

/// The message as a frame that a reader has cut out; `payload` keeps its bytes.
template <class Variant>
frame frame_of(const Variant& what, std::string& payload) {
    payload = payload_of(what);
    return {frame_version, static_cast<std::uint8_t>(what.index()), 1, payload};
}

}  // namespace samples
