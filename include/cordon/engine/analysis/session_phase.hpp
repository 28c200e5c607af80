#pragma once

#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/text.hpp>

#include <chrono>
#include <string>

namespace cordon::engine::analysis {

/// What a session does at the moment, and when it ends, for people who wait for it.
struct session_phase {
    std::string doing;  ///< "explaining 3 of 9: cpus=1"; empty: there is only one thing to do
    deadline ends;

    /// "explaining 3 of 9: cpus=1, 24 s left"
    std::string in_words(instant now) const {
        if (doing.empty() || !ends || *ends <= now) return doing;
        const auto left = std::chrono::duration_cast<std::chrono::seconds>(*ends - now);
        return left.count() == 0 ? doing : doing + ", " + duration_text(left) + " left";
    }
};

}  // namespace cordon::engine::analysis
