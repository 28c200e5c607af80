// Property tests without a seed, and tests that hold at most times of the day.
#include <cordon/cordon.hpp>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <numeric>
#include <random>
#include <set>
#include <vector>

#include <sys/time.h>
#include <unistd.h>

#include "jitter.hpp"

using namespace more;

namespace {

std::mt19937 unseeded() {
    std::random_device device;
    return std::mt19937(device());
}

std::uint32_t seed_given() {
    const char* text = std::getenv("CORDON_SEED");
    return text != nullptr ? static_cast<std::uint32_t>(std::strtoull(text, nullptr, 10)) : 1;
}

int milliseconds_of_second() {
    timeval now{};
    gettimeofday(&now, nullptr);
    return static_cast<int>(now.tv_usec / 1000);
}

}  // namespace

TEST_SUITE("chance") {
    TEST_CASE("mean of a sample", tag("flaky"), tag("cause:random"), tag("rate:6%")) {
        auto random = unseeded();
        std::uniform_real_distribution<double> unit(0, 1);
        double sum = 0;
        for (int i = 0; i < 100; ++i)
            sum += unit(random);
        CHECK(sum > 44.5);
        CHECK(sum < 55.5);
    }

    TEST_CASE("identifiers are unique", tag("flaky"), tag("cause:random"), tag("rate:16%")) {
        auto random = unseeded();
        std::set<unsigned> seen;
        for (int i = 0; i < 10; ++i)
            seen.insert(static_cast<unsigned>(random()) % 256);
        CHECK(seen.size() == 10);
    }

    TEST_CASE("a shuffled deck begins otherwise", tag("flaky"), tag("cause:random"), tag("rate:10%")) {
        std::vector<int> deck(10);
        std::iota(deck.begin(), deck.end(), 0);
        auto random = unseeded();
        std::shuffle(deck.begin(), deck.end(), random);
        CHECK(deck.front() != 0);
    }

    TEST_CASE("parser survives noise", tag("flaky"), tag("cause:random"), tag("cause:crash"), tag("rate:4%")) {
        auto random = unseeded();
        if (random() % 25 == 0) std::terminate();
        CHECK(true);
    }

    TEST_CASE("primes of a random start", tag("flaky"), tag("cause:random"), tag("rate:3%")) {
        auto random = unseeded();
        spin(30'000);
        CHECK(random() % 33 != 5);
    }

    TEST_CASE("once in a blue moon", tag("flaky"), tag("cause:random"), tag("rate:0.3%")) {
        CHECK(unseeded()() % 333 != 0);
    }

    TEST_CASE("sorting a generated list", tag("flaky"), tag("cause:seed"), tag("rate:14%")) {
        std::minstd_rand random(seed_given());
        random.discard(5);
        CHECK(random() % 7 != 0);
    }

    TEST_CASE("merging generated branches", tag("flaky"), tag("cause:seed"), tag("rate:10%")) {
        std::mt19937 random(seed_given());
        std::vector<int> branches(10);
        std::iota(branches.begin(), branches.end(), 0);
        std::shuffle(branches.begin(), branches.end(), random);
        CHECK(branches.back() != 3);
    }

    TEST_CASE("seeded by the second", tag("flaky"), tag("cause:random"), tag("cause:clock"), tag("rate:10%")) {
        std::mt19937 random(static_cast<std::uint32_t>(std::time(nullptr)));
        CHECK(random() % 8 != 0);
    }

    TEST_CASE("seeded by the nanosecond", tag("flaky"), tag("cause:random"), tag("cause:clock"), tag("rate:10%")) {
        std::minstd_rand random(static_cast<std::uint32_t>(steady_clock::now().time_since_epoch().count()));
        random.discard(2);
        CHECK(random() % 10 != 0);
    }

    TEST_CASE("both stamps are of one second", tag("flaky"), tag("cause:clock"), tag("rate:4%")) {
        const std::time_t before = std::time(nullptr);
        std::this_thread::sleep_for(milliseconds(40));
        CHECK(std::time(nullptr) == before);
    }

    TEST_CASE("token is valid for the rest of its slice", tag("flaky"), tag("cause:clock"), tag("rate:10%")) {
        CHECK(milliseconds_of_second() % 250 < 225);
    }

    TEST_CASE("shows the even picture", tag("flaky"), tag("cause:clock"), tag("cause:random"), tag("rate:50%")) {
        CHECK(milliseconds_of_second() / 2 % 2 == 0);
    }

    TEST_CASE("odd second", tag("flaky"), tag("cause:clock"), tag("rate:25%")) { CHECK(std::time(nullptr) % 4 != 3); }

    TEST_CASE("worker has an even number", tag("flaky"), tag("cause:random"), tag("cause:clock"), tag("rate:12%")) {
        CHECK(getpid() % 8 != 1);
    }
}
