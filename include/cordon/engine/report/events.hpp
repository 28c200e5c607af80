#pragma once

#include <cordon/engine/base/text_output.hpp>
#include <cordon/engine/model/sink.hpp>
#include <cordon/engine/report/as_json/attempt.hpp>
#include <cordon/engine/text/json_writer.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

namespace cordon::engine::report {

/// The events while they happen, each as a JSON object in its own line (https://jsonlines.org). The first member is the
/// kind of event. Fields have the names of the JSON report. Ticks are left out.
class events_report final : public sink {
  public:
    explicit events_report(text_output& output) : output_(output) {}

    void on(const event& happened) override {
        if (happened.get_if<tick>()) return;
        happened.visit([this](const auto& what) { line(what); });
        // Important events go out at once; the many quick passes of a run go together.
        const auto* finished = happened.get_if<test_finished>();
        const bool waits = happened.get_if<attempt_ended>() || happened.get_if<attempt_started>() ||
                           (finished != nullptr && finished->what == verdict::passed);
        if (!waits || text_.size() >= batch || now() - flushed_ >= at_latest) flush();
    }
    status finish() override {
        flush();
        return ok();
    }

  private:
    static constexpr std::size_t batch = 32 * 1024;
    static constexpr duration at_latest = std::chrono::milliseconds(20);

    class object {
      public:
        object(std::string& out, std::string_view name) : out_(out), json(out) {
            json.open('{');
            json.key("event").string(name);
        }
        ~object() {
            json.close('}');
            out_ += '\n';
        }

      private:
        std::string& out_;

      public:
        text::json_writer json;
    };

    void line(const run_started& run);
    void line(const worker_started& worker);
    void line(const worker_lost& worker);
    void line(const attempt_started& attempt);
    void line(const output_arrived& arrived);
    void line(const attempt_ended& ended);
    void line(const test_finished& finished);
    void line(const notice& said);
    void line(const flake_found& found);
    void line(const tick&) {}
    void line(const run_finished& run);

    void name_test(text::json_writer& json, std::size_t test) const;

    void flush() {
        output_.write(text_);
        text_.clear();
        flushed_ = now();
    }

    text_output& output_;
    std::string text_;
    instant flushed_{};
    std::shared_ptr<const test_list> list_;
};

void events_report::name_test(text::json_writer& json, std::size_t test) const {
    json.key("test").number(static_cast<std::uint64_t>(test));
    if (!list_ || test >= list_->tests.size()) return;
    json.key("name").string(list_->tests[test].name);
    json.key("suite").string_or_null(list_->tests[test].suite);
}

void events_report::line(const run_started& run) {
    constexpr std::string_view modes[] = {"default", "fork", "exec", "shard", "none"};
    list_ = run.list;
    object out(text_, "run_started");
    text::json_writer& json = out.json;
    json.key("schema").string("cordon.events/1");
    json.key("started_at").string_or_null(run.info.started_at);
    json.key("program").string(run.info.program);
    json.key("seed").number(run.info.seed);
    json.key("jobs").number(run.info.jobs);
    json.key("isolation").string(modes[static_cast<std::size_t>(run.info.isolation)]);
    json.key("build_id").string_or_null(run.info.build_id);
    json.key("filtered_out").number(run.info.filtered_out);
    json.key("tests").open('[');
    for (const std::size_t test : run.selected) {
        if (!list_) break;
        const test_info& info = list_->tests[test];
        json.open('{');
        name_test(json, test);
        json.key("file").string_or_null(info.file);
        json.key("line").number(info.line);
        json.close('}');
    }
    json.close(']');
}

void events_report::line(const worker_started& worker) {
    object out(text_, "worker_started");
    out.json.key("slot").number(worker.slot);
    out.json.key("pid").number(worker.pid);
    out.json.key("at_ms").milliseconds(worker.at);
    out.json.key("spawn_ms").milliseconds(worker.spawn);
    out.json.key("replacement").boolean(worker.replacement);
}

void events_report::line(const worker_lost& worker) {
    object out(text_, "worker_lost");
    out.json.key("slot").number(worker.slot);
    out.json.key("pid").number(worker.pid);
    out.json.key("at_ms").milliseconds(worker.at);
    out.json.key("reason").string(worker.reason);
}

void events_report::line(const attempt_started& attempt) {
    object out(text_, "attempt_started");
    name_test(out.json, attempt.test);
    out.json.key("number").number(attempt.number);
    out.json.key("slot").number(attempt.slot);
    out.json.key("pid").number(attempt.pid);
    out.json.key("at_ms").milliseconds(attempt.at);
}

void events_report::line(const output_arrived& arrived) {
    object out(text_, "output_arrived");
    name_test(out.json, arrived.test);
    out.json.key("stream").string(arrived.from == stream::out ? "stdout" : "stderr");
    out.json.key("text").string(arrived.text);
}

void events_report::line(const attempt_ended& ended) {
    object out(text_, "attempt_ended");
    name_test(out.json, ended.result.test);
    const bool more = has_texts(ended.result);
    const attempt_texts texts = more ? texts_of(ended.result, nullptr) : attempt_texts();
    write_attempt_members(out.json, figures_of(ended.result), more ? &texts : nullptr);
}

void events_report::line(const test_finished& finished) {
    object out(text_, "test_finished");
    name_test(out.json, finished.test);
    out.json.key("verdict").string(name_of(finished.what));
    out.json.key("reason").string_or_null(finished.reason);
    out.json.key("against").string_or_null(finished.against);
}

void events_report::line(const flake_found& found) {
    object out(text_, "flake_found");
    name_test(out.json, found.what.test);
    out.json.key("flake");
    write_flake(out.json, found.what);
}

void events_report::line(const notice& said) {
    constexpr std::string_view levels[] = {"info", "warning", "error"};
    object out(text_, "notice");
    out.json.key("level").string(levels[static_cast<std::size_t>(said.how)]);
    out.json.key("text").string(said.text);
}

void events_report::line(const run_finished& run) {
    object out(text_, "run_finished");
    out.json.key("duration_ms").milliseconds(run.took);
    out.json.key("cancelled").boolean(run.cancelled_by != 0);
    out.json.key("stopped_because").string_or_null(run.stopped_because);
    out.json.key("peak_rss_bytes").number(run.peak_rss_bytes);
    out.json.key("against").string_or_null(run.against);
}

}  // namespace cordon::engine::report
