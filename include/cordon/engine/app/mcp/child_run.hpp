#pragma once

#include <cordon/engine/app/mcp/tools.hpp>
#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/owned.hpp>
#include <cordon/engine/base/parse.hpp>
#include <cordon/engine/base/result.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/os/descriptor.hpp>
#include <cordon/engine/os/process.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace cordon::engine::app::mcp {

/// A request that waits for its answer.
struct open_request {
    std::string id;        ///< JSON
    std::string progress;  ///< JSON of its progress token; empty: it has none
    bool stateless = false;
    std::size_t most_bytes = 2000;
    deadline until;
};

/// A process of the program that works for a tool.
struct child_run {
    std::uint32_t id = 0;
    const tool* of = nullptr;
    os::process_id pid = 0;
    os::descriptor out, err;
    std::string text;            ///< of its standard output, for a list
    std::string messages;        ///< of its standard error
    std::string rest;            ///< of a line of events
    std::uint64_t selected = 0;  ///< 0: not known yet
    std::uint64_t finished = 0;
    std::uint64_t told = 0;  ///< progress that the client knows
    std::string recording;
    bool ended = false;
    bool cancelled = false;
    int exit_code = -1;
    std::uint64_t offset = 0, limit = 0;  ///< of a list
    bool rebuilt = false;                 ///< another program than the one of the run before
    optional<open_request> waiting;

    void ask_to_end() {
        cancelled = true;
        os::ask_to_end(pid);
    }

    bool is_list() const { return of->kind == tool_kind::list_tests; }
    const char* state() const { return cancelled ? "cancelled" : ended ? "finished" : "running"; }

    /// Starts the program. Its own standard input is empty.
    status start(const std::string& program, vector<std::string> arguments, vector<std::string> environment) {
        os::descriptor far[2];
        for (int i = 0; i < 2; ++i) {
            result<os::pipe_ends> ends = os::make_pipe();
            if (!ends) return ends.failure();
            (i == 0 ? out : err) = std::move(ends.value().read);
            far[i] = std::move(ends.value().write);
        }
        os::spawn_request request;
        request.program = program;
        request.arguments = std::move(arguments);
        request.environment = std::move(environment);
        request.output = far[0].native();
        request.errors = far[1].native();
        const result<os::process_id> made = os::spawn_self(request);
        if (!made) return made.failure();
        pid = made.value();
        return ok();
    }

    void read_output() {
        char buffer[16 * 1024];
        const os::read_outcome got = os::read_available(out, buffer, sizeof buffer);
        if (got.at_end) out.close();
        add_output({buffer, got.bytes});
    }
    void read_errors() {
        constexpr std::size_t most = 16 * 1024;
        char buffer[4096];
        const os::read_outcome got = os::read_available(err, buffer, sizeof buffer);
        if (got.at_end) err.close();
        messages.append(buffer, std::min(got.bytes, most - std::min(most, messages.size())));
    }

  private:
    // A run's lines are events, of which only the number of tests and of verdicts matters here.
    void add_output(std::string_view bytes) {
        if (is_list()) {
            text += bytes;
            return;
        }
        constexpr std::string_view verdict = R"({"event": "test_finished")";
        constexpr std::string_view start = R"({"event": "run_started", "schema": "cordon.events/1", "selected": )";
        constexpr std::size_t enough = start.size() + 20;
        for (const char c : bytes) {
            if (c == '\n') {
                std::string_view line = rest;
                if (line.substr(0, verdict.size()) == verdict) ++finished;
                if (line.substr(0, start.size()) == start) {
                    line.remove_prefix(start.size());
                    selected = take_digits(line).value_or(0);
                }
                rest.clear();
            } else if (rest.size() < enough) {
                rest += c;
            }
        }
    }
};

}  // namespace cordon::engine::app::mcp
