#pragma once

#include <cordon/api/generators/place.hpp>
#include <cordon/engine/base/text.hpp>
#include <cordon/engine/exec/context.hpp>
#include <cordon/engine/exec/hooks.hpp>
#include <cordon/engine/exec/leaf_forks.hpp>
#include <cordon/engine/exec/test_environment.hpp>

#include <string>

CORDON_CHEAP_BEGIN

namespace cordon::engine::exec {

/// Where the values are made that this thread asks for.
thread_local detail::generator_origin values_made_at{};

/// A value as the name of a block.
std::string name_of_value(detail::operand_text value) {
    constexpr std::size_t longest = 100;
    std::string name = written(value);
    for (char& each : name)
        if (each == '\n' || each == '\r') each = ' ';
    if (name.size() > longest) name = name.substr(0, longest) + " [...]";
    return name;
}

[[noreturn]] void leave_by_generator(const char* file, unsigned line, const char* words) {
    failure what;
    what.kind = failure_kind::explicit_;
    what.macro = "GENERATE";
    what.message = words;
    what.file = file;
    what.line = line;
    context().record(std::move(what));
    leave_test();
}

}  // namespace cordon::engine::exec

namespace cordon::detail {

generator_place::generator_place(const char* file, unsigned line, unsigned number)
    : file_(file),
      line_(line),
      number_(number),
      wanted_(engine::exec::context().subcases().value_in_use(file, place(), had_next_)),
      level_(engine::exec::context().subcases().depth()),
      outer_(engine::exec::values_made_at) {
    engine::exec::values_made_at = {file, line, number, 0};
    reuses_ = wanted_ == 0 && engine::exec::context().subcases().is_behind_done(file, place());
    if (reuses_) wanted_ = 1;
}

generator_place::~generator_place() { engine::exec::values_made_at = outer_; }

unsigned long long generator_place::place() const { return engine::exec::subcase_tree::place_of(line_, number_); }

bool generator_place::step() {
    if (++at_ > most) fail_endless();
    if (wanted_ != 0) return at_ == wanted_;
    if (at_ == 1) done_ = engine::exec::context().subcases().reach_done_values(file_, place());
    if (at_ <= done_) return false;
    return engine::exec::context().subcases().reach_value(file_, place(), at_);
}

bool generator_place::chooses() const { return wanted_ == 0 && engine::exec::context().subcases().chooses(level_); }

bool generator_place::allows(operand_text value) const {
    return engine::exec::context().subcases().is_chosen(level_, engine::exec::name_of_value(value));
}

void generator_place::refuse() { engine::exec::context().subcases().refuse_value(); }

bool generator_place::enter() {
    using namespace engine::exec;
    if (wanted_ != 0) return true;
    test_context& current = context();
    current.subcases().enter_value();
    forget_unwound_path();
    if (current.forks_leaves()) {
        if (!fork_at_subcase()) return false;
    } else {
        current.enter_subcase();
    }
    current.subcases().expect_value(file_, place(), at_ + 1);
    return true;
}

void generator_place::name(operand_text value) {
    if (wanted_ != 0) return;
    engine::exec::context().name_value(engine::exec::name_of_value(value));
    if (engine::exec::first_listener != nullptr) engine::exec::listeners_here().enter_subcase();
}

void generator_place::fail_endless() const {
    engine::exec::leave_by_generator(file_, line_,
                                     "GENERATE has more than 10,000 values: bound them with take(n, ...)");
}

bool generator_place::may_follow(operand_text value) {
    if (allows(value)) return true;
    if (++at_ == most) fail_endless();
    return false;
}

void generator_place::announce() {
    using namespace engine::exec;
    context().subcases().announce_value();
    mind_left_out(text_view("another value of GENERATE"), file_, line_);
}

void generator_place::close() { engine::exec::context().subcases().close_values(); }

void generator_place::compare(bool has_next) const {
    if (reuses_ || has_next == had_next_) return;
    engine::exec::leave_by_generator(file_, line_,
                                     "GENERATE was reached again in the same pass, with another number of values");
}

void generator_place::end() const {
    using namespace engine::exec;
    if (at_ == 0) leave_by_generator(file_, line_, "GENERATE has no values");
    if (wanted_ != 0) compare(!had_next_);
    if (context().is_leaf()) leave_leaf(false);
    context().stop_pass();
    engine::exec::leave_test();
}

void fail_generator(const char* words) {
    const generator_origin& at = engine::exec::values_made_at;
    engine::exec::leave_by_generator(at.file != nullptr ? at.file : "", at.line, words);
}

unsigned long long generator_seed() {
    generator_origin& at = engine::exec::values_made_at;
    const unsigned long long place = engine::exec::subcase_tree::place_of(at.line, at.number);
    return engine::mix_bits(engine::exec::environment_of_tests().seed() + engine::mix_bits(place + at.made++));
}

}  // namespace cordon::detail

CORDON_CHEAP_END
