#pragma once

#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/queue.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/outcome.hpp>
#include <cordon/engine/model/setup_plan.hpp>
#include <cordon/engine/run/attempt.hpp>
#include <cordon/engine/run/setup_troubles.hpp>

#include <algorithm>
#include <cstdint>
#include <string>

namespace cordon::engine::run {

/// What the dispatcher knows of one worker slot.
struct slot {
    enum class phase : std::uint8_t {
        absent,     ///< no worker
        starting,   ///< started; it may be sent work, but has not spoken yet
        ready,      ///< said hello
        switching,  ///< entering or leaving a setup, or ended by us: must not be sent anything
        leaving,    ///< was told to finish
    };

    phase now_in = phase::absent;
    bool spared = false;  ///< to have no worker while others have one: there is no room for all
    std::int64_t pid = 0;
    instant started_at{};
    std::uint32_t starts = 0;
    bool greeted = false;   ///< its worker has said hello
    bool fruitful = false;  ///< an attempt came to its end since the worker, or its innermost setup, has started

    queue<std::uint32_t> outstanding;  ///< tickets sent and not settled, in order
    vector<attempt> parts;             ///< attempts of which something has come in
    instant quiet_since{};             ///< when something was last settled or sent
    bool asked_to_surrender = false;

    bool crowded = false;  ///< there were other workers when it was sent what is outstanding

    struct turn {
        std::size_t test;
        std::size_t left;  ///< runs of it that are not over
    };
    vector<turn> turns;     ///< of repeated runs: tests that have their turn here
    duration start_took{};  ///< of its worker, until it spoke
    deadline retired_at;    ///< a worker that has done enough was told to leave, and a fresh one takes its place
    bool renewed = false;   ///< the worker before this one was retired

    bool heard = false;            ///< it has said something since the last look
    std::uint32_t unanswered = 0;  ///< looks in a row at which it had not
    instant switching_since{};

    std::string condemned;  ///< why its worker was killed; empty: it was not

    setup_plan::chain entered;  ///< setup groups, the outermost first
    vector<std::size_t> held;   ///< taken from the schedule, waiting for the setups
    optional<std::uint32_t> entering;
    setup_troubles::words setup_said;

    bool is_awaited() const { return has_worker() && !greeted && now_in != phase::leaving; }
    bool has_worker() const { return now_in != phase::absent; }
    bool can_be_sent_to() const { return now_in == phase::starting || now_in == phase::ready; }
    bool is_busy() const { return !outstanding.empty() || !held.empty() || now_in == phase::switching; }

    attempt& part(std::uint32_t ticket) {
        for (attempt& each : parts) {
            if (each.ticket == ticket) return each;
        }
        parts.emplace_back();
        parts.back().ticket = ticket;
        return parts.back();
    }

    bool owns(std::uint32_t ticket) const {
        if (!outstanding.empty() && outstanding.front() == ticket) return true;
        return std::find(outstanding.begin(), outstanding.end(), ticket) != outstanding.end();
    }

    bool is_next(std::uint32_t ticket) const { return !outstanding.empty() && outstanding.front() == ticket; }

    void forget(std::uint32_t ticket) {
        if (!outstanding.empty() && outstanding.front() == ticket) return outstanding.pop_front();
        outstanding.erase(std::remove(outstanding.begin(), outstanding.end(), ticket), outstanding.end());
    }
};

}  // namespace cordon::engine::run
