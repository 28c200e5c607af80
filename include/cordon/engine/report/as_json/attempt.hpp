#pragma once

#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/report/as_json/parts.hpp>
#include <cordon/engine/text/json_writer.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

// An attempt as JSON. The document is written at the end of a run, so little is kept until then: figures as they are,
// texts (if any) as JSON.

namespace cordon::engine::report {

struct attempt_figures {
    std::uint32_t number;
    std::uint32_t slot;
    ending how;
    bool truncated;
    bool inside_seen, threads_seen;
    int signal;
    int exit_code;
    std::int64_t pid;
    std::uint64_t seed;
    duration started, took, spawn, cleanup;
    bool leaves_cut;
    resource_usage used;
    std::uint64_t assertions, failed_assertions, failures_dropped;
};

struct attempt_texts {
    std::string out, err, failures, stack, place;
    std::string debugger_view, leaves;  ///< as JSON, like those before; may be empty
    std::string signal_name, reason;
    leftovers left;
};

attempt_figures figures_of(const attempt_result& attempt) {
    return {attempt.number,
            attempt.slot,
            attempt.how,
            attempt.output.truncated(),
            attempt.left.inside_seen,
            attempt.left.threads_seen,
            attempt.signal,
            attempt.exit_code,
            attempt.pid,
            attempt.seed,
            attempt.started,
            attempt.took,
            attempt.spawn,
            attempt.cleanup,
            attempt.leaves_cut,
            attempt.usage,
            attempt.assertions,
            attempt.failed_assertions,
            attempt.failures_dropped};
}

/// True if an attempt has more than figures.
bool has_texts(const attempt_result& attempt) {
    const bool clean = attempt.left.items.empty() && attempt.left.processes == 0;
    return !attempt.output.empty() || !attempt.failures.empty() || !attempt.stacks.empty() || !attempt.reason.empty() ||
           !attempt.signal_name.empty() || !attempt.leaves.empty() || !clean;
}

attempt_texts texts_of(const attempt_result& attempt, text::json_packing* packing) {
    attempt_texts kept;
    text::json_writer(kept.out, packing).string(attempt.output.text(stream::out));
    text::json_writer(kept.err, packing).string(attempt.output.text(stream::err));
    text::json_writer json(kept.failures, packing);
    json.open('[');
    for (const failure& wrong : attempt.failures) {
        write_failure(json, wrong);
    }
    json.close(']');
    text::json_writer stack(kept.stack, packing);
    write_stacks(stack, attempt.stacks);
    text::json_writer place(kept.place, packing);
    write_place(place, attempt.place);
    if (!attempt.debugger_view.empty()) text::json_writer(kept.debugger_view, packing).string(attempt.debugger_view);
    if (!attempt.leaves.empty()) {
        text::json_writer leaves(kept.leaves, packing);
        write_leaves(leaves, attempt.leaves);
    }
    kept.signal_name = attempt.signal_name;
    kept.reason = attempt.reason;
    kept.left = attempt.left;
    kept.out.shrink_to_fit();
    kept.err.shrink_to_fit();
    return kept;
}

void write_figures(text::json_writer& json, const attempt_figures& attempt) {
    json.key("pid");
    attempt.pid == 0 ? json.null() : json.number(attempt.pid);
    json.key("slot").number(attempt.slot);
    // The page keeps numbers as doubles, which would change the last digits of this one.
    json.key("seed");
    json.packs() ? json.string(std::to_string(attempt.seed)) : json.number(attempt.seed);
    json.key("started_ms").milliseconds(attempt.started);
    json.key("duration_ms").milliseconds(attempt.took);
    json.key("spawn_ms").milliseconds(attempt.spawn);
    json.key("cleanup_ms").milliseconds(attempt.cleanup);
    json.key("user_ms").milliseconds(attempt.used.user);
    json.key("system_ms").milliseconds(attempt.used.system);
    json.key("max_rss_bytes").number(attempt.used.max_rss_bytes);
    json.key("minor_faults").number(attempt.used.minor_faults);
    json.key("major_faults").number(attempt.used.major_faults);
    json.key("voluntary_switches").number(attempt.used.voluntary_switches);
    json.key("involuntary_switches").number(attempt.used.involuntary_switches);
    json.key("assertions").number(attempt.assertions);
    json.key("failed_assertions").number(attempt.failed_assertions);
}

/// The members of an attempt, in an object that the caller opens. `texts` is null if there are none.
void write_attempt_members(text::json_writer& json, const attempt_figures& attempt, const attempt_texts* texts) {
    static const leftovers clean;
    json.key("number").number(attempt.number);
    json.key("ending").string(name_of(attempt.how));
    json.key("reason").string_or_null(texts == nullptr ? "" : texts->reason);
    json.key("signal");
    attempt.signal == 0 ? json.null() : json.number(attempt.signal);
    json.key("signal_name").string_or_null(texts == nullptr ? "" : texts->signal_name);
    json.key("exit_code");
    attempt.exit_code < 0 ? json.null() : json.number(attempt.exit_code);
    write_figures(json, attempt);
    json.key("stdout").raw(texts == nullptr ? "\"\"" : std::string_view(texts->out));
    json.key("stderr").raw(texts == nullptr ? "\"\"" : std::string_view(texts->err));
    json.key("output_truncated").boolean(attempt.truncated);
    json.key("failures").raw(texts == nullptr ? "[]" : std::string_view(texts->failures));
    json.key("failures_dropped").number(attempt.failures_dropped);
    const bool has_leaves = texts != nullptr && !texts->leaves.empty();
    if (has_leaves || !json.packs()) {
        json.key("leaves").raw(has_leaves ? std::string_view(texts->leaves) : "[]");
        json.key("leaves_complete").boolean(!attempt.leaves_cut);
    }
    json.key("stack").raw(texts == nullptr ? "[]" : std::string_view(texts->stack));
    json.key("stopped_at").raw(texts == nullptr ? "null" : std::string_view(texts->place));
    // Few attempts have one, and the reader of packed data takes a missing member for null.
    const bool seen = texts != nullptr && !texts->debugger_view.empty();
    if (seen || !json.packs()) json.key("debugger_view").raw(seen ? std::string_view(texts->debugger_view) : "null");
    json.key("leaks");
    write_leaks(json, attempt.inside_seen, attempt.threads_seen, texts == nullptr ? clean : texts->left);
}

}  // namespace cordon::engine::report
