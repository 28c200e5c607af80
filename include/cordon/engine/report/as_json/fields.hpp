#pragma once

#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/fields.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/text/json_writer.hpp>

#include <string>
#include <string_view>
#include <type_traits>

namespace cordon::engine::report {

/// Writes the fields of structs that have a name as members of JSON objects, in their order.
class field_writer {
  public:
    explicit field_writer(text::json_writer& json) : json_(json) {}

    template <class... Fields>
    void operator()(Fields&&... fields) {
        (member(fields), ...);
    }

    void value(std::string_view text) { json_.string(text); }
    void value(const std::string& text) { json_.string(text); }
    void value(duration time) { json_.milliseconds(time); }
    void value(bool is) { json_.boolean(is); }
    /// A rate or a probability.
    void value(double share) { json_.share(share); }
    template <class Value>
    void value(const optional<Value>& maybe) {
        maybe ? value(*maybe) : json_.null();
    }
    template <class Item>
    void value(const vector<Item>& items) {
        json_.open('[');
        for (const Item& item : items)
            value(item);
        json_.close(']');
    }
    template <class Value>
    void value(const Value& what) {
        if constexpr (std::is_enum_v<Value>) {
            json_.string(name_of(what));
        } else if constexpr (std::is_integral_v<Value> && std::is_signed_v<Value>) {
            json_.number(static_cast<std::int64_t>(what));
        } else if constexpr (std::is_integral_v<Value>) {
            json_.number(static_cast<std::uint64_t>(what));
        } else {
            json_.open('{');
            const_cast<Value&>(what).fields(*this);
            json_.close('}');
        }
    }

  private:
    template <class Value>
    void member(named_field<Value> field) {
        json_.key(field.name);
        value(field.value);
    }
    template <class Value>
    void member(optional_field<Value> field) {
        json_.key(field.name);
        is_none(field) ? json_.null() : value(field.value);
    }
    template <class Value>
    void member(inlined_field<Value> field) {
        field.value.fields(*this);
    }
    /// Without a name: for the codec only.
    template <class Value>
    void member(Value&) {}

    static bool is_none(optional_field<std::string> field) { return field.value.empty(); }
    template <class Value>
    static bool is_none(optional_field<Value> field) {
        return field.value == static_cast<Value>(field.none);
    }

    text::json_writer& json_;
};

/// The named fields of a struct, as members of an object that the caller opens.
template <class Struct>
void write_members(text::json_writer& json, const Struct& what) {
    field_writer write(json);
    const_cast<Struct&>(what).fields(write);
}

/// A struct as an object, a list as an array, and so on.
template <class Value>
void write_value(text::json_writer& json, const Value& what) {
    field_writer(json).value(what);
}

}  // namespace cordon::engine::report
