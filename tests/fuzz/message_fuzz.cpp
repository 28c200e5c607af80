#include <cordon/engine/wire/message.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <variant>

// The first byte is a message's type, the rest its payload. What decodes is the one form of that message: encoding it
// gives the same bytes again.

namespace {

using namespace cordon::engine;
using namespace cordon::engine::wire;

template <class Variant>
void try_as(std::uint8_t type, std::string_view payload) {
    const cordon::engine::optional<Variant> message = decode<Variant>({frame_version, type, 1, payload});
    if (!message) return;
    std::string again;
    message->visit([&again](const auto& body) { encode_payload(again, body); });
    if (again != payload || message->index() != type) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view payload(reinterpret_cast<const char*>(data) + 1, size - 1);
    try_as<report>(static_cast<std::uint8_t>(*data % 16), payload);
    try_as<command>(static_cast<std::uint8_t>(*data % 16), payload);
    return 0;
}
