#pragma once

#include <cordon/engine/codec/codec.hpp>
#include <cordon/engine/model/snapshot.hpp>

#include <cstdint>

namespace cordon::engine::wire {

/// The test has compared a value with a snapshot in a file. Sent only if unused ones are looked for.
struct snapshot_met {
    std::uint32_t ticket = 0;
    std::uint64_t name = 0;  ///< fast_hash() of the file's name

    template <class Archive>
    void fields(Archive& a) {
        a(ticket, name);
    }
};

/// A snapshot should be written if the attempt passes. Long texts come in pieces.
struct snapshot_changed {
    std::uint32_t ticket = 0;
    snapshot_change what;

    template <class Archive>
    void fields(Archive& a) {
        a(ticket, what);
    }
};

}  // namespace cordon::engine::wire
