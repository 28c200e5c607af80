#pragma once

#include <cordon/api/matchers/exception.hpp>
#include <cordon/compat/parts/catch2/text.hpp>

#include <type_traits>

// What matchers have in common: their words, and && || !. A matcher of the user derives from MatcherBase or
// MatcherGenericBase.

namespace Catch::Matchers {

class MatcherUntypedBase {
  public:
    MatcherUntypedBase() = default;
    MatcherUntypedBase(const MatcherUntypedBase&) = default;
    MatcherUntypedBase& operator=(const MatcherUntypedBase&) = delete;
    std::string toString() const { return describe(); }

  protected:
    virtual ~MatcherUntypedBase() = default;
    virtual std::string describe() const = 0;
};

template <typename T>
class MatcherBase : public MatcherUntypedBase {
  public:
    virtual bool match(const T& value) const = 0;
};

class MatcherGenericBase : public MatcherUntypedBase {
  public:
    MatcherGenericBase() = default;
    MatcherGenericBase(const MatcherGenericBase&) = default;
    ~MatcherGenericBase() override = default;
};

namespace Impl {
using Matchers::MatcherBase;
using Matchers::MatcherUntypedBase;
}  // namespace Impl

}  // namespace Catch::Matchers

namespace Catch::cordon_compat {

template <class M>
inline constexpr bool is_matcher = std::is_base_of<Matchers::MatcherUntypedBase, M>::value;
template <class L, class R>
using if_matchers = std::enable_if_t<is_matcher<L> && is_matcher<R>, int>;

/// As in Catch2, the parts must live as long as the whole.
template <class L, class R, bool All>
class joined_matcher final : public Matchers::MatcherGenericBase {
  public:
    joined_matcher(const L& left, const R& right) : left_(left), right_(right) {}

    template <class V>
    bool match(V&& value) const {
        return left_.match(value) == All ? right_.match(value) : !All;
    }
    std::string describe() const override {
        return "( " + left_.toString() + (All ? " and " : " or ") + right_.toString() + " )";
    }

  private:
    const L& left_;
    const R& right_;
};

template <class M>
class opposite_matcher final : public Matchers::MatcherGenericBase {
  public:
    explicit opposite_matcher(const M& inner) : inner_(inner) {}

    template <class V>
    bool match(V&& value) const {
        return !inner_.match(value);
    }
    std::string describe() const override { return "not " + inner_.toString(); }

  private:
    const M& inner_;
};

}  // namespace Catch::cordon_compat

namespace Catch::Matchers {

template <class L, class R, cordon_compat::if_matchers<L, R> = 0>
cordon_compat::joined_matcher<L, R, true> operator&&(const L& left, const R& right) {
    return {left, right};
}
template <class L, class R, cordon_compat::if_matchers<L, R> = 0>
cordon_compat::joined_matcher<L, R, false> operator||(const L& left, const R& right) {
    return {left, right};
}
template <class M, cordon_compat::if_matchers<M, M> = 0>
cordon_compat::opposite_matcher<M> operator!(const M& matcher) {
    return cordon_compat::opposite_matcher<M>(matcher);
}

}  // namespace Catch::Matchers

namespace Catch {
using namespace Matchers;
}
