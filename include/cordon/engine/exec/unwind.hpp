#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/text.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/exec/context.hpp>
#include <cordon/engine/exec/early_exit.hpp>
#include <cordon/engine/exec/memory_limit.hpp>
#include <cordon/engine/exec/stringify.hpp>
#include <cordon/engine/exec/trace.hpp>
#include <cordon/engine/exec/translators.hpp>
#include <cordon/engine/exec/unwound.hpp>
#include <cordon/engine/os/process.hpp>
#include <cordon/engine/os/throw_place.hpp>

#include <cerrno>
#include <exception>
#include <new>
#include <string>
#include <string_view>
#include <system_error>

#if defined(CORDON_CONFIG_NO_EXCEPTIONS)
#include <csetjmp>
#endif

CORDON_CHEAP_BEGIN

namespace cordon::engine::exec {

// How a failed REQUIRE and a SKIP leave the test: by an exception of a private type. Without exceptions they jump,
// without running destructors. This is possible only in the test's own thread; from another thread the test's process
// ends.

#if !defined(CORDON_CONFIG_NO_EXCEPTIONS)

struct leaving_the_test {};

thread_local bool is_leaving = false;

[[noreturn]] void leave_test() {
    is_leaving = true;
    throw leaving_the_test{};
}

bool is_unwinding() { return std::uncaught_exceptions() > 0; }

void keep_unwound_info(detail::operand_text text) {
    constexpr std::size_t most = 100;
    if (is_leaving || unwound_here().infos.size() == most) return;
    unwound->infos.push_back(test_context::shortened(written(text)));
}

void keep_unwound_path() {
    if (!is_leaving && unwound_here().path.empty()) unwound->path = context().subcases().path();
}

void forget_unwound_path() {
    if (unwound != nullptr) unwound->path.clear();
}

template <class... T>
struct thrown_types {};

std::string thrown_as(thrown_types<>) { return {}; }
/// The text of the current exception if it has one of the types, which are tried in order.
template <class First, class... Rest>
std::string thrown_as(thrown_types<First, Rest...>) {
    try {
        throw;
    } catch (const First& caught) {
        return written(detail::text_of(caught));
    } catch (...) {
        return thrown_as(thrown_types<Rest...>());
    }
}

std::string thrown_number() {
    return thrown_as(
        thrown_types<int, unsigned, long, unsigned long, long long, unsigned long long, short, unsigned short, char,
                     signed char, unsigned char, bool, float, double, long double, wchar_t, char16_t, char32_t,
                     std::error_code, std::error_condition, std::string_view, std::wstring, const wchar_t*, char*>());
}

/// "X" of the class that std::throw_with_nested makes of X.
std::string without_nesting(const std::string& type) {
    for (const std::string_view wrapper : {"std::_Nested_exception<", "std::__nested<"}) {
        if (type.rfind(wrapper, 0) == 0 && type.back() == '>')
            return type.substr(wrapper.size(), type.size() - 1 - wrapper.size());
    }
    return type;
}

/// The current exception for a report: its type, and what() or its text.
std::string outer_exception_text() {
    const std::string type = without_nesting(os::current_exception_type());
    const std::string start = type.empty() ? std::string() : type + ": ";
    std::string words;
    if (translate_current_exception(words)) return start + words;
    try {
        throw;
    } catch (const std::exception& caught) {
        return start + caught.what();
    } catch (const std::string& caught) {
        return start + caught;
    } catch (const char* caught) {
        return start + (caught != nullptr ? caught : "(null)");
    } catch (...) {
        std::string value = thrown_number();
        if (!value.empty()) return start + value;
        return type.empty() ? "an exception of unknown type" : type;
    }
}

/// The same, and the exceptions that are nested in it.
std::string current_exception_text(int depth = 0) {
    constexpr int deepest = 20;
    const std::string text = outer_exception_text();
    try {
        throw;
    } catch (const std::nested_exception& outer) {
        if (outer.nested_ptr() == nullptr || depth == deepest) return text;
        try {
            outer.rethrow_nested();
        } catch (...) {
            return text + ", caused by " + current_exception_text(depth + 1);
        }
    } catch (...) {
        return text;
    }
}

/// Only the words of a translator, what() or the thrown text; empty for other types.
std::string current_exception_words() {
    std::string words;
    if (translate_current_exception(words)) return words;
    try {
        throw;
    } catch (const std::exception& caught) {
        return caught.what();
    } catch (const std::string& caught) {
        return caught;
    } catch (const char* caught) {
        return caught != nullptr ? caught : "";
    } catch (...) {
        return {};
    }
}

bool current_exception_leaves_test() {
    try {
        throw;
    } catch (const leaving_the_test&) {
        return true;
    } catch (...) {
        return false;
    }
}

/// True if the current exception probably comes from the memory limit. Either operator new threw it and has failed in
/// this test (an invalid length fails without asking for memory). Or it follows another request that was refused, for
/// example for a thread's stack; `refused`: there was one, in this thread.
bool current_exception_is_of_memory_limit(bool refused) {
    if (!limit_here.was_met() && !refused) return false;
    try {
        throw;
    } catch (const std::bad_array_new_length&) {
        return false;
    } catch (const std::bad_alloc&) {
        return limit_here.was_met();
    } catch (const std::system_error& caught) {
        return refused && (caught.code() == std::errc::resource_unavailable_try_again ||
                           caught.code() == std::errc::not_enough_memory);
    } catch (...) {
        return false;
    }
}

// An exception left the test's body: a failure at the last assertion, the nearest known place.
void record_escaped_exception() {
    const bool refused = limit_here.is_reason(errno);
    if (current_exception_is_of_memory_limit(refused)) context().note_out_of_memory();
    failure what;
    what.kind = failure_kind::exception;
    what.message = "the test was left by an exception: " + current_exception_text();
    if (const detail::assertion_site* last = detail::current_thread.last) {
        what.file = last->file;
        what.line = last->line;
        what.message += " (after the last assertion that passed here)";
    }
    take_unwound_infos(what.info);
    if (refused) what.info.push_back("the memory limit of " + size_text(limit_here.bytes()) + " was reached");
    if (unwound != nullptr) what.subcase = std::move(unwound->path);
    if (context().wants_details()) {
        if (const optional<wire::trace> thrown = trace_of_throw(context().ticket(), os::current_exception_type()))
            context().tell(*thrown);
    }
    context().record(std::move(what));
}

/// Runs a test's or setup's body; no exception leaves this function.
CORDON_HOT void run_guarded(void (*body)(const void*), const void* argument) {
    is_leaving = false;
    detail::current_thread.last = nullptr;
    forget_unwound();
    try {
        body(argument);
        context().note_return();
    } catch (const leaving_the_test&) {
    } catch (const os::passing_exception&) {  // only observes
    } catch (...) {
        record_escaped_exception();
    }
}

// The end of a branch may be what the test wants.
void explain_end(failure what) {
    branch_note* const note = context().in_own_process() && context().is_block() ? context().branch() : nullptr;
    if (note == nullptr) return context().record(std::move(what));
    note->say(what.message);
}

std::terminate_handler terminate_before = nullptr;

// std::terminate in a test process: reports the reason, then calls the program's own handler.
[[noreturn]] void explain_terminate() {
    const bool refused = limit_here.is_reason(errno);
    if (std::current_exception() != nullptr && current_exception_leaves_test()) end_test_and_process();
    // Comes first, because the following code needs memory.
    const bool of_limit = std::current_exception() != nullptr ? current_exception_is_of_memory_limit(refused) : refused;
    if (of_limit && context().in_own_process()) limit_here.say_died_of_it(context().ticket());
    failure what;
    what.kind = failure_kind::process;
    what.message = "std::terminate was called";
    if (std::current_exception() != nullptr) what.message += ", uncaught exception: " + current_exception_text();
    explain_end(std::move(what));
    if (terminate_before != nullptr) terminate_before();
    std::abort();
}

void watch_terminate() {
    if (std::get_terminate() != explain_terminate) terminate_before = std::set_terminate(explain_terminate);
}

#else

thread_local std::jmp_buf* way_out = nullptr;

bool is_unwinding() { return false; }
void keep_unwound_info(detail::operand_text) {}
void keep_unwound_path() {}
void forget_unwound_path() {}

[[noreturn]] void leave_test() {
    if (way_out != nullptr) std::longjmp(*way_out, 1);
    end_test_and_process();
}

CORDON_HOT void run_guarded(void (*body)(const void*), const void* argument) {
    std::jmp_buf here;
    forget_unwound();
    way_out = &here;
    if (setjmp(here) == 0) {
        body(argument);
        context().note_return();
    }
    way_out = nullptr;
}

void watch_terminate() {}

#endif

}  // namespace cordon::engine::exec

CORDON_CHEAP_END
