#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/json.hpp>
#include <cordon/engine/base/parse.hpp>
#include <cordon/engine/base/quote.hpp>
#include <cordon/engine/base/vector.hpp>

#include <string>
#include <string_view>

// The tools of the Model Context Protocol server: names, schemas, and how arguments become options of a run.

CORDON_CHEAP_BEGIN

namespace cordon::engine::app::mcp {

/// One argument of tools. `type` is a type of JSON Schema, or "strings" for an array of strings.
struct argument {
    const char* name;
    const char* type;
    const char* option;  ///< the option of the run that takes the value; null: the server uses it
    const char* description;
};

constexpr argument all_arguments[] = {
    {"patterns", "strings", nullptr, "Tests to select: part of a name, a glob, or =NAME for one test; all without it"},
    {"filter", "string", "filter", "Filter language: name(GLOB) suite(GLOB) tag(NAME) file(GLOB) with & | ! ( )"},
    {"test", "string", nullptr, "Full name of one test, SUITE/NAME"},
    {"jobs", "integer", "jobs", "Number of workers"},
    {"fail_fast", "integer", "fail-fast", "Stop after this many failed tests"},
    {"timeout", "string", "timeout", "Time limit of a test, such as 250ms or 2s"},
    {"isolation", "string", "isolate", "fork, exec, shard or rewind"},
    {"seed", "string", "seed", "Seed of the run"},
    {"retries", "integer", "retries", "Attempts after a failure; 1 without it"},
    {"strategy", "string", "retry-on", "What is retried: fail, crash, timeout, exit, limit, lost or all, with commas"},
    {"backoff", "string", "retry-backoff", "fixed or exponential"},
    {"delay", "string", "retry-delay", "Delay before a retry, such as 100ms"},
    {"runs", "integer", nullptr, "Runs of each test; as many as needed without it"},
    {"threshold", "string", "flake-threshold", "Only higher failure rates fail the run, such as 5%"},
    {"time", "string", "flake-time", "Time limit of the search, such as 60s"},
    {"conditions", "string", nullptr, "Conditions to vary, such as hogs,tz=UTC+3; all without it"},
    {"wait_ms", "integer", nullptr, "Answer after this time at the latest, with state running; 45000 without it"},
    {"run_id", "integer", nullptr, "A run of this session; the last one without it"},
    {"part", "string", nullptr, "assertion, stack, stdout or stderr; all without it"},
    {"offset", "integer", nullptr, "Where to begin"},
    {"limit", "integer", nullptr, "How many"},
    {"max_bytes", "integer", nullptr, "Allow a longer answer; 2000 without it"},
};

enum class tool_kind : std::uint8_t {
    list_tests,
    run_tests,
    get_run,
    retry_failed,
    detect_flaky,
    explain_flaky,
    find_polluter,
    set_timeout,
    get_metrics,
    get_failure,
    history,
    cancel,
};

struct tool {
    tool_kind kind;
    const char* name;
    const char* title;
    const char* description;
    const char* arguments;  ///< names, separated by blanks; ! after a required one
    bool read_only;
    const char* output;  ///< properties of its output schema
    const char* always;  ///< those that are always there
};

constexpr const char* run_output =
    R"("run_id":{"type":"integer"},"tool":{"type":"string"},"state":{"enum":["running","finished","cancelled"]},)"
    R"("exit_code":{"type":["integer","null"]},"selected":{"type":"integer"},"finished":{"type":"integer"},)"
    R"("counts":{"type":"object","additionalProperties":{"type":"integer"}},)"
    R"("failed":{"type":"array","items":{"type":"string"}},"failed_total":{"type":"integer"},)"
    R"("program_rebuilt":{"type":"boolean"})";
constexpr const char* run_always = "run_id tool state exit_code selected finished counts failed failed_total";

constexpr tool all_tools[] = {
    {tool_kind::list_tests, "list_tests", "List tests", "Names of tests that the patterns and the filter select.",
     "patterns filter offset limit max_bytes", true,
     R"("total":{"type":"integer"},"offset":{"type":"integer"},"tests":{"type":"array","items":{"type":"string"}},)"
     R"("next_offset":{"type":["integer","null"]},"program_rebuilt":{"type":"boolean"})",
     "total offset tests next_offset"},
    {tool_kind::run_tests, "run_tests", "Run tests",
     "Runs tests, each isolated in a process, and returns counts and the causes of failures. A run that takes longer "
     "than wait_ms continues; ask get_run for it.",
     "patterns filter jobs fail_fast timeout isolation seed wait_ms max_bytes", false, run_output, run_always},
    {tool_kind::get_run, "get_run", "Result of a run", "Waits for a run, and returns its results so far.",
     "run_id wait_ms max_bytes", true, run_output, run_always},
    {tool_kind::retry_failed, "retry_failed", "Run failed tests again",
     "Runs the tests that failed in a run again, with retries.",
     "run_id retries strategy backoff delay jobs timeout wait_ms max_bytes", false, run_output, run_always},
    {tool_kind::detect_flaky, "detect_flaky", "Find flaky tests",
     "Runs each selected test many times and reports failure rates.",
     "patterns filter runs threshold time jobs wait_ms max_bytes", false, run_output, run_always},
    {tool_kind::explain_flaky, "explain_flaky", "Explain flaky tests",
     "Runs tests under one changed condition after another, and names the cause of their flakiness.",
     "patterns filter conditions time jobs wait_ms max_bytes", false, run_output, run_always},
    {tool_kind::find_polluter, "find_polluter", "Find polluters of a test",
     "Finds the tests that make a test fail, or pass, if they run before it in the same process.",
     "test! time wait_ms max_bytes", false, run_output, run_always},
    {tool_kind::set_timeout, "set_timeout", "Set the time limit", "Time limit of each test in later runs; 0 for none.",
     "timeout!", false, R"("timeout":{"type":"string"})", "timeout"},
    {tool_kind::get_metrics, "get_metrics", "Figures of a run",
     "Times, memory, workers and the slowest tests of a run.", "run_id", true,
     R"("run_id":{"type":"integer"},"duration_ms":{"type":"number"},"attempts":{"type":"integer"},)"
     R"("assertions":{"type":"integer"},"workers_started":{"type":"integer"},"workers_replaced":{"type":"integer"},)"
     R"("peak_rss_bytes":{"type":"integer"},"mean_spawn_ms":{"type":"number"},"speedup":{"type":["number","null"]},)"
     R"("slowest":{"type":"array","items":{"type":"object","properties":{"test":{"type":"string"},)"
     R"("duration_ms":{"type":"number"}},"required":["test","duration_ms"]}})",
     "run_id duration_ms attempts assertions workers_started workers_replaced peak_rss_bytes mean_spawn_ms speedup "
     "slowest"},
    {tool_kind::get_failure, "get_failure", "Details of a test",
     "What a run recorded of one test: failed assertions with values, stack, output.",
     "test! run_id part offset max_bytes", true,
     R"("run_id":{"type":"integer"},"test":{"type":"string"},"verdict":{"type":"string"},)"
     R"("attempts":{"type":"integer"},"total_bytes":{"type":"integer"},"next_offset":{"type":["integer","null"]})",
     "run_id test verdict attempts total_bytes next_offset"},
    {tool_kind::history, "history", "Runs of this session",
     "The runs of this session, the newest first; with a test, its verdict in each.", "test limit", true,
     R"("runs":{"type":"array","items":{"type":"object","properties":{"run_id":{"type":"integer"},)"
     R"("tool":{"type":"string"},"state":{"type":"string"},"exit_code":{"type":["integer","null"]},)"
     R"("verdict":{"type":["string","null"]}},"required":["run_id","tool","state","exit_code","verdict"]}})",
     "runs"},
    {tool_kind::cancel, "cancel", "Cancel a run", "Ends a run early. What had finished stays.", "run_id max_bytes",
     false, run_output, run_always},
};

const argument* find_argument(std::string_view name) {
    for (const argument& each : all_arguments) {
        if (name == each.name) return &each;
    }
    return nullptr;
}

/// Calls use(name, required) for each word of a list; a ! after a word says that it is required.
template <class Use>
void each_word(std::string_view list, Use&& use) {
    while (!list.empty()) {
        const std::size_t end = list.find(' ') < list.size() ? list.find(' ') : list.size();
        std::string_view word = list.substr(0, end);
        list.remove_prefix(end < list.size() ? end + 1 : end);
        const bool required = word.back() == '!';
        if (required) word.remove_suffix(1);
        use(word, required);
    }
}

std::string schema_of(std::string_view properties, const std::string& required) {
    return R"({"type":"object","properties":{)" + std::string(properties) + R"(},"required":[)" + required + "]}";
}

void append_quoted(std::string& list, std::string_view word) {
    if (!list.empty()) list += ',';
    list += '"' + std::string(word) + '"';
}

std::string input_schema_of(const tool& which) {
    std::string properties, needed;
    each_word(which.arguments, [&](std::string_view name, bool required) {
        const argument& known = *find_argument(name);
        if (!properties.empty()) properties += ',';
        properties += '"' + std::string(name) + "\":{";
        const bool list = std::string_view(known.type) == "strings";
        properties +=
            list ? R"("type":"array","items":{"type":"string"})" : R"("type":")" + std::string(known.type) + '"';
        properties += R"(,"description":")" + std::string(known.description) + "\"}";
        if (required) append_quoted(needed, name);
    });
    std::string schema = schema_of(properties, needed);
    schema.insert(schema.size() - 1, R"(,"additionalProperties":false)");
    return schema;
}

std::string output_schema_of(const tool& which) {
    std::string needed;
    each_word(which.always, [&](std::string_view name, bool) { append_quoted(needed, name); });
    return schema_of(which.output, needed);
}

bool has_type(const json_value& value, std::string_view type) {
    using kind = json_value::kind;
    if (type == "string") return value.is(kind::string);
    if (type == "integer") return value.is(kind::number) && parse_unsigned(value.text, 1'000'000'000).has_value();
    if (!value.is(kind::array)) return false;
    for (const json_value& each : value.items) {
        if (!each.is(kind::string)) return false;
    }
    return true;
}

/// Why these arguments do not fit a tool; empty: they do.
std::string wrong_argument(const tool& which, const json_value& given) {
    std::string known, missing;
    each_word(which.arguments, [&](std::string_view name, bool required) {
        known += (known.empty() ? "" : ", ") + std::string(name);
        if (required && given.find(name) == nullptr) missing = name;
    });
    for (std::size_t i = 0; i < given.names.size(); ++i) {
        const std::string& name = given.names[i];
        bool takes = false;
        each_word(which.arguments, [&](std::string_view each, bool) { takes = takes || each == name; });
        if (!takes) return "unknown argument " + quoted(name) + ": expected " + known;
        const std::string type = find_argument(name)->type;
        if (!has_type(given.items[i], type))
            return "argument " + quoted(name) + ": expected " +
                   (type == "integer"   ? "a whole number from 0 to 1000000000"
                    : type == "strings" ? "an array of strings"
                                        : "a string");
    }
    return missing.empty() ? "" : "argument " + quoted(missing) + " is missing";
}

std::uint64_t number_of(const json_value& arguments, std::string_view name, std::uint64_t otherwise) {
    const json_value* given = arguments.find(name);
    return given != nullptr ? parse_unsigned(given->text, 1'000'000'000).value_or(otherwise) : otherwise;
}

/// The options that arguments stand for. A value can never become another option.
vector<std::string> options_for(const tool& which, const json_value& given) {
    vector<std::string> options;
    for (std::size_t i = 0; i < given.names.size(); ++i) {
        const argument& known = *find_argument(given.names[i]);
        if (known.option != nullptr) options.push_back("--" + std::string(known.option) + "=" + given.items[i].text);
    }
    const auto optional_value = [&](const char* option, std::string_view from) {
        const json_value* value = given.find(from);
        options.push_back(option + (value != nullptr ? "=" + value->text : std::string()));
    };
    if (which.kind == tool_kind::detect_flaky) optional_value("--flake-detect", "runs");
    if (which.kind == tool_kind::explain_flaky) optional_value("--flake-diagnose", "conditions");
    if (which.kind == tool_kind::find_polluter) optional_value("--find-polluter", "test");
    if (which.kind == tool_kind::retry_failed && given.find("retries") == nullptr) options.push_back("--retries=1");
    if (which.kind == tool_kind::list_tests) options.push_back("--list=json");
    return options;
}

}  // namespace cordon::engine::app::mcp

CORDON_CHEAP_END
