#pragma once

#include <cordon/engine/base/queue.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/outcome.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace cordon::engine {

/// Keeps the beginning and the end of a test's output, in at most `limit` bytes, and counts the dropped bytes between.
/// Each piece costs its text and a fixed charge, so alternating single bytes cannot exceed the limit either.
class bounded_output {
  public:
    explicit bounded_output(std::uint64_t limit = 0) : limit_(limit) {}

    /// True if no output came, not even dropped output.
    bool empty() const { return head_.empty() && tail_.empty() && dropped_ == 0; }

    void add(stream from, std::string_view text) {
        if (!head_full_) text.remove_prefix(add_to_head(from, text));
        if (text.empty()) return;
        add_to_tail(from, text);
        while (tail_cost_ > limit_ - limit_ / 2) {
            drop_oldest();
        }
    }

    /// Returns everything kept, in order of arrival. The buffer is empty afterwards.
    captured_output take() {
        captured_output all;
        all.dropped = dropped_;
        all.pieces = std::move(head_);
        for (output_piece& piece : tail_) {
            all.pieces.push_back(std::move(piece));
        }
        const std::size_t seam = all.pieces.size() - tail_.size();
        if (dropped_ != 0) {
            if (seam == all.pieces.size()) all.pieces.emplace_back();
            all.pieces[seam].dropped_before = dropped_;
        }
        *this = bounded_output(limit_);
        return all;
    }

  private:
    static constexpr std::uint64_t piece_charge = 64;
    static constexpr std::size_t piece_size = 16 * 1024;

    // Returns the number of bytes that were added to the head.
    std::size_t add_to_head(stream from, std::string_view text) {
        const std::uint64_t room = limit_ / 2 > head_cost_ ? limit_ / 2 - head_cost_ : 0;
        const bool joins = !head_.empty() && head_.back().from == from;
        const std::uint64_t charge = joins ? 0 : piece_charge;
        if (room <= charge) {
            head_full_ = true;
            return 0;
        }
        const auto taken = static_cast<std::size_t>(std::min<std::uint64_t>(text.size(), room - charge));
        if (!joins) head_.push_back({from, {}, 0});
        head_.back().text += text.substr(0, taken);
        head_cost_ += charge + taken;
        head_full_ = taken < text.size();
        return taken;
    }

    void add_to_tail(stream from, std::string_view text) {
        while (!text.empty()) {
            const bool joins = !tail_.empty() && tail_.back().from == from && tail_.back().text.size() < piece_size;
            if (!joins) {
                tail_.push_back({from, {}, 0});
                tail_cost_ += piece_charge;
            }
            std::string& last = tail_.back().text;
            const std::string_view part = text.substr(0, piece_size - last.size());
            last += part;
            tail_cost_ += part.size();
            text.remove_prefix(part.size());
        }
    }

    void drop_oldest() {
        const std::uint64_t excess = tail_cost_ - (limit_ - limit_ / 2);
        std::string& oldest = tail_.front().text;
        if (excess < oldest.size()) {
            oldest.erase(0, static_cast<std::size_t>(excess));
            dropped_ += excess;
            tail_cost_ -= excess;
            return;
        }
        dropped_ += oldest.size();
        tail_cost_ -= oldest.size() + piece_charge;
        tail_.pop_front();
    }

    std::uint64_t limit_;
    vector<output_piece> head_;
    queue<output_piece> tail_;
    std::uint64_t head_cost_ = 0;
    std::uint64_t tail_cost_ = 0;
    std::uint64_t dropped_ = 0;
    bool head_full_ = false;
};

}  // namespace cordon::engine
