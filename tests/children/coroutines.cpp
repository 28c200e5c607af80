// flags: -std=c++20
// Assertions in coroutines, which another function resumes, in constexpr functions and in threads.
#include <cordon/cordon.hpp>

#if !defined(__cpp_impl_coroutine)
#error "this needs coroutines"
#endif

#include <atomic>
#include <coroutine>
#include <memory>
#include <stdexcept>
#include <thread>
#include <utility>

namespace {

/// Starts when it is resumed; an exception leaves resume().
class task {
  public:
    struct promise_type {
        task get_return_object() { return task(std::coroutine_handle<promise_type>::from_promise(*this)); }
        std::suspend_always initial_suspend() noexcept { return {}; }
        std::suspend_always final_suspend() noexcept { return {}; }
        void return_void() {}
        void unhandled_exception() { throw; }
    };

    explicit task(std::coroutine_handle<promise_type> handle) : handle_(handle) {}
    task(task&& other) noexcept : handle_(std::exchange(other.handle_, {})) {}
    ~task() {
        if (handle_) handle_.destroy();
    }
    void resume() { handle_.resume(); }
    bool done() const { return handle_.done(); }

  private:
    std::coroutine_handle<promise_type> handle_;
};

struct next_value {
    int value;
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<>) const noexcept {}
    int await_resume() const { return value; }
};

task checks() {
    INFO("in the coroutine");
    CHECK(1 == 1);
    const int first = co_await next_value{2};
    CHECK(first == 3);
    CHECK_EQ(co_await next_value{4}, 5);
    co_await next_value{0};
    REQUIRE(first == 6);
    CHECK(false);  // not reached
}

task throws() {
    co_await next_value{0};
    CHECK(true);
    throw std::runtime_error("out of it");
}

task informs(const char* text) {
    INFO(text);
    co_await next_value{0};
}

constexpr int half(int n) {
    CHECK(n % 2 == 0);
    return n / 2;
}
static_assert(half(4) == 2);

}  // namespace

TEST_CASE("fails behind each await") {
    task all = checks();
    for (int i = 0; i < 4 && !all.done(); ++i)
        all.resume();
    CHECK_MESSAGE(false, "not reached");
}

TEST_CASE("throws after an await") {
    task all = throws();
    all.resume();
    all.resume();
}

TEST_CASE("texts of INFO end in any order") {
    INFO("outer");
    task first = informs("first");
    task second = informs("second");
    first.resume();
    second.resume();
    first.resume();  // ends, and with it its text
    CHECK(1 == 2);
    second.resume();
    CHECK(3 == 4);
}

TEST_CASE("in a thread that resumes it") {
    task all = checks();
    all.resume();
    std::thread([&all] { all.resume(); }).join();
    CHECK(true);
}

TEST_CASE("a text that began in one thread ends in another") {
    {
        task mine = informs("of the first thread");
        mine.resume();
        std::thread([&mine] { mine.resume(); }).join();
    }
    std::unique_ptr<task> other;
    std::thread([&other] {
        other = std::make_unique<task>(informs("of a thread that has ended"));
        other->resume();
    }).join();
    other->resume();
    other.reset();
    INFO("still there");
    CHECK(1 == 2);
}

TEST_CASE("texts end in other threads while failures are written") {
    std::atomic<bool> stop{false};
    std::atomic<task*> handed{nullptr};
    std::thread other([&] {
        while (!stop) {
            if (task* const taken = handed.exchange(nullptr)) delete taken;
        }
    });
    for (int i = 0; i < 200; ++i) {
        task* const one = new task(informs("passing"));
        one->resume();
        INFO("mine");
        while (handed.load() != nullptr)
            std::this_thread::yield();
        handed = one;
        if (i % 20 == 0) WARN(i == -1);
    }
    while (handed.load() != nullptr)
        std::this_thread::yield();
    stop = true;
    other.join();
    CHECK(3 == 4);
}

TEST_CASE("in a constexpr function") {
    int three = 3;
    CHECK(half(three) == 1);
}
