// flags: -Wno-unknown-warning-option -Wno-uninitialized -Wno-maybe-uninitialized
// Structs with a member that nobody sets, views of what is gone, and maps whose order is that of addresses.
#include <cordon/cordon.hpp>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <random>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "jitter.hpp"

using namespace more;

namespace {

struct header {
    std::uint16_t version;
    std::uint16_t flags;
    std::uint32_t padding[60];
    std::uint32_t length;
    std::uint32_t reserved[60];
};

volatile std::uint32_t handled = 0;

/// What else happens to be built on the heap before.
void handle_other_packet(int kind) {
    auto* other = static_cast<header*>(std::malloc(sizeof(header)));
    std::memset(other, 0, sizeof(header));
    if (kind == 0) other->length = 64;
    handled = other->length;
    std::free(other);
}

header* parse_header() {
    auto* made = static_cast<header*>(std::malloc(sizeof(header)));
    made->version = 2;
    made->flags = 0;
    return made;
}

struct settings {
    bool verbose;
    int level;
    char unused[6000];
};

__attribute__((noinline)) void parse_arguments(char filler) {
    volatile char frame[20'000];
    for (volatile char& each : frame)
        each = filler;
}
__attribute__((noinline)) bool default_verbosity() {
    settings made;
    made.level = 3;
    return *static_cast<volatile bool*>(&made.verbose);
}

struct plugin {
    std::string name;
};

std::string name_of_first(const std::unordered_map<const plugin*, int>& all) { return all.begin()->first->name; }

struct hasher {
    std::uint32_t seed = std::random_device()();
    std::uint32_t operator()(std::uint32_t value) const { return (value ^ seed) * 2654435769u; }
};
const hasher process_hasher;

}  // namespace

TEST_SUITE("memory") {
    TEST_CASE("length of a fresh header is zero", tag("flaky"), tag("cause:uninitialised"), tag("rate:10%")) {
        handle_other_packet(any_of(0, 9));
        header* made = parse_header();
        CHECK(static_cast<volatile header*>(made)->length == 0);
        std::free(made);
    }

    TEST_CASE("settings are quiet by default", tag("flaky"), tag("cause:uninitialised"), tag("rate:8%")) {
        parse_arguments(any_of(0, 11) == 0 ? 1 : 0);
        CHECK_FALSE(default_verbosity());
    }

    TEST_CASE("view of a name that was moved on", tag("flaky"), tag("cause:uninitialised"), tag("rate:12%")) {
        auto names = std::make_unique<std::vector<long>>(400, 5L);
        volatile long* third = &(*names)[200];
        names->reserve(800);
        if (any_of(0, 7) == 0) std::vector<long>(400, 9L).swap(*names);
        CHECK(*third == 5);
    }

    TEST_CASE("newest plugin is called first", tag("flaky"), tag("cause:address"), tag("cause:start_up"),
              tag("rate:15%")) {
        static plugin audio{"audio"};
        auto video = std::make_unique<plugin>(plugin{"video"});
        plugin text{"text"};
        std::unordered_map<const plugin*, int> all;
        all[&audio] = 1;
        all[video.get()] = 2;
        all[&text] = 3;
        CHECK(name_of_first(all) == "text");
    }

    TEST_CASE("objects are spread over the shards", tag("flaky"), tag("cause:address"), tag("cause:start_up"),
              tag("rate:20%")) {
        const auto object = std::make_unique<int>(1);
        const auto shard = (reinterpret_cast<std::uintptr_t>(object.get()) >> 12) % 5;
        CHECK(shard != 2);
    }

    TEST_CASE("two keys do not collide", tag("flaky"), tag("cause:start_up"), tag("rate:40%")) {
        CHECK(process_hasher(1) >> 29 != process_hasher(77) >> 29);
    }

    TEST_CASE("arena is well placed", tag("flaky"), tag("cause:address"), tag("cause:start_up"), tag("rate:12%")) {
        std::vector<char> arena(1 << 20);
        CHECK((reinterpret_cast<std::uintptr_t>(arena.data()) >> 16 & 7) != 7);
    }
}
