#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/app/mcp/answers.hpp>
#include <cordon/engine/app/mcp/run_results.hpp>
#include <cordon/engine/base/parse.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::app::mcp {

// What the tools do.

void server::use_tool(const tool& which, const json_value& arguments, open_request& request) {
    switch (which.kind) {
        case tool_kind::set_timeout:
            timeout_ = arguments.text_of("timeout");
            if (!parse_duration(timeout_)) {
                timeout_.clear();
                return send_trouble(request, "argument 'timeout': expected a duration such as 250ms, 2s or 1.5m");
            }
            return send_structured(request, "each test may take " + timeout_,
                                   [&](text::json_writer& json) { json.key("timeout").string(timeout_); });
        case tool_kind::history:
            return get_history(arguments, request);
        case tool_kind::get_run:
        case tool_kind::get_metrics:
        case tool_kind::get_failure:
        case tool_kind::cancel:
            break;
        default:
            return start_run(which, arguments, request);
    }
    child_run* run = find_run(arguments, request);
    if (run == nullptr) return;
    if (which.kind == tool_kind::get_metrics) return get_metrics(*run, request);
    if (which.kind == tool_kind::get_failure) return get_failure(*run, arguments, request);
    if (which.kind == tool_kind::cancel && !run->ended) run->ask_to_end();
    wait_for(*run, arguments, request);
}

child_run* server::find_run(const json_value& arguments, const open_request& request) {
    const std::uint64_t wanted = number_of(arguments, "run_id", 0);
    for (std::size_t i = runs_.size(); i-- > 0;) {
        child_run& each = *runs_[i];
        if (!each.is_list() && (wanted == 0 || each.id == wanted)) return &each;
    }
    send_trouble(request, wanted == 0 ? std::string("there is no run yet: call run_tests")
                                      : "there is no run " + std::to_string(wanted) + ": history lists them");
    return nullptr;
}

std::size_t server::running() const {
    std::size_t count = 0;
    for (const owned<child_run>& each : runs_)
        count += each->ended ? 0 : 1;
    return count;
}

vector<std::string> server::environment() const {
    // A report that the environment asks for would go where the server's own answers go.
    vector<std::string> all;
    for (std::string& each : os::environment()) {
        const bool redirects = each.rfind("CORDON_REPORT=", 0) == 0 || each.rfind("CORDON_RECORD=", 0) == 0;
        if (!redirects) all.push_back(std::move(each));
    }
    return all;
}

status server::make_folder() {
    if (!folder_.empty()) return ok();
    const std::string path = os::temp_root() + "/" + os::unguessable_name();
    const result<bool> made = os::make_new_folder(path);
    if (!made) return made.failure();
    if (!made.value()) return error{"create", 0, path};
    folder_ = path;
    return ok();
}

bool server::add_failed_tests(const json_value& arguments, vector<std::string>& to, const open_request& request) {
    child_run* from = find_run(arguments, request);
    if (from == nullptr) return false;
    run_results results(request.most_bytes);
    const std::string damage = read_recording(from->recording, results);
    const vector<std::size_t> failed = results.failed();
    if (failed.empty())
        send_trouble(request, "run " + std::to_string(from->id) + " has no failed test" +
                                  (damage.empty() ? "" : " that can be read: " + damage));
    for (const std::size_t test : failed)
        to.push_back("=" + results.name_of_test(test));
    return !failed.empty();
}

void server::start_run(const tool& which, const json_value& arguments, open_request& request) {
    if (running() >= most_running)
        return send_trouble(request, "4 runs are active: wait for one with get_run, or cancel one");
    if (const status made = make_folder(); !made)
        return send_trouble(request, "cannot " + os::describe(made.failure()));
    vector<std::string> words;
    for (const std::string& each : os::own_arguments()) {
        if (each != "--mcp") words.push_back(each);
    }
    owned<child_run> run = make_owned<child_run>();
    run->of = &which;
    run->id = which.kind == tool_kind::list_tests ? 0 : ++last_id_;
    if (!run->is_list()) {
        run->recording = folder_ + "/" + std::to_string(run->id) + ".rec";
        words.push_back("--record=" + run->recording);
        words.push_back("--report=events");
        if (!timeout_.empty() && arguments.find("timeout") == nullptr) words.push_back("--timeout=" + timeout_);
    }
    for (std::string& each : options_for(which, arguments))
        words.push_back(std::move(each));
    words.push_back("--");
    if (which.kind == tool_kind::retry_failed && !add_failed_tests(arguments, words, request)) return;
    if (const json_value* patterns = arguments.find("patterns")) {
        for (const json_value& each : patterns->items)
            words.push_back(each.text);
    }
    const std::uint64_t stamp = os::stamp_of(program_);
    run->rebuilt = std::exchange(stamp_, stamp) != stamp;
    run->offset = number_of(arguments, "offset", 0);
    run->limit = number_of(arguments, "limit", 1'000'000);
    if (const status started = run->start(program_, std::move(words), environment()); !started)
        return send_trouble(request, "cannot " + os::describe(started.failure()));
    runs_.push_back(std::move(run));
    wait_for(*runs_.back(), arguments, request);
}

void server::wait_for(child_run& run, const json_value& arguments, open_request& request) {
    const std::uint64_t wait = number_of(arguments, "wait_ms", usual_wait);
    if (!run.is_list()) request.until = now() + std::chrono::milliseconds(static_cast<std::int64_t>(wait));
    if (run.waiting) answer(run);  // an earlier request for the same run
    run.waiting = std::move(request);
    if (run.ended) answer(run);
}

void server::answer(child_run& run) {
    const open_request request = std::move(*run.waiting);
    run.waiting.reset();
    run.is_list() ? answer_list(run, request) : answer_run(run, request);
}

void server::forget_old_runs() {
    std::size_t kept = 0;
    for (std::size_t i = runs_.size(); i-- > 0;) {
        const bool old = runs_[i]->is_list() || ++kept > most_kept;
        if (!runs_[i]->ended || !old) continue;
        os::remove_folder(runs_[i]->recording).ignore();
        runs_.erase(&runs_[i]);
    }
}

}  // namespace cordon::engine::app::mcp

CORDON_CHEAP_END
