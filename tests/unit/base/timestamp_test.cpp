#include <doctest/doctest.h>
#include <cordon/engine/base/timestamp.hpp>

using namespace cordon::engine;

TEST_CASE("times of a run are found in its date") {
    CHECK(epoch_ms("1970-01-01T00:00:00Z") == 0);
    CHECK(epoch_ms("1970-01-02T00:00:00.001Z") == 86'400'001);
    CHECK(epoch_ms("2000-03-01T12:34:56.789Z") == 951'914'096'789);
    CHECK(epoch_ms("2024-02-29T23:59:59.999Z") == 1'709'251'199'999);
    CHECK(epoch_ms("2038-01-19T03:14:08Z") == 2'147'483'648'000);
    CHECK(epoch_ms("") == 0);
    CHECK(epoch_ms("yesterday") == 0);
}
