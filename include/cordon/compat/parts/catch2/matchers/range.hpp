#pragma once

#include <cordon/compat/parts/catch2/matchers/elements.hpp>

// Matchers of any range.

namespace Catch::Matchers {

/// Catch2 v2's Contains takes a part of a text or the elements of a vector, v3's one element of a range.
template <typename T, typename Equality>
class ContainsElementMatcher final : public MatcherGenericBase {
  public:
    ContainsElementMatcher(T wanted, Equality equal) : wanted_(std::move(wanted)), equal_(std::move(equal)) {}

    template <typename V>
    bool match(V&& value) const {
        using range = std::decay_t<V>;
        if constexpr (std::is_convertible<range, std::string>::value && std::is_same<T, std::string>::value) {
            return static_cast<std::string>(value).find(wanted_) != std::string::npos;
        } else if constexpr (is_several_for<range>) {
            return cordon_compat::all_of(wanted_, [&](const auto& each) { return has(value, each); });
        } else {
            return has(value, wanted_);
        }
    }
    std::string describe() const override { return "contains element " + ::Catch::Detail::stringify(wanted_); }

  private:
    template <typename V>
    using element_of = std::decay_t<decltype(*cordon_compat::lookup::first(std::declval<const V&>()))>;
    /// The wanted values are several, and no element of the range.
    template <typename V>
    static constexpr bool is_several_for =
        cordon_compat::is_range<T>&& std::is_same<Equality, cordon_compat::equal>::value &&
        !cordon_compat::are_comparable<const element_of<V>, const T>;
    template <typename V, typename E>
    bool has(const V& value, const E& wanted) const {
        return cordon_compat::any_of(value, [&](auto&& each) { return static_cast<bool>(equal_(each, wanted)); });
    }

    T wanted_;
    Equality equal_;
};

template <typename M>
class ContainsMatcherMatcher final : public MatcherGenericBase {
  public:
    explicit ContainsMatcherMatcher(M matcher) : matcher_(std::move(matcher)) {}
    template <typename V>
    bool match(V&& value) const {
        return cordon_compat::any_of(value, [&](auto&& each) { return matcher_.match(each); });
    }
    std::string describe() const override { return "contains element matching " + matcher_.toString(); }

  private:
    M matcher_;
};

template <typename T>
using kept_text =
    std::conditional_t<std::is_convertible<std::decay_t<T>, const char*>::value, std::string, std::decay_t<T>>;

template <typename T, std::enable_if_t<!cordon_compat::is_matcher<std::decay_t<T>>, int> = 0>
ContainsElementMatcher<kept_text<T>, cordon_compat::equal> Contains(T&& wanted) {
    return {std::forward<T>(wanted), {}};
}
template <typename T, typename AllocComp = std::allocator<T>, typename AllocMatch = AllocComp>
ContainsElementMatcher<std::vector<T, AllocComp>, cordon_compat::equal> Contains(
    const std::vector<T, AllocComp>& wanted) {
    return {wanted, {}};
}
template <typename T, std::enable_if_t<cordon_compat::is_matcher<std::decay_t<T>>, int> = 0>
ContainsMatcherMatcher<std::decay_t<T>> Contains(T&& matcher) {
    return ContainsMatcherMatcher<std::decay_t<T>>(std::forward<T>(matcher));
}
template <typename T, typename Equality,
          std::enable_if_t<!std::is_convertible<Equality, int>::value && !std::is_enum<Equality>::value, int> = 0>
ContainsElementMatcher<kept_text<T>, Equality> Contains(T&& wanted, Equality equal) {
    return {std::forward<T>(wanted), std::move(equal)};
}

class IsEmptyMatcher final : public MatcherGenericBase {
  public:
    template <typename V>
    bool match(V&& value) const {
        return cordon_compat::lookup::is_empty(value);
    }
    std::string describe() const override { return "is empty"; }
};
inline IsEmptyMatcher IsEmpty() { return {}; }

class HasSizeMatcher final : public MatcherGenericBase {
  public:
    explicit HasSizeMatcher(std::size_t size) : size_(size) {}
    template <typename V>
    bool match(V&& value) const {
        return cordon_compat::lookup::count(value) == size_;
    }
    std::string describe() const override { return "has size == " + ::Catch::Detail::stringify(size_); }

  private:
    std::size_t size_;
};
template <typename M>
class SizeMatchesMatcher final : public MatcherGenericBase {
  public:
    explicit SizeMatchesMatcher(M matcher) : matcher_(std::move(matcher)) {}
    template <typename V>
    bool match(V&& value) const {
        return matcher_.match(cordon_compat::lookup::count(value));
    }
    std::string describe() const override { return "size matches " + matcher_.toString(); }

  private:
    M matcher_;
};
inline HasSizeMatcher SizeIs(std::size_t size) { return HasSizeMatcher(size); }
template <typename M, std::enable_if_t<cordon_compat::is_matcher<std::decay_t<M>>, int> = 0>
SizeMatchesMatcher<std::decay_t<M>> SizeIs(M&& matcher) {
    return SizeMatchesMatcher<std::decay_t<M>>(std::forward<M>(matcher));
}

/// How many elements must match.
enum class quantity : unsigned char { all, any, none };

template <typename M, quantity Wanted>
class QuantifiedMatcher final : public MatcherGenericBase {
  public:
    explicit QuantifiedMatcher(M matcher) : matcher_(std::move(matcher)) {}
    template <typename V>
    bool match(V&& value) const {
        const auto matches = [&](auto&& each) { return matcher_.match(each); };
        if constexpr (Wanted == quantity::all) return cordon_compat::all_of(value, matches);
        return cordon_compat::any_of(value, matches) == (Wanted == quantity::any);
    }
    std::string describe() const override {
        return (Wanted == quantity::all   ? "all match "
                : Wanted == quantity::any ? "any match "
                                          : "none match ") +
               matcher_.toString();
    }

  private:
    M matcher_;
};
template <typename M>
QuantifiedMatcher<std::decay_t<M>, quantity::all> AllMatch(M&& matcher) {
    return QuantifiedMatcher<std::decay_t<M>, quantity::all>(std::forward<M>(matcher));
}
template <typename M>
QuantifiedMatcher<std::decay_t<M>, quantity::any> AnyMatch(M&& matcher) {
    return QuantifiedMatcher<std::decay_t<M>, quantity::any>(std::forward<M>(matcher));
}
template <typename M>
QuantifiedMatcher<std::decay_t<M>, quantity::none> NoneMatch(M&& matcher) {
    return QuantifiedMatcher<std::decay_t<M>, quantity::none>(std::forward<M>(matcher));
}

template <quantity Wanted>
class TruthMatcher final : public MatcherGenericBase {
  public:
    template <typename V>
    bool match(V&& value) const {
        const auto is_true = [](auto&& each) { return static_cast<bool>(each); };
        if constexpr (Wanted == quantity::all) return cordon_compat::all_of(value, is_true);
        return cordon_compat::any_of(value, is_true) == (Wanted == quantity::any);
    }
    std::string describe() const override {
        return Wanted == quantity::all   ? "contains only true"
               : Wanted == quantity::any ? "contains at least one true"
                                         : "contains no true";
    }
};
inline TruthMatcher<quantity::all> AllTrue() { return {}; }
inline TruthMatcher<quantity::any> AnyTrue() { return {}; }
inline TruthMatcher<quantity::none> NoneTrue() { return {}; }

template <typename Range, typename Equality, bool Ordered>
class RangeMatcher final : public MatcherGenericBase {
  public:
    template <typename R>
    RangeMatcher(R&& expected, Equality equal) : expected_(std::forward<R>(expected)), equal_(std::move(equal)) {}
    template <typename V>
    bool match(V&& value) const {
        if constexpr (Ordered) return cordon_compat::are_equal(value, expected_, equal_);
        return cordon_compat::are_permuted(value, expected_, equal_);
    }
    std::string describe() const override {
        return (Ordered ? "elements are " : "unordered elements are ") + ::Catch::Detail::stringify(expected_);
    }

  private:
    Range expected_;
    Equality equal_;
};

/// A named range is referred to; a temporary one is kept.
template <typename R, typename Equality = cordon_compat::equal>
RangeMatcher<std::conditional_t<std::is_lvalue_reference<R>::value, R, std::decay_t<R>>, Equality, true> RangeEquals(
    R&& expected, Equality equal = {}) {
    return {std::forward<R>(expected), std::move(equal)};
}
template <typename T, typename Equality = cordon_compat::equal>
RangeMatcher<std::vector<T>, Equality, true> RangeEquals(std::initializer_list<T> expected, Equality equal = {}) {
    return {std::vector<T>(expected), std::move(equal)};
}
template <typename R, typename Equality = cordon_compat::equal>
RangeMatcher<std::conditional_t<std::is_lvalue_reference<R>::value, R, std::decay_t<R>>, Equality, false>
UnorderedRangeEquals(R&& expected, Equality equal = {}) {
    return {std::forward<R>(expected), std::move(equal)};
}
template <typename T, typename Equality = cordon_compat::equal>
RangeMatcher<std::vector<T>, Equality, false> UnorderedRangeEquals(std::initializer_list<T> expected,
                                                                   Equality equal = {}) {
    return {std::vector<T>(expected), std::move(equal)};
}

}  // namespace Catch::Matchers
