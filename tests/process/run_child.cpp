#include "run_child.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <nlohmann/json.hpp>

#include <cordon/engine/app/agent_variables.hpp>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

extern char** environ;

namespace process_test {

namespace fs = std::filesystem;
using cordon::engine::app::agent_variables;
using nlohmann::json;

temp_folder::temp_folder() {
    std::string pattern = (fs::temp_directory_path() / "process-test-XXXXXX").string();
    REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
}

temp_folder::~temp_folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

std::string read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream from(text);
    for (std::string line; std::getline(from, line);) {
        lines.push_back(line);
    }
    return lines;
}

std::size_t count_of(const std::string& text, const std::string& part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) {
        ++count;
    }
    return count;
}

void sleep_ms(int milliseconds) { ::usleep(static_cast<useconds_t>(milliseconds) * 1000); }

bool is_alive(long pid) {
    if (::kill(static_cast<pid_t>(pid), 0) != 0) return false;
    // A zombie that nobody has waited for yet does not count.
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    std::string text;
    if (!std::getline(file, text)) return fs::exists("/proc/self") ? false : true;
    const std::size_t bracket = text.rfind(')');
    return bracket == std::string::npos || bracket + 2 >= text.size() || text[bracket + 2] != 'Z';
}

bool ends_soon(long pid) {
    return eventually([pid] { return !is_alive(pid); });
}

std::string child_path(const std::string& program) {
    if (program.find('/') != std::string::npos) return program;
    const char* folder = std::getenv("CORDON_CHILD_DIR");
    REQUIRE_MESSAGE(folder != nullptr, "CORDON_CHILD_DIR names the folder of the children; ctest sets it");
    return std::string(folder) + "/" + program;
}

// All tests that run in fork mode with another mode.
constexpr const char* mode_variable = "CORDON_TESTED_ISOLATION";

std::string fork_mode() {
    const char* const mode = std::getenv(mode_variable);
    return mode != nullptr ? mode : "fork";
}

bool is_portable() { return fs::path(child_path("any")).parent_path().filename() == "portable"; }

// ---- the report ----

namespace {

template <class Value>
Value value_of(const json& object, const char* key, Value missing = Value()) {
    const json& value = object.at(key);
    return value.is_null() ? missing : value.get<Value>();
}

failure_entry read_failure(const json& from) {
    failure_entry to;
    to.kind = value_of<std::string>(from, "kind");
    to.macro = value_of<std::string>(from, "macro");
    to.expression = value_of<std::string>(from, "expression");
    to.expanded = value_of<std::string>(from, "expanded");
    to.message = value_of<std::string>(from, "message");
    to.file = value_of<std::string>(from, "file");
    to.line = value_of<int>(from, "line");
    to.subcase = value_of<std::vector<std::string>>(from, "subcase");
    to.info = value_of<std::vector<std::string>>(from, "info");
    return to;
}

attempt_entry read_attempt(const json& from) {
    attempt_entry to;
    to.number = value_of<int>(from, "number");
    to.ending = value_of<std::string>(from, "ending");
    to.reason = value_of<std::string>(from, "reason");
    to.signal_name = value_of<std::string>(from, "signal_name");
    to.signal = value_of<int>(from, "signal");
    to.exit_code = value_of<int>(from, "exit_code", -1);
    to.pid = value_of<long>(from, "pid");
    to.slot = value_of<int>(from, "slot");
    to.seed = value_of<std::uint64_t>(from, "seed");
    to.started_ms = value_of<double>(from, "started_ms");
    to.duration_ms = value_of<double>(from, "duration_ms");
    to.spawn_ms = value_of<double>(from, "spawn_ms");
    to.cleanup_ms = value_of<double>(from, "cleanup_ms");
    to.max_rss_bytes = value_of<std::uint64_t>(from, "max_rss_bytes");
    to.assertions = value_of<std::uint64_t>(from, "assertions");
    to.failed_assertions = value_of<std::uint64_t>(from, "failed_assertions");
    to.failures_dropped = value_of<std::uint64_t>(from, "failures_dropped");
    to.leaves_complete = value_of<bool>(from, "leaves_complete");
    to.process_reused = value_of<bool>(from, "process_reused");
    for (const json& leaf : from.at("leaves")) {
        to.leaves.push_back({value_of<std::vector<std::string>>(leaf, "path"), value_of<std::string>(leaf, "ending"),
                             value_of<double>(leaf, "duration_ms")});
    }
    to.out = value_of<std::string>(from, "stdout");
    to.err = value_of<std::string>(from, "stderr");
    to.truncated = value_of<bool>(from, "output_truncated");
    for (const json& each : from.at("failures")) {
        to.failures.push_back(read_failure(each));
    }
    for (const json& each : from.at("stack")) {
        to.stack.push_back({value_of<std::string>(each, "function"), value_of<std::string>(each, "file"),
                            value_of<std::string>(each, "module"), value_of<std::string>(each, "doing"),
                            value_of<int>(each, "line"), value_of<double>(each, "cpu_ms", -1)});
    }
    if (const json& place = from.at("stopped_at"); !place.is_null()) {
        to.stopped_at = {value_of<std::string>(place, "macro"),
                         value_of<std::string>(place, "expression"),
                         value_of<std::string>(place, "file"),
                         value_of<int>(place, "line"),
                         value_of<std::vector<std::string>>(place, "subcase"),
                         value_of<std::vector<std::string>>(place, "info")};
    }
    const json& leaks = from.at("leaks");
    to.processes_left = value_of<int>(leaks, "processes");
    to.threads_left = value_of<int>(leaks, "threads", -1);
    to.descriptors_left = value_of<int>(leaks, "descriptors", -1);
    to.files_left = value_of<int>(leaks, "files", -1);
    for (const json& each : leaks.at("items")) {
        to.leftovers.push_back({value_of<std::string>(each, "kind"), value_of<std::string>(each, "what")});
    }
    to.faults = value_of<std::uint64_t>(from, "minor_faults") + value_of<std::uint64_t>(from, "major_faults");
    to.switches =
        value_of<std::uint64_t>(from, "voluntary_switches") + value_of<std::uint64_t>(from, "involuntary_switches");
    return to;
}

test_entry read_test(const json& from) {
    test_entry to;
    to.name = value_of<std::string>(from, "name");
    to.suite = value_of<std::string>(from, "suite");
    to.verdict = value_of<std::string>(from, "verdict");
    to.reason = value_of<std::string>(from, "reason");
    to.tags = value_of<std::vector<std::string>>(from, "tags");
    to.duration_ms = value_of<double>(from, "duration_ms");
    for (const json& each : from.at("attempts")) {
        to.attempts.push_back(read_attempt(each));
    }
    return to;
}

report_entry read_report(const std::string& text) {
    const json from = json::parse(text);
    REQUIRE(from.at("schema") == "cordon.report/1");
    const json& of_run = from.at("run");
    report_entry to;
    to.isolation = value_of<std::string>(of_run, "isolation");
    to.stopped_because = value_of<std::string>(of_run, "stopped_because");
    to.duration_ms = value_of<double>(of_run, "duration_ms");
    to.seed = value_of<std::uint64_t>(of_run, "seed");
    to.jobs = value_of<int>(of_run, "jobs");
    to.cancelled = value_of<bool>(of_run, "cancelled");
    for (const json& each : from.at("tests")) {
        to.tests.push_back(read_test(each));
    }
    for (const auto& [key, value] : from.at("summary").items()) {
        if (value.is_number()) to.summary[key] = value.get<double>();
    }
    return to;
}

}  // namespace

const attempt_entry& test_entry::last() const {
    REQUIRE_MESSAGE(!attempts.empty(), name << " has no attempt");
    return attempts.back();
}

const test_entry& report_entry::operator[](const std::string& name) const {
    const test_entry* found = nullptr;
    for (const test_entry& each : tests) {
        if (each.name != name) continue;
        REQUIRE_MESSAGE(found == nullptr, name << " is in the report twice");
        found = &each;
    }
    REQUIRE_MESSAGE(found != nullptr, name << " is not in the report");
    return *found;
}

std::size_t report_entry::count(const std::string& verdict) const {
    return static_cast<std::size_t>(
        std::count_if(tests.begin(), tests.end(), [&](const test_entry& each) { return each.verdict == verdict; }));
}

std::ostream& operator<<(std::ostream& to, const outcome& what) {
    return to << "exit code " << what.exit_code << ", signal " << what.signal << ", " << what.seconds
              << " s\n-- stdout\n"
              << what.out << "\n-- stderr\n"
              << what.err << "\n--";
}

// ---- running ----

namespace {

// What the run's processes are found by: every one inherits it with the environment.
constexpr const char* id_variable = "PROCESS_TEST_ID";

// A coding agent that runs these tests would get another report by default.
bool is_of_agent(const std::string& variable) {
    const auto is_named = [&](const char* name) { return variable.rfind(std::string(name) + "=", 0) == 0; };
    return std::any_of(std::begin(agent_variables), std::end(agent_variables), is_named);
}

std::vector<std::string> in_tested_mode(std::vector<std::string> arguments) {
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        if (arguments[i] == "--isolate=fork") arguments[i] = "--isolate=" + fork_mode();
        if (i != 0 && arguments[i - 1] == "--isolate" && arguments[i] == "fork") arguments[i] = fork_mode();
    }
    return arguments;
}

// In commands that are offered: as if the mode had not been asked for.
std::string without_tested_mode(std::string text) {
    if (std::getenv(mode_variable) == nullptr) return text;
    const std::string option = " --isolate=" + fork_mode();
    for (std::size_t at = 0; (at = text.find(option, at)) != std::string::npos;)
        text.erase(at, option.size());
    return text;
}

std::vector<std::string> environment_for(const command& what, const std::string& id, const std::string& temporary) {
    std::vector<std::string> variables;
    for (char** each = environ; *each != nullptr; ++each) {
        const std::string variable = *each;
        if (variable.rfind("CORDON_", 0) == 0 || variable.rfind("TMPDIR=", 0) == 0 || is_of_agent(variable)) continue;
        variables.push_back(variable);
    }
    variables.push_back(std::string(id_variable) + "=" + id);
    variables.push_back("TMPDIR=" + temporary);
    // Not into the cache folder of whoever runs these tests.
    variables.push_back("CORDON_HISTORY=off");
    if (const char* mode = std::getenv(mode_variable)) variables.push_back(std::string("CORDON_ISOLATE=") + mode);
    if (const char* checks = std::getenv("CORDON_CHECK_REWIND"))
        variables.push_back(std::string("CORDON_CHECK_REWIND=") + checks);
    for (const auto& [name, value] : what.environment) {
        const std::string start = name + "=";
        variables.erase(std::remove_if(variables.begin(), variables.end(),
                                       [&](const std::string& each) { return each.rfind(start, 0) == 0; }),
                        variables.end());
        variables.push_back(start + value);
    }
    return variables;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> all;
    for (std::string& each : texts) {
        all.push_back(each.data());
    }
    all.push_back(nullptr);
    return all;
}

void lead_to(const std::string& path, int number) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    ::dup2(file, number);
}

}  // namespace

running::running(command what) : what_(std::move(what)) {
    static int counter = 0;
    id_ = std::to_string(::getpid()) + "-" + std::to_string(++counter) + "-" + folder_.path();
    const std::string path = child_path(what_.program);
    std::vector<std::string> arguments{what_.name.empty() ? path : what_.name};
    const std::vector<std::string> wanted = in_tested_mode(what_.arguments);
    arguments.insert(arguments.end(), wanted.begin(), wanted.end());
    if (what_.report) {
        arguments.push_back("--report");
        arguments.push_back("json=" + (folder_ / "report.json"));
    }
    ::mkdir((folder_ / "tmp").c_str(), 0777);
    std::vector<std::string> variables = environment_for(what_, id_, folder_ / "tmp");
    const std::vector<char*> argument_pointers = pointers(arguments);
    const std::vector<char*> variable_pointers = pointers(variables);
    const std::string out = folder_ / "out";
    const std::string err = folder_ / "err";
    started_ = std::chrono::steady_clock::now();
    pid_ = ::fork();
    REQUIRE(pid_ >= 0);
    if (pid_ != 0) {
        ::setpgid(static_cast<pid_t>(pid_), static_cast<pid_t>(pid_));
        return;
    }
    ::setpgid(0, 0);
    lead_to(out, STDOUT_FILENO);
    lead_to(err, STDERR_FILENO);
    if (what_.folder.empty() || ::chdir(what_.folder.c_str()) == 0)
        ::execve(path.c_str(), argument_pointers.data(), variable_pointers.data());
    ::perror(path.c_str());
    ::_exit(126);
}

running::~running() {
    if (!ended_) {
        ::kill(-static_cast<pid_t>(pid_), SIGKILL);
        int ignored = 0;
        ::waitpid(static_cast<pid_t>(pid_), &ignored, 0);
    }
    for (const long each : survivors()) {
        ::kill(static_cast<pid_t>(each), SIGKILL);
    }
}

void running::send(int signal) const { ::kill(static_cast<pid_t>(pid_), signal); }

bool running::has_ended() {
    if (ended_) return true;
    look_at_memory();
    ended_ = ::waitpid(static_cast<pid_t>(pid_), &state_, WNOHANG) == static_cast<pid_t>(pid_);
    return ended_;
}

std::string running::out() const { return read_file(folder_ / "out"); }
std::string running::err() const { return read_file(folder_ / "err"); }

void running::look_at_memory() {
    std::ifstream status("/proc/" + std::to_string(pid_) + "/status");
    for (std::string line; std::getline(status, line);) {
        if (line.rfind("VmHWM:", 0) == 0)
            outcome_.peak_kib =
                std::max<std::uint64_t>(outcome_.peak_kib, std::strtoull(line.c_str() + 6, nullptr, 10));
    }
}

outcome running::wait() {
    const bool in_time = eventually([this] { return has_ended(); }, what_.limit);
    outcome_.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count();
    outcome_.out = without_tested_mode(read_file(folder_ / "out"));
    outcome_.err = read_file(folder_ / "err");
    REQUIRE_MESSAGE(in_time, what_.program << " does not end: " << outcome_);
    outcome_.exit_code = WIFEXITED(state_) ? WEXITSTATUS(state_) : -1;
    outcome_.signal = WIFSIGNALED(state_) ? WTERMSIG(state_) : 0;
    outcome_.report_text = read_file(folder_ / "report.json");
    outcome_.has_report = !outcome_.report_text.empty();
    if (outcome_.has_report) outcome_.report = read_report(outcome_.report_text);
    if (!what_.may_leave_processes) check_nothing_survives();
    check_no_file_is_left();
    return std::move(outcome_);
}

std::vector<long> running::survivors() const {
    std::vector<long> found;
    std::error_code none;
    for (fs::directory_iterator each("/proc", none), end; !none && each != end; each.increment(none)) {
        const std::string name = each->path().filename().string();
        if (name.find_first_not_of("0123456789") != std::string::npos) continue;
        const std::string variables = read_file(each->path().string() + "/environ");
        if (variables.find(id_variable + ("=" + id_) + '\0') == std::string::npos) continue;
        if (is_alive(std::stol(name))) found.push_back(std::stol(name));
    }
    return found;
}

// The supervisor has waited for its workers and they for their tests: nothing may be left at the very moment that it
// ends. What tests have started it cannot wait for everywhere: there it is dying at least.
void running::check_nothing_survives() const {
    if (is_portable()) eventually([this] { return survivors().empty(); }, std::chrono::seconds(5));
    std::string left;
    for (const long each : survivors()) {
        std::string command = read_file("/proc/" + std::to_string(each) + "/cmdline");
        std::replace(command.begin(), command.end(), '\0', ' ');
        left += std::to_string(each) + " (" + command + ") ";
    }
    CHECK_MESSAGE(left.empty(), what_.program << " left processes: " << left << outcome_);
}

// Each test's temporary folder lies in there.
void running::check_no_file_is_left() const {
    if (what_.may_leave_files) return;
    std::string left;
    for (const fs::directory_entry& each : fs::directory_iterator(folder_ / "tmp")) {
        left += each.path().filename().string() + " ";
    }
    CHECK_MESSAGE(left.empty(), what_.program << " left files: " << left << outcome_);
}

outcome run(command what) { return running(std::move(what)).wait(); }

outcome run(const std::string& program, std::vector<std::string> arguments) {
    command what;
    what.program = program;
    what.arguments = std::move(arguments);
    return run(std::move(what));
}

}  // namespace process_test
