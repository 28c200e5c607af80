#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/app/exit_code.hpp>
#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/options.hpp>
#include <cordon/engine/os/system.hpp>

#include <cstdlib>
#include <string>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::app {

/// `--watch`: this process runs no test. It starts the program, waits until the file has changed, and starts it again.
class watcher {
  public:
    explicit watcher(const options& chosen) : program_(os::running_program()), quiet_(chosen.quiet) {
        paths_.push_back(program_);
        paths_.append(chosen.watch_paths.begin(), chosen.watch_paths.end());
    }

    /// True if this process should watch. False for a run that a watching process started.
    static bool is_wanted(const options& chosen) {
        const bool watched = std::getenv(marker) != nullptr;
        if (watched) os::unset_environment(marker);
        return !watched && (chosen.watch || !chosen.watch_paths.empty());
    }

    /// Runs until the user ends it. Returns the exit code of a cancelled run, otherwise 0.
    int watch() {
        os::hold_back_signals();
        os::watch_children();
        os::watch_cancellation();
        vector<std::uint64_t> seen = stamps();
        while (true) {
            const optional<int> code = run_while_unchanged(seen);
            if (cancelled_) return code.value_or(128 + *cancelled_);
            if (code) say("waiting for a change; Ctrl-C ends");
            if (!wait_for_change(seen)) return exit_passed;
            again_ = true;
        }
    }

  private:
    static constexpr const char* marker = "CORDON_WATCHED";
    static constexpr duration interval = std::chrono::milliseconds(250);
    static constexpr duration longest_start = std::chrono::seconds(10);

    void say(const std::string& line) const {
        if (!quiet_) os::write_standard_error("cordon: " + line + "\n");
    }

    vector<std::uint64_t> stamps() const {
        vector<std::uint64_t> all;
        for (const std::string& path : paths_) {
            all.push_back(os::stamp_of(path));
        }
        return all;
    }

    /// Waits for the time, or for a signal.
    void wait(duration time) {
        os::wait_for(nullptr, 0, now() + time).ignore();
        int count = 0;
        if (const int signal = os::take_cancellation(count)) cancelled_ = signal;
    }

    vector<std::string> environment() const {
        vector<std::string> all = os::environment();
        if (again_ && std::getenv("CORDON_ORDER") == nullptr) all.push_back("CORDON_ORDER=failed");
        all.push_back(std::string(marker) + "=1");
        return all;
    }

    /// Runs the program once. Returns its exit code, or nothing if a change ended it.
    optional<int> run_while_unchanged(const vector<std::uint64_t>& seen) {
        os::spawn_request request;
        request.program = program_;
        request.arguments = os::own_arguments();
        request.environment = environment();
        request.new_group = false;  // the run has the terminal, and Ctrl-C reaches it
        request.empty_input = false;
        const result<os::process_id> started = os::spawn_self(request);
        if (!started) {
            say("cannot " + os::describe(started.failure()));
            return exit_trouble;
        }
        const os::process_id run = started.value();
        bool changed = false;
        bool told = false;
        while (true) {
            if (const optional<os::process_end> end = os::reap_only(run)) {
                if (changed) return nullopt;
                return end->by_signal ? 128 + end->code : end->code;
            }
            wait(interval);
            if (!changed && !cancelled_ && stamps() != seen) {
                changed = true;
                os::ask_to_end(run);
            }
            // On a terminal Ctrl-C has also reached the run; a signal to this process alone has not.
            const bool reached = cancelled_ && *cancelled_ == os::interrupt_signal() && os::terminal_width() != 0;
            if (cancelled_ && !told && !reached) os::ask_to_end(run);
            told = cancelled_.has_value();
        }
    }

    /// Waits until a file has changed, no longer changes, and the program can be executed: a linker may be writing it.
    /// Returns false if the user ended it.
    bool wait_for_change(vector<std::uint64_t>& seen) {
        bool complained = false;
        while (!cancelled_) {
            vector<std::uint64_t> present = stamps();
            if (present == seen) {
                wait(interval);
                continue;
            }
            while (!cancelled_) {
                wait(interval);
                vector<std::uint64_t> later = stamps();
                if (later == present) break;
                present = std::move(later);
            }
            seen = std::move(present);
            if (cancelled_ || seen[0] == 0) continue;
            if (can_be_executed()) return true;
            if (!complained) say("the program cannot be executed now; waiting for the next change");
            complained = true;
        }
        return false;
    }

    bool can_be_executed() {
        const result<os::pipe_ends> nowhere = os::make_pipe();
        if (!nowhere) return false;
        os::spawn_request request;
        request.program = program_;
        request.arguments = {os::own_arguments().front(), "--version"};
        request.environment = os::environment();
        request.output = nowhere.value().write.native();
        request.errors = nowhere.value().write.native();
        const result<os::process_id> started = os::spawn_self(request);
        if (!started) return false;
        const instant limit = now() + longest_start;
        while (!cancelled_) {
            if (const optional<os::process_end> end = os::reap_only(started.value()))
                return !end->by_signal && end->code < 126;
            if (now() >= limit) break;
            wait(interval);
        }
        os::kill_group(started.value());
        os::wait_for_end(started.value());
        return false;
    }

    std::string program_;
    bool quiet_;
    bool again_ = false;
    vector<std::string> paths_;
    optional<int> cancelled_;
};

}  // namespace cordon::engine::app

CORDON_CHEAP_END
