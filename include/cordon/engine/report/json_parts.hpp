#pragma once

#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/report/json_writer.hpp>

#include <string>

namespace cordon::engine::report {

// What an attempt and a test have in the JSON report, as objects of their own.

namespace json_detail {

void write_strings(json_writer& json, const vector<std::string>& values) {
    json.open('[');
    for (const std::string& value : values) {
        json.string(value);
    }
    json.close(']');
}

void write_failure(json_writer& json, const failure& wrong) {
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

void write_flake(json_writer& json, const flake_summary& found) {
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
    json.close('}');
}

void write_leaks(json_writer& json, bool inside_seen, bool threads_seen, const leftovers& left) {
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

}  // namespace json_detail

}  // namespace cordon::engine::report
