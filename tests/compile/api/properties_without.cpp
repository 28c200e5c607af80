// flags: -fno-exceptions -fno-rtti
#include <cordon/property.hpp>

#include <string>
#include <vector>

PROPERTY("without exceptions and types", int x, std::vector<std::string> v) {
    cordon::assume(x > 0);
    REQUIRE(v.size() < 1000);
    const int n = cordon::draw(cordon::gen::filter(cordon::gen::any<int>(), [](int y) { return y != 0; }));
    CHECK(n != 0);
}
