#include <doctest/doctest.h>

#include <cordon/engine/codec/sealed.hpp>
#include <cordon/engine/codec/title.hpp>

#include <string>

using namespace cordon::engine::codec;

namespace {

constexpr seal under{77, 3, 1000};

std::string sealed(std::string_view payload, const seal& with = under) {
    std::string bytes;
    append_record(bytes, with, 9, 0x0102030405060708u, payload);
    return bytes;
}

sight seen(std::string_view bytes) {
    record found;
    return look(bytes, under, found);
}

}  // namespace

TEST_CASE("a record comes back with all that its header says") {
    record found;
    const std::string bytes = sealed("payload") + "what follows";
    REQUIRE(look(bytes, under, found) == sight::record);
    CHECK(found.version == 3);
    CHECK(found.type == 9);
    CHECK(found.number == 0x0102030405060708u);
    CHECK(found.payload == "payload");
    CHECK(found.size() == record_header_size + 7);
    CHECK(number_at(bytes.data()) == found.number);
}

TEST_CASE("a record of another version is whole, and its version is told") {
    record found;
    REQUIRE(look(sealed("", {77, 200, 1000}), under, found) == sight::record);
    CHECK(found.version == 200);
}

TEST_CASE("what is cut off is unfinished, what is changed has a wrong sum, or is no record, or too large") {
    const std::string bytes = sealed("payload");
    for (std::size_t size = 0; size < bytes.size(); ++size)
        CHECK(seen(std::string_view(bytes).substr(0, size)) == sight::unfinished);
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        std::string changed = bytes;
        changed[at] = static_cast<char>(changed[at] ^ 0x40);
        const sight what = seen(changed);
        CAPTURE(at);
        CHECK(what != sight::record);
        if (at < 2) CHECK(what == sight::no_record);
        if (at >= 8) CHECK(what == sight::wrong_sum);
    }
    CHECK(seen(sealed(std::string(1000, 'x'))) == sight::record);
    CHECK(seen(sealed(std::string(1001, 'x'))) == sight::too_large);
    CHECK(seen(sealed("payload", {78, 3, 1000})) == sight::wrong_sum);
}

TEST_CASE("a title is 32 bytes, for one kind of file") {
    const std::string title = title_of("cordon-recording");
    CHECK(title.size() == title_size);
    CHECK(title.back() == '\n');
    CHECK(title.find(" " CORDON_VERSION " ") == 16);
    CHECK(is_titled(title + "more", "cordon-recording"));
    CHECK_FALSE(is_titled(title, "cordon-history"));
    CHECK_FALSE(is_titled(title_of("cordon-recordings"), "cordon-recording"));
    for (std::size_t size = 0; size < title.size(); ++size) {
        const std::string_view begin = std::string_view(title).substr(0, size);
        CHECK(may_be_titled(begin, "cordon-recording"));
        CHECK_FALSE(is_titled(begin, "cordon-recording"));
    }
    std::string broken = title;
    broken[20] = '\n';
    CHECK_FALSE(may_be_titled(broken, "cordon-recording"));
}
