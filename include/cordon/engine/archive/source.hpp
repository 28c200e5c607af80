#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/archive/recording.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/result.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/os/files.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::archive {

/// A recording in a file, event by event. Keeps about 256 KiB of it in memory.
class source {
  public:
    /// Fails if the file is useless: unreadable, not a recording, in a newer format, or without a complete first event.
    static result<source> open(const std::string& path) {
        result<os::descriptor> file = os::open_file(path);
        if (!file) return file.failure();
        source made(path, std::move(file.value()));
        made.first_ = made.read_next();
        if (made.first_) return made;
        if (made.failure_) return *made.failure_;
        const std::string& damage = made.reader_.damage();
        return error{"read", 0, path + ": " + (damage.empty() ? "it ends before its first event" : damage)};
    }

    /// The next event; nothing at the end, for any reason.
    optional<event> next() {
        if (!first_) return read_next();
        optional<event> first(std::move(first_));
        first_.reset();
        return first;
    }

    const std::string& path() const { return path_; }
    bool can_be_read_again() const { return os::can_be_read_again(file_); }
    /// After the last event: why there are no more although the file continues. Empty at the file's end.
    std::string damage() const {
        if (failure_) return "reading it failed: " + os::describe_code(failure_->code);
        return reader_.damage();
    }

  private:
    source(std::string path, os::descriptor file)
        : path_(std::move(path)), file_(std::move(file)), chunk_(new char[chunk_size]) {}

    optional<event> read_next() {
        while (true) {
            optional<event> found = reader_.next();
            if (found || failure_ || !reader_.damage().empty()) return found;
            const result<std::size_t> got = os::read_some(file_, chunk_.get(), chunk_size, path_);
            if (!got) failure_ = got.failure();
            if (!got || got.value() == 0) return nullopt;
            reader_.feed({chunk_.get(), got.value()});
        }
    }

    static constexpr std::size_t chunk_size = 256 * 1024;

    std::string path_;
    os::descriptor file_;
    std::unique_ptr<char[]> chunk_;
    recording_reader reader_;
    optional<event> first_;
    optional<error> failure_;
};

}  // namespace cordon::engine::archive

CORDON_CHEAP_END
