#pragma once

#include <random>

// What the tests of this corpus draw by lot. A device, so that no seed and no start of the program decides.

namespace flaky {

inline unsigned draw(unsigned below) {
    std::random_device device;
    return device() % below;
}

/// Keeps a processor busy for about so many steps of a nanosecond or two.
inline void work(unsigned steps) {
    volatile unsigned done = 0;
    while (done < steps)
        done = done + 1;
}

}  // namespace flaky
