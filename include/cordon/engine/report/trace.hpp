#pragma once

#include <cordon/engine/base/text_output.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/sink.hpp>
#include <cordon/engine/text/json_writer.hpp>
#include <cordon/engine/text/plain_text.hpp>
#include <cordon/engine/text/wording.hpp>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

namespace cordon::engine::report {

/// Chrome's trace events as a JSON array, for Perfetto (https://ui.perfetto.dev): a lane for each slot, a slice for
/// each attempt, and counters of running attempts and their memory. Slices are written when attempts end. The counters
/// need all of them, 24 bytes each.
class trace_report final : public sink {
  public:
    trace_report(show_output shown, text_output& output) : shown_(shown), output_(output), json_(text_) {}

    void on(const event& happened) override {
        if (const auto* ended = happened.get_if<attempt_ended>()) {
            if (list_) slice(ended->result);
            last_end_ = std::max(last_end_, ended->result.started + ended->result.took);
        } else if (const auto* run = happened.get_if<run_started>()) {
            begin(*run);
        } else if (const auto* worker = happened.get_if<worker_started>()) {
            if (!worker->host.empty() && worker->slot >= hosts_.size()) hosts_.resize(worker->slot + 1);
            if (!worker->host.empty()) hosts_[worker->slot] = worker->host;
            instant_of(worker->slot, worker->at, worker->replacement ? "worker replaced" : "worker started", {},
                       worker->pid);
        } else if (const auto* lost = happened.get_if<worker_lost>()) {
            instant_of(lost->slot, lost->at, "worker lost", lost->reason, lost->pid);
        } else if (const auto* finished = happened.get_if<test_finished>()) {
            judged(*finished);
        } else if (const auto* end = happened.get_if<run_finished>()) {
            if (!end->against.empty()) instant_of(0, end->took, "the run is no success", end->against, 0);
        }
        if (text_.size() >= batch) flush();
    }

    status finish() override {
        if (!list_) return ok();
        lanes();
        counters();
        json_.close(']');
        text_ += '\n';
        flush();
        return ok();
    }

  private:
    static constexpr std::size_t batch = 64 * 1024;
    static constexpr std::size_t most_output =
        4096;  // of a stream: the page that shows the trace keeps all of it in memory

    struct change {
        duration at;
        std::int64_t running;
        std::int64_t bytes;
    };

    /// By time; at the same time beginnings come before ends.
    static int in_order(const void* first, const void* second) {
        const change& a = *static_cast<const change*>(first);
        const change& b = *static_cast<const change*>(second);
        if (a.at != b.at) return a.at < b.at ? -1 : 1;
        return a.running == b.running ? 0 : a.running > b.running ? -1 : 1;
    }

    void begin(const run_started& run) {
        list_ = run.list;
        if (!list_) return;
        json_.open('[');
        named("process_name", 0, std::string(run.info.program.empty() ? "tests" : run.info.program));
    }

    /// The common members of events; the object stays open.
    void open(std::string_view phase, std::string_view name, std::uint32_t slot) {
        json_.line();
        json_.open('{');
        json_.key("ph").string(phase);
        json_.key("name").string(name);
        json_.key("pid").number(1);
        json_.key("tid").number(slot);
    }
    void at(std::string_view key, duration when) { json_.key(key).number(seconds(when) * 1e6); }
    void named(std::string_view what, std::uint32_t slot, const std::string& name) {
        open("M", what, slot);
        json_.key("args").open('{');
        json_.key("name").string(name);
        json_.close('}');
        json_.close('}');
    }

    void slice(const attempt_result& attempt) {
        if (attempt.test >= list_->tests.size()) return;
        const test_info& test = list_->tests[attempt.test];
        slots_ = std::max(slots_, attempt.slot + 1);
        open("X", text::full_name_of(test), attempt.slot);
        json_.key("cat").string(name_of(attempt.how));
        at("ts", attempt.started);
        at("dur", attempt.took);
        if (attempt.how != ending::passed && attempt.how != ending::skipped) json_.key("cname").string("terrible");
        json_.key("args").open('{');
        json_.key("ending").string(name_of(attempt.how));
        json_.key("attempt").number(attempt.number);
        json_.key("process").number(attempt.pid);
        json_.key("spawn_ms").milliseconds(attempt.spawn);
        json_.key("cleanup_ms").milliseconds(attempt.cleanup);
        json_.key("max_rss_bytes").number(attempt.usage.max_rss_bytes);
        if (!test.file.empty()) json_.key("place").string(std::string(test.file) + ":" + std::to_string(test.line));
        if (attempt.how != ending::passed) json_.key("said").string(text::ending_in_words(attempt));
        const std::string account = text::account_of(attempt);
        if (!account.empty()) json_.key("details").string(account);
        // The verdict is not known yet, so each attempt decides for itself.
        if (text::shows_output(shown_, text::went_wrong(attempt) ? verdict::failed : verdict::passed)) {
            printed("stdout", text::output_of(attempt.output, stream::out));
            printed("stderr", text::output_of(attempt.output, stream::err));
        }
        json_.close('}');
        json_.close('}');
        const auto bytes = static_cast<std::int64_t>(attempt.usage.max_rss_bytes);
        changes_.push_back({attempt.started, 1, bytes});
        changes_.push_back({attempt.started + attempt.took, -1, -bytes});
    }

    /// Attempts show how they ended. A verdict that fails the run although the last attempt passed is a separate event.
    void judged(const test_finished& finished) {
        const bool against = finished.what == verdict::unexpected_pass || !finished.against.empty();
        if (!against || !list_ || finished.test >= list_->tests.size()) return;
        instant_of(0, last_end_,
                   text::full_name_of(list_->tests[finished.test]) + ": " + std::string(text::phrase_of(finished.what)),
                   finished.against.empty() ? finished.reason : finished.against, 0);
    }

    /// The last part of the output.
    void printed(std::string_view key, const std::string& lines) {
        if (lines.empty()) return;
        if (lines.size() <= most_output) {
            json_.key(key).string(lines);
        } else {
            json_.key(key).string("..." + lines.substr(code_point_start(lines, lines.size() - most_output)));
        }
    }

    void instant_of(std::uint32_t slot, duration when, std::string_view what, std::string_view reason,
                    std::int64_t pid) {
        if (!list_) return;
        slots_ = std::max(slots_, slot + 1);
        open("i", what, slot);
        json_.key("s").string("t");
        at("ts", when);
        json_.key("args").open('{');
        json_.key("process").number(pid);
        if (!reason.empty()) json_.key("reason").string(reason);
        json_.close('}');
        json_.close('}');
    }

    void lanes() {
        for (std::uint32_t slot = 0; slot < slots_; ++slot)
            named("thread_name", slot,
                  "worker " + std::to_string(slot) +
                      (slot < hosts_.size() && !hosts_[slot].empty() ? " on " + hosts_[slot] : ""));
    }

    void counters() {
        // From the C library: the other sort is about fifty functions to compile.
        if (!changes_.empty()) std::qsort(changes_.data(), changes_.size(), sizeof(change), in_order);
        std::int64_t running = 0;
        std::int64_t bytes = 0;
        for (std::size_t i = 0; i < changes_.size(); ++i) {
            running += changes_[i].running;
            bytes += changes_[i].bytes;
            if (i + 1 < changes_.size() && changes_[i + 1].at == changes_[i].at) continue;
            counter("running tests", changes_[i].at, "tests", running);
            counter("memory of running tests", changes_[i].at, "bytes", bytes);
            if (text_.size() >= batch) flush();
        }
    }
    void counter(std::string_view name, duration when, std::string_view unit, std::int64_t value) {
        open("C", name, 0);
        at("ts", when);
        json_.key("args").open('{');
        json_.key(unit).number(value);
        json_.close('}');
        json_.close('}');
    }

    void flush() {
        output_.write(text_);
        text_.clear();
    }

    show_output shown_;
    text_output& output_;
    std::string text_;
    text::json_writer json_;
    std::shared_ptr<const test_list> list_;
    std::uint32_t slots_ = 0;
    vector<std::string> hosts_;  ///< by slot; empty: the machine of the run
    duration last_end_{};
    vector<change> changes_;
};

}  // namespace cordon::engine::report
