#include <cordon/engine/base/json.hpp>
#include <cordon/engine/text/json_writer.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

// What a client of --mcp sends: any bytes. A value that was read is the same after it was written and read again.

namespace {

using namespace cordon::engine;

void write(std::string& to, const json_value& value) {
    using kind = json_value::kind;
    if (value.is(kind::null)) to += "null";
    if (value.is(kind::boolean) || value.is(kind::number)) to += value.text;
    if (value.is(kind::string)) text::append_json_string(to, value.text);
    if (!value.is(kind::array) && !value.is(kind::object)) return;
    to += value.is(kind::array) ? '[' : '{';
    for (std::size_t i = 0; i < value.items.size(); ++i) {
        if (i != 0) to += ',';
        if (value.is(kind::object)) text::append_json_string(to, value.names[i]);
        if (value.is(kind::object)) to += ':';
        write(to, value.items[i]);
    }
    to += value.is(kind::array) ? ']' : '}';
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const optional<json_value> read = parse_json({reinterpret_cast<const char*>(data), size});
    if (!read) return 0;
    std::string once, twice;
    write(once, *read);
    const optional<json_value> again = parse_json(once);
    if (!again) std::abort();
    write(twice, *again);
    if (once != twice) std::abort();
    return 0;
}
