#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/vector.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine {

/// A value read from JSON.
struct json_value {
    enum class kind : std::uint8_t { null, boolean, number, string, array, object };

    kind what = kind::null;
    std::string text;           ///< of a string: its content; of a number or a boolean: as it is written
    vector<json_value> items;   ///< of an array or an object
    vector<std::string> names;  ///< of an object: the name of each item

    bool is(kind which) const { return what == which; }
    /// The member of an object, or null.
    const json_value* find(std::string_view name) const {
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (names[i] == name) return &items[i];
        }
        return nullptr;
    }
    /// The text of a member that is a string; else empty.
    std::string_view text_of(std::string_view name) const {
        const json_value* member = find(name);
        return member != nullptr && member->is(kind::string) ? std::string_view(member->text) : std::string_view();
    }
};

/// Reads one JSON text (RFC 8259) from bytes that nobody has checked. Refuses values nested too deeply.
class json_reader {
  public:
    explicit json_reader(std::string_view text) : rest_(text) {}

    optional<json_value> read() {
        json_value value;
        if (!read_value(value, 0)) return nullopt;
        skip_space();
        if (!rest_.empty()) return nullopt;
        return value;
    }

  private:
    static constexpr int deepest = 64;

    void skip_space() {
        while (!rest_.empty() && (rest_[0] == ' ' || rest_[0] == '\t' || rest_[0] == '\n' || rest_[0] == '\r'))
            rest_.remove_prefix(1);
    }
    bool take(char c) {
        skip_space();
        if (rest_.empty() || rest_[0] != c) return false;
        rest_.remove_prefix(1);
        return true;
    }
    bool take_word(std::string_view word) {
        if (rest_.substr(0, word.size()) != word) return false;
        rest_.remove_prefix(word.size());
        return true;
    }

    bool read_value(json_value& to, int depth) {
        skip_space();
        if (rest_.empty() || depth > deepest) return false;
        switch (rest_[0]) {
            case '{':
                return read_members(to, depth);
            case '[':
                return read_items(to, depth);
            case '"':
                to.what = json_value::kind::string;
                return read_string(to.text);
            case 'n':
                return take_word("null");
            case 't':
            case 'f':
                to.what = json_value::kind::boolean;
                to.text = rest_[0] == 't' ? "true" : "false";
                return take_word(to.text);
            default:
                return read_number(to);
        }
    }

    bool read_items(json_value& to, int depth) {
        to.what = json_value::kind::array;
        rest_.remove_prefix(1);
        if (take(']')) return true;
        do {
            to.items.emplace_back();
            if (!read_value(to.items.back(), depth + 1)) return false;
        } while (take(','));
        return take(']');
    }

    bool read_members(json_value& to, int depth) {
        to.what = json_value::kind::object;
        rest_.remove_prefix(1);
        if (take('}')) return true;
        do {
            skip_space();
            to.names.emplace_back();
            if (!read_string(to.names.back()) || !take(':')) return false;
            to.items.emplace_back();
            if (!read_value(to.items.back(), depth + 1)) return false;
        } while (take(','));
        return take('}');
    }

    std::size_t digits(std::size_t from) const {
        std::size_t at = from;
        while (at < rest_.size() && rest_[at] >= '0' && rest_[at] <= '9')
            ++at;
        return at - from;
    }

    bool read_number(json_value& to) {
        std::size_t at = rest_[0] == '-' ? 1 : 0;
        const std::size_t whole = digits(at);
        if (whole == 0 || (whole > 1 && rest_[at] == '0')) return false;
        at += whole;
        if (at < rest_.size() && rest_[at] == '.') {
            const std::size_t decimals = digits(at + 1);
            if (decimals == 0) return false;
            at += 1 + decimals;
        }
        if (at < rest_.size() && (rest_[at] == 'e' || rest_[at] == 'E')) {
            const bool has_sign = at + 1 < rest_.size() && (rest_[at + 1] == '+' || rest_[at + 1] == '-');
            const std::size_t begin = at + (has_sign ? 2 : 1);
            const std::size_t power = digits(begin);
            if (power == 0) return false;
            at = begin + power;
        }
        to.what = json_value::kind::number;
        to.text = rest_.substr(0, at);
        rest_.remove_prefix(at);
        return true;
    }

    bool read_string(std::string& to) {
        if (rest_.empty() || rest_[0] != '"') return false;
        rest_.remove_prefix(1);
        while (!rest_.empty()) {
            const char c = rest_[0];
            rest_.remove_prefix(1);
            if (c == '"') return true;
            if (static_cast<unsigned char>(c) < 0x20) return false;
            if (c != '\\') {
                to += c;
            } else if (!read_escape(to)) {
                return false;
            }
        }
        return false;
    }

    bool read_escape(std::string& to) {
        if (rest_.empty()) return false;
        const char c = rest_[0];
        rest_.remove_prefix(1);
        if (c == 'u') return read_code_point(to);
        constexpr std::string_view names = "\"\\/bfnrt";
        constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
        const std::size_t at = names.find(c);
        if (at == std::string_view::npos) return false;
        to += meanings[at];
        return true;
    }

    bool read_unit(std::uint32_t& unit) {
        if (rest_.size() < 4) return false;
        unit = 0;
        for (int i = 0; i < 4; ++i) {
            const char c = rest_[static_cast<std::size_t>(i)];
            const char lower = static_cast<char>(c | 0x20);
            const bool digit = c >= '0' && c <= '9';
            if (!digit && (lower < 'a' || lower > 'f')) return false;
            unit = unit * 16 + static_cast<std::uint32_t>(digit ? c - '0' : lower - 'a' + 10);
        }
        rest_.remove_prefix(4);
        return true;
    }

    // A half of a surrogate pair without the other becomes U+FFFD.
    bool read_code_point(std::string& to) {
        std::uint32_t unit = 0;
        if (!read_unit(unit)) return false;
        if (unit >= 0xD800 && unit < 0xDC00 && rest_.substr(0, 2) == "\\u") {
            rest_.remove_prefix(2);
            std::uint32_t low = 0;
            if (!read_unit(low)) return false;
            if (low >= 0xDC00 && low < 0xE000) {
                unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
            } else {
                append_code_point(to, 0xFFFD);
                unit = low;
            }
        }
        append_code_point(to, unit >= 0xD800 && unit < 0xE000 ? 0xFFFD : unit);
        return true;
    }

    static void append_code_point(std::string& to, std::uint32_t value) {
        if (value < 0x80) {
            to += static_cast<char>(value);
            return;
        }
        const int more = value < 0x800 ? 1 : value < 0x10000 ? 2 : 3;
        constexpr unsigned leads[] = {0, 0xC0, 0xE0, 0xF0};
        to += static_cast<char>(leads[more] | (value >> (6 * more)));
        for (int i = more - 1; i >= 0; --i)
            to += static_cast<char>(0x80 | ((value >> (6 * i)) & 0x3F));
    }

    std::string_view rest_;
};

/// Nothing if the text is not JSON.
optional<json_value> parse_json(std::string_view text) { return json_reader(text).read(); }

}  // namespace cordon::engine

CORDON_CHEAP_END
