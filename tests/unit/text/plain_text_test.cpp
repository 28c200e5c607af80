#include <doctest/doctest.h>

#include <cordon/engine/text/plain_text.hpp>

#include <initializer_list>
#include <utility>

using namespace cordon::engine;
using namespace cordon::engine::text;

namespace {

attempt_result crashed_in(std::initializer_list<std::pair<const char*, std::uint32_t>> frames) {
    attempt_result attempt;
    attempt.how = ending::crashed;
    thread_stack thread;
    for (const auto& [file, line] : frames) {
        stack_frame frame;
        frame.file = file;
        frame.line = line;
        thread.frames.push_back(std::move(frame));
    }
    attempt.stacks.push_back(std::move(thread));
    return attempt;
}

std::uint32_t line_in(const char* file, const attempt_result& attempt) {
    test_info test;
    test.file = file;
    test.line = 1;
    const text::source_place at = place_of(test, &attempt);
    CHECK(at.file == test.file);
    return at.line;
}

}  // namespace

TEST_CASE("a crash is where the innermost frame in the test's file is") {
    const attempt_result crash =
        crashed_in({{"/libc/abort.c", 79}, {"/home/me/tests/cart.cpp", 20}, {"/home/me/tests/cart.cpp", 9}});
    CHECK(line_in("tests/cart.cpp", crash) == 20);
    CHECK(line_in("../../tests/cart.cpp", crash) == 20);
    CHECK(line_in("/home/me/tests/cart.cpp", crash) == 20);
    CHECK(line_in("cart.cpp", crash) == 20);
}

TEST_CASE("without such a frame it is where the test is") {
    CHECK(line_in("tests/cart.cpp", crashed_in({})) == 1);
    CHECK(line_in("tests/cart.cpp", crashed_in({{"tests/cart.cpp", 0}})) == 1);
    CHECK(line_in("tests/cart.cpp", crashed_in({{"other/tests/shopping_cart.cpp", 7}, {"", 8}})) == 1);
    CHECK(line_in("cart.cpp", crashed_in({{"shopping_cart.cpp", 7}})) == 1);
    CHECK(line_in("../", crashed_in({{"a/", 7}})) == 1);
}

TEST_CASE("a failure's place comes before its stack's") {
    attempt_result attempt = crashed_in({{"tests/cart.cpp", 20}});
    failure wrong;
    wrong.file = "tests/cart.cpp";
    wrong.line = 5;
    attempt.failures.push_back(std::move(wrong));
    CHECK(line_in("tests/cart.cpp", attempt) == 5);
}
