#pragma once

#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/report/as_json/fields.hpp>
#include <cordon/engine/report/tally.hpp>
#include <cordon/engine/text/failure.hpp>
#include <cordon/engine/text/flake_cause.hpp>
#include <cordon/engine/text/json_writer.hpp>
#include <cordon/engine/text/past_words.hpp>

#include <string>

namespace cordon::engine::report {

// The parts of an attempt and a test that are objects in the JSON report.

/// The places in which two structured values differ.
void write_differences(text::json_writer& json, const failure& wrong) {
    text::difference_finder all(100);
    const bool compared = wrong.op == "==" && text::expected_in_words(wrong).empty();
    json.key("differences");
    json.open('[');
    if (compared && all.search(wrong.left, wrong.right)) {
        for (const text::value_difference& one : all.found()) {
            json.open('{');
            json.key("path").string(one.path);
            json.key("left").string_or_null(one.left);
            json.key("right").string_or_null(one.right);
            json.close('}');
        }
    }
    json.close(']');
}

void write_failure(text::json_writer& json, const failure& wrong) {
    json.open('{');
    write_members(json, wrong);
    const text::value_writer::sides names = text::sides_of(wrong);
    json.key("expanded").string_or_null(wrong.expanded());
    json.key("left_name").string_or_null(wrong.op.empty() ? std::string_view() : names.left);
    json.key("right_name").string_or_null(wrong.op.empty() ? std::string_view() : names.right);
    json.key("expected").string_or_null(text::expected_in_words(wrong));
    write_differences(json, wrong);
    json.close('}');
}

void write_flake(text::json_writer& json, const flake_summary& found) {
    json.open('{');
    write_members(json, found);
    json.key("rate").share(found.rate());
    json.key("explanation").string_or_null(text::cause_in_words(found));
    json.close('}');
}

void write_leaks(text::json_writer& json, bool inside_seen, bool threads_seen, const leftovers& left) {
    const auto count = [&](const char* key, leftover_kind kind, bool seen) {
        json.key(key);
        seen ? json.number(left.count(kind)) : json.null();
    };
    json.open('{');
    count("processes", leftover_kind::process, true);
    count("threads", leftover_kind::thread, threads_seen);
    count("descriptors", leftover_kind::descriptor, inside_seen);
    count("files", leftover_kind::file, inside_seen);
    json.key("items");
    write_value(json, left.items);
    json.close('}');
}

void write_beginning(text::json_writer& json, const test_past& earlier) {
    if (earlier.began_at == 0) {
        json.null();
        return;
    }
    json.open('{');
    json.key("on").string(text::date_text(earlier.began_at));
    json.key("with_another_build").boolean(earlier.began_with_build);
    json.key("passed_before").number(earlier.passed_before);
    json.key("runs_since").number(earlier.runs_since);
    json.key("failed_since").number(earlier.failed_since);
    json.close('}');
}

void write_history(text::json_writer& json, const test_past& earlier, verdict what) {
    json.open('{');
    write_members(json, earlier);
    std::string recent;
    for (std::uint32_t i = earlier.runs; i-- > 0;)
        recent += (earlier.not_passed >> i & 1) != 0 ? '-' : '+';
    json.key("recent").string(recent);
    json.key("may_leave_quarantine").boolean(what == verdict::passed && text::may_leave_quarantine(earlier));
    json.key("began");
    write_beginning(json, earlier);
    json.close('}');
}

void write_retries(text::json_writer& json, const retry_figures& tried) {
    json.open('{');
    json.key("tests").number(tried.tests);
    json.key("retries").number(tried.all.retries);
    json.key("recovered").number(tried.all.recovered);
    json.key("by_class").open('{');
    for (std::size_t i = 0; i < retry_class_count; ++i) {
        json.key(name_of(static_cast<retry_class>(i))).open('{');
        json.key("retries").number(tried.by_class[i].retries);
        json.key("recovered").number(tried.by_class[i].recovered);
        json.close('}');
    }
    json.close('}');
    json.close('}');
}

// One list for all threads: each frame names its thread.
void write_stacks(text::json_writer& json, const vector<thread_stack>& stacks) {
    json.open('[');
    for (const thread_stack& stack : stacks) {
        for (const stack_frame& frame : stack.frames) {
            json.open('{');
            json.key("thread").number(stack.thread);
            json.key("thread_name").string_or_null(stack.name);
            json.key("doing").string_or_null(stack.doing);
            json.key("cpu_ms");
            stack.cpu.count() < 0 ? json.null() : json.milliseconds(stack.cpu);
            json.key("function").string_or_null(frame.function);
            json.key("file").string_or_null(frame.file);
            json.key("line");
            frame.line == 0 ? json.null() : json.number(frame.line);
            json.key("address").string(hexadecimal(frame.address));
            json.key("module").string_or_null(frame.module);
            json.key("offset").string(hexadecimal(frame.offset));
            json.close('}');
        }
    }
    json.close(']');
}

void write_place(text::json_writer& json, const test_place& place) {
    if (place.file.empty() && place.subcase.empty() && place.info.empty()) return json.null();
    write_value(json, place);
}

}  // namespace cordon::engine::report
