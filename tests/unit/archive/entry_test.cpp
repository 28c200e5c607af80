#include <doctest/doctest.h>
#include <cordon/engine/archive/entry.hpp>
#include <cordon/engine/base/random.hpp>

#include <string>

using namespace cordon::engine;
using archive::entry;
using archive::history_version;
using archive::run_record;

namespace {

run_record run_of(std::uint64_t time, vector<entry> entries) {
    run_record run;
    run.time = time;
    run.build = time * 7;
    run.entries = std::move(entries);
    return run;
}

std::string file_of(const vector<run_record>& runs) {
    std::string bytes = codec::title_of(archive::history_kind);
    for (const run_record& each : runs)
        bytes += archive::encode(each);
    return bytes;
}

/// A record of any version, of any payload.
std::string sealed(int version, std::string payload) {
    codec::seal under = archive::history_seal;
    under.version = static_cast<std::uint8_t>(version);
    char size[4];
    codec::store(size, static_cast<std::uint32_t>(codec::record_header_size + payload.size() + archive::tail_size));
    payload.append(size, sizeof size).append(archive::record_end);
    std::string record;
    codec::append_record(record, under, 0, 0, payload);
    return record;
}

vector<run_record> some_runs() {
    return {run_of(1, {{11, verdict::passed, duration(1000)}, {12, verdict::failed, duration(5)}}), run_of(2, {}),
            run_of(3, {{(1ull << 40) - 1, verdict::lost, duration(0)}})};
}

}  // namespace

TEST_CASE("what is written is read") {
    const std::string bytes = file_of(some_runs());
    const archive::contents found = archive::decode(bytes);
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
    CHECK(archive::rewritten(found, 1 << 20) == bytes);
}

TEST_CASE("a thousand tests cost some 11 KiB a run") {
    vector<entry> entries;
    for (std::uint64_t i = 0; i < 1000; ++i)
        entries.push_back({mix_bits(i) >> 24, verdict::passed, std::chrono::microseconds(100 * i)});
    const std::size_t size = archive::encode(run_of(1, entries)).size();
    CHECK(size > 10'000);
    CHECK(size < 11'500);
}

TEST_CASE("a file that is no history is foreign; an empty one is not") {
    CHECK_FALSE(archive::decode("").foreign);
    CHECK(archive::decode("#include <cordon/cordon.hpp>\n").foreign);
    CHECK(archive::decode("cordon-history 1run\n").foreign);
    CHECK(archive::decode("cordon-hist").foreign);
    CHECK_FALSE(archive::decode(codec::title_of(archive::history_kind)).foreign);
}

TEST_CASE("records of a newer version are not read, and keep the file from being written anew") {
    std::string bytes = file_of(some_runs());
    const std::string newer = sealed(history_version + 1, std::string("\x04\1\2\0\3", 5));
    bytes += newer;
    bytes += archive::encode(run_of(4, {}));
    const archive::contents found = archive::decode(bytes);
    CHECK(found.newer == history_version + 1);
    CHECK(found.damaged == 0);
    CHECK(found.runs.size() == 4);
    CHECK(archive::decode_newest(bytes, 2).newer == history_version + 1);
    CHECK(codec::newer_in_words(bytes, archive::history_kind, found.newer, history_version) ==
          "has format 2, but this is cordon " CORDON_VERSION
          ", which reads up to format 1: use a newer cordon (the file was begun by " CORDON_VERSION ")");
}

TEST_CASE("runs and entries with fewer fields are read with the defaults of the others") {
    // Of the run its time and its build are there; of the first list's entries only the test.
    const std::string short_run = sealed(history_version, std::string("\2\x05\x06", 3));
    const std::string short_entries = sealed(history_version, std::string("\3\x05\x06\2\1\x0B\x0C", 7));
    const archive::contents found = archive::decode(codec::title_of(archive::history_kind) + short_run + short_entries);
    CHECK(found.damaged == 0);
    REQUIRE(found.runs.size() == 2);
    CHECK(found.runs[0].build == 6);
    CHECK(found.runs[0].entries.empty());
    REQUIRE(found.runs[1].entries.size() == 2);
    CHECK(found.runs[1].entries[1].test == 12);
    CHECK(found.runs[1].entries[1].what == verdict::passed);
    CHECK(found.runs[1].entries[1].took == duration(0));
    // More fields than a run of this version has are damage.
    CHECK(archive::decode(codec::title_of(archive::history_kind) +
                          sealed(history_version, std::string("\4\x05\x06\0\0", 5)))
              .damaged != 0);
}

TEST_CASE("of a file that was cut anywhere, the whole records are read") {
    const vector<run_record> runs = some_runs();
    const std::string bytes = file_of(runs);
    for (std::size_t size = codec::title_size; size < bytes.size(); ++size) {
        CAPTURE(size);
        const std::string cut = bytes.substr(0, size);
        const archive::contents found = archive::decode(cut);
        CHECK_FALSE(found.foreign);
        CHECK(found.damaged == 0);
        CHECK(found.runs.size() < 3);
        const std::string good = archive::rewritten(found, 1 << 20);
        const std::size_t accounted = good.size() + found.unfinished;
        CHECK(accounted == size);
        CHECK(cut.substr(0, good.size()) == good);
        CHECK(archive::ends_well(std::string_view(cut).substr(cut.size() - 8), size) == (found.unfinished == 0));
    }
}

TEST_CASE("damage costs the record it is in, and is noticed") {
    const std::string bytes = file_of(some_runs());
    for (std::size_t at = codec::title_size; at < bytes.size(); ++at) {
        for (const int bit : {0, 3, 7}) {
            std::string damaged = bytes;
            damaged[at] = static_cast<char>(damaged[at] ^ (1 << bit));
            CAPTURE(at);
            const archive::contents found = archive::decode(damaged);
            CHECK(found.runs.size() == 2);
            const std::size_t lost = found.damaged + found.unfinished;
            CHECK(lost > 0);
            // What is kept is good from then on.
            const std::string mended = archive::rewritten(found, 1 << 20);
            CHECK(archive::decode(mended).runs.size() == 2);
            CHECK(archive::decode(mended).damaged == 0);
        }
    }
}

TEST_CASE("garbage of any kind does no harm") {
    random_source random(1);
    const std::string good = file_of(some_runs());
    for (int round = 0; round < 3000; ++round) {
        std::string bytes = random.below(4) == 0 ? "" : codec::title_of(archive::history_kind);
        for (std::uint64_t parts = random.below(6); parts > 0; --parts) {
            const auto from = static_cast<std::size_t>(random.below(good.size()));
            if (random.below(2) == 0) bytes += good.substr(from, static_cast<std::size_t>(random.below(60)));
            for (std::uint64_t left = random.below(20); left > 0; --left)
                bytes += static_cast<char>(random.next());
        }
        const archive::contents found = archive::decode(bytes);
        std::size_t whole = 0;
        for (const std::string_view each : found.whole)
            whole += each.size();
        const std::size_t accounted = whole + found.damaged + found.unfinished + codec::title_size;
        if (!found.foreign && !bytes.empty()) CHECK(accounted == bytes.size());
    }
}

TEST_CASE("the oldest runs go where there are too many bytes") {
    const vector<run_record> runs = some_runs();
    const std::string bytes = file_of(runs);
    const archive::contents found = archive::decode(bytes);
    for (std::size_t most = 0; most < bytes.size() + 5; ++most) {
        const std::string kept = archive::rewritten(found, most);
        CHECK(kept.size() <= std::max(most, codec::title_size));
        const archive::contents left = archive::decode(kept);
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
        const archive::contents found = archive::decode_newest(bytes, wanted * 3);
        REQUIRE(found.runs.size() == std::min<std::size_t>(wanted, 20));
        CHECK(found.whole.size() == found.runs.size());
        for (std::size_t i = 0; i < found.runs.size(); ++i)
            CHECK(found.runs[i].time == 20 - found.runs.size() + i + 1);
    }
    // Damage at the end makes it read everything.
    for (const std::size_t at : {bytes.size() - 1, bytes.size() - 6, bytes.size() - 20}) {
        std::string damaged = bytes;
        damaged[at] = static_cast<char>(damaged[at] ^ 4);
        CHECK(archive::decode_newest(damaged, 3).runs.size() == 19);
    }
    CHECK(archive::decode_newest(bytes.substr(0, bytes.size() - 1), 3).runs.size() == 19);
    CHECK(archive::decode_newest("nonsense", 3).foreign);
    CHECK_FALSE(archive::decode_newest("", 3).foreign);
    CHECK(archive::decode_newest(codec::title_of(archive::history_kind), 3).runs.empty());
}

TEST_CASE("a test is known by its full name, a build by its id, the kind of isolation and the inputs") {
    test_info plain, in_suite, other;
    plain.name = "a/b";
    in_suite.name = "b";
    in_suite.suite = "a";
    other.name = "a/c";
    CHECK(archive::id_of(plain) == archive::id_of(in_suite));
    CHECK(archive::id_of(plain) != archive::id_of(other));
    CHECK((archive::id_of(plain) >> 40) == 0);
    const auto key = [](const char* id, cordon::isolate mode, const char* inputs) {
        return archive::build_key(id, mode, inputs);
    };
    CHECK(key("abc", cordon::isolate::fork, "") != key("abc", cordon::isolate::shard, ""));
    CHECK(key("abc", cordon::isolate::fork, "") == key("abc", cordon::isolate::rewind, ""));
    CHECK(key("abc", cordon::isolate::fork, "") != key("abd", cordon::isolate::fork, ""));
    CHECK(key("abc", cordon::isolate::fork, "") != key("abc", cordon::isolate::fork, "TZ=UTC"));
    CHECK(key("abc", cordon::isolate::fork, "x") == key("abc", cordon::isolate::fork, "x"));
}
