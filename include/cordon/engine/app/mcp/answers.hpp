#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/app/mcp/protocol.hpp>
#include <cordon/engine/app/mcp/run_results.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::app::mcp {

// The results of tools.

void server::answer_run(const child_run& run, const open_request& request) {
    const bool refused = run.ended && (run.exit_code == exit_usage || run.exit_code == exit_nothing_selected);
    if (refused) return send_trouble(request, run.messages.empty() ? "no test was selected" : run.messages);
    // The text and the structured part share the space.
    run_results results(std::max<std::size_t>(request.most_bytes / 2, 400));
    const std::string damage = read_recording(run.recording, results);
    if (run.ended && !run.cancelled && results.figures().selected() == 0)
        return send_trouble(request, "the program ended with exit code " + std::to_string(run.exit_code) + ": " +
                                         (run.messages.empty() ? damage : run.messages));
    const report::tally& figures = results.figures();
    std::string text = results.text();
    if (!run.ended) {
        text = "run " + std::to_string(run.id) + " continues: " + counted(figures.finished()) + " of " +
               counted(figures.selected(), "test") + " done; get_run waits for it\n";
    } else if (run.cancelled && text.empty()) {
        text = "run " + std::to_string(run.id) + " was cancelled\n";
    }
    send_structured(request, text, [&](text::json_writer& json) {
        json.key("run_id").number(run.id);
        json.key("tool").string(run.of->name);
        json.key("state").string(run.state());
        json.key("exit_code");
        run.ended ? json.number(run.exit_code) : json.null();
        json.key("selected").number(figures.selected());
        json.key("finished").number(figures.finished());
        json.key("counts").open('{');
        for (std::size_t i = 0; i < verdict_count; ++i) {
            const auto what = static_cast<verdict>(i);
            if (figures.count(what) != 0) json.key(name_of(what)).number(figures.count(what));
        }
        json.close('}');
        const vector<std::size_t> failed = results.failed();
        std::size_t room = request.most_bytes / 5;
        json.key("failed").open('[');
        for (const std::size_t test : failed) {
            const std::string name = results.name_of_test(test);
            if (name.size() + 4 > room) break;
            room -= name.size() + 4;
            json.string(name);
        }
        json.close(']');
        json.key("failed_total").number(static_cast<std::uint64_t>(failed.size()));
        json.key("program_rebuilt").boolean(run.rebuilt);
    });
}

std::string full_name_of(const json_value& test) {
    const std::string_view suite = test.text_of("suite");
    return (suite.empty() ? std::string() : std::string(suite) + "/") + std::string(test.text_of("name"));
}

void server::answer_list(const child_run& run, const open_request& request) {
    const bool failed = run.exit_code != exit_passed && run.exit_code != exit_nothing_selected;
    const optional<json_value> list = failed ? nullopt : parse_json(run.text);
    const json_value* tests = list ? list->find("tests") : nullptr;
    if (tests == nullptr)
        return send_trouble(request, run.messages.empty() ? "the program does not list its tests: exit code " +
                                                                std::to_string(run.exit_code)
                                                          : run.messages);
    const std::size_t total = tests->items.size();
    std::size_t room = std::max<std::size_t>(request.most_bytes, 600) - 400;
    std::size_t next = static_cast<std::size_t>(std::min<std::uint64_t>(run.offset, total));
    const std::size_t first = next;
    vector<std::string> names;
    for (; next < total && names.size() < run.limit; ++next) {
        std::string name = report::clipped(full_name_of(tests->items[next]), 200);
        if (name.size() + 4 > room) break;
        room -= name.size() + 4;
        names.push_back(std::move(name));
    }
    const std::string text = counted(total, "test") + ", " + std::to_string(names.size()) + " from " +
                             std::to_string(first) + " on in structuredContent.tests\n";
    send_structured(request, text, [&](text::json_writer& json) {
        json.key("total").number(static_cast<std::uint64_t>(total));
        json.key("offset").number(static_cast<std::uint64_t>(first));
        json.key("tests").open('[');
        for (const std::string& each : names)
            json.string(each);
        json.close(']');
        json.key("next_offset");
        next < total ? json.number(static_cast<std::uint64_t>(next)) : json.null();
        json.key("program_rebuilt").boolean(run.rebuilt);
    });
}

void server::get_metrics(const child_run& run, const open_request& request) {
    run_results results(request.most_bytes);
    const std::string damage = read_recording(run.recording, results);
    const report::tally& figures = results.figures();
    if (figures.selected() == 0) return send_trouble(request, "nothing is known of the run yet: " + damage);
    const std::string text = counted(figures.finished(), "test") + " in " + duration_text(figures.wall()) + "\n";
    send_structured(request, text, [&](text::json_writer& json) {
        json.key("run_id").number(run.id);
        json.key("duration_ms").milliseconds(figures.wall());
        json.key("attempts").number(figures.attempts());
        json.key("assertions").number(figures.assertions());
        json.key("workers_started").number(figures.workers_started());
        json.key("workers_replaced").number(figures.workers_replaced());
        json.key("peak_rss_bytes").number(figures.peak_rss_bytes());
        json.key("mean_spawn_ms").milliseconds(figures.mean_spawn());
        json.key("speedup").number(figures.speedup());
        json.key("slowest").open('[');
        for (const report::timed_test& each : figures.slowest()) {
            json.open('{');
            json.key("test").string(report::clipped(results.name_of_test(each.test), 200));
            json.key("duration_ms").milliseconds(each.took);
            json.close('}');
        }
        json.close(']');
    });
}

void server::get_failure(const child_run& run, const json_value& arguments, const open_request& request) {
    const std::string_view part = arguments.text_of("part");
    if (!part.empty() && part != "assertion" && part != "stack" && part != "stdout" && part != "stderr")
        return send_trouble(request, "argument 'part': expected assertion, stack, stdout or stderr");
    const std::string_view name = arguments.text_of("test");
    test_details details(name);
    read_recording(run.recording, details);
    if (!details.found())
        return send_trouble(request, "run " + std::to_string(run.id) + " has no test " + quoted(name));
    const std::string all = details.verdict_in_words() + "\n" + details.part(part);
    const std::size_t first = code_point_start(
        all, static_cast<std::size_t>(std::min<std::uint64_t>(number_of(arguments, "offset", 0), all.size())));
    const std::size_t most = std::max<std::size_t>(request.most_bytes, 600) - 500;
    const std::size_t end = first + most < all.size() ? code_point_start(all, first + most) : all.size();
    send_structured(request, all.substr(first, end - first), [&](text::json_writer& json) {
        json.key("run_id").number(run.id);
        json.key("test").string(report::clipped(details.full_name(), 200));
        json.key("verdict").string(name_of(details.what()));
        json.key("attempts").number(static_cast<std::uint64_t>(details.attempts()));
        json.key("total_bytes").number(static_cast<std::uint64_t>(all.size()));
        json.key("next_offset");
        end < all.size() ? json.number(static_cast<std::uint64_t>(end)) : json.null();
    });
}

void server::get_history(const json_value& arguments, const open_request& request) {
    const std::string_view name = arguments.text_of("test");
    std::uint64_t left = std::min<std::uint64_t>(number_of(arguments, "limit", 10), 1000);
    send_structured(request, counted(last_id_, "run") + " in this session\n", [&](text::json_writer& json) {
        json.key("runs").open('[');
        for (std::size_t i = runs_.size(); i-- > 0 && left > 0;) {
            const child_run& each = *runs_[i];
            if (each.is_list()) continue;
            --left;
            json.open('{');
            json.key("run_id").number(each.id);
            json.key("tool").string(each.of->name);
            json.key("state").string(each.state());
            json.key("exit_code");
            each.ended ? json.number(each.exit_code) : json.null();
            test_details details(name);
            if (!name.empty()) read_recording(each.recording, details);
            json.key("verdict");
            details.found() ? json.string(name_of(details.what())) : json.null();
            json.close('}');
        }
        json.close(']');
    });
}

}  // namespace cordon::engine::app::mcp

CORDON_CHEAP_END
