#include <doctest/doctest.h>
#include <cordon/engine/base/random.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/wire/lane.hpp>

#include <algorithm>
#include <memory>
#include <string>
#include <thread>

using namespace cordon::engine;
using namespace cordon::engine::wire;

namespace {

constexpr std::uint64_t key = 42;

struct fixture {
    std::unique_ptr<lane_block> block = std::make_unique<lane_block>();
    wire::lane lane{block.get(), key};

    vector<std::string> payloads() const {
        frame_reader reader(key);
        reader.feed(lane.journal());
        vector<std::string> all;
        while (const cordon::engine::optional<frame> next = reader.next())
            all.emplace_back(next->payload);
        CHECK(reader.damage() == nullptr);
        CHECK(reader.pending() == 0);
        return all;
    }
};

int pauses = 0;
void count_pause() { ++pauses; }
void let_others_run() { std::this_thread::yield(); }

}  // namespace

TEST_CASE("zeroed memory is an empty lane") {
    const fixture f;
    CHECK(f.lane.journal().empty());
    CHECK(fixture().lane.claim() == -1);
}

TEST_CASE("the journal holds what was appended, as frames with rising sequence numbers") {
    fixture f;
    f.lane.append(3, "one");
    f.lane.append(4, "");
    f.lane.append(5, "three");
    CHECK(f.payloads() == vector<std::string>{"one", "", "three"});
    f.lane.clear();
    CHECK(f.lane.journal().empty());
    f.lane.append(6, "four");
    frame_reader reader(key);
    reader.feed(f.lane.journal());
    const cordon::engine::optional<frame> next = reader.next();
    REQUIRE(next.has_value());
    CHECK(next->type == 6);
    CHECK(next->number == 4);  // goes on: the reader of the pipe tells old frames from new ones by it
}

TEST_CASE("the journal takes what fits and not a byte more") {
    fixture f;
    const std::size_t room = lane_block::journal_capacity - frame_header_size;
    CHECK(f.lane.fits(room));
    CHECK_FALSE(f.lane.fits(room + 1));
    f.lane.append(1, std::string(room, 'x'));
    CHECK(f.lane.journal().size() == lane_block::journal_capacity);
    CHECK_FALSE(f.lane.fits(0));
    CHECK(f.payloads().front().size() == room);
}

TEST_CASE("a length that a test has scribbled reads as an empty journal") {
    fixture f;
    f.lane.append(1, "x");
    f.block->used.store(lane_block::journal_capacity + 1);
    CHECK(f.lane.journal().empty());
    f.block->used.store(0xFFFFFFFFu);
    CHECK(f.lane.journal().empty());
    CHECK(f.lane.fits(10));
    f.lane.append(1, "after");
    CHECK(f.payloads() == vector<std::string>{"after"});
}

TEST_CASE("bytes behind the published length do not count: a crash in the middle of an append leaves no trace") {
    fixture f;
    f.lane.append(1, "whole");
    const std::size_t before = f.lane.journal().size();
    std::fill_n(f.block->journal + before, 100, 'x');
    CHECK(f.payloads() == vector<std::string>{"whole"});
}

TEST_CASE("a hold excludes others and ends with its scope") {
    const fixture f;
    {
        const lane::hold first(f.lane, 7, count_pause, 1);
        CHECK(static_cast<bool>(first));
        CHECK(f.block->owner.load() == 7);
        pauses = 0;
        const lane::hold second(f.lane, 8, count_pause, 5);
        CHECK_FALSE(static_cast<bool>(second));
        CHECK(pauses == 5);
    }
    CHECK(f.block->owner.load() == 0);
    const lane::hold third(f.lane, 8, count_pause, 1);
    CHECK(static_cast<bool>(third));
}

TEST_CASE("a process frees the journal from those that it made, and from no other") {
    fixture f;
    CHECK(f.lane.server_level() == 1);
    CHECK(f.lane.test_level() == 2);
    f.lane->hosts.store(1);
    CHECK(f.lane.server_level() == 3);
    f.lane->owner.store(2);
    f.lane.end_holds_above(3);
    f.lane.end_holds_above(2);
    CHECK(f.lane->owner.load() == 2);
    f.lane.end_holds_above(1);
    CHECK(f.lane->owner.load() == 0);
}

TEST_CASE("a hold that was not got does not free another one's") {
    const fixture f;
    f.block->owner.store(99);  // died inside
    { const lane::hold mine(f.lane, 8, count_pause, 3); }
    CHECK(f.block->owner.load() == 99);
}

TEST_CASE("a hold of a dead process is ended by the one that made it, and by no other") {
    fixture f;
    CHECK(f.lane.server_level() == 1);
    CHECK(f.lane.test_level() == 2);
    f.block->owner.store(f.lane.test_level());
    f.lane.end_holds_above(f.lane.test_level());
    CHECK(f.block->owner.load() == 2);
    f.lane.end_holds_above(f.lane.server_level());
    CHECK(f.block->owner.load() == 0);
    f.block->owner.store(f.lane.server_level());
    f.lane.end_holds_above(f.lane.server_level());
    CHECK(f.block->owner.load() == 1);
    f.block->hosts.store(1);
    CHECK(f.lane.server_level() == 3);
    CHECK(f.lane.test_level() == 4);
}

TEST_CASE("appends of several processes do not mix") {
    fixture f;
    constexpr int writers = 4;
    constexpr int each = 300;
    vector<std::thread> threads;
    for (int writer = 0; writer < writers; ++writer) {
        threads.emplace_back([&f, writer] {
            for (int i = 0; i < each; ++i) {
                const lane::hold held(f.lane, static_cast<std::uint32_t>(writer + 1), let_others_run, 1 << 30);
                f.lane.append(static_cast<std::uint8_t>(writer), std::string(static_cast<std::size_t>(i % 50), 'w'));
            }
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    frame_reader reader(key);
    reader.feed(f.lane.journal());
    std::uint64_t sequence = 0;
    int counts[writers] = {};
    while (const cordon::engine::optional<frame> next = reader.next()) {
        CHECK(next->number == ++sequence);
        CHECK(next->payload.size() == static_cast<std::size_t>(counts[next->type]++ % 50));
    }
    CHECK(reader.damage() == nullptr);
    CHECK(sequence == writers * each);
}

TEST_CASE("items are claimed in order, and withdrawn from the first unclaimed one on") {
    fixture f;
    f.lane.offer(5);
    CHECK(f.lane.claim() == 0);
    CHECK(f.lane.claim() == 1);
    CHECK(f.lane.withdraw() == 2);
    CHECK(f.lane.claim() == -1);
    CHECK(f.lane.withdraw() == 2);
    f.lane.offer(1);
    CHECK(f.lane.claim() == 0);
    CHECK(f.lane.claim() == -1);
    CHECK(f.lane.withdraw() == 1);
    f.lane.offer(0);
    CHECK(f.lane.claim() == -1);
}

TEST_CASE("the first items can be kept from being withdrawn, begun or not") {
    fixture f;
    f.lane.offer(5);
    CHECK(f.lane.withdraw(1) == 1);
    CHECK(f.lane.claim() == 0);
    CHECK(f.lane.claim() == -1);
    CHECK(f.lane.withdraw(1) == 1);
    f.lane.offer(5);
    CHECK(f.lane.claim() == 0);
    CHECK(f.lane.claim() == 1);
    CHECK(f.lane.withdraw(1) == 2);
    CHECK(f.lane.claim() == -1);
}

TEST_CASE("every item is claimed or withdrawn exactly once, whoever is quicker") {
    random_source random(5);
    for (int round = 0; round < 300; ++round) {
        fixture f;
        const auto items = static_cast<std::uint32_t>(1 + random.below(2000));
        const auto patience = static_cast<int>(random.below(2000));
        vector<std::int64_t> claimed[2];
        std::uint32_t withdrawn_from = 0;
        f.lane.offer(items);
        std::thread one([&] {
            for (std::int64_t i = f.lane.claim(); i >= 0; i = f.lane.claim())
                claimed[0].push_back(i);
        });
        std::thread other([&] {
            for (std::int64_t i = f.lane.claim(); i >= 0; i = f.lane.claim())
                claimed[1].push_back(i);
        });
        std::thread thief([&] {
            for (volatile int i = 0; i < patience; i = i + 1) {
            }
            withdrawn_from = f.lane.withdraw();
        });
        one.join();
        other.join();
        thief.join();
        vector<std::int64_t> all = claimed[0];
        all.append(claimed[1].begin(), claimed[1].end());
        for (std::int64_t i = withdrawn_from; i < items; ++i)
            all.push_back(i);
        std::sort(all.begin(), all.end());
        REQUIRE(all.size() == items);
        for (std::size_t i = 0; i < all.size(); ++i)
            REQUIRE(all[i] == static_cast<std::int64_t>(i));
    }
}
