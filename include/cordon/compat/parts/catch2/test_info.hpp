#pragma once

#include <cordon/compat/parts/catch2/text.hpp>

#include <cstdint>
#include <cstdlib>

// What a test may ask about itself and the run.

namespace Catch {

struct CaseSensitive {
    enum Choice { Yes, No };
};

/// The seed of the run, CORDON_SEED, in 32 bits.
inline std::uint32_t getSeed() {
    const char* const seed = std::getenv("CORDON_SEED");
    return seed == nullptr ? 0 : static_cast<std::uint32_t>(std::strtoull(seed, nullptr, 0));
}
inline std::uint32_t rngSeed() { return getSeed(); }

struct IResultCapture {
    std::string getCurrentTestName() const {
        const char* const name = std::getenv("CORDON_TEST_NAME");
        return name == nullptr ? std::string() : std::string(name);
    }
};

inline IResultCapture& getResultCapture() {
    static IResultCapture only;
    return only;
}

struct IConfig {
    std::uint32_t rngSeed() const { return getSeed(); }
};

struct IContext {
    IResultCapture* getResultCapture() const { return &Catch::getResultCapture(); }
    const IConfig* getConfig() const {
        static const IConfig only;
        return &only;
    }
};

inline IContext& getCurrentContext() {
    static IContext only;
    return only;
}
inline IContext& getCurrentMutableContext() { return getCurrentContext(); }

}  // namespace Catch
