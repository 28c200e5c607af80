#pragma once

#include <cordon/engine/archive/recording.hpp>
#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/text_output.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/model/sink.hpp>

#include <chrono>
#include <cstdint>
#include <string>

namespace cordon::engine::archive {

/// Writes a recording during the run. An event is written 20 ms later, or at the next tick if nothing else happens. If
/// tests run in this process, each event is written at once, because the process may end at any time. `output` must
/// outlive it.
class recorder final : public sink {
  public:
    explicit recorder(text_output& output) : output_(output), text_(codec::title_of(recording_kind)) {}

    void on(const event& happened) override {
        if (!append_event(text_, number_, happened)) {
            too_large_ = true;
            return;
        }
        ++number_;
        if (const auto* run = happened.get_if<run_started>()) at_once_ = run->info.isolation == isolate::none;
        if (at_once_ || text_.size() >= batch || happened.get_if<tick>() || happened.get_if<notice>()) return flush();
        if (now() - flushed_ >= at_latest) flush();
    }

    status finish() override {
        flush();
        if (too_large_) return error{"record an event", 0, "one of more than 2 GiB was left out"};
        return ok();
    }

  private:
    static constexpr std::size_t batch = 64 * 1024;
    static constexpr duration at_latest = std::chrono::milliseconds(20);

    void flush() {
        output_.write(text_);
        text_.clear();
        flushed_ = now();
    }

    text_output& output_;
    std::string text_;
    std::uint64_t number_ = 0;
    instant flushed_{};
    bool at_once_ = false;
    bool too_large_ = false;
};

}  // namespace cordon::engine::archive
