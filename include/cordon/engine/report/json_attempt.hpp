#pragma once

#include <cordon/engine/model/event.hpp>
#include <cordon/engine/report/json.hpp>
#include <cordon/engine/report/json_writer.hpp>

#include <string_view>

namespace cordon::engine::report::json_detail {

std::string_view mode_name(isolate mode) {
    constexpr std::string_view modes[] = {"default", "fork", "exec", "shard", "none"};
    return modes[static_cast<std::size_t>(mode)];
}

/// What the system says of an attempt's process, and when it ran.
void write_figures(json_writer& json, const attempt_result& attempt) {
    json.key("pid");
    attempt.pid == 0 ? json.null() : json.number(attempt.pid);
    json.key("slot").number(attempt.slot);
    json.key("seed").number(attempt.seed);
    json.key("started_ms").milliseconds(attempt.started);
    json.key("duration_ms").milliseconds(attempt.took);
    json.key("spawn_ms").milliseconds(attempt.spawn);
    json.key("cleanup_ms").milliseconds(attempt.cleanup);
    json.key("user_ms").milliseconds(attempt.usage.user);
    json.key("system_ms").milliseconds(attempt.usage.system);
    json.key("max_rss_bytes").number(attempt.usage.max_rss_bytes);
    json.key("minor_faults").number(attempt.usage.minor_faults);
    json.key("major_faults").number(attempt.usage.major_faults);
    json.key("voluntary_switches").number(attempt.usage.voluntary_switches);
    json.key("involuntary_switches").number(attempt.usage.involuntary_switches);
}

/// The members that an attempt has in the JSON report, in its order.
void write_attempt_members(json_writer& json, const attempt_result& attempt) {
    json.key("number").number(attempt.number);
    json.key("ending").string(name_of(attempt.how));
    json.key("reason").string_or_null(attempt.reason);
    json.key("signal");
    attempt.signal == 0 ? json.null() : json.number(attempt.signal);
    json.key("signal_name").string_or_null(attempt.signal_name);
    json.key("exit_code");
    attempt.exit_code < 0 ? json.null() : json.number(attempt.exit_code);
    write_figures(json, attempt);
    json.key("assertions").number(attempt.assertions);
    json.key("failed_assertions").number(attempt.failed_assertions);
    json.key("stdout").string(attempt.output.text(stream::out));
    json.key("stderr").string(attempt.output.text(stream::err));
    json.key("output_truncated").boolean(attempt.output.truncated());
    json.key("failures").open('[');
    for (const failure& wrong : attempt.failures)
        write_failure(json, wrong);
    json.close(']');
    json.key("failures_dropped").number(attempt.failures_dropped);
    json.key("stack").raw("[]");
    json.key("leaks");
    write_leaks(json, attempt.left.inside_seen, attempt.left.threads_seen, attempt.left);
}

}  // namespace cordon::engine::report::json_detail
