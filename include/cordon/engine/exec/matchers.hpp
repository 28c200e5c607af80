#pragma once

#include <cordon/api/config.hpp>
CORDON_SILENCE_BEGIN
#include <cordon/api/matchers/elements.hpp>
#include <cordon/api/matchers/exception.hpp>
#include <cordon/api/matchers/range.hpp>
#include <cordon/api/matchers/value.hpp>
CORDON_SILENCE_END

#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/exec/hooks.hpp>
#include <cordon/engine/exec/literal.hpp>
#include <cordon/engine/exec/match_numbers.hpp>
#include <cordon/engine/exec/match_text.hpp>

#include <cstddef>
#include <string>
#include <string_view>

// Definitions of what <cordon/matchers.hpp> declares: failures, values and ranges. Text and numbers have their own
// files.

CORDON_CHEAP_BEGIN

namespace cordon::detail::matching {

void fail_match(const assertion_site& site, const mismatch& seen) noexcept {
    if (engine::exec::context().counts_only(site)) return;
    engine::exec::told_failure told(site, engine::failure_kind::assertion, seen.value, seen.words, seen.reason);
    told.what.left = engine::exec::written(seen.value);
    told.what.op = engine::failure::by_matcher;
    told.what.right = engine::exec::written(seen.words);
    told.what.message = engine::exec::written(seen.reason);
    told.tell();
}

bool add_reason(text_sink& out, operand_text reason, bool any) {
    const std::string text = engine::exec::written(reason);
    if (text.empty()) return any;
    if (any) out << "; ";
    out << text;
    return true;
}

/// Writes a value or words.
void put_operand(text_sink& out, operand_text what) { out << engine::exec::written(what); }

void put_reason(text_sink& out, operand_text reason) {
    const std::string text = reason.write == nullptr ? std::string() : engine::exec::written(reason);
    if (!text.empty()) out << ": " << text;
}

// ---- values ----

const char* words_of(relation how) noexcept {
    constexpr const char* words[] = {"is less than ", "is at most ", "is greater than ", "is at least "};
    return words[static_cast<std::size_t>(how)];
}

void explain_part(text_sink& out, const char* name, operand_text part, operand_text reason) {
    out << "its " << name << " is ";
    put_operand(out, part);
    put_reason(out, reason);
}

void write_type(text_sink& out, const char* signature) { out << engine::type_of(signature); }

// ---- ranges ----

const char* words_of(quantity which) noexcept {
    constexpr const char* words[] = {"every element ", "at least one element ", "no element "};
    return words[static_cast<std::size_t>(which)];
}

void explain_element(text_sink& out, std::size_t index, operand_text value, operand_text expected) {
    if (value.write == nullptr) {
        out << "it ends at index " << index << ": ";
        put_operand(out, expected);
        out << " is missing";
        return;
    }
    out << "at index " << index << " it has ";
    put_operand(out, value);
    if (expected.write == nullptr) {
        out << ", not its end";
    } else {
        out << ", not ";
        put_operand(out, expected);
    }
}

void explain_element_at(text_sink& out, std::size_t index, operand_text element, operand_text reason) {
    out << "at index " << index << " is ";
    put_operand(out, element);
    put_reason(out, reason);
}

void element_report::add(bool matches, const mismatch& element) {
    const std::size_t index = seen_++;
    if (which_ == quantity::any || matches == (which_ == quantity::all)) return;
    if (told_++ != 0) return;
    const operand_text no_reason{nullptr, nullptr};
    explain_element_at(out_, index, element.value, which_ == quantity::all ? element.reason : no_reason);
}

element_report::~element_report() {
    if (which_ == quantity::any && seen_ == 0) out_ << "it has no elements";
    if (told_ > 1)
        out_ << "; " << told_ << " of " << seen_
             << (which_ == quantity::all ? " elements do not match" : " elements match");
}

void explain_order(text_sink& out, std::size_t index, operand_text before, operand_text after) {
    out << "at index " << index << " is ";
    put_operand(out, after);
    out << ", after ";
    put_operand(out, before);
}

bool surplus_report::add(surplus which, operand_text element) {
    constexpr std::size_t most = 5;
    std::size_t& count = counts_[static_cast<std::size_t>(which)];
    if (count == 0) {
        if (counts_[0] + counts_[1] != 0) out_ << "; ";
        out_ << (which == surplus::missing ? "missing: " : "not expected: ");
    } else {
        out_ << ", ";
    }
    if (++count > most) {
        out_ << "...";
    } else {
        put_operand(out_, element);
    }
    return count <= most;
}

/// Finds an element for the matcher, and other elements for those that it displaces.
bool assign_one(const bool* fits, std::size_t count, std::size_t matcher, std::size_t* chosen, bool* tried) {
    for (std::size_t element = 0; element < count; ++element) {
        if (!fits[matcher * count + element] || tried[element]) continue;
        tried[element] = true;
        if (chosen[element] == count || assign_one(fits, count, chosen[element], chosen, tried)) {
            chosen[element] = matcher;
            return true;
        }
    }
    return false;
}

bool assign_elements(const bool* fits, std::size_t count, std::size_t* chosen) noexcept {
    for (std::size_t i = 0; i < count; ++i)
        chosen[i] = count;
    bool all = true;
    for (std::size_t matcher = 0; matcher < count; ++matcher) {
        engine::vector<bool> tried(count, false);
        all = assign_one(fits, count, matcher, chosen, tried.data()) && all;
    }
    return all;
}

// ---- exceptions ----

#if !defined(CORDON_CONFIG_NO_EXCEPTIONS)

void fail_message(const assertion_site& site, const message_test& expected, const message_text& message) {
    if (engine::exec::context().counts_only(site)) return;
    engine::exec::told_failure told(site, engine::failure_kind::exception, expected.words);
    told.what.left = engine::exec::written(text_of(message));
    told.what.op = engine::failure::by_matcher;
    told.what.right = engine::exec::written(expected.words);
    told.what.message = "threw " + engine::exec::current_exception_text();
    const auto explain = [&](text_sink& out) { expected.explain(out, expected.matcher, message); };
    const std::string reason = engine::exec::written(text_by(explain));
    if (!reason.empty()) told.what.message += "\n" + reason;
    told.tell();
}

outcome check_message(const assertion_site& site, const message_test& expected) {
    if (engine::exec::current_exception_leaves_test()) throw;
    const std::string words = engine::exec::current_exception_words();
    const message_text message{{words.data(), words.size()}};
    try {
        if (expected.accepts(expected.matcher, message)) return pass(site);
    } catch (...) {
        fail_by_exception(site);
        return outcome{outcome::failed};
    }
    fail_message(site, expected, message);
    return outcome{outcome::failed};
}

#endif

}  // namespace cordon::detail::matching

CORDON_CHEAP_END
