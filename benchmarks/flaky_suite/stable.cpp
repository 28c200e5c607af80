// Tests that never fail, of the kinds that searches like to accuse.
#include "planted.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <map>
#include <mutex>
#include <numeric>
#include <unordered_map>
#include <vector>

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace planted;

TEST_SUITE("stable") {
    TEST_CASE("adds", STABLE) { CHECK(1 + 2 == 3); }
    TEST_CASE("sorts", STABLE) {
        std::vector<int> all(2000);
        std::iota(all.rbegin(), all.rend(), 0);
        std::sort(all.begin(), all.end());
        CHECK(std::is_sorted(all.begin(), all.end()));
    }
    TEST_CASE("counts words", STABLE) {
        std::map<std::string, int> words;
        for (int i = 0; i < 500; ++i)
            ++words["w" + std::to_string(i % 7)];
        CHECK(words.size() == 7);
    }
    TEST_CASE("locks what threads share", STABLE) {
        std::mutex mutex;
        int sum = 0;
        std::vector<std::thread> crew;
        for (int t = 0; t < 4; ++t)
            crew.emplace_back([&] {
                for (int i = 0; i < 500; ++i) {
                    const std::lock_guard<std::mutex> lock(mutex);
                    ++sum;
                }
            });
        for (std::thread& each : crew)
            each.join();
        CHECK(sum == 2000);
    }
    TEST_CASE("waits for a thread by condition", STABLE) {
        std::mutex mutex;
        std::condition_variable done;
        bool ready = false;
        std::thread other([&] {
            nap(500, 4000);
            const std::lock_guard<std::mutex> lock(mutex);
            ready = true;
            done.notify_one();
        });
        std::unique_lock<std::mutex> lock(mutex);
        done.wait(lock, [&] { return ready; });
        CHECK(ready);
        lock.unlock();
        other.join();
    }
    TEST_CASE("polls with a long limit", STABLE) {
        std::atomic<bool> ready{false};
        std::thread other([&] {
            nap(1000, 8000);
            ready = true;
        });
        for (int i = 0; i < 20000 && !ready; ++i)
            std::this_thread::sleep_for(1ms);
        CHECK(ready);
        other.join();
    }
    TEST_CASE("sleeps a while", STABLE) {
        const auto begin = std::chrono::steady_clock::now();
        std::this_thread::sleep_for(25ms);
        CHECK(std::chrono::steady_clock::now() - begin >= 25ms);
    }
    TEST_CASE("is slow", STABLE) {
        std::this_thread::sleep_for(400ms);
        CHECK(true);
    }
    TEST_CASE("computes for a while", STABLE) {
        work(15ms);
        CHECK(true);
    }
    TEST_CASE("draws at random and accepts all", STABLE) { CHECK(draw(100) < 100); }
    TEST_CASE("uses the seed and accepts all", STABLE) { CHECK((cordon::random()() % 10) < 10); }
    TEST_CASE("keeps its own file", STABLE) {
        const std::string path = std::string(cordon::temp_dir()) + "/mine";
        std::ofstream(path) << "text";
        nap(500, 1500);
        std::string read;
        std::ifstream(path) >> read;
        CHECK(read == "text");
    }
    TEST_CASE("takes any port", STABLE) {
        const int one = socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in where{};
        where.sin_family = AF_INET;
        where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        CHECK(bind(one, reinterpret_cast<sockaddr*>(&where), sizeof where) == 0);
        CHECK(listen(one, 1) == 0);
        close(one);
    }
    TEST_CASE("hashes numbers", STABLE) {
        std::unordered_map<int, int> squares;
        for (int i = 0; i < 100; ++i)
            squares[i] = i * i;
        CHECK(squares[9] == 81);
    }
    TEST_CASE("knows the day in UTC", STABLE) {
        const std::time_t then = 1'700'000'000;
        std::tm parts{};
        gmtime_r(&then, &parts);
        CHECK(parts.tm_mday == 14);
    }
    TEST_CASE("prints a number with a point", STABLE) {
        char text[32];
        std::snprintf(text, sizeof text, "%.1f", 1.5);
        CHECK(std::string(text) == "1.5");
    }
    TEST_CASE("reads a system file", STABLE) {
        std::string word;
        std::ifstream("/proc/self/comm") >> word;
        CHECK_FALSE(word.empty());
    }
    TEST_CASE("zeroes its memory", STABLE) {
        auto* memory = static_cast<int*>(std::calloc(64, sizeof(int)));
        int sum = 0;
        for (int i = 0; i < 64; ++i)
            sum += memory[i];
        std::free(memory);
        CHECK(sum == 0);
    }
}

TEST_SUITE("broken") {
    TEST_CASE("always fails", tag("failing")) { CHECK(1 + 1 == 3); }
    TEST_CASE("always crashes", tag("failing")) { std::abort(); }
    TEST_CASE("always hangs", tag("failing"), timeout(1.0)) {
        for (;;)
            pause();
    }
}
