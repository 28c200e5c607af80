#include <doctest/doctest.h>
#include <cordon/engine/exec/outlet.hpp>

#include <string>

using cordon::engine::exec::payload_text;

namespace {

std::string letters(std::size_t count) {
    std::string made;
    for (std::size_t i = 0; i != count; ++i) {
        made += static_cast<char>('a' + i % 26);
    }
    return made;
}

}  // namespace

TEST_CASE("a payload holds what was put into it, of every length around that of its own room") {
    payload_text payload;
    for (std::size_t size = 0; size != 300; ++size) {
        const std::string wanted = letters(size);
        for (std::size_t part = 1; part < 140; part += 23) {
            CAPTURE(size);
            CAPTURE(part);
            payload.clear();
            for (std::size_t at = 0; at < size; at += part) {
                payload += std::string_view(wanted).substr(at, part);
            }
            CHECK(payload.text() == wanted);
            payload.clear();
            for (const char each : wanted) {
                payload.push_back(each);
            }
            CHECK(payload.text() == wanted);
        }
    }
}

TEST_CASE("a payload takes a text that is empty, and one that is long at once") {
    payload_text payload;
    CHECK(payload.text().empty());
    payload += "";
    CHECK(payload.text().empty());
    payload += letters(5000);
    payload += "";
    payload.push_back('!');
    CHECK(payload.text() == letters(5000) + "!");
    payload.clear();
    CHECK(payload.text().empty());
}
