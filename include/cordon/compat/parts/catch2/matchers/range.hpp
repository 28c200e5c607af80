#pragma once

#include <cordon/compat/parts/catch2/matchers/matcher.hpp>

#include <algorithm>
#include <functional>
#include <iterator>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

// Matchers of any range.

namespace Catch::cordon_compat {
namespace lookup {

// A range's own functions, or those of std.
using std::begin;
using std::empty;
using std::end;
using std::size;
template <class V>
auto first(const V& range) -> decltype(begin(range)) {
    return begin(range);
}
template <class V>
auto last(const V& range) -> decltype(end(range)) {
    return end(range);
}
template <class V>
auto count(const V& range) -> decltype(size(range)) {
    return size(range);
}
template <class V>
bool is_empty(const V& range) {
    return empty(range);
}

// A view may have them only where it is not const.
template <class V>
auto first_of_any(V& range) {
    return begin(range);
}
template <class V>
auto last_of_any(V& range) {
    return end(range);
}

}  // namespace lookup

template <class V, class F>
bool any_of(V&& range, F condition) {
    auto last = lookup::last_of_any(range);
    for (auto at = lookup::first_of_any(range); at != last; ++at) {
        if (condition(*at)) return true;
    }
    return false;
}
template <class V, class F>
bool all_of(V&& range, F condition) {
    return !any_of(range, [&](auto&& each) { return !condition(each); });
}
template <class V, class = void>
inline constexpr bool is_range = false;
template <class V>
inline constexpr bool is_range<V, std::void_t<decltype(lookup::first(std::declval<const V&>()))>> = true;

template <class A, class B, class = void>
inline constexpr bool are_comparable = false;
template <class A, class B>
inline constexpr bool
    are_comparable<A, B, std::void_t<decltype(static_cast<bool>(std::declval<A&>() == std::declval<B&>()))>> = true;

}  // namespace Catch::cordon_compat

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
        cordon_compat::is_range<T>&& std::is_same<Equality, std::equal_to<>>::value &&
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
ContainsElementMatcher<kept_text<T>, std::equal_to<>> Contains(T&& wanted) {
    return {std::forward<T>(wanted), {}};
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
        const auto first = cordon_compat::lookup::first(value);
        const auto last = cordon_compat::lookup::last(value);
        auto wanted = cordon_compat::lookup::first(expected_);
        const auto wanted_last = cordon_compat::lookup::last(expected_);
        if constexpr (Ordered) {
            auto at = first;
            for (; at != last && wanted != wanted_last; ++at, ++wanted) {
                if (!equal_(*at, *wanted)) return false;
            }
            return !(at != last) && !(wanted != wanted_last);
        } else {
            std::vector<bool> taken;
            for (auto each = wanted; each != wanted_last; ++each)
                taken.push_back(false);
            for (auto at = first; at != last; ++at) {
                std::size_t place = 0;
                auto each = wanted;
                for (; each != wanted_last && (taken[place] || !equal_(*at, *each)); ++each)
                    ++place;
                if (!(each != wanted_last)) return false;
                taken[place] = true;
            }
            return std::find(taken.begin(), taken.end(), false) == taken.end();
        }
    }
    std::string describe() const override {
        return (Ordered ? "elements are " : "unordered elements are ") + ::Catch::Detail::stringify(expected_);
    }

  private:
    Range expected_;
    Equality equal_;
};

/// A named range is referred to; a temporary one is kept.
template <typename R, typename Equality = std::equal_to<>>
RangeMatcher<std::conditional_t<std::is_lvalue_reference<R>::value, R, std::decay_t<R>>, Equality, true> RangeEquals(
    R&& expected, Equality equal = {}) {
    return {std::forward<R>(expected), std::move(equal)};
}
template <typename T, typename Equality = std::equal_to<>>
RangeMatcher<std::vector<T>, Equality, true> RangeEquals(std::initializer_list<T> expected, Equality equal = {}) {
    return {std::vector<T>(expected), std::move(equal)};
}
template <typename R, typename Equality = std::equal_to<>>
RangeMatcher<std::conditional_t<std::is_lvalue_reference<R>::value, R, std::decay_t<R>>, Equality, false>
UnorderedRangeEquals(R&& expected, Equality equal = {}) {
    return {std::forward<R>(expected), std::move(equal)};
}
template <typename T, typename Equality = std::equal_to<>>
RangeMatcher<std::vector<T>, Equality, false> UnorderedRangeEquals(std::initializer_list<T> expected,
                                                                   Equality equal = {}) {
    return {std::vector<T>(expected), std::move(equal)};
}

}  // namespace Catch::Matchers
