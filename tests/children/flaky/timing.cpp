// Tests that count on something being done in time. Tags say what should be found: the cause, or several where both
// names are right, and about how often the test fails on an idle machine.
#include <cordon/cordon.hpp>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <mutex>
#include <thread>

#include <sys/time.h>
#include <unistd.h>

#include "lots.hpp"

using flaky::draw;
using flaky::work;

namespace {

double milliseconds_of(void (*what)()) {
    const auto begin = std::chrono::steady_clock::now();
    what();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

std::atomic<bool> alarm_came{false};

}  // namespace

TEST_SUITE("timing") {
    TEST_CASE("sleeps instead of waiting for a thread", tag("flaky"), tag("cause:timing"), tag("rate:20%")) {
        std::atomic<bool> done{false};
        std::thread worker([&done] {
            usleep(500 + draw(500));
            work(100'000);
            done = true;
        });
        usleep(1400);
        const bool in_time = done;
        worker.join();
        CHECK(in_time);
    }

    TEST_CASE("sleep is expected to be exact", tag("flaky"), tag("cause:timing"), tag("rate:10%")) {
        CHECK(milliseconds_of([] { usleep(1000 + draw(200)); }) < 1.25);
    }

    TEST_CASE("limit too tight", timeout(0.02), tag("flaky"), tag("cause:timing"), tag("cause:timeout"),
              tag("rate:15%")) {
        usleep(15'000 + draw(6'000));
    }

    TEST_CASE("polls three times", tag("flaky"), tag("cause:timing"), tag("rate:10%")) {
        std::atomic<bool> done{false};
        std::thread worker([&done] {
            work(300'000 + draw(500'000));
            done = true;
        });
        for (int tries = 0; tries < 3 && !done; ++tries)
            usleep(500);
        const bool in_time = done;
        worker.join();
        CHECK(in_time);
    }

    TEST_CASE("work must be quick", tag("flaky"), tag("cause:timing"), tag("rate:10%")) {
        CHECK(milliseconds_of([] { work(400'000 + draw(400'000)); }) < 1.6);
    }

    TEST_CASE("alarm comes while it works", tag("flaky"), tag("cause:timing"), tag("cause:race"), tag("rate:20%")) {
        std::signal(SIGALRM, [](int) { alarm_came = true; });
        struct itimerval soon {};
        soon.it_value.tv_usec = 600 + static_cast<int>(draw(300));
        setitimer(ITIMER_REAL, &soon, nullptr);
        const auto begin = std::chrono::steady_clock::now();
        while (std::chrono::steady_clock::now() - begin < std::chrono::microseconds(880))
            work(1000);
        CHECK(alarm_came);
    }

    TEST_CASE("notifies before anybody waits", tag("flaky"), tag("cause:timing"), tag("cause:race"), tag("rate:20%")) {
        std::mutex mutex;
        std::condition_variable ready;
        std::thread notifier([&ready] {
            usleep(300);
            ready.notify_one();
        });
        work(draw(200'000));
        usleep(60 + draw(100));
        std::unique_lock<std::mutex> lock(mutex);
        const bool told = ready.wait_for(lock, std::chrono::milliseconds(20)) == std::cv_status::no_timeout;
        notifier.join();
        CHECK(told);
    }

    TEST_CASE("two sleeps end in order", tag("flaky"), tag("cause:timing"), tag("cause:race"), tag("rate:15%")) {
        std::atomic<int> order{0};
        int first = 0, second = 0;
        std::thread a([&] {
            usleep(400 + draw(150));
            first = ++order;
        });
        std::thread b([&] {
            usleep(520);
            second = ++order;
        });
        a.join();
        b.join();
        CHECK(first < second);
    }
}
