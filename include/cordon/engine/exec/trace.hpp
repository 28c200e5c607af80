#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/model/stack_note.hpp>
#include <cordon/engine/os/stack.hpp>
#include <cordon/engine/os/throw_place.hpp>
#include <cordon/engine/wire/lane.hpp>
#include <cordon/engine/wire/message.hpp>

#include <algorithm>
#include <cstring>
#include <string>

CORDON_CHEAP_BEGIN

namespace cordon::engine::exec {

// A test may have overwritten all memory that this reads.

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

/// The notes of a crashed process.
wire::trace trace_of_crash(std::uint32_t ticket, const crash_note& note) {
    wire::trace trace;
    trace.ticket = ticket;
    trace.by_program = note.by_program != 0;
    trace.told_address = std::min(note.told_address, fault_address::not_told);
    trace.address = note.address;
    trace.stack_pointer = note.stack_pointer;
    trace.place = place_of(note.place);
    wire::thread_trace thread;
    thread.thread = note.stack.thread;
    thread.frames = frames_of(note.stack);
    trace.threads.push_back(std::move(thread));
    add_modules(trace, note.module, std::min(note.modules, crash_note::most_modules));
    return trace;
}

/// The place where the current exception was thrown, as far as it is known. The exception has left a test; `what` is
/// its text.
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
    thread.frames = frames_of(place.stack);
    trace.threads.push_back(std::move(thread));
    add_modules(trace, place.modules.data(), place.modules.size());
    return trace;
}

/// Looks at a process at its time limit, to explain why it did not end: from outside shortly before, for its stacks at
/// the limit, and once more soon after if something runs. The differences between the looks give the explanation.
class hang_looks {
  public:
    /// From outside: the test with that ticket may still end in time.
    void glance(os::process_id process, std::uint32_t ticket) {
        begin(ticket);
        traces_.push_back(seen(wire::moment::near_limit, os::threads_of(process)));
        // A waiting thread is described by the place where it waits.
        const bool runs = !traces_.back().threads.empty() && !traces_.back().threads.front().waits;
        stack_before_ = runs ? os::copy_first_stack(process) : os::stack_copy();
    }

    void look(os::process_id process, std::uint32_t ticket, hang_note& note) {
        conclude(note);
        if (ticket != ticket_) begin(ticket);
        reset(note);
        const vector<os::thread_state> threads = os::threads_of(process);
        wire::trace trace = seen(wire::moment::out_of_time, threads);
        const vector<module_note> modules = os::modules_of(process);
        add_modules(trace, modules.data(), modules.size());
        traces_.push_back(std::move(trace));
        expected_ =
            static_cast<std::size_t>(std::count_if(threads.begin(), threads.end(), [](const os::thread_state& each) {
                return each.answers && !each.stopped;
            }));
        looked_ = waiting_ = true;
        os::ask_for_stacks(process, threads, note);
    }

    /// True if more stacks may come.
    bool is_waiting(const hang_note& note) {
        if (!waiting_) return false;
        std::size_t ready = 0;
        for (const auto& each : note.ready)
            ready += each.load() != 0 ? 1 : 0;
        if (ready >= expected_) waiting_ = false;
        return waiting_;
    }

    /// After a look: the time until the next one. Nullopt: no more looks are needed, because nothing runs.
    optional<duration> until_next() const {
        constexpr duration between = std::chrono::milliseconds(10);
        constexpr duration shortest =
            std::chrono::milliseconds(30);  // in total, because processor time is counted in ticks
        if (traces_.size() < 2) return shortest;
        const duration span = traces_.back().at - traces_.front().at;
        for (const wire::thread_trace& each : traces_.back().threads) {
            if (runs(each, span)) return std::max(between, shortest - span);
        }
        return nullopt;
    }

    /// The threads have had their time to answer.
    void conclude(hang_note& note) {
        if (!looked_ || note.wanted.exchange(0) == 0) return;
        wire::trace& last = traces_.back();
        last.place = place_of(note.place);
        for (std::size_t i = 0; i < hang_note::most_stacks; ++i) {
            if (note.ready[i].load() == 0) continue;
            for (wire::thread_trace& thread : last.threads) {
                if (thread.thread != note.stack[i].thread) continue;
                thread.frames = frames_of(note.stack[i]);
                const bool is_first = &thread == &last.threads.front();
                thread.changed = is_first && !os::holds_calls(stack_before_, note.stack[i]);
            }
        }
    }

    /// All looks so far; none if the test ended in time. The process has ended, or was asked to.
    vector<wire::trace> take(hang_note& note) {
        conclude(note);
        if (!looked_) traces_.clear();
        vector<wire::trace> taken = std::exchange(traces_, {});
        begin(0);
        return taken;
    }

  private:
    void begin(std::uint32_t ticket) {
        traces_.clear();
        stack_before_ = {};
        ticket_ = ticket;
        looked_ = waiting_ = false;
    }

    static wire::trace seen(wire::moment when, const vector<os::thread_state>& threads) {
        wire::trace trace;
        trace.when = when;
        trace.at = now().time_since_epoch();
        for (const os::thread_state& each : threads) {
            trace.threads.push_back({each.thread,
                                     each.name,
                                     each.cpu,
                                     each.queued,
                                     each.waits,
                                     each.waits_so_far,
                                     each.stopped,
                                     false,
                                     each.place,
                                     each.call,
                                     each.holder,
                                     {}});
        }
        return trace;
    }

    bool runs(const wire::thread_trace& thread, duration span) const {
        if (!thread.waits && !thread.stopped) return true;
        for (const wire::thread_trace& before : traces_.front().threads) {
            if (before.thread == thread.thread)
                return (thread.cpu - before.cpu + thread.queued - before.queued) * 2 >= span;
        }
        return false;
    }

    static void reset(hang_note& note) {
        note.taken.store(0);
        note.place.clear();
        for (auto& each : note.ready)
            each.store(0);
    }

    vector<wire::trace> traces_;
    os::stack_copy stack_before_;
    std::uint32_t ticket_ = 0;
    std::size_t expected_ = 0;
    bool looked_ = false;   ///< at its limit
    bool waiting_ = false;  ///< for stacks
};

}  // namespace cordon::engine::exec

CORDON_CHEAP_END
