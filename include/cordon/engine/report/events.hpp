#pragma once

#include <cordon/engine/base/text_output.hpp>
#include <cordon/engine/model/sink.hpp>
#include <cordon/engine/report/as_json/attempt.hpp>
#include <cordon/engine/text/json_writer.hpp>

#include <chrono>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace cordon::engine::report {

template <class Event, class = void>
constexpr bool is_of_test = false;
template <class Event>
constexpr bool is_of_test<Event, std::void_t<decltype(std::declval<Event&>().test)>> = true;

/// The events while they happen, each as a JSON object in its own line (https://jsonlines.org). The first member is the
/// kind of event. Fields have the names of the JSON report. Ticks are left out.
class events_report final : public sink {
  public:
    explicit events_report(text_output& output) : output_(output) {}

    void on(const event& happened) override {
        if (happened.get_if<tick>()) return;
        happened.visit([&](const auto& what) { line(names[happened.index()], what); });
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

    /// Of the events, by their places in the variant.
    static constexpr std::string_view names[] = {"run_started",    "worker_started", "worker_lost",   "attempt_started",
                                                 "output_arrived", "attempt_ended",  "test_finished", "notice",
                                                 "tick",           "run_finished",   "flake_found"};
    static_assert(std::size(names) == event::count());

    /// An event's named fields, and what else its overload of `more` says.
    template <class Event>
    void line(std::string_view name, const Event& what) {
        text::json_writer json(text_);
        json.open('{');
        json.key("event").string(name);
        more(json, what);
        write_members(json, what);
        json.close('}');
        text_ += '\n';
    }
    template <class Event>
    void more(text::json_writer& json, const Event& what) {
        if constexpr (is_of_test<Event>) name_test(json, what.test);
    }
    void more(text::json_writer& json, const run_started& run);
    void more(text::json_writer& json, const attempt_ended& ended);
    void more(text::json_writer& json, const flake_found& found) {
        name_test(json, found.what.test);
        json.key("flake");
        write_flake(json, found.what);
    }
    void more(text::json_writer& json, const run_finished& run) {
        json.key("cancelled").boolean(run.cancelled_by != 0);
    }

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

void events_report::more(text::json_writer& json, const run_started& run) {
    list_ = run.list;
    json.key("schema").string("cordon.events/1");
    json.key("selected").number(static_cast<std::uint64_t>(run.selected.size()));
    write_members(json, run.info);
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

void events_report::more(text::json_writer& json, const attempt_ended& ended) {
    name_test(json, ended.result.test);
    const bool has_more = has_texts(ended.result);
    const attempt_texts texts = has_more ? texts_of(ended.result, nullptr) : attempt_texts();
    write_attempt_members(json, kept_of(ended.result), has_more ? &texts : nullptr, ended.result.host);
}

}  // namespace cordon::engine::report
