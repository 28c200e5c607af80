#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/os/descriptor.hpp>
#include <cordon/engine/os/poll.hpp>
#include <cordon/engine/wire/agent_stream.hpp>

#include <cstddef>
#include <string>

CORDON_CHEAP_BEGIN

namespace cordon::engine::launch {

/// The two directions of the stream between a run and an agent, over two descriptors that others own. Never waits.
struct agent_channel {
    wire::agent_reader in;
    wire::agent_writer out;
    bool ended = false;   ///< nothing more comes
    bool broken = false;  ///< nobody reads what is written
    bool heard = false;   ///< something has come since this was last reset

    static constexpr std::size_t watches = 2;

    /// Writes what there is room for, and adds what is to be waited for.
    void add_watches(const os::descriptor& from, const os::descriptor& to, vector<os::watch>& all) {
        flush(to);
        os::watch room;
        if (!out.pending().empty() && !broken) room.native = to.native();
        room.want_room = true;
        all.push_back({ended ? os::no_handle : from.native(), true, false, false});
        all.push_back(room);
    }

    void flush(const os::descriptor& to) {
        if (out.pending().empty() || broken || !to) return;
        const os::read_outcome put = os::write_some(to, out.pending());
        out.drop(put.bytes);
        broken = put.at_end;
    }

    void read(const os::descriptor& from) {
        static char buffer[64 * 1024];
        const os::read_outcome got = os::read_available(from, buffer, sizeof buffer);
        in.feed({buffer, got.bytes});
        heard = heard || got.bytes != 0;
        ended = ended || got.at_end;
    }
};

}  // namespace cordon::engine::launch

CORDON_CHEAP_END
