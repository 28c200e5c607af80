#pragma once

#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/codec/codec.hpp>
#include <cordon/engine/model/ending_of.hpp>

#include <cstdint>
#include <string>

namespace cordon::engine::wire {

using engine::finish;

/// The test has entered a subcase. Sent at once, so that the place is known if the process ends.
struct entered {
    std::uint32_t ticket = 0;
    std::uint32_t depth = 0;  ///< 0: the outermost
    std::string name;

    template <class Archive>
    void fields(Archive& a) {
        a(ticket, depth, name);
    }
};

/// One pass through a test with subcases has ended normally.
struct pass_over {
    std::uint32_t ticket = 0;
    finish how = finish::passed;
    bool leaf = true;  ///< false: the pass only looked for more subcases
    duration took{};
    std::uint64_t passed_assertions = 0;  ///< in all passes of this process so far

    template <class Archive>
    void fields(Archive& a) {
        a(ticket, how, leaf, took, passed_assertions);
    }
};

}  // namespace cordon::engine::wire
