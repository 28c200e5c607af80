#include <doctest/doctest.h>
#include <cordon/engine/os/system.hpp>
#include <cordon/engine/run/workload.hpp>

using namespace cordon::engine::run;

TEST_CASE("tickets are owned until they are forgotten, in any order") {
    workload one;
    one.outstanding = {4, 5, 9};
    CHECK(one.owns(4));
    CHECK(one.owns(9));
    CHECK_FALSE(one.owns(6));
    CHECK(one.is_next(4));
    CHECK_FALSE(one.is_next(5));
    one.forget(5);
    CHECK_FALSE(one.owns(5));
    one.forget(4);
    CHECK(one.is_next(9));
    one.forget(1000);
    CHECK(one.outstanding.size() == 1);
    one.forget(9);
    CHECK_FALSE(one.is_next(0));
    CHECK_FALSE(one.owns(0));
}

TEST_CASE("a part is made when something first comes in for its ticket") {
    workload one;
    one.part(4).moved_on = true;
    one.part(5);
    CHECK(one.parts.size() == 2);
    CHECK(one.part(4).moved_on);
    CHECK(one.part(5).ticket == 5);
    CHECK(one.parts.size() == 2);
}
