#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/app/exit_code.hpp>
#include <cordon/engine/app/mcp/child_run.hpp>
#include <cordon/engine/app/mcp/run_results.hpp>
#include <cordon/engine/app/mcp/tools.hpp>
#include <cordon/engine/app/outputs.hpp>
#include <cordon/engine/os/files.hpp>
#include <cordon/engine/os/poll.hpp>
#include <cordon/engine/os/program_file.hpp>
#include <cordon/engine/os/signal.hpp>
#include <cordon/engine/os/system.hpp>
#include <cordon/engine/text/json_writer.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::app::mcp {

/// `--mcp`: a Model Context Protocol server on standard input and output (https://modelcontextprotocol.io). It runs no
/// test: each run is a process of the program, as it is on disk then. Its messages are defined in protocol.hpp, its
/// tools in calls.hpp, their results in answers.hpp.
class server {
  public:
    server() : program_(os::running_program()), stamp_(os::stamp_of(program_)) {}

    /// Serves until standard input ends. Returns the exit code.
    int serve();

  private:
    static constexpr std::size_t longest_line = 8 * 1024 * 1024;
    static constexpr std::size_t most_running = 4;
    static constexpr std::size_t most_kept = 20;
    static constexpr std::uint64_t usual_wait = 45'000;
    static constexpr const char* stateless_version = "2026-07-28";
    static constexpr const char* versions[] = {"2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"};

    // ---- the loop ----
    void wait();
    void read_input();
    void take_line(std::string_view line);
    void look_after(child_run& run);
    void end_all();

    // ---- the protocol ----
    void take_message(const json_value& message);
    void answer_method(const json_value& message, const open_request& request);
    void initialize(const json_value& message, const open_request& request);
    void discover(const open_request& request);
    void list_tools(const open_request& request);
    void call_tool(const json_value& message, open_request request);
    void cancel_request(const json_value& message);
    bool knows_version(const json_value& message, open_request& request);

    void send(const std::string& message);
    template <class Write>
    void send_result(const open_request& request, Write&& write);
    void send_error(const std::string& id, int code, const std::string& message, const std::string& data = {});
    template <class Write>
    void send_structured(const open_request& request, const std::string& text, Write&& write);
    void send_trouble(const open_request& request, const std::string& text);

    // ---- tools ----
    void use_tool(const tool& which, const json_value& arguments, open_request& request);
    void start_run(const tool& which, const json_value& arguments, open_request& request);
    bool add_failed_tests(const json_value& arguments, vector<std::string>& to, const open_request& request);
    void wait_for(child_run& run, const json_value& arguments, open_request& request);
    void get_metrics(const child_run& run, const open_request& request);
    void get_failure(const child_run& run, const json_value& arguments, const open_request& request);
    void get_history(const json_value& arguments, const open_request& request);
    void answer(child_run& run);
    void answer_run(const child_run& run, const open_request& request);
    void answer_list(const child_run& run, const open_request& request);
    child_run* find_run(const json_value& arguments, const open_request& request);
    vector<std::string> environment() const;
    status make_folder();
    void forget_old_runs();
    std::size_t running() const;

    std::string program_;
    std::uint64_t stamp_;
    std::string folder_;  // of recordings; empty: not made yet
    std::string timeout_;
    os::descriptor input_;
    std::string line_;
    bool skips_line_ = false;  // too long
    bool ended_ = false;
    std::uint32_t last_id_ = 0;
    vector<owned<child_run>> runs_;
};

// ---- the loop ----

int server::serve() {
    os::hold_back_signals();
    os::watch_children();
    os::watch_cancellation();
    os::ignore_broken_pipes();
    result<os::descriptor> input = os::standard_input();
    if (!input) {
        os::write_standard_error("cordon: --mcp: cannot " + os::describe(input.failure()) + "\n");
        return exit_trouble;
    }
    input_ = std::move(input.value());
    while (!ended_)
        wait();
    end_all();
    return exit_passed;
}

void server::wait() {
    vector<os::watch> watches;
    watches.push_back({input_.native(), true, false, false});
    deadline until;
    for (const owned<child_run>& each : runs_) {
        if (each->ended) continue;
        watches.push_back({each->out.native(), true, false, false});
        watches.push_back({each->err.native(), true, false, false});
        if (each->waiting) until = earlier(until, each->waiting->until);
        if (each->waiting && !each->waiting->progress.empty())
            until = earlier(until, now() + std::chrono::milliseconds(250));
    }
    if (!os::wait_for(watches.data(), watches.size(), until)) ended_ = true;
    int count = 0;
    if (os::take_cancellation(count) != 0) ended_ = true;
    os::take_child_ended();
    std::size_t at = 1;
    const bool has_input = watches[0].ready;
    for (std::size_t i = 0; at + 1 < watches.size() && i < runs_.size(); ++i) {
        if (runs_[i]->ended) continue;
        if (watches[at].ready) runs_[i]->read_output();
        if (watches[at + 1].ready) runs_[i]->read_errors();
        at += 2;
    }
    for (const owned<child_run>& each : runs_)
        look_after(*each);
    if (has_input) read_input();
    forget_old_runs();
}

void server::read_input() {
    char buffer[64 * 1024];
    const os::read_outcome got = os::read_available(input_, buffer, sizeof buffer);
    std::string_view bytes(buffer, got.bytes);
    while (!bytes.empty()) {
        const std::size_t end = std::min(bytes.find('\n'), bytes.size());
        if (!skips_line_) line_ += bytes.substr(0, end);
        const bool whole = end < bytes.size();
        bytes.remove_prefix(whole ? end + 1 : end);
        if (line_.size() > longest_line) {
            skips_line_ = true;
            line_.clear();
            send_error("null", -32700, "the message is longer than 8 MiB");
        }
        if (!whole) continue;
        if (!skips_line_) take_line(line_);
        skips_line_ = false;
        line_.clear();
    }
    if (got.at_end) ended_ = true;
}

void server::take_line(std::string_view line) {
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line.find_first_not_of(" \t") == std::string_view::npos) return;
    const optional<json_value> message = is_utf8(line) ? parse_json(line) : nullopt;
    if (!message) return send_error("null", -32700, "the message is not JSON, or is nested too deeply");
    take_message(*message);
}

/// Tells progress, answers a request whose time is up, and concludes a run that has ended.
void server::look_after(child_run& run) {
    if (run.ended) return;
    if (run.waiting && !run.waiting->progress.empty() && run.finished > run.told) {
        run.told = run.finished;
        send(R"({"jsonrpc": "2.0", "method": "notifications/progress", "params": {"progressToken": )" +
             run.waiting->progress + ", \"progress\": " + std::to_string(run.finished) +
             (run.selected < run.finished ? std::string() : ", \"total\": " + std::to_string(run.selected)) +
             ", \"message\": \"" + counted(run.finished, "test") + " done\"}}\n");
    }
    if (const optional<os::process_end> end = os::reap_only(run.pid)) {
        // Everything written before the end is in the pipes now.
        for (int round = 0; round < 100'000 && run.out && os::anything_to_read(run.out, run.out); ++round)
            run.read_output();
        for (int round = 0; round < 16 && run.err && os::anything_to_read(run.err, run.err); ++round)
            run.read_errors();
        run.ended = true;
        run.exit_code = end->by_signal ? exit_signal_base + end->code : end->code;
        run.out.close();
        run.err.close();
    }
    if (run.waiting && (run.ended || (run.waiting->until && now() >= *run.waiting->until))) answer(run);
}

void server::end_all() {
    for (const owned<child_run>& each : runs_) {
        if (!each->ended) os::ask_to_end(each->pid);
    }
    const instant limit = now() + std::chrono::seconds(5);
    for (const owned<child_run>& each : runs_) {
        while (!each->ended && now() < limit) {
            if (os::reap_only(each->pid)) each->ended = true;
            if (!each->ended) os::wait_for(nullptr, 0, now() + std::chrono::milliseconds(20)).ignore();
        }
        if (!each->ended) os::kill_group(each->pid);
    }
    if (!folder_.empty()) os::remove_folder(folder_).ignore();
}

}  // namespace cordon::engine::app::mcp

CORDON_CHEAP_END
