#include <cordon/engine/base/lasting.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <vector>

using namespace cordon::engine;

namespace {

struct odd {
    char bytes[3] = {1, 2, 3};
};

constexpr std::uintptr_t page = 4096;

std::uintptr_t page_of(const void* object) { return reinterpret_cast<std::uintptr_t>(object) / page; }

}  // namespace

TEST_CASE("lasting objects are made in order, lie apart and on one page") {
    const odd* first = make_lasting<odd>();
    const std::string* second = make_lasting<std::string>();
    const std::int64_t* third = make_lasting<std::int64_t>();
    CHECK(first->bytes[2] == 3);
    CHECK(second->empty());
    CHECK(*third == 0);
    CHECK(reinterpret_cast<std::uintptr_t>(second) % alignof(std::string) == 0);
    CHECK(static_cast<const void*>(second) >= first + 1);
    CHECK(static_cast<const void*>(third) >= second + 1);
    CHECK(page_of(first) == page_of(third + 1));
}

TEST_CASE("what has no room there any more is made elsewhere") {
    static auto& made = *new std::vector<odd*>;  // so that nothing counts as leaked
    for (int i = 0; i < 500; ++i) {
        made.push_back(make_lasting<odd>());
        made.back()->bytes[0] = static_cast<char>(i % 100);
    }
    for (int i = 0; i < 500; ++i)
        CHECK(made[static_cast<std::size_t>(i)]->bytes[0] == static_cast<char>(i % 100));
    CHECK(page_of(made.front()) != page_of(made.back()));
}
