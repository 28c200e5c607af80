#pragma once

#include <cordon/compat/parts/catch2/approx.hpp>
#include <cordon/compat/parts/catch2/matchers/elements.hpp>

#include <vector>

// Matchers of std::vector.

namespace Catch::Matchers {

template <typename T, typename Alloc>
class VectorContainsElementMatcher final : public MatcherBase<std::vector<T, Alloc>> {
  public:
    explicit VectorContainsElementMatcher(const T& element) : element_(element) {}
    bool match(const std::vector<T, Alloc>& value) const override {
        for (const auto& each : value) {
            if (each == element_) return true;
        }
        return false;
    }
    std::string describe() const override { return "Contains: " + ::Catch::Detail::stringify(element_); }

  private:
    const T& element_;
};

template <typename T, typename AllocComp, typename AllocMatch>
class EqualsMatcher final : public MatcherBase<std::vector<T, AllocMatch>> {
  public:
    explicit EqualsMatcher(const std::vector<T, AllocComp>& expected) : expected_(expected) {}
    bool match(const std::vector<T, AllocMatch>& value) const override {
        return cordon_compat::are_equal(value, expected_, cordon_compat::equal());
    }
    std::string describe() const override { return "Equals: " + ::Catch::Detail::stringify(expected_); }

  private:
    const std::vector<T, AllocComp>& expected_;
};

template <typename T, typename AllocComp, typename AllocMatch>
class UnorderedEqualsMatcher final : public MatcherBase<std::vector<T, AllocMatch>> {
  public:
    explicit UnorderedEqualsMatcher(const std::vector<T, AllocComp>& expected) : expected_(expected) {}
    bool match(const std::vector<T, AllocMatch>& value) const override {
        return value.size() == expected_.size() &&
               std::is_permutation(expected_.begin(), expected_.end(), value.begin());
    }
    std::string describe() const override { return "UnorderedEquals: " + ::Catch::Detail::stringify(expected_); }

  private:
    const std::vector<T, AllocComp>& expected_;
};

template <typename T, typename AllocComp, typename AllocMatch>
class ApproxMatcher final : public MatcherBase<std::vector<T, AllocMatch>> {
  public:
    explicit ApproxMatcher(const std::vector<T, AllocComp>& expected) : expected_(expected) {}
    bool match(const std::vector<T, AllocMatch>& value) const override {
        if (value.size() != expected_.size()) return false;
        for (std::size_t i = 0; i < value.size(); ++i) {
            if (value[i] != near_(static_cast<double>(expected_[i]))) return false;
        }
        return true;
    }
    std::string describe() const override { return "is approx: " + ::Catch::Detail::stringify(expected_); }
    template <typename N>
    ApproxMatcher& epsilon(const N& relative) {
        near_.epsilon(static_cast<double>(relative));
        return *this;
    }
    template <typename N>
    ApproxMatcher& margin(const N& absolute) {
        near_.margin(static_cast<double>(absolute));
        return *this;
    }
    template <typename N>
    ApproxMatcher& scale(const N& size) {
        near_.scale(static_cast<double>(size));
        return *this;
    }

  private:
    const std::vector<T, AllocComp>& expected_;
    mutable ::Catch::Approx near_ = ::Catch::Approx::custom();
};

template <typename T, typename Alloc = std::allocator<T>>
VectorContainsElementMatcher<T, Alloc> VectorContains(const T& element) {
    return VectorContainsElementMatcher<T, Alloc>(element);
}
template <typename T, typename AllocComp = std::allocator<T>, typename AllocMatch = AllocComp>
EqualsMatcher<T, AllocComp, AllocMatch> Equals(const std::vector<T, AllocComp>& expected) {
    return EqualsMatcher<T, AllocComp, AllocMatch>(expected);
}
template <typename T, typename AllocComp = std::allocator<T>, typename AllocMatch = AllocComp>
UnorderedEqualsMatcher<T, AllocComp, AllocMatch> UnorderedEquals(const std::vector<T, AllocComp>& expected) {
    return UnorderedEqualsMatcher<T, AllocComp, AllocMatch>(expected);
}
template <typename T, typename AllocComp = std::allocator<T>, typename AllocMatch = AllocComp>
ApproxMatcher<T, AllocComp, AllocMatch> Approx(const std::vector<T, AllocComp>& expected) {
    return ApproxMatcher<T, AllocComp, AllocMatch>(expected);
}

}  // namespace Catch::Matchers
