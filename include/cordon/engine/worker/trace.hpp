#pragma once

#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/model/stack_note.hpp>
#include <cordon/engine/os/stack.hpp>
#include <cordon/engine/os/throw_place.hpp>
#include <cordon/engine/wire/lane.hpp>
#include <cordon/engine/wire/message.hpp>

#include <algorithm>
#include <cstring>
#include <string>

namespace cordon::engine::worker {

namespace trace_detail {

// All of this comes from memory that a test can have scribbled over.

template <std::size_t Size>
std::string text_of(const char (&room)[Size]) {
    const void* end = std::memchr(room, '\0', Size);
    return std::string(room, end != nullptr ? static_cast<std::size_t>(static_cast<const char*>(end) - room) : Size);
}

template <std::size_t Count, std::size_t Size>
vector<std::string> texts_of(const char (&rooms)[Count][Size], std::uint32_t used, std::uint32_t left_out) {
    vector<std::string> texts;
    if (left_out != 0) texts.push_back("[... " + std::to_string(left_out) + " more further out ...]");
    for (std::size_t i = 0; i < std::min<std::size_t>(used, Count); ++i)
        texts.push_back(text_of(rooms[i]));
    return texts;
}

vector<std::uint64_t> frames_of(const stack_note& note) {
    const std::size_t count = std::min<std::size_t>(note.count, stack_note::most_frames);
    return vector<std::uint64_t>(note.frames, note.frames + count);
}

void add_modules(wire::trace& to, const module_note* modules, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i)
        to.modules.push_back({modules[i].start, modules[i].end, modules[i].offset, text_of(modules[i].path)});
}

test_place place_of(const place_note& note) {
    test_place place;
    place.macro = text_of(note.macro);
    place.expression = text_of(note.expression);
    place.file = text_of(note.file);
    place.line = note.line;
    place.subcase = texts_of(note.subcase, note.subcases, note.subcases_left_out);
    place.info = texts_of(note.info, note.infos, note.infos_left_out);
    return place;
}

}  // namespace trace_detail

/// What a crashed process has written down.
wire::trace trace_of_crash(std::uint32_t ticket, const crash_note& note) {
    wire::trace trace;
    trace.ticket = ticket;
    trace.by_program = note.by_program != 0;
    trace.told_address = std::min(note.told_address, fault_address::not_told);
    trace.address = note.address;
    trace.stack_pointer = note.stack_pointer;
    trace.place = trace_detail::place_of(note.place);
    wire::thread_trace thread;
    thread.thread = note.stack.thread;
    thread.frames = trace_detail::frames_of(note.stack);
    trace.threads.push_back(std::move(thread));
    trace_detail::add_modules(trace, note.module, std::min(note.modules, crash_note::most_modules));
    return trace;
}

/// Where the exception was thrown that is being handled now and has left a test, as far as is known; `what` it is.
optional<wire::trace> trace_of_throw(std::uint32_t ticket, std::string what) {
    const os::throw_place place = os::take_throw_place();
    if (place.stack.count == 0) return nullopt;
    wire::trace trace;
    trace.ticket = ticket;
    trace.when = wire::moment::exception;
    trace.at = now().time_since_epoch();
    wire::thread_trace thread;
    thread.thread = place.stack.thread;
    thread.call = std::move(what);
    thread.frames = trace_detail::frames_of(place.stack);
    trace.threads.push_back(std::move(thread));
    trace_detail::add_modules(trace, place.modules.data(), place.modules.size());
    return trace;
}

/// Looks twice at a process that has run out of time, before it is asked to end: what moved in between, and what did
/// not, tells why it did not come to its end.
class hang_looks {
  public:
    void look(os::process_id process, hang_note& note) {
        conclude(note);
        reset(note);
        wire::trace now_seen;
        now_seen.when = wire::moment::out_of_time;
        now_seen.at = now().time_since_epoch();
        const vector<module_note> modules = os::modules_of(process);
        trace_detail::add_modules(now_seen, modules.data(), modules.size());
        for (os::thread_state& each : os::look_at_threads(process, note)) {
            now_seen.threads.push_back({each.thread,
                                        std::move(each.name),
                                        each.cpu,
                                        each.queued,
                                        each.waits,
                                        std::move(each.call),
                                        each.holder,
                                        {}});
        }
        traces_.push_back(std::move(now_seen));
    }

    /// The threads have had the time to answer.
    void conclude(hang_note& note) {
        if (traces_.empty() || note.wanted.exchange(0) == 0) return;
        wire::trace& last = traces_.back();
        last.place = trace_detail::place_of(note.place);
        for (std::size_t i = 0; i < hang_note::most_stacks; ++i) {
            if (note.ready[i].load() == 0) continue;
            for (wire::thread_trace& thread : last.threads) {
                if (thread.thread == note.stack[i].thread) thread.frames = trace_detail::frames_of(note.stack[i]);
            }
        }
    }

    /// All looks so far. The process is gone, or was asked to go.
    vector<wire::trace> take(hang_note& note) {
        conclude(note);
        return std::exchange(traces_, {});
    }

  private:
    static void reset(hang_note& note) {
        note.taken.store(0);
        note.place.clear();
        for (auto& each : note.ready)
            each.store(0);
    }

    vector<wire::trace> traces_;
};

}  // namespace cordon::engine::worker
