#pragma once

#include <cordon/api/translator.hpp>
#include <cordon/engine/exec/text_sink.hpp>

#include <cstring>
#include <exception>
#include <string>

CORDON_CHEAP_BEGIN

namespace cordon::engine::exec {

// The registered EXCEPTION_TRANSLATORs, in order. Plain pointers: they exist before any static constructor runs.
const detail::exception_translator* first_translator = nullptr;
const detail::exception_translator* last_translator = nullptr;

#if !defined(CORDON_CONFIG_NO_EXCEPTIONS)

/// Sets `words` to the text of the first translator that takes the current exception. Returns false if no one does.
bool translate_current_exception(std::string& words) {
    for (const detail::exception_translator* each = first_translator; each != nullptr; each = each->next) {
        detail::bounded_text text;
        text_sink out(text);
        try {
            if (!each->translate(out, each->function)) continue;
        } catch (const std::exception& caught) {
            out << "{translating it threw: " << caught.what() << '}';
        } catch (...) {
            out << "{translating it threw}";
        }
        words = text.take();
        return true;
    }
    return false;
}

#endif

}  // namespace cordon::engine::exec

namespace cordon::detail {

translation::translation(text_view text) : data_(new char[text.size + 1]), size_(text.size) {
    std::memcpy(data_, text.data, text.size);
}

translation::~translation() { delete[] data_; }

exception_translator::exception_translator(any_function function_,
                                           bool (*translate_)(text_sink&, any_function)) noexcept
    : function(function_), translate(translate_), next(nullptr) {
    using namespace engine::exec;
    (last_translator == nullptr ? first_translator : last_translator->next) = this;
    last_translator = this;
}

}  // namespace cordon::detail

CORDON_CHEAP_END
