#pragma once

#include <cordon/api/test_case.hpp>
#include <cordon/engine/base/lasting.hpp>
#include <cordon/engine/os/process.hpp>
#include <cordon/engine/wire/message.hpp>

#include <cstdint>
#include <cstring>
#include <new>
#include <string_view>

namespace cordon::engine::exec {

/// An environment variable whose text is overwritten in place, where the system can refer to it. setenv() would keep a
/// copy of every value.
template <std::size_t Short>
class variable {
  public:
    template <std::size_t Size>
    explicit variable(const char (&name)[Size]) : name_length_(Size) {
        static_assert(Size < Short, "the name, = and a character of the value");
        std::memcpy(text_, name, Size - 1);
        text_[Size - 1] = '=';
    }
    variable(const variable&) = delete;
    variable& operator=(const variable&) = delete;

    void set(std::string_view value) {
        const std::size_t size = name_length_ + value.size() + 1;
        char* const before = text_;
        if (size > capacity_) {
            capacity_ = 2 * size;
            text_ = new char[capacity_];
            std::memcpy(text_, before, name_length_);
        }
        std::memcpy(text_ + name_length_, value.data(), value.size());
        text_[size - 1] = '\0';
        if (text_ == before && is_shown_) return;
        // The environment may point to this text, so it stays until the new text has replaced it.
        is_shown_ = os::put_environment(text_);
        is_set_ = true;
        if (before != text_ && before != short_) delete[] before;
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

    /// The environment has this text again, whatever a test has put in its place.
    void place_again() {
        if (is_set_) os::put_environment(text_);
    }

  private:
    char short_[Short];  // long enough for most values, and in one page with the other data that a worker writes for
                         // each test
    char* text_ = short_;
    std::size_t capacity_ = sizeof short_;
    std::size_t name_length_;
    bool is_set_ = false;
    bool is_shown_ = false;  // the environment points to the text: a change of it is a change of the variable
};

/// The environment variables of every test.
class test_environment {
  public:
    void set_slot(std::uint32_t slot) {
        slot_number_ = slot;
        slot_.set(std::uint64_t{slot});
    }

    void describe(const detail::test_case& test, const wire::work_item& item) {
        name_.set(test.name());
        attempt_.set(std::uint64_t{item.number});
        total_.set(std::uint64_t{item.of});
        seed_.set(item.seed);
        attempt_number_ = item.number;
        seed_number_ = item.seed;
        time_limit_ = item.timeout;
        test_ = &test;
    }

    void place_again() {
        name_.place_again();
        attempt_.place_again();
        total_.place_again();
        slot_.place_again();
        seed_.place_again();
    }

    // Not read from the variables, because a test may change these.
    std::uint32_t slot() const { return slot_number_; }
    std::uint32_t attempt() const { return attempt_number_; }
    std::uint64_t seed() const { return seed_number_; }
    /// Of the running test; 0: none.
    duration time_limit() const { return time_limit_; }
    const detail::test_case* test() const { return test_; }

  private:
    std::uint32_t slot_number_ = 0;
    std::uint32_t attempt_number_ = 1;
    std::uint64_t seed_number_ = 0;
    duration time_limit_{};
    const detail::test_case* test_ = nullptr;
    variable<96> name_{"CORDON_TEST_NAME"};
    variable<32> attempt_{"CORDON_ATTEMPT"};
    variable<32> total_{"CORDON_TOTAL_ATTEMPTS"};
    variable<32> slot_{"CORDON_SLOT"};
    variable<40> seed_{"CORDON_SEED"};
};

/// The only one of the process. Never destroyed: code at the very end may still read a variable.
CORDON_HOT test_environment& environment_of_tests() {
    static auto* only = make_lasting<test_environment>();
    return *only;
}

}  // namespace cordon::engine::exec
