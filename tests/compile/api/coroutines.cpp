// Assertions in coroutines, and what is awaited in an assertion.
#include <cordon/matchers.hpp>

#if __cplusplus >= 202002L && __has_include(<coroutine>) && defined(__cpp_impl_coroutine)
#include <coroutine>
#include <stdexcept>
#include <string>

namespace {

/// Runs at once.
struct task {
    struct promise_type {
        task get_return_object() { return {}; }
        std::suspend_never initial_suspend() noexcept { return {}; }
        std::suspend_never final_suspend() noexcept { return {}; }
        void return_void() {}
        void unhandled_exception() { throw; }
    };
};

struct ready {
    int value;
    bool await_ready() const noexcept { return true; }
    void await_suspend(std::coroutine_handle<>) const noexcept {}
    int await_resume() const { return value; }
};

task checks() {
    using namespace cordon::matchers;
    int value = co_await ready{1};
    INFO("value " << value);
    CAPTURE(value);
    CHECK(value == 1);
    REQUIRE(value < 2);
    CHECK_EQ(value, 1);
    CHECK_FALSE(value == 2);
    CHECK_MESSAGE(value == 1, "message " << value);
    CHECK_THAT(value, at_least(1));
    CHECK_THROWS_AS(throw std::runtime_error("a"), std::exception);
    CHECK_THROWS_WITH(throw std::runtime_error("a"), contains("a"));
    REQUIRE_NOTHROW(static_cast<void>(value));
    STATIC_REQUIRE(sizeof(int) > 1);
    UNSCOPED_INFO("next");
    SUBCASE("inner") { SUCCEED(); }
    CHECK_THAT(co_await ready{2}, 2);
    CHECK_EQ(co_await ready{2}, 2);
    REQUIRE_EQ(co_await ready{2}, 2);
    CHECK_NOTHROW(co_await ready{2});
#if defined(AWAITED)
    CHECK(co_await ready{2} == 2);
    REQUIRE(co_await ready{2} == 2);
#endif
    if (value == 2) FAIL("two");
}

}  // namespace

TEST_CASE("coroutines") { checks(); }
#endif
