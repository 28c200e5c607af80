#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/text.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/text/diff.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

// The places in which two structured values differ, found in their texts: elements, keys and fields at any depth.

CORDON_CHEAP_BEGIN

namespace cordon::engine::text {

/// One place, for example {"[2].name", "\"a\"", "\"b\""}. Null data: there is no such element on that side.
struct value_difference {
    std::string path;
    std::string_view left;
    std::string_view right;
};

/// The text of a value, taken apart.
struct value_parts {
    enum class form : std::uint8_t { other, list, map, set, fields };

    form what = form::other;
    std::string_view name;  ///< of a struct
    text_parts parts;
};

/// ".name = value"
bool is_named(std::string_view part) { return part.substr(0, 1) == "."; }

/// The length of the key in "key: value", of the name in ".name = value"; npos if there is none.
std::size_t size_of_key(std::string_view part) {
    if (is_named(part)) return part.find(" = ");
    int depth = 0;
    for (std::size_t i = 0; i + 1 < part.size();) {
        const char c = part[i];
        if (c == '"' || c == '\'') {
            i = after_quotes(part, i);
            continue;
        }
        if (depth == 0 && c == ':' && part[i + 1] == ' ') return i;
        depth += is_open(c) ? 1 : is_close(c) ? -1 : 0;
        ++i;
    }
    return std::string_view::npos;
}

std::string_view key_of(std::string_view part) { return part.substr(0, size_of_key(part)); }
std::string_view value_of(std::string_view part) {
    const std::size_t key = size_of_key(part);
    return key == std::string_view::npos ? part : part.substr(key + (is_named(part) ? 3 : 2));
}

/// The number of elements that "... 5 equal" stands for; 1 for an element.
std::size_t elements_in(std::string_view part) {
    if (part.substr(0, 4) != "... ") return 1;
    std::size_t count = 0;
    for (std::size_t i = 4; i < part.size() && part[i] >= '0' && part[i] <= '9'; ++i)
        count = count * 10 + static_cast<std::size_t>(part[i] - '0');
    return count;
}

std::size_t elements_in(const text_parts& parts) {
    std::size_t count = 0;
    for (const std::string_view part : parts)
        count += elements_in(part);
    return count;
}

value_parts parts_of(std::string_view value) {
    value_parts got;
    const std::size_t open = value.find_first_of("[{(\"'");
    if (open == std::string_view::npos || !is_open(value[open])) return got;
    if (!split_elements(value.substr(open), got.parts)) return got;
    got.name = value.substr(0, open);
    using form = value_parts::form;
    if (open != 0) {
        const bool named = !got.parts.empty() && is_named(got.parts[0]);
        const bool is_struct = value[open] == '{' && (named || got.parts.size() > 1);
        got.what = is_struct ? form::fields : form::other;
    } else if (value[open] == '{') {
        got.what = form::map;
        for (const std::string_view part : got.parts) {
            if (part.substr(0, 4) != "... " && size_of_key(part) == std::string_view::npos) got.what = form::set;
        }
    } else {
        got.what = value[open] == '(' ? form::fields : form::list;
    }
    return got;
}

class difference_finder {
  public:
    /// `most`: how many differences are kept.
    explicit difference_finder(std::size_t most) : most_(most) {}

    /// Returns false if the values are not of one structure.
    bool search(std::string_view left, std::string_view right) {
        compare({}, left, right, 0);
        return is_structured_;
    }

    const vector<value_difference>& found() const { return found_; }
    /// The number of differences, including those not kept.
    std::size_t count() const { return count_; }

  private:
    void add(const std::string& path, std::string_view left, std::string_view right) {
        ++count_;
        if (found_.size() < most_) found_.push_back({path, left, right});
    }

    void compare(const std::string& path, std::string_view left, std::string_view right, int depth) {
        constexpr int deepest = 50;
        using form = value_parts::form;
        if (left == right) return;
        const value_parts a = parts_of(left);
        const value_parts b = parts_of(right);
        // {} is an empty set and an empty map.
        const bool empty = a.parts.empty() || b.parts.empty();
        const bool same = a.what == b.what || (empty && a.what >= form::map && b.what >= form::map);
        if (!same || a.what == form::other || a.name != b.name || depth == deepest) return add(path, left, right);
        if (a.what == form::fields && a.parts.size() != b.parts.size()) return add(path, left, right);
        is_structured_ = true;
        if (a.what == form::list) return lists(path, a.parts, b.parts, depth);
        if (a.what == form::fields) return fields(path, a.parts, b.parts, depth);
        keyed(path, a.parts, b.parts, depth);
    }

    void fields(const std::string& path, const text_parts& left, const text_parts& right, int depth) {
        for (std::size_t i = 0; i < left.size(); ++i) {
            const bool named = is_named(left[i]);
            compare(path + (named ? std::string(key_of(left[i])) : "." + std::to_string(i)),
                    named ? value_of(left[i]) : left[i], named ? value_of(right[i]) : right[i], depth + 1);
        }
    }

    void lists(const std::string& path, const text_parts& left, const text_parts& right, int depth) {
        const vector<diff_step> all = difference(left, right);
        std::size_t at[2] = {0, 0};  // the index of an element on both sides
        vector<std::size_t> gone;
        vector<std::size_t> come;
        std::size_t base[2] = {0, 0};
        for (std::size_t i = 0; i <= all.size(); ++i) {
            if (i != all.size() && all[i].what != edit::keep) {
                const bool removed = all[i].what == edit::remove;
                const std::size_t index = removed ? all[i].left : all[i].right;
                if (gone.empty() && come.empty()) base[0] = at[0], base[1] = at[1];
                (removed ? gone : come).push_back(index);
                at[removed ? 0 : 1] += elements_in(removed ? left[index] : right[index]);
                continue;
            }
            replaced(path, left, gone, right, come, base, depth);
            gone.clear();
            come.clear();
            if (i == all.size()) return;
            at[0] += elements_in(left[all[i].left]);
            at[1] += elements_in(left[all[i].left]);
        }
    }

    /// Some elements were replaced by others: the first by the first, and so on.
    void replaced(const std::string& path, const text_parts& left, const vector<std::size_t>& gone,
                  const text_parts& right, const vector<std::size_t>& come, const std::size_t (&base)[2], int depth) {
        const auto place = [&](std::size_t index) { return path + "[" + std::to_string(index) + "]"; };
        for (std::size_t i = 0; i < std::max(gone.size(), come.size()); ++i) {
            if (i >= gone.size()) {
                add(place(base[1] + i), {}, right[come[i]]);
            } else if (i >= come.size()) {
                add(place(base[0] + i), left[gone[i]], {});
            } else {
                compare(place(base[0] + i), left[gone[i]], right[come[i]], depth + 1);
            }
        }
    }

    void keyed(const std::string& path, const text_parts& left, const text_parts& right, int depth) {
        vector<std::size_t> order;
        for (std::size_t i = 0; i < right.size(); ++i)
            order.push_back(i);
        std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            return key_of(right[a]) != key_of(right[b]) ? key_of(right[a]) < key_of(right[b]) : a < b;
        });
        vector<char> met(right.size());
        for (const std::string_view part : left) {
            auto at = std::lower_bound(order.begin(), order.end(), key_of(part),
                                       [&](std::size_t i, std::string_view key) { return key_of(right[i]) < key; });
            while (at != order.end() && met[*at] != 0 && key_of(right[*at]) == key_of(part))
                ++at;
            const bool is_there = at != order.end() && key_of(right[*at]) == key_of(part);
            if (is_there) met[*at] = 1;
            if (is_there) {
                compare(path + place_of(part), value_of(part), value_of(right[*at]), depth + 1);
            } else {
                add(path + place_of(part), value_of(part), {});
            }
        }
        for (std::size_t i = 0; i < right.size(); ++i) {
            if (met[i] == 0) add(path + place_of(right[i]), {}, value_of(right[i]));
        }
    }

    /// An element of a set has no place.
    static std::string place_of(std::string_view part) {
        return size_of_key(part) == std::string_view::npos ? "" : "[" + std::string(key_of(part)) + "]";
    }

    std::size_t most_;
    std::size_t count_ = 0;
    bool is_structured_ = false;
    vector<value_difference> found_;
};

}  // namespace cordon::engine::text

CORDON_CHEAP_END
