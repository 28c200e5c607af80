#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

// Runs a program of tests/children (or any other that uses cordon) as a user would, and reads back what came of it.

namespace process_test {

/// A folder of its own, removed with all it holds.
class temp_folder {
  public:
    temp_folder();
    ~temp_folder();
    temp_folder(const temp_folder&) = delete;
    temp_folder& operator=(const temp_folder&) = delete;
    const std::string& path() const { return path_; }
    std::string operator/(const std::string& name) const { return path_ + "/" + name; }

  private:
    std::string path_;
};

std::string read_file(const std::string& path);
std::vector<std::string> lines_of(const std::string& text);
std::size_t count_of(const std::string& text, const std::string& part);

// The JSON report as structs. A null string is "", a null exit code -1, any other null 0.

struct failure_entry {
    std::string kind, macro, expression, expanded, message, file;
    int line = 0;
    std::vector<std::string> subcase, info;
};

struct leftover_entry {
    std::string kind, what;
};

struct frame_entry {
    std::string function, file, module, doing;
    int line = 0;
    double cpu_ms = -1;  ///< -1: null
};

/// Where a test was that crashed or hung.
struct place_entry {
    std::string macro, expression, file;
    int line = 0;
    std::vector<std::string> subcase, info;
};

struct leaf_entry {
    std::vector<std::string> path;
    std::string ending;
    double duration_ms = 0;
};

struct attempt_entry {
    int number = 0;
    std::string ending, reason, signal_name;
    int signal = 0;
    int exit_code = -1;
    long pid = 0;
    int slot = 0;
    std::uint64_t seed = 0;
    double started_ms = 0, duration_ms = 0, spawn_ms = 0, cleanup_ms = 0;
    std::uint64_t max_rss_bytes = 0, assertions = 0, failed_assertions = 0, failures_dropped = 0;
    std::string out, err;
    bool truncated = false, process_reused = false;
    std::vector<failure_entry> failures;
    std::vector<leaf_entry> leaves;
    bool leaves_complete = true;
    std::vector<frame_entry> stack;
    place_entry stopped_at;
    int processes_left = 0;
    int threads_left = -1, descriptors_left = -1, files_left = -1;  ///< -1: not looked for
    std::vector<leftover_entry> leftovers;
    std::uint64_t faults = 0, switches = 0;
};

struct test_entry {
    std::string name, suite, verdict, reason;
    std::vector<std::string> tags;
    double duration_ms = 0;
    std::vector<attempt_entry> attempts;

    /// The last attempt; fails the running test if there was none.
    const attempt_entry& last() const;
    const std::string& ending() const { return last().ending; }
};

struct report_entry {
    std::string isolation, stopped_because;
    double duration_ms = 0;
    std::uint64_t seed = 0;
    int jobs = 0;
    bool cancelled = false;
    std::vector<test_entry> tests;
    std::map<std::string, double> summary;

    /// By name, which must be there once.
    const test_entry& operator[](const std::string& name) const;
    std::size_t count(const std::string& verdict) const;
};

/// What to run, and how.
struct command {
    std::string program;  ///< of the children's folder, or a path with a slash
    std::vector<std::string> arguments;
    std::vector<std::pair<std::string, std::string>> environment;  ///< on top of ours, from which CORDON_... is taken
    std::string folder;                                            ///< to run in; empty: ours
    std::string name;                                              ///< argv[0]; empty: the program's path
    bool report = true;                                            ///< ask for a JSON report and parse it
    std::chrono::seconds limit{120};                               ///< over it everything is killed and the test fails
    /// The process that started it dies with it (see survivors()).
    bool may_leave_processes = false;
    bool may_leave_files = false;  ///< in the folder for temporary ones
};

/// How it ended.
struct outcome {
    int exit_code = -1;  ///< -1 if a signal ended it
    int signal = 0;
    std::string out, err;
    double seconds = 0;
    std::uint64_t peak_kib = 0;  ///< most memory the supervisor itself held, where the system tells
    report_entry report;         ///< empty if none was written
    std::string report_text;
    bool has_report = false;
};

std::ostream& operator<<(std::ostream& to, const outcome& what);

/// A program on its way.
class running {
  public:
    explicit running(command what);
    ~running();
    running(const running&) = delete;
    running& operator=(const running&) = delete;

    long pid() const { return pid_; }
    void send(int signal) const;
    bool has_ended();
    /// Waits for the end. Fails the running test if it does not come in time, or if a process of the run is left.
    outcome wait();
    /// Processes of this run, of any generation, that live. Empty where the system does not tell (no /proc).
    std::vector<long> survivors() const;
    /// What it wrote to standard output so far.
    std::string out() const;
    std::string err() const;

  private:
    void check_nothing_survives() const;
    void check_no_file_is_left() const;
    void look_at_memory();

    command what_;
    temp_folder folder_;
    std::string id_;
    long pid_ = 0;
    bool ended_ = false;
    int state_ = 0;
    std::chrono::steady_clock::time_point started_;
    outcome outcome_;
};

/// Runs it to the end.
outcome run(command what);

/// The child with these arguments.
outcome run(const std::string& program, std::vector<std::string> arguments);

/// The path of a child's program.
std::string child_path(const std::string& program);

/// True for the portable build of the engine (no /proc, no subreaper): what a daemon leaves behind cannot be found.
bool is_portable();

/// "fork", or the mode that these tests use instead of it (CORDON_TESTED_ISOLATION).
std::string fork_mode();

bool is_alive(long pid);
/// Waits for its end: one that was killed takes a moment to die.
bool ends_soon(long pid);

/// Waits until `condition` holds, at most `limit`; returns whether it does.
template <class Condition>
bool eventually(Condition condition, std::chrono::milliseconds limit = std::chrono::seconds(20));

void sleep_ms(int milliseconds);

template <class Condition>
bool eventually(Condition condition, std::chrono::milliseconds limit) {
    const auto until = std::chrono::steady_clock::now() + limit;
    while (!condition()) {
        if (std::chrono::steady_clock::now() >= until) return condition();
        sleep_ms(2);
    }
    return true;
}

}  // namespace process_test
