#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/flake.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::analysis {

/// The number of failures of each kind.
class signature_counts {
  public:
    /// The most frequent first.
    const vector<flake_signature>& all() const { return signatures_; }

    /// True if it is one of the first of its kind. Further kinds are counted as "others".
    bool add(std::string text) {
        std::size_t i = place_of(text);
        if (i == signatures_.size() && signatures_.size() + 1 >= most_signatures) {
            text = "others";
            i = place_of(text);
        }
        if (i == signatures_.size()) signatures_.push_back({std::move(text), 0});
        const bool kept = ++signatures_[i].count <= kept_of_each;
        while (i > 0 && signatures_[i - 1].count < signatures_[i].count) {
            std::swap(signatures_[i - 1], signatures_[i]);
            --i;
        }
        return kept;
    }

  private:
    static constexpr std::size_t most_signatures = 8;
    static constexpr std::uint64_t kept_of_each = 2;

    std::size_t place_of(const std::string& text) const {
        std::size_t i = 0;
        while (i < signatures_.size() && signatures_[i].text != text)
            ++i;
        return i;
    }

    vector<flake_signature> signatures_;
};

}  // namespace cordon::engine::analysis

CORDON_CHEAP_END
