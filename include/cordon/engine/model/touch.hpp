#pragma once

#include <cordon/engine/base/clock.hpp>

#include <string>

namespace cordon::engine {

/// Some process changed a file, or held a port, at that time.
struct touch {
    instant at;
    std::string what;  ///< "/tmp/scores", "tcp port 8080"
};

}  // namespace cordon::engine
