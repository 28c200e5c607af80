#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/text_output.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/test_list.hpp>
#include <cordon/engine/text/json_writer.hpp>
#include <cordon/engine/text/tag_counts.hpp>
#include <cordon/engine/text/wording.hpp>

#include <cstddef>
#include <string>
#include <string_view>

// The output of --list, --list=json and --list-tags. `selected` are indices into the list, in the order of output.

CORDON_CHEAP_BEGIN

namespace cordon::engine::report {

void flush(std::string& text, text_output& output, std::size_t at_least) {
    if (text.size() < at_least) return;
    output.write(text);
    text.clear();
}

constexpr std::size_t batch = 64 * 1024;

void write_tags(text::json_writer& json, const test_info& test) {
    json.key("tags").open('[');
    for (const std::string_view tag : test.tags) {
        json.string(tag);
    }
    json.close(']');
}

void write_reason(text::json_writer& json, std::string_view key, const optional<std::string_view>& reason) {
    json.key(key);
    reason ? json.string(*reason) : json.null();
}

void write_limit(text::json_writer& json, std::string_view key, const optional<duration>& limit) {
    json.key(key);
    limit ? json.milliseconds(*limit) : json.null();
}

void write_test(text::json_writer& json, const test_info& test) {
    json.open('{');
    json.key("name").string(test.name);
    json.key("suite").string_or_null(test.suite);
    json.key("file").string_or_null(test.file);
    json.key("line");
    test.line == 0 ? json.null() : json.number(test.line);
    json.key("description").string_or_null(test.description);
    write_tags(json, test);
    write_limit(json, "timeout_ms", test.timeout);
    write_limit(json, "slow_after_ms", test.slow_after);
    json.key("retries");
    test.retries ? json.number(*test.retries) : json.null();
    write_reason(json, "skip", test.skip);
    write_reason(json, "todo", test.todo);
    write_reason(json, "quarantine", test.quarantine);
    json.key("should_fail").boolean(test.should_fail);
    json.key("may_fail").boolean(test.may_fail);
    json.close('}');
}

/// One full name ("suite/name") in each line and nothing else, for pipes: a line is a PATTERN that selects the test.
/// Control characters are spelled out, so a name never takes two lines.
void list_names(const test_list& list, const vector<std::size_t>& selected, text_output& output) {
    std::string text;
    for (const std::size_t test : selected) {
        text::append_title(text, list.tests[test], "/");
        text += '\n';
        flush(text, output, batch);
    }
    flush(text, output, 1);
}

/// The list as JSON, with the data from the source for each test.
void list_json(const test_list& list, const vector<std::size_t>& selected, text_output& output) {
    std::string text;
    text::json_writer json(text);
    json.open('{');
    json.key("schema").string("cordon.list/1");
    json.line();
    json.key("tests").open('[');
    for (const std::size_t test : selected) {
        json.line();
        write_test(json, list.tests[test]);
        flush(text, output, batch);
    }
    json.close(']');
    json.close('}');
    text += '\n';
    output.write(text);
}

/// Each tag with the number of its tests, by name.
void list_tags(const test_list& list, const vector<std::size_t>& selected, text_output& output) {
    vector<std::string_view> tags;
    vector<std::size_t> counts;
    for (const std::size_t test : selected) {
        for (const std::string_view tag : list.tests[test].tags) {
            text::count_tag(tag, tags, counts);
        }
    }
    std::string text;
    for (std::size_t i = 0; i < tags.size(); ++i) {
        const std::string count = std::to_string(counts[i]);
        text.append(count.size() < 7 ? 7 - count.size() : 0, ' ');
        text += count + "  ";
        append_printable(text, tags[i]);
        text += '\n';
    }
    flush(text, output, 1);
}

}  // namespace cordon::engine::report

CORDON_CHEAP_END
