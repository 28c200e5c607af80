#pragma once

#include <doctest/doctest.h>

#include <cordon/engine/archive/recorder.hpp>
#include <cordon/engine/archive/recording.hpp>

#include "../report/scripted_run.hpp"

#include <string>

// Runs as recordings, and back.

namespace recorded {

using namespace cordon::engine;

inline std::string bytes_of(const scripted::run& script) {
    scripted::string_output output;
    archive::recorder recorder(output);
    script.feed(recorder);
    return output.text;
}

/// What a reader makes of bytes, fed so many at a time.
struct reading {
    explicit reading(std::string_view bytes, std::size_t step = std::string::npos) {
        while (true) {
            while (cordon::engine::optional<event> next = reader.next())
                events.push_back(std::move(*next));
            if (bytes.empty() || !reader.damage().empty()) break;
            reader.feed(bytes.substr(0, step));
            bytes.remove_prefix(std::min(step, bytes.size()));
        }
    }
    void feed(sink& to) const {
        for (const event& each : events)
            to.on(each);
        CHECK(to.finish());
    }

    archive::recording_reader reader;
    vector<event> events;
};

}  // namespace recorded
