#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/exec/hooks.hpp>
#include <cordon/engine/exec/memory_limit.hpp>
#include <cordon/engine/os/stack.hpp>
#include <cordon/engine/wire/lane.hpp>

#include <cstring>
#include <string>
#include <string_view>

// Writes the description of a crashing test. Called in a signal handler.

CORDON_CHEAP_BEGIN

namespace cordon::engine::exec {

// Long text is cut with a mark, without splitting a character.
template <std::size_t Size>
void copy(char (&to)[Size], std::string_view text) {
    constexpr std::string_view mark = " [...]";
    std::size_t size = text.size();
    if (size >= Size) {
        size = Size - 1 - mark.size();
        while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80)
            --size;
        std::memcpy(to + size, mark.data(), mark.size());
        to[size + mark.size()] = '\0';
    } else {
        to[size] = '\0';
    }
    std::memcpy(to, text.data(), size);
}

// If there is no room for all, the innermost ones are kept, because they are the most useful.
template <std::size_t Count, std::size_t Size, class Text>
void copy_innermost(char (&to)[Count][Size], std::uint32_t& used, std::uint32_t& left_out, std::size_t all,
                    const Text& text) {
    const std::size_t first = all > Count ? all - Count : 0;
    left_out = static_cast<std::uint32_t>(first);
    for (used = 0; first + used < all; ++used)
        copy(to[used], text(first + used));
}

bool is_own_process() { return context().in_own_process(); }

bool ran_out_of_memory(int error) { return limit_here.explains(error); }

void describe_thread(const detail::thread_tally& thread, place_note& to) {
    to.clear();
    if (const detail::assertion_site* last = thread.last) {
        copy(to.file, last->file);
        copy(to.macro, last->macro);
        copy(to.expression, last->expression);
        to.line = last->line;
    }
    const subcase_tree& tree = context().subcases();
    copy_innermost(to.subcase, to.subcases, to.subcases_left_out, tree.depth(),
                   [&](std::size_t depth) { return tree.name_at(depth); });
}

const detail::thread_tally* first_tally = nullptr;

void describe(place_note& to) { describe_thread(detail::current_thread, to); }
void describe_first(place_note& to) { describe_thread(*first_tally, to); }

void describe_more(place_note& to) {
    const shown_infos shown = infos_for(nullptr);
    copy_innermost(to.info, to.infos, to.infos_left_out, shown.info.size(),
                   [&](std::size_t i) { return std::string_view(shown.info[i]); });
}

/// After this call, a crash of this process, or of a forked copy that runs a test, leaves a description in the lane.
void describe_crashes(wire::lane lane) {
    first_tally = &detail::current_thread;
    os::watch_for_crashes(lane->crash, lane->hang,
                          {is_own_process, ran_out_of_memory, describe, describe_more, describe_first});
}

}  // namespace cordon::engine::exec

CORDON_CHEAP_END
