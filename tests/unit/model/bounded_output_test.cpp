#include <doctest/doctest.h>
#include <cordon/engine/base/random.hpp>
#include <cordon/engine/model/bounded_output.hpp>

#include <string>

using namespace cordon::engine;

namespace {

std::uint64_t kept_bytes(const captured_output& what) {
    std::uint64_t sum = 0;
    for (const output_piece& piece : what.pieces)
        sum += piece.text.size();
    return sum;
}

/// What came, whatever the stream: what was kept and, as dots, what was not.
std::string flat(const captured_output& what) {
    std::string text;
    for (const output_piece& piece : what.pieces) {
        text.append(static_cast<std::size_t>(piece.dropped_before), '.');
        text += piece.text;
    }
    return text;
}

std::string counting(std::size_t length) {
    std::string text;
    for (std::size_t i = 0; text.size() < length; ++i)
        text += std::to_string(i) + " ";
    text.resize(length);
    return text;
}

}  // namespace

TEST_CASE("little output is kept as it came, the streams in order of arrival") {
    bounded_output kept(1000);
    CHECK(kept.empty());
    kept.add(stream::out, "one ");
    kept.add(stream::out, "two ");
    kept.add(stream::err, "bad ");
    kept.add(stream::out, "three");
    CHECK_FALSE(kept.empty());
    const captured_output all = kept.take();
    REQUIRE(all.pieces.size() == 3);
    CHECK(all.pieces[0].text == "one two ");
    CHECK(all.pieces[1].from == stream::err);
    CHECK(all.text(stream::out) == "one two three");
    CHECK(all.text(stream::err) == "bad ");
    CHECK_FALSE(all.truncated());
    CHECK(kept.empty());
    CHECK(kept.take().empty());
}

TEST_CASE("the buffer starts anew after take") {
    bounded_output kept(400);
    kept.add(stream::out, counting(5000));
    CHECK(kept.take().truncated());
    kept.add(stream::out, "short");
    const captured_output all = kept.take();
    CHECK(all.text(stream::out) == "short");
    CHECK_FALSE(all.truncated());
}

TEST_CASE("of much output the head and the tail are kept, whatever the limit and the size of the writes") {
    const std::string text = counting(200000);
    for (const std::uint64_t limit : {256u, 1000u, 4096u, 10000u, 33000u, 65536u, 150000u}) {
        for (const std::size_t step : {std::size_t{97}, std::size_t{5000}, std::size_t{65536}, text.size()}) {
            CAPTURE(limit);
            CAPTURE(step);
            bounded_output kept(limit);
            for (std::size_t at = 0; at < text.size(); at += step)
                kept.add(stream::out, std::string_view(text).substr(at, step));
            const captured_output all = kept.take();
            const std::uint64_t bytes = kept_bytes(all);
            CHECK(bytes + all.dropped == text.size());
            CHECK(bytes <= limit);
            // Beside the text only the charge of the pieces, each of 16 KiB.
            CHECK(bytes + 64 * (3 + limit / 16384) >= limit);
            const std::string seen = flat(all);
            REQUIRE(seen.size() == text.size());
            const std::size_t head = seen.find('.');
            const std::size_t tail = seen.rfind('.') + 1;
            CHECK(head + 64 >= limit / 2);
            CHECK(seen.substr(0, head) == text.substr(0, head));
            CHECK(seen.substr(tail) == text.substr(tail));
        }
    }
}

TEST_CASE("the gap is named once, where it is") {
    bounded_output kept(1000);
    for (int i = 0; i < 100; ++i)
        kept.add(stream::out, counting(100));
    const captured_output all = kept.take();
    int gaps = 0;
    for (const output_piece& piece : all.pieces) {
        if (piece.dropped_before != 0) ++gaps;
    }
    CHECK(gaps == 1);
    const std::string name = "\n[... " + std::to_string(all.dropped) + " bytes left out ...]\n";
    const std::string text = all.text(stream::out);
    REQUIRE(text.find(name) != std::string::npos);
    CHECK(text.size() == kept_bytes(all) + name.size());
}

TEST_CASE("a limit of nothing, or next to nothing, keeps nothing and says how much came") {
    for (const std::uint64_t limit : {0u, 1u, 64u, 100u}) {
        CAPTURE(limit);
        bounded_output kept(limit);
        kept.add(stream::out, "12345");
        kept.add(stream::err, "678");
        CHECK_FALSE(kept.empty());
        const captured_output all = kept.take();
        CHECK(kept_bytes(all) + all.dropped == 8);
        CHECK(kept_bytes(all) <= limit);
        CHECK(flat(all).size() == 8);
    }
}

TEST_CASE("alternating single bytes stay within the limit, their pieces counted") {
    bounded_output kept(64 * 1024);
    for (int i = 0; i < 200000; ++i)
        kept.add(i % 2 == 0 ? stream::out : stream::err, i % 2 == 0 ? "o" : "e");
    const captured_output all = kept.take();
    CHECK(kept_bytes(all) + all.dropped == 200000);
    CHECK(all.pieces.size() <= 64 * 1024 / 64);
    CHECK(all.pieces.size() >= 64 * 1024 / 64 * 9 / 10);
}

TEST_CASE("whatever comes in whatever portions, nothing is lost without being counted") {
    random_source random(31);
    for (int round = 0; round < 300; ++round) {
        const std::uint64_t limit = random.below(20000);
        bounded_output kept(limit);
        std::uint64_t total = 0;
        for (std::uint64_t writes = random.below(60); writes > 0; --writes) {
            const std::string text = counting(random.below(2) == 0 ? random.below(30) : random.below(40000));
            kept.add(random.below(3) == 0 ? stream::err : stream::out, text);
            total += text.size();
        }
        const captured_output all = kept.take();
        CHECK(kept_bytes(all) + all.dropped == total);
        CHECK(kept_bytes(all) <= limit);
        CHECK(flat(all).size() == total);
        if (total <= limit / 2 / 64) CHECK_FALSE(all.truncated());
    }
}
