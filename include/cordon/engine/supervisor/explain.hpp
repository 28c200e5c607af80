#pragma once

#include <cordon/engine/base/text.hpp>
#include <cordon/engine/model/outcome.hpp>
#include <cordon/engine/policy/hang.hpp>
#include <cordon/engine/policy/stack.hpp>
#include <cordon/engine/supervisor/port.hpp>
#include <cordon/engine/wire/message.hpp>

#include <string>
#include <utility>

namespace cordon::engine::supervisor {

namespace explain_detail {

code_place locate(const wire::trace& in, std::uint64_t address) {
    for (const wire::mapped_file& each : in.modules) {
        if (address >= each.start && address < each.end)
            return {each.path, address - each.start + each.offset, address};
    }
    return {{}, 0, address};
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
    if (in.when == wire::moment::exception) policy::begin_at_throw(stack.frames);
    policy::trim_stack(stack.frames);
    return stack;
}

/// "at address 0x18, through a null pointer"
std::string describe_fault(const wire::trace& crash) {
    if (crash.by_program || crash.told_address == fault_address::none) return {};
    if (crash.told_address == fault_address::not_told)
        return "at an address that is not known: non-canonical, or misaligned for its instruction";
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

// The instruction itself moves in any loop; the calls that it is in do not.
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

template <class Name>
void explain_hang(const vector<wire::trace>& looks, attempt_result& result, const Name& name) {
    const wire::trace& first = looks.front();
    const wire::trace& last = looks.back();
    const duration span = last.at - first.at;
    vector<policy::looked_at> threads;
    for (const wire::thread_trace& each : last.threads) {
        policy::looked_at seen;
        seen.now = named(last, each, name);
        seen.waits = each.waits;
        seen.call = each.call;
        seen.holder = each.holder;
        seen.moved = looks.size() == 1 && !each.waits;
        const wire::thread_trace* before = looks.size() > 1 ? same_thread(first, each.thread) : nullptr;
        if (before != nullptr) {
            seen.now.cpu = each.cpu - before->cpu;
            seen.queued = each.queued - before->queued;
            seen.silent = each.frames.empty() || before->frames.empty();
            // It has not come to answer again, as where the machine is busy or it blocks signals by now.
            if (seen.now.frames.empty()) seen.now.frames = named(first, *before, name).frames;
            seen.moved = has_moved(*before, each, named(first, *before, name), seen.now);
        }
        threads.push_back(std::move(seen));
    }
    policy::forget_false_holders(threads);
    for (policy::looked_at& each : threads)
        each.now.doing = policy::describe_thread(each, span);
    result.reason = policy::explain_hang(threads, span);
    for (policy::looked_at& each : threads)
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
        result.stacks.back().doing = "threw " + (each.call.empty() ? "an exception" : each.call);
    }
}

}  // namespace explain_detail

/// Fills in what the traces of an attempt's process tell: stacks with names, where the test was, and why it crashed or
/// did not end. `name(code_place)` gives the frames at an address.
template <class Name>
void explain(vector<wire::trace>& traces, attempt_result& result, const Name& name) {
    vector<wire::trace> of_end;
    vector<wire::trace> thrown;
    for (wire::trace& each : traces)
        (each.when == wire::moment::exception ? thrown : of_end).push_back(std::move(each));
    if (!of_end.empty()) {
        result.place = std::move(of_end.back().place);
        if (of_end.front().when == wire::moment::out_of_time) {
            explain_detail::explain_hang(of_end, result, name);
        } else {
            explain_detail::explain_crash(of_end.front(), result, name);
        }
    }
    for (const wire::trace& each : thrown)
        explain_detail::explain_throw(each, result, name);
}

}  // namespace cordon::engine::supervisor
