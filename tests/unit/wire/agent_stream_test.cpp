#include <doctest/doctest.h>
#include <cordon/engine/base/random.hpp>
#include <cordon/engine/wire/agent_stream.hpp>

#include <string>
#include <vector>

using namespace cordon::engine;
using namespace cordon::engine::wire;

namespace {

constexpr std::uint64_t key = 0xFEDCBA9876543210u;

/// What an agent writes: its title, and three answers.
std::string spoken() {
    agent_writer out;
    out.use_key(key);
    out.add_title();
    out.add<agent_answer>(agent_hello{"build", "host", "x86_64", 64});
    out.add<agent_answer>(agent_said{7, 3, "payload"});
    agent_gone gone;
    gone.last = {3, 4, 5, duration(6)};
    gone.output.pieces.push_back({stream::err, "words", 0});
    out.add<agent_answer>(gone);
    return std::string(out.pending());
}

/// The answers in a stream, as text, however it is cut.
std::vector<std::string> heard(agent_reader& from, std::string_view bytes, std::size_t portion) {
    std::vector<std::string> all;
    const auto take = [&all](auto& message) {
        if constexpr (std::is_same_v<std::decay_t<decltype(message)>, agent_hello>)
            all.push_back("hello " + message.build + " " + message.host + " " + std::to_string(message.processors));
        if constexpr (std::is_same_v<std::decay_t<decltype(message)>, agent_said>)
            all.push_back("said " + std::to_string(message.slot) + " " + std::to_string(message.type) + " " +
                          std::string(message.payload));
        if constexpr (std::is_same_v<std::decay_t<decltype(message)>, agent_gone>)
            all.push_back("gone " + std::to_string(message.last.ticket) + " " + message.output.text(stream::err));
    };
    while (true) {
        while (const cordon::engine::optional<frame> next = from.next()) {
            if (!dispatch<agent_answer>(*next, take)) all.emplace_back("nonsense");
        }
        if (bytes.empty()) return all;
        from.feed(bytes.substr(0, portion));
        bytes.remove_prefix(std::min(portion, bytes.size()));
    }
}

const std::vector<std::string> expected{"hello build host 64", "said 7 3 payload", "gone 4 words"};

}  // namespace

TEST_CASE("an agent is understood however its bytes arrive") {
    for (const std::size_t portion : {std::size_t{1}, std::size_t{7}, std::size_t{1000}}) {
        agent_reader from;
        CHECK(heard(from, spoken(), portion) == expected);
        CHECK(from.damage() == nullptr);
        CHECK(from.banner().empty());
        REQUIRE(from.key());
        CHECK(*from.key() == key);
    }
}

TEST_CASE("the title is found behind a banner, also one that begins as a title does") {
    const std::string banners[] = {"Welcome to build2\nLast login: today\r\n",
                                   std::string(agent_magic),
                                   std::string(agent_magic) + "zzzzzzzzzzzzzzzz\n",
                                   std::string(agent_magic) + "0123456789abcdef!",
                                   std::string(agent_magic.substr(0, 5)) + std::string(agent_magic.substr(0, 3)),
                                   std::string("\xDE\xC0\x01\x00", 4)};
    for (const std::string& banner : banners) {
        for (const std::size_t portion : {std::size_t{1}, std::size_t{1000}}) {
            agent_reader from;
            CHECK(heard(from, banner + spoken(), portion) == expected);
            CHECK(from.banner() == banner);
        }
    }
}

TEST_CASE("text without a title is no agent, and not kept without limit") {
    agent_reader from;
    CHECK(heard(from, std::string(1 << 20, 'x'), 65536).empty());
    CHECK(from.damage() == nullptr);
    CHECK(heard(from, "x" + spoken(), 1).empty());
    REQUIRE(from.damage() != nullptr);
    CHECK(std::string(from.damage()) == "a megabyte of text and no answer");
}

TEST_CASE("a frame that is missing, doubled or changed is damage") {
    const std::string all = spoken();
    agent_writer out;
    out.use_key(key);
    out.add_title();
    const std::size_t title = out.pending().size();
    out.add<agent_answer>(agent_hello{"build", "host", "x86_64", 64});
    const std::size_t first = out.pending().size();
    for (const std::string& bytes :
         {all.substr(0, title) + all.substr(first), all.substr(0, first) + all.substr(title, first - title)}) {
        agent_reader from;
        heard(from, bytes, 100);
        REQUIRE(from.damage() != nullptr);
        CHECK(std::string(from.damage()) == "frames that are missing, doubled or not in order");
    }
    for (std::size_t at = title; at < all.size(); ++at) {
        std::string changed = all;
        changed[at] = static_cast<char>(changed[at] ^ 0x10);
        agent_reader from;
        const std::vector<std::string> got = heard(from, changed, 1000);
        // A length that grew leaves the reader waiting for more.
        CHECK(got.size() < expected.size());
        CHECK(std::equal(got.begin(), got.end(), expected.begin()));
    }
}

TEST_CASE("another version of the protocol is named") {
    std::string bytes = agent_title(key);
    codec::append_record(bytes, {key, agent_version + 1, largest_agent_payload}, 0, 1, "");
    agent_reader from;
    heard(from, bytes, 1000);
    REQUIRE(from.damage() != nullptr);
    CHECK(std::string(from.damage()) == "a frame of another protocol version");
}

TEST_CASE("any payload of any type is either understood or refused") {
    random_source random(20);
    std::uint32_t understood = 0;
    for (int round = 0; round < 20000; ++round) {
        std::string payload(random.below(40), '\0');
        for (char& byte : payload)
            byte = static_cast<char>(random.below(round % 2 == 0 ? 256 : 4));
        const frame any{agent_version, static_cast<std::uint8_t>(random.below(16)), 1, payload};
        understood += dispatch<agent_answer>(any, [](auto&) {}) ? 1u : 0u;
        understood += dispatch<agent_order>(any, [](auto&) {}) ? 1u : 0u;
    }
    CHECK(understood != 0);
}

TEST_CASE("what was written is dropped, and the rest stays") {
    const std::string all = spoken();
    agent_writer out;
    out.use_key(key);
    out.add_title();
    std::string written;
    for (int i = 0; i < 100; ++i) {
        out.add<agent_answer>(agent_said{1, 2, std::string(static_cast<std::size_t>(i), 'x')});
        const std::size_t some = out.pending().size() / 3;
        written += out.pending().substr(0, some);
        out.drop(some);
    }
    written += out.pending();
    agent_reader from;
    CHECK(heard(from, written, 50).size() == 100);
    CHECK(from.damage() == nullptr);
}
