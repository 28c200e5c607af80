// Tests that draw by lot, or look at a clock.
#include <cordon/cordon.hpp>

#include <algorithm>
#include <cstdlib>
#include <random>

#include <time.h>
#include <unistd.h>

#include "lots.hpp"

using flaky::draw;
using flaky::work;

namespace {

struct timespec wall_clock() {
    struct timespec now {};
    clock_gettime(CLOCK_REALTIME, &now);
    return now;
}

}  // namespace

TEST_SUITE("lots") {
    TEST_CASE("random number without a seed", tag("flaky"), tag("cause:random"), tag("rate:5%")) {
        CHECK(draw(20) != 0);
    }

    TEST_CASE("shuffled without a seed", tag("flaky"), tag("cause:random"), tag("rate:25%")) {
        int items[] = {1, 2, 3, 4};
        std::shuffle(items, items + 4, std::random_device());
        CHECK(items[0] != 1);
    }

    TEST_CASE("seeded by the time", tag("flaky"), tag("cause:random"), tag("cause:clock"), tag("rate:10%")) {
        std::mt19937 random(static_cast<unsigned>(wall_clock().tv_nsec));
        CHECK(random() % 10 != 0);
    }

    TEST_CASE("number of the process", tag("flaky"), tag("cause:random"), tag("cause:clock"), tag("rate:8%")) {
        CHECK(static_cast<unsigned>(getpid()) * 2654435761u % 4096 > 330);
    }

    TEST_CASE("rare", tag("flaky"), tag("cause:random"), tag("rate:2%")) {
        work(20'000);
        CHECK(draw(50) != 0);
    }

    TEST_CASE("rarer", tag("flaky"), tag("cause:random"), tag("rate:0.5%")) { CHECK(draw(200) != 0); }

    TEST_CASE("crashes by lot", tag("flaky"), tag("cause:random"), tag("cause:crash"), tag("rate:7%")) {
        if (draw(14) == 0) std::abort();
    }

    TEST_CASE("seed of the test", tag("flaky"), tag("cause:seed"), tag("rate:8%")) {
        CHECK(std::strtoull(std::getenv("CORDON_SEED"), nullptr, 10) % 12 != 0);
    }

    TEST_CASE("shuffled by the seed of the test", tag("flaky"), tag("cause:seed"), tag("rate:17%")) {
        int items[] = {1, 2, 3};
        std::mt19937 random(static_cast<unsigned>(std::strtoull(std::getenv("CORDON_SEED"), nullptr, 10)));
        std::shuffle(items, items + 3, random);
        CHECK((items[0] != 1 || items[1] != 2));
    }

    TEST_CASE("some milliseconds of the clock", tag("flaky"), tag("cause:clock"), tag("rate:10%")) {
        CHECK(wall_clock().tv_nsec / 1'000'000 % 20 > 1);
    }

    TEST_CASE("end of a second", tag("flaky"), tag("cause:clock"), tag("rate:6%")) {
        CHECK(wall_clock().tv_nsec < 940'000'000);
    }
}
