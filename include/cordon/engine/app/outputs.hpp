#pragma once

#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/owned.hpp>
#include <cordon/engine/base/text_output.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/run_judge.hpp>
#include <cordon/engine/model/sink.hpp>
#include <cordon/engine/os/files.hpp>
#include <cordon/engine/os/written_file.hpp>

#include <string>
#include <utility>

namespace cordon::engine::app {

/// The output of a report that writes no text.
class no_text : public text_output {
  public:
    void write(std::string_view) override {}
};

/// Standard output. If its reader ends (`| head`), that is not an error: the run continues, and its exit code has the
/// result.
class standard_output_text : public text_output {
  public:
    /// `until`: the time limit of the run. After it, the run no longer waits for a reader.
    explicit standard_output_text(deadline until = {}) { patience_.until = until; }
    void write(std::string_view text) override {
        if (failure_) return;
        const status written = os::write_standard_output(text, patience_);
        if (!written) failure_ = written.failure();
    }
    status finish() override {
        if (failure_ && !os::is_broken_pipe(*failure_)) return *failure_;
        return ok();
    }
    std::size_t columns() override { return os::terminal_width(); }

  private:
    os::write_patience patience_ = os::endless_patience();
    optional<error> failure_;
};

/// An output at a path that the user gave.
class written_text : public text_output {
  public:
    written_text(const std::string& path, os::delivery how, deadline until = {}) {
        os::write_patience patience;
        patience.until = until;
        result<os::written_file> made = os::written_file::open(path, how, patience);
        if (made) {
            file_.emplace(std::move(made.value()));
        } else {
            failure_ = made.failure();
        }
    }
    void write(std::string_view text) override {
        if (failure_) return;
        const status written = file_->write(text);
        if (!written) failure_ = written.failure();
    }
    status finish() override {
        if (failure_) return *failure_;
        return file_->commit_quickly();
    }
    /// An error that is known before the first test runs.
    const optional<error>& failure() const { return failure_; }

  private:
    optional<os::written_file> file_;
    optional<error> failure_;
};

/// All reports of a run. If one fails, the others are still written.
class reports : public sink {
  public:
    void add(owned<text_output> output, owned<sink> report) {
        outputs_.push_back(std::move(output));
        sinks_.push_back(std::move(report));
    }
    void add(sink& borrowed) { borrowed_.push_back(&borrowed); }

    /// For a recording: uses the options of the replay for verdicts.
    void judge_by(const options& chosen) { judge_.judge_by(chosen); }

    void on(const event& happened) override {
        const optional<event> judged = judge_.judged(happened);
        pass_on(judged ? *judged : happened);
    }

    /// All errors, as lines for standard error.
    vector<std::string> finish_all() {
        vector<std::string> errors;
        const auto note = [&errors](const status& done) {
            if (!done) errors.push_back("cannot " + os::describe(done.failure()));
        };
        for (std::size_t i = 0; i < sinks_.size(); ++i) {
            status done = sinks_[i]->finish();
            if (done) done = outputs_[i]->finish();
            note(done);
        }
        for (sink* each : borrowed_)
            note(each->finish());
        return errors;
    }

  private:
    void pass_on(const event& happened) {
        for (sink* each : borrowed_)
            each->on(happened);
        for (const owned<sink>& each : sinks_)
            each->on(happened);
    }

    run_judge judge_;
    vector<owned<text_output>> outputs_;
    vector<owned<sink>> sinks_;
    vector<sink*> borrowed_;
};

}  // namespace cordon::engine::app
