#pragma once

#include <cordon/compat/parts/catch2/matchers/matcher.hpp>

#include <utility>

namespace Catch::Matchers {

template <typename T, typename Predicate>
class PredicateMatcher final : public MatcherBase<T> {
  public:
    PredicateMatcher(Predicate predicate, const std::string& description)
        : predicate_(std::move(predicate)),
          words_(description.empty() ? "matches undescribed predicate" : "matches predicate: \"" + description + '"') {}
    bool match(const T& value) const override { return predicate_(value); }
    std::string describe() const override { return words_; }

  private:
    Predicate predicate_;
    std::string words_;
};

template <typename T, typename P>
PredicateMatcher<T, std::decay_t<P>> Predicate(P&& predicate, const std::string& description = "") {
    return {std::forward<P>(predicate), description};
}

}  // namespace Catch::Matchers
