#pragma once

#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/wire/message.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace cordon::engine::exec {

/// The items for one process: some of the items that wait in its worker. They are not copied, because a page that a
/// worker writes to after a fork must be copied.
class work_batch {
  public:
    work_batch() = default;
    work_batch(const vector<wire::work_item>& all, std::size_t first, std::size_t count)
        : all_(&all), first_(first), count_(count) {}

    std::size_t size() const { return count_; }
    bool empty() const { return count_ == 0; }
    const wire::work_item* begin() const { return all_ == nullptr ? nullptr : all_->data() + first_; }
    const wire::work_item* end() const { return begin() + count_; }
    const wire::work_item& operator[](std::size_t at) const { return begin()[at]; }
    const wire::work_item& front() const { return *begin(); }

    /// The item with that ticket; null if it is not in the batch.
    const wire::work_item* item_of(std::uint32_t ticket) const {
        // The tickets of a batch rise, but after a crash or a surrender they need not be consecutive.
        const auto at = std::lower_bound(begin(), end(), ticket, [](const wire::work_item& item, std::uint32_t wanted) {
            return item.ticket < wanted;
        });
        return at != end() && at->ticket == ticket ? at : nullptr;
    }

    /// Keeps only the first ones.
    void shorten(std::size_t count) { count_ = std::min(count_, count); }

  private:
    const vector<wire::work_item>* all_ = nullptr;  // may grow meanwhile
    std::size_t first_ = 0;
    std::size_t count_ = 0;
};

}  // namespace cordon::engine::exec
