// Tests whose threads get in each other's way.
#include <cordon/cordon.hpp>

#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>

#include <unistd.h>

#include "lots.hpp"

using flaky::draw;
using flaky::work;

namespace {

/// Two threads that begin together.
template <class First, class Second>
void both(First first, Second second) {
    std::atomic<int> ready{0};
    const auto begin = [&ready](auto what) {
        return [&ready, what] {
            ++ready;
            while (ready < 2) {
            }
            what();
        };
    };
    std::thread a(begin(first)), b(begin(second));
    a.join();
    b.join();
}

}  // namespace

TEST_SUITE("races") {
    TEST_CASE("lost update", tag("flaky"), tag("cause:race"), tag("rate:30%")) {
        volatile int count = 0;
        const auto add = [&count] {
            for (int i = 0; i < 3000; ++i)
                count = count + 1;
        };
        both(add, add);
        CHECK(count == 6000);
    }

    TEST_CASE("two threads make the only one", tag("flaky"), tag("cause:race"), tag("rate:50%")) {
        std::atomic<int> made{0};
        std::atomic<bool> exists{false};
        const auto make = [&] {
            if (exists) return;
            work(200);
            exists = true;
            ++made;
        };
        both(make, make);
        CHECK(made == 1);
    }

    TEST_CASE("reads between two writes", tag("flaky"), tag("cause:race"), tag("rate:30%")) {
        std::atomic<int> left{0}, right{0};
        std::atomic<bool> torn{false};
        const auto write = [&] {
            for (int i = 1; i < 200; ++i) {
                left = i;
                right = i;
            }
        };
        const auto read = [&] {
            for (int i = 0; i < 3; ++i) {
                const int of_left = left;
                const int of_right = right;
                if (of_right < of_left) torn = true;
            }
        };
        both(write, read);
        CHECK_FALSE(torn);
    }

    TEST_CASE("locks in two orders", tag("flaky"), tag("cause:race"), tag("rate:30%")) {
        std::timed_mutex a, b;
        std::atomic<bool> stuck{false};
        const auto take = [&stuck](std::timed_mutex& first, std::timed_mutex& second) {
            const std::lock_guard<std::timed_mutex> held(first);
            work(3000);
            if (second.try_lock_for(std::chrono::milliseconds(5))) {
                second.unlock();
            } else {
                stuck = true;
            }
        };
        both([&] { take(a, b); }, [&] { take(b, a); });
        CHECK_FALSE(stuck);
    }

    TEST_CASE("threads end in the order of their start", tag("flaky"), tag("cause:race"), tag("cause:timing"),
              tag("rate:5%")) {
        std::atomic<int> order{0};
        int first = 0, second = 0;
        std::thread a([&] {
            work(20'000 + draw(60'000));
            first = ++order;
        });
        std::thread b([&] {
            work(80'000);
            second = ++order;
        });
        a.join();
        b.join();
        CHECK(first < second);
    }
}
