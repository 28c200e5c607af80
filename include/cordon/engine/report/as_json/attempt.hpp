#pragma once

#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/report/as_json/parts.hpp>
#include <cordon/engine/text/json_writer.hpp>
#include <cordon/engine/text/rerun_leaf.hpp>
#include <cordon/engine/text/wording.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

// An attempt as JSON. The document is written at the end of a run, so little is kept until then: figures as they are,
// texts (if any) as JSON.

namespace cordon::engine::report {

/// The data that is kept for every attempt.
struct attempt_kept {
    attempt_figures figures;
    bool truncated, inside_seen, threads_seen, leaves_cut;
};

struct attempt_texts {
    std::string out, err, failures, stack, place;
    std::string debugger_view, leaves;  ///< as JSON, like those before; may be empty
    std::string signal_name, reason;
    std::string said;          ///< the ending in words; empty if it passed
    std::string leaf_options;  ///< those that select its only bad subcase
    leftovers left;
};

attempt_kept kept_of(const attempt_result& attempt) {
    return {attempt, attempt.output.truncated(), attempt.left.inside_seen, attempt.left.threads_seen,
            attempt.leaves_cut};
}

/// True if an attempt has more than figures.
bool has_texts(const attempt_result& attempt) {
    const bool clean = attempt.left.items.empty() && attempt.left.processes == 0;
    return attempt.how != ending::passed || !attempt.output.empty() || !attempt.failures.empty() ||
           !attempt.stacks.empty() || !attempt.reason.empty() || !attempt.signal_name.empty() ||
           !attempt.leaves.empty() || !clean;
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
        write_value(leaves, attempt.leaves);
    }
    kept.signal_name = attempt.signal_name;
    kept.reason = attempt.reason;
    if (attempt.how != ending::passed) kept.said = text::ending_in_words(attempt);
    kept.leaf_options = text::subcase_options(only_bad_leaf(attempt));
    kept.left = attempt.left;
    kept.out.shrink_to_fit();
    kept.err.shrink_to_fit();
    return kept;
}

/// The members of an attempt, in an object that the caller opens; `texts` is null where there are none.
/// `host`: the machine that it ran on; empty: the one of the run.
void write_attempt_members(text::json_writer& json, const attempt_kept& attempt, const attempt_texts* texts,
                           std::string_view host) {
    static const leftovers clean;
    write_members(json, attempt.figures);
    const bool reused = attempt.figures.process_reused;
    if (reused || !json.packs()) json.key("process_reused").boolean(reused);
    if (!host.empty() || !json.packs()) json.key("host").string_or_null(host);
    const bool says_more = texts != nullptr && !texts->said.empty();
    if (says_more || !json.packs()) json.key("said").string_or_null(says_more ? texts->said : "");
    json.key("reason").string_or_null(texts == nullptr ? "" : texts->reason);
    json.key("signal_name").string_or_null(texts == nullptr ? "" : texts->signal_name);
    json.key("stdout").raw(texts == nullptr ? "\"\"" : std::string_view(texts->out));
    json.key("stderr").raw(texts == nullptr ? "\"\"" : std::string_view(texts->err));
    json.key("output_truncated").boolean(attempt.truncated);
    json.key("failures").raw(texts == nullptr ? "[]" : std::string_view(texts->failures));
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
