#pragma once

#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/report/tally.hpp>
#include <cordon/engine/text/json_writer.hpp>
#include <cordon/engine/text/past_words.hpp>

#include <string>

namespace cordon::engine::report {

// The parts of an attempt and a test that are objects in the JSON report.

void write_strings(text::json_writer& json, const vector<std::string>& values) {
    json.open('[');
    for (const std::string& value : values) {
        json.string(value);
    }
    json.close(']');
}

void write_failure(text::json_writer& json, const failure& wrong) {
    json.open('{');
    json.key("kind").string(name_of(wrong.kind));
    json.key("macro").string_or_null(wrong.macro);
    json.key("expression").string_or_null(wrong.expression);
    json.key("expanded").string_or_null(wrong.expanded());
    json.key("left").string_or_null(wrong.left);
    json.key("operator").string_or_null(wrong.op);
    json.key("right").string_or_null(wrong.right);
    json.key("message").string_or_null(wrong.message);
    json.key("file").string_or_null(wrong.file);
    json.key("line");
    wrong.line == 0 ? json.null() : json.number(wrong.line);
    json.key("subcase");
    write_strings(json, wrong.subcase);
    json.key("info");
    write_strings(json, wrong.info);
    json.close('}');
}

void write_flake(text::json_writer& json, const flake_summary& found) {
    json.open('{');
    json.key("runs").number(found.runs);
    json.key("failures").number(found.failures);
    json.key("rate").share(found.rate());
    json.key("low").share(found.low);
    json.key("high").share(found.high);
    json.key("workers").number(found.workers);
    json.key("category").string(found.category);
    json.key("explanation").string_or_null(found.explanation);
    json.key("signatures").open('[');
    for (const flake_signature& each : found.signatures) {
        json.open('{');
        json.key("text").string(each.text);
        json.key("count").number(each.count);
        json.close('}');
    }
    json.close(']');
    json.key("repro").string_or_null(found.repro);
    json.key("repro_runs").number(found.repro_runs);
    json.key("repro_failures").number(found.repro_failures);
    json.key("alone_runs").number(found.alone_runs);
    json.key("conditions").open('[');
    for (const flake_trial& each : found.trials) {
        json.open('{');
        json.key("condition").string(each.condition);
        json.key("runs").number(each.runs);
        json.key("failures").number(each.failures);
        json.key("chance").share(each.chance);
        json.key("moved").boolean(each.moved);
        json.close('}');
    }
    json.close(']');
    json.key("polluters");
    write_strings(json, found.polluters);
    json.key("cleaners");
    write_strings(json, found.cleaners);
    json.key("state_setters");
    write_strings(json, found.state_setters);
    json.key("contrasts").open('[');
    for (const flake_contrast& each : found.contrasts) {
        json.open('{');
        json.key("command").string(each.command);
        json.key("runs").number(each.runs);
        json.key("failures").number(each.failures);
        json.close('}');
    }
    json.close(']');
    json.close('}');
}

void write_leaves(text::json_writer& json, const vector<leaf_result>& leaves) {
    json.open('[');
    for (const leaf_result& each : leaves) {
        json.open('{');
        json.key("path");
        write_strings(json, each.path);
        json.key("ending").string(name_of(each.how));
        json.key("duration_ms").milliseconds(each.took);
        json.close('}');
    }
    json.close(']');
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
    json.key("items").open('[');
    for (const leftover& each : left.items) {
        json.open('{');
        json.key("kind").string(name_of(each.kind));
        json.key("what").string(each.what);
        json.close('}');
    }
    json.close(']');
    json.close('}');
}

void write_history(text::json_writer& json, const test_past& earlier, verdict what) {
    json.open('{');
    json.key("runs").number(earlier.runs);
    json.key("failed").number(earlier.failed);
    std::string recent;
    for (std::uint32_t i = earlier.runs; i-- > 0;)
        recent += (earlier.not_passed >> i & 1) != 0 ? '-' : '+';
    json.key("recent").string(recent);
    json.key("passed_in_a_row").number(earlier.passed_in_a_row);
    json.key("mixed_on_one_build").boolean(earlier.mixed);
    json.key("passed_on_this_build").boolean(earlier.passed_this_build);
    json.key("timed").number(earlier.timed);
    json.key("typical_ms").milliseconds(earlier.typical);
    json.key("slow_case_ms").milliseconds(earlier.slow_case);
    json.key("may_leave_quarantine").boolean(what == verdict::passed && text::may_leave_quarantine(earlier));
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
    json.open('{');
    json.key("macro").string_or_null(place.macro);
    json.key("expression").string_or_null(place.expression);
    json.key("file").string_or_null(place.file);
    json.key("line");
    place.line == 0 ? json.null() : json.number(place.line);
    json.key("subcase");
    write_strings(json, place.subcase);
    json.key("info");
    write_strings(json, place.info);
    json.close('}');
}

}  // namespace cordon::engine::report
