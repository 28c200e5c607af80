#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/model/test_list.hpp>
#include <cordon/engine/text/wording.hpp>

#include <string>
#include <string_view>

CORDON_CHEAP_BEGIN

namespace cordon::engine::text {

/// Catch2 has no suites: they are a part of the name.
std::string catch2_name(const test_info& test) { return full_name_of(test); }

/// "[a][b]". Decorators that Catch2 writes as tags are among them.
std::string catch2_tags(const test_info& test) {
    std::string tags;
    for (const std::string_view tag : test.tags)
        tags += "[" + std::string(tag) + "]";
    const auto add = [&tags](bool wanted, const char* tag) {
        if (wanted && tags.find(tag) == std::string::npos) tags += tag;
    };
    add(test.may_fail, "[!mayfail]");
    add(test.should_fail, "[!shouldfail]");
    return tags;
}

}  // namespace cordon::engine::text

CORDON_CHEAP_END
