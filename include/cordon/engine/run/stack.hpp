#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/compiler_names.hpp>
#include <cordon/engine/base/path.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/stack.hpp>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::run {

inline bool begins(std::string_view text, std::string_view with) { return text.substr(0, with.size()) == with; }

/// True if one of the words is in the function's own name, before its template arguments and parameters.
template <std::size_t Count>
bool is_named(const stack_frame& frame, const std::string_view (&words)[Count]) {
    const std::string_view name = std::string_view(frame.function).substr(0, frame.function.find_first_of("<("));
    return std::any_of(std::begin(words), std::end(words),
                       [&](std::string_view each) { return name.find(each) != std::string_view::npos; });
}

// Functions that throw an exception.
inline bool throws(const stack_frame& frame) {
    constexpr std::string_view known[] = {"__cxa_throw", "__cxa_rethrow", "std::rethrow_exception"};
    return std::any_of(std::begin(known), std::end(known),
                       [&](std::string_view each) { return begins(frame.function, each); });
}

// Functions through which a process sends itself a signal.
inline bool is_signalling(const stack_frame& frame) {
    const std::string_view name = std::string_view(frame.function).substr(0, frame.function.find_first_of("(+@"));
    constexpr std::string_view known[] = {"raise", "gsignal", "__GI_raise", "pthread_kill", "__GI___pthread_kill"};
    return begins(name, "__pthread_kill") || std::find(std::begin(known), std::end(known), name) != std::end(known);
}

// Some tools write the type of the result in front.
inline bool is_framework(const stack_frame& frame) {
    for (const std::string_view type : {"", "bool ", "void "}) {
        if (!begins(frame.function, type)) continue;
        const std::string_view name = std::string_view(frame.function).substr(type.size());
        if (begins(name, "cordon::engine::") || begins(name, "cordon::detail::")) return true;
    }
    return false;
}

inline bool runs_tests(const stack_frame& frame) {
    constexpr std::string_view runners[] = {"::run_guarded", "::become_test", "::be_worker", "::be_test_process"};
    return is_named(frame, runners);
}

// Functions that call a thread's function.
inline bool starts_threads(const stack_frame& frame) {
    constexpr std::string_view names[] = {"std::__invoke",       "std::thread::", "execute_native_thread_routine",
                                          "std::__thread_proxy", "start_thread",  "clone"};
    const bool invokes = begins(frame.function, "void std::__invoke") || begins(frame.function, "std::__invoke");
    return invokes || is_named(frame, names) || frame.function.find("std::thread::_") != std::string::npos;
}

// True for the first function of a thread in system code, often without a name.
inline bool is_in_system_library(const stack_frame& frame) {
    const std::string_view name = file_name_of(frame.module);
    constexpr std::string_view known[] = {"libc.", "libc-", "libpthread", "libstdc++", "libc++", "ld-"};
    return std::any_of(std::begin(known), std::end(known), [&](std::string_view each) { return begins(name, each); });
}

enum class part_of_test { none, inside, body };

inline part_of_test part_of(const stack_frame& frame, std::string_view function) {
    const std::size_t at = frame.function.find(function);
    if (at == std::string::npos || frame.function.find('<') < at) return part_of_test::none;
    return frame.function.find("::{lambda", at) != std::string::npos ||
                   frame.function.find("::$_", at) != std::string::npos
               ? part_of_test::inside
               : part_of_test::body;
}

inline constexpr std::pair<std::string_view, std::string_view> part_kinds[] = {
    {"cordon_test_", "the test"}, {"cordon_property_", "the test"}, {"cordon_setup_", "the setup"}};

/// For a named frame: true if it is the function of a test or setup, or a lambda in one.
inline bool is_part_of_test(const stack_frame& frame) {
    return std::any_of(std::begin(part_kinds), std::end(part_kinds), [&](const auto& kind) {
        return frame.function == kind.second || frame.function == "a lambda of " + std::string(kind.second);
    });
}

/// Renames such a frame for the user.
inline part_of_test name_part(stack_frame& frame) {
    for (const auto& [function, name] : part_kinds) {
        const part_of_test part = part_of(frame, function);
        if (part == part_of_test::none) continue;
        frame.function = (part == part_of_test::inside ? "a lambda of " : "") + std::string(name);
        return part;
    }
    return part_of_test::none;
}

/// Shortens the name to the way people write it.
inline void shorten(std::string& function) {
    function = plain_name(function);
    if (begins(function, "__GI_")) function.erase(0, 5);
}

/// For a stack taken after a throw: removes the calls that throw exceptions from its inner end.
inline void begin_at_throw(vector<stack_frame>& frames) {
    constexpr std::size_t furthest = 10;  // these are a few calls; the program may use such names further out
    for (std::size_t i = 0; i < frames.size() && i < furthest; ++i) {
        if (!throws(frames[i])) continue;
        frames.erase(frames.begin(), frames.begin() + i + 1);
        return;
    }
}

/// Keeps only the program's own calls: removes signal handling from the inner end, and the start of threads and the
/// framework from the outer end. The function of a TEST_CASE is called "the test", that of a setup "the setup".
inline void trim_stack(vector<stack_frame>& frames) {
    const stack_frame* at = frames.begin();
    while (at != frames.end() && is_signalling(*at))
        ++at;
    vector<stack_frame> kept;
    for (; at != frames.end(); ++at) {
        if (is_framework(*at)) {
            if (runs_tests(*at) && !kept.empty()) break;
            continue;  // code of an assertion may be between them
        }
        kept.push_back(*at);
        if (name_part(kept.back()) != part_of_test::body) continue;
        // Some tools give code that is inlined into the test the test's name.
        stack_frame next = at + 1 == frames.end() ? stack_frame() : at[1];
        if (name_part(next) != part_of_test::body) break;
    }
    const auto is_outside = [](const stack_frame& frame) {
        return starts_threads(frame) || (frame.function.empty() && is_in_system_library(frame));
    };
    while (kept.size() > 1 && is_outside(kept.back()))
        kept.pop_back();
    for (stack_frame& frame : kept)
        shorten(frame.function);
    if (!kept.empty()) frames = std::move(kept);
}

}  // namespace cordon::engine::run

CORDON_CHEAP_END
