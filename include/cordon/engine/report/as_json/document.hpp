#pragma once

#include <cordon/engine/base/text_output.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/model/sink.hpp>
#include <cordon/engine/report/as_json/attempt.hpp>
#include <cordon/engine/report/as_json/parts.hpp>
#include <cordon/engine/report/tally.hpp>
#include <cordon/engine/text/json_writer.hpp>
#include <cordon/engine/text/single_reruns.hpp>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

namespace cordon::engine::report {

/// The words of a command line as a shell reads them.
std::string shell_line(const vector<std::string>& words) {
    std::string line;
    for (const std::string& word : words)
        line += (line.empty() ? "" : " ") + text::shell_word(word);
    return line;
}

/// The document of docs/json-report.md: the JSON report, and the data of the HTML page. Written at the end of the run.
/// Until then an attempt is kept as its figures (about 170 bytes) and its text, if any, as JSON.
class json_document final : public sink {
  public:
    /// With a packing the document is written packed. Output and packing must outlive this object.
    explicit json_document(text_output& output, text::json_packing* packing = nullptr)
        : output_(output), packing_(packing) {}

    void on(const event& happened) override;
    /// Writes the document. Writes nothing if there was no run_started.
    status finish() override;

  private:
    static constexpr std::uint32_t none = 0xFFFFFFFF;

    struct attempt_record {
        attempt_kept kept;
        std::uint32_t next;  ///< next attempt of the same test, or none
        std::uint32_t text;  ///< index into texts_, or none
        std::uint32_t host;  ///< index into hosts_ and one; 0: the machine of the run
    };
    struct test_record {
        verdict what = verdict::not_run;
        bool selected = false;
        std::uint32_t first = none;
        std::uint32_t last = none;
        std::uint32_t reason = none;   ///< index into texts_
        std::uint32_t against = none;  ///< index into texts_
        std::uint32_t flake = none;    ///< index into flakes_
        std::uint32_t earlier = none;  ///< index into earlier_
    };
    void start(const run_started& run);
    void add(const attempt_result& attempt);
    void add(const test_finished& test);
    void add(const flake_summary& found);
    test_record* record_of(std::size_t test);
    std::uint32_t number_of_host(const std::string& name);
    std::uint32_t keep_texts(const attempt_result& attempt);
    std::uint32_t keep_text(const std::string& text);

    void write_run(text::json_writer& json) const;
    void write_test(text::json_writer& json, std::size_t test, text::single_reruns& reruns) const;
    void write_rerun(text::json_writer& json, std::size_t test, text::single_reruns& reruns) const;
    std::string rerun_prefix() const;
    std::string leaf_options_of(const test_record& record) const;
    void write_attempt(text::json_writer& json, const attempt_record& attempt) const;
    void write_summary(text::json_writer& json) const;
    void flush(std::size_t at_least);

    text_output& output_;
    text::json_packing* packing_;
    std::string text_;
    tally counts_;
    run_info run_;
    std::shared_ptr<const test_list> list_;
    vector<attempt_record> attempts_;
    vector<test_record> tests_;  // by index in the list
    vector<attempt_texts> texts_;
    vector<std::string> flakes_;  ///< as JSON
    vector<test_past> earlier_;
    vector<std::string> hosts_;
    vector<notice> notices_;
};

void json_document::on(const event& happened) {
    counts_.on(happened);
    if (const auto* ended = happened.get_if<attempt_ended>()) {
        add(ended->result);
    } else if (const auto* finished = happened.get_if<test_finished>()) {
        add(*finished);
    } else if (const auto* flake = happened.get_if<flake_found>()) {
        add(flake->what);
    } else if (const auto* said = happened.get_if<notice>()) {
        notices_.push_back(notice(*said));
    } else if (const auto* run = happened.get_if<run_started>()) {
        start(*run);
    }
}

void json_document::start(const run_started& run) {
    run_ = run_info(run.info);
    list_ = run.list;
    if (!list_) return;
    tests_.resize(list_->tests.size());
    for (const std::size_t test : run.selected) {
        if (test < tests_.size()) tests_[test].selected = true;
    }
    attempts_.reserve(run.selected.size());
}

json_document::test_record* json_document::record_of(std::size_t test) {
    return test < tests_.size() ? &tests_[test] : nullptr;
}

void json_document::add(const attempt_result& attempt) {
    test_record* test = record_of(attempt.test);
    if (test == nullptr) return;
    const auto index = static_cast<std::uint32_t>(attempts_.size());
    (test->first == none ? test->first : attempts_[test->last].next) = index;
    test->last = index;
    attempts_.push_back({kept_of(attempt), none, keep_texts(attempt), number_of_host(attempt.host)});
}

std::uint32_t json_document::number_of_host(const std::string& name) {
    if (name.empty()) return 0;
    const std::string* const found = std::find(hosts_.begin(), hosts_.end(), name);
    const auto number = static_cast<std::uint32_t>(found - hosts_.begin() + 1);
    if (found == hosts_.end()) hosts_.push_back(std::string(name));
    return number;
}

std::uint32_t json_document::keep_texts(const attempt_result& attempt) {
    if (!has_texts(attempt)) return none;
    texts_.push_back(texts_of(attempt, packing_));
    return static_cast<std::uint32_t>(texts_.size() - 1);
}

void json_document::add(const test_finished& test) {
    test_record* record = record_of(test.test);
    if (record == nullptr) return;
    record->what = test.what;
    if (test.earlier) {
        record->earlier = static_cast<std::uint32_t>(earlier_.size());
        earlier_.push_back(*test.earlier);
    }
    record->reason = keep_text(test.reason);
    record->against = keep_text(test.against);
}

std::uint32_t json_document::keep_text(const std::string& text) {
    if (text.empty()) return none;
    texts_.push_back({});
    texts_.back().reason = text;
    return static_cast<std::uint32_t>(texts_.size() - 1);
}

void json_document::add(const flake_summary& found) {
    test_record* record = record_of(found.test);
    if (record == nullptr) return;
    flakes_.emplace_back();
    text::json_writer json(flakes_.back(), packing_);
    write_flake(json, found);
    record->flake = static_cast<std::uint32_t>(flakes_.size() - 1);
}

status json_document::finish() {
    if (!list_) return ok();
    text::json_writer json(text_, packing_);
    json.open('{');
    json.key("schema").string("cordon.report/1");
    json.line();
    json.key("run");
    write_run(json);
    json.line();
    json.key("notices");
    write_value(json, notices_);
    json.line();
    text::single_reruns reruns(*list_);
    json.key("tests").open('[');
    for (std::size_t test = 0; test < tests_.size(); ++test) {
        if (!tests_[test].selected) continue;
        json.line();
        write_test(json, test, reruns);
        flush(64 * 1024);
    }
    json.close(']');
    json.line();
    json.key("summary");
    write_summary(json);
    json.close('}');
    text_ += '\n';
    flush(0);
    return ok();
}

void json_document::flush(std::size_t at_least) {
    if (text_.size() < at_least) return;
    output_.write(text_);
    text_.clear();
}

void json_document::write_run(text::json_writer& json) const {
    const run_info& run = run_;
    std::string hash;
    append_hex(hash, "", static_cast<std::uint32_t>(list_->hash >> 32), 8);
    append_hex(hash, "", static_cast<std::uint32_t>(list_->hash), 8);
    json.open('{');
    write_members(json, run);
    json.key("duration_ms").milliseconds(counts_.wall());
    json.key("command").string(shell_line(run.command_line));
    json.key("rerun_prefix").string(rerun_prefix());
    json.key("test_list_hash").string(hash);
    json.key("host").open('{');
    json.key("os").string_or_null(run.os);
    json.key("arch").string_or_null(run.arch);
    json.key("cpus").number(run.cpus);
    json.close('}');
    json.key("cancelled").boolean(counts_.cancelled_by() != 0);
    json.key("stopped_because").string_or_null(counts_.stopped_because());
    json.key("against").string_or_null(counts_.against());
    json.close('}');
}

std::string json_document::rerun_prefix() const {
    return text::program_word(run_.command_line.empty() ? "./tests" : run_.command_line[0]) + run_.again;
}

/// Of a test with a single bad subcase: in its last attempt that did not pass.
std::string json_document::leaf_options_of(const test_record& record) const {
    std::string options;
    if (run_.again.find(" --subcase ") != std::string::npos) return options;
    for (std::uint32_t i = record.first; i != none; i = attempts_[i].next) {
        const attempt_record& attempt = attempts_[i];
        if (attempt.kept.figures.how != ending::passed) options = texts_[attempt.text].leaf_options;
    }
    return options;
}

/// The command is in the report only where a reader cannot make it by rule, and of every test that went wrong.
void json_document::write_rerun(text::json_writer& json, std::size_t test, text::single_reruns& reruns) const {
    const test_info& info = list_->tests[test];
    const test_record& record = tests_[test];
    const bool went_wrong = record.what != verdict::passed && record.what != verdict::skipped &&
                            record.what != verdict::todo && record.what != verdict::not_run;
    if (went_wrong || !reruns.is_obvious(info)) {
        const std::string leaf = went_wrong ? leaf_options_of(record) : std::string();
        json.key("rerun").string(rerun_prefix() + " " + reruns.arguments_for(info) + leaf);
    } else if (!json.packs()) {
        json.key("rerun").null();
    }
}

void json_document::write_test(text::json_writer& json, std::size_t test, text::single_reruns& reruns) const {
    const test_info& info = list_->tests[test];
    const test_record& record = tests_[test];
    json.open('{');
    json.key("name").string(info.name);
    json.key("suite").string_or_null(info.suite);
    json.key("file").string_or_null(info.file);
    json.key("line");
    info.line == 0 ? json.null() : json.number(info.line);
    // The page that reads packed data does not use it.
    const duration limit = limit_of(info, run_);
    if (!json.packs()) {
        json.key("timeout_ms");
        limit == duration{0} ? json.null() : json.milliseconds(limit);
    }
    json.key("tags").open('[');
    for (const std::string_view tag : info.tags) {
        json.string(tag);
    }
    json.close(']');
    json.key("verdict").string(name_of(record.what));
    json.key("reason");
    record.reason == none ? json.null() : json.string(texts_[record.reason].reason);
    // The page that reads packed data takes a missing member for null.
    if (record.against != none) {
        json.key("against").string(texts_[record.against].reason);
    } else if (!json.packs()) {
        json.key("against").null();
    }
    write_rerun(json, test, reruns);
    json.key("duration_ms").milliseconds(counts_.time_of(test));
    json.key("attempts").open('[');
    for (std::uint32_t i = record.first; i != none; i = attempts_[i].next) {
        write_attempt(json, attempts_[i]);
    }
    json.close(']');
    json.key("flake");
    record.flake == none ? json.null() : json.raw(flakes_[record.flake]);
    json.key("history");
    if (record.earlier == none) {
        json.null();
    } else {
        write_history(json, earlier_[record.earlier], record.what);
    }
    json.close('}');
}

void json_document::write_attempt(text::json_writer& json, const attempt_record& attempt) const {
    json.open('{');
    write_attempt_members(json, attempt.kept, attempt.text == none ? nullptr : &texts_[attempt.text],
                          attempt.host == 0 ? std::string_view() : hosts_[attempt.host - 1]);
    json.close('}');
}

void json_document::write_summary(text::json_writer& json) const {
    json.open('{');
    json.key("total").number(counts_.selected());
    for (std::size_t i = 0; i < verdict_count; ++i) {
        const auto what = static_cast<verdict>(i);
        json.key(name_of(what)).number(counts_.count(what));
    }
    json.key("assertions").number(counts_.assertions());
    json.key("failed_assertions").number(counts_.failed_assertions());
    json.key("workers_started").number(counts_.workers_started());
    json.key("workers_replaced").number(counts_.workers_replaced());
    json.key("user_ms").milliseconds(counts_.user_time());
    json.key("system_ms").milliseconds(counts_.system_time());
    json.key("mean_spawn_ms").milliseconds(counts_.mean_spawn());
    json.key("peak_rss_bytes").number(counts_.peak_rss_bytes());
    json.key("near_timeouts").number(counts_.near_misses());
    json.key("speedup").number(counts_.speedup());
    json.key("retries");
    write_retries(json, counts_.retries());
    json.close('}');
}

}  // namespace cordon::engine::report
