// Numbers and times that differ from one run to the next, or from one start to the next.
#include "app.hpp"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include <unistd.h>

using namespace app;

namespace {

const int session_id = any(0, 7);
const int node = static_cast<int>(milliseconds_now() % 5);
const int first_process = static_cast<int>(getpid()) % 4;
int region = 0;
long counters[64];

}  // namespace

GLOBAL_SETUP() { region = any(0, 9); }

TEST_SUITE("start") {
    TEST_CASE("session is not the admin's", FLAKY("start_up", "12%")) { CHECK(session_id != 5); }
    TEST_CASE("node is not the leader", FLAKY("start_up", "20%")) { CHECK(node != 2); }
    TEST_CASE("process is no fourth", FLAKY("start_up", "25%")) { CHECK(first_process != 1); }
    TEST_CASE("region is near", FLAKY("start_up", "30%")) { CHECK(region < 7); }
    TEST_CASE("counter has its bucket", FLAKY2("address", "start_up", "14%")) {
        CHECK((reinterpret_cast<std::uintptr_t>(&counters) >> 12) % 7 != 3);
    }
    TEST_CASE("random by an address", FLAKY2("address", "start_up", "10%")) {
        int local = 0;
        std::mt19937 numbers(static_cast<unsigned>(reinterpret_cast<std::uintptr_t>(&local) >> 4));
        CHECK(numbers() % 10 != 0);
    }
    TEST_CASE("heap block has an even page", FLAKY2("address", "start_up", "50%")) {
        void* const block = std::malloc(500'000);
        CHECK((reinterpret_cast<std::uintptr_t>(block) >> 12) % 2 == 0);
        std::free(block);
    }
}

TEST_SUITE("draws") {
    TEST_CASE("sum of dice", FLAKY("random", "14%")) {
        const int dice = GENERATE(1, 2, 3);
        CHECK(any(1, 20) + dice != 1 + dice);
    }
    TEST_CASE("random by the second", FLAKY2("random", "clock", "20%")) {
        std::mt19937 numbers(static_cast<unsigned>(std::time(nullptr)));
        CHECK(numbers() % 5 != 0);
    }
    TEST_CASE("random by the nanosecond", FLAKY("random", "10%")) {
        std::mt19937 numbers(static_cast<unsigned>(steady::now().time_since_epoch().count()));
        CHECK(numbers() % 10 != 0);
    }
    TEST_CASE("process number is taken", FLAKY("random", "25%")) { CHECK(getpid() % 4 != 3); }
    TEST_CASE("sample by the run's seed", FLAKY("seed", "20%")) {
        std::mt19937 numbers(static_cast<unsigned>(std::strtoull(std::getenv("CORDON_SEED"), nullptr, 10)));
        CHECK(numbers() % 5 != 0);
    }
    TEST_CASE("parses any number", FLAKY2("random", "crash", "8%")) {
        if (any(1, 12) == 12) std::abort();
        CHECK(true);
    }
}

TEST_SUITE("clock") {
    TEST_CASE("both stamps are of one second", FLAKY("clock", "3%")) {
        const std::time_t before = std::time(nullptr);
        std::this_thread::sleep_for(30ms);
        CHECK(std::time(nullptr) == before);
    }
    TEST_CASE("milliseconds have three digits", FLAKY("clock", "10%")) {
        char text[16];
        std::snprintf(text, sizeof text, "%lld", milliseconds_now() % 1000);
        CHECK(std::string(text).size() == 3);
    }
    TEST_CASE("stamp of the tenth", FLAKY("clock", "15%")) {
        const long long before = milliseconds_now() / 100;
        compute(15ms);
        CHECK(milliseconds_now() / 100 == before);
    }
    TEST_CASE("second is even", FLAKY("clock", "50%")) { CHECK(std::time(nullptr) % 2 == 0); }
}
