#pragma once

#include <cordon/api/property/property.hpp>
#include <cordon/cordon.hpp>
#include <cordon/engine/property/shrink.hpp>
#include <cordon/engine/property/source.hpp>

#include <memory>
#include <string>

// Generators and shrinking without processes.

namespace in_process {

struct discarded {};
struct refused {
    std::string why;
};

inline cordon::engine::property::drawn_log& log() {
    static const auto only = std::make_unique<cordon::engine::property::drawn_log>();
    return *only;
}

/// Values of the generator in examples 0 to `count` - 1, of growing size.
template <class Generator, class Use>
void for_values(const Generator& generator, std::size_t count, const Use& use) {
    for (std::size_t i = 0; i < count; ++i) {
        cordon::detail::drawing state(log(), 1000 + i, 1 + i * 100 / count);
        cordon::source from(state);
        try {
            use(from.draw(generator));
        } catch (const discarded&) {
        }
    }
}

/// Shrinks a value that `fails` accepts.
template <class Generator, class Fails>
class shrinking : public cordon::engine::property::example_trial {
  public:
    using value = decltype(std::declval<const Generator&>()(std::declval<cordon::source&>()));

    shrinking(const Generator& generator, const Fails& fails) : generator_(generator), fails_(fails) {}

    /// The smallest value found from the first failing one of many examples.
    value smallest(std::uint64_t seed = 1) {
        for (std::size_t i = 0;; ++i) {
            if (i == 20000) throw std::string("no example fails");
            cordon::detail::drawing state(log(), seed * 1'000'003 + i, 1 + i % 100);
            if (!runs(state)) continue;
            cordon::engine::property::drawn first;
            first.take(log());
            cordon::engine::property::shrinker shrinker(*this, first);
            shrinker.run();
            steps = shrinker.steps();
            const auto& best = shrinker.best().made;
            cordon::detail::drawing last(log(), best.data(), best.size());
            cordon::source from(last);
            return from.draw(generator_);
        }
    }

    std::size_t steps = 0;

  private:
    bool runs(cordon::detail::drawing& state) {
        cordon::source from(state);
        try {
            return fails_(from.draw(generator_));
        } catch (const discarded&) {
            return false;
        }
    }
    bool fails(const cordon::engine::property::choices& candidate, cordon::engine::property::drawn& seen) override {
        cordon::detail::drawing state(log(), candidate.data(), candidate.size());
        const bool failed = runs(state);
        seen.take(log());
        return failed;
    }
    bool is_over() override { return false; }

    const Generator& generator_;
    const Fails& fails_;
};

template <class Generator, class Fails>
auto smallest(const Generator& generator, const Fails& fails, std::uint64_t seed = 1) {
    return shrinking<Generator, Fails>(generator, fails).smallest(seed);
}

}  // namespace in_process

namespace cordon {
[[noreturn]] void source::discard() { throw in_process::discarded{}; }
[[noreturn]] void source::refuse(const char* why) { throw in_process::refused{why}; }
}  // namespace cordon
