#pragma once

#include <cordon/api/test_case.hpp>
#include <cordon/engine/os/process.hpp>
#include <cordon/engine/wire/message.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace cordon::engine::worker {

/// One environment variable whose text is overwritten in place. setenv() would keep a copy of every value it ever saw.
class variable {
  public:
    explicit variable(std::string_view name) : text_(std::string(name) + "="), name_length_(text_.size()) {
        text_.reserve(on_the_heap);
    }

    void set(std::string_view value) {
        if (text_.capacity() < name_length_ + value.size()) grow(name_length_ + value.size());
        text_.resize(name_length_);
        text_ += value;
        if (placed_) return;
        os::put_environment(text_.data());
        placed_ = true;
    }
    void set(std::uint64_t value) {
        char digits[24];
        char* at = digits + sizeof digits;
        do {
            *--at = static_cast<char>('0' + value % 10);
            value /= 10;
        } while (value != 0);
        set(std::string_view(at, static_cast<std::size_t>(digits + sizeof digits - at)));
    }

  private:
    // The environment finds the variable by its text, so that must stay until the new one has taken its place.
    void grow(std::size_t needed) {
        std::string larger;
        larger.reserve(2 * needed);
        larger.assign(text_, 0, name_length_);
        if (placed_) os::put_environment(larger.data());
        text_.swap(larger);
    }

    std::string text_;
    // More than fits into a string itself: swapping two of them must not move their bytes.
    static constexpr std::size_t on_the_heap = 64;
    std::size_t name_length_;
    bool placed_ = false;
};

/// What every test finds in its environment.
class test_environment {
  public:
    explicit test_environment(std::uint32_t slot) { slot_.set(std::uint64_t{slot}); }

    void describe(const detail::test_case& test, const wire::work_item& item) {
        name_.set(test.name());
        attempt_.set(std::uint64_t{item.number});
        total_.set(std::uint64_t{item.of});
        seed_.set(item.seed);
    }

  private:
    variable name_{"CORDON_TEST_NAME"};
    variable attempt_{"CORDON_ATTEMPT"};
    variable total_{"CORDON_TOTAL_ATTEMPTS"};
    variable slot_{"CORDON_SLOT"};
    variable seed_{"CORDON_SEED"};
};

}  // namespace cordon::engine::worker
