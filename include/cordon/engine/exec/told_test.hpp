#pragma once

#include <cordon/api/listener/listener.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/test_list.hpp>

#include <cstdint>
#include <string>
#include <string_view>

CORDON_CHEAP_BEGIN

namespace cordon::engine::exec {

/// Texts that end with a null.
class null_ended_texts {
  public:
    null_ended_texts() = default;
    template <class Texts>
    explicit null_ended_texts(const Texts& all) {
        for (const auto& each : all)
            owned_.emplace_back(each);
        for (const std::string& each : owned_)
            pointers_.push_back(each.c_str());
    }
    null_ended_texts(null_ended_texts&&) = default;
    null_ended_texts& operator=(null_ended_texts&&) = default;

    listener::texts all() const { return {pointers_.data(), pointers_.size()}; }

  private:
    vector<std::string> owned_;  // whose buffer moves as a whole
    vector<const char*> pointers_;
};

/// A test as listeners see it.
class told_test {
  public:
    told_test() = default;
    told_test(const test_info& test, std::uint32_t attempt, std::uint32_t attempts, bool continued)
        : name_(test.name),
          suite_(test.suite),
          description_(test.description),
          file_(test.file),
          tags_(test.tags),
          line_(test.line),
          attempt_(attempt),
          attempts_(attempts),
          continued_(continued) {}

    listener::test facts() const {
        return {name_.c_str(), suite_.c_str(), description_.c_str(), tags_.all(), file_.c_str(), line_, attempt_,
                attempts_,     continued_};
    }

  private:
    std::string name_;
    std::string suite_;
    std::string description_;
    std::string file_;
    null_ended_texts tags_;
    std::uint32_t line_ = 0;
    std::uint32_t attempt_ = 1;
    std::uint32_t attempts_ = 0;
    bool continued_ = false;
};

}  // namespace cordon::engine::exec

CORDON_CHEAP_END
