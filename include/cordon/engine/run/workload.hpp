#pragma once

#include <cordon/engine/base/queue.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/run/attempt.hpp>

#include <algorithm>
#include <cstdint>

namespace cordon::engine::run {

/// The attempts of a worker.
struct workload {
    queue<std::uint32_t> outstanding;  ///< tickets sent and not settled, in order
    vector<attempt> parts;             ///< attempts of which something has come in

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
