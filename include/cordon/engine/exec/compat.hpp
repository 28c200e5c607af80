#pragma once

#include <cordon/api/compat/support.hpp>
#include <cordon/engine/exec/context.hpp>
#include <cordon/engine/exec/hooks.hpp>
#include <cordon/engine/exec/stringify.hpp>
#include <cordon/engine/exec/text_sink.hpp>
#include <cordon/engine/exec/type_text.hpp>
#include <cordon/engine/exec/unwind.hpp>
#include <cordon/engine/wire/marker.hpp>

#include <cstdlib>
#include <string>

// Definitions of what compat/ needs.

CORDON_CHEAP_BEGIN

namespace cordon::engine::exec {

int whole_count = 0;
const char* const* whole_words = nullptr;  ///< null: those of cordon::run

}  // namespace cordon::engine::exec

namespace cordon::detail {

void keep_command_line(int argc, const char* const* argv) noexcept {
    engine::exec::whole_count = argc;
    engine::exec::whole_words = argv;
}

bool is_in_test() noexcept { return engine::exec::context().current_outlet() != nullptr; }
bool is_started_by_cordon() noexcept { return std::getenv(engine::wire::marker_name) != nullptr; }
void write_type_name(text_sink& out, const char* name) { out << engine::exec::type_text(name); }

struct lasting_stream::state {
    explicit state(text_sink& out);
    stringify_detail::sink_buffer buffer;
    std::ostream stream;
};
lasting_stream::state::state(text_sink& out) : buffer(out), stream(&buffer) { stringify_detail::prepare(stream); }
lasting_stream::lasting_stream(text_sink& out) : own_(new state(out)) {}
lasting_stream::~lasting_stream() { delete own_; }
std::ostream& lasting_stream::get() const { return own_->stream; }

#if !defined(CORDON_CONFIG_NO_EXCEPTIONS)
outcome check_exception_text_by(const assertion_site& site, bool (*accepts)(const void*, text_view),
                                const void* expected, operand_text words) {
    if (engine::exec::current_exception_leaves_test()) throw;
    const std::string text = engine::exec::current_exception_words();
    if (accepts(expected, text)) return pass(site);
    if (engine::exec::context().counts_only(site)) return outcome{outcome::failed};
    engine::exec::told_failure told(site, engine::failure_kind::exception);
    told.what.left = engine::exec::written(text_of(text));
    told.what.op = "==";
    told.what.right = engine::exec::written(words);
    told.what.message = "threw " + engine::exec::current_exception_text();
    told.tell();
    return outcome{outcome::failed};
}
#endif

}  // namespace cordon::detail

CORDON_CHEAP_END
