#include <doctest/doctest.h>
#include <cordon/engine/base/random.hpp>
#include <cordon/engine/history/entry.hpp>

#include <string>

using namespace cordon::engine;
using history::entry;
using history::run_record;

namespace {

run_record run_of(std::uint64_t time, vector<entry> entries) {
    run_record run;
    run.time = time;
    run.build = time * 7;
    run.entries = std::move(entries);
    return run;
}

std::string file_of(const vector<run_record>& runs) {
    std::string bytes(history::title);
    for (const run_record& each : runs)
        bytes += history::encode(each);
    return bytes;
}

vector<run_record> some_runs() {
    return {run_of(1, {{11, verdict::passed, duration(1000)}, {12, verdict::failed, duration(5)}}), run_of(2, {}),
            run_of(3, {{(1ull << 40) - 1, verdict::lost, duration(0)}})};
}

}  // namespace

TEST_CASE("what is written is read") {
    const std::string bytes = file_of(some_runs());
    const history::contents found = history::decode(bytes);
    CHECK_FALSE(found.foreign);
    CHECK(found.damaged == 0);
    CHECK(found.unfinished == 0);
    REQUIRE(found.runs.size() == 3);
    CHECK(found.runs[0].time == 1);
    CHECK(found.runs[0].build == 7);
    REQUIRE(found.runs[0].entries.size() == 2);
    CHECK(found.runs[0].entries[0].test == 11);
    CHECK(found.runs[0].entries[0].took == duration(1000));
    CHECK(found.runs[0].entries[1].what == verdict::failed);
    CHECK(found.runs[1].entries.empty());
    CHECK(found.runs[2].entries[0].test == (1ull << 40) - 1);
    CHECK(found.runs[2].entries[0].what == verdict::lost);
    CHECK(history::rewritten(found, 1 << 20) == bytes);
}

TEST_CASE("a thousand tests cost some 8 KiB a run") {
    vector<entry> entries;
    for (std::uint64_t i = 0; i < 1000; ++i)
        entries.push_back({i, verdict::passed, std::chrono::milliseconds(i)});
    CHECK(history::encode(run_of(1, entries)).size() < 8200);
}

TEST_CASE("times are kept to a thousandth, whatever their size") {
    using namespace history::entry_detail;
    for (const duration::rep value :
         {0ll, 1ll, 1023ll, 1024ll, 2047ll, 2048ll, 123'456'789ll, 3'600'000'000'000ll, 4'000'000'000'000'000'000ll}) {
        const duration back = unpacked(packed(duration(value)));
        CAPTURE(value);
        CHECK(back.count() <= value);
        CHECK(static_cast<double>(value - back.count()) <= static_cast<double>(value) / 1024);
    }
    CHECK(packed(duration(-5)) == 0);
    CHECK(unpacked(0xFFFF) == duration::max());
    for (std::uint32_t code = 1; code < 0x10000; ++code)
        CHECK(unpacked(code) >= unpacked(code - 1));
}

TEST_CASE("a file that is no history is foreign; an empty one is not") {
    CHECK_FALSE(history::decode("").foreign);
    CHECK(history::decode("#include <cordon/cordon.hpp>\n").foreign);
    CHECK(history::decode("cordon-history 2").foreign);
    CHECK(history::decode("cordon-hist").foreign);
    CHECK_FALSE(history::decode(history::title).foreign);
}

TEST_CASE("of a file that was cut anywhere, the whole records are read") {
    const vector<run_record> runs = some_runs();
    const std::string bytes = file_of(runs);
    for (std::size_t size = history::title.size(); size < bytes.size(); ++size) {
        CAPTURE(size);
        const std::string cut = bytes.substr(0, size);
        const history::contents found = history::decode(cut);
        CHECK_FALSE(found.foreign);
        CHECK(found.damaged == 0);
        CHECK(found.runs.size() < 3);
        const std::string good = history::rewritten(found, 1 << 20);
        const std::size_t accounted = good.size() + found.unfinished;
        CHECK(accounted == size);
        CHECK(cut.substr(0, good.size()) == good);
        CHECK(history::ends_well(cut.substr(cut.size() - 8), size) == (found.unfinished == 0));
    }
}

TEST_CASE("damage costs the record it is in, and is noticed") {
    const std::string bytes = file_of(some_runs());
    for (std::size_t at = history::title.size(); at < bytes.size(); ++at) {
        for (const int bit : {0, 3, 7}) {
            std::string damaged = bytes;
            damaged[at] = static_cast<char>(damaged[at] ^ (1 << bit));
            CAPTURE(at);
            const history::contents found = history::decode(damaged);
            CHECK(found.runs.size() == 2);
            const std::size_t lost = found.damaged + found.unfinished;
            CHECK(lost > 0);
            // What is kept is good from then on.
            const std::string mended = history::rewritten(found, 1 << 20);
            CHECK(history::decode(mended).runs.size() == 2);
            CHECK(history::decode(mended).damaged == 0);
        }
    }
}

TEST_CASE("garbage of any kind does no harm") {
    random_source random(1);
    const std::string good = file_of(some_runs());
    for (int round = 0; round < 3000; ++round) {
        std::string bytes = random.below(4) == 0 ? "" : std::string(history::title);
        for (std::uint64_t parts = random.below(6); parts > 0; --parts) {
            const auto from = static_cast<std::size_t>(random.below(good.size()));
            if (random.below(2) == 0) bytes += good.substr(from, static_cast<std::size_t>(random.below(60)));
            for (std::uint64_t left = random.below(20); left > 0; --left)
                bytes += static_cast<char>(random.next());
        }
        const history::contents found = history::decode(bytes);
        std::size_t whole = 0;
        for (const std::string_view each : found.whole)
            whole += each.size();
        const std::size_t accounted = whole + found.damaged + found.unfinished + history::title.size();
        if (!found.foreign && !bytes.empty()) CHECK(accounted == bytes.size());
    }
}

TEST_CASE("the oldest runs go where there are too many bytes") {
    const vector<run_record> runs = some_runs();
    const std::string bytes = file_of(runs);
    const history::contents found = history::decode(bytes);
    for (std::size_t most = 0; most < bytes.size() + 5; ++most) {
        const std::string kept = history::rewritten(found, most);
        CHECK(kept.size() <= std::max(most, history::title.size()));
        const history::contents left = history::decode(kept);
        if (!left.runs.empty()) CHECK(left.runs.back().time == 3);
        if (most >= bytes.size()) CHECK(left.runs.size() == 3);
    }
}

TEST_CASE("the newest runs are read from the end, as many as are wanted") {
    vector<run_record> runs;
    for (std::uint64_t i = 1; i <= 20; ++i)
        runs.push_back(run_of(i, {{i, verdict::passed, duration(1)}, {i + 1, verdict::passed, duration(1)}}));
    const std::string bytes = file_of(runs);
    for (std::size_t wanted = 0; wanted < 30; ++wanted) {
        const history::contents found = history::decode_newest(bytes, wanted * 3);
        REQUIRE(found.runs.size() == std::min<std::size_t>(wanted, 20));
        CHECK(found.whole.size() == found.runs.size());
        for (std::size_t i = 0; i < found.runs.size(); ++i)
            CHECK(found.runs[i].time == 20 - found.runs.size() + i + 1);
    }
    // Damage at the end makes it read everything.
    for (const std::size_t at : {bytes.size() - 1, bytes.size() - 6, bytes.size() - 20}) {
        std::string damaged = bytes;
        damaged[at] = static_cast<char>(damaged[at] ^ 4);
        CHECK(history::decode_newest(damaged, 3).runs.size() == 19);
    }
    CHECK(history::decode_newest(bytes.substr(0, bytes.size() - 1), 3).runs.size() == 19);
    CHECK(history::decode_newest("nonsense", 3).foreign);
    CHECK_FALSE(history::decode_newest("", 3).foreign);
    CHECK(history::decode_newest(history::title, 3).runs.empty());
}

TEST_CASE("a test is known by its full name, a build by its id, the kind of isolation and the inputs") {
    test_info plain, in_suite, other;
    plain.name = "a/b";
    in_suite.name = "b";
    in_suite.suite = "a";
    other.name = "a/c";
    CHECK(history::id_of(plain) == history::id_of(in_suite));
    CHECK(history::id_of(plain) != history::id_of(other));
    CHECK((history::id_of(plain) >> 40) == 0);
    const auto key = [](const char* id, cordon::isolate mode, const char* inputs) {
        return history::build_key(id, mode, inputs);
    };
    CHECK(key("abc", cordon::isolate::fork, "") != key("abc", cordon::isolate::shard, ""));
    CHECK(key("abc", cordon::isolate::fork, "") != key("abd", cordon::isolate::fork, ""));
    CHECK(key("abc", cordon::isolate::fork, "") != key("abc", cordon::isolate::fork, "TZ=UTC"));
    CHECK(key("abc", cordon::isolate::fork, "x") == key("abc", cordon::isolate::fork, "x"));
}
