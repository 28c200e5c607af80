// Counters, caches and logs that several threads use, and that are not as safe as their tests think.
#include <cordon/cordon.hpp>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <unistd.h>

#include "jitter.hpp"

using namespace more;

namespace {

/// Threads that leave the line together, as in a load test.
template <class Work>
void run_crew(int size, Work work) {
    std::atomic<int> waiting{0};
    std::vector<std::thread> crew;
    for (int i = 0; i < size; ++i)
        crew.emplace_back([&, i] {
            ++waiting;
            while (waiting < size)
                std::this_thread::yield();
            work(i);
        });
    for (std::thread& each : crew)
        each.join();
}

struct statistics {
    volatile long requests = 0;
    void count() { requests = requests + 1; }
};

struct account {
    std::atomic<int> left{1000}, right{0};
    void move(int amount) {
        left -= amount;
        right += amount;
    }
    int total() const { return left + right; }
};

class page_cache {
  public:
    int get(int key) {
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            const auto known = pages_.find(key);
            if (known != pages_.end()) return known->second;
        }
        spin(300);  // reads the page
        const std::lock_guard<std::mutex> lock(mutex_);
        ++loads_;
        return pages_[key] = key * 10;
    }
    int loads() const { return loads_; }

  private:
    std::mutex mutex_;
    std::map<int, int> pages_;
    int loads_ = 0;
};

class lazy_connection {
  public:
    int* get() {
        if (ready_) return &socket_;
        opened_++;
        spin(400);
        ready_ = true;
        return &socket_;
    }
    int opened() const { return opened_; }

  private:
    std::atomic<bool> ready_{false};
    std::atomic<int> opened_{0};
    int socket_ = 7;
};

volatile std::sig_atomic_t pending_signals = 0;
void note_signal(int) { pending_signals = pending_signals + 1; }

}  // namespace

TEST_SUITE("threads") {
    TEST_CASE("requests are counted", tag("flaky"), tag("cause:race"), tag("rate:40%")) {
        statistics all;
        run_crew(4, [&all](int) {
            for (int i = 0; i < 2500; ++i)
                all.count();
        });
        CHECK(all.requests == 10'000);
    }

    TEST_CASE("page is read once", tag("flaky"), tag("cause:race"), tag("rate:60%")) {
        page_cache cache;
        run_crew(3, [&cache](int) { cache.get(12); });
        CHECK(cache.loads() == 1);
    }

    TEST_CASE("connection is opened once", tag("flaky"), tag("cause:race"), tag("rate:60%")) {
        lazy_connection connection;
        run_crew(2, [&connection](int) { connection.get(); });
        CHECK(connection.opened() == 1);
    }

    TEST_CASE("money is never lost", tag("flaky"), tag("cause:race"), tag("rate:20%")) {
        account both;
        std::atomic<bool> lost{false};
        run_crew(2, [&](int which) {
            for (int i = 0; i < 30 && which == 0; ++i) {
                both.move(1);
                spin(100);
            }
            for (int i = 0; i < 20 && which == 1; ++i) {
                if (both.total() != 1000) lost = true;
                spin(150);
            }
        });
        CHECK_FALSE(lost);
    }

    TEST_CASE("lines are logged in the order of their threads", tag("flaky"), tag("cause:race"), tag("cause:timing"),
              tag("rate:30%")) {
        std::mutex mutex;
        std::vector<int> lines;
        std::vector<std::thread> crew;
        for (int i = 0; i < 3; ++i)
            crew.emplace_back([&, i] {
                spin(any_of(1000, 60'000));
                const std::lock_guard<std::mutex> lock(mutex);
                lines.push_back(i);
            });
        for (std::thread& each : crew)
            each.join();
        CHECK(std::is_sorted(lines.begin(), lines.end()));
    }

    TEST_CASE("signals are counted while others are", tag("flaky"), tag("cause:race"), tag("cause:timing"),
              tag("rate:30%")) {
        pending_signals = 0;
        std::signal(SIGUSR2, note_signal);
        const pid_t self = getpid();
        std::thread sender([self] {
            for (int i = 0; i < 3; ++i) {
                nap(20, 120);
                kill(self, SIGUSR2);
            }
        });
        int mine = 0;
        for (; mine < 60'000; ++mine)
            pending_signals = pending_signals + 1;
        sender.join();
        usleep(100);
        CHECK(pending_signals == 60'003);
    }

    TEST_CASE("last writer wins", tag("flaky"), tag("cause:race"), tag("cause:timing"), tag("rate:50%")) {
        std::string owner = "nobody";
        std::mutex mutex;
        run_crew(2, [&](int which) {
            spin(which == 0 ? 2000 : 2600);
            const std::lock_guard<std::mutex> lock(mutex);
            owner = which == 0 ? "first" : "second";
        });
        CHECK(owner == "second");
    }
}
