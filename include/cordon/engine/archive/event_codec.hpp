#pragma once

#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/owned.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/wire/message.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

// Events as bytes that outlive the program. As in wire/codec.hpp a struct names its fields in `fields(archive)`, and
// integers travel as LEB128; unlike there each struct has its size before it (four bytes, little-endian), so that a
// recording from before a field was added to its end is read with that field's default.

namespace cordon::engine::codec {

template <>
struct last_enumerator<ending> : std::integral_constant<ending, ending::lost> {};
template <>
struct last_enumerator<verdict> : std::integral_constant<verdict, verdict::lost> {};
template <>
struct last_enumerator<flaky_policy> : std::integral_constant<flaky_policy, flaky_policy::fail> {};
template <>
struct last_enumerator<notice::level> : std::integral_constant<notice::level, notice::level::error> {};

}  // namespace cordon::engine::codec

namespace cordon::engine::archive {

class encoder {
  public:
    explicit encoder(std::string& out) : out_(out) {}

    template <class... Fields>
    void operator()(const Fields&... fields) {
        (put(fields), ...);
    }

  private:
    void put_unsigned(std::uint64_t value) {
        while (value >= 0x80) {
            out_.push_back(static_cast<char>(value | 0x80));
            value >>= 7;
        }
        out_.push_back(static_cast<char>(value));
    }
    void put_signed(std::int64_t value) {
        put_unsigned((static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63));
    }
    void put(std::string_view text) {
        put_unsigned(text.size());
        out_ += text;
    }
    void put(const std::string& text) { put(std::string_view(text)); }
    void put(duration value) { put_signed(value.count()); }
    void put(double value) {
        std::uint64_t bits = 0;
        std::memcpy(&bits, &value, sizeof bits);
        put_unsigned(bits);
    }
    void put(const std::shared_ptr<const test_list>& list) {
        const std::size_t at = begin_sized();
        if (list) (*this)(list->tests, list->hash);
        end_sized(at);
    }
    template <class Item>
    void put(const vector<Item>& items) {
        put_unsigned(items.size());
        for (const Item& item : items)
            put(item);
    }
    template <class Value>
    void put(const optional<Value>& value) {
        put_unsigned(value ? 1 : 0);
        if (value) put(*value);
    }
    template <class Value>
    void put(const Value& value) {
        if constexpr (std::is_integral_v<Value> && std::is_signed_v<Value>) {
            put_signed(value);
        } else if constexpr (std::is_integral_v<Value> || std::is_enum_v<Value>) {
            put_unsigned(static_cast<std::uint64_t>(value));
        } else {
            const std::size_t at = begin_sized();
            const_cast<Value&>(value).fields(*this);
            end_sized(at);
        }
    }

    std::size_t begin_sized() {
        out_.append(4, '\0');
        return out_.size();
    }
    void end_sized(std::size_t at) { wire::store(&out_[at - 4], static_cast<std::uint32_t>(out_.size() - at)); }

    std::string& out_;
};

/// Reads what encoder wrote. Whatever else it is given, it reads no byte twice, allocates no more than some hundred
/// times the input's size, and says that it is not good.
class decoder {
  public:
    explicit decoder(std::string_view in) : in_(in) {}

    /// All was read, and it made sense.
    bool complete() const { return good_ && in_.empty(); }

    /// Fields that a struct is too short for keep what they are.
    template <class... Fields>
    void operator()(Fields&... fields) {
        ((in_.empty() ? void() : get(fields)), ...);
    }

  private:
    std::uint64_t get_unsigned() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64 && !in_.empty(); shift += 7) {
            const auto byte = static_cast<unsigned char>(in_.front());
            in_.remove_prefix(1);
            value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
            if ((byte & 0x80) == 0) return value;
        }
        fail();
        return 0;
    }
    std::int64_t get_signed() {
        const std::uint64_t zigzag = get_unsigned();
        return static_cast<std::int64_t>(zigzag >> 1) ^ -static_cast<std::int64_t>(zigzag & 1);
    }
    /// The next bytes, as many as the number before them says.
    std::string_view take(std::uint64_t size) {
        if (size > in_.size()) fail();
        const std::string_view taken = in_.substr(0, static_cast<std::size_t>(good_ ? size : 0));
        in_.remove_prefix(taken.size());
        return taken;
    }
    std::string_view take_sized() {
        const std::string_view size = take(4);
        return take(good_ ? wire::load<std::uint32_t>(size.data()) : 0);
    }

    void get(std::string_view& text) { text = take(get_unsigned()); }
    void get(std::string& text) { text.assign(take(get_unsigned())); }
    // A file that somebody made up must not lead to sums that overflow: 52 days are the most.
    void get(duration& value) {
        constexpr std::int64_t most = std::int64_t{1} << 52;
        value = duration(std::min(most, std::max(-most, get_signed())));
    }
    /// The list owns the bytes that its texts are views into.
    void get(std::shared_ptr<const test_list>& list) {
        std::shared_ptr<test_list> made(new test_list);
        made->storage.push_back(owned<std::string>(new std::string(take_sized())));
        decoder inside(*made->storage.back());
        inside(made->tests, made->hash);
        if (!inside.complete()) fail();
        list = std::move(made);
    }
    void get(double& value) {
        const std::uint64_t bits = get_unsigned();
        std::memcpy(&value, &bits, sizeof value);
    }
    template <class Item>
    void get(vector<Item>& items) {
        const std::uint64_t count = get_unsigned();
        if (count > in_.size()) fail();
        items.clear();
        for (std::uint64_t i = 0; i < count && good_; ++i) {
            items.emplace_back();
            get(items.back());
        }
    }
    template <class Value>
    void get(optional<Value>& value) {
        value.reset();
        const std::uint64_t there = get_unsigned();
        if (there > 1) return fail();
        if (there == 1) get(value.emplace());
    }
    template <class Value>
    void get(Value& value) {
        if constexpr (std::is_enum_v<Value>) {
            const std::uint64_t number = get_unsigned();
            if (number > static_cast<std::uint64_t>(codec::last_enumerator<Value>::value)) return fail();
            value = static_cast<Value>(number);
        } else if constexpr (std::is_integral_v<Value> && std::is_signed_v<Value>) {
            get_narrow(value, get_signed());
        } else if constexpr (std::is_integral_v<Value>) {
            get_narrow(value, get_unsigned());
        } else {
            decoder inside(take_sized());
            value.fields(inside);
            if (!inside.complete()) fail();
        }
    }
    template <class Narrow, class Wide>
    void get_narrow(Narrow& to, Wide value) {
        to = static_cast<Narrow>(value);
        if (static_cast<Wide>(to) != value) fail();
    }

    void fail() {
        good_ = false;
        in_ = {};
    }

    std::string_view in_;
    bool good_ = true;
};

}  // namespace cordon::engine::archive
