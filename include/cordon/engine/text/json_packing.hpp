#pragma once

#include <cordon/engine/base/utf8.hpp>
#include <cordon/engine/base/vector.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cordon::engine::text {

/// JSON without repeated keys, for a document of many objects of few kinds. An object becomes the array of its values,
/// followed by the number of its shape: `{"a": 1, "b": 2}` is `[1,2,3]` if shape 3 is `["a","b"]`. An array gets a 0
/// after its values; an empty one may be `[]`. Whole numbers that a double cannot hold become strings. Durations are
/// cut to microseconds. Long texts are cut in the middle, with a line that says so.
class json_packing {
  public:
    /// Begins an object. Objects may be nested.
    void open() { starts_.push_back(names_.size()); }
    void key(std::string_view name) {
        names_.append(name.data(), name.size());
        names_ += ' ';
    }
    /// Ends the object and returns the number of its shape, 1 for the first. Keys contain no spaces.
    std::size_t close();
    /// The shapes: the keys of each, in order, with a space after each key.
    const vector<std::string>& shapes() const { return shapes_; }

    /// Calls use(piece) for each kept piece of the text, and gap(bytes) between.
    template <class Use, class Gap>
    void cut(std::string_view text, Use&& use, Gap&& gap) {
        const std::size_t most = spent_ < plenty ? longest : longest_after_plenty;
        if (text.size() > short_text) spent_ += text.size() < most ? text.size() : most;
        if (text.size() <= most) return use(text);
        const std::size_t head = code_point_start(text, most / 3);
        const std::size_t tail = code_point_start(text, text.size() - (most - most / 3));
        use(text.substr(0, head));
        gap(tail - head);
        use(text.substr(tail));
    }

  private:
    static constexpr std::size_t short_text = 256;
    static constexpr std::size_t longest = 64 * 1024;
    static constexpr std::size_t plenty = 4 * 1024 * 1024;  ///< bytes of long texts after which they are cut shorter
    static constexpr std::size_t longest_after_plenty = 2 * 1024;

    std::string names_;           // of the objects that are open, one behind the other
    vector<std::size_t> starts_;  // of the names of each open object
    vector<std::string> shapes_;
    std::size_t spent_ = 0;
};

std::size_t json_packing::close() {
    const std::size_t start = starts_.back();
    starts_.pop_back();
    const std::string_view keys = std::string_view(names_).substr(start);
    std::size_t shape = 0;
    while (shape < shapes_.size() && shapes_[shape] != keys) {
        ++shape;
    }
    if (shape == shapes_.size()) shapes_.push_back(std::string(keys));
    names_.resize(start);
    return shape + 1;
}

}  // namespace cordon::engine::text
