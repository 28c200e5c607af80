#pragma once

#include <cordon/engine/os/stack.hpp>
#include <cordon/engine/wire/lane.hpp>
#include <cordon/engine/worker/hooks.hpp>

#include <cstring>
#include <string>
#include <string_view>

// What a dying test's own words are: called in a signal handler.

namespace cordon::engine::worker {

namespace crash_detail {

template <std::size_t Size>
void copy(char (&to)[Size], std::string_view text) {
    const std::size_t size = text.size() < Size ? text.size() : Size - 1;
    std::memcpy(to, text.data(), size);
    to[size] = '\0';
}

bool is_own_process() { return context().in_own_process(); }

void describe(place_note& to) {
    to.clear();
    if (const detail::assertion_site* last = detail::current_thread.last) {
        copy(to.file, last->file);
        copy(to.macro, last->macro);
        copy(to.expression, last->expression);
        to.line = last->line;
    }
    const subcase_tree& tree = context().subcases();
    for (std::size_t depth = 0; depth < tree.depth() && to.subcases < 8; ++depth)
        copy(to.subcase[to.subcases++], tree.name_at(depth));
}

void describe_more(place_note& to) {
    const shown_infos shown = infos_for(nullptr);
    for (const std::string& line : shown.info) {
        if (to.infos == 8) return;
        copy(to.info[to.infos], line);
        ++to.infos;
    }
}

}  // namespace crash_detail

/// From now on a crash of this process, or of a copy that runs a test, leaves a description in the lane.
void describe_crashes(wire::lane lane) {
    os::watch_for_crashes(lane->crash, lane->hang,
                          {crash_detail::is_own_process, crash_detail::describe, crash_detail::describe_more});
}

}  // namespace cordon::engine::worker
