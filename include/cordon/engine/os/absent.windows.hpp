#pragma once

// What Windows does not offer, or needs no help for. The neutral headers say what these answers mean.

#include <cordon/engine/os/branch.hpp>
#include <cordon/engine/os/coverage.hpp>
#include <cordon/engine/os/family.hpp>
#include <cordon/engine/os/helper_program.hpp>
#include <cordon/engine/os/leave.hpp>
#include <cordon/engine/os/process.windows.hpp>
#include <cordon/engine/os/throw_place.hpp>

#include <cstdlib>
#include <string>

namespace cordon::engine::os {

// ---- branches: they need fork ----

bool hold_back_child_signal() { return false; }
void let_in_child_signal() {}
bool keep_children() { return false; }
void forget_children() {}
bool adopt_orphans_for_now() { return false; }
void leave_orphans() {}
bool has_children() { return false; }
vector<process_id> own_children() { return {}; }
std::uint32_t end_other_children(const vector<process_id>&) { return 0; }
bool is_in_group(process_id, process_id) { return false; }
bool has_one_thread() { return false; }
void forbid_core_file() {}

// ---- coverage: a test process that ends in order writes its own ----

void write_coverage_when_asked_to_end() {}
void write_coverage() {}
void leave_with_coverage(int code) { leave_now(code); }
void count_coverage_anew() {}
void share_coverage_file() {}

void prepare_to_leave() {}
void leave_in_order(int code) { std::exit(code); }

// ---- families: jobs hold all descendants ----

family_mark new_family_mark() { return 0; }
void bear_mark(family_mark) {}
void end_strays(const vector<process_id>&) {}

guardian::~guardian() {}
void guardian::watch_over(family_mark) {}
void guardian::note_worker(std::size_t, process_id) {}
void guardian::look() {}
bool guardian::stand_down() { return false; }

// ---- tools that name places of a program ----

helper_program::helper_program(const vector<std::string>&, bool) {}
helper_program::~helper_program() {}
std::string helper_program::ask(std::string_view, std::string_view, std::size_t, duration) { return {}; }
bool helper_program::tell(std::string_view) { return false; }
bool helper_program::read(std::string&) { return false; }
optional<process_end> helper_program::take_end() { return nullopt; }
void helper_program::give_up() {}

// ---- throws ----

void passing_exception::key() {}
throw_place take_throw_place() { return {}; }

}  // namespace cordon::engine::os
