// A job queue's tests, which give things some time instead of waiting for them.
#include <cordon/cordon.hpp>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <string>
#include <vector>

#include "jitter.hpp"

using namespace more;

namespace {

class job_queue {
  public:
    explicit job_queue(int threads) {
        for (int i = 0; i < threads; ++i)
            crew_.emplace_back([this] { work(); });
    }
    ~job_queue() {
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            closing_ = true;
        }
        more_.notify_all();
        for (std::thread& each : crew_)
            each.join();
    }
    void post(std::function<void()> job) {
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            jobs_.push_back(std::move(job));
        }
        more_.notify_one();
    }

  private:
    void work() {
        while (true) {
            std::unique_lock<std::mutex> lock(mutex_);
            more_.wait(lock, [this] { return closing_ || !jobs_.empty(); });
            if (jobs_.empty()) return;
            const std::function<void()> job = std::move(jobs_.front());
            jobs_.pop_front();
            lock.unlock();
            job();
        }
    }

    std::mutex mutex_;
    std::condition_variable more_;
    std::deque<std::function<void()>> jobs_;
    std::vector<std::thread> crew_;
    bool closing_ = false;
};

/// Calls back once nothing was pushed for a while.
class debouncer {
  public:
    explicit debouncer(milliseconds quiet) : quiet_(quiet) {}
    void push() {
        const auto now = steady_clock::now();
        if (bursts_ == 0 || now - last_ > quiet_) ++bursts_;
        last_ = now;
    }
    int bursts() const { return bursts_; }

  private:
    milliseconds quiet_;
    steady_clock::time_point last_;
    int bursts_ = 0;
};

}  // namespace

TEST_SUITE("job queue") {
    TEST_CASE("future is ready after a nap", tag("flaky"), tag("cause:timing"), tag("rate:15%")) {
        auto answer = std::async(std::launch::async, [] {
            nap(600, 2200);
            return 42;
        });
        std::this_thread::sleep_for(milliseconds(2));
        const bool ready = answer.wait_for(milliseconds(0)) == std::future_status::ready;
        CHECK(answer.get() == 42);
        CHECK(ready);
    }

    TEST_CASE("posted jobs have run", tag("flaky"), tag("cause:timing"), tag("rate:8%")) {
        std::atomic<int> done{0};
        bool all = false;
        {
            job_queue queue(2);
            for (int i = 0; i < 6; ++i)
                queue.post([&done] {
                    nap(230, 730);
                    ++done;
                });
            std::this_thread::sleep_for(microseconds(2050));
            all = done == 6;
        }
        CHECK(all);
    }

    TEST_CASE("a burst is one event", tag("flaky"), tag("cause:timing"), tag("rate:10%")) {
        debouncer events(milliseconds(2));
        for (int i = 0; i < 3; ++i) {
            events.push();
            nap(900, 1980);
        }
        CHECK(events.bursts() == 1);
    }

    TEST_CASE("indexing takes less than two milliseconds", tag("flaky"), tag("cause:timing"), tag("rate:12%")) {
        const auto begin = steady_clock::now();
        std::vector<std::string> words;
        const int count = any_of(500, 2300);
        for (int i = 0; i < count; ++i)
            words.push_back(std::string(20, static_cast<char>('a' + i % 26)));
        spin(count * 350);
        CHECK(words.size() == static_cast<std::size_t>(count));
        CHECK(steady_clock::now() - begin < milliseconds(2));
    }

    TEST_CASE("heart beats while it waits", tag("flaky"), tag("cause:timing"), tag("cause:race"), tag("rate:10%")) {
        std::atomic<bool> stop{false};
        std::atomic<int> beats{0};
        std::thread heart([&] {
            while (!stop) {
                nap(400, 900);
                ++beats;
            }
        });
        std::this_thread::sleep_for(microseconds(3300));
        const int seen = beats;
        stop = true;
        heart.join();
        CHECK(seen >= 4);
    }

    TEST_CASE("backoff ends before the limit", timeout(0.03), tag("flaky"), tag("cause:timing"), tag("cause:timeout"),
              tag("rate:12%")) {
        for (int pause = 2000; pause < 20'000; pause *= 2)
            nap(pause / 2, pause * 5 / 4);
    }

    TEST_CASE("consumer is woken", tag("flaky"), tag("cause:race"), tag("cause:timing"), tag("rate:20%")) {
        std::mutex mutex;
        std::condition_variable filled;
        std::thread producer([&] {
            nap(20, 400);
            filled.notify_all();
        });
        nap(1, 150);
        std::unique_lock<std::mutex> lock(mutex);
        const bool woken = filled.wait_for(lock, milliseconds(15)) == std::cv_status::no_timeout;
        lock.unlock();
        producer.join();
        CHECK(woken);
    }

    TEST_CASE("timer fires first", tag("flaky"), tag("cause:timing"), tag("cause:race"), tag("rate:10%")) {
        std::atomic<int> place{0};
        auto slow = std::async(std::launch::async, [&place] {
            std::this_thread::sleep_for(microseconds(1200));
            return ++place;
        });
        nap(300, 1260);
        const int mine = ++place;
        CHECK(slow.get() == 2);
        CHECK(mine == 1);
    }
}
