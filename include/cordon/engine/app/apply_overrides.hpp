#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/app/program_tests.hpp>
#include <cordon/engine/base/quote.hpp>
#include <cordon/engine/base/result.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/options.hpp>
#include <cordon/engine/os/files.hpp>
#include <cordon/engine/os/system.hpp>
#include <cordon/engine/select/overrides.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::app {

/// All bytes of a file or a pipe.
result<std::string> whole_file(const std::string& path) {
    const result<os::descriptor> file = os::open_file(path);
    if (!file) return file.failure();
    std::string text;
    for (char part[4096];;) {
        const result<std::size_t> size = os::read_some(file.value(), part, sizeof part, path);
        if (!size) return size.failure();
        if (size.value() == 0) return text;
        text.append(part, size.value());
    }
}

/// --overrides: changes the list before anything is selected or planned.
status apply_overrides(const options& chosen, program_tests& tests) {
    if (chosen.overrides.empty()) return ok();
    vector<select::override_rule> rules;
    for (const std::string& path : chosen.overrides) {
        const result<std::string> text = whole_file(path);
        if (!text) return error{{}, 0, "--overrides " + quoted(path) + ": cannot " + os::describe(text.failure())};
        if (status read = select::read_overrides(text.value(), path, rules); !read) return read;
    }
    constexpr std::size_t day_size = 10;
    select::applied_overrides applied =
        select::apply_overrides(rules, os::wall_clock_utc().substr(0, day_size), tests.list);
    tests.overridden = std::move(applied.inputs);
    tests.override_warnings = std::move(applied.warnings);
    return ok();
}

}  // namespace cordon::engine::app

CORDON_CHEAP_END
