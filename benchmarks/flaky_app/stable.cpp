// Tests that never fail.
#include "app.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <fstream>
#include <map>
#include <mutex>
#include <numeric>
#include <set>
#include <sstream>

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace app;

TEST_SUITE("stable") {
    TEST_CASE("joins words", STABLE) { CHECK(std::string("a") + "b" == "ab"); }
    TEST_CASE("finds primes", STABLE) {
        int count = 0;
        for (int n = 2; n < 5000; ++n) {
            bool prime = true;
            for (int d = 2; d * d <= n; ++d)
                prime = prime && n % d != 0;
            count += prime;
        }
        CHECK(count == 669);
    }
    TEST_CASE("queue hands over", STABLE) {
        std::mutex mutex;
        std::condition_variable more;
        std::vector<int> queue;
        std::thread producer([&] {
            for (int i = 0; i < 50; ++i) {
                const std::lock_guard<std::mutex> lock(mutex);
                queue.push_back(i);
                more.notify_one();
            }
        });
        int sum = 0, got = 0;
        while (got < 50) {
            std::unique_lock<std::mutex> lock(mutex);
            more.wait(lock, [&] { return !queue.empty(); });
            sum += queue.back();
            queue.pop_back();
            ++got;
        }
        producer.join();
        CHECK(sum == 1225);
    }
    TEST_CASE("waits for its helper", STABLE) {
        const pid_t helper = fork();
        if (helper == 0) {
            usleep(static_cast<unsigned>(any(500, 3'000)));
            _exit(7);
        }
        int status = 0;
        CHECK(waitpid(helper, &status, 0) == helper);
        CHECK(WEXITSTATUS(status) == 7);
    }
    TEST_CASE("echo over loopback", STABLE) {
        int both[2];
        REQUIRE(socketpair(AF_UNIX, SOCK_STREAM, 0, both) == 0);
        std::thread echo([&] {
            char c = 0;
            (void)!read(both[1], &c, 1);
            pause(200, 1'500);
            (void)!write(both[1], &c, 1);
        });
        char c = 'x';
        CHECK(write(both[0], &c, 1) == 1);
        CHECK(read(both[0], &c, 1) == 1);
        echo.join();
    }
    TEST_CASE("sleeps at least as asked", STABLE) {
        const auto begin = steady::now();
        std::this_thread::sleep_for(8ms);
        CHECK(steady::now() - begin >= 8ms);
    }
    TEST_CASE("shuffles without loss", STABLE) {
        std::vector<int> all(100);
        std::iota(all.begin(), all.end(), 0);
        std::shuffle(all.begin(), all.end(), std::mt19937(std::random_device()()));
        CHECK(std::set<int>(all.begin(), all.end()).size() == 100);
    }
    TEST_CASE("clock goes forward", STABLE) {
        const auto before = steady::now();
        CHECK(steady::now() >= before);
    }
    TEST_CASE("counts with atomics", STABLE) {
        std::atomic<int> count{0};
        std::vector<std::thread> crew;
        for (int t = 0; t < 3; ++t)
            crew.emplace_back([&] {
                for (int i = 0; i < 2000; ++i)
                    ++count;
            });
        for (std::thread& each : crew)
            each.join();
        CHECK(count == 6000);
    }
    TEST_CASE("reads back its file", STABLE) {
        const std::string path = std::string(cordon::temp_dir()) + "/notes";
        std::ofstream(path) << 1 << ' ' << 2;
        int a = 0, b = 0;
        std::ifstream(path) >> a >> b;
        CHECK(a + b == 3);
    }
    TEST_CASE("takes a free port", STABLE) {
        const int made = socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in where{};
        where.sin_family = AF_INET;
        where.sin_port = htons(static_cast<std::uint16_t>(cordon::free_port()));
        where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        CHECK(bind(made, reinterpret_cast<sockaddr*>(&where), sizeof where) == 0);
        close(made);
    }
    TEST_CASE("formats numbers", STABLE) {
        std::ostringstream text;
        text.imbue(std::locale::classic());
        text << 3.25;
        CHECK(text.str() == "3.25");
    }
    TEST_CASE("generous limit", STABLE, timeout(20)) {
        pause(5'000, 30'000);
        CHECK(true);
    }
    TEST_CASE("uses much memory", STABLE) {
        std::vector<char> all(30'000'000, 'x');
        CHECK(all.back() == 'x');
    }
    TEST_CASE("takes its time", STABLE) {
        std::this_thread::sleep_for(300ms);
        CHECK(true);
    }
    TEST_CASE("any of many", STABLE) {
        const int n = GENERATE(1, 5, 9);
        CHECK(n % 4 == 1);
    }
}
