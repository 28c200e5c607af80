#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/exec/temp_folder.hpp>
#include <cordon/engine/model/leftovers.hpp>
#include <cordon/engine/os/files.hpp>
#include <cordon/engine/os/process.hpp>
#include <cordon/engine/wire/lane.hpp>

#include <cstdint>
#include <string>

namespace cordon::engine::exec {

/// The place of temporary folders, and which of them stay.
struct temp_policy {
    std::string root;
    os::process_id worker = 0;
    bool keep_failed = false;

    /// The files in the attempt's folder, if it made one.
    vector<std::string> files_of(const wire::lane& lane, std::uint32_t ticket) const {
        const std::uint32_t number = lane->temp_folder.load();
        if (number == 0) return {};
        return os::entries_of(temp_folder::owner{&root, worker, ticket}.path(number), leftovers::most_kept);
    }

    /// Who may still write there, and who removes those files later.
    enum class others { none, for_the_worker, for_nobody };

    /// Removes the attempt's folder, if it made one.
    CORDON_HOT void remove(const wire::lane& lane, std::uint32_t ticket, bool failed, others who) const {
        const std::uint32_t number = lane->temp_folder.exchange(0);
        if (number != 0 && !(failed && keep_failed)) remove_made(lane, ticket, number, who);
    }

  private:
    CORDON_COLD void remove_made(const wire::lane& lane, std::uint32_t ticket, std::uint32_t number, others who) const {
        const std::string path = temp_folder::owner{&root, worker, ticket}.path(number);
        status removed = os::remove_folder(path);
        for (int round = 0; who != others::for_the_worker && !removed && round < most_rounds; ++round) {
            os::pause_briefly();
            removed = os::remove_folder(path);
        }
        if (removed) return;
        if (who == others::for_the_worker) return lane->temp_folder.store(number);
        os::write_standard_error("cordon: " + os::describe(removed.failure()) + "\n");
    }

    static constexpr int most_rounds = 100;  // each about 50 microseconds
};

}  // namespace cordon::engine::exec
