#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/text.hpp>
#include <cordon/engine/base/text_output.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/model/options.hpp>
#include <cordon/engine/model/sink.hpp>
#include <cordon/engine/os/written_file.hpp>
#include <cordon/engine/text/wording.hpp>

#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

// Files that Bazel asks for besides the report.

CORDON_CHEAP_BEGIN

namespace cordon::engine::app {

/// options::premature_exit_file exists as long as this object. If a test ends the program, it stays.
class premature_exit_note {
  public:
    explicit premature_exit_note(const std::string& path) : path_(path) {}
    premature_exit_note(const premature_exit_note&) = delete;
    premature_exit_note& operator=(const premature_exit_note&) = delete;
    ~premature_exit_note() {
        if (made_) std::remove(path_.c_str());
    }

    status make() {
        if (path_.empty()) return ok();
        result<os::written_file> file = os::written_file::open(path_, os::delivery::growing);
        if (!file) return file.failure();
        made_ = true;
        return file.value().commit_quickly();
    }

  private:
    std::string path_;
    bool made_ = false;
};

/// For exit code 4: the failure is not one of the tests.
void note_infrastructure_failure(const std::string& path) {
    if (path.empty()) return;
    result<os::written_file> file = os::written_file::open(path, os::delivery::growing);
    if (!file || !file.value().write("cordon\nsee the test log\n")) return;
    file.value().commit_quickly().ignore();
}

/// Warnings of a run, one in each line: those of cordon, and flaky tests.
class warnings_file final : public sink {
  public:
    explicit warnings_file(text_output& output) : output_(output) {}

    void on(const event& happened) override {
        if (const auto* run = happened.get_if<run_started>()) {
            list_ = run->list;
        } else if (const auto* said = happened.get_if<notice>()) {
            if (said->how != notice::level::info) add(said->text);
        } else if (const auto* test = happened.get_if<test_finished>()) {
            if (test->what == verdict::flaky) add("flaky: " + text::full_name_of(list_->tests[test->test]));
        }
    }

  private:
    void add(std::string_view line) {
        std::string text;
        append_printable(text, line);
        output_.write(text + "\n");
    }

    text_output& output_;
    std::shared_ptr<const test_list> list_;
};

}  // namespace cordon::engine::app

CORDON_CHEAP_END
