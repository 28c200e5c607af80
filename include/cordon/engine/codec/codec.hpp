#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/vector.hpp>

#include <chrono>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace cordon::engine::codec {

// Messages are plain structs with one member template `fields(archive)` that names their fields once; encoder and
// decoder are the two archives. Integers travel as LEB128 (signed ones zigzagged), texts and lists with their length
// before them. Every value has exactly one form, and the decoder takes no other.

/// The last enumerator of an enum that travels; beyond it the decoder takes nothing.
template <class Enum>
struct last_enumerator;

/// `Out` takes characters and texts as a std::string does.
template <class Out>
class encoder {
  public:
    explicit encoder(Out& out) : out_(out) {}

    template <class... Fields>
    void operator()(const Fields&... fields) {
        (put(fields), ...);
    }

  private:
    CORDON_HOT void put_unsigned(std::uint64_t value) {
        while (value >= 0x80) {
            out_.push_back(static_cast<char>(value | 0x80));
            value >>= 7;
        }
        out_.push_back(static_cast<char>(value));
    }
    void put(const std::string& text) {
        put_unsigned(text.size());
        if (!text.empty()) out_ += text;
    }
    void put(std::string_view text) {
        put_unsigned(text.size());
        out_ += text;
    }
    void put(std::chrono::nanoseconds value) { put(value.count()); }
    template <class First, class Second>
    void put(const std::pair<First, Second>& both) {
        put(both.first);
        put(both.second);
    }
    template <class Item>
    void put(const vector<Item>& items) {
        put_unsigned(items.size());
        for (const Item& item : items) {
            put(item);
        }
    }
    template <class Value>
    void put(const Value& value) {
        if constexpr (std::is_enum_v<Value>) {
            put_unsigned(static_cast<std::uint64_t>(value));
        } else if constexpr (std::is_integral_v<Value> && std::is_signed_v<Value>) {
            const auto wide = static_cast<std::int64_t>(value);
            put_unsigned((static_cast<std::uint64_t>(wide) << 1) ^ static_cast<std::uint64_t>(wide >> 63));
        } else if constexpr (std::is_integral_v<Value>) {
            put_unsigned(value);
        } else {
            const_cast<Value&>(value).fields(*this);
        }
    }

    Out& out_;
};

/// Reads what encoder wrote, and survives anything else: after the first inconsistency `good()` is false and what is
/// read is zero or empty. Lists can not be longer than the bytes that are left, so a forged length allocates nothing.
class decoder {
  public:
    explicit decoder(std::string_view in) : in_(in) {}

    /// All fields were read and nothing was left over.
    bool complete() const { return good_ && in_.empty(); }
    bool good() const { return good_; }

    template <class... Fields>
    void operator()(Fields&... fields) {
        (get(fields), ...);
    }

  private:
    std::uint64_t get_unsigned() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; good_ && shift < 64 && !in_.empty(); shift += 7) {
            const auto byte = static_cast<unsigned char>(in_.front());
            in_.remove_prefix(1);
            value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
            if ((byte & 0x80) != 0) continue;
            const bool too_long = shift != 0 && byte == 0;
            const bool too_large = shift == 63 && byte > 1;
            if (too_long || too_large) break;
            return value;
        }
        good_ = false;
        return 0;
    }
    // `value` as it fits into a narrower type; otherwise the input is not ours.
    template <class Narrow, class Wide>
    Narrow narrowed(Wide value) {
        const auto narrow = static_cast<Narrow>(value);
        if (static_cast<Wide>(narrow) == value) return narrow;
        good_ = false;
        return Narrow();
    }
    std::size_t get_length() {
        const std::uint64_t length = get_unsigned();
        if (length > in_.size()) good_ = false;
        return good_ ? static_cast<std::size_t>(length) : 0;
    }
    void get(std::string& text) {
        const std::size_t length = get_length();
        text.assign(in_.substr(0, length));
        in_.remove_prefix(length);
    }
    void get(std::chrono::nanoseconds& value) {
        std::chrono::nanoseconds::rep count = 0;
        get(count);
        value = std::chrono::nanoseconds(count);
    }
    template <class First, class Second>
    void get(std::pair<First, Second>& both) {
        get(both.first);
        get(both.second);
    }
    template <class Item>
    void get(vector<Item>& items) {
        const std::size_t count = get_length();
        items.clear();
        for (std::size_t i = 0; i < count && good_; ++i) {
            items.emplace_back();
            get(items.back());
        }
    }
    template <class Value>
    void get(Value& value) {
        if constexpr (std::is_enum_v<Value>) {
            const std::uint64_t number = get_unsigned();
            if (number > static_cast<std::uint64_t>(last_enumerator<Value>::value)) good_ = false;
            value = good_ ? static_cast<Value>(number) : Value();
        } else if constexpr (std::is_integral_v<Value> && std::is_signed_v<Value>) {
            const std::uint64_t zigzag = get_unsigned();
            value = narrowed<Value>(static_cast<std::int64_t>(zigzag >> 1) ^ -static_cast<std::int64_t>(zigzag & 1));
        } else if constexpr (std::is_integral_v<Value>) {
            value = narrowed<Value>(get_unsigned());
        } else {
            value.fields(*this);
        }
    }

    std::string_view in_;
    bool good_ = true;
};

}  // namespace cordon::engine::codec
