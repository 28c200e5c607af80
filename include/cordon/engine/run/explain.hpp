#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/text.hpp>
#include <cordon/engine/model/outcome.hpp>
#include <cordon/engine/run/hang.hpp>
#include <cordon/engine/run/port.hpp>
#include <cordon/engine/run/stack.hpp>
#include <cordon/engine/wire/message.hpp>

#include <string>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::run {

code_place locate(const wire::trace& in, std::uint64_t address) {
    for (const wire::mapped_file& each : in.modules) {
        if (address >= each.start && address < each.end)
            return {each.path, address - each.start + each.offset, address};
    }
    return {{}, 0, address};
}

/// All places whose names explain() needs.
inline vector<code_place> places_of(const vector<wire::trace>& traces) {
    vector<code_place> all;
    for (const wire::trace& trace : traces) {
        for (const wire::thread_trace& thread : trace.threads) {
            for (const std::uint64_t address : thread.frames) {
                code_place place = locate(trace, address);
                if (!place.module.empty()) all.push_back(std::move(place));
            }
        }
    }
    return all;
}

template <class Name>
thread_stack named(const wire::trace& in, const wire::thread_trace& thread, const Name& name) {
    thread_stack stack;
    stack.thread = thread.thread;
    stack.name = thread.name;
    for (const std::uint64_t address : thread.frames) {
        const code_place place = locate(in, address);
        if (place.module.empty()) {
            stack.frames.emplace_back().address = address;
            continue;
        }
        const vector<stack_frame> frames = name(place);
        stack.frames.append(frames.begin(), frames.end());
    }
    if (in.when == wire::moment::exception) run::begin_at_throw(stack.frames);
    run::trim_stack(stack.frames);
    return stack;
}

/// "at address 0x18, through a null pointer"
std::string describe_fault(const wire::trace& crash) {
    if (crash.by_program || crash.told_address == fault_address::none) return {};
    if (crash.told_address == fault_address::not_told)
        return "at an unknown address: non-canonical, or misaligned for its instruction";
    const std::uint64_t distance =
        crash.address > crash.stack_pointer ? crash.address - crash.stack_pointer : crash.stack_pointer - crash.address;
    std::string text = "at address " + hexadecimal(crash.address);
    if (crash.address == 0) return text + ", a null pointer";
    if (crash.address < 4096) return text + ", through a null pointer";
    if (distance < 64 * 1024) return text + ", a stack overflow";
    return text;
}

const wire::thread_trace* same_thread(const wire::trace& in, std::int64_t thread) {
    for (const wire::thread_trace& each : in.threads) {
        if (each.thread == thread) return &each;
    }
    return nullptr;
}

// The instruction itself changes in any loop; the calls around it do not.
bool has_moved(const wire::thread_trace& before, const wire::thread_trace& after, const thread_stack& named_before,
               const thread_stack& named_after) {
    if (before.frames.empty() && after.frames.empty()) return !after.waits;
    if (before.frames.size() != after.frames.size()) return true;
    for (std::size_t i = 1; i < before.frames.size(); ++i) {
        if (before.frames[i] != after.frames[i]) return true;
    }
    if (named_before.frames.empty() || named_after.frames.empty()) return false;
    return named_before.frames.front().function != named_after.frames.front().function;
}

// The place of a waiting thread is known from outside, before a look could wake it. The place of a running thread is
// known from its calls at the limit and at a second look.
template <class Name>
bool has_moved(const wire::thread_trace* before, const wire::trace& in, const wire::thread_trace& seen,
               const wire::trace& later, const wire::thread_trace* after, const Name& name) {
    if (before != nullptr && before->waits && seen.waits && before->place != 0) return before->place != seen.place;
    if (seen.changed) return true;
    if (after == nullptr) return !seen.waits;
    return has_moved(seen, *after, named(in, seen, name), named(later, *after, name));
}

template <class Name>
run::looked_at look_at_thread(const vector<wire::trace>& looks, std::size_t limit, const wire::thread_trace& seen,
                              const Name& name) {
    const wire::trace& last = looks.back();
    const wire::thread_trace* before = limit != 0 ? same_thread(looks.front(), seen.thread) : nullptr;
    const wire::thread_trace* after = limit + 1 < looks.size() ? same_thread(last, seen.thread) : nullptr;
    run::looked_at thread;
    // At one look the thread may not have answered, for example on a busy machine or because it blocks signals.
    const bool later = seen.frames.empty() && after != nullptr;
    thread.now = later ? named(last, *after, name) : named(looks[limit], seen, name);
    thread.waits = seen.waits;
    thread.stopped = seen.stopped;
    thread.call = seen.call;
    thread.holder = seen.holder;
    thread.silent = seen.frames.empty() || (after != nullptr && after->frames.empty());
    thread.moved = has_moved(before, looks[limit], seen, last, after, name);
    const wire::thread_trace* first = before != nullptr ? before : &seen;
    const wire::thread_trace* end = after != nullptr ? after : &seen;
    if (first == end) return thread;
    const bool ready = !first->waits && !seen.waits && !end->waits && !seen.stopped;
    thread.never_waits = ready && first->waits_so_far == end->waits_so_far;
    thread.now.cpu = end->cpu - first->cpu;
    thread.queued = end->queued - first->queued;
    return thread;
}

template <class Name>
void explain_hang(const vector<wire::trace>& looks, attempt_result& result, const Name& name) {
    const std::size_t limit = looks.front().when == wire::moment::near_limit && looks.size() > 1 ? 1 : 0;
    const duration span = looks.back().at - looks.front().at;
    vector<run::looked_at> threads;
    for (const wire::thread_trace& each : looks[limit].threads)
        threads.push_back(look_at_thread(looks, limit, each, name));
    run::forget_false_holders(threads);
    for (run::looked_at& each : threads)
        each.now.doing = run::describe_thread(each, span);
    result.reason = run::explain_hang(threads, span);
    for (run::looked_at& each : threads)
        result.stacks.push_back(std::move(each.now));
}

template <class Name>
void explain_crash(const wire::trace& crash, attempt_result& result, const Name& name) {
    if (result.reason.empty()) result.reason = describe_fault(crash);
    for (const wire::thread_trace& each : crash.threads)
        result.stacks.push_back(named(crash, each, name));
}

template <class Name>
void explain_throw(const wire::trace& exception, attempt_result& result, const Name& name) {
    for (const wire::thread_trace& each : exception.threads) {
        result.stacks.push_back(named(exception, each, name));
        const std::string what = each.call.empty() ? "an exception" : each.call;
        result.stacks.back().doing = exception.when == wire::moment::branch ? what : "threw " + what;
    }
}

/// "stopped by SIGTTIN (terminal input in the background): ..."
std::string describe_stop(int signal, const signal_facts& known) {
    if (signal < 0) return "stopped, as a debugger or another tracer does";
    std::string text = "stopped by " + known.name;
    if (!known.meaning.empty() && known.meaning != "stopped") text += " (" + std::string(known.meaning) + ")";
    if (known.guards_terminal) text += ": a test cannot use the terminal of the run; --tty gives each one its own";
    return text;
}

/// The file of a test's own call that has no line number; empty: each call has one.
std::string module_without_lines(const attempt_result& result) {
    for (const thread_stack& each : result.stacks) {
        for (const stack_frame& frame : each.frames) {
            const bool own = is_part_of_test(frame);
            if (own && frame.line == 0) return frame.module;
        }
    }
    return {};
}

bool is_of_end(const wire::trace& seen) {
    return seen.when != wire::moment::exception && seen.when != wire::moment::branch;
}

/// Uses the traces of an attempt's process: stacks with names, the test's place, and why it crashed or did not end.
/// `name(code_place)` returns the frames at an address.
template <class Name>
void explain(vector<wire::trace>& traces, attempt_result& result, const Name& name) {
    vector<wire::trace> of_end;
    vector<wire::trace> thrown;
    for (wire::trace& each : traces)
        (is_of_end(each) ? of_end : thrown).push_back(std::move(each));
    if (!of_end.empty()) {
        result.place = std::move(of_end.back().place);
        if (of_end.front().when != wire::moment::crash) {
            explain_hang(of_end, result, name);
        } else {
            explain_crash(of_end.front(), result, name);
        }
    }
    for (const wire::trace& each : thrown)
        explain_throw(each, result, name);
}

}  // namespace cordon::engine::run

CORDON_CHEAP_END
