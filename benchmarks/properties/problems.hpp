#pragma once

// Problems for shrinking, each as a property that does not hold. Both programs here have generators for the same
// values; the names are those of https://github.com/jlink/shrinking-challenge.

#include <algorithm>
#include <cstdlib>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace problems {

using numbers = std::vector<int>;
using lists = std::vector<numbers>;
using shorts = std::vector<std::vector<short>>;

// ---- values ----

struct term {
    char op = 'n';  ///< 'n': a number
    int number = 0;
    std::shared_ptr<term> left, right;
};

struct heap {
    int value = 0;
    std::shared_ptr<heap> left, right;
};

inline std::string show(int x) { return std::to_string(x); }
template <class T>
std::string show(const std::vector<T>& all) {
    std::string text;
    for (const T& each : all)
        text += (text.empty() ? "" : ", ") + show(each);
    return "[" + text + "]";
}
template <class A, class B>
std::string show(const std::pair<A, B>& both) {
    return "(" + show(both.first) + ", " + show(both.second) + ")";
}
inline std::string show(const term& t) {
    return t.op == 'n' ? show(t.number) : "(" + show(*t.left) + " " + t.op + " " + show(*t.right) + ")";
}
inline std::string show(const heap& h) {
    return "(" + show(h.value) + ", " + (h.left ? show(*h.left) : "-") + ", " + (h.right ? show(*h.right) : "-") + ")";
}

// ---- what should hold, and does not ----

inline bool reverse(const numbers& v) { return numbers(v.rbegin(), v.rend()) == v; }

inline bool distinct(const numbers& v) { return std::set<int>(v.begin(), v.end()).size() < 3; }

inline bool large_union_list(const lists& all) {
    std::set<int> seen;
    for (const numbers& each : all)
        seen.insert(each.begin(), each.end());
    return seen.size() <= 4;
}

inline bool nested_lists(const lists& all) {
    std::size_t count = 0;
    for (const numbers& each : all)
        count += each.size();
    return count <= 10;
}

inline bool length_list(const numbers& v) { return v.empty() || *std::max_element(v.begin(), v.end()) < 900; }

inline bool difference(const std::pair<int, int>& p) { return p.first < 10 || std::abs(p.first - p.second) != 1; }

/// The lists have sums below 256 each.
inline bool bound5(const shorts& all) {
    short sum = 0;
    for (const auto& list : all) {
        for (const short x : list)
            sum = static_cast<short>(sum + x);
    }
    return sum < 5 * 256;
}
inline bool is_below_256(const std::vector<short>& list) {
    int sum = 0;
    for (const short x : list)
        sum += x;
    return sum < 256;
}

/// Each element is an index into the list.
inline bool coupling(const numbers& v) {
    for (std::size_t i = 0; i < v.size(); ++i) {
        const auto j = static_cast<std::size_t>(v[i]);
        if (i != j && static_cast<std::size_t>(v[j]) == i) return false;
    }
    return true;
}

/// Removing an element of the list by its value leaves none of that value.
inline bool deletion(const std::pair<numbers, int>& given) {
    numbers left = given.first;
    left.erase(std::find(left.begin(), left.end(), given.second));
    return std::find(left.begin(), left.end(), given.second) == left.end();
}

inline bool divides_by_plain_zero(const term& t) {
    if (t.op == 'n') return false;
    if (t.op == '/' && t.right->op == 'n' && t.right->number == 0) return true;
    return divides_by_plain_zero(*t.left) || divides_by_plain_zero(*t.right);
}
inline bool evaluate(const term& t, long long& to) {
    long long left = t.number, right = 0;
    if (t.op != 'n' && (!evaluate(*t.left, left) || !evaluate(*t.right, right))) return false;
    if (t.op == '/' && right == 0) return false;
    to = t.op == 'n' ? left : t.op == '+' ? left + right : left / right;
    return true;
}
/// A term without "/ 0" can be evaluated.
inline bool calculator(const term& t) {
    long long value = 0;
    return divides_by_plain_zero(t) || evaluate(t, value);
}

inline void flatten(const heap* h, numbers& to) {
    if (h == nullptr) return;
    to.push_back(h->value);
    flatten(h->left.get(), to);
    flatten(h->right.get(), to);
}
/// The values of a heap, from the root on, are sorted.
inline bool binheap(const heap& h) {
    numbers values;
    flatten(&h, values);
    return std::is_sorted(values.begin(), values.end());
}

}  // namespace problems
