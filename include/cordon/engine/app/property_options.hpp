#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/app/apply.hpp>

CORDON_CHEAP_BEGIN

namespace cordon::engine::app {

// Properties read these options from the environment of their test, because nothing else needs them.

status set_examples(options& chosen, const setting& given) {
    const optional<std::uint64_t> count = parse_unsigned(given.value, 1'000'000);
    if (!count || *count == 0) return expected("a whole number from 1 to 1000000");
    chosen.environment.emplace_back("CORDON_EXAMPLES", given.value);
    return ok();
}

status set_corpus(options& chosen, const setting& given) {
    if (given.value.empty()) return expected("a folder, or off");
    chosen.environment.emplace_back("CORDON_CORPUS", given.value);
    return ok();
}

}  // namespace cordon::engine::app

CORDON_CHEAP_END
