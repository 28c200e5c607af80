// What the start of the program draws, and what is drawn in the test.
#include "planted.hpp"

#include <cstdint>
#include <cstdlib>
#include <functional>
#include <set>
#include <unordered_set>

using namespace planted;

namespace {

const unsigned id_of_start = draw(10);
const unsigned salt_of_start = draw(4);
unsigned of_setup = 0;
int global = 0;

}  // namespace

GLOBAL_SETUP() { of_setup = draw(5); }

TEST_SUITE("start") {
    TEST_CASE("identity is fit", FLAKY("start_up", "10%")) { CHECK(id_of_start != 3); }
    TEST_CASE("salt is fit", FLAKY("start_up", "25%")) { CHECK(salt_of_start != 1); }
    TEST_CASE("setup chose well", FLAKY("start_up", "20%")) { CHECK(of_setup != 2); }
    TEST_CASE("page is even", FLAKY2("address", "start_up", "50%")) {
        CHECK(reinterpret_cast<std::uintptr_t>(&global) / 4096 % 2 == 0);
    }
    TEST_CASE("stack is in the right half", FLAKY2("address", "start_up", "25%")) {
        int local = 0;
        CHECK((reinterpret_cast<std::uintptr_t>(&local) >> 20 & 3) != 2);
    }
    TEST_CASE("die is no six", FLAKY("random", "17%")) { CHECK(draw(6) != 5); }
    TEST_CASE("coin is heads", FLAKY("random", "50%")) { CHECK(draw(2) == 0); }
    TEST_CASE("token has no zero", FLAKY("random", "6%")) { CHECK(draw(16) != 0); }
    TEST_CASE("shuffles by the seed", FLAKY("seed", "25%")) { CHECK(cordon::random()() % 4 != 0); }
    TEST_CASE("samples by the seed", FLAKY("seed", "10%")) { CHECK(cordon::random()() % 10 != 0); }
    TEST_CASE("rarely goes wrong", FLAKY("random", "0.5%")) { CHECK(draw(200) != 7); }
    TEST_CASE("slow and rarely wrong", FLAKY("random", "12%")) {
        std::this_thread::sleep_for(250ms);
        CHECK(draw(8) != 0);
    }
    TEST_CASE("crashes at times", FLAKY2("random", "crash", "12%")) {
        if (one_in(8)) std::abort();
        CHECK(true);
    }
    TEST_CASE("hangs at times", FLAKY2("random", "timeout", "15%"), timeout(0.4)) {
        if (draw(7) == 0) std::this_thread::sleep_for(60s);
        CHECK(true);
    }
    TEST_CASE("changes with the time", FLAKY("clock", "20%")) {
        const auto now = std::chrono::system_clock::now().time_since_epoch();
        CHECK(std::chrono::duration_cast<std::chrono::milliseconds>(now).count() % 1000 < 800);
    }
}
