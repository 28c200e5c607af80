#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/text_output.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/test_list.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

CORDON_CHEAP_BEGIN

namespace cordon::engine::report {

/// What a list is made from.
struct list_request {
    const test_list& list;
    const vector<std::size_t>& selected;  ///< indices into the list, in the order of output
    std::string_view program;
    std::uint64_t seed;
    bool with_skipped;  ///< tests with the decorator skip would run
    bool narrowed;      ///< the command line selects tests
    text_output& output;
};

}  // namespace cordon::engine::report

CORDON_CHEAP_END
