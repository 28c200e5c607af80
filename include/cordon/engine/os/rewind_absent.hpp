#pragma once

#include <cordon/engine/os/rewind.hpp>

#if !defined(CORDON_DETAIL_REWINDS)

namespace cordon::engine::os {

std::string why_no_rewind() { return "only Linux on x86-64 can rewind a process"; }
bool rewinds_are_checked() { return false; }
bool remember_process() { return false; }
void watch_calls() {}
void stop_watching() {}
bool has_printed() { return true; }
process_id watched_process() { return 0; }
void rewind_at_exit(int) {}
bool is_watched() { return false; }
unwatched::unwatched() : was_(false) {}
unwatched::~unwatched() {}

}  // namespace cordon::engine::os

#endif
