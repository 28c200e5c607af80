#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/stack.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::run {

/// A thread seen several times; `span` is the time between the first and the last look.
struct looked_at {
    thread_stack now;     ///< at its limit; `cpu` is what it used in that span
    bool moved = true;    ///< the calls it was in changed in between, or are not known
    bool silent = false;  ///< its calls are unknown at one of the looks or at both
    duration queued{};    ///< in between, in the queue for a processor: what it would have used on an idle machine
    bool waits = false;
    bool never_waits = false;  ///< it was ready to run at every look
    bool stopped = false;      ///< by a signal or a tracer
    std::string call;          ///< the system call it waits in; empty: not known
    std::int64_t holder = 0;   ///< the thread that holds the lock it waits for; 0: not known
};

/// True for a place in the system's own sources, if a line is known.
bool is_system(const stack_frame& frame) {
    return frame.file.compare(0, 5, "/usr/") == 0 || frame.file.compare(0, 2, "./") == 0;
}

/// Turns "(anonymous namespace)::parse(char const*)" into "parse".
std::string without_arguments(std::string function) {
    constexpr std::string_view unnamed = "(anonymous namespace)::";
    for (std::size_t at; (at = function.find(unnamed)) != std::string::npos;)
        function.erase(at, unnamed.size());
    constexpr std::string_view call = "operator()";
    const std::size_t at = function.find(call);
    return function.substr(0, function.find('(', at == std::string::npos ? 0 : at + call.size()));
}

/// True if the innermost code outside the program calls one of these functions. Functions of the program with such a
/// name do not count.
bool calls(const thread_stack& stack, std::initializer_list<std::string_view> functions) {
    for (const stack_frame& frame : stack.frames) {
        if (frame.line != 0 && !is_system(frame)) return false;
        const std::string name = without_arguments(frame.function);
        for (const std::string_view each : functions) {
            if (name.find(each) != std::string::npos) return true;
        }
    }
    return false;
}

bool calls_lock(const thread_stack& stack) {
    return calls(stack, {"mutex_lock", "mutex_cond_lock", "lll_lock", "mutex_timedlock", "mutex_clocklock"});
}
bool calls_shared_lock(const thread_stack& stack) { return calls(stack, {"rwlock", "spin_lock"}); }
bool calls_condition(const thread_stack& stack) { return calls(stack, {"pthread_cond", "condition_variable"}); }
bool calls_join(const thread_stack& stack) {
    return calls(stack, {"pthread_join", "pthread_timedjoin", "clockjoin", "thread::join"});
}
bool calls_semaphore(const thread_stack& stack) { return calls(stack, {"sem_wait", "sem_timedwait", "sem_clockwait"}); }

bool is_busy(const looked_at& thread, duration span) {
    // The system counts the time in the run queue only when the thread gets its processor.
    if (thread.never_waits && span != duration{0}) return true;
    return (thread.now.cpu + thread.queued) * 2 >= span && span != duration{0};
}

bool waits_for_lock(const looked_at& thread) {
    return thread.holder != 0 || calls_lock(thread.now) || calls_shared_lock(thread.now);
}

const looked_at* find(const vector<looked_at>& threads, std::int64_t number) {
    for (const looked_at& each : threads) {
        if (each.now.thread == number) return &each;
    }
    return nullptr;
}

/// The threads that wait for each other in a circle that includes `first`; empty: no circle.
vector<std::int64_t> circle_of(const vector<looked_at>& threads, const looked_at& first) {
    vector<std::int64_t> circle;
    for (const looked_at* at = &first; at != nullptr && at->holder != 0 && circle.size() <= threads.size();
         at = find(threads, at->holder)) {
        circle.push_back(at->now.thread);
        if (at->holder == first.now.thread) return circle;
    }
    return {};
}

/// The place in the program's own code: the innermost frame with a known line that is not in the system's sources.
std::string place_of(const thread_stack& stack) {
    for (const stack_frame& frame : stack.frames) {
        if (frame.line != 0 && !is_system(frame)) return " in " + without_arguments(frame.function);
    }
    return {};
}

std::string name_of(const looked_at& thread) { return "thread " + std::to_string(thread.now.thread); }

/// The owner of a mutex is read from a word in the mutex. A thread waits in the same way for a condition, a semaphore
/// or the end of another thread, and then the word has another meaning. So it counts only if it names a thread of the
/// process and no other wait is known.
inline void forget_false_holders(vector<looked_at>& threads) {
    for (looked_at& each : threads) {
        const bool waits_otherwise = calls_join(each.now) || calls_condition(each.now) || calls_semaphore(each.now) ||
                                     calls_shared_lock(each.now);
        if (find(threads, each.holder) == nullptr || (waits_otherwise && !calls_lock(each.now))) each.holder = 0;
    }
}

/// Describes the thread: "runs", "waits for a lock that thread 7 holds", "waits in read".
inline std::string describe_thread(const looked_at& thread, duration span) {
    if (thread.stopped) return "is stopped";
    if (is_busy(thread, span)) return thread.moved ? "runs" : "runs, always in the same calls";
    if (thread.holder != 0) return "waits for a lock that thread " + std::to_string(thread.holder) + " holds";
    if (waits_for_lock(thread)) return "waits for a lock";
    if (calls_condition(thread.now)) return "waits for a condition variable";
    if (calls_join(thread.now)) return "waits for a thread to end";
    if (!thread.call.empty()) return "waits in " + thread.call;
    return thread.waits ? "waits" : "runs now and then";
}

/// Explains why a test did not reach its end. Same calls and no processor time: a deadlock, or a wait for something
/// that does not happen. Same calls and much processor time: an endless loop. Changing calls: slow work. Empty if
/// nothing is known.
inline std::string explain_hang(const vector<looked_at>& threads, duration span) {
    for (const looked_at& each : threads) {
        const vector<std::int64_t> circle = circle_of(threads, each);
        if (circle.size() == 1) return "deadlock: " + name_of(each) + " waits for a lock that it holds itself";
        if (circle.empty()) continue;
        std::string text = "deadlock: threads ";
        for (std::size_t i = 0; i < circle.size(); ++i) {
            if (i != 0) text += i + 1 == circle.size() ? " and " : ", ";
            text += std::to_string(circle[i]);
        }
        return text + " each wait for a lock that another one of them holds";
    }
    for (const looked_at& each : threads) {
        if (is_busy(each, span) && !each.moved) return "spin: an endless loop" + place_of(each.now);
    }
    for (const looked_at& each : threads) {
        if (!is_busy(each, span)) continue;
        if (each.silent) return "busy: it runs all the time" + place_of(each.now);
        return "slow: still at work" + place_of(each.now);
    }
    for (const looked_at& each : threads) {
        if (waits_for_lock(each) && !each.moved)
            return "deadlock: " + describe_thread(each, span).substr(6) + place_of(each.now) + ", and nobody runs";
    }
    const auto seen =
        std::find_if(threads.begin(), threads.end(), [](const looked_at& each) { return each.waits && !each.moved; });
    if (seen == threads.end()) return threads.empty() ? "" : "slow: it moves, but has used little processor time";
    return "blocked: it " + describe_thread(*seen, span) + place_of(seen->now);
}

}  // namespace cordon::engine::run

CORDON_CHEAP_END
