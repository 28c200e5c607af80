#include <doctest/doctest.h>
#include <cordon/engine/wire/marker.hpp>

#include <limits>
#include <string>

using namespace cordon::engine::wire;

namespace {

marker a_marker() {
    marker made;
    made.as = marker::role::test_process;
    made.parent = 4711;
    made.commands = 500;
    made.events = 501;
    made.lane = 502;
    made.out = 503;
    made.err = 504;
    made.key = 0xABCDEF0123456789u;
    return made;
}

}  // namespace

TEST_CASE("a marker comes back from its text") {
    marker made = a_marker();
    CHECK(marker_text(made) == "2:t:4711:500:501:502:503:504:abcdef0123456789");
    for (const marker::role role : {marker::role::worker, marker::role::test_process}) {
        made.as = role;
        const cordon::engine::optional<marker> back = parse_marker(marker_text(made).c_str());
        REQUIRE(back.has_value());
        CHECK(back->as == role);
        CHECK(back->parent == made.parent);
        CHECK(back->commands == made.commands);
        CHECK(back->events == made.events);
        CHECK(back->lane == made.lane);
        CHECK(back->out == made.out);
        CHECK(back->err == made.err);
        CHECK(back->key == made.key);
    }
}

TEST_CASE("the largest numbers fit") {
    marker made;
    made.parent = std::numeric_limits<long long>::min();
    made.commands = made.events = made.lane = made.out = made.err = std::numeric_limits<long long>::min();
    made.key = std::numeric_limits<std::uint64_t>::max();
    const cordon::engine::optional<marker> back = parse_marker(marker_text(made).c_str());
    REQUIRE(back.has_value());
    CHECK(back->parent == made.parent);
    CHECK(back->lane == made.lane);
    CHECK(back->key == made.key);
}

TEST_CASE("a wrapped process of each role is told from others") {
    for (const marker::role role : {marker::role::worker, marker::role::test_process}) {
        marker made = a_marker();
        made.as = role;
        made.wrapped = true;
        const cordon::engine::optional<marker> back = parse_marker(marker_text(made).c_str());
        REQUIRE(back.has_value());
        CHECK(back->as == role);
        CHECK(back->wrapped);
        made.wrapped = false;
        CHECK_FALSE(parse_marker(marker_text(made).c_str())->wrapped);
    }
}

TEST_CASE("what marker_text did not write is no marker") {
    const std::string good = marker_text(a_marker());
    for (std::size_t length = 0; length < good.size() - 16; ++length)
        CHECK_FALSE(parse_marker(good.substr(0, length).c_str()).has_value());
    for (const char* text :
         {"", "2", "1:t:4711:500:501:502:503:504:ab", "3:t:4711:500:501:502:503:504:ab",
          "2:x:4711:500:501:502:503:504:ab", "2::4711:500:501:502:503:504:ab", "2:t: 4711:500:501:502:503:504:ab",
          "2:t:+4711:500:501:502:503:504:ab", "2:t:04711:500:501:502:503:504:ab", "2:t:4711:500:501:502:503:504:AB",
          "2:t:4711:500:501:502:503:504:0xab", "2:t:4711:500:501:502:503:504:-1", "2:t:4711:500:501:502:ab",
          "2:t:4711:500:501:502: 503:504:ab", "2:t:4711:500:501:502:503:504:ab ", "2:t:4711:500:501:502:503:504:ab:1",
          " 2:t:4711:500:501:502:503:504:ab", "2:t:4711:500:501:502:503:504:ffffffffffffffffff",
          "2:t:4711:500:99999999999999999999:502:503:504:ab"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_marker(text).has_value());
    }
}
