#pragma once

#include <cordon/engine/os/surroundings.hpp>

#include <sched.h>
#include <sys/personality.h>
#include <sys/prctl.h>

namespace cordon::engine::os {

status use_processors(std::uint32_t count) {
    cpu_set_t allowed;
    if (::sched_getaffinity(0, sizeof allowed, &allowed) != 0) return last_error("ask for the processors");
    cpu_set_t fewer;
    CPU_ZERO(&fewer);
    std::uint32_t taken = 0;
    for (std::size_t i = 0; i < CPU_SETSIZE && taken < count; ++i) {
        if (!CPU_ISSET(i, &allowed)) continue;
        CPU_SET(i, &fewer);
        ++taken;
    }
    if (::sched_setaffinity(0, sizeof fewer, &fewer) == 0) return ok();
    return last_error("choose processors");
}

status set_timer_slack(duration slack) {
    if (::prctl(PR_SET_TIMERSLACK, static_cast<unsigned long>(slack.count())) == 0) return ok();
    return last_error("set the timer slack");
}

bool can_change_scheduling() { return true; }

void fix_addresses() { ::personality(static_cast<unsigned long>(::personality(0xffffffff)) | ADDR_NO_RANDOMIZE); }

void randomize_addresses() {
    ::personality(static_cast<unsigned long>(::personality(0xffffffff)) &
                  ~static_cast<unsigned long>(ADDR_NO_RANDOMIZE));
}

bool addresses_are_fixed() {
    const int now = ::personality(0xffffffff);
    return now >= 0 && (now & ADDR_NO_RANDOMIZE) != 0;
}

bool can_fix_addresses() {
    const int before = ::personality(0xffffffff);
    if (before < 0 || ::personality(static_cast<unsigned long>(before) | ADDR_NO_RANDOMIZE) < 0) return false;
    const bool fixed = (::personality(0xffffffff) & ADDR_NO_RANDOMIZE) != 0;
    ::personality(static_cast<unsigned long>(before));
    return fixed;
}

}  // namespace cordon::engine::os
