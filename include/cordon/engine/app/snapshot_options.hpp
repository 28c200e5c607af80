#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/app/apply.hpp>
#include <cordon/engine/app/option_row.hpp>
#include <cordon/engine/base/parse.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/model/options.hpp>

#include <cstdlib>

CORDON_CHEAP_BEGIN

namespace cordon::engine::app {

status set_update_snapshots(options& chosen, const setting& given) {
    const std::string_view which = given.value.empty() ? std::string_view("all") : given.value;
    return set_choice<&options::update_snapshots>(chosen, {given.row, which, given.lookup});
}

/// True if the variable says so that CI systems set.
bool is_in_ci() {
    const char* value = std::getenv("CI");
    return value != nullptr && *value != '\0' && parse_bool(value).value_or(true);
}

/// `repeats`: tests run again and again, and write no snapshots.
snapshot_settings snapshot_settings_of(const options& chosen, const run_info& info, bool repeats) {
    snapshot_settings settings;
    if (!repeats) settings.update = chosen.update_snapshots;
    settings.in_ci = repeats || is_in_ci();
    settings.all_told = !repeats && info.filtered_out == 0 && !chosen.shard && chosen.subcases.empty();
    settings.folder = info.folder;
    return settings;
}

}  // namespace cordon::engine::app

CORDON_CHEAP_END
