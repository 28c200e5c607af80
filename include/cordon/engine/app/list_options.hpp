#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/app/apply.hpp>
#include <cordon/engine/app/option_row.hpp>
#include <cordon/engine/base/parse.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/options.hpp>

#include <cstddef>
#include <string_view>

CORDON_CHEAP_BEGIN

namespace cordon::engine::app {

/// After `none`, in the order of list_format.
constexpr const char* list_words =
    "text json ctest tags doctest doctest-xml doctest-suites doctest-suites-xml doctest-count doctest-count-xml "
    "doctest-reporters doctest-reporters-xml catch2 catch2-names catch2-lines catch2-xml catch2-tags catch2-reporters "
    "catch2-reporter-count";

status set_list(options& chosen, const setting& given) {
    const optional<bool> on = parse_bool(given.value);
    if (given.value.empty() || given.value == "text" || on) {
        chosen.list = on.value_or(true) ? list_format::text : list_format::none;
        return ok();
    }
    const vector<std::string_view> words = words_of(given.row.choices);
    const std::size_t index = choice_of(given.value, words);
    if (index == words.size()) return expected_one_of({"text", "json", "ctest"}, given.value);
    chosen.list = static_cast<list_format>(index + 1);
    return ok();
}

status set_list_tags(options& chosen, const setting& given) {
    const optional<bool> on = parse_bool(given.value);
    if (!on) return expected("true or false");
    chosen.list = *on ? list_format::tags : list_format::none;
    return ok();
}

}  // namespace cordon::engine::app

CORDON_CHEAP_END
