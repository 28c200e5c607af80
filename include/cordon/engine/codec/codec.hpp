#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/fields.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/owned.hpp>
#include <cordon/engine/base/vector.hpp>

#include <chrono>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace cordon::engine::codec {

// Values as bytes. A struct lists its fields in `fields(archive)`; encoder and decoder are two archives. Integers are
// LEB128 (signed ones zigzagged); texts and lists begin with their length. An enum needs a function last_of(Enum) that
// returns its last enumerator; the decoder accepts none beyond it. Every value has exactly one form, and the decoder
// accepts no other.

enum class form : std::uint8_t {
    passing,  ///< between processes of one program: a struct is its fields, and all of them exist
    /// Survives the program: the number of its fields comes before a struct, and once before a list of structs. So if a
    /// field was added to the end later, older data is read with that field's default.
    lasting,
};

/// `Out` accepts characters and texts, as a std::string does; for the lasting form it is one.
template <class Out, form Form = form::passing>
class encoder {
  public:
    explicit encoder(Out& out) : out_(out) {}

    template <class... Fields>
    void operator()(const Fields&... fields) {
        if constexpr (Form == form::lasting)
            fields_ = static_cast<char>(fields_ + static_cast<char>(sizeof...(Fields)));
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
    /// Its 64 bits (IEEE 754).
    void put(double value) {
        std::uint64_t bits = 0;
        std::memcpy(&bits, &value, sizeof bits);
        put_unsigned(bits);
    }
    template <class First, class Second>
    void put(const std::pair<First, Second>& both) {
        put(both.first);
        put(both.second);
    }
    template <class Value>
    void put(const optional<Value>& value) {
        put_unsigned(value ? 1 : 0);
        if (value) put(*value);
    }
    template <class Item>
    void put(const vector<Item>& items) {
        put_unsigned(items.size());
        if constexpr (Form == form::lasting && has_fields<Item>) {
            if (!items.empty()) put_structs(items.begin(), items.end());
        } else {
            for (const Item& item : items) {
                put(item);
            }
        }
    }
    /// With its size first: the reader keeps its bytes.
    template <class Value>
    void put(const std::shared_ptr<const Value>& value) {
        std::string bytes;
        if (value) encoder<std::string, Form>{bytes}(*value);
        put(bytes);
    }
    template <class Value>
    void put(const named_field<Value>& field) {
        put(field.value);
    }
    template <class Value>
    void put(const optional_field<Value>& field) {
        put(field.value);
    }
    template <class Value>
    void put(const inlined_field<Value>& field) {
        put(field.value);
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
        } else if constexpr (Form == form::lasting) {
            put_structs(&value, &value + 1);
        } else {
            const_cast<Value&>(value).fields(*this);
        }
    }

    template <class Value>
    void put_structs(const Value* first, const Value* last) {
        const std::size_t at = out_.size();
        out_.push_back('\0');
        for (; first != last; ++first) {
            const char around = std::exchange(fields_, '\0');
            const_cast<Value&>(*first).fields(*this);
            out_[at] = std::exchange(fields_, around);
        }
    }

    Out& out_;
    char fields_ = 0;  ///< of the struct that is being written, so far
};

/// Reads the encoder's output, and accepts any other bytes safely: after the first inconsistency `good()` is false and
/// all values are zero or empty. Every item of a list takes at least a byte, so a forged length allocates at most some
/// hundred times the input's size.
template <form Form = form::passing>
class decoder {
  public:
    explicit decoder(std::string_view in) : in_(in) {}

    /// True if all fields were read and no bytes are left.
    bool complete() const { return good_ && in_.empty(); }
    bool good() const { return good_; }

    template <class... Fields>
    void operator()(Fields&&... fields) {
        ((is_there() ? get(fields) : void()), ...);
    }

  private:
    /// True if the next field was written; otherwise it keeps its value.
    bool is_there() {
        if constexpr (Form == form::passing) return true;
        if (fields_ == 0) return false;
        --fields_;
        return true;
    }
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
    // `value` in a narrower type; if it does not fit, the input is invalid.
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
    void get(std::string_view& text) {
        text = in_.substr(0, get_length());
        in_.remove_prefix(text.size());
    }
    void get(std::string& text) {
        std::string_view bytes;
        get(bytes);
        text.assign(bytes);
    }
    void get(std::chrono::nanoseconds& value) {
        std::chrono::nanoseconds::rep count = 0;
        get(count);
        // A forged file must not cause sums that overflow: the maximum is 52 days.
        constexpr std::chrono::nanoseconds::rep most = std::int64_t{1} << 52;
        if constexpr (Form == form::lasting) count = count > most ? most : count < -most ? -most : count;
        value = std::chrono::nanoseconds(count);
    }
    void get(double& value) {
        const std::uint64_t bits = get_unsigned();
        std::memcpy(&value, &bits, sizeof value);
    }
    template <class First, class Second>
    void get(std::pair<First, Second>& both) {
        get(both.first);
        get(both.second);
    }
    template <class Value>
    void get(optional<Value>& value) {
        value.reset();
        if (narrowed<bool>(get_unsigned())) get(value.emplace());
    }
    template <class Item>
    void get(vector<Item>& items) {
        const std::size_t count = get_length();
        items.clear();
        std::size_t fields = 0;
        if constexpr (Form == form::lasting && has_fields<Item>) {
            if (count != 0 && (fields = narrowed<unsigned char>(get_unsigned())) == 0) good_ = false;
        }
        for (std::size_t i = 0; i < count && good_; ++i) {
            items.emplace_back();
            if constexpr (has_fields<Item>) {
                get_fields(items.back(), fields);
            } else {
                get(items.back());
            }
        }
    }
    /// The value owns, in its `storage`, the bytes that its texts refer to.
    template <class Value>
    void get(std::shared_ptr<const Value>& value) {
        std::string_view bytes;
        get(bytes);
        value.reset();
        if (bytes.empty()) return;
        std::shared_ptr<Value> made(new Value);
        made->storage.push_back(owned<std::string>(new std::string(bytes)));
        decoder inside(*made->storage.back());
        inside(*made);
        if (!inside.complete()) good_ = false;
        value = std::move(made);
    }
    template <class Value>
    void get(named_field<Value> field) {
        get(field.value);
    }
    template <class Value>
    void get(optional_field<Value> field) {
        get(field.value);
    }
    template <class Value>
    void get(inlined_field<Value> field) {
        get(field.value);
    }
    template <class Value>
    void get(Value& value) {
        if constexpr (std::is_enum_v<Value>) {
            const std::uint64_t number = get_unsigned();
            if (number > static_cast<std::uint64_t>(last_of(Value()))) good_ = false;
            value = good_ ? static_cast<Value>(number) : Value();
        } else if constexpr (std::is_integral_v<Value> && std::is_signed_v<Value>) {
            const std::uint64_t zigzag = get_unsigned();
            value = narrowed<Value>(static_cast<std::int64_t>(zigzag >> 1) ^ -static_cast<std::int64_t>(zigzag & 1));
        } else if constexpr (std::is_integral_v<Value>) {
            value = narrowed<Value>(get_unsigned());
        } else {
            get_fields(value, Form == form::lasting ? narrowed<unsigned char>(get_unsigned()) : 0);
        }
    }

    template <class Value>
    void get_fields(Value& value, std::size_t written) {
        const std::size_t around = std::exchange(fields_, written);
        value.fields(*this);
        // More fields than this program knows: the record has a newer version, or is damaged.
        if (Form == form::lasting && fields_ != 0) good_ = false;
        fields_ = around;
    }

    std::string_view in_;
    bool good_ = true;
    std::size_t fields_ = static_cast<std::size_t>(-1);  ///< of the struct that is being read, still to come
};

}  // namespace cordon::engine::codec
