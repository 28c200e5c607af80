#pragma once

#include <cordon/cordon.hpp>
#include <cordon/engine/exec/stringify.hpp>
#include <cordon/engine/os/system.hpp>

#include <algorithm>
#include <exception>
#include <string>
#include <vector>

// The hooks of api/check.hpp, defined to write down what they were called with.

namespace recorded {

/// What left the expression where a REQUIRE failed.
struct left_test {};

inline std::vector<std::string> calls;
inline cordon::detail::info_scope* innermost = nullptr;

inline std::string text(cordon::detail::operand_text value) { return cordon::engine::exec::written(value); }

inline std::string level(const cordon::detail::assertion_site& site) {
    const char* const names[] = {"warn", "check", "require"};
    return names[static_cast<int>(site.level)];
}

/// "check CHECK(a == b): <what> [message] {info}"
inline void note(const cordon::detail::assertion_site& site, const std::string& what) {
    std::string line = level(site) + " " + site.macro + "(" + site.expression + "): " + what;
    for (auto* scope = innermost; scope != nullptr; scope = scope->outer) {
        if (scope->owner == &site) line += " [" + text(scope->text) + "]";
        if (scope->owner == nullptr) line += " {" + text(scope->text) + "}";
    }
    calls.push_back(line);
}

inline void rethrow_if_leaving() {
    try {
        throw;
    } catch (const left_test&) {
        throw;
    } catch (...) {
    }
}

inline std::string exception_text() {
    try {
        throw;
    } catch (const std::exception& caught) {
        return caught.what();
    } catch (const std::string& caught) {
        return caught;
    } catch (const char* caught) {
        return caught;
    } catch (...) {
        return "something";
    }
}

/// Runs a piece of a test and gives back what was recorded, a line a call; "left" where a REQUIRE ended it, and the
/// number of passed assertions.
template <class F>
std::vector<std::string> run(F piece) {
    calls.clear();
    const auto before = cordon::detail::current_thread.passed;
    try {
        piece();
    } catch (const left_test&) {
        calls.push_back("left");
    }
    const auto passed = cordon::detail::current_thread.passed - before;
    if (passed != 0) calls.push_back(std::to_string(passed) + " passed");
    return calls;
}

using lines = std::vector<std::string>;

}  // namespace recorded

namespace cordon::detail {

CORDON_THREAD_LOCAL thread_tally current_thread = {0, nullptr, false};

void adopt_thread() noexcept { current_thread.adopted = true; }

void fail_comparison(const assertion_site& site, const comparison& what) noexcept {
    recorded::note(site, recorded::text(what.left) + " " + what.op + " " + recorded::text(what.right));
}
void fail_addresses(const assertion_site& site, const comparison& what, const void*, const void*) noexcept {
    recorded::note(site, recorded::text(what.left) + " " + what.op + " " + recorded::text(what.right) + " by address");
}
void fail_mixed(const assertion_site& site, const comparison& what, converted_operand left, converted_operand right,
                bool floating) noexcept {
    std::string words = recorded::text(floating ? left.as : what.left) + " " + what.op + " " +
                        recorded::text(floating ? right.as : what.right);
    if (left.changed) words += ", left as " + recorded::text(left.as);
    if (right.changed) words += ", right as " + recorded::text(right.as);
    recorded::note(site, words);
}
void fail_value(const assertion_site& site, operand_text value) noexcept {
    recorded::note(site, recorded::text(value));
}
void fail_plain(const assertion_site& site, const char* what) noexcept { recorded::note(site, what); }
void fail_message(const assertion_site& site, operand_text message) noexcept {
    recorded::note(site, recorded::text(message));
}
void leave_test() { throw recorded::left_test(); }
void skip_test(const assertion_site& site, operand_text reason) {
    recorded::note(site, recorded::text(reason));
    throw recorded::left_test();
}
void fail_by_exception(const assertion_site& site) {
    recorded::rethrow_if_leaving();
    recorded::note(site, "threw " + recorded::exception_text());
}
outcome pass_by_exception(const assertion_site& site) {
    recorded::rethrow_if_leaving();
    return pass(site);
}
outcome fail_wrong_exception(const assertion_site& site, const char* expected) {
    recorded::rethrow_if_leaving();
    recorded::note(site, "threw " + recorded::exception_text() + ", expected " + expected);
    return outcome{outcome::failed};
}
void conclude_throwing(const assertion_site& site, outcome result, const char* missing) {
    if (result.is == outcome::passed) return;
    if (result.is == outcome::pending) fail_plain(site, missing);
    if (site.level == severity::require) leave_test();
}
outcome refuse_number(const assertion_site& site) noexcept {
    fail_plain(site, "a pointer was compared with a number");
    return outcome{outcome::failed};
}
outcome check_exception_text(const assertion_site& site, text_view expected) {
    recorded::rethrow_if_leaving();
    if (recorded::exception_text() == std::string(expected.data, expected.size)) {
        pass(site);
        return outcome{outcome::passed};
    }
    recorded::note(site, "threw " + recorded::exception_text());
    return outcome{outcome::failed};
}

subcase::subcase(text_view name, const char*, unsigned) : entered_(true) {
    recorded::calls.push_back("enter " + std::string(name.data, name.size));
}
subcase::~subcase() { recorded::calls.push_back("leave"); }

info_scope::info_scope(operand_text text_, const assertion_site* owner_)
    : text(text_), owner(owner_), outer(recorded::innermost) {
    recorded::innermost = this;
}
info_scope::~info_scope() { recorded::innermost = outer; }

}  // namespace cordon::detail
