// flags: -fno-rtti
#include <cordon/cordon.hpp>

#include <stdexcept>
#include <vector>

TEST_CASE("without run-time types") {
    CHECK(std::vector<int>{1} == std::vector<int>{1});
    CHECK_THROWS_AS(throw std::runtime_error("gone"), std::exception);
}
