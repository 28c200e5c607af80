#pragma once

#include <cordon/api/property/property.hpp>
#include <cordon/engine/exec/context.hpp>
#include <cordon/engine/exec/property_board.hpp>
#include <cordon/engine/exec/text_sink.hpp>
#include <cordon/engine/exec/unwind.hpp>
#include <cordon/engine/property/code.hpp>
#include <cordon/engine/property/source.hpp>

#include <string>
#include <string_view>

namespace cordon::engine::exec {

/// An example that runs in this process.
struct running_property_example {
    const detail::property* which;
    source* from;
    property_board* board;
    bool tells_code;
    unsigned drawn;  ///< calls of draw()
};
running_property_example* example_here = nullptr;

/// A macro of the property was used outside of a PROPERTY, or a generator in a wrong way: the test ends.
[[noreturn]] void end_misused(const std::string& why) {
    failure what;
    what.kind = failure_kind::explicit_;
    what.message = why;
    context().record(std::move(what));
    leave_test();
}

void call_example(const void* argument) {
    const auto* here = static_cast<const running_property_example*>(argument);
    here->which->run(*here->from, *here->which);
}

/// Runs one example in this process; its failures are recorded as those of a test. Only discarding it is no failure.
void run_example(const detail::property& which, detail::drawing& state, property_board& board, bool tells_code) {
    board.begin_example();
    source from(state);
    running_property_example here{&which, &from, &board, tells_code, 0};
    running_property_example* const outer = std::exchange(example_here, &here);
    const instant begun = now();
    context().begin_pass();
    run_guarded(call_example, &here);
    const duration took = now() - begun;
    example_here = outer;
    state.finish();
    if (took.count() > board.longest) board.longest = took.count();
}

/// "int x", "std::vector<int> v" of the text of a parameter list.
vector<std::string_view> parameters_in(std::string_view text) {
    vector<std::string_view> parts;
    std::size_t begin = 0;
    int depth = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        const char c = i < text.size() ? text[i] : ',';
        if (c == '<' || c == '(' || c == '[' || c == '{') ++depth;
        if (c == '>' || c == ')' || c == ']' || c == '}') --depth;
        if (c != ',' || (depth > 0 && i < text.size())) continue;
        while (begin < i && text[begin] == ' ')
            ++begin;
        parts.push_back(text.substr(begin, i - begin));
        begin = i + 1;
    }
    return parts;
}

/// "int x = 1;"
void tell_code(property_board& board, std::string_view declared, const detail::operand_text& value) {
    std::string line(declared);
    line += " = ";
    board.add_code(line);
    board.add_code(written(value));
    board.add_code(";\n");
}

}  // namespace cordon::engine::exec

namespace cordon::detail {

void tell_values(const char* parameters, const operand_text* values, size_t count) {
    engine::exec::running_property_example* const here = engine::exec::example_here;
    if (here == nullptr) return;
    if (here->tells_code) {
        const engine::vector<std::string_view> names = engine::exec::parameters_in(parameters);
        for (size_t i = 0; i < count; ++i)
            engine::exec::tell_code(*here->board, i < names.size() ? names[i] : "auto", values[i]);
    }
    here->board->has_body_begun = true;
}

void tell_drawn(const char* signature, operand_text value) {
    engine::exec::running_property_example& here = *engine::exec::example_here;
    if (!here.tells_code) return;
    bounded_text type;
    text_sink out(type);
    write_type_code(out, signature);
    engine::exec::tell_code(*here.board, type.take() + " drawn" + std::to_string(++here.drawn), value);
}

source& running_example() {
    if (engine::exec::example_here == nullptr)
        engine::exec::end_misused("cordon::draw() was called outside of a PROPERTY");
    return *engine::exec::example_here->from;
}

}  // namespace cordon::detail

namespace cordon {

[[noreturn]] void source::discard() {
    if (engine::exec::example_here != nullptr) engine::exec::example_here->board->is_discarded = true;
    engine::exec::leave_test();
}

[[noreturn]] void source::refuse(const char* why) { engine::exec::end_misused(why); }

void assume(bool condition) {
    if (condition) return;
    if (engine::exec::example_here == nullptr)
        engine::exec::end_misused("cordon::assume() was called outside of a PROPERTY");
    engine::exec::example_here->from->discard();
}

void classify(bool condition, const char* label) {
    if (engine::exec::example_here == nullptr)
        engine::exec::end_misused("cordon::classify() was called outside of a PROPERTY");
    if (condition) engine::exec::example_here->board->add_label(label);
}

}  // namespace cordon
